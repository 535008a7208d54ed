"""Values of the account filter: numbers, money, spans of days, dates, as people of both languages write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from cs_workbench.domain.account_filter_words import CURRENCIES, DAYS, TENS
from cs_workbench.domain.months import add_months, month_length

MOST_DAYS = 40_000
"""No span reaches farther: about 110 years."""


class ValueFault(ValueError):
    """A value that does not fit its key; ``code`` is stable: not_a_number, not_money, not_a_day."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Number:
    """A number with as many decimals as were typed."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; currency "" means the portfolio's own."""

    value: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """A span from today: *count* days, weeks, calendar months or years (unit d, w, m, y)."""

    count: int
    unit: str = "d"

    def from_day(self, day: dt.date) -> dt.date:
        """The day that lies this span after *day* (before it when negative)."""
        if self.unit in ("m", "y"):
            return add_months(day, self.count * (12 if self.unit == "y" else 1))
        return day + dt.timedelta(days=self.count * (7 if self.unit == "w" else 1))


@dataclass(frozen=True, slots=True)
class Dates:
    """A day, month or year as its first and last day; ``today`` moves with the calendar."""

    first: dt.date
    last: dt.date


Value: TypeAlias = Number | Money | Days | Dates

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SPAN = re.compile(r"([+-]?\d{1,6})\s*([a-z]*|日間?|週間?|[かヶケカヵ箇]?月|年)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(thousand|mio|mn|bn|百万|千万|[kmb千万億]?)", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{3}", re.IGNORECASE)


def number(text: str) -> Number:
    """A plain number or percentage. Raises ValueFault("not_a_number")."""
    bare = text.removesuffix("%").removesuffix("点").strip()
    if not _NUMBER.fullmatch(bare) or len(bare) > 24:
        raise ValueFault("not_a_number")
    return Number(Decimal(bare.replace(",", "")))


def money(text: str) -> Money:
    """An amount: 1m, 100万, 1億2,000万円, ¥500k, 10kUSD. Raises ValueFault("not_money")."""
    rest, currency = _currency(text.strip())
    sign = -1 if rest.startswith("-") else 1
    rest = rest.lstrip("+-").strip()
    total, place, least = Decimal(0), 0, 99
    while place < len(rest):
        found = _AMOUNT.match(rest, place)
        tens = TENS[found[2].casefold()] if found else 99
        if found is None or tens >= least or len(found[1]) > 20:
            raise ValueFault("not_money")
        if place and tens and least not in (4, 6, 7, 8, 9):
            raise ValueFault("not_money")
        total += Decimal(found[1].replace(",", "")).scaleb(tens)
        place, least = found.end(), tens
    if not place:
        raise ValueFault("not_money")
    return Money(sign * total, currency)


def day(text: str, today: dt.date) -> Days | Dates:
    """A span (90d, 3w, 6か月; a bare number counts days) or a date (2026-12-31, 2026/12, 2026年, today).

    Raises ValueFault("not_a_day").
    """
    bare = text.strip().casefold()
    if bare in ("today", "今日", "本日"):
        return Days(0)
    if bare in ("this month", "this-month", "今月"):
        return _month(today.year, today.month)
    if len(year := bare.removesuffix("年")) == 4 and year.isdecimal() and "1990" <= year <= "2199":
        return Dates(dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
    if dated := _DATE.fullmatch(bare):
        return _date(*dated.groups())
    spanned = _SPAN.fullmatch(bare)
    if spanned is None or spanned[2] not in DAYS:
        raise ValueFault("not_a_day")
    span = Days(int(spanned[1]), DAYS[spanned[2]])
    if abs(span.count) * {"d": 1, "w": 7, "m": 31, "y": 366}[span.unit] > MOST_DAYS:
        raise ValueFault("not_a_day")
    return span


def _date(year: str, month: str, day_of_month: str | None) -> Dates:
    try:
        if day_of_month is None:
            return _month(int(year), int(month))
        found = dt.date(int(year), int(month), int(day_of_month))
    except ValueError as error:
        raise ValueFault("not_a_day") from error
    return Dates(found, found)


def _month(year: int, month: int) -> Dates:
    first = dt.date(year, month, 1)
    return Dates(first, first.replace(day=month_length(year, month)))


def _currency(text: str) -> tuple[str, str]:
    """What is left of *text*, and the currency named before or behind the amount."""
    for sign, code in CURRENCIES.items():
        if text.startswith(sign):
            return text[len(sign) :].strip(), code
        if text.endswith(sign):
            return text[: -len(sign)].strip(), code
    for bare, code in ((text[3:], text[:3]), (text[:-3], text[-3:])):
        digit = bare[:1].strip()[:1]
        if _CODE.fullmatch(code) and (digit.isdecimal() or digit in ("-", "+", "")) and bare.strip():
            return bare.strip(), code.upper()
    return text, ""
