"""The option each column needs to be read rightly: currency and scale, order of dates, unit of time, percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_workbench.domain.text import fold
from cs_workbench.intake import values
from cs_workbench.intake.headers import Header, compact
from cs_workbench.intake.kinds import spec
from cs_workbench.intake.mapping import CUSTOM, IGNORE, ColumnMap, Mapping
from cs_workbench.intake.shape import Shape, custom_type, day_order

_CURRENCY_WORDS = ("currency", "通貨")
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
    mapping: Mapping, headers: Sequence[Header], columns: Sequence[Shape]
) -> tuple[Mapping, tuple[str, ...]]:
    """*mapping* with the options its headers and values settle; and the headers of dates that read two ways.

    A column of dates that leaves day and month open takes the order another column of the file settles.
    """
    orders = {
        column.index: order
        for column in mapping.used()
        if field_type(mapping.kind, column) in ("date", "instant")
        and (order := day_order(columns[column.index].cells))
    }
    settled = {order for order in orders.values() if order != "?"}
    shared = settled.pop() if len(settled) == 1 else ""
    orders = {index: shared if order == "?" else order for index, order in orders.items()}
    done = [
        replace(column, option=column.option or _option(mapping, column, headers, columns, orders))
        for column in mapping.columns
    ]
    return replace(mapping, columns=tuple(done)), tuple(
        column.header for column in done if orders.get(column.index) == ""
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
    orders: dict[int, str],
) -> str:
    header, shape = headers[column.index], columns[column.index]
    if column.field.startswith(CUSTOM):
        return custom_type(shape)
    if column.index in orders:
        return orders[column.index]
    match field_type(mapping.kind, column):
        case "money":
            return header.money
        case "minutes":
            return header.unit or ("hours" if (mapping.source, header.compact) in _HOURS_IN else "")
        case "fraction":
            whole = values.decide_whole_percent(shape.cells)
            return "of100" if whole or (whole is None and "%" in fold(header.full)) else ""
        case "notice" if header.unit == "months":
            return "months"
        case "term" if "年数" in header.full or "years" in header.words:
            return "years"
    return ""
