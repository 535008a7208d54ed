"""Plain text in a type and colour of the theme. Never rich text: what customers typed is shown as typed."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.tips import plain

_LONG = 40
_LONG_WORD = rf"[^\s\u2e80-\uffef]{{{_LONG + 1},}}"  # compiled when first used: two milliseconds
_INSIDE = r"(\w{8})(?=\w)"


class Label(QLabel):
    """A line or a paragraph of plain text.

    ``elide`` cuts with … where there is no room (the tool tip then has it all); ``wrap`` breaks lines, with ``phrases``
    between phrases only (see ``phrases.held``). ``type`` is a name of theme.TYPE, ``colour`` a token.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        colour: str = "text.primary",
        *,
        elide: bool = False,
        wrap: bool = False,
        phrases: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style_name = style
        self._colour = colour
        self._elide = elide
        self._phrases = phrases
        self._said = ""
        self._worn: tuple[themes.Theme, str, str, bool] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._dress()
        self.setText(text)

    def set_colour(self, colour: str) -> None:
        """Use another token for the text."""
        self._colour = colour
        self._dress()

    def set_style(self, style: str) -> None:
        """Use another type."""
        self._style_name = style
        self._dress()

    def setText(self, text: str) -> None:  # noqa: N802
        """Show *text* exactly as it is."""
        self._said = text
        super().setText(_breakable(_held(text) if self._phrases else text) if self.wordWrap() else text)
        self._hint()
        self._grow()

    def text(self) -> str:
        """What is said, without the marks that hold phrases together or let long words break."""
        return self._said if super().text() else ""

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """Show *text* as typed."""
        super().setToolTip(plain(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if restyled(event):
            self._dress()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """An eliding label may shrink to a few letters."""
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(hint.width(), QFontMetrics(self.font()).horizontalAdvance("mmm…")))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Offer the whole text as a tool tip when it is cut."""
        super().resizeEvent(event)
        self._hint()
        self._grow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The text, cut at the right where it must be."""
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.drawText(self.contentsRect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, text)

    def _dress(self) -> None:
        theme = themes.current()
        worn = (theme, self._style_name, self._colour, self.wordWrap())
        palette, ink = self.palette(), theme.colour(self._colour)
        # Qt tells of a new style at every step of a label into its place; and where the theme changes, its style sheet
        # puts the ink of the one before back after the first telling
        if worn == self._worn and palette.color(QPalette.ColorRole.WindowText) == ink:
            return
        self._worn = worn
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self.setPalette(palette)
        self.setFont(theme.font(self._style_name))
        if not self.wordWrap():
            self.setMinimumHeight(theme.line(self._style_name))

    def _grow(self) -> None:
        """Be as high as the lines need at this width: layouts that align do not ask."""
        if self.wordWrap():
            self.setMinimumHeight(0)  # Qt's answer is never below the minimum
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def _hint(self) -> None:
        if self._elide:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            self.setToolTip(self.text() if cut else "")


def _breakable(text: str) -> str:
    """*text* with places to break in words no line could hold: a label is as wide as its longest word at least."""
    if len(text) <= _LONG:
        return text
    return re.sub(_LONG_WORD, lambda found: re.sub(_INSIDE, "\\1\u200b", found[0]), text)


def _held(text: str) -> str:
    from cs_workbench.ui.widgets.phrases import held  # no label of the first screens breaks between phrases

    return held(text)
