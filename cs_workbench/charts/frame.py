"""What line and bar charts share: the plot's rectangle, grid, category labels, labels at the right, gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_workbench.charts.drawing import Item, Mark, Rectangle, Stroke, Text
from cs_workbench.charts.lettering import shorten, width, wrap
from cs_workbench.charts.scale import Scale, decimals, number
from cs_workbench.charts.theme import SHAPES, Theme
from cs_workbench.domain.chart_data import ChartData, Series, Tone

DASHES = (2.5, 2.0)
DOTS = (1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's rectangle inside the drawing."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words to the right of the plot, wished at height ``y``; up to two lines."""

    y: float
    lines: tuple[str, ...]
    colour: str
    bold: bool = False
    tone: Tone = "none"


def subject(data: ChartData) -> Series | None:
    """The series a chart is about: the first subject, else the first of all."""
    first = (series for series in data.series if series.role == "subject")
    return next(first, data.series[0] if data.series else None)


def colour_of(data: ChartData, series: Series, theme: Theme) -> str:
    """Series colours in token order: the subject first, cost second, context and limits muted."""
    if series.role == "cost":
        return theme.series[1]
    if series.role != "subject":
        return theme.muted
    order = [other for other in data.series if other.role == "subject"].index(series)
    return theme.series[0] if order == 0 else theme.series[2 + (order - 1) % 4]


def printed(data: ChartData, index: int, value: float) -> str:
    """The printed value of the subject at *index*."""
    if index < len(data.labels) and data.labels[index]:
        return data.labels[index]
    return figure(data, value)


def figure(data: ChartData, value: float) -> str:
    """A measured value in plain figures, like those beside it; a share carries its sign."""
    places = decimals(other for series in data.series for other in series.values)
    return number(value, places) + ("%" if data.unit == "%" else "")


def axis_number(data: ChartData, value: float, marks: Sequence[float]) -> str:
    """A number on the axis among its *marks*; zero stands bare."""
    return number(value, decimals(marks) if value else 0) + ("%" if data.unit == "%" else "")


def gaps(values: Sequence[float | None]) -> Iterator[tuple[int, int]]:
    """First and last index of every run of unmeasured values."""
    start: int | None = None
    for index, value in enumerate((*values, 0.0)):
        if value is None:
            start = index if start is None else start
        elif start is not None:
            yield start, index - 1
            start = None


def grid(data: ChartData, theme: Theme, frame: Frame, scale: Scale, marks: Sequence[float]) -> Iterator[Item]:
    """Horizontal lines with their numbers; the one at zero is the axis."""
    for mark in marks:
        y = scale.at(mark)
        axis = mark == 0
        yield Stroke(frame.left, y, frame.right, y, theme.axis if axis else theme.grid, 0.9 if axis else 0.6)
        yield Text(
            frame.left - 5,
            y + theme.small * 0.36,
            axis_number(data, mark, marks),
            theme.ink_3,
            theme.small,
            anchor="end",
        )


def categories(
    names: Sequence[str], theme: Theme, xs: Sequence[float], y: float, limit: float
) -> Iterator[Item]:
    """Labels under the axis, thinned evenly from the last one backwards so that none touch."""
    if not names:
        return
    size = theme.small
    step = xs[1] - xs[0] if len(xs) > 1 else limit
    room = max(step, size * 6)
    shown = [shorten(name, size, room) for name in names]
    every = 1
    while every < len(shown) and max(width(name, size) for name in shown) + size * 0.6 > step * every:
        every += 1
    last = len(shown) - 1
    for index, name in enumerate(shown):
        if (last - index) % every == 0:
            half = width(name, size) / 2
            x = min(max(xs[index], half), limit - half)
            yield Text(x, y, name, theme.ink_3, size, anchor="middle")


