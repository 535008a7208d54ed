"""Dates and instants as Japanese and English files write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from cs_workbench.intake.cells import ValueProblem, plain, required
from cs_workbench.intake.table import Cell

MonthAs = Literal["first", "last"]
Serial = Literal["1900", "1904"]
_SERIALS = (20_000, 80_000)

_EPOCH = date(1970, 1, 1).toordinal()
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
         "M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_WEEKDAYS = {name: number for number, pair in enumerate(
    (("mon", "月"), ("tue", "火"), ("wed", "水"), ("thu", "木"), ("fri", "金"), ("sat", "土"), ("sun", "日")))
    for name in pair}  # fmt: skip

_WEEKDAY = re.compile(
    r"\s*\(\s*([月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)[a-z]*曜?日?\s*\)|\s*([月火水木金土日])曜日?"
    r"|,?\s*\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*",
    re.IGNORECASE,
)
_YMD = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?\.?$")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHR])\s?\.?\s?(元|\d{1,2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]?(?:\s?(\d{1,2})\s?日?)?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)$")
_NUMERIC = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})$")
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?,?[\s\-/]*(\d{4}|\d{2})$", re.IGNORECASE
)
_NAME_DAY = re.compile(r"([a-z]{3,9})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(\d{4})$", re.IGNORECASE)
_YMD_NAME = re.compile(r"(\d{4})[\s\-/]([a-z]{3,9})[\s\-/](\d{1,2})$", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})月?(?:度|分)?$|((?:19|20)\d\d)(0[1-9]|1[0-2])$")
_EDGE = re.compile(
    r"(?:(\d{4})|(明治|大正|昭和|平成|令和|[MTSHR])\s?\.?\s?(元|\d{1,2}))\s?[-/.年]\s?(\d{1,2})\s?月?の?\s?"
    r"(?:(末日?)|初日?|初め|はじめ|頭)$",
    re.IGNORECASE,
)
_NAME_MONTH = re.compile(r"([a-z]{3,9})\.?[\s\-/,]*(\d{4})$", re.IGNORECASE)
_TIME = re.compile(
    r"[T\s]*(午前|午後|[ap]\.?m\.?)?\s*(\d{1,2})\s?[:時]\s?(\d{1,2})?\s?(?:[:分]\s?(?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?"
    r"\s*(午前|午後|[ap]\.?m\.?)?\s*(Z|UTC|GMT|JST|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?)?\s*(?:\([A-Za-z ]+\))?$",
    re.IGNORECASE,
)
SHORT_YMD = re.compile(r"(\d{2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})$")
_STAMP = re.compile(r"(\d{8})T(\d{2})(\d{2})(\d{2})?(Z)?$")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")


@dataclass(frozen=True, slots=True)
class _Clock:
    offset: timedelta
    zone: tzinfo | None


def parse_date(
    cell: Cell,
    *,
    day_first: bool | None = None,
    month_as: MonthAs | None = None,
    serial: Serial | None = None,
    year_first: bool = False,
) -> date:
    """The day a cell names; a time of day behind it is dropped.

    *day_first* settles 6/1/2026 (None: refused when it reads two ways), *year_first* reads 26/6/1 as 2026-06-01,
    *month_as* lets "2026年6月" stand for its first or last day ("2026年6月末" says which by itself), *serial* reads
    bare numbers as Excel day numbers.
    Raises ValueProblem: blank, date, date_ambiguous.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if serial and (found := _from_serial(cell, serial)) is not None:
        return found
    if isinstance(cell, (bool, float)):
        raise ValueProblem("date", cell)
    text = required(cell)
    if year_first and (short := SHORT_YMD.match(_WEEKDAY.sub(" ", text).strip(" ,"))):
        return _day(_full_year(short[1]), int(short[3]), int(short[4]), cell)
    found = _read_day(text, day_first, month_as, cell)
    if found is None and (time := _time_part(text)):
        found = _read_day(text[: time.start()].rstrip(" T,"), day_first, month_as, cell)
    if found is None:
        raise ValueProblem("date", cell)
    return found


