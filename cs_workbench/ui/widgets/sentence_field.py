"""A field for a sentence too long for one line: it wraps, and Enter goes on as in a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.fields import Judged

_LINES = 2
_AROUND = 8
"""px at scale 1 above and below the lines together: the sheet's padding."""
_EDGE = 4
"""px at any scale: the border, and what rounding takes."""


class SentenceEdit(QPlainTextEdit):
    """Two lines of text without a break in them; ``returnPressed`` on Enter. Ctrl Enter is the form's."""

    returnPressed = Signal()  # noqa: N815 - as a line of text has it

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = max(theme.line("body"), QFontMetrics(theme.font("body")).lineSpacing())
        margins = 2 * round(self.document().documentMargin())
        self.setFixedHeight(_LINES * line + theme.px(_AROUND) + margins + _EDGE)

    def text(self) -> str:
        """The sentence; what was pasted in lines stands in one."""
        return " ".join(self.toPlainText().split("\n"))

    def setText(self, text: str) -> None:  # noqa: N802
        """Show a sentence from its beginning."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on; the form takes it with Ctrl."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            self.returnPressed.emit()


class SentenceField(Judged):
    """A sentence, what is wrong with it below."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        edit = SentenceEdit(name=name)
        super().__init__(edit, parent)
        self.edit = edit
