"""Days that lie behind us, as lists keep them: "11月5日" names no year because everybody knows which one is meant."""

from __future__ import annotations

import re
from datetime import date

from cs_workbench.intake.cells import plain
from cs_workbench.intake.table import Cell

_YEARLESS = re.compile(r"(\d{1,2})\s?[/月.-]\s?(\d{1,2})\s?日?\s*(?:\([月火水木金土日]\))?")
_KEPT = re.compile(r"--(\d\d)-(\d\d)")
_LEAP = 2000


def yearless(cell: Cell) -> str | None:
    """A day of no year as ISO 8601 wrote it ("--11-05"); None where *cell* is none."""
    found = _YEARLESS.fullmatch(plain(cell)) if isinstance(cell, str) else None
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    return None if _day(_LEAP, month, day) is None else f"--{month:02}-{day:02}"


def settled(told: date | str, today: date) -> date | None:
    """The day *told* means: one without a year is the newest such day up to *today*; None if it is no day."""
    if isinstance(told, date):
        return told
    found = _KEPT.fullmatch(told)
    if found is None:
        return None
    days = (_day(today.year - back, int(found[1]), int(found[2])) for back in range(9))
    return next((day for day in days if day is not None and day <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
