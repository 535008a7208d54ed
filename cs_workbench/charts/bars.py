"""Vertical bars from zero: first, peak and last labelled, or all where they fit; the cover's spare variant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Drawing, Item, Mark, Rectangle, Stroke, Text
from cs_workbench.charts.events import event_items
from cs_workbench.charts.frame import Frame
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.lines import (
    Plot,
    bound_labels,
    end_labels,
    ground,
    lay_out,
    limit_step,
    nothing_measured,
)
from cs_workbench.charts.scale import Scale
from cs_workbench.charts.theme import SHAPES, Theme
from cs_workbench.domain.chart_data import ChartData, Series

_SHARE = 0.62  # of a step taken by its bars


def bar_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """Vertical bars, *width* by about *height*."""
    plot = lay_out(data, theme, width, height, missing, bars=True)
    if plot.empty:
        return nothing_measured(plot)
    items = [*ground(plot)]
    for series in data.series:
        if series.role == "limit":
            items += limit_step(plot, series)
    about = fr.subject(data)
    sets = [series for series in data.series if series.role != "limit"]
    for order, series in enumerate(sets):
        items += _bars(plot, series, order, len(sets), labelled=series is about)
    items += event_items(plot.events, theme, plot.event_top, [plot.frame.bottom] * len(plot.xs))
    named = [*end_labels(plot)] if len(data.series) > 1 else []
    labels = [*named, *bound_labels(plot)]
    items += fr.end_labels(labels, theme, plot.frame.right + 6, plot.frame.top, plot.frame.bottom)
    return Drawing(width, plot.height, tuple(items))


def fill_of(data: ChartData, series: Series, index: int, theme: Theme, quiet: str) -> str:
    """Colour of one bar: its tone, else the series' colour, *quiet* where another bar is highlighted."""
    if series is fr.subject(data):
        if index < len(data.tones) and data.tones[index] != "none":
            return theme.graphic_of(data.tones[index], theme.series[0])
        if data.highlight is not None and index != data.highlight:
            return quiet
    return fr.colour_of(data, series, theme)


def _bars(plot: Plot, series: Series, order: int, sets: int, *, labelled: bool) -> Iterator[Item]:
    thick = plot.step * _SHARE / sets
    shown = _labelled(plot, series, thick) if labelled else set()
    zero = plot.scale.at(0)
    for index, (x, value) in enumerate(zip(plot.xs, series.values, strict=False)):
        if value is None:
            continue
        left, y = x - plot.step * _SHARE / 2 + order * thick, plot.scale.at(value)
        fill = fill_of(plot.data, series, index, plot.theme, plot.theme.spare)
        yield Rectangle(left, min(y, zero), thick, abs(zero - y), fill)
        if index in shown:
            yield from _label(plot, index, left + thick / 2, value)
    if labelled:
        yield from _gaps(plot, series)


def _label(plot: Plot, index: int, x: float, value: float) -> Iterator[Item]:
    theme, data = plot.theme, plot.data
    y = plot.scale.at(value)
    y = y - theme.small * 0.5 if value >= 0 else y + theme.small * 1.2
    strong = data.highlight in (None, index)
    tone = data.tones[index] if index < len(data.tones) else "none"
    words = fr.printed(data, index, value)
    half = wide(words, theme.small, bold=True) / 2
    x = min(max(x, half), plot.width - half)
    shape = SHAPES.get(tone)
    if shape:
        size = theme.small * 0.8
        start = x - (wide(words, theme.small, bold=strong) + size + 2) / 2
        yield Mark(shape, start + size / 2, y - theme.small * 0.36, size, theme.graphic_of(tone, theme.ink))
        yield Text(start + size + 2, y, words, theme.ink, theme.small, bold=strong)
        return
    colour = theme.series[0] if data.highlight == index else theme.ink if strong else theme.ink_2
    yield Text(x, y, words, colour, theme.small, bold=strong, anchor="middle")


def _labelled(plot: Plot, series: Series, thick: float) -> set[int]:
    """Which bars get their figure: all where they fit, else peak, last and highlighted, the peak giving way.

    A bar of nothing needs no figure: the axis says it.
    """
    known = {index: value for index, value in enumerate(series.values[: len(plot.xs)]) if value}
    if not known:
        return set()
    size = plot.theme.small
    widths = {
        index: wide(fr.printed(plot.data, index, value), size, bold=True) for index, value in known.items()
    }
    if max(widths.values()) + 4 <= max(plot.step, thick) or plot.data.tones:
        return set(known)
    last = max(known)
    shown = {last}
    for index in (plot.data.highlight, max(known, key=lambda one: known[one]), min(known)):
        if index in known and all(
            abs(plot.xs[index] - plot.xs[other]) > (widths[index] + widths[other]) / 2 + 4 for other in shown
        ):
            shown.add(index)
    return shown


def _gaps(plot: Plot, series: Series) -> Iterator[Item]:
    for first, last in fr.gaps(series.values[: len(plot.xs)]):
        half = plot.step * _SHARE / 2
        low = plot.frame.bottom - plot.theme.small
        yield from fr.missing_box(
            plot.theme, plot.frame, (plot.xs[first] - half, plot.xs[last] + half), low, plot.missing
        )


def spare_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """The cover's graphic: bars without grid or scale, first, peak and last figure, first and last category."""
    series = fr.subject(data)
    size = theme.strong
    frame = Frame(0, size * 1.6, width, height - size * 2.2)
    known = [value for value in series.values if value is not None] if series else []
    if series is None or not known:
        return Drawing(width, height, tuple(fr.nothing_measured(theme, frame, missing)))
    count = max(len(data.categories), 1)
    thick = width / (count + (count - 1) * 0.613) if count > 1 else width / 3
    step = (width - thick) / max(count - 1, 1)
    xs = tuple(thick / 2 + index * step for index in range(count))
    scale = Scale(
        min(0.0, *known), max(0.0, *known) if max(map(abs, known)) > 1e-9 else 1.0, frame.bottom, frame.top
    )
    marks = (scale.low, scale.high)
    if data.highlight is None:
        data = replace(data, highlight=count - 1)
    plot = Plot(data, theme, frame, xs, thick / _SHARE, scale, marks, (), 0, width, height, missing)
    items: list[Item] = [*_bars(plot, series, 0, 1, labelled=False), *_gaps(plot, series)]
    items.append(Stroke(0, scale.at(0), width, scale.at(0), theme.ink, 1))
    items += _spare_figures(plot, series)
    if data.categories:
        y = height - size * 0.75
        items.append(Text(0, y, data.categories[0], theme.ink_2, size))
        if count > 1:
            items.append(Text(width, y, data.categories[-1], theme.ink_2, size, anchor="end"))
    return Drawing(width, height, tuple(items))


def _spare_figures(plot: Plot, series: Series) -> Iterator[Item]:
    theme = plot.theme
    known = {index: value for index, value in enumerate(series.values[: len(plot.xs)]) if value is not None}
    last = max(known, default=0)
    for index in sorted({min(known), max(known, key=lambda one: known[one]), last}):
        strong = index == last
        x, y = plot.xs[index], plot.scale.at(max(known[index], 0.0)) - theme.strong * 0.6
        words = fr.printed(plot.data, index, known[index])
        half = wide(words, theme.strong, bold=True) / 2
        x = min(max(x, half), plot.width - half)
        if not strong and plot.xs[last] - x < half * 2 + 8:
            continue
        yield Text(x, y, words, theme.series[0] if strong else theme.ink_2, theme.strong, strong, "middle")
