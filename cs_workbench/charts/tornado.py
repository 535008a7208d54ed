"""A tornado: each input at its worse and its better end, measured from what the result is now; the widest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Drawing, Item, Rectangle, Stroke, Text
from cs_workbench.charts.lettering import shorten, wrap
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.scale import Scale
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, base_of

SHARE = 0.56  # of a row taken by its bar
_TWO_LINES = 2.7  # letters' heights a row needs for a name and its range under it, and room to the next name
_TO = " – "
_SAME = 1e-9  # two results that differ by no more of them are one
_MOST_NAME = 0.45  # of the width, for the names


@dataclass(frozen=True, slots=True)
class Swings:
    """A tornado laid out: room of the names, pitch of a row, the value axis, and where the rows end."""

    data: ChartData
    theme: Theme
    width: float
    left: float
    pitch: float
    scale: Scale
    bottom: float
    missing: str

    def middle(self, index: int) -> float:
        """The height of a row's middle."""
        return (index + 0.5) * self.pitch


def tornado_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """A tornado, *width* wide; as high as asked, or higher where the rows need it."""
    if not any(value is not None for series in data.series for value in series.values):
        frame = fr.Frame(0.5, theme.small, width - 0.5, max(height - 1, theme.small * 5))
        return Drawing(width, frame.bottom + 1, tuple(fr.nothing_measured(theme, frame, missing)))
    plot = lay_out_swings(data, theme, width, height, missing, whole_names=True)
    items = (*_names(plot), *_bars(plot), *beside(plot))
    return Drawing(width, plot.bottom + theme.strong * 1.7, items)


def lay_out_swings(
    data: ChartData, theme: Theme, width: float, height: float, missing: str, *, whole_names: bool = False
) -> Swings:
    """Rows between the names at the left and the figures on both sides of the bars; *whole_names* makes the rows
    high enough for two lines where a name doesn't fit on one.
    """
    size, rows = theme.small, max(len(data.categories), 1)
    longest = max((wide(name, size) for name in data.categories), default=0.0)
    left = min(longest + 8, width * _MOST_NAME)
    least = size * (_TWO_LINES if whole_names and longest > left - 6 else 1.9)
    pitch = min(max((height - theme.strong * 1.7) / rows, least), size * 5.0)
    values = [value for series in data.series for value in series.values if value is not None]
    low, high = min([base_of(data), *values]), max([base_of(data), *values])
    room = max((wide(fr.figure(data, value), size) for value in values), default=0.0) + 8
    room = min(room, width * 0.2)
    both = (wide(words, size) + 8 for row in range(rows) for words in _said(data, row) if _TO in words)
    room = min(max((room, *both)), width * 0.4)
    scale = Scale(
        low, high if high - low > 1e-9 else low + 1.0, left + room, max(width - room, left + room + 20)
    )
    return Swings(data, theme, width, left, pitch, scale, rows * pitch, missing)


def _names(plot: Swings) -> Iterator[Item]:
    size = plot.theme.small
    apart = 1.12  # a name's lines stand nearer than two names
    lines = 2 if plot.pitch >= size * _TWO_LINES - 0.01 else 1
    for index, name in enumerate(plot.data.categories):
        shown = _lines(name, size, plot.left - 6, lines)
        for row, words in enumerate(shown):
            y = plot.middle(index) + size * 0.36 + (row - (len(shown) - 1) / 2) * size * apart
            yield Text(0.0, y, words, plot.theme.ink if row == 0 else plot.theme.ink_2, size)


def _lines(name: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The name, and on a line of its own the range it ends in where both don't fit on one; the range stays whole."""
    words, _space, ends = name.rpartition(" ")
    if not words or wide(name, size) <= room:
        return wrap(name, size, room, lines)
    if lines < 2:
        left = room - wide(f" {ends}", size)
        return (f"{shorten(words, size, left)} {ends}",) if left > 2 * size else (shorten(name, size, room),)
    return shorten(words, size, room), shorten(ends, size, room)


def _ends(plot: Swings, index: int) -> list[tuple[float, str]]:
    """The known ends of one row with their colours."""
    found = []
    for series in plot.data.series[:2]:
        value = series.values[index] if index < len(series.values) else None
        if value is not None:
            found.append((value, fr.colour_of(plot.data, series, plot.theme)))
    return found


def _bars(plot: Swings) -> Iterator[Item]:
    thick, base = plot.pitch * SHARE, plot.scale.at(base_of(plot.data))
    for index in range(len(plot.data.categories)):
        y = plot.middle(index) - thick / 2
        ends = sorted(_ends(plot, index), key=lambda end: -round(abs(plot.scale.at(end[0]) - base), 6))
        for value, fill in ends:  # the longer first, so that the shorter is seen where both go one way
            x = plot.scale.at(value)
            yield Rectangle(min(x, base), y, abs(x - base), thick, fill)


def beside(plot: Swings) -> Iterator[Item]:
    """The line the bars are measured from with its figure, and the figures at their ends."""
    theme, base = plot.theme, plot.scale.at(base_of(plot.data))
    for index in range(len(plot.data.categories)):
        yield from _figures(plot, index)
    yield Stroke(base, 0.0, base, plot.bottom + 2, theme.ink, 0.9)
    for bound in plot.data.bounds[:1]:
        half = wide(bound.label, theme.strong, bold=True) / 2
        x = min(max(base, half), max(plot.width - half, half))
        y = plot.bottom + theme.strong * 1.25
        yield Text(x, y, bound.label, theme.ink, theme.strong, bold=True, anchor="middle")


def _figures(plot: Swings, index: int) -> Iterator[Item]:
    theme, base = plot.theme, base_of(plot.data)
    y, said = plot.middle(index) + theme.small * 0.36, _said(plot.data, index)
    values = [value for value, _colour in _ends(plot, index)]
    if not values:
        thick = plot.pitch * SHARE
        x = plot.scale.at(base)
        span = (x, min(x + theme.small * 5, plot.width))
        frame = fr.Frame(plot.left, plot.middle(index) - thick, plot.width, plot.middle(index) + thick)
        yield from fr.missing_box(theme, frame, span, plot.middle(index), plot.missing)
        return
    for under, words in zip((True, False), said, strict=True):
        if words:
            x = plot.scale.at(min(values) if under else max(values)) + (-5 if under else 5)
            yield Text(x, y, words, theme.ink_2, theme.small, anchor="end" if under else "start")


def _said(data: ChartData, index: int) -> tuple[str, str]:
    """The figures left and right of one row's bars. An end that is the result of now stands under the line already."""
    known = [series.values[index] for series in data.series[:2] if index < len(series.values)]
    values, base = [value for value in known if value is not None], base_of(data)
    moved = [value for value in values if abs(value - base) > _SAME * max(abs(base), 1.0)] or values
    left, right = (sorted(value for value in moved if (value < base) == under) for under in (True, False))
    said = [_TO.join(fr.figure(data, value) for value in side) for side in (left, right)]
    return said[0], said[1]


def tornado_height(data: ChartData, theme: Theme, width: float, height: float) -> float:
    """How high a tornado is drawn that is asked to be *height*: its names may need more."""
    return lay_out_swings(data, theme, width, height, "", whole_names=True).bottom + theme.strong * 1.7
