"""Dates as they are typed in a hurry, in English and Japanese: ``tomorrow``, ``+7d``, ``1 dec``, ``来週月曜``.

Text is expected narrow (full-width digits and letters already turned) and in lower case.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Literal

Toward = Literal["future", "past"]
NoDay = Literal["day_ahead", "day_unclear", "bad_date"]

_DAYS = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "今日": 0, "本日": 0, "明日": 1, "あした": 1, "あす": 1,
    "明後日": 2, "あさって": 2, "昨日": -1, "きのう": -1, "一昨日": -2, "おととい": -2, "来週": 7,
    "再来週": 14, "先週": -7,
}  # fmt: skip
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKDAYS_JA = "月火水木金土日"
_FULL = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)")
_SHORT = re.compile(r"(\d{1,2})(?:/(\d{1,2})|月(\d{1,2})日?)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"(\d{{1,2}})[ ]?({'|'.join(_MONTHS)})([a-z]*)(?:[ ](\d{{4}}))?")
_IN_FIGURES = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}/\d{1,2}")
_EDGE = re.compile(
    r"(?:(\d{4})[-/.年](\d{1,2})月?|(\d{1,2})月|(先月|今月|来月|再来月|月))の?(?:(末日?)|初日?|初め|はじめ|頭)"
)
_MONTHS_ON = {"先月": -1, "今月": 0, "来月": 1, "再来月": 2}
_AHEAD = re.compile(r"\+?(\d{1,3})(d|w|m|日|週間?|か月|ヶ月|カ月)(後)?")
_EN_DAY = re.compile(r"(next )?(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?")
_JA_DAY = re.compile(r"(今週|来週|再来週)?の?([月火水木金土日])曜?日?")


def spoken_date(text: str, today: dt.date, toward: Toward = "future") -> dt.date | None:
    """The date meant by *text* on *today*, or None when it is not a date.

    A day without a year or a bare weekday is the next one, or with ``toward="past"`` the last one (today counts
    for both, except that a bare weekday of today means a week on).
    """
    text = text.strip()
    if text in _DAYS:
        return today + dt.timedelta(days=_DAYS[text])
    if text == "eom":
        return _month_end(today)
    if found := _EDGE.fullmatch(text):
        return _edge(found, today, toward)
    if found := _FULL.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part)
        return _date(year, month, day)
    if found := _SHORT.fullmatch(text):
        return _without_year(int(found[1]), int(found[2] or found[3]), today, toward)
    if found := _NAMED.fullmatch(text):
        return _named(found, today, toward)
    if (found := _AHEAD.fullmatch(text)) and (text.startswith("+") or found[3]):
        return _ahead(today, int(found[1]), found[2])
    return _weekday(text, today, toward)


_PLAINLY_PAST = 180


def in_figures(text: str) -> bool:
    """Whether *text* is written like a date in figures: ``2026/11/20``, ``2026-11-20``, ``11/20``."""
    return _IN_FIGURES.fullmatch(text) is not None


def day_of_contact(text: str, today: dt.date) -> dt.date | NoDay | None:
    """The day on which something happened: ``yesterday``, ``11/20``, ``2026/11/20``; None when *text* names no day, as
    the end of a month does: that is when something is due.

    A date in figures that cannot be one gives a code: "day_ahead" it is still to come; "day_unclear" without a year
    it is nearer to come than past (more than 180 days back); "bad_date" no calendar has it.
    """
    if _EDGE.fullmatch(text):
        return None
    day = spoken_date(text, today, "past")
    figures = text[:1].isdecimal()
    if day is None:
        return "bad_date" if in_figures(text) and _FULL.fullmatch(text) else None
    if day > today:
        return "day_ahead" if figures else None
    if figures and not _FULL.fullmatch(text) and (today - day).days > _PLAINLY_PAST:
        return "day_unclear"
    return day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _named(found: re.Match[str], today: dt.date, toward: Toward) -> dt.date | None:
    """ "1 dec", "1 december 2026": as the program writes days in English."""
    month = _MONTHS.index(found[2]) + 1
    if not calendar.month_name[month].lower()[3:].startswith(found[3]):
        return None
    if found[4]:
        return _date(int(found[4]), month, int(found[1]))
    return _without_year(month, int(found[1]), today, toward)


def _without_year(month: int, day: int, today: dt.date, toward: Toward) -> dt.date | None:
    step = 1 if toward == "future" else -1
    for years in range(9):  # 29 February may be eight years away
        found = _date(today.year + step * years, month, day)
        if found and (found - today).days * step >= 0:
            return found
    return None


def _edge(found: re.Match[str], today: dt.date, toward: Toward) -> dt.date | None:
    """The last or first day of a month: 2027年4月末, 4月末, 来月初; of a month without a year the next or last one."""

    def of(month: dt.date) -> dt.date:
        return _month_end(month) if found[5] else month

    if found[1]:
        first = _date(int(found[1]), int(found[2]), 1)
        return None if first is None else of(first)
    if found[3]:
        firsts = (_date(today.year + years, int(found[3]), 1) for years in (-1, 0, 1))
        days = [of(first) for first in firsts if first is not None]
        ahead = toward == "future"
        fitting = [day for day in days if (day >= today if ahead else day <= today)]
        return (min(fitting) if ahead else max(fitting)) if fitting else None
    months = _MONTHS_ON.get(found[4], int(found[5] is None and toward == "future" and today.day > 1))
    return of(_add_months(today.replace(day=1), months))


def _ahead(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in ("d", "日"):
        return today + dt.timedelta(days=count)
    if unit.startswith(("w", "週")):
        return today + dt.timedelta(weeks=count)
    return _add_months(today, count)


def _add_months(day: dt.date, count: int) -> dt.date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _weekday(text: str, today: dt.date, toward: Toward) -> dt.date | None:
    if (found := _EN_DAY.fullmatch(text)) and calendar.day_name[_WEEKDAYS[found[2]]].lower().startswith(
        text.removeprefix("next ")
    ):
        return _nearest(today, _WEEKDAYS[found[2]], toward)
    if (found := _JA_DAY.fullmatch(text)) and text not in _WEEKDAYS_JA:
        weekday = _WEEKDAYS_JA.index(found[2])
        if found[1]:
            monday = today - dt.timedelta(days=today.weekday())
            return monday + dt.timedelta(weeks=("今週", "来週", "再来週").index(found[1]), days=weekday)
        return _nearest(today, weekday, toward)
    return None


def _nearest(today: dt.date, weekday: int, toward: Toward) -> dt.date:
    ahead = (weekday - today.weekday()) % 7 or 7
    return today + dt.timedelta(days=ahead if toward == "future" else ahead - 7)
