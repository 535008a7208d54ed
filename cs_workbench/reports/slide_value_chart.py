"""Waterfall and tornado on slides: native charts, with what they have no form for as text and lines beside."""

from __future__ import annotations

from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Item, Text
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.scale import Scale
from cs_workbench.charts.theme import Theme
from cs_workbench.charts.tornado import lay_out_swings
from cs_workbench.charts.waterfall import beside, lay_out_fall
from cs_workbench.domain.chart_data import ChartData, base_of
from cs_workbench.reports import native_chart as native
from cs_workbench.reports.native_value_chart import FallDress, SwingDress, fall_series
from cs_workbench.reports.slide_canvas import Box, Canvas


def value_at(scale: Scale, place: float) -> float:
    """What the axis means at *place*, also beyond its ends."""
    return scale.low + (place - scale.start) / (scale.end - scale.start) * (scale.high - scale.low)


def put_waterfall(
    canvas: Canvas, data: ChartData, place: Box, alt: str, *, theme: Theme, missing: str
) -> None:
    """A native waterfall in *place*; its figures, dotted links and boxes as text and lines."""
    plot = lay_out_fall(data, theme, place.width, place.height, missing)
    frame, scale = plot.frame, plot.scale
    inner = (0.0, frame.top / place.height, 1.0, (frame.bottom - frame.top) / place.height)
    least = value_at(scale, frame.bottom)  # figures under zero keep clear of the names
    limits = (least, scale.high, scale.high - least)
    spec = native.Spec(place, alt, theme, inner, limits, every=1, bare=True)
    native.add(canvas, data, spec, fall_series(data), FallDress)
    canvas.drawing(tuple(beside(plot)), place.x, place.y)


def put_tornado(canvas: Canvas, data: ChartData, place: Box, alt: str, *, theme: Theme, missing: str) -> None:
    """A native tornado in *place*, its base figure under it."""
    plot = lay_out_swings(data, theme, place.width, place.height, missing)
    scale = plot.scale
    high = min(plot.bottom / place.height, 1.0)
    inner = (plot.left / place.width, 0.0, (scale.end - plot.left) / place.width, high)
    least = value_at(scale, plot.left)  # figures left of the bars keep clear of the names
    limits = (least, scale.high, scale.high - least)
    native.add(canvas, data, native.Spec(place, alt, theme, inner, limits, every=1), dress=SwingDress)
    items: list[Item] = []
    for bound in data.bounds[:1]:
        half = wide(bound.label, theme.strong, bold=True) / 2
        x = min(max(scale.at(base_of(data)), half), max(place.width - half, half))
        y = plot.bottom + theme.strong * 1.25
        items.append(Text(x, y, bound.label, theme.ink, theme.strong, bold=True, anchor="middle"))
    for index in range(len(data.categories)):
        if all(series.values[index] is None for series in data.series):
            x = scale.at(base_of(data))
            middle = plot.middle(index)
            strip = fr.Frame(plot.left, middle - plot.pitch / 2, place.width, middle + plot.pitch / 2)
            items += fr.missing_box(theme, strip, (x, x + theme.small * 5), middle, missing)
    canvas.drawing(tuple(items), place.x, place.y)
