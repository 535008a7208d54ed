"""Dated remarks above a plot: dotted verticals with labels staggered so that no line crosses a label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_workbench.charts.drawing import Item, Stroke, Text
from cs_workbench.charts.frame import DOTS
from cs_workbench.charts.lettering import shorten, width
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import Event


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with its line's x, its label's left edge, the shortened label and its row from the top."""

    x: float
    left: float
    words: str
    row: int
    at: int


def place_events(
    events: Sequence[Event], xs: Sequence[float], theme: Theme, limit: float
) -> tuple[PlacedEvent, ...]:
    """Give every event on the plot a row: one below each label that reaches over its line."""
    ordered = sorted((event for event in events if 0 <= event.at < len(xs)), key=lambda event: event.at)
    boxes: list[tuple[float, float, float, str, int]] = []
    for event in ordered:
        words = shorten(event.label, theme.small, limit * 0.45)
        long = width(words, theme.small)
        left = min(xs[event.at] + 3, limit - long)
        boxes.append((xs[event.at], left, left + long, words, event.at))
    rows = [0] * len(boxes)
    for _ in range(len(boxes) ** 2):
        if not _settle(boxes, rows):
            break
    return tuple(
        PlacedEvent(x, left, words, row, at)
        for (x, left, _right, words, at), row in zip(boxes, rows, strict=True)
    )


def _settle(boxes: Sequence[tuple[float, float, float, str, int]], rows: list[int]) -> bool:
    """Move one event a row down where it must; False when nothing touches any more."""
    for low, (x, left, right, *_rest) in enumerate(boxes):
        for high, (other_x, other_left, other_right, *_more) in enumerate(boxes):
            if low == high:
                continue
            crosses = other_left - 2 <= x <= other_right + 4
            mutual = left - 2 <= other_x <= right + 4  # each crosses the other: the later one gives way
            under = crosses and rows[low] <= rows[high] and (low > high or not mutual)
            touching = (
                low > high and rows[low] == rows[high] and left < other_right + 6 and other_left < right + 6
            )
            if under or touching:
                rows[low] = rows[high] + 1
                return True
    return False


def row_height(theme: Theme) -> float:
    """Height of one row of event labels."""
    return theme.small * 1.55


def event_items(
    events: Sequence[PlacedEvent], theme: Theme, top: float, ends: Sequence[float]
) -> Iterator[Item]:
    """Lines and labels; *ends* gives for every category the height where its line stops."""
    drawn: set[int] = set()  # two events of one category share a line: dots over dots would close it
    for event in sorted(events, key=lambda one: one.row):
        y = top + event.row * row_height(theme)
        if event.at not in drawn:
            yield Stroke(event.x, y - theme.small * 0.2, event.x, ends[event.at], theme.ink_3, 0.7, DOTS)
            drawn.add(event.at)
        yield Text(event.left, y + theme.small * 0.62, event.words, theme.ink_2, theme.small)
