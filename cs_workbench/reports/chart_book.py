"""The workbook inside a native chart: its figures and names and nothing else; names are never formulas."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

from cs_workbench.charts.scale import decimals
from cs_workbench.domain.chart_data import ChartData

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST = 120  # characters of a name in a chart


def clean_chart(data: ChartData) -> ChartData:
    """*data* with names that XML can hold and a chart can print, and as many values a series as categories."""
    categories = tuple(_name(one) for one in data.categories)
    return replace(
        data,
        categories=categories,
        series=tuple(
            replace(
                one,
                name=_name(one.name),
                values=(*one.values, *([None] * len(categories)))[: len(categories)],
            )
            for one in data.series
        ),
        labels=tuple(_name(one) for one in data.labels),
        events=tuple(replace(one, label=_name(one.label)) for one in data.events),
        bounds=tuple(replace(one, label=_name(one.label)) for one in data.bounds),
    )


def _name(text: str) -> str:
    clean = "".join(mark if ord(mark) >= 32 else " " for mark in text)
    clean = "".join(
        mark for mark in clean if not (0xFFFE <= ord(mark) <= 0xFFFF or 0xD800 <= ord(mark) <= 0xDFFF)
    )
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def number_format(data: ChartData) -> str:
    """The number format its figures are printed with."""
    places = decimals(value for one in data.series for value in one.values)
    return "#,##0" + ("." + "0" * places if places else "") + ('"%"' if data.unit == "%" else "")


def chart_book(data: ChartData) -> bytes:
    """The workbook's bytes, the same for the same figures; a gap is an empty cell."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _EPOCH})
        sheet = book.add_worksheet("Sheet1")
        shown = book.add_format({"num_format": number_format(data)})
        sheet.set_column(0, 0, 24)
        for row, name in enumerate(data.categories, 1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(data.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, shown)
    return out.getvalue()
