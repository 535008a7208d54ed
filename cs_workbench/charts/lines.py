"""Line charts: the subject's line with peak and last point labelled, limits as grey steps, bounds as bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Drawing, Item, Mark, Polyline, Rectangle, Stroke, Text
from cs_workbench.charts.events import PlacedEvent, event_items, place_events, row_height
from cs_workbench.charts.frame import EndLabel, Frame
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.scale import Scale, ticks
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, Series


@dataclass(frozen=True, slots=True)
class Plot:
    """A line or bar chart being laid out: its data, look, rectangle, positions and scale."""

    data: ChartData
    theme: Theme
    frame: Frame
    xs: tuple[float, ...]
    step: float
    scale: Scale
    marks: tuple[float, ...]
    events: tuple[PlacedEvent, ...]
    room: float  # for the labels at the right
    width: float
    height: float
    missing: str

    @property
    def empty(self) -> bool:
        """Whether nothing at all was measured."""
        return not any(value is not None for series in self.data.series for value in series.values)

    @property
    def event_top(self) -> float:
        """Where the rows of event labels begin."""
        return self.theme.small * 0.6


def lay_out(data: ChartData, theme: Theme, width: float, height: float, missing: str, *, bars: bool) -> Plot:
    """Rectangle, positions and scale of a chart with categories along the bottom."""
    values = _sums(data) if data.stacked else [value for series in data.series for value in series.values]
    marks = ticks([*values, *_clearance(data, values, bars=bars)])
    left = max(wide(fr.axis_number(data, mark, marks), theme.small) for mark in marks) + 6
    shape = theme.small * 0.8 + 3 if any(bound.tone != "none" for bound in data.bounds) else 0.0
    room = fr.end_room(_end_words(data, bars=bars), theme, width, shape)
    right = width - room - (2 if room else theme.small)
    count = max(len(data.categories), 1)
    step = (right - left) / (count if bars else max(count - 1, 1))
    first = left + (step / 2 if bars or count == 1 else 0)
    xs = tuple(first + index * step for index in range(count))
    events = place_events(data.events, xs, theme, width)
    rows = 1 + max((event.row for event in events), default=-1)
    top = theme.small * 1.6 + rows * row_height(theme)
    bottom = max(height - theme.small * 1.9, top + 30)
    frame = Frame(left, top, right, bottom)
    scale = Scale(marks[0], marks[-1], bottom, top)
    return Plot(
        data, theme, frame, xs, step, scale, marks, events, room, width, bottom + theme.small * 1.9, missing
    )


def _sums(data: ChartData) -> list[float | None]:
    """What the bars of a stacked chart add up to."""
    return [
        sum(series.values[index] or 0.0 for series in data.series if index < len(series.values))
        for index in range(len(data.categories))
    ]


def _clearance(data: ChartData, values: list[float | None], *, bars: bool) -> list[float]:
    """Further values the axis must hold: bounds with their band, and room for figures under negative bars."""
    known = [value for value in values if value is not None]
    span = max([0.0, *known]) - min([0.0, *known])
    room = [bound.value + (span * 0.08 if bound.tone != "none" else 0.0) for bound in data.bounds]
    lowest = min(known, default=0.0)
    return [*room, lowest - span * 0.15] if bars and lowest < 0 else room


def _end_words(data: ChartData, *, bars: bool) -> list[str]:
    words = [bound.label for bound in data.bounds]
    if data.stacked and len(data.series) > 1:
        return [*words, *(series.name + "■" for series in data.series)]
    for series in data.series:
        plain = bars and len(data.series) == 1
        last = fr.last_value(series)
        if not plain and last is not None:
            words.append(fr.end_words(data, series, *last))
    return words


def line_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """A line chart *width* by about *height*."""
    plot = lay_out(data, theme, width, height, missing, bars=False)
    if plot.empty:
        return nothing_measured(plot)
    items = [*ground(plot)]
    about = fr.subject(data)
    for series in sorted(data.series, key=lambda one: one is about):
        items += limit_step(plot, series) if series.role == "limit" else _line(plot, series)
    if about is not None:
        items += event_items(plot.events, theme, plot.event_top, _event_ends(plot, about))
        items += _peak(plot, about)
        items += _gaps(plot, about)
    items += fr.end_labels(
        [*end_labels(plot), *bound_labels(plot)],
        theme,
        plot.frame.right + 6,
        plot.frame.top,
        plot.frame.bottom,
    )
    return Drawing(width, plot.height, tuple(items))


def ground(plot: Plot) -> Iterator[Item]:
    """What lies under the figures: bands, grid and category labels."""
    yield from bands(plot)
    yield from fr.grid(plot.data, plot.theme, plot.frame, plot.scale, plot.marks)
    yield from _categories(plot)


def nothing_measured(plot: Plot) -> Drawing:
    """The categories under one dashed box."""
    box = fr.nothing_measured(plot.theme, plot.frame, plot.missing)
    return Drawing(plot.width, plot.height, (*box, *_categories(plot)))


def _categories(plot: Plot) -> Iterator[Item]:
    y = plot.height - plot.theme.small * 0.5
    return fr.categories(plot.data.categories, plot.theme, plot.xs, y, plot.width)


def bands(plot: Plot) -> Iterator[Item]:
    """Every toned bound tints from itself up to the next one; the edge is labelled at the right."""
    bounds = sorted(
        (b for b in plot.data.bounds if b.tone in ("green", "yellow", "red")), key=lambda b: b.value
    )
    tones = ("green", "yellow", "red")
    for index, bound in enumerate(bounds):
        low = plot.scale.at(bound.value)
        high = plot.scale.at(bounds[index + 1].value) if index + 1 < len(bounds) else plot.frame.top
        if low > high:
            fill = plot.theme.tone_band[tones.index(bound.tone)]
            yield Rectangle(plot.frame.left, high, plot.frame.right - plot.frame.left, low - high, fill)
    for bound in plot.data.bounds:
        y = plot.scale.at(bound.value)
        colour = plot.theme.graphic_of(bound.tone, plot.theme.ink_3)
        yield Stroke(plot.frame.left, y, plot.frame.right, y, colour, 0.7, fr.DASHES)


def bound_labels(plot: Plot) -> Iterator[EndLabel]:
    """The bounds' words, at the height of their edge."""
    for bound in plot.data.bounds:
        mark = plot.theme.small if bound.tone != "none" else 0
        lines = fr.end_lines(bound.label, plot.theme, plot.room - 6 - mark)
        yield EndLabel(plot.scale.at(bound.value), lines, plot.theme.text_of(bound.tone), tone=bound.tone)


