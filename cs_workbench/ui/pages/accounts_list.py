"""The table of the accounts page: keys, selection, and what stays chosen when the rows change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel, Group, Index
from cs_workbench.ui.models.account_words import COLUMNS
from cs_workbench.ui.pages.accounts_rows import AccountsRows
from cs_workbench.ui.widgets.account_row import CHECK, EDGE


class AccountsView(AccountsRows):
    """Whole rows, several at once. ``opened`` carries an account's id, ``chosen`` tells that the selection moved."""

    opened = Signal(int)
    chosen = Signal()
    sorted_by = Signal(str)
    copied = Signal()
    menu_wanted = Signal(object)
    moved = Signal()
    pane_wanted = Signal()

    def __init__(self, model: AccountModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.header.sectionClicked.connect(lambda section: self.sorted_by.emit(COLUMNS[section].id))
        self.selectionModel().selectionChanged.connect(lambda *_changed: self._on_selection())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.doubleClicked.connect(self._open)
        self._kept: set[int] = set()
        self._kept_current = -1
        self._kept_row = self._kept_top = 0
        self.staying = False

    def selected_ids(self) -> list[int]:
        """The ids of the selected accounts, in the order shown."""
        lines = (self.accounts.line(row) for row in self._selected_rows())
        return [line.id for line in lines if line is not None]

    def current_id(self) -> int | None:
        """The id of the account the keyboard is on."""
        line = self.accounts.line(self.currentIndex().row())
        return None if line is None else line.id

    def select_ids(self, ids: Iterable[int]) -> None:
        """Select these accounts where they are shown."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(_runs(self.accounts, set(ids)), flags)

    def step(self, by: int) -> None:
        """Go one row down (1) or up (−1), with the keyboard here from then on."""
        self.setFocus()
        rows = len(self.accounts.rows)
        here = self.currentIndex().row()
        row = min(max(here + by, 0), rows - 1) if here >= 0 else 0
        if rows:
            self.setCurrentIndex(self.accounts.index(row, 0))

    def go_to(self, row: int) -> None:
        """Put the keyboard on *row* and select it."""
        if 0 <= row < len(self.accounts.rows):
            self.setCurrentIndex(self.accounts.index(row, 0))

    def open_current(self) -> None:
        """Enter: open the account, or open and close the group."""
        self._open(self.currentIndex())

    def toggle_current(self) -> None:
        """Add the row to the selection, or take it out."""
        flags = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
        if self.accounts.line(self.currentIndex().row()) is not None:
            self.selectionModel().select(self.currentIndex(), flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter, J, K, X, arrows for groups, copy; everything else as tables do, but no search by typing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_ids(line.id for line in self.accounts.shown)
        elif not self._own_key(event):
            if event.text() and event.text().isprintable() and event.text() != " ":
                event.ignore()
                return
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on a group's head opens or closes it, one on a box adds the row to the selection."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and isinstance(self.accounts.rows[index.row()], Group):
            self.accounts.fold_group(index.row())
            return
        tick = themes.current().px(EDGE + CHECK)
        if self.rows_painted.ticks and index.isValid() and event.position().x() < tick:
            flags = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(index, flags)
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """The same verbs as elsewhere, where the pointer is."""
        self.menu_wanted.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The keyboard comes: it needs a row to stand on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.accounts.rows:
            self.selectionModel().setCurrentIndex(
                self.accounts.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Take the ring away."""
        super().focusOutEvent(event)
        self.show_ring()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """The ring follows the keyboard."""
        super().currentChanged(current, previous)
        self.show_ring()
        self.moved.emit()

    def _own_key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: self.open_current,
            Qt.Key.Key_Enter: self.open_current,
            Qt.Key.Key_J: lambda: self.step(1),
            Qt.Key.Key_K: lambda: self.step(-1),
            Qt.Key.Key_X: self.toggle_current,
        }
        if not plain:
            return False
        if event.key() in keys:
            keys[event.key()]()
            return True
        row = self.currentIndex().row()
        head = self.accounts.rows[row] if 0 <= row < len(self.accounts.rows) else None
        if isinstance(head, Group) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if head.closed == (event.key() == Qt.Key.Key_Right):
                self._fold(row)
            return True
        if event.key() == Qt.Key.Key_Right:
            self.pane_wanted.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and len(self.selected_ids()) > 1:
            self.clearSelection()
            return True
        return False

    def _open(self, index: QModelIndex) -> None:
        row = index.row()
        line = self.accounts.line(row)
        if line is not None:
            self.opened.emit(line.id)
        elif index.isValid():
            self._fold(row)

    def _fold(self, row: int) -> None:
        self.accounts.fold_group(row)
        self.go_to(row)

    def _on_selection(self) -> None:
        ticks = len(self._selected_rows()) > 1
        if ticks != self.rows_painted.ticks:
            self.rows_painted.ticks = ticks
            self.viewport().update()
        self.chosen.emit()

    def _selected_rows(self) -> list[int]:
        """From the ranges: whole rows are selected, always, and asking for each index would cost far more."""
        ranges = cast("list[QItemSelectionRange]", self.selectionModel().selection())
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def _remember(self) -> None:
        self._kept = set(self.selected_ids())
        self._kept_current = self.current_id() or -1
        self._kept_row = self.currentIndex().row()
        self._kept_top = self.verticalScrollBar().value()

    def _restore(self) -> None:
        """The same accounts stay chosen. A list read again stays where it was; another order starts at its top."""
        self.arrange_rows()
        self.setAutoScroll(False)
        if self._kept:
            self.select_ids(self._kept)
        row = self.accounts.row_of(self._kept_current) if self._kept or self.staying else -1
        if row < 0 <= self._kept_row and self.accounts.rows:
            row = min(self._kept_row, len(self.accounts.rows) - 1) if self.staying else 0
        if row < 0 and self.accounts.rows and self.staying:
            row = 0  # the keyboard stands somewhere from the first rows on
        if row >= 0:
            index = self.accounts.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setAutoScroll(True)
        if self.staying:
            self.verticalScrollBar().setValue(self._kept_top)
        elif self._kept and row >= 0:
            self.scrollTo(self.accounts.index(row, 0))
        else:
            self.scrollToTop()
        self.show_ring()


def _runs(model: AccountModel, wanted: set[int]) -> QItemSelection:
    """These accounts as runs of rows: a selection of thousands stays a handful of ranges."""
    selection = QItemSelection()
    start, last = -1, len(COLUMNS) - 1
    for row in range(len(model.rows) + 1):
        line = model.line(row)
        chosen = line is not None and line.id in wanted
        if chosen and start < 0:
            start = row
        elif not chosen and start >= 0:
            selection.select(model.index(start, 0), model.index(row - 1, last))
            start = -1
    return selection
