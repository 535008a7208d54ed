"""Names offered under a field: while typing, when pasted, and all of them on Down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OfferedNames(QObject):
    """Completes *edit* with what *names* gives just now. Enter in the list takes a name and answers nothing else."""

    def __init__(self, edit: QLineEdit, names: Callable[[], Sequence[str]]) -> None:
        super().__init__(edit)
        self._edit, self._names = edit, names
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, edit)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(8)
        edit.setCompleter(self.completer)
        edit.installEventFilter(self)
        edit.textEdited.connect(self._on_edited)
        self.refresh()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        popup = self.completer.popup()
        return popup is not None and popup.isVisible()

    def refresh(self) -> None:
        """Ask for the names again."""
        self._model.setStringList(list(self._names()))

    def show_all(self) -> None:
        """Open the list: what fits the words typed, else every name."""
        self.refresh()
        self.completer.setCompletionPrefix(self._edit.text().strip())
        if not self._edit.text().strip() or self.completer.completionCount() == 0:
            self.completer.setCompletionPrefix("")
        if self.completer.completionCount():
            self.completer.complete()
            popup = self.completer.popup()
            if popup is not None:
                popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Down opens the list; Enter in it takes the name and goes no further."""
        if watched is self._edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() == Qt.Key.Key_Down and plain and not self.is_open:
                self.show_all()
                return True
            if event.key() in _ENTER and self.is_open:
                return self._take()
        return super().eventFilter(watched, event)

    def _take(self) -> bool:
        popup = self.completer.popup()
        if popup is None or not popup.currentIndex().isValid():
            return False
        self._edit.setText(str(popup.currentIndex().data()))
        popup.hide()
        return True

    def _on_edited(self, text: str) -> None:
        """What is pasted or dropped opens the list too."""
        if text.strip() and not self.is_open and self._edit.hasFocus():
            self.refresh()
            self.completer.setCompletionPrefix(text.strip())
            if self.completer.completionCount():
                self.completer.complete()
