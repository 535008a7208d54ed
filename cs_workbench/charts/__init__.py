"""Charts: plain data → one drawing of simple strokes → SVG or a matplotlib Figure; one look for screen and paper."""

from cs_workbench.charts.drawing import Drawing, Mark, Polyline, Rectangle, Stroke, Text
from cs_workbench.charts.figure import figure
from cs_workbench.charts.plot import draw
from cs_workbench.charts.svg import svg
from cs_workbench.charts.theme import Theme, paper, screen, tokens
from cs_workbench.charts.timeline import Point, draw_timeline

__all__ = [
    "Drawing",
    "Mark",
    "Point",
    "Polyline",
    "Rectangle",
    "Stroke",
    "Text",
    "Theme",
    "draw",
    "draw_timeline",
    "figure",
    "paper",
    "screen",
    "svg",
    "tokens",
]
