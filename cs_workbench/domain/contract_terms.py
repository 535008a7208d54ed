"""What a customer pays by contract, year by year of a ledger: each contract at its price for as long as it runs.

Days under no contract cost nothing; days after the last agreed one are assumed at its price while it still runs.
Contracts of one line follow each other: a later one that replaces an earlier one takes over on its first day, one
that runs beside it is paid as well. Every contract has its place, none is left out unsaid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from cs_workbench.domain.cash_flow import ZERO

Span: TypeAlias = tuple[dt.date, dt.date]
"""Days from the first to before the second; ``date.max`` is no end."""

_DAY = dt.timedelta(days=1)
HANDOVER = 31
"""Two contracts that overlap at the end of the earlier one by so many days or fewer are paid once on those days."""


@dataclass(frozen=True, slots=True)
class Term:
    """A contract: ``yearly`` in ``currency``, running from its first to its last day (None: not bounded).

    ``runs_on`` says that it is not over: after its last day the same price is assumed. ``over`` is the last day that
    is paid of one that is over with no end on record. ``void`` says that it never ran: a draft, or called off before.
    ``dead``: it is not active any more. ``lapsed``: it is over by now beside one that goes on, so nothing is assumed.
    ``yields``: it was recorded as not active before its last day, so that an active one that begins is in its place.
    """

    id: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    yearly: Decimal | None
    currency: str = ""
    name: str = ""
    product: str = ""
    plan: str = ""
    runs_on: bool = False
    over: dt.date | None = None
    void: bool = False
    dead: bool = False
    lapsed: bool = False
    yields: bool = False

    @property
    def begin(self) -> dt.date:
        """Its first day, the first of all where none is known."""
        return self.starts_on or dt.date.min

    @property
    def stop(self) -> dt.date:
        """The day after its last; ``date.max`` without one, its first where it never ran."""
        if self.void:
            return self.begin
        return self.ends_on + _DAY if self.ends_on and self.ends_on < dt.date.max else dt.date.max

    @property
    def paid_until(self) -> dt.date:
        """The day from which on it is not paid where nothing follows it."""
        return self.stop if self.over is None else min(self.stop, max(self.begin, self.over + _DAY))


@dataclass(frozen=True, slots=True)
class Place:
    """How one contract enters: the days it is paid, who takes over from it, and what it runs beside.

    ``assumed`` says that its price is taken to go on after its last day, ``stopped`` that it would be, had it not
    lapsed.
    """

    term: Term
    days: tuple[Span, ...]
    follower: Term | None = None
    beside: Term | None = None
    assumed: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days one price is paid: from the first to the day after the last; none where they are the same day.

    ``assumed``: nothing is signed for them. ``follower`` took over before the contract's own end.
    """

    term: Term
    first: dt.date
    end: dt.date
    assumed: bool = False
    follower: Term | None = None
    beside: Term | None = None


def arranged(followed: Collection[int], terms: Iterable[Term]) -> dict[int, tuple[Place, ...]]:
    """The contracts of an account by the id of the one a cost follows, oldest first; every contract is somewhere.

    A contract no cost follows goes with one of its own line; where several could be meant, one of the same product
    or plan, then the nearest in time.
    """
    known = sorted({one.id: one for one in terms}.values(), key=_order)
    costs = [one for one in known if one.id in followed]
    found: dict[int, list[Place]] = {one.id: [] for one in costs}
    if not costs:
        return {}
    for line in _lines(known):
        owners = [one for one in line if one in costs] or [one for one in costs if not one.void] or costs
        for term in line:
            owner = term if term in costs else min(owners, key=lambda one: _distance(one, term))
            others = [one for one in known if not one.void] if term.yields else line
            found[owner.id].append(_placed(term, others, followed))
    return {key: _with_neighbours(places) for key, places in found.items()}


def stretches(places: Iterable[Place], start: dt.date, end: dt.date) -> tuple[Stretch, ...]:
    """The days from *start* to before *end* that each contract is paid, and those its price is assumed.

    A contract of these days that is paid on none of them has one without days; one that never ran has none.
    """
    found: list[Stretch] = []
    for place in places:
        term, before = place.term, len(found)
        if term.void:
            continue
        for first, stop in place.days:
            first, stop = max(start, first), min(end, stop)
            if first < stop:
                cut = place.follower if stop < min(end, term.stop) else None
                found.append(
                    Stretch(term, first, stop, follower=cut, beside=_near(place.beside, first, stop))
                )
        if place.assumed and term.stop < end:
            found.append(Stretch(term, max(start, term.stop), end, assumed=True))
        ours = min(end, max(start, term.begin))
        if len(found) == before and (term.stop <= term.begin or ours < min(end, term.paid_until)):
            found.append(Stretch(term, ours, ours, follower=place.follower))
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
        if one.first >= one.end:
            continue
        yearly = (one.term.yearly or ZERO) * worth[one.term.currency]
        for year, (first, end) in enumerate(pairwise(bounds)):
            days = (min(one.end, end) - max(one.first, first)).days
            if days > 0:
                paid[year] += yearly * days / (end - first).days
    return paid


