"""The other tabs of the account page as readings: people, timeline, contracts, tasks, documents."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from cs_workbench.domain.local_days import LocalDays
from cs_workbench.domain.renewal import Renewal, renewal, runs_at
from cs_workbench.services import drafts
from cs_workbench.services.account_page import DONE_SHOWN_DAYS, Labels, labels_of
from cs_workbench.services.documents_folder import chosen_folder, still_there
from cs_workbench.store.once import Once
from cs_workbench.store.queries import account_page as queries
from cs_workbench.store.queries import account_timeline
from cs_workbench.store.queries import contacts as contact_queries
from cs_workbench.store.queries import contracts as contract_queries
from cs_workbench.store.queries.local_days import zone_name

if TYPE_CHECKING:
    from cs_workbench.domain.mentions import Known
    from cs_workbench.store.queries.account_page import PackRow, TaskRow
    from cs_workbench.store.queries.account_timeline import Happening
    from cs_workbench.store.reads import Reads

Kind: TypeAlias = Literal["meeting", "call", "mail", "contact", "ticket", "survey", "change"]
KINDS: tuple[Kind, ...] = ("meeting", "call", "mail", "contact", "ticket", "survey", "change")
_CHANNELS: dict[str, Kind] = {
    "meeting": "meeting", "visit": "meeting", "web": "meeting", "call": "call", "phone": "call", "mail": "mail",
    "email": "mail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the account; ``last_two_way`` is the day of the newest contact in both directions."""

    id: int
    name: str
    title: str
    department: str
    email: str
    phone: str
    influence: int | None
    sentiment: str | None
    left: bool
    left_on: dt.date | None
    moved_to: str
    roles: tuple[str, ...]
    last_two_way: dt.date | None


@dataclass(frozen=True, slots=True)
class People:
    """The People tab."""

    people: tuple[Person, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline: ``day`` and ``minutes`` as local, ``what`` the channel, priority, survey or field."""

    kind: Kind
    record: str  # interaction, ticket, survey, event, audit, health
    id: int
    day: dt.date
    what: str
    title: str
    text: str
    people: tuple[str, ...]
    tags: tuple[str, ...]
    figure: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The Timeline tab, the newest first. ``rhythm`` counts two-way contacts of the last 13 months, oldest first."""

    entries: tuple[Entry, ...]
    counts: dict[Kind, int]
    promises: tuple[TaskRow, ...]
    rhythm: tuple[tuple[dt.date, int], ...]
    labels: Labels
    known: tuple[Known, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A contract with its next renewal as of today (None: it does not run)."""

    id: int
    name: str
    product: str
    plan: str
    seats: int | None
    arr: Decimal | None
    amount: Decimal | None
    currency: str
    start_on: dt.date | None
    end_on: dt.date | None
    notice_months: int | None
    notice_days: int | None
    auto_renew: bool | None
    status: str
    trial: bool
    renewal: Renewal | None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that was made. ``paths`` are its files that are still there."""

    id: int
    at: dt.datetime
    template: str
    edition: str
    language: str
    as_of: dt.date
    files: tuple[str, ...]
    paths: tuple[str, ...]


def people(reads: Reads, account_id: int, today: dt.date) -> People:
    """The account's people."""
    db = Once(reads)
    days = LocalDays(zone_name(db))
    found = tuple(
        Person(
            one.id, one.name, one.title or "", one.department or "", one.email or "", one.phone or "", one.influence,
            one.sentiment, one.status == "left", one.left_on, one.moved_to or "", tuple(sorted(one.roles)),
            days.day_of(one.last_two_way) if one.last_two_way else None,
        )
        for one in queries.people(db, account_id, today)
    )  # fmt: skip
    return People(found, labels_of(db))


def timeline(reads: Reads, account_id: int, today: dt.date) -> Timeline:
    """Everything that happened up to today."""
    db = Once(reads)
    days = LocalDays(zone_name(db))
    entries = [_entry(row, days) for row in account_timeline.happenings(db, account_id, today)]
    entries.sort(key=lambda one: (one.day, one.record == "interaction", one.id), reverse=True)
    counts: dict[Kind, int] = {}
    for one in entries:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    open_tasks = queries.tasks(db, account_id, dt.date.max)
    return Timeline(
        tuple(entries),
        counts,
        tuple(one for one in open_tasks if one.kind != "task" and one.done_on is None),
        _rhythm(db, account_id, days, today),
        labels_of(db),
        tuple(contact_queries.people_of(db, account_id)),
        drafts.draft(db, note_key(account_id)),
    )


def note_key(account_id: int) -> str:
    """Under which the contact being written on the timeline is kept."""
    return f"account:{account_id}:note"


def contracts(reads: Reads, account_id: int, today: dt.date) -> tuple[ContractLine, ...]:
    """The account's contracts, the newest term first."""
    return tuple(
        ContractLine(
            row.id, row.name or _number(row.external_id), row.product or "", row.plan or "", row.seats, row.yearly,
            row.amount, row.currency or "", row.term.start_on, row.term.end_on, row.term.notice_months,
            row.term.notice_days, row.term.auto_renew, row.term.status, row.term.is_trial,
            renewal(row.term, today) if runs_at(row.term, today) else None,
        )
        for row in contract_queries.contracts(reads, account_id)
    )  # fmt: skip


def tasks(reads: Reads, account_id: int, today: dt.date) -> tuple[TaskRow, ...]:
    """Open tasks and promises, the most urgent first, then those of the last 30 days that are done."""
    return queries.tasks(reads, account_id, today - dt.timedelta(days=DONE_SHOWN_DAYS))


def documents(reads: Reads, account_id: int) -> tuple[DocumentLine, ...]:
    """The documents made, and which of their files are still where documents go."""
    folder = chosen_folder(reads)
    return tuple(_document(row, folder) for row in queries.documents(reads, account_id))


def _document(row: PackRow, folder: str) -> DocumentLine:
    names = tuple(os.path.basename(name) for name in row.files)
    return DocumentLine(
        row.id,
        row.at,
        row.template,
        row.edition,
        row.language,
        row.as_of,
        names,
        still_there(row.files, folder),
    )


def _entry(row: Happening, days: LocalDays) -> Entry:
    day = days.day_of(row.at) if "T" in row.at else dt.date.fromisoformat(row.at)
    kind: Kind = "change"
    if row.kind == "interaction":
        kind = _CHANNELS.get(row.what, "contact")
    elif row.kind in {"ticket", "survey"}:
        kind = "ticket" if row.kind == "ticket" else "survey"
    return Entry(
        kind, row.kind, row.id, day, row.what, row.title, row.text, tuple(filter(None, row.people.split("\n"))),
        tuple(filter(None, row.tags.split("\n"))), row.figure, row.state,
    )  # fmt: skip


def _number(external_id: str | None) -> str:
    """The contract's own number; one made up at import ("acme#main") tells nobody anything."""
    return "" if external_id is None or external_id.endswith("#main") else external_id


def _rhythm(db: Once, account_id: int, days: LocalDays, today: dt.date) -> tuple[tuple[dt.date, int], ...]:
    from cs_workbench.domain.months import add_months

    first = today.replace(day=1)
    months = [add_months(first, at - 12).replace(day=1) for at in range(13)]
    counts = dict.fromkeys(months, 0)
    for at in account_timeline.two_way(db, account_id, today, months[0] - dt.timedelta(days=2)):
        month = days.day_of(at).replace(day=1)
        if month in counts:
            counts[month] += 1
    return tuple(counts.items())
