"""What a customer pays by contract, year by year of a ledger: each contract at its price for as long as it runs.

Days under no contract cost nothing; days after the last agreed one are assumed at its price while it still runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from cs_workbench.domain.cash_flow import ZERO

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """A contract: ``yearly`` in ``currency``, running from its first to its last day (None: not bounded).

    ``runs_on`` says that it is not over: after its last day the same price is assumed.
    """

    id: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    yearly: Decimal | None
    currency: str = ""
    name: str = ""
    kind: str = ""  # product and plan: what a renewal keeps
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days one price is paid: from the first to the day after the last. ``assumed``: nothing is signed for them."""

    term: Term
    first: dt.date
    end: dt.date
    assumed: bool = False


def chains(followed: Sequence[int], terms: Iterable[Term]) -> dict[int, tuple[Term, ...]]:
    """The contracts a cost goes through over time, by the id of the contract it follows, oldest first.

    A contract that no cost follows and that stands wholly before or after a followed one is its predecessor or
    renewal; where several could be meant, the one of the same kind, then the nearest in time.
    """
    known = {one.id: one for one in terms}
    found = {one: [known[one]] for one in followed if one in known}
    for term in known.values():
        if term.id in found:
            continue
        fitting = []
        for one in found:
            days = _apart(term, known[one])
            if days is not None:
                fitting.append((known[one].kind != term.kind, days, one))
        if fitting:
            found[min(fitting)[2]].append(term)
    return {one: tuple(sorted(chain, key=_begin)) for one, chain in found.items()}


def stretches(chain: Sequence[Term], start: dt.date, end: dt.date) -> tuple[Stretch, ...]:
    """The days from *start* to before *end* that each contract of a chain covers; after the last one's end its price
    is assumed, where it still runs. Contracts that overlap are both paid.
    """
    found = []
    for term in chain:
        first = max(start, _begin(term))
        stop = end if term.ends_on is None else min(end, term.ends_on + _DAY)
        if first < stop:
            found.append(Stretch(term, first, stop))
    last = max(chain, key=lambda term: term.ends_on or dt.date.max, default=None)
    if last is not None and last.runs_on and last.ends_on is not None and last.ends_on + _DAY < end:
        found.append(Stretch(last, max(start, last.ends_on + _DAY), end, assumed=True))
    return tuple(found)


def years_of(start: dt.date, years: int) -> tuple[dt.date, ...]:
    """The first days of a ledger's years, and the day after its last."""
    return tuple(_anniversary(start, number) for number in range(years + 1))


def amounts(
    found: Iterable[Stretch], bounds: Sequence[dt.date], worth: Mapping[str, Decimal]
) -> list[Decimal]:
    """What is paid in each year, by days; *worth* is what one unit of a currency is in the ledger's."""
    paid = [ZERO] * (len(bounds) - 1)
    for one in found:
        yearly = (one.term.yearly or ZERO) * worth[one.term.currency]
        for year, (first, end) in enumerate(pairwise(bounds)):
            days = (min(one.end, end) - max(one.first, first)).days
            if days > 0:
                paid[year] += yearly * days / (end - first).days
    return paid


def gaps(found: Iterable[Stretch], start: dt.date, end: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """Days from *start* to before *end* under no contract: (first, last) of each run of them."""
    open_, day = [], start
    for one in sorted(found, key=lambda each: each.first):
        if one.first > day:
            open_.append((day, one.first - _DAY))
        day = max(day, one.end)
    if day < end:
        open_.append((day, end - _DAY))
    return tuple(open_)


def shares(
    missing: Iterable[tuple[dt.date, dt.date]], bounds: Sequence[dt.date], until: dt.date | None = None
) -> tuple[Decimal, ...]:
    """The share of each year that is not *missing*; with *until* only its days before that one count."""
    out = list(missing)
    found = []
    for first, end in pairwise(bounds):
        stop = end if until is None else min(end, max(until, first))
        gone = sum(max((min(last + _DAY, stop) - max(begin, first)).days, 0) for begin, last in out)
        found.append(Decimal((stop - first).days - gone) / (end - first).days)
    return tuple(found)


def _begin(term: Term) -> dt.date:
    return term.starts_on or dt.date.min


def _apart(one: Term, other: Term) -> int | None:
    """Days between two contracts that do not overlap; None where they do."""
    early, late = sorted((one, other), key=_begin)
    if early.ends_on is None or late.starts_on is None or early.ends_on >= late.starts_on:
        return None
    return (late.starts_on - early.ends_on).days


def _anniversary(start: dt.date, years: int) -> dt.date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)
