"""Charts on slides: native and editable, their figures in the workbook inside; events and names as text beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cs_workbench import charts
from cs_workbench.charts import frame as fr
from cs_workbench.charts.drawing import Item, Rectangle, Stroke, Text
from cs_workbench.charts.events import event_items
from cs_workbench.charts.lettering import shorten
from cs_workbench.charts.lettering import width as wide
from cs_workbench.charts.lines import Plot, bound_labels, end_labels, lay_out
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, Series, why_missing
from cs_workbench.reports import native_chart as native
from cs_workbench.reports.chart_book import clean_chart
from cs_workbench.reports.slide_canvas import Box, Canvas
from cs_workbench.reports.slide_flow import Piece, Words
from cs_workbench.reports.slide_text import (
    HEADING,
    REMARK,
    SUBTITLE,
    Face,
    Para,
    clipped,
    long,
    plain,
    text_height,
)
from cs_workbench.reports.slide_value_chart import put_tornado, put_waterfall

_SHARE = 0.62  # of a step taken by its bars
_ROWS = 12  # horizontal bars on one slide, fewer where each stands for several figures
_SCALE = 1.35  # points on a slide for one on paper
_LOW, _HIGH = 110.0, 290.0
_LOW_FALL = 84.0  # few bars, each with its figure, and no scale
_HIGH_FALL = 260.0
_AIRY = 46.0  # points: a bar lying on its side, grown


class ChartPiece(Piece):
    """A chart under its message; it gives way to what belongs under it, and grows where there is room."""

    def __init__(
        self, data: ChartData, title: str, subtitle: str, alt: str, *, width: float, tall: float, missing: str
    ) -> None:
        self.data, self.alt, self.width, self.missing = data, alt, width, missing
        shown = [
            (clipped(plain(text), face, width, 2)[0], face)
            for text, face in ((title, HEADING), (subtitle, SUBTITLE))
        ]
        self._paras = [Para(words, face) for words, face in shown if words]
        self._top = text_height(self._paras, width) + 4.0 if self._paras else 0.0
        rows = len(data.categories)
        low = _LOW_FALL if data.kind == "waterfall" else _LOW
        self._least, self._wished, self._most = low, min(max(tall * _SCALE, low), _HIGH), _HIGH + 30.0
        if data.kind == "waterfall":
            self._most = _HIGH_FALL
        if data.kind == "tornado":
            self._least = min(rows * 20.0 + 22.0, 250.0)
            self._wished = max(min(rows * 28.0 + 22.0, 250.0), self._wished)
            self._most = max(self._wished, min(rows * 52.0 + 22.0, _HIGH_FALL))
        if data.kind == "hbar":
            sets = max(len([one for one in data.series if one.role != "limit"]), 1)
            self._least = min(rows * _pitch(sets) + 24.0, 250.0)
            self._wished = max(self._least, min(self._wished, rows * 26.0 * sets + 24.0), 40.0)
            self._most = max(self._wished, min(rows * _AIRY * sets + 24.0, _HIGH_FALL))
        if not any(value is not None for one in data.series for value in one.values):
            self._least = self._wished = self._most = 64.0
        self.height = self._top + self._wished
        self.before = 16.0

    @property
    def least(self) -> float:
        """The flattest plot that can still be read."""
        return self._top + min(self._least, self._wished)

    @property
    def most(self) -> float:
        """The tallest plot."""
        return self._top + max(self._most, self._wished)

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Words, then the chart in what is left."""
        if self._paras:
            canvas.text(Box(x, y, self.width, self._top - 4.0), self._paras)
        place = Box(x, y + self._top, self.width, height - self._top)
        put_chart(canvas, self.data, place, self.alt, self.missing)


def chart_pieces(
    data: ChartData, title: str, subtitle: str, alt: str, *, width: float, tall: float, missing: str, continued: str
) -> Iterator[Piece]:  # fmt: skip
    """The chart as one piece, or as several where it has more bars than a slide can take; words that are too long
    to stand over it follow whole."""
    yield from _charts(
        data, title, subtitle, alt, width=width, tall=tall, missing=missing, continued=continued
    )
    for text, face in ((title, HEADING), (subtitle, SUBTITLE)):
        if clipped(plain(text), face, width, 2)[1]:
            yield Words((Para(plain(text), REMARK),), width)


