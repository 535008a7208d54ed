"""Facts that stay with us: frozen dataclasses of plain values for the internal edition only (see edition.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cs_workbench.reports.facts import Comment, Message, Promise
from cs_workbench.reports.people_facts import RelationMap
from cs_workbench.reports.value_facts import ValueNote
from cs_workbench.reports.voice_facts import InternalLoop


@dataclass(frozen=True, slots=True)
class HealthMeasure:
    """One line of the glass box."""

    axis: str
    key: str
    unit: str  # ratio, days, count, yesno, times, grade, change
    value: float | None
    points: float | None
    weight: float
    contribution: float
    green: float
    yellow: float
    direction: str = "up"
    band: str = "none"
    label: str = ""
    as_of: dt.date | None = None
    stale: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HealthAxis:
    """One axis of the score."""

    key: str
    points: float | None
    band: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Health:
    """The score and what it is made of."""

    score: float | None
    band: str
    coverage: float
    low: float | None = None
    high: float | None = None
    reason: str = ""
    axes: tuple[HealthAxis, ...] = ()
    measures: tuple[HealthMeasure, ...] = ()
    weakest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person at the customer, as we see them."""

    name: str
    title: str = ""
    department: str = ""
    roles: tuple[str, ...] = ()
    influence: int | None = None
    sentiment: str = ""
    left: bool = False
    last_contact: dt.date | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A contact of the log with its internal fields."""

    on: dt.date
    channel: str
    direction: str
    subject: str
    summary: str = ""
    sentiment: str = ""
    people: tuple[str, ...] = ()
    shareable: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A sale in progress with its likelihood (0–1)."""

    name: str
    stage: str = ""
    value: Decimal | None = None
    currency: str = ""
    likelihood: float | None = None
    close_on: dt.date | None = None
    outcome: str = "open"
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Internal:
    """What stays with us."""

    health: Health | None = None
    people: tuple[Stakeholder, ...] = ()
    missing_roles: tuple[str, ...] = ()
    log: tuple[LogEntry, ...] = ()
    log_total: int = 0
    last_two_way: dt.date | None = None
    comments: tuple[Comment, ...] = ()
    promises: tuple[Promise, ...] = ()
    pipeline: tuple[Pipeline, ...] = ()
    risks: tuple[Message, ...] = ()
    complaints: tuple[Message, ...] = ()
    account_note: str = ""
    stage: str = ""
    tier: str = ""
    value: tuple[ValueNote, ...] = ()
    relations: RelationMap | None = None
    loop: InternalLoop | None = None
