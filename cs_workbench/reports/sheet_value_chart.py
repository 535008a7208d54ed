"""A waterfall or tornado in a document's workbook: amounts as cells, live steps beside them, a native chart."""

from __future__ import annotations

from typing import Any

from cs_workbench import charts
from cs_workbench.charts import frame as fr
from cs_workbench.charts.tornado import SHARE as ROW_SHARE
from cs_workbench.charts.waterfall import SHARE, colour_at
from cs_workbench.domain.chart_data import ChartData, base_of, spans
from cs_workbench.reports import blocks as b
from cs_workbench.reports.native_value_chart import fall_series
from cs_workbench.reports.sheet_cells import Sheet
from cs_workbench.reports.sheet_figures import chart_form

HELPERS = 51  # the column the steps of a waterfall begin in, right of every print area
_QUIET = {"major_tick_mark": "none", "minor_tick_mark": "none", "major_gridlines": {"visible": False}}


def value_chart(book: Any, sheet: Sheet, data: ChartData, first: int, look: b.Look) -> Any:
    """The chart of *data*, whose figures begin at row *first* (its head): a waterfall gets its live steps there."""
    chart = (
        _fall(book, sheet, data, first, look)
        if data.kind == "waterfall"
        else _swings(book, sheet, data, first, look)
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _fall(book: Any, sheet: Sheet, data: ChartData, first: int, look: b.Look) -> Any:
    """Stacked columns on an unseen base. The steps are formulas on the amounts: edit one and the bars follow."""
    theme = charts.paper(look.accent)
    column = HELPERS
    series = fall_series(data)
    _steps(sheet, data, first, column)
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    name, last = sheet.sheet.name, first + len(data.categories)
    for at in range(len(series)):
        made: dict[str, Any] = {
            "categories": [name, first + 1, 0, last, 0],
            "values": [name, first + 1, column + 1 + at, last, column + 1 + at],
            "gap": round((1 - SHARE) / SHARE * 100),
        }
        if at:
            made["name"] = [name, first, 1]
            made["fill"] = {"color": theme.series[0]}
            made["points"] = [
                {"fill": {"color": colour_at(data, index, theme)}} for index in range(len(data.categories))
            ]
        else:
            made |= {"fill": {"none": True}, "border": {"none": True}}
        chart.add_series(made)
    font = {"color": theme.ink_2, "size": 9}
    chart.set_x_axis({**_QUIET, "num_font": font, "label_position": "low", "line": {"color": theme.axis}})
    chart.set_y_axis({**_QUIET, "num_font": font, "line": {"none": True}, "num_format": chart_form(data)})
    return chart


def _steps(sheet: Sheet, data: ChartData, first: int, column: int) -> None:
    """Where each bar ends, its unseen base, and what is seen above and below zero."""
    looks = sheet.looks("note", form=chart_form(data))
    reached, series = spans(data), fall_series(data)
    before = ""
    for index, span in enumerate(reached):
        if span is None:
            continue
        row = first + 1 + index
        amount, end = _cell(row, 1), _cell(row, column)
        start = "0" if index in data.totals or not before else before
        sheet.sheet.write_formula(row, column, f"={start}+{amount}", looks, span[1])
        low, high = f"MIN({start},{end})", f"MAX({start},{end})"
        formulas = (
            f"MAX({low},0)+MIN({high},0)",
            f"MAX({high},0)-MAX({low},0)",
            f"MIN({low},0)-MIN({high},0)",
        )
        for at, one in enumerate(series):
            sheet.sheet.write_formula(row, column + 1 + at, f"={formulas[at]}", looks, one.values[index])
        before = end


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _swings(book: Any, sheet: Sheet, data: ChartData, first: int, look: b.Look) -> Any:
    """Bars from the figure both ends are measured from."""
    theme = charts.paper(look.accent)
    chart = book.add_chart({"type": "bar"})
    name, last = sheet.sheet.name, first + len(data.categories)
    for at, series in enumerate(data.series):
        chart.add_series(
            {
                "name": [name, first, at + 1],
                "categories": [name, first + 1, 0, last, 0],
                "values": [name, first + 1, at + 1, last, at + 1],
                "fill": {"color": fr.colour_of(data, series, theme)},
                "gap": round((1 - ROW_SHARE) / ROW_SHARE * 100),
                "overlap": 100,
                "data_labels": {"value": True, "font": {"size": 9, "color": theme.ink_2}},
            }
        )
    font = {"color": theme.ink_2, "size": 9}
    chart.set_x_axis({**_QUIET, "visible": False, "num_format": chart_form(data), "crossing": base_of(data)})
    chart.set_y_axis(
        {**_QUIET, "num_font": font, "reverse": True, "label_position": "low", "line": {"color": theme.ink}}
    )
    return chart