def _charts(
    data: ChartData, title: str, subtitle: str, alt: str, *, width: float, tall: float, missing: str, continued: str
) -> Iterator[Piece]:  # fmt: skip
    data = clean_chart(data)
    count = len(data.categories)
    sets = max(len([one for one in data.series if one.role != "limit"]), 1)
    each = min(_ROWS, max(int(216.0 / _pitch(sets)), 3))
    if data.kind != "hbar" or count <= each:
        yield ChartPiece(data, title, subtitle, alt, width=width, tall=tall, missing=missing)
        return
    for start in range(0, count, each):
        part = _part(data, start, start + each)
        shown = title + continued if start else title
        yield ChartPiece(part, shown, subtitle, alt, width=width, tall=tall, missing=missing)


def _pitch(sets: int) -> float:
    """The least height of a row of *sets* bars."""
    return 17.0 + 9.0 * (sets - 1)


def _part(data: ChartData, start: int, end: int) -> ChartData:
    highlight = (
        data.highlight - start if data.highlight is not None and start <= data.highlight < end else None
    )
    return replace(
        data,
        categories=data.categories[start:end],
        series=tuple(replace(one, values=one.values[start:end]) for one in data.series),
        labels=data.labels[start:end],
        tones=data.tones[start:end],
        highlight=highlight,
    )


def slide_theme(accent: str, *, small: float = 10.5) -> Theme:
    """The look of charts on slides."""
    return replace(charts.paper(accent), small=small, strong=12.0, line=2.25)


def put_chart(canvas: Canvas, data: ChartData, place: Box, alt: str, missing: str) -> None:
    """A native chart in *place*; a dashed box where nothing was measured."""
    measured = any(value is not None for one in data.series for value in one.values)
    if not (measured and data.categories):
        _nothing(canvas, place, missing)
    elif data.kind == "hbar":
        _rows(canvas, data, place, alt, missing)
    elif data.kind in {"waterfall", "tornado"}:
        put = put_waterfall if data.kind == "waterfall" else put_tornado
        put(canvas, data, place, alt, theme=slide_theme(canvas.look.accent), missing=missing)
    else:
        _columns(canvas, data, place, alt, missing)


def _nothing(canvas: Canvas, place: Box, missing: str) -> None:
    high = min(place.height, 64.0)
    canvas.rectangle(Box(place.x, place.y, place.width, high), edge="ink_3", dashed="dash")
    words = Para(plain(missing, colour="ink_2"), align="center")
    line = words.face.line
    canvas.text(Box(place.x + 8, place.y + (high - line) / 2, place.width - 16, line), (words,))


def _columns(canvas: Canvas, data: ChartData, place: Box, alt: str, missing: str) -> None:
    """A line or vertical bars; what stands beside them is laid out by the same rules as on paper."""
    theme = slide_theme(canvas.look.accent)
    bars = data.kind == "bar"
    plot = lay_out(data, theme, place.width, place.height, missing, bars=bars)
    if bars and max(wide(name, theme.small) for name in data.categories) > plot.step:
        plot = lay_out(data, theme, place.width, place.height - theme.small * 1.3, missing, bars=True)
    labels = _point_labels(plot, bars=bars)
    spec = native.Spec(
        place, alt, theme, _inner(plot, place), (plot.marks[0], plot.marks[-1], plot.marks[1] - plot.marks[0]), labels,
        every=_every(plot),
    )  # fmt: skip
    native.add(canvas, data, spec)
    canvas.drawing(tuple(_beside(plot, bars=bars)), place.x, place.y)


def _inner(plot: Plot, place: Box) -> tuple[float, float, float, float]:
    frame = plot.frame
    return (
        frame.left / place.width,
        frame.top / place.height,
        (frame.right - frame.left) / place.width,
        (frame.bottom - frame.top) / place.height,
    )


def _every(plot: Plot) -> int:
    """Every how many categories one is named."""
    widest = max(wide(name, plot.theme.small) for name in plot.data.categories)
    if len(plot.data.categories) <= 8:
        return 1
    every = 1
    while every < len(plot.data.categories) and widest + 4 > plot.step * every:
        every += 1
    return every


