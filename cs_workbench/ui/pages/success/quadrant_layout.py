"""Geometry of the quadrant: dots, labels that stay clear of one another, the nearest dot in a direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, pi, sin, sqrt

from PySide6.QtCore import QLineF, QPointF, QRectF

from cs_workbench.domain.quadrant import Corner
from cs_workbench.services.quadrant import Placed

LEAST, MOST = 5.0, 15.0
"""Radius of the smallest and the largest dot, px at scale 1."""
TRIED = 160
"""Labels tried; past that a plot is full."""
LED = 60
"""Up to this many dots, names without room beside theirs stand further off on a leader."""
_PASSES = ((True, True), (True, False), (False, True), (False, False))
"""Beside the dot or further off; clear of what may be crossed, or not."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An account on the plot: where it is, its radius, where it was (None: not known)."""

    placed: Placed
    at: QPointF
    radius: float
    was: QPointF | None


@dataclass(frozen=True, slots=True)
class Tag:
    """A name beside its dot; ``leader`` leads to it from the dot where it stands further off."""

    dot: Dot
    box: QRectF
    leader: QLineF | None = None


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


def tags(
    found: Sequence[Dot],
    room: QRectF,
    measure: Callable[[str], tuple[float, float]],
    first: Callable[[Dot], bool],
    lines: Sequence[QLineF] = (),
    *,
    tails: Sequence[QLineF] = (),
) -> list[Tag]:
    """Names that fit beside their dot, clear of other names, dots and *lines*; *first* ones before all, then the
    largest. They keep off *tails* too where there is room; a name that has none else lies over a tail or stands
    further off on a leader rather than not at all.
    """
    taken, crossed, written = _Grid(room), _Grid(room), _Grid(room)
    for part in (*(box for line in lines for box in along(line)), *map(_own, found)):
        taken.add(part)
    for part in (box for line in tails for box in along(line)):
        crossed.add(part)
    waiting = sorted(found, key=lambda one: not first(one))[:TRIED]
    placed: list[Tag] = []
    for near, strict in _PASSES if len(found) <= LED else _PASSES[:2]:
        left_over = []
        for dot in waiting:
            tried = (_near if near else _far)(dot, *measure(dot.placed.name))
            free = (one for one in tried if room.contains(one.box) and _fits(one, taken, written))
            tag = next((one for one in free if not strict or _clear(one, crossed, taken)), None)
            if tag is None:
                left_over.append(dot)
                continue
            placed.append(tag)
            written.add(tag.box)
            for part in (tag.box, *_led(tag)):
                taken.add(part)
        waiting = left_over
    return placed


def _fits(tag: Tag, taken: _Grid, written: _Grid) -> bool:
    """Clear of everything; a leader may pass a dot, an axis or another leader, not a name."""
    own = _own(tag.dot)
    return taken.free(tag.box, own) and all(written.free(part, own) for part in _led(tag))


def _clear(tag: Tag, crossed: _Grid, taken: _Grid) -> bool:
    """Off every tail; one on a leader lies over a tail, yet its leader passes no dot."""
    own = _own(tag.dot)
    if tag.leader is None:
        return crossed.free(tag.box, own)
    return all(taken.free(part, own) for part in _led(tag))


def _led(tag: Tag) -> list[QRectF]:
    return [] if tag.leader is None else along(tag.leader)


def _near(dot: Dot, width: float, height: float) -> Iterable[Tag]:
    """Beside the dot."""
    return (Tag(dot, QRectF(x, y, width, height)) for x, y in _beside(dot, _own(dot), width, height))


def _far(dot: Dot, width: float, height: float) -> Iterable[Tag]:
    """Further off, the nearest first, each with its leader: around the dot."""
    for far, turn in product((0.9, 1.7, 2.6, 3.6, 4.8, 6.4, 8.0, 10.0), range(48)):
        angle = turn * pi / 24
        over, down = cos(angle), sin(angle)
        x = dot.at.x() + over * (dot.radius + far * height)
        y = dot.at.y() + down * (dot.radius + far * height)
        left = x if over > 0.3 else x - width if over < -0.3 else x - width / 2
        top = y - height / 2 if abs(over) > 0.3 else y if down > 0 else y - height
        begin = QPointF(dot.at.x() + over * (dot.radius + 1), dot.at.y() + down * (dot.radius + 1))
        yield Tag(dot, QRectF(left + (2 if over > 0.3 else -2 if over < -0.3 else 0), top, width, height),
                  QLineF(begin, QPointF(x, y)))  # fmt: skip


def _own(dot: Dot) -> QRectF:
    """The square about a dot."""
    return QRectF(dot.at.x() - dot.radius, dot.at.y() - dot.radius, 2 * dot.radius, 2 * dot.radius)


def along(line: QLineF) -> list[QRectF]:
    """Small boxes that cover *line*, a little wider than it is."""
    count = max(int(line.length() // 6) + 1, 1)
    points = (line.pointAt(n / count) for n in range(count + 1))
    return [QRectF(one.x() - 3, one.y() - 2, 6, 4) for one in points]


def inner(plot: QRectF, scale: float) -> QRectF:
    """The scale's own square in *plot*: the largest dot at 0 or 100% still lies inside the frame."""
    edge = scale * (MOST + 2)
    return plot.adjusted(edge, edge, -edge, -edge)


def _beside(dot: Dot, own: QRectF, width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Where a name may begin: right, left, below, above, then the corners, then in between."""
    x, y, right, left = dot.at.x(), dot.at.y(), own.right() + 4, own.left() - 4 - width
    above, below = own.top() - 1 - height, own.bottom() + 1
    near = dot.radius * 0.6
    return (
        (right, y - height / 2), (left, y - height / 2), (x - width / 2, below), (x - width / 2, above),
        (x + near, above), (x + near, below), (x - near - width, above), (x - near - width, below),
        (right, y - height), (right, y), (left, y - height), (left, y),
        (x - width / 4, below), (x - width / 4, above), (x - width * 3 / 4, below), (x - width * 3 / 4, above),
    )  # fmt: skip


def area(plot: QRectF, middle: QPointF, corner: Corner) -> QRectF:
    """The part of *plot* that is a corner's."""
    left = corner in {"happy_not_succeeding", "at_risk"}
    top = corner in {"happy_not_succeeding", "advocate"}
    start = QPointF(plot.left() if left else middle.x(), plot.top() if top else middle.y())
    end = QPointF(middle.x() if left else plot.right(), middle.y() if top else plot.bottom())
    return QRectF(start, end)


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


class _Grid:
    """Boxes by cell, so that 2,000 dots are not compared with every name."""

    _CELL = 64.0

    def __init__(self, room: QRectF) -> None:
        self._origin = room.topLeft()
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def add(self, box: QRectF) -> None:
        """Take the room of *box*."""
        for cell in self._of(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: QRectF, own: QRectF) -> bool:
        """Whether nothing but *own* is in the way."""
        return not any(
            other.intersects(box) and other != own
            for cell in self._of(box)
            for other in self._cells.get(cell, ())
        )

    def _of(self, box: QRectF) -> Iterable[tuple[int, int]]:
        left, right = (int((x - self._origin.x()) // self._CELL) for x in (box.left(), box.right()))
        top, bottom = (int((y - self._origin.y()) // self._CELL) for y in (box.top(), box.bottom()))
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
