"""What lies behind a ledger's day is counted at what was read then: the mean of a metric in each ledger year.

A week counts the mean of its readings, or that of the last week before it that was read, at most five weeks back: no
other day is measured. A year's days count the mean of its measured ones, today's figure where it was never read; those
nobody measured carry the risk of an estimate. Days without a contract are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from cs_workbench.domain.cash_flow import ONE, ZERO, factors
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import RISK, Benefit, Ledger, Line, LineFault, Past, line, unread_risk

Weeks: TypeAlias = Mapping[int, Decimal]
"""First day a week was read on, since the ledger's first day (0, 1, …) → mean of the readings of that week."""
Gap: TypeAlias = tuple[dt.date, dt.date]
CARRIED = 5
"""Weeks for which a reading still stands."""
_WEEK = 7
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a metric in the days of a year before the ledger's: the ``mean`` of its measured days, None
    where it was never read in it, how many days nobody measured, and what share of the whole year they are.
    """

    mean: Decimal | None = None
    days: int = 0
    unread: Decimal = ZERO


def means(weeks: Weeks, bounds: Sequence[dt.date], as_of: dt.date, gaps: Iterable[Gap]) -> tuple[Read, ...]:
    """What was read of a metric in each year of a ledger, over its days under contract before *as_of*.

    *bounds* are the first days of the years and the day after the last; *gaps* first and last days of no contract.
    """
    out, found = tuple(gaps), list[Read]()
    for first, end in pairwise(bounds):
        stop, total, days, lost = min(end, as_of), ZERO, 0, 0
        known = {at // _WEEK: mean for at, mean in weeks.items() if bounds[0] + _DAY * at < end}
        own = any(first <= bounds[0] + _DAY * at < stop for at in weeks)
        begin = first
        while begin < stop:
            week = (begin - bounds[0]).days // _WEEK
            next_ = min(stop, bounds[0] + _DAY * (week + 1) * _WEEK)
            under = _under(begin, next_, out)
            last = next((back for back in range(week, week - CARRIED - 1, -1) if back in known), None)
            if last is None:
                lost += under
            else:
                total, days = total + known[last] * under, days + under
            begin = next_
        found.append(Read(total / days if days and own else None, lost, Decimal(lost) / (end - first).days))
    return tuple(found)


def pasts(
    benefit: Benefit,
    ledger: Ledger,
    read: Mapping[str, Sequence[Read]],
    past: Sequence[Decimal],
    whole: Sequence[Decimal],
) -> tuple[Past | None, ...]:
    """Which days of each year of a benefit count at what was read then, and which nobody measured; empty where none.

    *read* has what was read of its inputs, by name; *past* and *whole* the shares of each year that are under contract,
    before the ledger's day and in all. What is still to come counts today's figures.
    """
    found: list[Past | None] = []
    for year in range(ledger.years):
        of_year = {name: years[year] for name, years in read.items()}
        means = tuple((name, one.mean) for name, one in of_year.items() if one.mean is not None)
        behind = past[year] / whole[year] if whole[year] else ZERO
        unread = max((one.unread for one in of_year.values()), default=ZERO) / (whole[year] or ONE)
        found.append(Past(behind, means, min(unread, behind)) if behind and (means or unread) else None)
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
        at = made.benefit.past_of(year)
        lost = ZERO if at is None else at.unread * made.benefit.attribution * unread_risk(made.benefit)
        counted = past[year - 1] / whole[year - 1] * kept - lost
        total += full * counted * made.benefit.share_of(year) * ledger.share_of(year) * weights[year]
    return total


def _under(begin: dt.date, stop: dt.date, gaps: Sequence[Gap]) -> int:
    gone = sum(max((min(last + _DAY, stop) - max(first, begin)).days, 0) for first, last in gaps)
    return (stop - begin).days - gone
