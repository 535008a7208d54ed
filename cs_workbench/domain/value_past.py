"""What lies behind a ledger's day is counted at what was read then: the mean of a metric in each ledger year.

A week counts the mean of its readings, or that of the last week before it that was read; weeks before the first
reading of the ledger's time say nothing. Days without a contract are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from cs_workbench.domain.cash_flow import ONE, ZERO, factors
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import RISK, Benefit, Ledger, Line, LineFault, Past, line

Weeks: TypeAlias = Mapping[int, Decimal]
"""Week since the ledger's first day (0, 1, …) → mean of its readings."""
Gap: TypeAlias = tuple[dt.date, dt.date]
_WEEK = 7
_DAY = dt.timedelta(days=1)


def means(
    weeks: Weeks, bounds: Sequence[dt.date], as_of: dt.date, gaps: Iterable[Gap]
) -> tuple[Decimal | None, ...]:
    """The mean of a metric in each year of a ledger over its days before *as_of*; None where it was not read in them.

    *bounds* are the first days of the years and the day after the last; *gaps* first and last days of no contract.
    """
    out, found = tuple(gaps), list[Decimal | None]()
    for first, end in pairwise(bounds):
        total, days = ZERO, 0
        weeks_of = range((first - bounds[0]).days // _WEEK, -((bounds[0] - min(end, as_of)).days // _WEEK))
        value, seen = _before(weeks, weeks_of.start)
        begin = first if any(week in weeks for week in weeks_of) else end
        while begin < min(end, as_of):
            week = (begin - bounds[0]).days // _WEEK
            stop = min(end, as_of, bounds[0] + dt.timedelta(days=(week + 1) * _WEEK))
            value, seen = (weeks[week], True) if week in weeks else (value, seen)
            under = _under(begin, stop, out) if seen else 0
            total, days = total + value * under, days + under
            begin = stop
        found.append(total / days if days else None)
    return tuple(found)


def pasts(
    benefit: Benefit,
    ledger: Ledger,
    read: Mapping[str, Sequence[Decimal | None]],
    past: Sequence[Decimal],
    whole: Sequence[Decimal],
) -> tuple[Past | None, ...]:
    """Which days of each year of a benefit count at what was read then; empty where none do.

    *read* has the yearly means of inputs, by name; *past* and *whole* the shares of each year that are under contract,
    before the ledger's day and in all. What is still to come counts today's figures.
    """
    found: list[Past | None] = []
    for year in range(ledger.years):
        means = tuple((name, value) for name, values in read.items() if (value := values[year]) is not None)
        behind = past[year] / whole[year] if whole[year] else ZERO
        found.append(Past(behind, means) if means and behind else None)
    made = tuple(found) if any(found) else ()
    try:
        line(replace(benefit, past=made), ledger)
    except (FormulaFault, UnitFault, LineFault):
        return ()
    return made


def behind_of(made: Line, ledger: Ledger, past: Sequence[Decimal], whole: Sequence[Decimal]) -> Decimal:
    """What of the present value of a line lies before the ledger's day; *past* and *whole* as for :func:`pasts`."""
    weights, total = factors(ledger.rate, ledger.years), ZERO
    kept = made.benefit.attribution * (ONE - RISK[made.benefit.confidence])
    for year in range(1, ledger.years + 1):
        if not whole[year - 1]:
            continue
        then = made.then_of(year)
        full = made.full_year if then is None else then
        share = past[year - 1] / whole[year - 1] * made.benefit.share_of(year) * ledger.share_of(year)
        total += full * share * kept * weights[year]
    return total


def _before(weeks: Weeks, week: int) -> tuple[Decimal, bool]:
    """The newest figure before a week, and whether there is one."""
    known = max((one for one in weeks if one < week), default=None)
    return (ZERO, False) if known is None else (weeks[known], True)


def _under(begin: dt.date, stop: dt.date, gaps: Sequence[Gap]) -> int:
    gone = sum(max((min(last + _DAY, stop) - max(first, begin)).days, 0) for first, last in gaps)
    return (stop - begin).days - gone
