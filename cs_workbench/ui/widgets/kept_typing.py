"""What is being typed in a cell outlives its table being read again, also where rows came or went meanwhile."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QTableView

from cs_workbench.ui.models.fact_model import COLUMN, ROW, FactModel
from cs_workbench.ui.widgets.fields import LineEdit


class KeptTyping(QObject):
    """Remembers the open cell before the rows are reset and opens it again after; a row that went takes it along.

    Rows are known again by their ``id``; rows without one are not.
    """

    def __init__(self, table: QTableView, model: FactModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._open: tuple[Any, str, str | None, int] | None = None
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def _remember(self) -> None:
        here = self._table.currentIndex()
        editor = self._table.indexWidget(here) if here.isValid() else None
        number = getattr(here.data(ROW), "id", None)
        if number is None or not isinstance(editor, LineEdit):
            self._open = None
        else:
            typed = editor.text() if editor.isModified() else None
            self._open = number, here.data(COLUMN).key, typed, editor.cursorPosition()

    def _restore(self) -> None:
        opened, self._open = self._open, None
        if opened is None:
            return
        number, key, typed, cursor = opened
        place = next((n for n, row in enumerate(self._model.rows) if getattr(row, "id", None) == number), -1)
        if place < 0:
            return
        index = self._model.index(place, self._model.place(key))
        self._table.setCurrentIndex(index)
        self._table.edit(index, QAbstractItemView.EditTrigger.AllEditTriggers, None)  # type: ignore[call-overload]
        editor = self._table.indexWidget(index)
        if isinstance(editor, LineEdit) and typed is not None:
            editor.setText(typed)
            editor.setCursorPosition(cursor)
            editor.setModified(True)