def gaps(found: Iterable[Stretch], start: dt.date, end: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """Days from *start* to before *end* under no contract: (first, last) of each run of them."""
    open_, day = [], start
    for one in sorted((each for each in found if each.first < each.end), key=lambda each: each.first):
        if one.first > day:
            open_.append((day, one.first - _DAY))
        day = max(day, one.end)
    if day < end:
        open_.append((day, end - _DAY))
    return tuple(open_)


def with_tail(
    missing: Sequence[tuple[dt.date, dt.date]], first: dt.date, last: dt.date
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Runs of days with all from *first* to *last* as well; the same where *first* is after *last*."""
    if first > last:
        return tuple(missing)
    apart = tuple(one for one in missing if one[1] < first - _DAY)
    begins = [begin for begin, end in missing if end >= first - _DAY]
    return (*apart, (min([first, *begins]), last))


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


def spans(
    missing: Iterable[tuple[dt.date, dt.date]], bounds: Sequence[dt.date]
) -> tuple[tuple[tuple[Decimal, Decimal], ...], ...]:
    """From when to when there is a contract in each year, as shares of it; a year that is all *missing* has the whole
    of it.
    """
    out, found = sorted(missing), []
    for first, end in pairwise(bounds):
        days, day, own = (end - first).days, first, list[tuple[Decimal, Decimal]]()
        for begin, last in (*out, (end, end)):
            if day < min(begin, end):
                own.append(
                    (Decimal((day - first).days) / days, Decimal((min(begin, end) - first).days) / days)
                )
            day = max(day, last + _DAY)
        found.append(tuple(own) or ((ZERO, Decimal(1)),))
    return tuple(found)


def _lines(known: Sequence[Term]) -> list[list[Term]]:
    """Contracts, oldest first, in lines: one product or plan, and what stands before or after it alone.

    One that ends before it begins stands by itself: it has no day.
    """
    lines: list[list[Term]] = []
    for term in known:
        if term.stop <= term.begin:
            continue
        own = [line for line in lines if any(alike(one, term) for one in line)]
        fitting = own or [line for line in lines if all(_succeeds(one, term) for one in line)]
        if fitting:
            min(fitting, key=lambda line: min(_distance(one, term) for one in line)).append(term)
        else:
            lines.append([term])
    return lines + [[term] for term in known if term.stop <= term.begin]


def _placed(term: Term, line: Sequence[Term], followed: Collection[int]) -> Place:
    unknown = term.starts_on is None and term.ends_on is None and not term.runs_on
    if term.stop <= term.begin or (unknown and term.id not in followed):
        return Place(term, ())
    over = [one for one in line if _takes_over(one, term, followed)]
    cutting = [one for one in over if one.begin < term.stop]
    days: tuple[Span, ...] = ((term.begin, term.stop if cutting else term.paid_until),)
    for one in cutting:
        for_good = term.stop == dt.date.max or (term.yields and not one.dead)
        days = without(days, (one.begin, dt.date.max if for_good else one.stop))
    goes_on = term.runs_on and term.stop < dt.date.max
    goes_on &= not any(one.stop >= term.stop for one in over)
    goes_on &= not any(one.begin >= term.stop for one in line)
    goes_on &= not any(
        _takes_over(term, one, followed) and term.stop < one.stop < dt.date.max for one in line
    )
    return Place(
        term,
        days,
        cutting[0] if cutting else None,
        assumed=goes_on and not term.lapsed,
        stopped=goes_on and term.lapsed,
    )


def _with_neighbours(places: Iterable[Place]) -> tuple[Place, ...]:
    """The contracts of one cost, oldest first, each with the one before it that is paid on days of its own."""
    told: list[Place] = []
    for one in sorted(places, key=lambda each: _order(each.term)):
        near = [each.term for each in told if any(_meet(mine, own) for mine in one.days for own in each.days)]
        told.append(replace(one, beside=near[-1] if near else None))
    return tuple(told)


def _near(term: Term | None, first: dt.date, stop: dt.date) -> Term | None:
    return term if term is not None and _meet((term.begin, term.stop), (first, stop)) else None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _takes_over(late: Term, early: Term, followed: Collection[int]) -> bool:
    """Whether *late* is paid in the place of *early* from its first day on, as its renewal or upgrade.

    Of the same product or plan it does at the same price or a higher one; a cheaper one on top is an addition. Two
    contracts that a cost follows each are both meant. Never without a price of its own, and one that is not active
    never in the place of an active one: it only stands after it. An active one is in the place of one that yields,
    whatever its price and product.
    """
    if late.begin <= early.begin or not late.yearly:
        return False
    if late.dead and not early.dead:
        return _succeeds(early, late)
    if early.yields and not late.dead:
        return True
    dearer = late.currency == early.currency and early.yearly is not None and late.yearly >= early.yearly
    both = late.id in followed and early.id in followed
    return (dearer and not both and alike(early, late)) or _succeeds(early, late)


def _succeeds(early: Term, late: Term) -> bool:
    """Whether *late* stands after *early*, but for the days of a handover; one that is over without a known last day
    ends where the next begins.
    """
    if early.stop == dt.date.max:
        return not early.runs_on and late.begin > early.begin
    overlap = (early.stop - late.begin).days
    if overlap <= 0:
        return True
    short = overlap <= min(HANDOVER, (early.stop - early.begin).days // 2)
    return short and late.stop >= early.stop and bool(late.yearly)


def alike(one: Term, other: Term) -> bool:
    """Whether two contracts are of one product; of one plan where a product is not known."""
    if one.product and other.product:
        return one.product == other.product
    return one.plan == other.plan


def without(days: Iterable[Span], taken: Span) -> tuple[Span, ...]:
    """The same days but for those that are *taken*."""
    parts = [
        part for first, stop in days for part in ((first, min(stop, taken[0])), (max(first, taken[1]), stop))
    ]
    return tuple((first, stop) for first, stop in parts if first < stop)


def _distance(one: Term, other: Term) -> tuple[bool, int, int]:
    """How far two contracts are from each other: another product, days between them, the id of the first."""
    days = (max(one.begin, other.begin) - min(one.stop, other.stop)).days
    return not alike(one, other), max(days, 0), one.id


def _order(term: Term) -> tuple[dt.date, dt.date, int]:
    return term.begin, term.stop, term.id


def _anniversary(start: dt.date, years: int) -> dt.date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)
