"""Waterfall and tornado as native PowerPoint charts: stacked columns on an unseen base, and bars from one figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_workbench.charts import frame as fr
from cs_workbench.charts.tornado import SHARE as ROW_SHARE
from cs_workbench.charts.waterfall import SHARE, colour_at
from cs_workbench.domain.chart_data import ChartData, Series, base_of, spans
from cs_workbench.reports.native_chart import Dress, paint


def fall_series(data: ChartData) -> tuple[Series, ...]:
    """What the columns of a waterfall are stacked from: an unseen base, then what is seen above and below zero.

    The first carries the name of nothing, the others that of the amounts. A bar that crosses zero has a part on
    either side and no base.
    """
    name = data.series[0].name if data.series else ""
    base: list[float | None] = []
    above: list[float | None] = []
    below: list[float | None] = []
    for span in spans(data):
        if span is None:
            for column in (base, above, below):
                column.append(None)
            continue
        low, high = sorted(span)
        base.append(_clear(max(low, 0.0) + min(high, 0.0)))
        above.append(_clear(max(high, 0.0) - max(low, 0.0)))
        below.append(_clear(min(low, 0.0) - min(high, 0.0)))
    made = [Series(" ", tuple(base), "context"), Series(name, tuple(above))]
    if any(below):
        made.append(Series(f"{name} <0".strip(), tuple(below)))
    return tuple(made)


def _clear(value: float) -> float:
    """Without the dust of adding floats."""
    return round(value, 9) + 0.0


class FallDress(Dress):
    """A waterfall: the base has no ink, every bar the colour of what it is part of."""

    def series(self, element: Any, series: Series) -> None:
        """Nothing for the base, a colour for each bar of the others."""
        shown = next(one for plot in self.chart.plots for one in plot.series if one._element is element)
        if series is self.stood[0]:
            shown.format.fill.background()
            shown.format.line.fill.background()
            return
        paint(shown, self.theme.series[0])
        shown.invert_if_negative = False
        for index, value in enumerate(series.values):
            if value:
                paint(shown.points[index], colour_at(self.data, index, self.theme))

    def groups(self) -> None:
        """Bars as wide as on paper, their parts on one another."""
        for plot in self.chart.plots:
            plot.gap_width = round((1 - SHARE) / SHARE * 100)
            plot.overlap = 100


class SwingDress(Dress):
    """A tornado: both ends start at the figure they are measured from."""

    def series(self, element: Any, series: Series) -> None:
        """One colour an end, and its figure at every bar."""
        shown = next(one for plot in self.chart.plots for one in plot.series if one._element is element)
        paint(shown, fr.colour_of(self.data, series, self.theme))
        shown.invert_if_negative = False
        known: Sequence[int] = [at for at, value in enumerate(series.values) if value is not None]
        self.put_labels(element, [self.label(series, at, "outEnd", about=False, named=False) for at in known])

    def groups(self) -> None:
        """The two ends in one row, and the names' axis where they part."""
        for plot in self.chart.plots:
            plot.gap_width = round((1 - ROW_SHARE) / ROW_SHARE * 100)
            plot.overlap = 100
        self.chart.value_axis.crosses_at = base_of(self.data)
