"""Calendar months: terms, notice periods and ages, with month ends that stay month ends."""

from __future__ import annotations

import datetime as dt

_DAY = dt.timedelta(days=1)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of *day*."""
    first_of_next = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - _DAY


def add_months(day: dt.date, months: int) -> dt.date:
    """*day* moved by whole months (negative: back). A month end stays one; a day that the month lacks becomes its end.

    28 Feb 2027 − 1 → 31 Jan; 31 Mar 2027 − 1 → 28 Feb; 30 Jan 2027 + 1 → 28 Feb.
    """
    index = day.year * 12 + day.month - 1 + months
    last = month_end(dt.date(index // 12, index % 12 + 1, 1))
    if day == month_end(day):
        return last
    return last.replace(day=min(day.day, last.day))


def whole_months(start: dt.date, end: dt.date) -> int:
    """Completed months from *start* to *end*; negative when *end* lies before."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months
