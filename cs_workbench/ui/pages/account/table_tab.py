"""A tab that is a table: a line above with a fact and verbs, the table, or an empty state in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.account.tab import Tab, Verbs
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu


class TableTab(Tab):
    """``entity`` is the record edited, "" where rows are only read; ``add`` the verb at the right above."""

    entity = ""

    def __init__(
        self, desk: Desk, columns: Sequence[Column], icon: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self.model = FactModel(columns, self)
        self.table = FactTable(self.model, refuse=self._refuse if self.entity else None)
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
        self.model.edited.connect(self._on_edited)
        self.model.ticked.connect(self.tick)
        self.table.opened.connect(self.open_row)
        self.table.asked.connect(self.ask)
        self.table.deleted.connect(self.delete)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.open_menu)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Fill the table; the choice stays where it was."""
        chosen = self.table.currentIndex()
        place = (chosen.row(), chosen.column()) if chosen.isValid() else (0, 0)
        self.model.fill(rows)
        self.stack.setCurrentWidget(self.table if rows else self.empty)
        self.bar.setVisible(bool(rows))
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(min(place[0], len(rows) - 1), place[1]))

    def forget(self) -> None:
        """No rows of the account before."""
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
        """Add a row."""

    def open_row(self, row: Any) -> None:
        """Open what a row is about."""

    def ask(self, row: Any, key: str) -> None:
        """Change a cell in the tab's own way."""

    def tick(self, row: Any, on: bool) -> None:
        """A row was ticked."""

    def delete(self, row: Any) -> None:
        """Move a row's record to the trash."""
        if self.entity:
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

    def _on_edited(self, row: Any, key: str, text: str) -> None:
        self.edit(self.entity, row.id, key, text)

    def _refuse(self, _row: Any, key: str, text: str) -> str:
        return self.refusal(self.entity, key, text)
