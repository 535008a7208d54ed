"""Two days in one cell, and years of two digits in front: how Japanese lists write the term of a contract."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cs_workbench.intake.cells import ValueProblem, plain, required
from cs_workbench.intake.dates import SHORT_YMD, parse_date
from cs_workbench.intake.table import Cell

_BETWEEN = re.compile(
    r"\s*(?:[~〜]|から|\bto\b|\buntil\b|->|→)\s*|(?<=[\d日月])\s+-{1,2}\s+(?=\S)|(?<=/\d\d)-(?=\d)|(?<=/\d)-(?=\d)"
)
_UNTIL = re.compile(r"\s*(まで|迄)$")


@dataclass(frozen=True, slots=True)
class Period:
    """A first and a last day written in one cell; None where it is left open."""

    start: date | None
    end: date | None


def parse_period(cell: Cell, *, year_first: bool = False) -> Period:
    """The first and last day of "2026/4/1～2027/3/31" in one cell; one of them may be left out.

    Raises ValueProblem: blank, period, date_ambiguous.
    """
    text = _UNTIL.sub("", required(cell))
    parts = _BETWEEN.split(text)
    if len(parts) != 2 or not any(parts):
        raise ValueProblem("period", cell)
    first, last = parts
    try:
        return Period(
            parse_date(first, month_as="first", year_first=year_first) if first else None,
            parse_date(last, month_as="last", year_first=year_first) if last else None,
        )
    except ValueProblem as problem:
        code = problem.code if problem.code == "date_ambiguous" else "period"
        raise ValueProblem(code, cell) from problem


def decide_year_first(values: Iterable[Cell], *, japanese: bool) -> bool:
    """Whether a column writes 26/6/1 for 2026-06-01: one digit at the end, or above 31 in front, is told by the value.

    *japanese* says that the column is headed in Japanese, where no date begins with its day.
    """
    seen = [found for cell in values if isinstance(cell, str) and (found := SHORT_YMD.match(plain(cell)))]
    return any(len(found[4]) == 1 or int(found[1]) > 31 or japanese for found in seen)
