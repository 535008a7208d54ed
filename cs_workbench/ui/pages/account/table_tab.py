"""A tab that is a table: a line above with a fact and verbs, the table, or an empty state in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.domain.text import seen
from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.account.new_row import NewRow
from cs_workbench.ui.pages.account.tab import Tab, Verbs
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


class TableTab(Tab):
    """``entity`` is the record edited, "" where rows are only read; ``add`` the verb at the right above. ``names`` is
    the cell that names a new one, and ``added`` what is told once it is written.
    """

    entity = ""
    names: ClassVar[str] = ""
    added: ClassVar[str] = ""

    def __init__(
        self, desk: Desk, columns: Sequence[Column], icon: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self.model = FactModel(columns, self)
        self.table = FactTable(self.model, refuse=self.why if self.entity else None)
        self.face: QWidget = self.table
        """What is shown where there are rows: the table, or what holds it."""
        self.new = NewRow(self.table, self.names, self.unnamed, self.place_of_new)
        self.bar = FilterBar()
        self.fact = Label("", "body", "text.secondary", elide=True)
        self.add = Button(icon="plus")
        self.empty = EmptyState(icon, "", " ", self.start_new, act_icon="plus")
        self.bar.row.addWidget(self.fact, 1)
        self.bar.row.addWidget(self.add)
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        for view in (self.table, self.empty):
            self.stack.addWidget(view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(holder, 1)
        self.add.clicked.connect(self.start_new)
        self.new.named.connect(self._on_named)
        self.new.dropped.connect(self._on_dropped)
        self.model.edited.connect(self._on_edited)
        self.model.ticked.connect(self._on_ticked)
        self.table.opened.connect(self.open_row)
        self.table.asked.connect(self._on_asked_cell)
        self.table.deleted.connect(self.delete)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.open_menu)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Fill the table; the choice stays where it was."""
        chosen = self.table.currentIndex()
        place = (chosen.row(), chosen.column()) if chosen.isValid() else (0, 0)
        self.new.fill(rows)
        self.show_table(bool(self.model.rows))
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(min(place[0], len(self.model.rows) - 1), place[1]))

    def show_table(self, filled: bool) -> None:
        """The table, or the empty state in its place."""
        self.stack.setCurrentWidget(self.face if filled else self.empty)
        self.bar.setVisible(filled)

    def forget(self) -> None:
        """No rows of the account before."""
        self.new.forget()
        self.model.fill(())

    def verbs(self) -> Verbs:
        """Keys of a table."""
        found: dict[str, Callable[[], object]] = {
            "next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1),
            "copy_rows": self.copy, "new_row": self.start_new,
        }  # fmt: skip
        row = self.table.chosen()
        if row is not None:
            found["delete"] = lambda: self.delete(row)
            found |= (
                {"edit": self.table.edit_here} if self.entity else {"open_row": lambda: self.open_row(row)}
            )
        return found

    def first_focus(self) -> QWidget:
        """The table, or the one button in its place."""
        return self.table if self.model.rows else self.empty.button

    def copy(self) -> None:
        """The table on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        count = len(self.model.rows)
        self.desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def start_new(self) -> None:
        """A row whose name is typed at once; it is written when it has one."""
        if self.names:
            self.new.begin()
            self.show_rows(self.new.rows)
            self.new.edit()

    def unnamed(self) -> Any:
        """A row without a name, as it stands before it is a record."""

    def place_of_new(self, rows: Sequence[Any]) -> int:
        """Where a new row stands among *rows*, as it will when it is read."""
        return len(rows)

    def make(self, workbench: Workbench, account_id: int, row: Any, now: dt.datetime) -> Any:
        """Write the new *row*, in one undo step, and return its id."""

    def made(self, record_id: int) -> None:
        """A new record is written; the reading that shows it comes."""

    def why(self, row: Any, key: str, text: str) -> str:
        """Why *text* cannot be kept in a cell of *row*; a new row without a name only goes."""
        if key == self.names and self.new.is_ours(row) and not seen(text).strip():
            return ""
        return self.refusal(self.entity, key, text)

    def open_row(self, row: Any) -> None:
        """Open what a row is about."""

    def ask(self, row: Any, key: str) -> None:
        """Change a cell in the tab's own way."""

    def tick(self, row: Any, on: bool) -> None:
        """A row was ticked."""

    def delete(self, row: Any) -> None:
        """Move a row's record to the trash."""
        if self.new.is_ours(row):
            self.new.drop()
        elif self.entity:
            from cs_workbench.services import trash

            entity, record_id, now = self.entity, row.id, self.desk.now()
            self.change(lambda wb: trash.delete(wb, entity, record_id, now=now), _("Deleted"))

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys, for the pointer."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        verbs = self.verbs()
        names = {"open_row": _("Open"), "edit": _("Edit"), "delete": _("Delete"), "new_row": self.add.words(),
                 "copy_rows": _("Copy as table")}  # fmt: skip
        for verb, words in names.items():
            if verb in verbs and words:
                menu.verb(verb, verbs[verb], words)
        menu.popup(self.table.viewport().mapToGlobal(at))
        return menu

    def _on_ticked(self, row: Any, on: bool) -> None:
        if not self.new.is_ours(row):
            self.tick(row, on)

    def _on_asked_cell(self, row: Any, key: str) -> None:
        if not self.new.is_ours(row):
            self.ask(row, key)

    def _on_edited(self, row: Any, key: str, text: str) -> None:
        if self.new.is_ours(row):
            self.new.take(key, text)
        else:
            self.edit(self.entity, row.id, key, text)

    def _on_named(self) -> None:
        workbench, account_id, now = self.desk.workbench, self.account_id, self.desk.now()
        row, turn = self.new.row, self.new.turn
        self.desk.tasks.write(
            lambda: self.make(workbench, account_id, row, now), done=partial(self._on_made, turn),
            failed=partial(self._on_not_made, turn), key=("new row", id(self), turn),
        )  # fmt: skip

    def _on_made(self, turn: int, record_id: int) -> None:
        self.desk.tell(_(self.added), self.account, undo=True)
        if turn != self.new.turn:
            return
        for key, text in self.new.land(record_id):
            self.edit(self.entity, record_id, key, text)
        self.made(record_id)
        if any(one.id == record_id for one in self.new.rows):  # it was read before this was heard
            self.show_rows(self.new.rows)

    def _on_not_made(self, turn: int, error: BaseException) -> None:
        why = f"{error.message} {error.remedy}".strip() if isinstance(error, UserError) else str(error)
        if turn == self.new.turn:
            self.new.refuse(why)
        if not isinstance(error, UserError):
            self.desk.tasks.failed.emit(error)

    def _on_dropped(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is None or focus is self.table or self.table.isAncestorOf(focus)
        self.show_table(bool(self.model.rows))
        if inside and self.isVisible():
            self.first_focus().setFocus()
