"""The option each column needs to be read rightly: currency and scale, order of dates, unit of time, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cs_workbench.domain.text import fold
from cs_workbench.intake import values
from cs_workbench.intake.headers import Header, compact
from cs_workbench.intake.kinds import spec
from cs_workbench.intake.mapping import CUSTOM, IGNORE, METRIC, ColumnMap, Mapping
from cs_workbench.intake.matching import MONTHLY
from cs_workbench.intake.money import header_unit
from cs_workbench.intake.shape import JAPANESE, Shape, custom_type, day_order

_CURRENCY_WORDS = ("currency", "通貨")
_MONTHLY_WORDS = frozenset(["mrr", "monthly", "月額", "月次"])
_UNIT_LINE = re.compile(
    r"単位\s*[:：=]?\s*([^\s)）、,]+)|\b(?:unit|units|amounts?)\b\s*[:=]?\s*((?:in )?[\w' ]+)", re.IGNORECASE
)
_HOURS_IN = {("zendesk", "resolutiontime")}


def currency_columns(header: Sequence[str]) -> dict[int, int]:
    """Columns that only say the currency of another ("Amount Currency" beside "Amount"): their place → the other's."""
    names = {compact(name): index for index, name in reversed(list(enumerate(header)))}
    found: dict[int, int] = {}
    for index, name in enumerate(header):
        text = compact(name)
        word = next(
            (word for word in map(compact, _CURRENCY_WORDS) if text.endswith(word) and text != word), None
        )
        target = names.get(text.removesuffix(word)) if word else None
        if target is not None and target != index:
            found[index] = target
    return found


def with_options(
    mapping: Mapping, headers: Sequence[Header], columns: Sequence[Shape], unit: str = ""
) -> tuple[Mapping, tuple[str, ...]]:
    """*mapping* with the options its headers and values settle; and the headers of dates that read two ways.

    A column of dates that leaves day and month open takes the order another column of the file settles; *unit* is
    the one a line above the table gives all amounts ("JPY*1000").
    """
    orders = {
        column.index: order
        for column in mapping.used()
        if field_type(mapping.kind, column) in ("date", "instant", "past_day")
        and (order := day_order(columns[column.index], headers[column.index].full))
    }
    settled = {order for order in orders.values() if order in ("dmy", "mdy")}
    shared = settled.pop() if len(settled) == 1 else ""
    orders = {index: shared if order == "?" else order for index, order in orders.items()}
    done = [
        replace(
            column,
            option=column.option or _option(mapping, column, headers, columns, orders=orders, unit=unit),
        )
        for column in mapping.columns
    ]
    return replace(mapping, columns=tuple(done)), tuple(
        column.header for column in done if orders.get(column.index) == ""
    )


def yen_columns(mapping: Mapping) -> tuple[ColumnMap, ...]:
    """Columns of amounts that are headed in Japanese and name no currency, in a file that has no column of currencies:
    where the cell does not say otherwise they are yen.
    """
    if any(column.field.endswith("currency") for column in mapping.columns):
        return ()
    return tuple(
        column
        for column in mapping.used()
        if field_type(mapping.kind, column) == "money"
        and not column.field.startswith(CUSTOM)
        and column.option.partition("/")[0].partition("*")[0] == ""
        and JAPANESE.search(column.header)
    )


def unit_above(preamble: Iterable[str]) -> str:
    """The unit of money that a line above the table states ("単位：千円", "(in thousands of USD)"), as an option."""
    for line in preamble:
        if found := _UNIT_LINE.search(line):
            currency, scale = header_unit(f"({found[1] or found[2]})")
            if currency or scale != 1:
                return (currency or "") + (f"*{scale}" if scale != 1 else "")
    return ""


def _is_monthly(header: Header) -> bool:
    """Whether a header of money speaks of one month: an event's amount is that of a year."""
    return (
        header.inner in MONTHLY
        or any(word in _MONTHLY_WORDS for word in header.words)
        or "月額" in header.full
    )


def field_type(kind: str, column: ColumnMap) -> str:
    """The type a column is read as; "" when it is ignored, "number" for figures, its own for a custom field."""
    if column.field == IGNORE:
        return ""
    if column.field.startswith(CUSTOM):
        return column.option or "text"
    field = spec(kind).fields.get(column.field)
    return field.type if field else "number"


def _option(
    mapping: Mapping,
    column: ColumnMap,
    headers: Sequence[Header],
    columns: Sequence[Shape],
    *,
    orders: dict[int, str],
    unit: str,
) -> str:
    header, shape = headers[column.index], columns[column.index]
    if column.field.startswith(CUSTOM):
        return custom_type(shape)
    if column.index in orders:
        return orders[column.index]
    match field_type(mapping.kind, column):
        case "money":
            monthly = mapping.kind == "churn" and _is_monthly(header)
            return (header.money or unit) + ("/month" if monthly else "")
        case "minutes":
            return header.unit or ("hours" if (mapping.source, header.compact) in _HOURS_IN else "")
        case "fraction":
            whole = values.decide_whole_percent(shape.cells)
            return "of100" if whole or (whole is None and "%" in fold(header.full)) else ""
        case "number" if column.field.startswith(METRIC) and "%" in fold(header.full):
            return "of100" if values.decide_whole_percent(shape.cells) else ""
        case "notice" if header.unit == "months" or column.field.endswith("notice_months"):
            return "months"
        case "term" if "年数" in header.full or "years" in header.words:
            return "years"
    return ""
