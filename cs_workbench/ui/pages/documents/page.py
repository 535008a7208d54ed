"""Documents: every pack that was made, to open, print, make again or find in its folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import pack_archive, pack_templates
from cs_workbench.services.pack_archive import ArchiveLine
from cs_workbench.services.printing import Printable
from cs_workbench.ui import icons
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models import document_model as documents
from cs_workbench.ui.models.document_model import DocumentFilter
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.documents import paper
from cs_workbench.ui.pages.documents.pane import DocumentPane
from cs_workbench.ui.pages.documents.table import DocumentTable
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.filter_keys import FilterKeys
from cs_workbench.ui.widgets.header import FilterBar, PageHeader
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.outward import open_path
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.split import DetailSplit


class DocumentsPage(Page):
    """The archive of all accounts, the newest first. ``open(words=…)`` begins with a filter."""

    id: ClassVar[str] = "documents"
    cares_about: ClassVar[frozenset[str]] = frozenset(("pack_record", "account", "setting"))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines: list[ArchiveLine] | None = None
        self.titles: dict[str, str] = {}
        self.model = FactModel(documents.columns(self.titles), self)
        self.header = PageHeader()
        self.make = Button(icon="presentation", kind="filled")
        self.filter = FilterBar()
        self.words = LineEdit(name="", icon="search")
        self.edition = Choice(name="")
        self.period = Choice(name="")
        self.table = DocumentTable(self.model)
        self.skeleton = Skeleton(40, self.table)
        self.empty = EmptyState("files", "", " ", self.prepare, act_icon="presentation")
        self.nothing = EmptyState("filter", "", " ", self.show_all)
        self.pane = DocumentPane()
        self.content = QWidget()
        self.split = DetailSplit(self.content, self.pane)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.header.act(self.make)
        self.filter.row.addWidget(self.words, 1)
        self.filter.row.addWidget(self.edition)
        self.filter.row.addWidget(self.period)
        holder = QWidget()
        self._inner = QStackedLayout(holder)
        self._inner.addWidget(self.table)
        self._inner.addWidget(self.nothing)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter)
        column.addWidget(holder, 1)
        self.content.setFocusProxy(self.table)
        below = QWidget()
        self._outer = QStackedLayout(below)
        self._outer.addWidget(self.split)
        self._outer.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(below, 1)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        self.make.clicked.connect(self.prepare)
        FilterKeys(self.words, self.table)
        for changed in (self.words.textChanged, self.edition.activated, self.period.activated):
            changed.connect(lambda _what: self._show())
        self.table.inspected.connect(self.split.open_pane)
        self.table.opened.connect(lambda _row: self.open_files())
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._look())
        self.model.modelReset.connect(self._look)
        self.table.customContextMenuRequested.connect(self.open_menu)
        self.pane.asked.connect(lambda verb: self.deeds()[verb]())

    def open(self, **arguments: object) -> None:
        """Begin with a filter by name."""
        if "words" in arguments:
            self.words.setText(str(arguments["words"] or ""))

    def refresh(self) -> None:
        """Read the archive, and look which files are still there, in the background."""
        reads, language = self.desk.workbench.reads, i18n.language()

        def read() -> tuple[list[ArchiveLine], dict[str, str]]:
            titles = {one.name: one.title(language) for one in pack_templates.choices()}
            return pack_archive.lines(reads), titles

        if self.lines is None:
            self.skeleton.setGeometry(self.table.rect())
            self.skeleton.begin()
        self.desk.tasks.run(read, done=self._fill, failed=self._on_failed, latest=(id(self), "read"))

    def retranslate(self) -> None:
        """Every fixed text, and the rows again."""
        self.header.title.setText(_("Documents"))
        self.make.setText(_("Prepare pack"))
        self.words.setAccessibleName(_("Filter by account"))
        self.words.setPlaceholderText(_("Account or file"))
        self.table.setAccessibleName(_("Documents made"))
        self.edition.setAccessibleName(_("Edition"))
        self.period.setAccessibleName(_("Period"))
        _refill(
            self.edition, {"": _("All editions")} | {key: _(text) for key, text in documents.EDITIONS.items()}
        )
        _refill(self.period, {key: _(text) for key, (text, _days) in documents.PERIODS.items()})
        self.empty.say(_("Packs you make for meetings are kept here, with the figures they were made from."),
                       _("Prepare pack"))  # fmt: skip
        self.nothing.say(_("No document fits."), _("Show all"))
        self.pane.retranslate()
        if self.lines is not None:
            self._show()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        found: dict[str, Callable[[], object]] = {"prepare_pack": self.prepare}
        if self.lines:
            found |= {
                "filter": self.words.setFocus,
                "next_row": lambda: self.table.step(1),
                "previous_row": lambda: self.table.step(-1),
                "copy_rows": self.copy,
                "details": self.split.toggle,
            }
        if self.chosen() is not None:
            found["open_row"] = self.open_files
        return found

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What can be done with the chosen document."""
        return {
            "open": self.open_files,
            "folder": self.show_folder,
            "again": self.print_again,
            "remake": self.prepare_chosen,
            "account": self.go_to_account,
        }

    def first_focus(self) -> QWidget | None:
        """The table, or the one button in its place."""
        return self.empty.button if self.lines == [] else self.table

    def chosen(self) -> ArchiveLine | None:
        """The document the keyboard is on."""
        row = self.table.chosen()
        return row if isinstance(row, ArchiveLine) else None

    def prepare(self) -> None:
        """The pack dialog, without an account."""
        self._dialog("prepare_pack")

    def prepare_chosen(self) -> None:
        """The pack dialog for the account of the chosen document: today's figures."""
        line = self.chosen()
        if line is not None:
            self._dialog("prepare_pack", account_id=line.account_id)

    def print_again(self) -> None:
        """The pages of the chosen document from the figures of its day."""
        line = self.chosen()
        if line is not None:
            self._dialog("print", record_id=line.id)

    def go_to_account(self) -> None:
        """The account's own documents."""
        line = self.chosen()
        if line is not None:
            self.desk.open_account(line.account_id, "documents")

    def open_files(self) -> None:
        """Open the document with the system's program."""
        self._open(lambda path: path)

    def show_folder(self) -> None:
        """Open the folder the document lies in."""
        self._open(os.path.dirname)

    def show_all(self) -> None:
        """Take the filter away."""
        self.words.clear()
        self.edition.setCurrentIndex(0)
        self.period.setCurrentIndex(0)
        self._show()
        self.table.setFocus()

    def copy(self) -> None:
        """The documents shown, on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        n = len(self.model.rows)
        self.desk.tell(ngettext("{n} row copied", "{n} rows copied", n).format(n=f"{n:,}"))

    def printable(self) -> Printable | None:
        """The documents shown, as a list on paper."""
        return paper.printable(self.model, self.header.fact.text(), self.desk)

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the pane, for the pointer."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for verb, button in self.pane.buttons.items():
            entry = menu.addAction(icons.icon(button.icon_name or "file"), button.words(), self.deeds()[verb])
            entry.setEnabled(button.isEnabled())
        menu.addSeparator()
        menu.verb("copy_rows", self.copy)
        menu.popup(self.table.viewport().mapToGlobal(at))
        return menu

    def _fill(self, read: tuple[list[ArchiveLine], dict[str, str]]) -> None:
        self.skeleton.end()
        first = self.lines is None
        self.lines, titles = read
        self.titles.clear()
        self.titles.update(titles)
        had = self.hasFocus()
        self._show()
        if had and first:
            (self.first_focus() or self).setFocus()

    def _show(self) -> None:
        if self.lines is None:
            return
        edition, period = (str(one.currentData() or "") for one in (self.edition, self.period))
        wanted = DocumentFilter(self.words.text(), edition, period)
        rows = documents.shown(self.lines, wanted, self.desk.today())
        before = self.chosen()
        self.model.fill(rows)
        at = next((n for n, row in enumerate(rows) if before is not None and row.id == before.id), 0)
        if rows:
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._inner.setCurrentWidget(self.table if rows else self.nothing)
        self._outer.setCurrentWidget(self.split if self.lines else self.empty)
        self.make.setVisible(bool(self.lines))
        count = _("{shown} of {all} documents").format(shown=f"{len(rows):,}", all=f"{len(self.lines):,}")
        self.header.fact.setText(count if self.lines else "")
        self.desk.count(self.id, len(self.lines) or None)
        self._look()

    def _look(self) -> None:
        self.pane.show_line(self.chosen())

    def _open(self, what: Callable[[str], str]) -> None:
        line = self.chosen()
        if line is None:
            return
        if line.paths:
            open_path(what(line.paths[0]))
        else:
            self.desk.tell(
                _("The files were moved or deleted."), _("Print the same figures again"), tone="warn"
            )

    def _dialog(self, verb: str, **arguments: object) -> None:
        opener: Callable[..., Any] | None = getattr(self.window(), "open_dialog", None)
        if opener is not None:
            opener(verb, **arguments)

    def _on_failed(self, error: BaseException) -> None:
        self.skeleton.end()
        self.desk.tasks.failed.emit(error)


def _refill(choice: Choice, entries: dict[str, str]) -> None:
    """The same keys in other words; the one chosen stays."""
    chosen = choice.currentData()
    choice.clear()
    for key, text in entries.items():
        choice.addItem(text, key)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
