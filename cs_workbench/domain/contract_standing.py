"""Which contracts of an account never ran, and which are over for good beside one that goes on.

A cancelled order often stays in the list beside the one it was issued anew as; an add-on that ended long ago often
stays active. Both would be charged as a second price.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cs_workbench.domain.contract_terms import HANDOVER, Span, Term, alike, without

_LONG = 365


@dataclass(frozen=True, slots=True)
class Known:
    """A contract and what is known of its way: the day it was first recorded as not active, whether it was active on
    one of its own days before (``ran``), and whether it was cancelled rather than run out (``cancelled``).
    """

    term: Term
    off_on: dt.date | None = None
    ran: bool = False
    cancelled: bool = False

    @property
    def doubted(self) -> bool:
        """Whether it may never have run: not active, and nobody saw it active."""
        term = self.term
        return term.dead and not term.void and not self.ran and (self.cancelled or not self.served)

    @property
    def served(self) -> bool:
        """Whether its term was over by its own dates when it was recorded as not active."""
        last = self.term.ends_on
        return last is not None and self.off_on is not None and last <= self.off_on


def settled(known: Sequence[Known], as_of: dt.date) -> tuple[Term, ...]:
    """The contracts of an account in the same order: ``void`` where another covers the days of a doubted one,
    ``lapsed`` where nothing is to be assumed after a last day that has passed, ``yields`` where it was over before.
    """
    terms = [replace(one.term, void=one.term.void or _called_off(one, known)) for one in known]
    ended = [one.term.dead and not one.served for one in known]
    return tuple(
        replace(one, lapsed=_lapsed(one, terms, as_of), yields=off and not one.void)
        for one, off in zip(terms, ended, strict=True)
    )


def _called_off(one: Known, known: Sequence[Known]) -> bool:
    """Whether it stands beside the contract that ran in its place.

    Before its term was over: an active one runs on its first day, and on more than a handover. A cancelled one whose
    term has passed: all of its days are another's that is not of a clearly different product.
    """
    term = one.term
    if not one.doubted or term.starts_on is None or term.stop <= term.begin:
        return False
    rest: tuple[Span, ...] = ((term.begin, term.stop),)
    for other in known:
        if other is not one and _covers(other, one):
            rest = without(rest, (other.term.begin, other.term.stop))
    if one.served:
        return not rest
    days = (term.stop - term.begin).days
    covered = days - sum((end - first).days for first, end in rest)
    return all(first > term.begin for first, _end in rest) and covered > min(HANDOVER, days // 2)


def _covers(other: Known, one: Known) -> bool:
    if other.term.void or other.doubted or not other.term.yearly:
        return False
    return not (_apart(other.term, one.term) if one.served else other.term.dead)


def _apart(one: Term, other: Term) -> bool:
    """Whether two contracts are clearly of different products or plans: both say so."""
    said = (one.product and other.product) or (one.plan and other.plan)
    return bool(said) and not alike(one, other)


def _lapsed(term: Term, terms: Sequence[Term], as_of: dt.date) -> bool:
    """Whether its last day has passed and another has begun that ends later: one of at least half its price or in
    another currency; any, where its last day lies more than a year back. Beside a small addition a large one may
    only be late with its renewal.
    """
    if not term.runs_on or term.stop > as_of:
        return False
    long = (as_of - term.stop).days >= _LONG
    return any(
        one.runs_on
        and not one.void
        and one.begin <= as_of
        and one.stop > term.stop
        and (long or _of_its_size(one, term))
        for one in terms
    )


def _of_its_size(one: Term, other: Term) -> bool:
    return one.currency != other.currency or 2 * (one.yearly or 0) >= (other.yearly or 0)
