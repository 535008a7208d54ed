"""A chart in a document's workbook: its figures as cells, and a native chart beside them that follows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cs_workbench import charts
from cs_workbench.charts import frame as fr
from cs_workbench.charts.bars import fill_of
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.chart_book import clean_chart
from cs_workbench.reports.sheet_cells import Sheet
from cs_workbench.reports.sheet_figures import chart_form, label_format
from cs_workbench.reports.sheet_pages import DEFAULT, column_points
from cs_workbench.reports.sheet_value_chart import value_chart
from cs_workbench.reports.slide_text import printable

_TYPES: dict[str, dict[str, str]] = {
    "line": {"type": "line"},
    "bar": {"type": "column"},
    "hbar": {"type": "bar"},
}
_ROWS = 14  # that a chart covers at least
_WIDTH, _ROW = 560, 20  # pixels
_PIXEL = 0.75  # points


def put_chart(book: Any, sheet: Sheet, block: b.Chart, look: b.Look, missing: str) -> None:
    """Title, definition, the figures as a table, and the chart at its right."""
    data = shares(clean_chart(block.data))
    top = sheet.row
    sheet.words(block.title, "strong", "text")
    if block.subtitle:
        sheet.words(block.subtitle, "note")
    first = sheet.row
    kept = _figures(sheet, data)
    measured = any(value is not None for one in data.series for value in one.values)
    if not (measured and data.categories):
        if not data.categories:
            sheet.words(missing, "missing")
        return
    if data.kind in {"waterfall", "tornado"}:
        chart = value_chart(book, sheet, data, first, look)
    else:
        chart = _chart(book, sheet.sheet.name, data, first, look)
    column = len(data.series) + 1 + kept
    rows = round(len(data.categories) * 1.4) + 3 if data.kind in {"hbar", "tornado"} else _ROWS
    rows = max(len(data.categories) + 1, rows)
    chart.set_size({"width": _WIDTH, "height": rows * _ROW})
    sheet.sheet.insert_chart(
        first, column, chart,
        {"x_offset": 12, "description": printable(block.alt or block.title)[:2000], "object_position": 2},
    )  # fmt: skip
    for row in range(first, first + rows + 1):  # what the chart covers is as high as it was measured
        sheet.high(row, _ROW * _PIXEL)
    sheet.row = max(sheet.row, first + rows + 1)
    sheet.whole.append((top, sheet.row - 1))
    sheet.reach = max(sheet.reach, _reached(sheet, column))


def shares(data: ChartData) -> ChartData:
    """Percentages as the shares a spreadsheet computes with: 35 of unit % is 0.35."""
    if data.unit != "%":
        return data
    series = tuple(
        replace(one, values=tuple(None if value is None else value / 100 for value in one.values))
        for one in data.series
    )
    bounds = tuple(replace(one, value=one.value / 100) for one in data.bounds)
    return replace(data, series=series, bounds=bounds)


def _reached(sheet: Sheet, column: int) -> int:
    """The last column a chart that begins in *column* covers."""
    left = _WIDTH + 24.0
    while left > 0:
        width = sheet.widths[column] if column < len(sheet.widths) else DEFAULT
        left -= column_points(width) / _PIXEL
        column += 1
    return column - 1


def _figures(sheet: Sheet, data: ChartData) -> int:
    """One row a category; what isn't measured is an empty dashed cell, never a zero. Returns columns of remarks."""
    looks, grid = sheet.looks, sheet.sheet
    if not data.categories:
        return 0
    form, forms = chart_form(data), _label_forms(data)
    grid.write_blank(sheet.row, 0, None, looks("head"))
    for column, series in enumerate(data.series, 1):
        grid.write_string(sheet.row, column, series.name, looks("head", "right"))
    events: dict[int, str] = {}
    for event in data.events:
        events[event.at] = f"{events[event.at]} · {event.label}" if event.at in events else event.label
    for index, name in enumerate(data.categories):
        row = sheet.row + 1 + index
        grid.write_string(row, 0, name, looks("row"))
        for column, series in enumerate(data.series, 1):
            value = series.values[index]
            if value is None:
                grid.write_blank(row, column, None, looks("missing"))
            else:
                own = forms[index] if forms and column == 1 else form
                grid.write_number(row, column, value, looks("row", form=own))
        column = len(data.series) + 1
        said = bool(data.labels) and not forms
        if said and index < len(data.labels) and data.labels[index]:
            grid.write_string(row, column, data.labels[index], looks("note"))
        if index in events:
            grid.write_string(row, column + said, events[index], looks("note"))
    sheet.row += len(data.categories) + 2
    return bool(data.events) + (bool(data.labels) and not forms)


