"""Calendar months: terms, notice periods and ages, with month ends that stay month ends.

On the command line's fast path: imports nothing but ``datetime``.
"""

from __future__ import annotations

import datetime as dt

_DAY = dt.timedelta(days=1)
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BILLED = {"monthly": 1, "quarterly": 3, "semiannual": 6, "half-yearly": 6, "annual": 12, "yearly": 12}


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LENGTHS[month]


def add_months(day: dt.date, months: int) -> dt.date:
    """*day* moved by whole months (negative: back); a month end stays one, a missing day becomes the month's end.

    28 Feb 2027 − 1 → 31 Jan; 31 Mar 2027 − 1 → 28 Feb; 30 Jan 2027 + 1 → 28 Feb.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = month_length(year, month + 1)
    number = day.day
    if number >= length or number == month_length(day.year, day.month):
        number = length
    return dt.date(year, month + 1, number)


def whole_months(start: dt.date, end: dt.date) -> int:
    """Completed months from *start* to *end*; negative when *end* lies before."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months


def period_months(
    term_months: int | None, billing: str | None, start_on: dt.date | None, end_on: dt.date | None
) -> int | None:
    """How many months a contract renews for: its stated term, else the term it had, else (open-ended) its billing
    rhythm. None when nothing says so; a period is never invented.
    """
    if term_months and term_months > 0:
        return term_months
    if end_on is None:
        return _BILLED.get(billing or "")
    if start_on is None or start_on >= end_on:
        return None
    months = whole_months(start_on, end_on + _DAY)
    return months if months > 0 else None


def next_end(
    start_on: dt.date | None, end_on: dt.date | None, period: int | None, as_of: dt.date
) -> dt.date | None:
    """The last day of the term that runs at *as_of*; None when the records do not tell.

    A term that is over is taken to have renewed by *period* months as often as needed; an open-ended contract
    has its terms counted from its start.
    """
    if end_on is not None and end_on >= as_of:
        return end_on
    anchor = end_on or (start_on - _DAY if start_on else None)
    if anchor is None or not period:
        return None
    passed = max((as_of.year - anchor.year) * 12 + as_of.month - anchor.month, 0)
    end = add_months(anchor, passed // period * period)
    if end < as_of:
        end = add_months(anchor, (passed // period + 1) * period)
    return end if end > anchor or end_on is not None else add_months(anchor, period)


def term_end(
    start_on: dt.date | None,
    end_on: dt.date | None,
    term_months: int | None,
    billing: str | None,
    *,
    auto_renew: object,
    as_of: dt.date,
) -> dt.date | None:
    """The last day of a contract's term that runs at *as_of*; None where there is none to tell.

    A contract without an end that does not renew by itself (``auto_renew`` false, not merely unknown) ends once, with
    its stated term; without one its end is open: billing it every month does not end it every month.
    """
    if end_on is None and auto_renew is not None and not auto_renew:
        if start_on is None or not term_months or term_months < 0:
            return None
        end = add_months(start_on - _DAY, term_months)
        return end if end >= as_of else None
    return next_end(start_on, end_on, period_months(term_months, billing, start_on, end_on), as_of)


def notice_by(end: dt.date, notice_months: int | None, notice_days: int | None) -> dt.date | None:
    """The last day to give notice before a term that ends on *end*; the earlier one when both periods are given.

    Three months before 31 Mar is 31 Dec. None when no period is recorded.
    """
    dates = []
    if notice_months is not None:
        dates.append(add_months(end, -notice_months))
    if notice_days is not None:
        dates.append(end - dt.timedelta(days=notice_days))
    return min(dates, default=None)
