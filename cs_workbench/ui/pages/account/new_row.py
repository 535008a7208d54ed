"""A row that is being named: it stands in its table with its first cell open, and is no record until it has a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from cs_workbench.domain.text import seen
from cs_workbench.ui.models.fact_model import ROW
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.cell_typing import say, text_of
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import LineEdit

_HINT = QAbstractItemDelegate.EndEditHint
UNSAVED = 0
"""The id of the row while it is no record."""


class NewRow(QObject):
    """Keeps the unsaved row among the rows that were read. ``named`` says, once, that it has its name and is to be
    written; with Esc, or without a name, it goes and nothing of it stays: ``dropped``.

    *key* is the cell that names it; *blank* makes the row, *place* says where it will stand among the rows read.
    """

    named = Signal()
    dropped = Signal()

    def __init__(
        self, table: FactTable, key: str, blank: Callable[[], Any], place: Callable[[Sequence[Any]], int]
    ) -> None:
        super().__init__(table)
        self._table, self._key, self._blank, self._place = table, key, blank, place
        self.row: Any = None
        self.rows: tuple[Any, ...] = ()
        """What was read last; while the row is being written its table waits for its id."""
        self.turn = 0
        """Which row it is: what is heard of one before is of no account."""
        self._writing = False
        self._later: list[tuple[str, str]] = []
        self._before: Any = None
        self._heard: QObject | None = None

    @property
    def stands(self) -> bool:
        """Whether there is a row that is no record yet."""
        return self.row is not None and self.row.id == UNSAVED

    def is_ours(self, row: Any) -> bool:
        """Whether *row* is the one that is no record yet."""
        return self.stands and row is not None and row.id == UNSAVED

    def begin(self) -> None:
        """Have a row to be named; the one that waits for its name stays."""
        delegate = self._table.itemDelegate()
        if delegate is not self._heard:
            self._heard = delegate
            delegate.closeEditor.connect(self._on_closed)
        if not self.stands or self._writing:
            chosen = self._table.chosen()
            self._before = getattr(chosen, "id", None)
            self.row, self._writing, self._later = self._blank(), False, []
            self.turn += 1

    def edit(self) -> None:
        """Open the cell that names it, with the keyboard there."""
        if self.stands and self._editor() is None:
            self._table.setFocus()
            self._table.edit_cell(self._at(), self._key)
        self._watch()

    def forget(self) -> None:
        """Another account: no row of the one before."""
        self.row, self.rows, self._writing, self._later = None, (), False, []
        self.turn += 1

    def fill(self, rows: Sequence[Any]) -> None:
        """Show what was read, and the unsaved row in its place; an open cell and the choice stay with their row."""
        self.rows = tuple(rows)
        if self._writing:
            return
        model = self._table.facts
        held = any(one is self.row for one in model.rows) or self.row is not None
        if self.row is not None and self.row.id != UNSAVED:
            self.row = None  # what was read has it
        shown = list(self.rows)
        if self.row is not None:
            shown.insert(self._place(self.rows), self.row)
        moved = held and [one.id for one in shown] != [getattr(one, "id", None) for one in model.rows]
        here = self._table.currentIndex()
        chosen, column = getattr(here.data(ROW), "id", None), here.column()
        model.fill(shown, anew=moved)
        if moved:
            self._choose(chosen, column)
        self._watch()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Without a name Tab goes nowhere: the row it would go on in is about to go."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and editor is self._editor():
            tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if tab and not self._writing and not seen(text_of(editor)).strip():
                self._table.itemDelegate().closeEditor.emit(editor, _HINT.RevertModelCache)
                return True
        return super().eventFilter(editor, event)

    def take(self, key: str, text: str) -> None:
        """What was typed in one of its cells: the name goes to be written, the others wait for it."""
        if self._writing:
            self._later.append((key, text))
        elif key == self._key and (name := seen(text).strip()):
            self._writing = True
            self._become(replace(self.row, **{key: name}))
            self.named.emit()

    def land(self, record_id: int) -> list[tuple[str, str]]:
        """It is written under that id: the cells that were typed in meanwhile."""
        later, self._later = self._later, []
        if not self._writing:  # it was refused before, and tried again elsewhere
            self.drop()
            return []
        self._writing = False
        self._become(replace(self.row, id=record_id))
        editor = self._table.indexWidget(self._table.currentIndex())
        if editor is not None and self._table.chosen() is self.row:
            editor.setProperty(RECORD, f"row {record_id}")
        return later

    def refuse(self, why: str) -> None:
        """It could not be written: its name stands in its cell again, with the reason."""
        name, self._writing, self._later = getattr(self.row, self._key), False, []
        self._become(replace(self.row, **{self._key: ""}))
        self.fill(self.rows)
        self._table.unkept.hold(self._cell(), name, why)
        if not self._table.hasFocus():
            return
        self.edit()
        if (editor := self._editor()) is not None:
            editor.setModified(True)
            editor.textEdited.emit(name)
            say(editor, why)

    def drop(self) -> None:
        """Have no row any more; where the keyboard was in it, it is where it was before."""
        self._table.unkept.drop(self._cell())
        here = self._table.currentIndex()
        chosen, column = here.data(ROW), here.column()
        number = self._before if self.is_ours(chosen) else getattr(chosen, "id", None)
        self.row, self._writing, self._later = None, False, []
        self._table.facts.fill(self.rows, anew=True)
        self._choose(number, column)
        self.dropped.emit()

    @Slot(QWidget, QAbstractItemDelegate.EndEditHint)
    def _on_closed(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint = _HINT.NoHint) -> None:
        if not self.stands or self._writing:
            return
        if hint == _HINT.NoHint:  # a click elsewhere is on its way, and the rows must not move under it
            QTimer.singleShot(0, self, self._drop_unnamed)
        else:
            self._drop_unnamed()

    @Slot()
    def _drop_unnamed(self) -> None:
        if not self.stands or self._writing or self._editor() is not None:
            return
        if self._table.unkept.of(self._cell()) is None:
            self.drop()

    def _watch(self) -> None:
        if self.stands and (editor := self._editor()) is not None:
            editor.installEventFilter(self)

    def _cell(self) -> QModelIndex:
        return self._table.facts.index(self._at(), self._table.facts.place(self._key))

    def _editor(self) -> LineEdit | None:
        cell = self._cell()
        found = self._table.indexWidget(cell) if cell.isValid() else None
        return found if isinstance(found, LineEdit) else None

    def _at(self) -> int:
        return next((n for n, one in enumerate(self._table.facts.rows) if one is self.row), -1)

    def _become(self, row: Any) -> None:
        shown, at = list(self._table.facts.rows), self._at()
        self.row = row
        if at >= 0:
            shown[at] = row
            self._table.facts.fill(shown)

    def _choose(self, number: Any, column: int) -> None:
        at = next((n for n, one in enumerate(self._table.facts.rows) if one.id == number), -1)
        if at >= 0:
            self._table.setCurrentIndex(self._table.facts.index(at, max(column, 0)))
