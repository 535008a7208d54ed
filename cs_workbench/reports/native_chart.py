"""A native PowerPoint chart in our look: colours, axes, gaps that stay gaps, labels on the points that matter."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from cs_workbench.charts import frame as fr
from cs_workbench.charts.bars import fill_of
from cs_workbench.charts.scale import decimals
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, Series
from cs_workbench.reports.chart_book import chart_book, number_format
from cs_workbench.reports.slide_canvas import Box, Canvas
from cs_workbench.reports.slide_text import FONT, printable

_C = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_SHOWS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_MARKS = {"green": "● ", "yellow": "▲ ", "red": "◆ ", "info": "○ "}
_ROWS = frozenset(("hbar", "tornado"))
_SHARE = 0.62


@dataclass(frozen=True, slots=True)
class Spec:
    """How a chart stands: its place, words for those who can't see it, theme, plot rectangle as shares of the place,
    (least, most, step) of the value axis, which points of the subject carry a label and where, how many categories
    go to one name (0: none); ``bare`` leaves out scale and grid."""

    place: Box
    alt: str
    theme: Theme
    inner: tuple[float, float, float, float]
    limits: tuple[float, float, float]
    labels: Mapping[int, str] = field(default_factory=dict)
    every: int = 1
    bare: bool = False


def add(
    canvas: Canvas,
    data: ChartData,
    spec: Spec,
    stood: Sequence[Series] = (),
    dress: type[Dress] | None = None,
) -> None:
    """Put the chart on the slide. *data* comes from ``clean_chart``; *stood* are the series its bars are made of, where
    they are not its own, and *dress* then says how they look.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.util import Pt

    stood = stood or (
        tuple(reversed(data.series)) if data.stacked else data.series
    )  # the last one at the foot
    chart_data: Any = CategoryChartData
    made = chart_data(number_format=number_format(data))
    made.categories = [name or " " for name in data.categories]
    for series in stood:
        made.add_series(series.name or " ", series.values)
    place = spec.place
    frame = canvas.slide.shapes.add_chart(
        _kind(data), Pt(place.x), Pt(place.y), Pt(place.width), Pt(place.height), made
    )
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("id", str(canvas.next_id()))
    properties.set("name", "Chart")
    properties.set("descr", printable(spec.alt))
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(chart_book(replace(data, series=tuple(stood))))
    (dress or Dress)(chart, data, stood, spec).put_on()


def _kind(data: ChartData) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    if data.kind == "line":
        return XL_CHART_TYPE.LINE
    if data.kind in _ROWS:
        return XL_CHART_TYPE.BAR_CLUSTERED
    stacked = data.stacked or data.kind == "waterfall"
    return XL_CHART_TYPE.COLUMN_STACKED if stacked else XL_CHART_TYPE.COLUMN_CLUSTERED


