"""When a contract renews, and by when somebody must say no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from cs_workbench.domain.months import notice_by, term_end

Gap: TypeAlias = Literal["end_date", "notice_period"]
ALIVE = frozenset({"active", "trial"})
"""The states of a contract that is not over, and more than a draft."""


class Term(NamedTuple):
    """What is recorded about a contract's term. ``end_on`` is the last day; None means open-ended."""

    start_on: dt.date | None = None
    end_on: dt.date | None = None
    term_months: int | None = None
    billing: str | None = None
    auto_renew: bool | None = None
    notice_months: int | None = None
    notice_days: int | None = None
    status: str = "active"
    is_trial: bool = False

    @property
    def renews(self) -> bool:
        """Whether it is known to renew by itself: one that is over does not, whatever its text says."""
        return self.auto_renew is True and self.status in ALIVE


class Renewal(NamedTuple):
    """The next renewal of a contract as of a date.

    ``renews_on`` is the last day of the running term, ``notice_on`` the last day to give notice before it;
    ``deadline`` the earlier of the two and ``days_left`` the days until it (negative: passed). ``rolled`` says
    that the date was counted on from an earlier term. ``gaps`` names what is not recorded.
    """

    renews_on: dt.date | None
    notice_on: dt.date | None
    deadline: dt.date | None
    days_left: int | None
    rolled: bool
    gaps: tuple[Gap, ...]


def runs_at(term: Term, as_of: dt.date) -> bool:
    """Whether the contract runs on *as_of*: inside its term, open-ended and alive, or renewing. A draft never does."""
    if term.status == "draft":
        return False
    if term.start_on is not None and term.start_on > as_of:
        return False
    if term.end_on is None:
        return term.status in ALIVE
    return term.end_on >= as_of or (term.renews and term.status == "active")


@lru_cache(maxsize=8_192)
def renewal(term: Term, as_of: dt.date) -> Renewal:
    """The next renewal of a contract that runs on *as_of*. What is not recorded stays None and is named in ``gaps``."""
    end = term_end(
        term.start_on, term.end_on, term.term_months, term.billing, auto_renew=term.auto_renew, as_of=as_of
    )
    if end is None:
        return Renewal(None, None, None, None, False, ("end_date",))
    notice = notice_by(end, term.notice_months, term.notice_days)
    deadline = end if notice is None else min(end, notice)
    gaps: tuple[Gap, ...] = () if notice is not None else ("notice_period",)
    return Renewal(end, notice, deadline, (deadline - as_of).days, end != term.end_on, gaps)


def earliest(terms: Iterable[Term], as_of: dt.date) -> Renewal | None:
    """The renewal that comes first among running, paid contracts; of equal ends the earlier notice. None if none."""
    found = [renewal(term, as_of) for term in terms if not term.is_trial and runs_at(term, as_of)]
    dated = [one for one in found if one.renews_on is not None]
    if dated:
        return min(dated, key=lambda one: (one.renews_on or dt.date.max, one.notice_on or dt.date.max))
    return found[0] if found else None
