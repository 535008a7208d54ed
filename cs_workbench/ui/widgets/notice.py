"""A band across the top: what is wrong, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

Tone = Literal["red", "yellow", "green", "none"]
_ICONS: dict[Tone, str] = {
    "red": "octagon-alert",
    "yellow": "triangle-alert",
    "green": "circle-check",
    "none": "info",
}


class Notice(QWidget):
    """Hidden until ``say``. ``edge`` "left" is the notice inside a page, "bottom" the band above one.

    "slim" is a band of one line, for what is merely good to know.
    """

    def __init__(
        self, edge: Literal["left", "bottom", "slim"] = "bottom", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._edge = edge
        self.tone: Tone = "red"
        self.mark = QLabel()
        slim = edge == "slim"
        self.first = Label("", "strong", wrap=not slim)
        self.second = Label("", "body", wrap=not slim, elide=slim)
        self.buttons: list[Button] = []
        theme = themes.current()
        words = QHBoxLayout() if slim else QVBoxLayout()
        words.setSpacing(theme.px(12) if slim else 0)
        words.addWidget(self.first)
        words.addWidget(self.second, 1)
        self._row = QHBoxLayout(self)
        inside = edge == "left"
        above = theme.px(4 if slim else 8)
        self._row.setContentsMargins(
            theme.px(20 if inside else 24), above, theme.px(16 if inside else 24), above
        )
        self._row.setSpacing(theme.px(12))
        self._row.addWidget(self.mark)
        self._row.addLayout(words, 1)
        self.setMinimumHeight(theme.px(64 if edge == "bottom" else 40))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(
        self,
        first: str,
        second: str = "",
        *actions: tuple[str, str, Callable[[], object]],
        tone: Tone = "red",
    ) -> None:
        """Show it. *actions* are (label, icon, what to do), at most two."""
        self.tone = tone
        self.first.setText(first)
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self.setAccessibleName(f"{first} {second}".strip())
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for label, icon, do in actions:
            button = Button(label, icon=icon, small=self._edge != "bottom")
            button.clicked.connect(lambda _checked=False, do=do: do())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._dress()
        self.show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if restyled(event):
            self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Soft fill and an edge in the band's colour."""
        theme = themes.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(f"health.{self.tone}.soft"))
        quiet = self._edge == "slim" and self.tone == "none"
        edge = theme.colour("line.strong" if quiet else f"health.{self.tone}.graphic")
        if self._edge == "left":
            painter.fillRect(QRectF(0, 0, theme.px(3), self.height()), edge)
        else:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), edge)

    def _dress(self) -> None:
        self.mark.setPixmap(icons.pixmap(_ICONS[self.tone], f"health.{self.tone}.graphic", 18))
        self.first.set_colour(f"health.{self.tone}.text" if self.tone == "red" else "text.primary")