class Dress:
    """Our look on a chart python-pptx made; single kinds have their own way with series and groups."""

    def __init__(self, chart: Any, data: ChartData, stood: Sequence[Series], spec: Spec) -> None:
        self.chart, self.data, self.stood = chart, data, stood
        self.spec, self.theme = spec, spec.theme
        self.space = chart._chartSpace
        self.plot = self.space.find(".//{*}plotArea")

    def put_on(self) -> None:
        """All of it."""
        from pptx.util import Pt

        self.chart.has_title = False
        self.chart.has_legend = False
        self.chart.font.size = Pt(self.theme.small)
        self.chart.font.name = FONT
        self._east_asian()
        self._inner()
        self._axes()
        names = self.space.findall(".//{*}ser")
        for element, series in zip(names, self.stood, strict=True):
            self.series(element, series)
        self.groups()
        self._limits_as_lines()
        gaps = self.space.find(".//{*}dispBlanksAs")
        if gaps is not None:
            gaps.set("val", "gap")

    def _east_asian(self) -> None:
        for words in self.space.iterfind(".//{*}defRPr"):
            if words.find("{*}latin") is not None and words.find("{*}ea") is None:
                words.find("{*}latin").addnext(parsed(f'<a:ea {_C} typeface="{FONT}"/>'))

    def _inner(self) -> None:
        x, y, width, height = (f"{share:.5f}" for share in self.spec.inner)
        for old in self.plot.findall("{*}layout"):
            self.plot.remove(old)
        self.plot.insert(
            0,
            parsed(
                f'<c:layout {_C}><c:manualLayout><c:layoutTarget val="inner"/>'
                f'<c:xMode val="edge"/><c:yMode val="edge"/>'
                f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{width}"/><c:h val="{height}"/></c:manualLayout></c:layout>'
            ),
        )

    def _axes(self) -> None:
        from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

        low, high, step = self.spec.limits
        value, category = self.chart.value_axis, self.chart.category_axis
        value.minimum_scale, value.maximum_scale, value.major_unit = low, high, step
        for axis in (value, category):
            axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        rows = self.data.kind in _ROWS
        value.has_major_gridlines = not (rows or self.spec.bare)
        if value.has_major_gridlines:
            _line(value.major_gridlines.format.line, self.theme.grid, 0.75)
        value.format.line.fill.background()
        value.visible = not (rows or self.spec.bare)
        if value.visible:
            marks = [low, low + step, high]
            places = decimals(marks)
            labels = value.tick_labels
            labels.number_format_is_linked = False
            labels.number_format = (
                "#,##0" + ("." + "0" * places if places else "") + ('"%"' if self.data.unit == "%" else "") + ";−#,##0"
                + ("." + "0" * places if places else "") + ";0"
            )  # fmt: skip
            _ink(labels.font, self.theme.ink_3, self.theme.small)
        _line(category.format.line, self.theme.ink_2 if rows else self.theme.axis, 1.0)
        category.tick_label_position = (
            XL_TICK_LABEL_POSITION.NONE if not self.spec.every else XL_TICK_LABEL_POSITION.LOW
        )
        _ink(category.tick_labels.font, self.theme.ink if rows else self.theme.ink_3, self.theme.small)
        category.tick_labels.offset = 40
        category.reverse_order = rows
        self._category_xml(category._element)
        between = "midCat" if self.data.kind == "line" else "between"
        crossing = value._element.find("{*}crossBetween")
        if crossing is not None:
            crossing.set("val", between)

    def _category_xml(self, axis: Any) -> None:
        if self.spec.every > 1:
            before = axis.find("{*}noMultiLvlLbl")
            skip = parsed(f'<c:tickLblSkip {_C} val="{self.spec.every}"/>')
            if before is not None:
                before.addprevious(skip)
            else:
                axis.append(skip)
        body = axis.find("{*}txPr/{*}bodyPr")
        if body is not None:
            body.set("rot", "0")
            body.set("vert", "horz")

    def series(self, element: Any, series: Series) -> None:
        """Colours, points and labels."""
        from pptx.enum.chart import XL_MARKER_STYLE

        colour = fr.colour_of(self.data, series, self.theme)
        shown = next(
            (one for plot in self.chart.plots for one in plot.series if one._element is element), None
        )
        if shown is None:
            return
        about = series is fr.subject(self.data)
        if self.data.kind == "line":
            shown.smooth = False
            _line(shown.format.line, colour, self.theme.line * (0.75 if series.role == "context" else 1.0))
            shown.marker.style = XL_MARKER_STYLE.NONE
            if about:
                self._marks(shown, series, colour)
        else:
            paint(shown, colour)
            shown.invert_if_negative = False
            if about:
                self._bars(shown, series, colour)
        if about or self.data.kind == "hbar":
            self._labels(element, series, about=about, several=len(self.data.series) > 1)

    def _marks(self, shown: Any, series: Series, colour: str) -> None:
        from pptx.enum.chart import XL_MARKER_STYLE

        last = fr.last_value(series)
        for index in {*self.spec.labels, *([last[0]] if last else [])}:
            marker = shown.points[index].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 7
            paint(marker, colour)
            marker.format.line.fill.background()

    def _bars(self, shown: Any, series: Series, colour: str) -> None:
        quiet = self.theme.muted if self.data.kind == "hbar" else self.theme.spare
        for index, value in enumerate(series.values):
            own = fill_of(self.data, series, index, self.theme, quiet)
            if own != colour and value is not None:
                paint(shown.points[index], own)

    def _labels(self, element: Any, series: Series, *, about: bool, several: bool) -> None:
        """Native data labels: figures in their format, words where the document prints something else."""
        points = (
            self.spec.labels if about else {i: "outEnd" for i, v in enumerate(series.values) if v is not None}
        )
        inside = [self.label(series, index, place, about=about, named=several and index == 0 and not about)
                  for index, place in points.items()]  # fmt: skip
        self.put_labels(element, inside)

    @staticmethod
    def put_labels(element: Any, inside: Sequence[str]) -> None:
        """Data labels where the schema wants them in a series."""
        for old in element.findall("{*}dLbls"):
            element.remove(old)
        off = "".join(f'<c:{name} val="0"/>' for name in _SHOWS)
        labels = parsed(f"<c:dLbls {_C}>{''.join(inside)}{off}</c:dLbls>")
        for name in ("trendline", "errBars", "cat", "val"):
            before = element.find(f"{{*}}{name}")
            if before is not None:
                before.addprevious(labels)
                return

    def label(self, series: Series, index: int, place: str, *, about: bool, named: bool) -> str:
        """One data label as XML."""
        value = series.values[index] or 0.0
        tone = self.data.tones[index] if about and index < len(self.data.tones) else "none"
        own = self.data.labels[index] if about and index < len(self.data.labels) else ""
        strong = about and self.data.highlight in (None, index)
        colour = self.theme.series[0] if self.data.highlight == index and about else self.theme.ink
        if not strong:
            colour = self.theme.ink_2
        size = round((self.theme.strong if self.data.kind == "line" else self.theme.small) * 100)
        dress = (
            f'sz="{size}" b="{int(strong)}"><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'
            f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/>'
        )
        shape = _MARKS.get(tone, "")
        words = ""
        if own or shape or named:
            text = shape + (own or fr.figure(self.data, value)) + (f" {series.name}" if named else "")
            words = (
                f'<c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:r><a:rPr lang="en-GB" {dress}</a:rPr>'
                f"<a:t>{escape(text, quote=False)}</a:t></a:r></a:p></c:rich></c:tx>"
            )
        form = escape(number_format(self.data))
        return (
            f'<c:dLbl><c:idx val="{index}"/>{words}<c:numFmt formatCode="{form}" sourceLinked="0"/>'
            f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f'<c:txPr><a:bodyPr wrap="none"/><a:p><a:pPr><a:defRPr {dress}</a:defRPr></a:pPr>'
            f'<a:endParaRPr lang="en-GB"/></a:p></c:txPr><c:dLblPos val="{place}"/>'
            + "".join(f'<c:{name} val="{int(name == "showVal")}"/>' for name in _SHOWS)
            + "</c:dLbl>"
        )

    def groups(self) -> None:
        """How near the bars stand."""
        for plot in self.chart.plots:
            if self.data.kind == "line":
                continue
            sets = 1 if self.data.stacked else max(len([s for s in self.data.series if s.role != "limit"]), 1)
            plot.gap_width = round((1 - _SHARE) / _SHARE * 100 * sets)
            plot.overlap = 100 if self.data.stacked else 0

    def _limits_as_lines(self) -> None:
        """Among vertical bars a limit is a line on the same axes."""
        bars = self.plot.find("{*}barChart")
        limits = [at for at, one in enumerate(self.data.series) if one.role == "limit"]
        if bars is None or not limits or self.data.kind == "hbar" or len(limits) == len(self.data.series):
            return
        group = parsed(f'<c:lineChart {_C}><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>')
        members = bars.findall("{*}ser")
        for at in limits:
            member = members[at]
            for name in ("invertIfNegative", "spPr", "dLbls"):
                for old in member.findall(f"{{*}}{name}"):
                    member.remove(old)
            member.find("{*}tx").addnext(
                parsed(
                    f'<c:spPr {_C}><a:ln w="28575"><a:solidFill><a:srgbClr val="{self.theme.muted[1:]}"/></a:solidFill>'
                    "</a:ln></c:spPr>"
                )
            )
            member.find("{*}spPr").addnext(parsed(f'<c:marker {_C}><c:symbol val="none"/></c:marker>'))
            member.append(parsed(f'<c:smooth {_C} val="0"/>'))
            group.append(member)
        group.append(parsed(f'<c:marker {_C} val="1"/>'))
        for axis in bars.findall("{*}axId"):
            group.append(copy.deepcopy(axis))
        bars.addnext(group)


def parsed(text: str) -> Any:
    """*text* as an element of the drawing markup."""
    from pptx.oxml import parse_xml

    return parse_xml(text)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    colour_type: Any = RGBColor
    return colour_type.from_string(colour.lstrip("#"))


def paint(target: Any, colour: str) -> None:
    """Fill *target* with one colour."""
    target.format.fill.solid()
    target.format.fill.fore_color.rgb = _rgb(colour)


def _line(line: Any, colour: str, thick: float) -> None:
    from pptx.util import Pt

    line.color.rgb = _rgb(colour)
    line.width = Pt(thick)


def _ink(font: Any, colour: str, size: float) -> None:
    from pptx.util import Pt

    font.size = Pt(size)
    font.color.rgb = _rgb(colour)