def _label_forms(data: ChartData) -> tuple[str, ...]:
    """The number format of each figure of the subject, where the labels only print it; () where they say more."""
    if not data.series or len(data.labels) < len(data.categories):
        return ()
    of = 100 if data.unit == "%" else 1
    found: list[str] = []
    for label, value in zip(data.labels, data.series[0].values, strict=False):
        made = chart_form(data) if value is None else label_format(label, value * of)
        if made is None:
            return ()
        found.append(made.replace('"%"', "%") if of == 100 else made)
    return tuple(found) if of == 1 or all("%" in one for one in found) else ()


def _chart(book: Any, name: str, data: ChartData, first: int, look: b.Look) -> Any:
    theme = charts.paper(look.accent)
    kind = dict(_TYPES[data.kind])
    if data.stacked and data.kind == "bar":
        kind["subtype"] = "stacked"
    chart = book.add_chart(kind)
    lines = None
    order = range(len(data.series) - 1, -1, -1) if data.stacked else range(len(data.series))
    for at in order:
        series = data.series[at]
        target = chart
        if series.role == "limit" and data.kind == "bar" and len(data.series) > 1:
            lines = lines or book.add_chart({"type": "line"})
            target = lines
        target.add_series(
            _series(name, data, series, at, first, line=target is not chart or data.kind == "line", look=look)
        )
    if lines is not None:
        chart.combine(lines)
    _axes(chart, data, theme)
    chart.set_title({"none": True})
    if len(data.series) > 1:
        chart.set_legend({"position": "bottom", "font": {"color": theme.ink_3, "size": 9}})
    else:
        chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _axes(chart: Any, data: ChartData, theme: Theme) -> None:
    """Quiet axes; horizontal bars have none for their figures, which stand beside them."""
    font = {"color": theme.ink_3, "size": 9}
    grid = {"visible": True, "line": {"color": theme.grid, "width": 0.75}}
    plain_axis = {
        "num_font": font,
        "line": {"color": theme.axis, "width": 0.75},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    values: dict[str, Any] = {
        **plain_axis,
        "major_gridlines": grid,
        "line": {"none": True},
        "num_format": chart_form(data),
    }
    across: dict[str, Any] = {**plain_axis, "major_gridlines": {"visible": False}}
    rows = data.kind == "hbar"  # names stand at the left: the y axis
    if rows:
        across["reverse"] = True
        values["visible"] = False
        values["major_gridlines"] = {"visible": False}
    for put, axis in zip(
        (chart.set_x_axis, chart.set_y_axis), (values, across) if rows else (across, values), strict=True
    ):
        put(axis)


def _series(
    name: str, data: ChartData, series: Series, at: int, first: int, *, line: bool, look: b.Look
) -> dict[str, Any]:
    theme = charts.paper(look.accent)
    colour = fr.colour_of(data, series, theme)
    last = first + len(data.categories)
    made: dict[str, Any] = {
        "name": [name, first, at + 1],
        "categories": [name, first + 1, 0, last, 0],
        "values": [name, first + 1, at + 1, last, at + 1],
    }
    if line:
        made["line"] = {"color": colour, "width": 2.25}
        return made
    made |= {"fill": {"color": colour}, "gap": 61 * (1 if data.stacked else len(data.series))}
    quiet = theme.muted if data.kind == "hbar" else theme.spare
    fills = [fill_of(data, series, index, theme, quiet) for index in range(len(data.categories))]
    if any(own != colour for own in fills):
        made["points"] = [{"fill": {"color": own}} for own in fills]
    if len(data.series) == 1:
        made["data_labels"] = {"value": True, "font": {"size": 9, "color": theme.ink}}
    return made