def end_labels(plot: Plot) -> Iterator[EndLabel]:
    """Every series named at its last point: the subject bold in its colour, the others quiet."""
    about = fr.subject(plot.data)
    for series in plot.data.series:
        last = fr.last_value(series)
        if last is None:
            continue
        strong = series is about
        colour = fr.colour_of(plot.data, series, plot.theme) if strong else plot.theme.ink_2
        words = fr.end_words(plot.data, series, *last)
        lines = fr.end_lines(words, plot.theme, plot.room - 6)
        yield EndLabel(plot.scale.at(last[1]), lines, colour, bold=strong)


def limit_step(plot: Plot, series: Series) -> Iterator[Item]:
    """A limit as a grey step line: it holds until the category where it changes."""
    points: list[tuple[float, float]] = []
    half = plot.step / 2 if plot.xs and plot.xs[0] > plot.frame.left + 1 else 0.0
    for x, value in zip(plot.xs, series.values, strict=False):
        if value is None:
            continue
        y = plot.scale.at(value)
        points += [(x - half, points[-1][1] if points else y), (x - half, y), (x + half, y)]
    if points:
        yield Polyline(tuple(dict.fromkeys(points)), plot.theme.muted, plot.theme.line)


def _line(plot: Plot, series: Series) -> Iterator[Item]:
    colour = fr.colour_of(plot.data, series, plot.theme)
    strong = series.role != "context"
    piece: list[tuple[float, float]] = []
    pieces = [piece]
    for x, value in zip(plot.xs, series.values, strict=False):
        if value is None:
            piece = []
            pieces.append(piece)
        else:
            piece.append((x, plot.scale.at(value)))
    for points in pieces:
        if len(points) > 1:
            yield Polyline(tuple(points), colour, plot.theme.line * (1.0 if strong else 0.75))
        elif points:
            yield Mark("circle", *points[0], plot.theme.line * 2.4, colour)
    last = fr.last_value(series)
    if strong and last is not None:
        yield Mark("circle", plot.xs[last[0]], plot.scale.at(last[1]), plot.theme.line * 3.2, colour)


def _event_ends(plot: Plot, about: Series) -> Sequence[float]:
    ends = [plot.frame.bottom] * len(plot.xs)
    for index, value in enumerate(about.values[: len(ends)]):
        if value is not None:
            ends[index] = plot.scale.at(value) - 3
    return ends


def _peak(plot: Plot, about: Series) -> Iterator[Item]:
    known = [(value, -index) for index, value in enumerate(about.values) if value is not None]
    last = fr.last_value(about)
    if len(known) < 3 or last is None:
        return
    value, back = max(known)
    if value == last[1]:
        return
    theme, index = plot.theme, -back
    x, y = plot.xs[index], plot.scale.at(value)
    below = any(event.at == index for event in plot.events)
    offset = theme.strong * 1.25 if below else -theme.strong * 0.55
    yield Mark("circle", x, y, theme.line * 3.2, fr.colour_of(plot.data, about, theme))
    words = fr.printed(plot.data, index, value)
    x = max(x, plot.frame.left + wide(words, theme.strong, bold=True) / 2 + 2)
    yield Text(x, y + offset, words, theme.ink, theme.strong, bold=True, anchor="middle")


def _gaps(plot: Plot, about: Series) -> Iterator[Item]:
    for first, last in fr.gaps(about.values[: len(plot.xs)]):
        left = max(plot.xs[first] - plot.step * 0.5, plot.frame.left + 1)
        right = min(plot.xs[last] + plot.step * 0.5, plot.frame.right)
        beside = [
            value
            for index in (first - 1, last + 1)
            if 0 <= index < len(about.values) and (value := about.values[index]) is not None
        ]
        middle = (
            plot.scale.at(sum(beside) / len(beside)) if beside else plot.frame.bottom - plot.theme.small * 2
        )
        yield from fr.missing_box(plot.theme, plot.frame, (left, right), middle, plot.missing)