def parse_instant(
    cell: Cell,
    zone: tzinfo | str,
    *,
    day_first: bool | None = None,
    serial: Serial | None = None,
    year_first: bool = False,
) -> datetime:
    """The moment a cell names, as aware UTC; without a zone of its own it is read in *zone*.

    A day alone is its midnight. Raises ValueProblem: blank, instant, date_ambiguous.
    """
    local = ZoneInfo(zone) if isinstance(zone, str) else zone
    if isinstance(cell, datetime):
        return _in_utc(cell, local, cell)
    if isinstance(cell, date):
        return _in_utc(datetime(cell.year, cell.month, cell.day), local, cell)  # noqa: DTZ001
    if serial and is_serial(cell) and isinstance(cell, (int, float, str)):
        number = float(plain(cell)) if isinstance(cell, str) else float(cell)
        return _in_utc(_serial_moment(number, serial, cell), local, cell)
    text = _unstamped(required(cell))
    time = _time_part(text)
    clock = _clock(time, cell) if time else _Clock(timedelta(0), None)
    try:
        bare = text[: time.start()].rstrip(" T,") if time else text
        day = parse_date(bare, day_first=day_first, year_first=year_first)
    except ValueProblem as problem:
        code = "instant" if problem.code in ("date", "blank") else problem.code
        raise ValueProblem(code, cell) from problem
    moment = datetime(day.year, day.month, day.day) + clock.offset  # noqa: DTZ001
    return _in_utc(moment, clock.zone or local, cell)


def is_serial(cell: Cell) -> bool:
    """Whether a cell under a header of dates can only be an Excel day number (of 1954 to 2119)."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return False
    if isinstance(cell, str):
        if not re.fullmatch(r"\d{5}(\.\d+)?", text := plain(cell)):
            return False
        cell = float(text)
    return _SERIALS[0] <= cell <= _SERIALS[1]


def decide_day_first(values: Iterable[Cell]) -> bool | None:
    """Whether a column writes 1/6/2026 day first, from a part above 12 or a weekday that fits one way only.

    None when no value tells (ambiguous, or no such dates at all) or when values contradict each other.
    """
    told = {
        answer for cell in values if isinstance(cell, str) and (answer := _tells_day_first(cell)) is not None
    }
    return told.pop() if len(told) == 1 else None


def needs_day_first(values: Iterable[Cell]) -> bool:
    """Whether a column holds a date that reads two ways and nothing in the column settles it."""
    kept = [cell for cell in values if isinstance(cell, str)]
    return decide_day_first(kept) is None and any(_reads_two_ways(cell) for cell in kept)


def _read_day(text: str, day_first: bool | None, month_as: MonthAs | None, cell: Cell) -> date | None:
    bare = _WEEKDAY.sub(" ", text).strip(" ,")
    if found := _YMD.match(bare) or _COMPACT.match(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]), cell)
    if found := _EDGE.match(bare):
        year = int(found[1]) if found[1] else _era_year(found[2], found[3])
        return _month_day(year, int(found[4]), "last" if found[5] else "first", cell)
    if found := _ERA.match(bare):
        return _era_day(found, month_as, cell)
    if found := _NUMERIC.match(bare):
        return _numeric_day(found, _settle(text, day_first), cell)
    if found := _DAY_NAME.match(bare):
        return _named_day(found[3], found[2], found[1], cell)
    if found := _NAME_DAY.match(bare):
        return _named_day(found[3], found[1], found[2], cell)
    if found := _YMD_NAME.match(bare):
        return _named_day(found[1], found[2], found[3], cell)
    if found := _MONTH.match(bare):
        return _month_day(int(found[1] or found[3]), int(found[2] or found[4]), month_as, cell)
    if found := _NAME_MONTH.match(bare):
        return _month_day(int(found[2]), _MONTHS.get(found[1][:3].casefold(), 0), month_as, cell)
    return None


def _day(year: int, month: int, day: int, cell: Cell) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueProblem("date", cell) from error


def _era_day(found: re.Match[str], month_as: MonthAs | None, cell: Cell) -> date:
    year = _era_year(found[1], found[2])
    if found[4] is None:
        return _month_day(year, int(found[3]), month_as, cell)
    return _day(year, int(found[3]), int(found[4]), cell)


def _era_year(era: str, year: str) -> int:
    """An era year counts from its base even past the era's end: contracts of 2017 do say 平成33年."""
    return _ERAS[era.upper()] + (1 if year == "元" else int(year))


def _numeric_day(found: re.Match[str], day_first: bool | None, cell: Cell) -> date:
    first, mark, second, last = int(found[1]), found[2], int(found[3]), found[4]
    if len(last) == 2 and first > 31:
        return _day(_full_year(found[1]), second, int(last), cell)
    if mark == "." and day_first is None:
        day_first = True
    if day_first is None:
        if first <= 12 and second <= 12 and first != second:
            raise ValueProblem("date_ambiguous", cell)
        day_first = first > 12
    day, month = (first, second) if day_first else (second, first)
    return _day(_full_year(last), month, day, cell)


