"""The import dialog as a shape: header, files left, rows right, footer; what it shows is decided elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services.intake.preview import Filter
from cs_workbench.ui import icons, session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.actions import shown_keys
from cs_workbench.ui.dialogs.import_rows import ImportRows
from cs_workbench.ui.dialogs.import_settle import SettleBar
from cs_workbench.ui.dialogs.import_side import ImportSide
from cs_workbench.ui.models.import_model import ImportModel
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.file_dialog import FileDialog
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.overlay import Overlay
from cs_workbench.ui.widgets.progress import ProgressLine

FILTER_KEYS: tuple[Filter, ...] = ("all", "problems", "changes")
PATTERNS = "*.csv *.tsv *.txt *.tab *.xlsx *.xlsm *.xlsb *.xls *.ods"


class ImportFrame(Overlay):
    """Values, widgets, layout. Subclasses connect it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Import"))
        self.setAcceptDrops(True)
        self.title = Label(_("Import"), "title")
        self.close_button = Button(icon="x", kind="quiet", name=_("Close"))
        self.notice = Notice("bottom")
        self.side = ImportSide()
        self.model = ImportModel(self)
        self.rows = ImportRows(self.model)
        self.filters: dict[Filter, Chip] = {key: Chip("", "outline") for key in FILTER_KEYS}
        self.hint = Label("", "small", "text.secondary", elide=True)
        self.settle = SettleBar()
        self.progress = ProgressLine()
        self.empty_words = Label(_("Drop files here, paste a table, or choose files"), "lead")
        self.empty_second = Label(
            _("CSV, TSV, Excel and ODS. Nothing changes until you import."), "body", "text.secondary"
        )
        self.empty_choose = Button(
            _("Choose files…"), "filled", icon="folder-open", keys=shown_keys("Ctrl+I")
        )
        self.stack = QStackedWidget()
        self.undo_mark = QLabel()
        self.undo_words = Label(
            _("Recorded as one step. You can undo it."), "small", "text.secondary", elide=True
        )
        self.save = Button(_("Save left-out rows"), icon="download")
        self.go_on = Button(_("Go on working"))
        self.cancel = Button(_("Cancel"))
        self.main = Button(_("Import"), "filled", keys="Ctrl ↵")
        self._lay_out()

    def _lay_out(self) -> None:
        edge = self.edge
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        header = Bar(56, surface="", line="line.strong")
        header.row.addWidget(self.title, 1)
        header.row.addWidget(self.close_button)
        column.addWidget(header)
        column.addWidget(self.notice)
        self.stack.addWidget(self._empty())
        self.stack.addWidget(self._full())
        column.addWidget(self.stack, 1)
        column.addWidget(self._footer())

    def _empty(self) -> QWidget:
        theme = themes.current()
        page = QWidget()
        column = QVBoxLayout(page)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("file-spreadsheet", "text.tertiary", 32))
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(8))
        column.addWidget(self.empty_words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.empty_second, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(8))
        column.addWidget(self.empty_choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _full(self) -> QWidget:
        theme = themes.current()
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(1, 0, 1, 0)
        across.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        bar = Bar(48, surface="", line="", margin=16)
        for chip in self.filters.values():
            bar.row.addWidget(chip)
        bar.row.addSpacing(theme.px(16))
        bar.row.addWidget(self.hint, 1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        right.addWidget(bar)
        right.addWidget(self.rows, 1)
        right.addWidget(self.settle)
        across.addWidget(self.side)
        across.addLayout(right, 1)
        self.settle.hide()
        return page

    def _footer(self) -> QWidget:
        theme = themes.current()
        footer = Bar(64, surface="", line="line.strong", above=True)
        self.undo_mark.setPixmap(icons.pixmap("undo-2", "text.secondary", 14))
        footer.row.addWidget(self.undo_mark)
        footer.row.addWidget(self.undo_words, 1)
        footer.row.addWidget(self.progress, 3)
        footer.row.addStretch(1)
        footer.row.addSpacing(theme.px(8))
        for part in (self.save, self.go_on, self.cancel, self.main):
            footer.row.addWidget(part)
        self.progress.hide()
        self.save.hide()
        self.go_on.hide()
        return footer

    # -- showing

    def measure(self, room: QSize) -> tuple[int, int]:
        """As large as the window leaves room."""
        theme = themes.current()
        width, height = room.width() - theme.px(320), room.height() - theme.px(260)
        return max(width, theme.px(960)), max(height, theme.px(560))

    def present(self) -> None:
        """Come up over the window, in its middle."""
        self.appear()
        (self.empty_choose if self.stack.currentIndex() == 0 else self.rows).setFocus()

    def withdraw(self) -> None:
        """Go, and give the window back."""
        self.hide()

    def show_empty(self, empty: bool) -> None:
        """The invitation, or files and rows."""
        before = self.stack.currentIndex()
        self.stack.setCurrentIndex(0 if empty else 1)
        self.main.setVisible(not empty)
        self.undo_words.setVisible(not empty)
        self.undo_mark.setVisible(not empty)
        if before != self.stack.currentIndex():
            (self.empty_choose if empty else self.rows).setFocus()

    def show_filters(self, counts: Mapping[Filter, int], taken: Filter) -> None:
        """The chips with their numbers; problems and changes only where there are any."""
        words = {"all": _("All {count}"), "problems": _("Problems {count}"), "changes": _("Changes {count}")}
        for key, chip in self.filters.items():
            count = counts.get(key, 0)
            chip.tone = "filter" if key == taken else "outline"
            chip.setAccessibleDescription(_("Shown") if key == taken else "")
            chip.setText(words[key].format(count=f"{count:,}"))
            chip.setVisible(bool(counts) and (key == "all" or count > 0 or key == taken))
        self.hint.setText(
            _("Correct the cells, or go on without these rows.") if counts.get("problems") else ""
        )

    def show_busy(self, state: str) -> None:
        """Progress while files are read or written."""
        busy = state in ("opening", "planning", "writing")
        writing = state == "writing"
        if busy and self.progress.isHidden():
            self.progress.show_progress(0, 0, "")
            self.progress.words.setText(
                {"opening": _("Opening"), "planning": _("Comparing"), "writing": _("Writing")}[state]
            )
        self.progress.setVisible(busy)
        self.progress.cancel.setVisible(writing)
        self.undo_words.setVisible(not busy and self.stack.currentIndex() == 1)
        self.undo_mark.setVisible(not busy and self.stack.currentIndex() == 1)
        self.go_on.setVisible(writing)
        self.cancel.setVisible(not writing)
        self.side.setEnabled(not writing)
        self.rows.setEnabled(not writing)
        self.settle.setEnabled(not writing)
        self.main.set_busy(writing)

    def show_main(self, what: str, *, enabled: bool, nothing: bool) -> None:
        """The button that says what happens."""
        words = (
            _("Import {things}").format(things=what)
            if what
            else _("Nothing to import")
            if nothing
            else _("Import")
        )
        self.main.setText(words)
        self.main.setAccessibleName(words)
        self.main.setEnabled(enabled)

    def show_problem(self, problem: UserError) -> None:
        """The band on top: what happened, what to do."""
        self.notice.say(problem.message, problem.remedy)

    def ask_for_files(self, take: Callable[[list[str]], object]) -> None:
        """The system's own dialog, several files at once."""
        ask = FileDialog(self, _("Import files"), _folder())
        ask.setFileMode(QFileDialog.FileMode.ExistingFiles)
        ask.setNameFilters([_("Tables ({patterns})").format(patterns=PATTERNS), _("All files (*)")])
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.filesSelected.connect(lambda paths: session.keep({"import_folder": os.path.dirname(paths[0])}))
        ask.filesSelected.connect(take)
        ask.open()

    def ask_where_to_save(self, name: str, take: Callable[[str], object]) -> None:
        """The system's own dialog for one file."""
        ask = FileDialog(self, _("Save left-out rows"))
        ask.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        ask.setNameFilters(["CSV (*.csv)"])
        ask.setDefaultSuffix("csv")
        ask.selectFile(os.path.basename(name))
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.fileSelected.connect(take)
        ask.open()


def _folder() -> str:
    """Where files were taken from last, else where downloads lie, else home."""
    kept = session.load().get("import_folder")
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    places = (kept if isinstance(kept, str) else "", downloads, os.path.expanduser("~"))
    return next((one for one in places if one and os.path.isdir(one)), "")
