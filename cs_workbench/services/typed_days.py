"""A day as a person types it in a cell: 2026-11-24, 11/24, +3, tomorrow."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _

_FARTHEST = 5000
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
"""Between these lies every day of a customer's life; a year beside them is a slip."""


def possible_day(day: dt.date, field: str) -> dt.date:
    """*day*, if it can be meant. Raises InvalidValue (code ``date``) for one before 1900 or after 2200."""
    if not EARLIEST <= day <= LATEST:
        raise InvalidValue(
            _("{year} cannot be meant.").format(year=f"{day.year:04d}"),
            _("Type a year between {first} and {last}.").format(first=EARLIEST.year, last=LATEST.year),
            code="date",
            field=field,
        )
    return day


def typed_day(words: str, today: dt.date, field: str) -> dt.date:
    """The day meant; "+3" counts from *today*. Raises InvalidValue (code ``date``) with what to type instead."""
    if words[:1] == "+" and words[1:].isdecimal() and int(words[1:]) <= _FARTHEST:
        return today + dt.timedelta(days=int(words[1:]))
    try:
        found: dt.date | None = dt.date.fromisoformat(words.replace("/", "-").replace(".", "-"))
    except ValueError:
        found = spoken_date(words, today) if words else None
    if found is None:
        raise InvalidValue(
            _("“{value}” is not a date.").format(value=words[:80]),
            _("Type 2026-11-24, 11/24, +3 or tomorrow."),
            code="date",
            field=field,
        )
    return possible_day(found, field)
