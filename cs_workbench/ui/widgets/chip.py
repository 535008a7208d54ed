"""Chips: a filter, a parsed field, a tag, a choice."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import RINGED

Tone = Literal["filter", "plain", "field", "red", "yellow", "green", "outline"]
_FILLS: dict[Tone, tuple[str, str]] = {
    "filter": ("accent.soft", "text.accent"),
    "plain": ("bg.hover", "text.secondary"),
    "field": ("bg.pressed", "text.secondary"),
    "red": ("health.red.soft", "health.red.text"),
    "yellow": ("health.yellow.soft", "health.yellow.text"),
    "green": ("health.green.soft", "health.green.text"),
    "outline": ("bg.surface", "text.primary"),
}


def chip_size(text: str, *, icon: str = "", removable: bool = False) -> QSize:
    """Room a chip needs."""
    theme = themes.current()
    metrics = QFontMetrics(theme.font("small"))
    width = metrics.horizontalAdvance(text) + theme.px(16)
    width += theme.px(20) if icon else 0
    width += theme.px(18) if removable else 0
    return QSize(width, theme.row(24, "small"))


def paint_chip(
    painter: QPainter,
    rect: QRectF,
    text: str,
    tone: Tone = "plain",
    *,
    icon: str = "",
    removable: bool = False,
    hovered: bool = False,
) -> None:
    """A chip filling *rect*."""
    theme = themes.current()
    fill, ink = _FILLS[tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line.strong"), 1) if tone == "outline" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("bg.pressed" if hovered else fill))
    half = 0.5 if tone == "outline" else 0
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme.px(4), theme.px(4))
    x = rect.left() + theme.px(8)
    side = theme.px(14)
    top = round(rect.center().y() - side / 2)
    if icon:
        painter.drawPixmap(QPointF(x, top), icons.pixmap(icon, ink, 14))
        x += theme.px(20)
    right = rect.right() - theme.px(8) - (theme.px(18) if removable else 0)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour(ink))
    words = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(right - x) + 1)
    painter.drawText(
        QRectF(x, rect.top(), right - x + 1, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), words
    )
    if removable:
        cross = icons.pixmap("x", ink, 12)
        painter.drawPixmap(
            QPointF(rect.right() - theme.px(19), round(rect.center().y() - theme.px(12) / 2)), cross
        )
    painter.restore()


class Chip(QAbstractButton):
    """A chip to press. A removable one has × (also Delete and Backspace): ``removed``."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        tone: Tone = "plain",
        *,
        icon: str = "",
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tone: Tone = tone
        self.icon_name = icon
        self.removable = removable
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty(RINGED, True)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """The words, exactly as given."""
        super().setText(text)
        name = _("{filter}, Delete removes it").format(filter=text) if self.removable else text
        self.setAccessibleName(name)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """24 px high."""
        return chip_size(self.text(), icon=self.icon_name, removable=self.removable)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The chip."""
        paint_chip(
            QPainter(self),
            QRectF(self.rect()),
            self.text(),
            self.tone,
            icon=self.icon_name,
            removable=self.removable,
            hovered=self.underMouse() or self.isChecked(),
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on × removes."""
        at = event.position().x()
        if self.removable and at > self.width() - themes.current().px(24):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete and Backspace remove."""
        if self.removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)
