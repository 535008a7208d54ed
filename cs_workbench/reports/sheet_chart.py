"""A chart in a document's workbook: its figures as cells, and a native chart beside them that follows them."""

from __future__ import annotations

from typing import Any

from cs_workbench import charts
from cs_workbench.charts import frame as fr
from cs_workbench.charts.bars import fill_of
from cs_workbench.charts.theme import Theme
from cs_workbench.domain.chart_data import ChartData, Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.chart_book import clean_chart, number_format
from cs_workbench.reports.sheet_cells import Sheet
from cs_workbench.reports.sheet_value_chart import value_chart
from cs_workbench.reports.slide_text import printable

_TYPES: dict[str, dict[str, str]] = {
    "line": {"type": "line"},
    "bar": {"type": "column"},
    "hbar": {"type": "bar"},
}
_ROWS = 14  # that a chart covers at least
_WIDTH, _ROW = 560, 20  # pixels


def put_chart(book: Any, sheet: Sheet, block: b.Chart, look: b.Look, missing: str) -> None:
    """Title, definition, the figures as a table, and the chart at its right."""
    data = clean_chart(block.data)
    sheet.words(block.title, "strong", "text")
    if block.subtitle:
        sheet.words(block.subtitle, "note")
    first = sheet.row
    _figures(sheet, data)
    measured = any(value is not None for one in data.series for value in one.values)
    if not (measured and data.categories):
        if not data.categories:
            sheet.words(missing, "missing")
        return
    if data.kind in {"waterfall", "tornado"}:
        chart = value_chart(book, sheet, data, first, look)
    else:
        chart = _chart(book, sheet.sheet.name, data, first, look)
    column = len(data.series) + 1 + bool(data.events) + bool(data.labels)
    rows = round(len(data.categories) * 1.4) + 3 if data.kind in {"hbar", "tornado"} else _ROWS
    rows = max(len(data.categories) + 1, rows)
    chart.set_size({"width": _WIDTH, "height": rows * _ROW})
    if data.kind == "waterfall":  # its steps stand beside the figures, the chart under them
        first, column = sheet.row - 1, 0
    sheet.sheet.insert_chart(
        first, column, chart,
        {"x_offset": 12, "description": printable(block.alt or block.title)[:2000], "object_position": 2},
    )  # fmt: skip
    sheet.row = max(sheet.row, first + rows + 1)


def _figures(sheet: Sheet, data: ChartData) -> None:
    """One row a category; what isn't measured is an empty dashed cell, never a zero."""
    looks, grid = sheet.looks, sheet.sheet
    if not data.categories:
        return
    grid.write_blank(sheet.row, 0, None, looks("head"))
    for column, series in enumerate(data.series, 1):
        grid.write_string(sheet.row, column, series.name, looks("head", "right"))
    form = number_format(data)
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
                grid.write_number(row, column, value, looks("row", form=form))
        column = len(data.series) + 1
        if data.labels and index < len(data.labels) and data.labels[index]:
            grid.write_string(row, column, data.labels[index], looks("note"))
        if index in events:
            grid.write_string(row, column + bool(data.labels), events[index], looks("note"))
    sheet.row += len(data.categories) + 2


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
        "num_format": number_format(data),
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
