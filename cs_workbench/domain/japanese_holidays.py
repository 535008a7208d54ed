"""Japan's public holidays by the Act on National Holidays as it stands since 2022.

Source: Act on National Holidays (国民の祝日に関する法律), articles 2 and 3. The equinoxes follow the usual formula for
1980 to 2099; the official day is gazetted the February before and has agreed with it in every year so far.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

_DAY = dt.timedelta(days=1)
_FIXED = ((1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23))
_MONDAYS = ((1, 2), (7, 3), (9, 3), (10, 2))
"""Month and which Monday of it: Coming of Age, Marine Day, Respect for the Aged, Sports Day."""
FIRST, LAST = 1980, 2099


def is_holiday(day: dt.date) -> bool:
    """Whether *day* is a public holiday in Japan, substitutes and days between holidays included."""
    return day in _holidays(day.year)


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[dt.date]:
    named = {dt.date(year, month, day) for month, day in _FIXED}
    named |= {_monday(year, month, which) for month, which in _MONDAYS}
    if FIRST <= year <= LAST:
        named |= {dt.date(year, 3, _equinox(20.8431, year)), dt.date(year, 9, _equinox(23.2488, year))}
    every = set(named)
    for day in named:  # article 3, 2: a holiday on a Sunday moves to the next day that is none
        if day.weekday() == 6:
            moved = day + _DAY
            while moved in named:
                moved += _DAY
            every.add(moved)
    for day in named:  # article 3, 3: a day between two holidays
        between = day + _DAY
        if between + _DAY in named and between not in named and between.weekday() != 6:
            every.add(between)
    return frozenset(every)


def _monday(year: int, month: int, which: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(-first.weekday()) % 7 + 7 * (which - 1))


def _equinox(base: float, year: int) -> int:
    passed = year - FIRST
    return int(base + 0.242194 * passed) - passed // 4
