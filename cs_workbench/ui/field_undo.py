"""Undo with the keyboard in an empty field: nothing was typed there, so the step before is meant.

Qt's fields keep Ctrl Z for themselves, also where they have nothing to take back: after a note was saved, its toast
promises an undo that the emptied note would swallow.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid


class FieldUndo(QObject):
    """Stands before the field with the keyboard and lets go of undo and redo where it is empty and was not typed in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None

    def follow(self, now: QWidget | None) -> None:
        """Watch *now*, nothing else."""
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = now if isinstance(now, QLineEdit | QTextEdit | QPlainTextEdit) else None
        if self._field is not None:
            self._field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """An override nobody takes goes on to the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            asked = [QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo]
            if any(event.matches(key) for key in asked) and _is_untouched(watched):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def _is_untouched(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return not (field.text() or field.isUndoAvailable() or field.isRedoAvailable())
    if isinstance(field, QTextEdit | QPlainTextEdit):
        document = field.document()
        return document.isEmpty() and not (document.isUndoAvailable() or document.isRedoAvailable())
    return False
