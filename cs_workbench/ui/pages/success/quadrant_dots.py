"""Dots and tails of the quadrant, by the thousand: all tails as one drawing, dots stamped from one picture a size."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.success.quadrant_layout import Dot

FINE = 500
"""Above so many dots tails are opaque (see-through lines take ten times as long) and dots are stamped."""
STEP = 0.5
"""Radii of stamps differ by so many px: less cannot be seen."""

_TAIL = 0.75


class DotPainter:
    """Paints dots in one ink; ``stamps`` tells how many pictures were needed for them."""

    def __init__(self, ink: str, ratio: float, *, many: bool) -> None:
        theme = themes.current()
        self._pen = QPen(theme.colour(ink), 1.2 * theme.scale)
        self._fill: QColor = theme.colour(ink, 0.35)
        tail = (
            mixed(theme.colour(ink), theme.colour("bg.surface"), _TAIL) if many else theme.colour(ink, _TAIL)
        )
        self._tail = QPen(tail, 1 if many else 1.2 * theme.scale)
        self._ratio, self._many = ratio, many
        self.stamps: dict[int, QPixmap] = {}

    def paint(self, painter: QPainter, found: Sequence[Dot]) -> None:
        """Tails first, dots over them; the painter is to be smooth."""
        tails = [QLineF(dot.was, dot.at) for dot in found if dot.was is not None]
        painter.setPen(self._tail)
        painter.drawLines(tails)
        if self._many:
            self._stamp(painter, found)
            return
        painter.setPen(self._pen)
        painter.setBrush(self._fill)
        for dot in found:
            painter.drawEllipse(dot.at, dot.radius, dot.radius)

    def _stamp(self, painter: QPainter, found: Sequence[Dot]) -> None:
        for dot in found:
            size = round(dot.radius / STEP)
            picture = self.stamps.get(size)
            if picture is None:
                picture = self.stamps[size] = self._picture(size * STEP)
            half = picture.width() / (2 * self._ratio)
            painter.drawPixmap(QPointF(dot.at.x() - half, dot.at.y() - half), picture)

    def _picture(self, radius: float) -> QPixmap:
        side = 2 * ceil((radius + self._pen.widthF()) * self._ratio)
        picture = QPixmap(side, side)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.setBrush(self._fill)
        middle = side / (2 * self._ratio)
        painter.drawEllipse(QPointF(middle, middle), radius, radius)
        painter.end()
        return picture


def paint_halo(painter: QPainter, box: QRectF, text: str, ground: QColor) -> None:
    """3 px of *ground* around a name, so that what lies behind it does not strike it out."""
    theme = themes.current()
    font = theme.font("small")
    measure = QFontMetricsF(font)
    words = measure.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    path = QPainterPath()
    path.addText(
        QPointF(box.left(), box.center().y() + (measure.ascent() - measure.descent()) / 2), font, words
    )
    pen = QPen(ground, 6 * theme.scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def mixed(ink: QColor, ground: QColor, share: float) -> QColor:
    """The opaque colour *ink* has where it covers *share* of *ground*."""
    rest = 1 - share
    return QColor.fromRgbF(
        share * ink.redF() + rest * ground.redF(),
        share * ink.greenF() + rest * ground.greenF(),
        share * ink.blueF() + rest * ground.blueF(),
    )
