"""A line of dates: milestones above and below it, month ticks under it, one tinted span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cs_workbench.charts.drawing import Anchor, Drawing, Item, Mark, Rectangle, Stroke, Text
from cs_workbench.charts.lettering import shorten
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.theme import Theme, mix


@dataclass(frozen=True, slots=True)
class Point:
    """A dated point: position 0 to 1 along the line, its label and its kind."""

    at: float
    label: str
    role: Literal["plain", "accent", "deadline"] = "plain"
    below: bool = False


@lru_cache(maxsize=32)
def draw_timeline(
    points: tuple[Point, ...],
    ticks: tuple[tuple[float, str], ...],
    theme: Theme,
    width: float,
    span: tuple[float, float] | None = None,
) -> Drawing:
    """The points on one line *width* wide; labels take further rows where they would touch."""
    ordered = sorted(points, key=lambda point: point.at)
    pad, pitch = 8.0, theme.small * 1.6
    rows = {
        below: _rows([point for point in ordered if point.below is below], theme, width, pad)
        for below in (False, True)
    }
    line = theme.small * 1.3 + pitch * max([1, *(row + 1 for *_rest, row in rows[False])])
    items: list[Item] = [Stroke(pad, line, width - pad, line, theme.muted, 2)]
    if span is not None:
        left, right = (_x(at, width, pad) for at in span)
        items.append(Rectangle(left, line - 3, right - left, 6, mix(theme.series[0], theme.surface, 0.45)))
    items += [
        Stroke(_x(at, width, pad), line - 4, _x(at, width, pad), line + 4, theme.ink_3, 0.6)
        for at, _ in ticks
    ]
    for placed in rows.values():
        for placing in placed:
            items += _point(placing, line, pitch, theme)
    under = line + theme.small * 1.7 + pitch * (1 + max([-1, *(row for *_rest, row in rows[True])]))
    items += _tick_labels(ticks, theme, width, pad, under + theme.small)
    return Drawing(width, under + theme.small * 1.6, tuple(items))


def _x(at: float, width: float, pad: float) -> float:
    return pad + min(max(at, 0.0), 1.0) * (width - 2 * pad)


Placed = tuple[Point, float, Anchor, str, int]


def _rows(points: Sequence[Point], theme: Theme, width: float, pad: float) -> list[Placed]:
    """Anchor every label inwards and give it the first row where it touches no other label or stem."""
    placed: list[Placed] = []
    taken: list[list[tuple[float, float]]] = []
    for point in points:
        words = shorten(point.label, theme.small, width * 0.4, bold=True)
        long, x = wide(words, theme.small, bold=point.role == "accent"), _x(point.at, width, pad)
        anchor: Anchor = "start" if x + long <= width else "end"
        left = x if anchor == "start" else x - long
        row = 0
        while row < len(taken) and any(
            left < end + 6 and start < left + long + 6 for start, end in taken[row]
        ):
            row += 1
        if row == len(taken):
            taken.append([])
        taken[row].append((left, left + long))
        placed.append((point, x, anchor, words, row))
    return placed


def _point(placing: Placed, line: float, pitch: float, theme: Theme) -> Iterator[Item]:
    point, x, anchor, words, row = placing
    colour = {"plain": theme.ink, "accent": theme.series[0], "deadline": theme.series[1]}[point.role]
    side = 1 if point.below else -1
    stem = line + side * (theme.small + row * pitch)
    base = stem + (theme.small * 1.05 if point.below else -theme.small * 0.3)
    yield Stroke(x, line, x, stem, theme.ink_3, 0.6)
    yield Mark("circle", x, line, theme.small, colour)
    yield Text(x, base, words, theme.ink, theme.small, point.role == "accent", anchor)


def _tick_labels(
    ticks: Sequence[tuple[float, str]], theme: Theme, width: float, pad: float, y: float
) -> Iterator[Item]:
    end = -1.0
    for at, words in ticks:
        half = wide(words, theme.small) / 2
        x = min(max(_x(at, width, pad), half), width - half)
        if x - half > end:
            yield Text(x, y, words, theme.ink_3, theme.small, anchor="middle")
            end = x + half + 6
