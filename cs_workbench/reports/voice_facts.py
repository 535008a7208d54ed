"""What a template may see of closed loops: plain frozen facts. The customer's hold nothing internal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told us and what became of it. ``words`` is "" where the answer was not given to be shown.

    ``status``: open, hold, done, no_action. ``kind`` nps, csat, ces, ticket or "" (told us directly).
    """

    words: str
    by: str
    said_on: dt.date
    kind: str
    status: str
    action: str = ""
    promised_on: dt.date | None = None
    told_back_on: dt.date | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """The closed loop of one customer: what they told us, what we did, when we told them. Fit for the customer.

    ``closed`` of ``cases`` over twelve months; ``median_days`` from said to told back, None where none was closed.
    ``unanswered`` critical answers wait without a case.
    """

    told: tuple[Told, ...] = ()
    cases: int = 0
    closed: int = 0
    median_days: float | None = None
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class OpenLoop:
    """Internal: a case with its owner, whether it is overdue, what is missing before it may be shown, our note."""

    told: Told
    owner: str = ""
    overdue: bool = False
    missing: tuple[str, ...] = ()  # owner, promised_on, told_back_on
    note: str = ""


@dataclass(frozen=True, slots=True)
class InternalLoop:
    """Internal: every case of the customer and how many answers still wait for one."""

    cases: tuple[OpenLoop, ...] = ()
    unanswered: int = 0
