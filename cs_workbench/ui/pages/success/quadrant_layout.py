"""Geometry of the quadrant: dots, corners, the nearest dot in a direction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from PySide6.QtCore import QPointF, QRectF

from cs_workbench.domain.quadrant import Corner
from cs_workbench.services.quadrant import Placed

LEAST, MOST = 5.0, 15.0
"""Radius of the smallest and the largest dot, px at scale 1."""
LEFTMOST: frozenset[Corner] = frozenset(("happy_not_succeeding", "at_risk"))
"""Corners at the left: their titles begin at the frame."""
TOPMOST: frozenset[Corner] = frozenset(("happy_not_succeeding", "advocate"))
"""Corners at the top: their titles stand above the frame."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An account on the plot: where it is, its radius, where it was (None: not known)."""

    placed: Placed
    at: QPointF
    radius: float
    was: QPointF | None


def dots(placed: Iterable[tuple[Placed, float]], plot: QRectF, scale: float) -> list[Dot]:
    """*placed* with their share of the largest ARR (0–1) on *plot*: area follows the share; largest first."""
    left, bottom, wide, high = plot.left(), plot.bottom(), plot.width(), plot.height()

    def point(success: float, satisfaction: float) -> QPointF:
        return QPointF(left + success * wide, bottom - satisfaction * high)

    made = []
    for one, share in placed:
        if one.now.success is None or one.now.satisfaction is None:
            continue
        before = one.before
        was = None
        if before is not None and before.success is not None and before.satisfaction is not None:
            was = point(before.success, before.satisfaction)
        radius = scale * max(LEAST, MOST * sqrt(max(share, 0.0)))
        made.append(Dot(one, point(one.now.success, one.now.satisfaction), radius, was))
    return made


def inner(plot: QRectF, scale: float) -> QRectF:
    """The scale's own square in *plot*: the largest dot at 0 or 100% still lies inside the frame."""
    edge = scale * (MOST + 2)
    return plot.adjusted(edge, edge, -edge, -edge)


def area(plot: QRectF, middle: QPointF, corner: Corner) -> QRectF:
    """The part of *plot* that is a corner's."""
    left, top = corner in LEFTMOST, corner in TOPMOST
    start = QPointF(plot.left() if left else middle.x(), plot.top() if top else middle.y())
    end = QPointF(middle.x() if left else plot.right(), middle.y() if top else plot.bottom())
    return QRectF(start, end)


def title_box(plot: QRectF, field: QRectF, corner: Corner, scale: float) -> QRectF:
    """The first line of a corner's title, outside the frame; its *field* says how wide."""
    top = plot.top() - round(40 * scale) if corner in TOPMOST else plot.bottom() + round(22 * scale)
    return QRectF(field.left(), top, field.width(), round(20 * scale))


def nearest(found: Sequence[Dot], from_: Dot, dx: int, dy: int) -> Dot | None:
    """The dot nearest to *from_* towards (dx, dy); what lies aside counts double. None where there is none."""
    best, least = None, float("inf")
    for dot in found:
        x, y = dot.at.x() - from_.at.x(), dot.at.y() - from_.at.y()
        ahead, aside = (x * dx, abs(y)) if dx else (y * dy, abs(x))
        if dot is from_ or ahead <= 0 or aside > 3 * ahead + 40:
            continue
        far = ahead + 2 * aside
        if far < least:
            best, least = dot, far
    return best


def at(found: Sequence[Dot], point: QPointF) -> Dot | None:
    """The dot under *point*, the smallest where several are: large ones lie below."""
    hit = [dot for dot in found if hypot(dot.at.x() - point.x(), dot.at.y() - point.y()) <= dot.radius + 3]
    return min(hit, key=lambda dot: dot.radius, default=None)
