"""Typing in the cells of a table: a refused text stays in its cell, a digit begins a figure as in a spreadsheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QToolTip, QWidget

from cs_workbench.ui.models.fact_model import COLUMN, ROW, Column, Index
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.tips import plain

_BEGINNINGS = frozenset("0123456789.,-+¥$€£")
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class RefusedTexts:
    """What was typed in cells and could not be kept, with why; it is shown in place of what is kept until it can be,
    or is given up with Esc. Rows are known again by their ``id``; rows without one keep nothing.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[Any, str], tuple[str, str]] = {}

    def hold(self, index: Index, text: str, why: str) -> None:
        """Remember what was typed in a cell, and why it is refused."""
        if (place := _place(index)) is not None:
            self._held[place] = text, why

    def drop(self, index: Index) -> None:
        """Forget it: something was kept, or the person gave it up."""
        if (place := _place(index)) is not None:
            self._held.pop(place, None)

    def of(self, index: Index) -> tuple[str, str] | None:
        """What was typed in a cell and why it was refused; None where nothing is."""
        place = _place(index) if self._held else None
        return None if place is None else self._held.get(place)


def begin_figure(table: QTableView, event: QKeyEvent) -> bool:
    """Edit the figure the keyboard is on, beginning with the digit typed; False where it is no figure or no digit."""
    index = table.currentIndex()
    column, text = index.data(COLUMN), event.text()
    if text not in _BEGINNINGS or not text or event.modifiers() & _COMMANDS or not isinstance(column, Column):
        return False
    if not column.right or column.typed is None or column.choices is not None:
        return False
    table.edit(index)
    editor = table.indexWidget(index)
    if not isinstance(editor, LineEdit):
        return False
    editor.setText(text)
    editor.setModified(True)
    return True


def say(editor: QWidget, why: str) -> None:
    """Say under a field why it is refused."""
    editor.setAccessibleDescription(why)
    QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), plain(why), editor)


def text_of(editor: QObject) -> str:
    """What stands in a cell's editor: the text, or the key of what is chosen."""
    if isinstance(editor, Choice):
        return str(editor.currentData())
    return editor.text() if isinstance(editor, LineEdit) else ""


def _place(index: Index) -> tuple[Any, str] | None:
    number, column = getattr(index.data(ROW), "id", None), index.data(COLUMN)
    return None if number is None or column is None else (number, column.key)
