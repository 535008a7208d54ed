"""How focus shows: the ring, and when it is to be seen; and what says that the theme changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from cs_workbench.ui import theme as themes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

RINGED = "ring"
"""Dynamic property of a widget that wants the ring outside it; other widgets show focus themselves."""

BY_MOUSE = "by mouse"
"""Dynamic property of the application: the last thing pressed was a mouse button."""


def paint_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A 2-px ring in the focus colour just inside *rect*."""
    theme = themes.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line.focus"), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.px(radius), theme.px(radius))
    painter.restore()


def by_key() -> bool:
    """Whether the person moves by keyboard: the last thing they pressed was a key (see ``focus.FocusRing``)."""
    app = QCoreApplication.instance()
    return app is None or app.property(BY_MOUSE) is not True


def keyed(widget: QWidget) -> bool:
    """Whether *widget* shows a ring: it has the focus, and the person moves by keyboard."""
    return widget.hasFocus() and by_key()


def restyled(event: QEvent) -> bool:
    """Whether *event* says that the theme changed: what a widget with colours of its own looks for."""
    return event.type() == QEvent.Type.StyleChange
