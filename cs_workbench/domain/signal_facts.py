"""What signal rules are given: one small record an account and fact, as the store counted it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from cs_workbench.domain.renewal import Term


class Customer(NamedTuple):
    """An account as every rule sees it. ``since`` is the first day as a customer; ``cadence`` days between contacts."""

    id: int
    name: str
    tier: str | None
    stage: str | None
    since: dt.date | None
    gone: bool  # churned, or in a closed stage
    score: float | None
    band: str
    cadence: int
    stage_months: int | None  # how long the stage it is in should last
    known: dt.date | None = None  # since when the portfolio has the account; nobody here could act before


class ContractFact(NamedTuple):
    """A contract with its term and the value of a year (None: not recorded), in its own currency."""

    id: int
    account_id: int
    name: str
    value: Decimal | None
    currency: str
    term: Term


class HealthFact(NamedTuple):
    """Two snapshots of an account: the newest, and the one it is measured against (``before``)."""

    account_id: int
    id: int
    score: float | None
    band: str
    before_id: int
    before_score: float | None
    before_band: str
    before_on: dt.date
    turned_on: dt.date  # the first day after ``before`` with the band of now
    red_axes: tuple[str, ...]  # red now and not before


class UsageFact(NamedTuple):
    """Use summed over windows that end at ``feed``, the newest day anybody was measured."""

    account_id: int
    now: float
    before: float
    lately: float  # in the shorter window of the rule for no use at all
    feed: dt.date
    last: dt.date | None  # newest day with use


class SeatFact(NamedTuple):
    """Seats in use against seats under contract."""

    account_id: int
    used: float
    seats: float
    on: dt.date


class TouchFact(NamedTuple):
    """Days since the last two-way contact."""

    account_id: int
    days: int
    on: dt.date


class PeopleFact(NamedTuple):
    """Who is left to talk to. ``left_*`` is the newest champion who left, where no other champion is there."""

    account_id: int
    active: int
    only_id: int
    only_name: str
    champions: int
    left_id: int
    left_name: str
    left_on: dt.date | None
    decision_makers: int
    decision_maker: str
    met: bool


class TicketFact(NamedTuple):
    """The oldest open high-severity ticket of an account, and how many of them there are."""

    account_id: int
    id: int
    subject: str
    opened_on: dt.date
    number: int


class TicketCount(NamedTuple):
    """Tickets opened in the rule's window and in the days before it."""

    account_id: int
    now: int
    before: int


class OnboardingFact(NamedTuple):
    """The onboarding an account began last. ``end`` is the end that holds now, extensions included."""

    account_id: int
    id: int
    started_on: dt.date
    end: dt.date
    finished: bool


class AnswerFact(NamedTuple):
    """A bad survey answer that nobody has come back to; ``promised_on`` is the day its open case promises one."""

    account_id: int
    id: int
    kind: str  # nps, csat
    score: float
    comment: str
    person: str
    on: dt.date
    promised_on: dt.date | None = None


class TaskFact(NamedTuple):
    """A task or promise with a due date. ``kind``: task, promise_ours, promise_theirs."""

    account_id: int
    id: int
    kind: str
    title: str
    person: str
    due_on: dt.date
    made_on: dt.date


class LoopFact(NamedTuple):
    """A complaint or detractor that is to be answered by ``due`` and was not."""

    account_id: int
    id: int
    said: str
    person: str
    on: dt.date
    due: dt.date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules look at. ``talked`` and ``attended`` tell whether contacts, and who took part in them,
    are recorded at all: what nobody records is not held against anybody. ``talked_from`` is the first day with a
    contact on record: silence is not counted from before the records begin. ``proven`` are the accounts with a proven
    line in a value ledger, None while no ledger is kept.
    """

    customers: Mapping[int, Customer]
    contracts: Sequence[ContractFact] = ()
    health: Sequence[HealthFact] = ()
    usage: Sequence[UsageFact] = ()
    seats: Sequence[SeatFact] = ()
    touches: Mapping[int, TouchFact] = field(default_factory=dict)
    people: Sequence[PeopleFact] = ()
    tickets: Sequence[TicketFact] = ()
    ticket_counts: Sequence[TicketCount] = ()
    answers: Sequence[AnswerFact] = ()
    tasks: Sequence[TaskFact] = ()
    talked: bool = False
    attended: bool = False
    talked_from: dt.date | None = None
    proven: frozenset[int] | None = None
    loops: Sequence[LoopFact] = ()
    onboardings: Mapping[int, OnboardingFact] = field(default_factory=dict)
