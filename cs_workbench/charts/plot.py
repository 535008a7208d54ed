"""The one door: chart data in, a finished drawing out, remembered by its data."""

from __future__ import annotations

from functools import lru_cache

from cs_workbench.charts.bars import bar_chart, spare_chart
from cs_workbench.charts.drawing import Drawing
from cs_workbench.charts.hbars import hbar_chart
from cs_workbench.charts.lines import line_chart
from cs_workbench.charts.stacks import stack_chart
from cs_workbench.charts.theme import Theme
from cs_workbench.charts.tornado import tornado_chart
from cs_workbench.charts.waterfall import waterfall_chart
from cs_workbench.domain.chart_data import ChartData

_DRAWERS = {
    "line": line_chart, "bar": bar_chart, "hbar": hbar_chart, "waterfall": waterfall_chart, "tornado": tornado_chart,
}  # fmt: skip


@lru_cache(maxsize=256)
def draw(
    data: ChartData,
    theme: Theme,
    width: float,
    height: float,
    *,
    missing: str = "not measured",
    spare: bool = False,
) -> Drawing:
    """*data* drawn *width* wide and about *height* high (rows of horizontal bars may need more).

    ``missing`` are the words for what isn't measured; ``spare`` draws the cover's bars without a scale.
    """
    kind = stack_chart if data.stacked and data.kind == "bar" else _DRAWERS[data.kind]
    drawer = spare_chart if spare else kind
    return drawer(data, theme, float(width), float(height), missing)