def end_labels(
    labels: Sequence[EndLabel], theme: Theme, x: float, top: float, bottom: float
) -> Iterator[Item]:
    """The labels at the right, pushed apart where they would touch and kept between *top* and *bottom*."""
    pitch = theme.small * 1.32
    ordered = sorted(labels, key=lambda label: label.y)
    places: list[float] = []
    floor = top
    for label in ordered:
        places.append(max(label.y - (len(label.lines) - 1) * pitch / 2, floor))
        floor = places[-1] + len(label.lines) * pitch + 1
    ceiling = bottom
    for index in range(len(ordered) - 1, -1, -1):
        room = (len(ordered[index].lines) - 1) * pitch
        places[index] = min(places[index], ceiling - room)
        ceiling = places[index] - pitch - 1
    for label, place in zip(ordered, places, strict=True):
        yield from _end_label(label, theme, x, place, pitch)


def _end_label(label: EndLabel, theme: Theme, x: float, y: float, pitch: float) -> Iterator[Item]:
    shape = SHAPES.get(label.tone)
    if shape:
        size = theme.small * 0.8
        yield Mark(shape, x + size / 2, y, size, theme.graphic_of(label.tone, label.colour))
        x += size + 3
    for row, words in enumerate(label.lines):
        strong = label.bold and row == 0
        size = theme.strong if strong else theme.small
        colour = label.colour if row == 0 else theme.ink_2
        yield Text(x, y + row * pitch + theme.small * 0.36, words, colour, size, bold=strong)


def end_room(names: Sequence[str], theme: Theme, total: float, shape: float) -> float:
    """Room to keep at the right for these words and a *shape* before them, but under a third of *total*."""
    if not names:
        return 0.0
    return min(max(width(name, theme.strong, bold=True) for name in names) + shape + 10, total * 0.3)


def end_lines(words: str, theme: Theme, room: float) -> tuple[str, ...]:
    """*words* in one line, or two where the room is narrow."""
    if width(words, theme.strong, bold=True) <= room:
        return (words,)
    return wrap(words, theme.strong * 1.06, room, 2)  # the bold face is wider


def missing_box(
    theme: Theme, frame: Frame, span: tuple[float, float], middle: float, words: str
) -> Iterator[Item]:
    """The dashed box of what isn't measured, with the words inside, or above where the box is narrow."""
    left, right = span
    half = theme.small
    middle = min(max(middle, frame.top + half), frame.bottom - half)
    yield Rectangle(left, middle - half, right - left, half * 2, theme.surface, theme.ink_3, DASHES)
    long = width(words, theme.small)
    if long <= right - left - 4:
        yield Text(
            (left + right) / 2, middle + theme.small * 0.36, words, theme.ink_2, theme.small, anchor="middle"
        )
        return
    x = min(
        max((left + right) / 2, frame.left + long / 2), max(frame.right - long / 2, frame.left + long / 2)
    )
    above = middle - half - theme.small * 0.5
    y = above if above - theme.small > frame.top else middle + half + theme.small * 1.1
    yield Text(x, y, words, theme.ink_2, theme.small, anchor="middle")


def nothing_measured(theme: Theme, frame: Frame, words: str) -> Iterator[Item]:
    """The whole plot as one dashed box: nothing was measured at all."""
    yield Rectangle(
        frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, "", theme.ink_3, DASHES
    )
    yield Text(
        (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2 + theme.strong * 0.36, words,
        theme.ink_2, theme.strong, anchor="middle",
    )  # fmt: skip


def last_value(series: Series) -> tuple[int, float] | None:
    """Index and value of the last measured point."""
    for index in range(len(series.values) - 1, -1, -1):
        value = series.values[index]
        if value is not None:
            return index, value
    return None


def end_words(data: ChartData, series: Series, index: int, value: float) -> str:
    """What stands beside a series' last point: its name and value."""
    about = subject(data)
    shown = printed(data, index, value) if series is about else figure(data, value)
    return f"{series.name} {shown}".strip()
