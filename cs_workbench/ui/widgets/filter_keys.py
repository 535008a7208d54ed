"""From the filter of a list into the list: Down and Enter, as in Accounts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

_ONWARDS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterKeys(QObject):
    """Puts the keys on the list below a filter; an empty list leaves them in the field."""

    def __init__(self, field: QLineEdit, table: QAbstractItemView) -> None:
        super().__init__(field)
        self._table = table
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Down and Enter go on, to the row chosen before or else to the first."""
        model = self._table.model()
        if not _goes_on(event) or not model.rowCount():
            return super().eventFilter(watched, event)
        if not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(model.index(0, 0))
        self._table.setFocus()
        return True


def _goes_on(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in _ONWARDS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
