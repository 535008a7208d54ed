"""The charts of a document, drawn in its company's colours: the same drawing for every format."""

from __future__ import annotations

from cs_workbench import charts
from cs_workbench.reports.blocks import Chart, Cover, Document, Look, Timeline
from cs_workbench.reports.sections import word

PAGE_WIDTH = 499.28  # points of text on an A4 page
WIDE_WIDTH = 745.89  # and on one that lies on its side
GUTTER = 18.0
COVER_HEIGHT = 150.0


def chart_drawing(document: Document, look: Look, chart: Chart, width: float = PAGE_WIDTH) -> charts.Drawing:
    """A chart *width* points wide, at the height its block asks for."""
    missing = word(document, "not_measured")
    return charts.draw(chart.data, charts.paper(look.accent), round(width, 2), chart.height, missing=missing)


def cover_drawing(document: Document, look: Look, cover: Cover) -> charts.Drawing | None:
    """The cover's graphic, or None where nothing was measured: a plain rule stands there instead."""
    data = cover.chart
    if data is None or not any(value is not None for series in data.series for value in series.values):
        return None
    missing = word(document, "not_measured")
    theme = charts.paper(look.accent)
    return charts.draw(data, theme, PAGE_WIDTH, COVER_HEIGHT, missing=missing, spare=True)


def timeline_drawing(look: Look, timeline: Timeline, width: float = PAGE_WIDTH) -> charts.Drawing:
    """A timeline *width* points wide."""
    points = tuple(charts.Point(one.at, one.label, one.role, one.below) for one in timeline.points)
    return charts.draw_timeline(
        points, timeline.ticks, charts.paper(look.accent), round(width, 2), timeline.span
    )


def shares(widths: tuple[float, ...], count: int, total: float, gutter: float = GUTTER) -> list[float]:
    """Widths in points of *count* bodies side by side in *total*."""
    parts = [max(width, 0.01) for width in (*widths, *([1.0] * count))][:count]
    room = total - gutter * (count - 1)
    return [part / sum(parts) * room for part in parts]
