"""What lies behind a ledger's day is counted at what was read then: the mean of a metric in each ledger year.

A week counts the mean of its readings, or that of the last week before it that was read; weeks before the first
reading of the ledger's time say nothing. Days without a contract are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from cs_workbench.domain.cash_flow import ONE, ZERO
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import Benefit, Ledger, LineFault, full_year, moved

Weeks: TypeAlias = Mapping[int, Decimal]
"""Week since the ledger's first day (0, 1, …) → mean of its readings."""
Gap: TypeAlias = tuple[dt.date, dt.date]
_WEEK = 7
_DAY = dt.timedelta(days=1)


def means(
    weeks: Weeks, bounds: Sequence[dt.date], as_of: dt.date, gaps: Iterable[Gap]
) -> tuple[Decimal | None, ...]:
    """The mean of a metric in each year of a ledger over its days before *as_of*; None where none of them is known.

    *bounds* are the first days of the years and the day after the last; *gaps* first and last days of no contract.
    """
    out, found = tuple(gaps), list[Decimal | None]()
    for first, end in pairwise(bounds):
        total, days = ZERO, 0
        value, seen = _before(weeks, (first - bounds[0]).days // _WEEK)
        begin = first
        while begin < min(end, as_of):
            week = (begin - bounds[0]).days // _WEEK
            stop = min(end, as_of, bounds[0] + dt.timedelta(days=(week + 1) * _WEEK))
            value, seen = (weeks[week], True) if week in weeks else (value, seen)
            under = _under(begin, stop, out) if seen else 0
            total, days = total + value * under, days + under
            begin = stop
        found.append(total / days if days else None)
    return tuple(found)


def levels(
    benefit: Benefit,
    ledger: Ledger,
    read: Mapping[str, Sequence[Decimal | None]],
    past: Sequence[Decimal],
    whole: Sequence[Decimal],
) -> tuple[Decimal, ...]:
    """What each year of a benefit is worth against one at today's figures; empty where all are the same.

    *read* has the yearly means of inputs, by name; *past* and *whole* the shares of each year that are under contract,
    before the ledger's day and in all. What is still to come counts today's figures.
    """
    try:
        today = full_year(benefit, ledger.currency)
        if today <= 0:
            return ()
        found = []
        for year in range(ledger.years):
            then = benefit
            for name, values in read.items():
                value = values[year]
                then = then if value is None else moved(then, name, value)
            behind = past[year] / whole[year] if whole[year] else ZERO
            worth = full_year(then, ledger.currency) / today if behind and then is not benefit else ONE
            found.append(behind * worth + (ONE - behind))
    except (FormulaFault, UnitFault, LineFault):
        return ()
    return tuple(found) if any(one != ONE for one in found) else ()


def _before(weeks: Weeks, week: int) -> tuple[Decimal, bool]:
    """The newest figure before a week, and whether there is one."""
    known = max((one for one in weeks if one < week), default=None)
    return (ZERO, False) if known is None else (weeks[known], True)


def _under(begin: dt.date, stop: dt.date, gaps: Sequence[Gap]) -> int:
    gone = sum(max((min(last + _DAY, stop) - max(first, begin)).days, 0) for first, last in gaps)
    return (stop - begin).days - gone
