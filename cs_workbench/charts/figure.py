"""A drawing as a matplotlib Figure: for the window's canvas, with the same shapes as on paper."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from cs_workbench import paths
from cs_workbench.charts.drawing import Drawing, Item, Mark, Polyline, Rectangle, Stroke, Text
from cs_workbench.charts.lettering import font_file

_MARKERS = {"circle": "o", "triangle": "^", "diamond": "D", "ring": "o"}
_SIDES = {"start": "left", "middle": "center", "end": "right"}


@cache
def _font(bold: bool) -> Any:
    """The bundled font; matplotlib's own caches go into our cache folder."""
    os.environ.setdefault(
        "MPLCONFIGDIR", paths.make_private_dir(os.path.join(paths.cache_dir(), "matplotlib"))
    )
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=font_file(bold))


def figure(drawing: Drawing, *, background: str = "none") -> Any:
    """*drawing* as a Figure of its size in points (1/72 inch), one artist a shape, y axis downwards."""
    regular = _font(False)
    from matplotlib.figure import Figure

    made = Figure(figsize=(drawing.width / 72, drawing.height / 72), dpi=72, facecolor=background)
    axes = made.add_axes((0.0, 0.0, 1.0, 1.0), frameon=False)
    axes.set_axis_off()
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    for item in drawing.items:
        _add(axes, item, regular)
    return made


def _add(axes: Any, item: Item, regular: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle as Box

    match item:
        case Stroke(x1, y1, x2, y2, colour, width, dash):
            line = Line2D((x1, x2), (y1, y2), color=colour, linewidth=width, solid_capstyle="butt")
            axes.add_line(_dashed(line, dash, width))
        case Polyline(points, colour, width, dash):
            xs, ys = zip(*points, strict=True)
            axes.add_line(_dashed(Line2D(xs, ys, color=colour, linewidth=width), dash, width))
        case Rectangle(x, y, width, height, fill, outline, dash):
            style: Any = (0, tuple(part / 0.75 for part in dash)) if dash else "-"
            axes.add_patch(
                Box((x, y), width, height, facecolor=fill or "none", edgecolor=outline or "none", linewidth=0.75,
                    linestyle=style)
            )  # fmt: skip
        case Mark(shape, x, y, size, colour):
            face = "none" if shape == "ring" else colour
            scale = 0.72 if shape == "diamond" else 1.0
            axes.add_line(
                Line2D((x,), (y,), marker=_MARKERS[shape], markersize=size * scale, color=colour,
                       markerfacecolor=face, markeredgewidth=1.0 if shape == "ring" else 0.0)
            )  # fmt: skip
        case Text(x, y, words, colour, size, bold, anchor):
            axes.text(
                x, y, words, color=colour, fontsize=size, ha=_SIDES[anchor], va="baseline", parse_math=False,
                fontproperties=_font(True) if bold else regular,
            ).set_fontsize(size)  # fmt: skip


def _dashed(line: Any, dash: tuple[float, ...], width: float) -> Any:
    if dash:
        line.set_linestyle((0, tuple(part / width for part in dash)))
    return line
