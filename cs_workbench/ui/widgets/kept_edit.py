"""A line of text that saves itself: on Enter and on leaving; Esc restores."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.ui.widgets.fields import LineEdit


class KeptEdit(LineEdit):
    """``kept`` carries the new text once the person is done with it; what is being typed is never overwritten."""

    kept = Signal(str)

    def __init__(self, *, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, placeholder=placeholder, parent=parent)
        self.value = ""
        self._handed = ""
        self.setMaxLength(2_000)
        self.editingFinished.connect(self.commit)

    def show_value(self, text: str, *, same: bool | None = None) -> bool:
        """Show what is stored, unless something else is being typed: then False.

        ``same`` tells whether the record is the one shown before: then also what was refused or is on its way to the
        store stays, and else nothing does.
        """
        if same is None:
            typing = self.hasFocus() and self.text() != self.value
        else:
            typing = same and self.text() != text and (self.isModified() or self._under_way(text))
        self.value = text
        if typing:
            return False
        self._handed = ""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)
        self.set_wrong(False)
        return True

    def _under_way(self, stored: str) -> bool:
        """Whether what is shown was handed over and is not stored yet."""
        return bool(self._handed) and self.text() == self._handed and stored == self.value

    def handed(self) -> None:
        """What was typed was accepted: from now on what is stored is shown, as soon as it is another than before."""
        self._handed = self.text()
        self.setModified(False)

    def restore(self) -> None:
        """Show what is stored in place of what was typed."""
        self.setText(self.value)
        self.set_wrong(False)

    def commit(self) -> None:
        """Hand over what was typed, if it differs from what is stored."""
        text = " ".join(self.text().split())
        if text != self.value:
            self.kept.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc restores."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self.value:
            self.restore()
        else:
            super().keyPressEvent(event)
