"""The rows a renewal briefing reads, one dataclass a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The account itself, and who it is."""

    id: int
    name: str
    industry: str | None
    customer_since: dt.date | None
    stage: str | None
    tier: str | None
    owner: str | None
    note: str
    left_on: dt.date | None = None  # the last day as a customer, the first of all where nobody wrote it down


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract with its product's name."""

    id: int
    name: str | None
    product: str | None
    plan: str | None
    seats: int | None
    arr: Decimal | None
    mrr: Decimal | None
    amount: Decimal | None
    currency: str | None
    billing: str | None
    start_on: dt.date | None
    end_on: dt.date | None
    term_months: int | None
    notice_days: int | None
    notice_months: int | None
    auto_renew: bool | None
    status: str
    is_trial: bool
    note: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A movement of value."""

    id: int
    kind: str
    on: dt.date
    amount: Decimal | None
    currency: str | None
    note: str


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """A sale."""

    id: int
    name: str
    stage: str | None
    outcome: str
    product: str | None
    amount: Decimal | None
    currency: str | None
    probability: float | None
    close_on: dt.date | None
    next_step: str | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with roles (keys joined by a comma) and the last two-way contact."""

    id: int
    name: str
    title: str | None
    department: str | None
    influence: int | None
    sentiment: str | None
    left_on: dt.date | None
    left: bool
    note: str
    roles: str | None
    last_two_way: str | None


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """A contact; ``people`` and ``tags`` are joined by newlines; ``two_way`` as ``terms.TWO_WAY`` says."""

    id: int
    at: str
    channel: str
    direction: str
    subject: str
    body: str
    duration_min: int | None
    sentiment: str | None
    shareable: bool
    people: str | None
    tags: str | None
    two_way: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task or promise."""

    id: int
    kind: str
    title: str
    owner: str | None
    person: str | None
    due_on: dt.date | None
    done_on: dt.date | None
    shareable: bool
    note: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket without its body."""

    id: int
    number: str | None
    subject: str
    status: str
    priority: str | None
    kind: str | None
    assignee: str | None
    opened_at: str
    solved_at: str | None
    first_reply_min: float | None
    resolution_min: float | None
    satisfaction: float | None
    escalated: bool


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey answer."""

    id: int
    kind: str
    score: float | None
    comment: str
    answered_on: dt.date
    shareable: bool
    person: str | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Readings of one metric in one month: their sum, count, largest and last."""

    metric_id: int
    name: str
    family: str
    feature: str | None
    role: str | None
    unit: str
    aggregation: str
    month: str
    total: float
    count: int
    largest: float
    last_day: int
    last: float


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """What is fixed for one renewal: when the meeting is, who is asked, how long the customer takes to approve."""

    term_end: dt.date
    at: dt.datetime | None
    approval_days: int | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """Use of one feature in the last 90 days and the 90 before."""

    metric_id: int
    feature: str
    now: float
    before: float
    name: str = ""  # what the portfolio calls it, where that is more than its key
