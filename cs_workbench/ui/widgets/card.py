"""A card: one line around what belongs together."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.label import Label


class Card(QWidget):
    """Fill it through ``column``. ``chosen`` draws its line in primary (the Final status)."""

    def __init__(
        self,
        title: str = "",
        *,
        surface: str = "bg.surface",
        chosen: bool = False,
        padding: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surface = surface
        self.chosen = chosen
        theme = themes.current()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[theme.px(padding)] * 4)
        self.column.setSpacing(theme.px(8))
        self.title = Label(title, "strong")
        self.column.addWidget(self.title)
        self.title.setVisible(bool(title))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Surface and line."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("text.primary" if self.chosen else "line.strong"), 1))
        painter.setBrush(theme.colour(self._surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
