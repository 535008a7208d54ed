"""Dots whose names have no room on the quadrant: a number at each, and the names in a list where the plot is free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import hypot

from PySide6.QtCore import QLineF, QPointF, QRectF

from cs_workbench.domain.text import without_legal_form
from cs_workbench.ui.pages.success.quadrant_layout import Dot
from cs_workbench.ui.pages.success.quadrant_names import LED, Measure, Tag, along, beside

EDGE = 4
"""px a list keeps off the edges of its field above and below; 2 more at the sides."""
PIECES = 4
"""In how many lists the names of one field stand at most."""
_STEP = 6
"""px between two places tried for a list."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: the number at a dot, and its name."""

    box: QRectF
    text: str


def numbers(
    found: Sequence[Dot],
    named: Sequence[Tag],
    field: Callable[[Dot], QRectF],
    outside: Callable[[Dot], QRectF],
    measure: Measure,
    *,
    lines: Sequence[QLineF],
    tails: Sequence[QLineF] = (),
) -> tuple[list[Tag], list[Listed]]:
    """A number at each dot of *found* that is not *named*, and its name in a list in the dot's own *field* (a corner),
    in pieces where it does not fit whole, or where that is full *outside* the frame beside that corner's title: in
    another field it would say where somebody stands. A plot of very many dots numbers none, nor does one without room.
    """
    known = {id(tag.dot) for tag in named}
    rest = [dot for dot in found if id(dot) not in known] if len(found) <= LED else []
    taken = [part for line in lines for part in along(line)] + [_square(dot) for dot in found]
    for tag in named:
        taken += [tag.box, *(along(tag.leader) if tag.leader is not None else ())]
    crossed = [part for line in tails for part in along(line)]
    marks, lists = list[Tag](), list[Listed]()
    rest.sort(key=lambda dot: dot.placed.corner or "")
    for _corner, group in groupby(rest, key=lambda dot: dot.placed.corner):
        inside = list(group)
        at = [_mark(dot, str(n), measure, taken, crossed) for n, dot in enumerate(inside, len(marks) + 1)]
        texts = [f"{tag.text}  {without_legal_form(tag.dot.placed.name)}" for tag in at]
        busy = [*taken, *(tag.box for tag in at)]
        sizes, ways = [measure(text) for text in texts], ([*busy, *crossed], busy)
        fields = (field(inside[0]), outside(inside[0]))
        boxes = next(filter(None, (_pieces(inside, sizes, one, ways) for one in fields)), None)
        if boxes is not None:
            taken = [*busy, *boxes]
            marks += at
            lists += [Listed(box, text) for box, text in zip(boxes, texts, strict=True)]
    return marks, lists


def _pieces(
    inside: Sequence[Dot], sizes: Sequence[tuple[float, float]], field: QRectF, ways: Sequence[list[QRectF]]
) -> list[QRectF] | None:
    """A box in *field* for each line: all under each other, else in two lists and so on; None without room."""
    for count in range(1, min(len(sizes), PIECES) + 1):
        boxes = list[QRectF]()
        for piece in range(count):
            part = slice(piece * len(sizes) // count, (piece + 1) * len(sizes) // count)
            place = _room(inside[part], sizes[part], field, [[*way, *boxes] for way in ways])
            if place is None:
                break
            high = place.height() / len(sizes[part])
            boxes += [
                QRectF(place.left(), place.top() + n * high, place.width(), high)
                for n in range(len(sizes[part]))
            ]
        if len(boxes) == len(sizes):
            return boxes
    return None


def _mark(dot: Dot, text: str, measure: Measure, taken: list[QRectF], crossed: list[QRectF]) -> Tag:
    """The number beside its dot, off tails if it can be, else on the dot itself."""
    wide, high = measure(text)
    others = [box for box in taken if box != _square(dot)]
    places = list(beside(dot, wide, high))
    for busy in ([*others, *crossed], others):
        free = next((box for box in places if _free(box, busy)), None)
        if free is not None:
            return Tag(dot, free, text)
    return Tag(dot, QRectF(dot.at.x() - wide / 2, dot.at.y() - high / 2, wide, high), text)


def _room(
    inside: Sequence[Dot], sizes: Sequence[tuple[float, float]], field: QRectF, ways: Sequence[list[QRectF]]
) -> QRectF | None:
    """Where the list stands: as near to its dots as there is room, off the tails where it can be."""
    wide, high = max(size[0] for size in sizes), sum(size[1] for size in sizes)
    x = sum(dot.at.x() for dot in inside) / len(inside)
    y = sum(dot.at.y() for dot in inside) / len(inside)

    def far(box: QRectF) -> float:
        return hypot(box.center().x() - x, box.center().y() - y)

    places = sorted(_places(field, wide, high), key=far)
    for apart in ways:
        near = [box for box in apart if box.intersects(field)]
        if (free := next((box for box in places if _free(box, near)), None)) is not None:
            return free
    return None


def _places(field: QRectF, wide: float, high: float) -> Iterator[QRectF]:
    for down in range(EDGE, int(field.height() - high) - EDGE + 1, _STEP):
        for over in range(EDGE + 2, int(field.width() - wide) - EDGE - 1, _STEP):
            yield QRectF(field.left() + over, field.top() + down, wide, high)


def _free(box: QRectF, busy: Sequence[QRectF]) -> bool:
    return not any(box.intersects(one) for one in busy)


def _square(dot: Dot) -> QRectF:
    return QRectF(dot.at - QPointF(dot.radius, dot.radius), dot.at + QPointF(dot.radius, dot.radius))