def _point_labels(plot: Plot, *, bars: bool) -> dict[int, str]:
    """Which points of the subject carry their figure, and where: "t" above, "b" below, "outEnd"."""
    about = fr.subject(plot.data)
    if about is None or plot.data.stacked:
        return {}
    known = {index: value for index, value in enumerate(about.values[: len(plot.xs)]) if value is not None}
    if not bars:
        last = fr.last_value(about)
        peak = max(known, key=lambda one: (known[one], -one))
        if last is None or len(known) < 3 or known[peak] == last[1]:
            return {}
        return {peak: "b" if any(event.at == peak for event in plot.events) else "t"}
    words = {index: fr.printed(plot.data, index, value) for index, value in known.items()}
    if max(wide(text, plot.theme.small, bold=True) for text in words.values()) + 4 <= plot.step:
        return dict.fromkeys(known, "outEnd")
    chosen = {max(known), min(known), max(known, key=lambda one: known[one])}
    if plot.data.highlight in known:
        chosen.add(plot.data.highlight)
    return dict.fromkeys(sorted(chosen), "outEnd")


def _beside(plot: Plot, *, bars: bool) -> Iterator[Item]:
    """Events, bounds, gaps and the names at the right."""
    data, theme, frame = plot.data, plot.theme, plot.frame
    for bound in data.bounds:
        y = plot.scale.at(bound.value)
        colour = theme.graphic_of(bound.tone, theme.ink_3)
        yield Stroke(frame.left, y, frame.right, y, colour, 0.9, fr.DASHES)
    about = fr.subject(data)
    ends = [frame.bottom] * len(plot.xs)
    if about is not None and not bars:
        for index, value in enumerate(about.values[: len(ends)]):
            ends[index] = plot.scale.at(value) - 4 if value is not None else frame.bottom
    yield from event_items(plot.events, theme, plot.event_top, ends)
    if about is not None and not data.stacked:
        for first, last in fr.gaps(about.values[: len(plot.xs)]):
            yield from _gap(plot, about, first, last, bars=bars)
    if data.stacked and bars:
        yield from _parts_key(plot)
        return
    named = [] if bars and len(data.series) == 1 else [*end_labels(plot)]
    yield from fr.end_labels([*named, *bound_labels(plot)], theme, frame.right + 6, frame.top, frame.bottom)


def _gap(plot: Plot, about: Series, first: int, last: int, *, bars: bool) -> Iterator[Item]:
    """The dashed box: between a line's ends, and clear of the figures on the bars beside it."""
    frame, size = plot.frame, plot.theme.small
    around = (first - 1, last + 1)
    beside = [v for at in around if 0 <= at < len(about.values) and (v := about.values[at]) is not None]
    middle = frame.bottom - size * 2
    if beside and bars:
        words = wide(plot.missing, size)
        if words > (last - first + 1) * plot.step - 4:
            middle = max(plot.scale.at(max(beside)) - size * 1.6, frame.top + size)
    elif beside:
        middle = plot.scale.at(sum(beside) / len(beside))
    left = max(plot.xs[first] - plot.step * 0.5, frame.left + 1)
    right = min(plot.xs[last] + plot.step * 0.5, frame.right)
    yield from fr.missing_box(plot.theme, frame, (left, right), middle, plot.missing)


def _parts_key(plot: Plot) -> Iterator[Item]:
    """Sums over stacked bars, and the parts by name at the right in the order they stand."""
    data, theme = plot.data, plot.theme
    for index, x in enumerate(plot.xs):
        total = sum(one.values[index] or 0.0 for one in data.series if index < len(one.values))
        words = fr.figure(data, total)
        if total and wide(words, theme.small, bold=True) + 6 <= plot.step:
            y = plot.scale.at(total) - theme.small * 0.5
            yield Text(x, y, words, theme.ink, theme.small, bold=True, anchor="middle")
    if len(data.series) < 2:
        return
    y, left, size = plot.frame.top + theme.small, plot.frame.right + 8, theme.small * 0.8
    for series in data.series:
        yield Rectangle(left, y - size, size, size, fr.colour_of(data, series, theme))
        name = shorten(series.name, theme.small, plot.width - left - size - 6)
        yield Text(left + size + 4, y, name, theme.ink_2, theme.small)
        y += theme.small * 1.8


