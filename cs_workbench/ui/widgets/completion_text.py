"""A text field for a line that is read while it is typed: it knows when an input method is composing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes

MOST = 20_000
"""Characters; more is no line but a document, and laying it out would stop the window."""
_LINES = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE = Qt.KeyboardModifier.NoModifier


class CompletionText(QPlainTextEdit):
    """One line that grows to six. ``entered`` on Enter (True with Ctrl), ``left`` on Esc, ``stepped`` on ↑↓ and
    ``completed`` on Tab while ``offering``; Shift Enter begins a new line.

    While an input method composes, all of these keys are its own: nothing is sent, no shortcut acts, and what is
    composed is neither committed nor cleared. ``composed`` carries it.
    """

    entered = Signal(bool)
    left = Signal()
    stepped = Signal(int)
    completed = Signal()
    composed = Signal(str)
    shortened = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = ""
        self.offering = False
        self.setAccessibleName(name)
        self.setFont(themes.current().font("reading"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(themes.current().px(4))
        self.textChanged.connect(self.fit)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())
        self.fit()

    def fit(self) -> None:
        """As high as what is written, six lines at most."""
        theme = themes.current()
        lines = max(1, min(_LINES, int(self.document().size().height())))
        line = max(theme.line("reading"), self.fontMetrics().lineSpacing())
        self.setFixedHeight(max(theme.px(40), lines * line + theme.px(18)))
        if self.document().size().height() <= _LINES:
            self.verticalScrollBar().setValue(0)  # all of it fits: nothing stays scrolled out of sight

    def place(self) -> int:
        """Where the cursor stands, in characters of the text (Qt counts pairs of bytes)."""
        before = _pairs(self.toPlainText())[: 2 * self.textCursor().position()]
        return len(before.decode("utf-16-le", "surrogatepass"))

    def put(self, text: str, start: int = 0, end: int | None = None) -> None:
        """Write *text* in the place of the characters from *start* to *end* (None: to the end), as one step that
        Ctrl Z in the field takes back; the cursor stands behind it.
        """
        now = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(len(_pairs(now[:start])) // 2)
        cursor.setPosition(
            len(_pairs(now[: len(now) if end is None else end])) // 2, QTextCursor.MoveMode.KeepAnchor
        )
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def stand(self, place: int) -> None:
        """Put the cursor before the character at *place*, and the keyboard here."""
        cursor = self.textCursor()
        cursor.setPosition(len(_pairs(self.toPlainText()[:place])) // 2)
        self.setTextCursor(cursor)
        self.setFocus()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste plain text, as much as there is room for; ``shortened`` where some was left out."""
        text = source.text()
        room = MOST - self.document().characterCount() + 1 + len(self.textCursor().selectedText())
        self.insertPlainText(text[: max(0, room)])
        self.ensureCursorVisible()
        if len(text) > room:
            self.shortened.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Remember what is being composed."""
        self.composing = event.preeditString()
        super().inputMethodEvent(event)
        self.composed.emit(self.composing)

    def event(self, event: QEvent) -> bool:
        """No shortcut of the window acts while an input method composes."""
        if self.composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the line; everything else is text."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letter = event.text() and event.text().isprintable()
        if self.composing and (not letter or held & Qt.KeyboardModifier.ControlModifier):
            event.accept()
        elif event.key() in _ENTER:
            self._on_enter(held)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.offering and held == _NONE and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab takes an offer; it goes on where there is none."""
        if self.composing:
            return True
        if forward and self.offering:
            self.completed.emit()
            return True
        return super().focusNextPrevChild(forward)

    def _on_enter(self, held: Qt.KeyboardModifier) -> None:
        if held & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        else:
            self.entered.emit(bool(held & Qt.KeyboardModifier.ControlModifier))


def _pairs(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
