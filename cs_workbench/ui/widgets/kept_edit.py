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
        self.setMaxLength(2_000)
        self.editingFinished.connect(self.commit)

    def show_value(self, text: str, *, same: bool | None = None) -> bool:
        """Show what is stored, unless something else is being typed: then False.

        ``same`` tells whether the record is the one shown before: then also what was typed and refused stays, and
        else nothing does.
        """
        here = self.hasFocus() if same is None else same and (self.hasFocus() or self.isModified())
        typing = here and self.text() not in (self.value, text)
        self.value = text
        if not typing:
            self.setText(text)
            self.setCursorPosition(0)
            self.set_wrong(False)
        return not typing

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
