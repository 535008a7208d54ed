"""From a cell to the value its field stores: one reader for each field type, fitted to the column's option."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal
from typing import Literal

from cs_workbench.intake import values
from cs_workbench.intake.mapping import ColumnMap
from cs_workbench.intake.notices import notice_of
from cs_workbench.intake.past_days import yearless
from cs_workbench.intake.periods import parse_period
from cs_workbench.intake.shape import code_of, currency_of, months_of
from cs_workbench.intake.table import Cell

Read = Callable[[Cell], object]
_SCALES: dict[str, tuple[int, int]] = {
    "nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "success": (1, 5), "satisfaction": (1, 5), "rating5": (1, 5),
}  # fmt: skip
_UNIT_MINUTES = {
    "seconds": Decimal(1) / 60,
    "hours": Decimal(60),
    "days": Decimal(1440),
    "minutes": Decimal(1),
    "": Decimal(1),
}
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
_BARE_AMOUNT = re.compile(r"[-+(△▲]?[0-9][0-9.,' ]*\)?")
_LIST = re.compile(r"\s*(?::::|[;,、|\n])\s*")
_OPEN_END = 9999
_STRICT_LISTS = frozenset(["contract_status", "event_kind", "survey_kind"])
_OPTIONAL_LISTS = frozenset(["sentiment", "direction", "person_status", "opportunity_kind"])


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as read, with the currency its cell or header names."""

    amount: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A period of notice: days or months."""

    days: int | None
    months: int | None


def reader_for(type_name: str, column: ColumnMap, zone: tzinfo | str, decimal_comma: bool | None) -> Read:
    """The function that reads *column*'s cells as *type_name*.

    It returns None where a cell holds nothing to store and raises ValueProblem where it cannot be read.
    """
    option = column.option
    if type_name in ("date", "instant"):
        return _dates(type_name, column, zone)
    if type_name == "past_day":
        day = _dates("date", column, zone)
        return lambda cell: yearless(cell) or day(cell)
    if type_name == "money":
        return _money(option, decimal_comma)
    if type_name == "minutes":
        return _minutes(_UNIT_MINUTES.get(option, Decimal(1)))
    if type_name == "fraction":
        whole = True if option == "of100" else None
        return lambda cell: _within(values.parse_percent(cell, whole=whole), 0, 1, cell)
    if type_name in ("number", "score", "satisfaction", "rating5"):
        return _scored(
            _SCALES.get(type_name) or _SCALES.get(column.field),
            type_name == "satisfaction" or column.field == "csat",
        )
    if type_name == "notice":
        return lambda cell: _notice(cell, option)
    if type_name == "term":
        return lambda cell: _term(cell, option)
    if type_name == "id":
        several = (
            column.header.casefold().rstrip("s") != column.header.casefold()
            and "id" in column.header.casefold()
        )
        return lambda cell: _identifier(cell, several)
    return _PLAIN.get(type_name) or _listed(type_name)


def _dates(type_name: str, column: ColumnMap, zone: tzinfo | str) -> Read:
    day_first = {"dmy": True, "mdy": False}.get(column.option)
    year_first = column.option == "ymd"
    serial: Literal["1900"] | None = "1900" if column.option == "serial" else None
    ends = column.field.endswith(("end_on", "close_on"))
    month_as: Literal["first", "last"] = "last" if ends else "first"

    def day(cell: Cell) -> object:
        found = values.parse_date(
            cell, day_first=day_first, month_as=month_as, serial=serial, year_first=year_first
        )
        return None if found.year == _OPEN_END else found

    if type_name == "date":
        return day
    return lambda cell: values.parse_instant(
        cell, zone, day_first=day_first, serial=serial, year_first=year_first
    )


def _money(option: str, decimal_comma: bool | None) -> Read:
    option, _slash, month = option.partition("/")
    currency, _star, factor = option.partition("*")
    months = 12 if month == "month" else 1
    scale = Decimal(factor) if factor else Decimal(1)

    def read(cell: Cell) -> object:
        amount, said = values.parse_money(cell, decimal_comma=decimal_comma)
        if scale != 1 and _BARE_AMOUNT.fullmatch(values.plain(cell)):
            amount *= scale
        return Money(amount * months, said or currency or None)

    return read


def _minutes(factor: Decimal) -> Read:
    def read(cell: Cell) -> object:
        if found := _CLOCK.fullmatch(values.plain(cell)):
            return int(found[1]) * 60 + int(found[2]) + int(found[3] or 0) / 60
        return float(values.parse_number(cell) * factor)

    return read


def _scored(scale: tuple[int, int] | None, words: bool) -> Read:
    def read(cell: Cell) -> object:
        leading = values.LEADING_SCORE.match(values.plain(cell)) if scale else None
        try:
            value = values.parse_number(leading[1] if leading else cell)
        except values.ValueProblem:
            code = code_of("satisfaction", cell) if words else None
            if code is None:
                raise
            return float(code) if code else None
        return float(_within(value, *scale, cell) if scale else value)

    return read


def _within(value: Decimal, low: int, high: int, cell: Cell) -> Decimal:
    if not low <= value <= high:
        raise values.ValueProblem("scale", cell)
    return value


def _notice(cell: Cell, option: str) -> object:
    found = notice_of(cell)
    if found is None:
        raise values.ValueProblem("notice", cell)
    number, unit = found[0], found[1] or option or "days"
    if unit == "days":
        return Notice(number, None)
    return Notice(number * 7, None) if unit == "weeks" else Notice(None, number)


def _term(cell: Cell, option: str) -> object:
    months = months_of(cell)
    if months is None:
        raise values.ValueProblem("term", cell)
    return months * 12 if option == "years" and values.plain(cell).isdigit() else months


def _identifier(cell: Cell, several: bool) -> object:
    text = values.parse_text(cell)
    if text is None or values.is_placeholder(text):
        return None
    return _LIST.split(text)[0] if several else text


def _name(cell: Cell) -> object:
    text = values.parse_text(cell)
    return None if text is None or values.is_placeholder(text) else " ".join(text.split())


def _count(cell: Cell) -> object:
    number = values.parse_int(cell)
    if number < 0:
        raise values.ValueProblem("scale", cell)
    return number


def _text(cell: Cell) -> object:
    text = values.parse_text(cell)
    return None if text in (None, "-", "--") else text


def _mails(cell: Cell) -> object:
    return values.parse_emails(cell.replace(":::", ";") if isinstance(cell, str) else cell)


def _tags(cell: Cell) -> object:
    parts = [part.removeprefix("* ").strip() for part in _LIST.split(values.parse_text(cell) or "")]
    return tuple(dict.fromkeys(part for part in parts if part and part != "myContacts"))


def _roles(cell: Cell) -> object:
    return tuple(dict.fromkeys(code_of("roles", part) or part for part in _strings(_tags(cell))))


def _strings(found: object) -> tuple[str, ...]:
    return tuple(str(part) for part in found) if isinstance(found, tuple) else ()


def _domain(cell: Cell) -> object:
    return tuple(values.parse_domain(part) for part in re.split(r"[;,\s]+", values.plain(cell)) if part)


def _currency(cell: Cell) -> object:
    found = currency_of(cell)
    if found is None:
        raise values.ValueProblem("currency", cell)
    return found


def _listed(name: str) -> Read:
    """Values of a list. A word that is not on it is a problem where its meaning is needed, is dropped where it is not,
    and is kept as it stands where the list is the user's own (channels, priorities, billing).
    """

    def read(cell: Cell) -> object:
        code = code_of(name, cell)
        if code is not None or name in _OPTIONAL_LISTS:
            return code
        if name in _STRICT_LISTS:
            raise values.ValueProblem("unknown_value", cell)
        return None if name == "ticket_status" else values.parse_text(cell)

    return read


def canonical(cell: Cell, type_name: str, day_first: bool | None = None) -> str | None:
    """A custom field's value as canonical text; text that is not of its type is kept as it stands."""
    text = values.parse_text(cell)
    if text is None or (type_name != "text" and values.is_placeholder(cell)):
        return None
    try:
        match type_name:
            case "date":
                return values.parse_date(cell, day_first=day_first, month_as="first").isoformat()
            case "bool":
                return str(int(values.parse_bool(cell)))
            case "number":
                return _digits(values.parse_number(cell))
            case "money":
                amount, currency = values.parse_money(cell)
                return f"{_digits(amount)} {currency}" if currency else _digits(amount)
    except values.ValueProblem:
        return text
    return text


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


_PLAIN: dict[str, Read] = {
    "text": _text,
    "kana": _text,
    "phone": _text,
    "name": _name,
    "count": _count,
    "int": values.parse_int,
    "period": parse_period,
    "bool": values.parse_bool,
    "mail": _mails,
    "tags": _tags,
    "roles": _roles,
    "domain": _domain,
    "currency": _currency,
}
TEXT_TYPES = frozenset(["text", "kana", "phone", "name", "id", "tags"])
"""Types whose cells may say "NA" or "なし" and mean it; all others take such a word as blank."""
