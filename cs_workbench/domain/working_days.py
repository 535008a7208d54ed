"""Working days: Monday to Friday without Japan's public holidays and the turn of the year, when offices are closed."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.japanese_holidays import is_holiday

_DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on *day*: no weekend, no public holiday of Japan, not 29 December to 3 January."""
    if day.weekday() >= 5 or is_holiday(day):
        return False
    return not ((day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3))


def on_or_before(day: dt.date) -> dt.date:
    """The last working day not after *day*."""
    while not is_working_day(day):
        day -= _DAY
    return day


def on_or_after(day: dt.date) -> dt.date:
    """The first working day not before *day*."""
    while not is_working_day(day):
        day += _DAY
    return day


def minus(day: dt.date, count: int) -> dt.date:
    """The day *count* working days before *day*; 0 gives the last working day not after it.

    Ten before Thursday 31 Dec 2026 (closed from the 29th, so counted from Monday the 28th) is Monday 14 December.
    """
    day = on_or_before(day)
    for _number in range(count):
        day = on_or_before(day - _DAY)
    return day


def plus(day: dt.date, count: int) -> dt.date:
    """The day *count* working days after *day*; 0 gives the first working day not before it."""
    day = on_or_after(day)
    for _number in range(count):
        day = on_or_after(day + _DAY)
    return day


def between(first: dt.date, last: dt.date) -> int:
    """Working days after *first* up to and including *last*; 0 when *last* is not later."""
    count = 0
    day = first + _DAY
    while day <= last:
        count += is_working_day(day)
        day += _DAY
    return count
