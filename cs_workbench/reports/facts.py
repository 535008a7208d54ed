"""What a template may see: frozen plain dataclasses, all fit for the customer; the rest is in internal_facts.py.

Shares are 0–1, durations in the unit their name says, months the first day; ``ref`` names the record behind a figure
("contract/12"). ``None`` and ``()`` mean "not measured", never zero.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cs_workbench.reports.action_plan_facts import Plan
from cs_workbench.reports.meeting_facts import Meeting
from cs_workbench.reports.plan_facts import SuccessPlan
from cs_workbench.reports.value_facts import ValueCase
from cs_workbench.reports.voice_facts import Loop


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was one thing and is now another. ``code`` names what it is; ``kind`` how it is written.

    ``same``: both sides print alike; ``few``: one side stands on too few records to be set against the other.
    """

    code: str
    now: Decimal | None
    before: Decimal | None = None
    kind: str = "num"  # num, money, pct, days, hours, minutes
    unit: str = ""
    currency: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    count: int | None = None
    ref: str = ""
    count_before: int | None = None
    same: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence a template puts into words: its code and what it speaks of."""

    code: str
    figure: Figure | None = None
    other: Figure | None = None
    date: dt.date | None = None
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """The account as its own people know it."""

    id: int
    name: str
    since: dt.date | None = None
    industry: str = ""
    contact: str = ""  # who speaks for them in this renewal
    contact_title: str = ""
    signer: str = ""  # who signs for them


@dataclass(frozen=True, slots=True)
class Sender:
    """Who prepares the document."""

    company: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One contract in force."""

    id: int
    name: str
    product: str = ""
    seats: int | None = None
    value: Decimal | None = None  # a year
    currency: str = ""
    billing: str = ""
    start_on: dt.date | None = None
    end_on: dt.date | None = None
    notice_on: dt.date | None = None
    auto_renew: bool | None = None
    trial: bool = False
    ref: str = ""
    notice_months: int | None = None
    notice_days: int | None = None
    assumed: bool = False  # no end is on record: ``end_on`` follows from the billing period


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in one currency."""

    value: Decimal
    currency: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """A dated change of what was agreed."""

    kind: str  # new, expansion, contraction, renewal, churn, reactivation
    on: dt.date
    amount: Decimal | None = None
    currency: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed now. ``situation``: open, decide, late, past_auto, past, leaving, ended, no_date, none."""

    agreements: tuple[Agreement, ...] = ()
    ended: int = 0
    totals: tuple[Amount, ...] = ()  # a year, by currency
    seats: int | None = None
    end_on: dt.date | None = None  # the term that ends first
    notice_on: dt.date | None = None
    auto_renew: bool | None = None
    situation: str = "none"
    days_left: int | None = None  # to the notice date, or to the end where there is none
    next_start: dt.date | None = None
    movements: tuple[Movement, ...] = ()
    ref: str = ""
    assumed: bool = False  # as in Agreement, for ``end_on``