def _named_day(year: str, name: str, day: str, cell: Cell) -> date:
    return _day(_full_year(year), _month_number(name, cell), int(day), cell)


def _month_number(name: str, cell: Cell) -> int:
    month = _MONTHS.get(name[:3].casefold())
    if month is None:
        raise ValueProblem("date", cell)
    return month


def _month_day(year: int, month: int, month_as: MonthAs | None, cell: Cell) -> date:
    if month_as is None or not 1 <= month <= 12 or not 1 <= year <= 9999:
        raise ValueProblem("date", cell)
    return _day(year, month, 1 if month_as == "first" else monthrange(year, month)[1], cell)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _settle(text: str, day_first: bool | None) -> bool | None:
    """The column's rule, or what the weekday beside the date says."""
    return day_first if day_first is not None else _tells_day_first(text)


def _parts(cell: str) -> tuple[re.Match[str], str] | None:
    text = plain(cell)
    if time := _time_part(text):
        text = text[: time.start()].rstrip(" T,")
    found = _NUMERIC.match(_WEEKDAY.sub(" ", text).strip(" ,"))
    return (found, text) if found else None


def _tells_day_first(cell: str) -> bool | None:
    parts = _parts(cell)
    if parts is None:
        return None
    found, text = parts
    first, second = int(found[1]), int(found[3])
    if first > 31 or first == second:
        return None
    if first > 12 or second > 12:
        return first > 12 if min(first, second) <= 12 else None
    weekday = _weekday(text)
    if weekday is None:
        return True if found[2] == "." else None
    year = _full_year(found[4])
    fits = {
        True: date(year, second, first).weekday() == weekday,
        False: date(year, first, second).weekday() == weekday,
    }
    return fits[True] if fits[True] != fits[False] else None


def _reads_two_ways(cell: str) -> bool:
    parts = _parts(cell)
    if parts is None:
        return False
    first, second = int(parts[0][1]), int(parts[0][3])
    return first <= 12 and second <= 12 and first != second


def _weekday(text: str) -> int | None:
    found = _WEEKDAY.search(text)
    if found is None:
        return None
    return _WEEKDAYS.get((found[1] or found[2] or found[3])[:3].casefold())


def _time_part(text: str) -> re.Match[str] | None:
    return next((found for found in _TIME.finditer(text) if found.start() > 0), None)


def _clock(found: re.Match[str], cell: Cell) -> _Clock:
    hour, minute, second = int(found[2]), int(found[3] or 0), int(found[4] or 0)
    half = (found[1] or found[6] or "").casefold().replace(".", "")
    if half and (hour > 12 or (hour == 0 and half in ("am", "pm"))):
        raise ValueProblem("instant", cell)
    if half in ("pm", "午後"):
        hour = hour % 12 + 12
    elif half:
        hour %= 12
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueProblem("instant", cell)
    micro = int((found[5] or "0").ljust(6, "0")[:6])
    return _Clock(
        timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro), _zone(found[7], cell)
    )


def _zone(text: str | None, cell: Cell) -> tzinfo | None:
    if not text:
        return None
    if text.upper() == "JST":
        return timezone(timedelta(hours=9))
    found = _OFFSET.search(text)
    if found is None:
        return UTC
    size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if size >= timedelta(hours=24):
        raise ValueProblem("instant", cell)
    return timezone(-size if found[1] == "-" else size)


def _unstamped(text: str) -> str:
    """A compact ISO stamp (20260601T120000Z) with its colons."""
    if found := _STAMP.match(text):
        return f"{found[1]} {found[2]}:{found[3]}:{found[4] or '00'}{found[5] or ''}"
    return text


def _in_utc(moment: datetime, zone: tzinfo, cell: Cell) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    try:
        return aware.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise ValueProblem("instant", cell) from error


def _from_serial(cell: Cell, serial: Serial) -> date | None:
    if isinstance(cell, str):
        text = plain(cell)
        if not re.fullmatch(r"\d{1,6}(\.\d+)?", text):
            return None
        cell = float(text)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return _serial_moment(float(cell), serial, cell).date()


def _serial_moment(number: float, serial: Serial, cell: Cell) -> datetime:
    """An Excel day number as a moment; 1900's false leap day (60) is refused, days before it shift by one."""
    if not 0 < number < 2_958_466 or (serial == "1900" and int(number) == 60):
        raise ValueProblem("date", cell)
    base = datetime(1904, 1, 1) if serial == "1904" else datetime(1899, 12, 30)  # noqa: DTZ001
    if serial == "1900" and number < 60:
        number += 1
    return base + timedelta(seconds=round(number * 86400))
