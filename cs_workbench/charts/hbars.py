"""Horizontal bars: names left, figures right of the bar, a dashed box in the place of what isn't measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cs_workbench.charts import frame as fr
from cs_workbench.charts.bars import fill_of
from cs_workbench.charts.drawing import Drawing, Item, Mark, Rectangle, Stroke, Text
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.lettering import wrap
from cs_workbench.charts.scale import Scale
from cs_workbench.charts.theme import SHAPES, Theme
from cs_workbench.domain.chart_data import ChartData, Series, why_missing


@dataclass(frozen=True, slots=True)
class Rows:
    """Horizontal bars being laid out: pitch of a row, the axis' scale, room of the names."""

    data: ChartData
    theme: Theme
    left: float
    top: float
    pitch: float
    scale: Scale
    missing: str


def hbar_chart(data: ChartData, theme: Theme, width: float, height: float, missing: str) -> Drawing:
    """Horizontal bars, *width* wide; as high as asked, or higher where the rows need it."""
    rows, sets = len(data.categories), [series for series in data.series if series.role != "limit"]
    size = theme.small
    if not any(value is not None for series in data.series for value in series.values) and rows < 2:
        frame = fr.Frame(0.5, size, width - 0.5, max(height - 1, size * 5))
        return Drawing(width, frame.bottom + 1, tuple(fr.nothing_measured(theme, frame, missing)))
    least = size * (1.75 + 0.9 * (max(len(sets), 1) - 1))
    below = size * 1.6 if data.bounds else 0.0
    pitch = min(max((height - below) / max(rows, 1), least), size * 2.6 * max(len(sets), 1))
    top = size * 0.5
    left = min(max((wide(name, size) for name in data.categories), default=0.0) + 6.5, width * 0.36)
    values = [value for series in data.series for value in series.values if value is not None]
    values += [bound.value for bound in data.bounds]
    figures = max((wide(words, size, bold=True) for words in _figures(data, sets)), default=0.0) + size * 1.6
    low, high = min([0.0, *values]), max([0.0, *values])
    gaps = any(None in series.values or len(series.values) < rows for series in sets)
    figures = min(figures, width * (0.24 if low < 0 else 0.3))
    unknown = max(wide(why_missing(data, index, missing), size) for index in range(rows)) + 6 if gaps else 0.0
    right = max(width - max(figures, unknown) - 4, left + 20)
    start = left + (figures if low < 0 else 0.0)
    scale = Scale(low, high if high - low > 1e-9 else low + 1, start, right)
    layout = Rows(data, theme, left, top, pitch, scale, missing)
    bottom = top + rows * pitch
    items: list[Item] = [*_names(layout), *_bounds(layout, bottom, width)]
    for order, series in enumerate(sets):
        items += _bars(layout, series, order, len(sets))
    zero = scale.at(0)
    items.append(Stroke(zero, top - size * 0.4, zero, bottom, theme.ink_2, 0.9))
    return Drawing(width, bottom + below + 1, tuple(items))


def _figures(data: ChartData, sets: list[Series]) -> Iterator[str]:
    about = fr.subject(data)
    for series in sets:
        for index, value in enumerate(series.values):
            if value is not None:
                yield _words(data, series, about, index, value, several=len(sets) > 1)


def _words(
    data: ChartData, series: Series, about: Series | None, index: int, value: float, *, several: bool
) -> str:
    figure = fr.printed(data, index, value) if series is about else fr.figure(data, value)
    return f"{figure} {series.name}" if several and index == 0 else figure


def _names(layout: Rows) -> Iterator[Item]:
    size = layout.theme.small
    lines = 2 if layout.pitch >= size * 2.4 else 1
    for index, name in enumerate(layout.data.categories):
        middle = layout.top + (index + 0.5) * layout.pitch
        shown = wrap(name, size, layout.left - 6, lines)
        for row, words in enumerate(shown):
            y = middle + size * 0.36 + (row - (len(shown) - 1) / 2) * size * 1.15
            yield Text(layout.left - 6, y, words, layout.theme.ink, size, anchor="end")


def _bars(layout: Rows, series: Series, order: int, sets: int) -> Iterator[Item]:
    data, theme, scale = layout.data, layout.theme, layout.scale
    thick = layout.pitch * 0.62 / sets
    about = fr.subject(data)
    for index, _name in enumerate(data.categories):
        y = layout.top + (index + 0.5) * layout.pitch - layout.pitch * 0.31 + order * thick
        value = series.values[index] if index < len(series.values) else None
        if value is None:
            yield from _missing(layout, y, thick, why_missing(data, index, layout.missing))
            continue
        zero, x = scale.at(0), scale.at(value)
        yield Rectangle(
            min(zero, x), y, abs(x - zero), thick, fill_of(data, series, index, theme, theme.muted)
        )
        words = _words(data, series, about, index, value, several=sets > 1)
        tone = data.tones[index] if series is about and index < len(data.tones) else "none"
        middle, base = y + thick / 2, y + thick / 2 + theme.small * 0.36
        shape = SHAPES.get(tone)
        if shape:
            size = theme.small * 0.8
            yield Mark(shape, x + 5 + size / 2, middle, size, theme.graphic_of(tone, theme.ink))
            x += size + 3
        strong = data.highlight == index
        if value < 0:
            yield Text(scale.at(value) - 5, base, words, theme.ink, theme.small, strong, "end")
        else:
            yield Text(x + 5, base, words, theme.ink, theme.small, strong)


def _missing(layout: Rows, y: float, thick: float, why: str) -> Iterator[Item]:
    theme, zero = layout.theme, layout.scale.at(0)
    long = min((layout.scale.end - zero) * 0.3, theme.small * 4.5)
    yield Rectangle(zero, y, long, thick, theme.surface, theme.ink_3, fr.DASHES)
    base = y + thick / 2 + theme.small * 0.36
    yield Rectangle(zero + long + 3, y, wide(why, theme.small) + 4, thick, theme.surface)
    yield Text(zero + long + 5, base, why, theme.ink_2, theme.small)


def _bounds(layout: Rows, bottom: float, width: float) -> Iterator[Item]:
    theme = layout.theme
    for bound in layout.data.bounds:
        x = layout.scale.at(bound.value)
        yield Stroke(x, layout.top, x, bottom + 2, theme.ink_3, 0.7, fr.DOTS)
        half = wide(bound.label, theme.small) / 2
        middle = min(max(x, half), max(width - half, half))
        yield Text(
            middle,
            bottom + theme.small * 1.3,
            bound.label,
            theme.text_of(bound.tone),
            theme.small,
            anchor="middle",
        )