@dataclass(frozen=True, slots=True)
class Opening:
    """A renewal or sale on record; what it is worth to us stays with us."""

    name: str
    product: str = ""
    outcome: str = "open"
    on: dt.date | None = None
    value: Decimal | None = None  # only what was agreed (won)
    currency: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series by month; ``None`` is a month without a reading."""

    name: str
    months: tuple[dt.date, ...]
    values: tuple[float | None, ...]
    unit: str = ""
    until: dt.date | None = None  # last day with a reading
    code: str = ""  # active_users, seats_used, usage, or "" for a metric by its own name
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened in a month of a series."""

    at: int
    code: str
    amount: Decimal | None = None
    text: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature and how much of all use it is (0–1), in the last 90 days and the 90 before."""

    name: str
    share: float | None
    count: Decimal | None = None
    before: Decimal | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """How the product is used: a main line of 13 months, seats as its limit, features, what happened."""

    line: Line
    limit: tuple[float | None, ...] = ()
    marks: tuple[Mark, ...] = ()
    first: Figure | None = None
    peak: Figure | None = None
    last: Figure | None = None
    trend: str = "unknown"  # up, down, turned, steady, zero, unknown
    utilisation: Figure | None = None
    features: tuple[Feature, ...] = ()
    features_used: int = 0
    features_available: int = 0
    features_since: dt.date | None = None
    others: tuple[Line, ...] = ()
    months_measured: int = 0
    low: Figure | None = None
    fall: Figure | None = None  # the month that lost most against the one before it
    rise: Figure | None = None  # the month that gained most
    usual: Figure | None = None  # median of the measured months
    idle: Decimal | None = None  # contracted seats nobody used in the latest month
    averaged: bool = False  # ``first`` and ``last`` are averages of three months


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A support ticket as the customer knows it."""

    subject: str
    priority: str
    opened: dt.date
    owner: str = ""
    due: dt.date | None = None
    days_open: int = 0
    escalated: bool = False
    number: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Severity:
    """Tickets of one severity by month."""

    priority: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """Tickets of 13 months: how many, how fast, what is open."""

    months: tuple[dt.date, ...]
    severities: tuple[Severity, ...]
    total: Figure
    before: Figure | None = None
    open: tuple[Enquiry, ...] = ()
    open_count: int = 0
    high_open: int = 0
    high_total: int = 0
    first_reply: Figure | None = None  # median, hours
    resolution: Figure | None = None  # median, hours
    satisfaction: Figure | None = None  # mean 1–5
    causes: tuple[tuple[str, int], ...] = ()
    until: dt.date | None = None
    quiet: bool = False  # known to the ticket system, but nothing in 13 months
    last_on: dt.date | None = None  # when the latest enquiry was opened
    oldest_days: int = 0  # how long the oldest open one has waited


@dataclass(frozen=True, slots=True)
class Comment:
    """Somebody's own words with the answer they gave."""

    words: str
    by: str
    on: dt.date
    kind: str
    answer: Decimal | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey kind: its figure over the last 12 months and the 12 before, with counts."""

    kind: str  # nps, csat, ces, success
    figure: Figure
    answers: int
    high: int = 0  # promoters, satisfied
    middle: int = 0
    low: int = 0
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """What the customer's people said."""

    surveys: tuple[Survey, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that may be shown."""

    on: dt.date
    channel: str
    subject: str
    people: tuple[str, ...] = ()
    minutes: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised. ``state``: open, late, done."""

    title: str
    side: str  # ours, theirs
    owner: str = ""
    due: dt.date | None = None
    done: dt.date | None = None
    state: str = "open"
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal in the customer's words."""

    words: str
    by: str
    on: dt.date
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A data set behind the document, and until when it is complete."""

    code: str
    until: dt.date | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """What the next term is to bring: a figure now, the target we propose, when it is first looked at. ``basis``:
    best, usual, before (the customer's own figures), hold, even (no more critics than promoters), all, measure.
    """

    code: str
    now: Figure | None = None
    target: Figure | None = None
    basis: str = "measure"
    check_on: dt.date | None = None
    text: str = ""  # the goal in the customer's words, where the row is about that


@dataclass(frozen=True, slots=True)
class Executive:
    """What the first page says beside its figures: what went well, what did not, what comes next."""

    goods: tuple[Message, ...] = ()
    misses: tuple[Message, ...] = ()
    aims: tuple[Aim, ...] = ()
    proposal: str = "start"  # restore, fit, grow, build, hold, measure, start
    meeting: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything a renewal briefing may say to the customer."""

    as_of: dt.date
    customer: Customer
    sender: Sender
    headline: tuple[Message, ...]
    figures: tuple[Figure, ...]
    terms: Terms
    plan: Plan
    use: Use | None = None
    support: Support | None = None
    voice: Voice | None = None
    goal: Goal | None = None
    contacts: tuple[Contact, ...] = ()
    promises: tuple[Promise, ...] = ()
    openings: tuple[Opening, ...] = ()
    sources: tuple[Source, ...] = ()
    gaps: tuple[str, ...] = ()
    value_confirmed: bool = False
    executive: Executive = Executive()
    success: SuccessPlan | None = None
    meeting: Meeting | None = None
    fit: bool = False  # fewer seats may be offered: the sender chose it, or the customer asked
    value: ValueCase | None = None
    loop: Loop | None = None
