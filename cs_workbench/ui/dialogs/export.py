"""The export dialog: the list shown, or the portfolio's tables, as CSV files a spreadsheet opens safely."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import export, pack_archive
from cs_workbench.services.export import Exported
from cs_workbench.services.pack_files import file_stem
from cs_workbench.services.printing import Printable
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.tasks import Task
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.file_dialog import FileDialog
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.outward import open_path
from cs_workbench.ui.widgets.path_edit import PathEdit
from cs_workbench.ui.widgets.progress import ProgressLine
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sheet import Sheet

Steps = Generator[tuple[int, int, str], None, Exported]
_TABLES = 240
"""px of the list of tables; the rest of it is scrolled to."""


def open_export(desk: Desk, window: QWidget, **_more: object) -> ExportDialog:
    """Export what the page shows, or the portfolio."""
    offer: Callable[[], Printable | None] | None = getattr(getattr(window, "page", None), "printable", None)
    dialog = ExportDialog(desk, window, offer() if offer is not None else None)
    dialog.unfold()
    return dialog


class ExportDialog(Sheet):
    """``shown`` is the list of the page behind it, None where it has none."""

    def __init__(self, desk: Desk, window: QWidget, shown: Printable | None) -> None:
        super().__init__(window, _("Export"), size=(640, 0))
        self.desk = desk
        self.shown = shown
        self.exported: Exported | None = None
        self._task: Task | None = None
        self._running = False
        kinds = [("list", _("This list")), ("tables", _("Whole portfolio"))]
        self.what = Segmented(kinds if shown else kinds[1:], name=_("What to export"))
        self.about = Label("", "body", "text.secondary", wrap=True)
        self.ticks: dict[str, CheckBox] = {}
        self.tables = QWidget()
        self.folder = PathEdit(name=_("Folder"))
        self.browse = Button(_("Choose…"))
        self.problem = Notice("left")
        self.outcome = Label("", "strong", wrap=True)
        self.progress = ProgressLine()
        self.show_it = Button(_("Show in folder"), icon="folder-open")
        self.away = Button(_("Cancel"))
        self.main = Button(_("Export"), "filled", keys="Ctrl ↵")
        self._build()
        self._connect()
        self._tell()
        desk.tasks.run(self._read, done=self._on_read)

    def _build(self) -> None:
        theme = themes.current()
        self._ticks = QVBoxLayout(self.tables)
        self._ticks.setContentsMargins(0, 0, 0, 0)
        self._ticks.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(self.tables)
        self.tables.setAutoFillBackground(False)
        self.area.setFixedHeight(theme.px(_TABLES))
        place = QHBoxLayout()
        place.setSpacing(theme.px(8))
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(8))
        for part in (self.problem, self.what, self.about, self.area):
            column.addWidget(part)
        column.addSpacing(theme.px(8))
        column.addWidget(Label(_("Folder"), "body", "text.secondary"))
        column.addLayout(place)
        column.addWidget(self.outcome)
        column.addWidget(self.progress)
        self.foot.addStretch(1)
        for button in (self.show_it, self.away, self.main):
            assert button is not None
            self.foot.addWidget(button)
        hidden: tuple[QWidget, ...] = (self.progress, self.show_it, self.outcome)
        for hid in hidden:
            hid.hide()

    def _connect(self) -> None:
        assert self.main is not None
        self.what.chosen.connect(lambda _key: self._tell())
        self.browse.clicked.connect(self.choose_folder)
        self.folder.textChanged.connect(lambda _text: self._tell())
        self.main.clicked.connect(self.start)
        self.away.clicked.connect(self.reject)
        self.progress.cancelled.connect(self._on_stopped)
        self.show_it.clicked.connect(self.show_folder)

    def start(self) -> None:
        """Write the files."""
        if self._running:
            return
        self._running = True
        self.problem.hide()
        work = self._list_work() if self.what.taken == "list" else self._table_work()
        self._task = self.desk.tasks.run(
            work, done=self._on_done, failed=self._on_failed, progress=self.progress.show_progress
        )
        self._tell()

    def choose_folder(self) -> None:
        """Ask the system for a folder."""
        chooser = FileDialog(self, _("Folder for the export"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.folder.setText)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def show_folder(self) -> None:
        """Open the folder the files lie in."""
        if self.exported is not None:
            open_path(self.exported.folder)

    def reject(self) -> None:
        """Esc: stop what runs, else close."""
        if self._running:
            self._on_stopped()
        else:
            super().reject()

    def wanted_tables(self) -> list[str]:
        """The tables ticked."""
        return [name for name, tick in self.ticks.items() if tick.isChecked()]

    def target(self) -> str:
        """The file or the new folder that is written."""
        day = self.desk.today().isoformat()
        if self.what.taken == "list" and self.shown is not None:
            return os.path.join(self.folder.text().strip(), f"{file_stem(self.shown.title, day)}.csv")
        name = session.portfolio_name(self.desk.workbench.path)
        return os.path.join(self.folder.text().strip(), file_stem(name, _("export"), day))

    def _read(self) -> tuple[dict[str, str], str]:
        return export.table_names(), pack_archive.documents_folder(self.desk.workbench.reads)

    def _on_read(self, read: tuple[dict[str, str], str]) -> None:
        names, folder = read
        for name, about in names.items():
            tick = CheckBox(name)
            tick.setAccessibleDescription(about)
            tick.setToolTip(about)
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self._tell())
            self.ticks[name] = tick
            self._ticks.addWidget(tick)
        self.folder.setText(folder)
        self.folder.setFocus()
        self._tell()

    def _list_work(self) -> Callable[[], Exported | Steps]:
        shown, path = self.shown, self.target()
        assert shown is not None
        titles = tuple(column.title for column in shown.columns)

        def work() -> Exported:
            rows = shown.exact or (titles, *shown.rows)
            made = export.export_list(rows, path, guarded=bool(shown.exact))
            return Exported(os.path.dirname(made.path), (made,))

        return work

    def _table_work(self) -> Callable[[], Exported | Steps]:
        reads, folder, tables = self.desk.workbench.reads, self.target(), self.wanted_tables()
        return lambda: export.export_steps(reads, folder, tables=tables)

    def _on_stopped(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._running = False
        self.problem.say(_("The export was stopped; nothing was left there."), "", tone="yellow")
        self._tell()

    def _on_done(self, exported: Exported) -> None:
        self._running = False
        self.exported = exported
        rows = sum(one.rows for one in exported.files)
        files = ngettext("{n} file", "{n} files", len(exported.files)).format(n=f"{len(exported.files):,}")
        self.outcome.setText(
            _("{files} with {rows} rows in {folder}").format(
                files=files, rows=f"{rows:,}", folder=exported.folder
            )
        )
        self.outcome.show()
        self.desk.tell(_("Exported"), exported.folder)
        self._tell()
        self.show_it.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        self._running = False
        self._tell()
        if isinstance(error, UserError):
            self.problem.say(error.message, error.remedy)
        else:
            self.desk.tasks.failed.emit(error)

    def _tell(self) -> None:
        assert self.main is not None
        of_list = self.what.taken == "list" and self.shown is not None
        self.area.setVisible(not of_list)
        if of_list and self.shown is not None:
            count = len(self.shown.rows)
            told = ngettext("{n} row as shown: {title}", "{n} rows as shown: {title}", count)
            words = told.format(n=f"{count:,}", title=_(", ").join((self.shown.title, self.shown.subtitle)))
            words += "\n" + _("One CSV file: {file}").format(file=os.path.basename(self.target()))
        else:
            words = _(
                "One CSV file a table, with a description; cells that a spreadsheet could run are made harmless."
            )
        self.about.setText(words)
        ready = bool(self.folder.text().strip()) and (of_list or bool(self.wanted_tables()))
        self.main.setEnabled(ready and not self._running)
        self.progress.setVisible(self._running)
        self.show_it.setVisible(self.exported is not None)
        self.away.setText(_("Close") if self.exported is not None else _("Cancel"))
        if self.isVisible():
            self.centre()  # as high as what it shows
