"""Names on the quadrant: each clear of the others and of all dots, the crowded ones further off on a leader.

Boxes are (left, top, right, bottom) in plain numbers: hundreds of places are tried a name while the page is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QLineF, QPointF, QRectF

from cs_workbench.domain.text import without_legal_form
from cs_workbench.ui.pages.success.quadrant_layout import Dot

TRIED = 160
"""Names tried; past that a plot is full."""
LED = 60
"""Up to this many dots, names without room beside theirs stand further off on a leader."""
ROUNDS = 6
"""How often names that found no good place are tried anew before the others."""
_APART = 3.0
"""px a name keeps from dots that are not its own, so that nobody asks whose it is."""
_FAR = (0.9, 1.7, 2.6, 3.6, 4.8, 6.4)
_TURNS = tuple((cos(n * pi / 24), sin(n * pi / 24)) for n in range(48))

Box: TypeAlias = tuple[float, float, float, float]
Measure: TypeAlias = Callable[[str], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Tag:
    """A name beside its dot; ``leader`` leads to it from the dot where it stands further off."""

    dot: Dot
    box: QRectF
    text: str
    leader: QLineF | None = None


class _Place(NamedTuple):
    """Where a name may stand, and the line that leads to it."""

    box: Box
    line: Box | None = None


class _Try(NamedTuple):
    """One way to look for a place: beside the dot or further off; off tails and other dots, or not; the name short."""

    near: bool
    strict: bool
    short: bool = False


_TRIES = (
    _Try(True, True), _Try(True, False), _Try(False, True), _Try(True, False, True), _Try(False, True, True),
    _Try(False, False), _Try(False, False, True),
)  # fmt: skip


def tags(
    found: Sequence[Dot],
    room: QRectF,
    measure: Measure,
    first: Callable[[Dot], bool],
    lines: Sequence[QLineF] = (),
    *,
    tails: Sequence[QLineF] = (),
) -> list[Tag]:
    """Names that fit beside their dot, clear of other names, dots and *lines*; *first* ones before all, then the
    largest. They keep off *tails* too where there is room; a name that has none else lies over a tail, loses its
    legal form, or stands further off on a leader rather than not at all.
    """
    crowd = _Crowd(found, room, measure, lines, tails)
    order = sorted(range(len(found)), key=lambda n: not first(found[n]))[:TRIED]
    best = crowd.place(order)
    for turn in range(ROUNDS if len(found) <= LED else 0):
        if not best.wrong:
            break
        rest = [n for n in order if n not in best.wrong]
        by = turn // 2 * 5 % max(len(rest), 1)
        order = [*best.wrong, *rest[by:], *rest[:by]]
        best = min(best, crowd.place(order), key=lambda one: (one.missing, len(one.wrong)))
    return best.tags


class _Placed(NamedTuple):
    """Names placed; which dots have none or a leader over another dot, and how many have none."""

    tags: list[Tag]
    wrong: list[int]
    missing: int


class _Crowd:
    """The dots with what lies between them."""

    def __init__(
        self,
        found: Sequence[Dot],
        room: QRectF,
        measure: Measure,
        lines: Sequence[QLineF],
        tails: Sequence[QLineF],
    ) -> None:
        self._found, self._measure = found, measure
        self._room: Box = (room.left(), room.top(), room.right(), room.bottom())
        self._own: list[Box] = [_square(dot) for dot in found]
        self._same = [self._as_one(n) for n in range(len(found))] if len(found) <= LED else []
        self._borders = [_ends(line) for line in lines]
        self._axes = [part for one in self._borders for part in _along(one)]
        self._tails = _Grid(part for line in tails for part in _along(_ends(line)))
        self._dots = _Grid(self._own)

    def place(self, order: Sequence[int]) -> _Placed:
        """Names in that order, each where it first fits."""
        taken, written = _Grid((*self._axes, *self._own)), _Grid(())
        made: dict[int, Tag] = {}
        crossing: list[int] = []
        waiting = list(order)
        for way in _TRIES if len(self._found) <= LED else _TRIES[:2]:
            left_over = []
            for n in waiting:
                at = self._find(n, way, taken, written)
                if at is None:
                    left_over.append(n)
                    continue
                made[n] = self._tag(n, at, way)
                written.add(at.box)
                for part in (at.box, *_led(at)):
                    taken.add(part)
                if not way.near and not way.strict:
                    crossing.append(n)  # a tail: better not
            waiting = left_over
        return _Placed([made[n] for n in order if n in made], [*waiting, *crossing], len(waiting))

    def _find(self, n: int, way: _Try, taken: _Grid, written: _Grid) -> _Place | None:
        dot, own = self._found[n], self._own[n]
        name = dot.placed.name
        if way.short and (name := without_legal_form(name)) == dot.placed.name:
            return None
        wide, high = self._measure(name)
        left, top, right, bottom = self._room
        over = None
        for at in (_near if way.near else _far)(dot, own, wide, high):
            box = at.box
            inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
            if inside and taken.free(box, own) and self._fits(n, at, way, written):
                if not way.near or not self._across(dot, box):
                    return at
                over = over or at
        return over

    def _across(self, dot: Dot, box: Box) -> bool:
        """Whether a box lies beyond an axis from its dot."""
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        return any(_crossed((dot.at.x(), dot.at.y(), *middle), one) for one in self._borders)

    def _fits(self, n: int, at: _Place, way: _Try, written: _Grid) -> bool:
        """A leader may pass another leader, never a name, a dot or an axis: who is led to another corner is read as
        one of it. A strict one passes no tail either. A name keeps a little off the other dots, one beside its dot off
        the tails too.
        """
        own, box = self._own[n], at.box
        if at.line is None:
            apart = (box[0] - _APART, box[1], box[2] + _APART, box[3])
            return not way.strict or (self._tails.free(box, own) and self._dots.free(apart, own))
        dot = self._found[n].at
        if any(_crossed((dot.x(), dot.y(), *at.line[2:]), one) for one in self._borders):
            return False
        parts = _along(at.line)
        if not all(written.free(one, own) and self._dots.free(one, *self._same[n]) for one in parts):
            return False
        return not way.strict or all(self._tails.free(one) for one in parts[2:])

    def _as_one(self, n: int) -> list[Box]:
        """The squares of a dot and of those that lie on the same spot."""
        here = self._found[n]
        near = (
            m for m, one in enumerate(self._found)
            if hypot(one.at.x() - here.at.x(), one.at.y() - here.at.y()) <= max(one.radius, here.radius)
        )  # fmt: skip
        return [self._own[m] for m in near]

    def _tag(self, n: int, at: _Place, way: _Try) -> Tag:
        dot = self._found[n]
        text = without_legal_form(dot.placed.name) if way.short else dot.placed.name
        box = QRectF(QPointF(*at.box[:2]), QPointF(*at.box[2:]))
        return Tag(dot, box, text, None if at.line is None else QLineF(*at.line))


def along(line: QLineF) -> list[QRectF]:
    """Small boxes that cover *line*, a little wider than it is."""
    return [QRectF(QPointF(*one[:2]), QPointF(*one[2:])) for one in _along(_ends(line))]


def beside(dot: Dot, wide: float, high: float) -> list[QRectF]:
    """The places beside *dot*, the best first."""
    boxes = (one.box for one in _near(dot, _square(dot), wide, high))
    return [QRectF(QPointF(*box[:2]), QPointF(*box[2:])) for box in boxes]


def _near(dot: Dot, own: Box, wide: float, high: float) -> Iterator[_Place]:
    """Beside the dot: right, left, below, above, then the corners, then in between."""
    x, y, right, left = dot.at.x(), dot.at.y(), own[2] + 4, own[0] - 4 - wide
    above, below = own[1] - 1 - high, own[3] + 1
    near = dot.radius * 0.6
    places = (
        (right, y - high / 2), (left, y - high / 2), (x - wide / 2, below), (x - wide / 2, above),
        (x + near, above), (x + near, below), (x - near - wide, above), (x - near - wide, below),
        (right, y - high), (right, y), (left, y - high), (left, y),
        (x - wide / 4, below), (x - wide / 4, above), (x - wide * 3 / 4, below), (x - wide * 3 / 4, above),
    )  # fmt: skip
    return (_Place((x, y, x + wide, y + high)) for x, y in places)


def _far(dot: Dot, _own: Box, wide: float, high: float) -> Iterator[_Place]:
    """Further off, the nearest first, each with its leader: around the dot."""
    for far in _FAR:
        for over, down in _TURNS:
            x = dot.at.x() + over * (dot.radius + far * high)
            y = dot.at.y() + down * (dot.radius + far * high)
            left = x + 2 if over > 0.3 else x - wide - 2 if over < -0.3 else x - wide / 2
            top = y - high / 2 if abs(over) > 0.3 else y if down > 0 else y - high
            start = (dot.at.x() + over * (dot.radius + 1), dot.at.y() + down * (dot.radius + 1))
            yield _Place((left, top, left + wide, top + high), (*start, x, y))


def _square(dot: Dot) -> Box:
    x, y, radius = dot.at.x(), dot.at.y(), dot.radius
    return x - radius, y - radius, x + radius, y + radius


def _ends(line: QLineF) -> Box:
    return line.x1(), line.y1(), line.x2(), line.y2()


def _led(at: _Place) -> list[Box]:
    return [] if at.line is None else _along(at.line)


def _crossed(one: Box, other: Box) -> bool:
    """Whether two lines cross; one that only touches does not."""
    return (
        _aside(one, other[:2]) * _aside(one, other[2:]) < 0
        and _aside(other, one[:2]) * _aside(other, one[2:]) < 0
    )


def _aside(line: Box, point: Sequence[float]) -> float:
    x, y, to_x, to_y = line
    return (to_x - x) * (point[1] - y) - (to_y - y) * (point[0] - x)


def _along(line: Box) -> list[Box]:
    x, y, to_x, to_y = line
    count = max(ceil(hypot(to_x - x, to_y - y) / 6), 1)
    dx, dy = (to_x - x) / count, (to_y - y) / count
    return [
        (x + n * dx - 3, y + n * dy - 2, x + n * dx + 3, y + n * dy + 2) for n in range(count + 1)
    ]  # fmt: skip


class _Grid:
    """Boxes by cell, so that 2,000 dots are not compared with every name."""

    _CELL = 64.0

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Take the room of *box*."""
        for cell in self._of(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box, *own: Box) -> bool:
        """Whether nothing but *own* is in the way."""
        left, top, right, bottom = box
        return not any(
            other[0] < right and other[2] > left and other[1] < bottom and other[3] > top
            and not any(other is one for one in own)
            for cell in self._of(box)
            for other in self._cells.get(cell, ())
        )  # fmt: skip

    def _of(self, box: Box) -> Iterator[tuple[int, int]]:
        left, right = int(box[0] // self._CELL), int(box[2] // self._CELL)
        top, bottom = int(box[1] // self._CELL), int(box[3] // self._CELL)
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
