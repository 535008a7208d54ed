"""Key caps: which key does this."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes


def cap_size(keys: str) -> QSize:
    """Room a key cap needs."""
    theme = themes.current()
    metrics = QFontMetrics(theme.font("caption"))
    width = metrics.horizontalAdvance(keys) + theme.px(10)
    return QSize(max(width, theme.px(18)), max(theme.px(18), metrics.height() + 2))


def paint_cap(
    painter: QPainter, rect: QRectF, keys: str, *, on_accent: bool = False, off: bool = False
) -> None:
    """A key cap filling *rect*; ``on_accent`` for one on a filled button, ``off`` for one that does nothing now."""
    theme = themes.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.colour("text.on_accent", 0.7) if on_accent else theme.colour("line.strong")
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.setPen(
        theme.colour("text.on_accent" if on_accent else "text.disabled" if off else "text.tertiary")
    )
    painter.setFont(theme.font("caption"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), keys)
    painter.restore()


class KeyCap(QWidget):
    """One key or combination: "Ctrl K", "Enter", "↑"."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys)

    def say(self, keys: str) -> None:
        """Another key."""
        self.keys = keys
        self.setAccessibleName(keys)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its words."""
        return cap_size(self.keys)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The cap."""
        paint_cap(QPainter(self), QRectF(self.rect()), self.keys)