def _rows(canvas: Canvas, data: ChartData, place: Box, alt: str, missing: str) -> None:
    """Horizontal bars; the names are the axis, what isn't measured gets its dashed box."""
    theme = slide_theme(canvas.look.accent, small=10.5 if place.height / len(data.categories) >= 16 else 9.0)
    size = theme.small
    sets = [one for one in data.series if one.role != "limit"]
    values = [value for one in data.series for value in one.values if value is not None]
    values += [bound.value for bound in data.bounds]
    low, high = min([0.0, *values]), max([0.0, *values])
    high = high if high - low > 1e-9 else low + 1.0
    left = min(max(long(plain(name), Face(size, size)) for name in data.categories) + 14.0, place.width * 0.4)
    words = (
        [fr.printed(data, index, value or 0.0) for index, value in enumerate(sets[0].values)] if sets else []
    )
    figures = max((wide(text, size, bold=True) for text in words), default=0.0) + 24.0
    gaps = any(None in one.values or len(one.values) < len(data.categories) for one in sets)
    unknown = max(wide(why_missing(data, at, missing), size) for at in range(len(data.categories)))
    figures = min(max(figures, unknown + 24.0 if gaps else 0.0), place.width * 0.35)
    start = left + (figures if low < 0 else 0.0)
    right = max(place.width - figures, start + 30.0)
    below = size * 1.7 if data.bounds else 0.0
    bottom = place.height - below
    inner = (start / place.width, 0.0, (right - start) / place.width, bottom / place.height)
    labels = dict.fromkeys(
        (index for index, value in enumerate(sets[0].values) if value is not None) if sets else (), "outEnd"
    )
    native.add(canvas, data, native.Spec(place, alt, theme, inner, (low, high, high - low), labels, every=1))
    scale = (right - start) / (high - low)
    zero = start + (0.0 - low) * scale
    items = [*_row_gaps(data, sets, theme, missing, zero=zero, bottom=bottom)]
    for bound in data.bounds:
        x = start + (bound.value - low) * scale
        items.append(Stroke(x, 0.0, x, bottom, theme.ink_3, 0.9, fr.DOTS))
        half = wide(bound.label, size) / 2 + 2
        middle = min(max(x, half), max(place.width - half, half))
        items.append(
            Text(middle, bottom + size * 1.3, bound.label, theme.text_of(bound.tone), size, anchor="middle")
        )
    canvas.drawing(tuple(items), place.x, place.y)


def _row_gaps(
    data: ChartData, sets: Sequence[Series], theme: Theme, missing: str, *, zero: float, bottom: float
) -> Iterator[Item]:
    pitch = bottom / len(data.categories)
    for order, series in enumerate(sets):
        thick = pitch * _SHARE / len(sets)
        for index in range(len(data.categories)):
            if index < len(series.values) and series.values[index] is not None:
                continue
            middle = (index + 0.5) * pitch - pitch * _SHARE / 2 + (order + 0.5) * thick
            high = max(thick, theme.small * 1.3) if len(sets) == 1 else thick
            why = why_missing(data, index, missing)
            long = wide(why, theme.small) * 1.04 + 10.0
            yield Rectangle(zero + 1, middle - high / 2, long, high, theme.surface, theme.ink_3, fr.DASHES)
            yield Text(zero + 6, middle + theme.small * 0.35, why, theme.ink_2, theme.small)


def put_cover(canvas: Canvas, data: ChartData, place: Box, alt: str) -> None:
    """The cover's graphic: bars without a scale; first, peak and last figure, first and last category."""
    data = clean_chart(data)
    series = fr.subject(data)
    known = {index: value for index, value in enumerate(series.values) if value is not None} if series else {}
    if series is None or not known:
        return
    theme = slide_theme(canvas.look.accent, small=11.0)
    top = max(known.values())
    peak = max(known, key=lambda one: known[one])
    labels = dict.fromkeys(sorted({min(known), peak, max(known)}), "outEnd")
    inner = (0.0, 0.1, 1.0, 0.9)
    shown = replace(data, series=(series,), kind="bar", stacked=False, events=(), bounds=())
    limits = (min(0.0, *known.values()), top * 1.02 or 1.0, top or 1.0)
    native.add(canvas, shown, native.Spec(place, alt, theme, inner, limits, labels, every=0, bare=True))
    y = place.height + 16.0
    ends = (
        Text(0.0, y, shorten(data.categories[0], 11, place.width * 0.45), theme.ink_2, 11.0),
        Text(
            place.width,
            y,
            shorten(data.categories[-1], 11, place.width * 0.45),
            theme.ink_2,
            11.0,
            anchor="end",
        ),
    )
    canvas.drawing(ends if len(data.categories) > 1 else ends[:1], place.x, place.y)
