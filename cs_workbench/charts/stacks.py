"""Vertical bars made of parts: the last series at the foot, the whole's figure on top, a key at the right."""

from __future__ import annotations

from collections.abc import Iterator

from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Drawing, Item, Rectangle, Text
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.lettering import wrap
from cs_workbench.charts.lines import Plot, ground, lay_out, nothing_measured
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData

_SHARE = 0.62  # of a step taken by its bar


def stack_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """Stacked vertical bars, *width* by about *height*."""
    plot = lay_out(data, theme, width, height, missing, bars=True)
    if plot.empty:
        return nothing_measured(plot)
    items = [*ground(plot)]
    for index, x in enumerate(plot.xs):
        items += _stack(plot, index, x)
    return Drawing(width, plot.height, (*items, *_key(plot)))


def _stack(plot: Plot, index: int, x: float) -> Iterator[Item]:
    """The parts of one bar from the foot upwards, and their sum; nothing where the sum is zero."""
    foot, thick = 0.0, plot.step * _SHARE
    for series in reversed(plot.data.series):
        value = series.values[index] if index < len(series.values) else None
        if value:
            top, low = plot.scale.at(foot + value), plot.scale.at(foot)
            yield Rectangle(x - thick / 2, top, thick, low - top, fr.colour_of(plot.data, series, plot.theme))
            foot += value
    if foot:
        words = fr.figure(plot.data, foot)
        if wide(words, plot.theme.small, bold=True) <= plot.step:
            y = plot.scale.at(foot) - plot.theme.small * 0.5
            yield Text(x, y, words, plot.theme.ink, plot.theme.small, bold=True, anchor="middle")


def _key(plot: Plot) -> Iterator[Item]:
    """The parts by name beside the plot, in the order they stand on one another."""
    if len(plot.data.series) < 2:
        return
    theme, left = plot.theme, plot.frame.right + 8
    size = theme.small * 0.8
    y = plot.frame.top + theme.small
    for series in plot.data.series:
        yield Rectangle(left, y - size, size, size, fr.colour_of(plot.data, series, theme))
        for line in wrap(series.name, theme.small, plot.width - left - size - 4, 2):
            yield Text(left + size + 4, y - size * 0.05, line, theme.ink_2, theme.small)
            y += theme.small * 1.32
        y += theme.small * 0.4
