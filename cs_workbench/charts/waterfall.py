"""A waterfall: sums on the ground, what is added or taken between them, every bar with its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Drawing, Item, Rectangle, Stroke, Text
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.lettering import wrap
from cs_workbench.charts.scale import Scale
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, spans

SHARE = 0.66  # of a step taken by its bar
_LINES = 2  # of a name under its bar


@dataclass(frozen=True, slots=True)
class Fall:
    """A waterfall laid out: rectangle, centres of the bars, scale, and from where to where each bar reaches."""

    data: ChartData
    theme: Theme
    frame: fr.Frame
    xs: tuple[float, ...]
    step: float
    scale: Scale
    spans: tuple[tuple[float, float] | None, ...]
    names: tuple[tuple[str, ...], ...]
    missing: str


def waterfall_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """A waterfall, *width* by about *height*."""
    plot = lay_out_fall(data, theme, width, height, missing)
    high = plot.frame.bottom + theme.small * (0.6 + 1.25 * max(map(len, plot.names), default=1))
    if all(span is None for span in plot.spans):
        return Drawing(width, high, tuple(fr.nothing_measured(theme, plot.frame, missing)))
    return Drawing(width, high, (*_bars(plot), *beside(plot), *_names(plot)))


def lay_out_fall(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Fall:
    """Rectangle, positions and scale. Figures above the bars, and below those under zero, have their room."""
    reached = spans(data)
    ends = [end for span in reached if span for end in span]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    step = width / max(len(data.categories), 1)
    names = tuple(wrap(name, theme.small, step - 4, _LINES) for name in data.categories)
    rows = max(map(len, names), default=1)
    bottom = max(height - theme.small * (0.6 + 1.25 * rows), theme.strong * 2 + 30)
    figure = theme.strong * 1.6
    frame = fr.Frame(0.0, figure, width, bottom - (figure if low < 0 else 0.0))
    scale = Scale(low, high if high - low > 1e-9 else low + 1.0, frame.bottom, frame.top)
    xs = tuple((index + 0.5) * step for index in range(len(data.categories)))
    return Fall(
        data, theme, fr.Frame(0.0, frame.top, width, bottom), xs, step, scale, reached, names, missing
    )


def colour_at(data: ChartData, index: int, theme: Theme) -> str:
    """Colour of one bar: what it is part of, the subject where nothing is said."""
    role = data.roles[index] if index < len(data.roles) else "subject"
    if role == "cost":
        return theme.series[1]
    return theme.series[0] if role == "subject" else theme.muted


def _bars(plot: Fall) -> Iterator[Item]:
    thick = plot.step * SHARE
    for index, (x, span) in enumerate(zip(plot.xs, plot.spans, strict=False)):
        if span is not None:
            top, low = sorted(map(plot.scale.at, span))
            fill = colour_at(plot.data, index, plot.theme)
            yield Rectangle(x - thick / 2, top, thick, max(low - top, 0.6), fill)


def beside(plot: Fall) -> Iterator[Item]:
    """What a native chart has no form for: the ground, dotted links, figures, and boxes for what is not known."""
    theme, zero = plot.theme, plot.scale.at(0.0)
    yield Stroke(plot.frame.left, zero, plot.frame.right, zero, theme.axis, 0.9)
    half = plot.step * SHARE / 2
    before: tuple[float, float] | None = None  # where the last known bar ends: x and level
    for index, (x, span) in enumerate(zip(plot.xs, plot.spans, strict=False)):
        if span is None:
            yield from fr.missing_box(
                theme, plot.frame, (x - half, x + half), zero - theme.small * 2, plot.missing
            )
            continue
        if before is not None:
            level = plot.scale.at(before[1])
            yield Stroke(before[0] + half, level, x - half, level, theme.ink_3, 0.7, fr.DOTS)
        before = (x, span[1])
        yield _figure(plot, index, x, span)


def _figure(plot: Fall, index: int, x: float, span: tuple[float, float]) -> Text:
    theme, value = plot.theme, plot.data.series[0].values[index] or 0.0
    words = fr.printed(plot.data, index, value)
    size = theme.strong if wide(words, theme.strong, bold=True) <= plot.step else theme.small
    half = wide(words, size, bold=True) / 2
    x = min(max(x, plot.frame.left + half), max(plot.frame.right - half, plot.frame.left + half))
    top, low = sorted(map(plot.scale.at, span))
    under = max(span) <= 0.0 and min(span) < 0.0
    y = low + size * 1.2 if under else top - size * 0.5
    return Text(x, y, words, theme.ink, size, bold=True, anchor="middle")


def _names(plot: Fall) -> Iterator[Item]:
    return names_below(plot.names, plot.xs, plot.theme, plot.frame.bottom)


def names_below(
    names: Sequence[tuple[str, ...]], xs: Sequence[float], theme: Theme, bottom: float
) -> Iterator[Item]:
    """The names of the bars under the plot, on as many lines as each has."""
    for lines, x in zip(names, xs, strict=False):
        for row, words in enumerate(lines):
            y = bottom + theme.small * (1.35 + 1.25 * row)
            yield Text(x, y, words, theme.ink_2, theme.small, anchor="middle")
