"""Reads for the contact log and tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain.mentions import Known

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as a person edits it: change a copy (``dataclasses.replace``) and save that."""

    id: int
    account_id: int
    at: dt.datetime
    channel: str
    direction: str
    subject: str
    body: str
    duration_min: int | None
    sentiment: str | None
    shareable: bool
    people: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task or promise with the name of its account."""

    id: int
    account_id: int
    account_name: str
    person_id: int | None
    interaction_id: int | None
    kind: str
    title: str
    owner: str | None
    due_on: dt.date | None
    done_on: dt.date | None
    shareable: bool
    note: str


def contact(db: Reads, interaction_id: int) -> Contact | None:
    """The contact *interaction_id*, or None when there is none."""
    row = db.one(
        "select id, account_id, at, channel, direction, subject, body, duration_min, sentiment, shareable"
        " from interaction where id = :id",
        {"id": interaction_id},
    )
    if row is None:
        return None
    people = db.all(
        "select person_id from interaction_person where interaction_id = :id order by id",
        {"id": interaction_id},
    )
    tags = db.all(
        "select tag from interaction_tag where interaction_id = :id order by id", {"id": interaction_id}
    )
    return Contact(
        id=row[0],
        account_id=row[1],
        at=dt.datetime.fromisoformat(row[2]),
        channel=row[3],
        direction=row[4],
        subject=row[5],
        body=row[6],
        duration_min=row[7],
        sentiment=row[8],
        shareable=bool(row[9]),
        people=tuple(person for (person,) in people),
        tags=tuple(tag for (tag,) in tags),
    )


def account_name(db: Reads, account_id: int) -> str | None:
    """The name of an account, or None when there is none."""
    name: str | None = db.scalar("select name from account where id = :id", {"id": account_id})
    return name


@dataclass(frozen=True, slots=True)
class AccountForTasks:
    """What of an account decides about tasks made for it."""

    name: str
    owner: str | None
    stage: str | None


def account_for_tasks(db: Reads, account_id: int) -> AccountForTasks | None:
    """Name, owner and stage of an account, or None when there is none."""
    row = db.one("select name, owner, stage from account where id = :id", {"id": account_id})
    return None if row is None else AccountForTasks(*row)


def people_of(db: Reads, account_id: int) -> list[Known]:
    """Everybody of an account, as a mention in the log is matched."""
    rows = db.all(
        "select id, name, reading, status = 'active' from person where account_id = :account order by id",
        {"account": account_id},
    )
    return [Known(row[0], row[1], row[2], bool(row[3])) for row in rows]


def channel_words(db: Reads) -> dict[str, str]:
    """The portfolio's own words for its channels, lower case: key and both labels → key."""
    rows = db.all("select key, label_en, label_ja from list_item where list = 'channel' order by position")
    return {word.lower(): key for key, *labels in rows for word in (key, *labels) if word and " " not in word}


def tasks(db: Reads, *, account_id: int | None = None, open_only: bool = True) -> list[TaskRow]:
    """Tasks and promises, the most urgent first; without a date last."""
    clauses = ["1"]
    if account_id is not None:
        clauses.append("t.account_id = :account")
    if open_only:
        clauses.append("t.done_on is null")
    rows = db.all(
        "select t.id, t.account_id, a.name, t.person_id, t.interaction_id, t.kind, t.title, t.owner, t.due_on,"
        " t.done_on, t.shareable, t.note from task t join account a on a.id = t.account_id"
        f" where {' and '.join(clauses)} order by t.due_on is null, t.due_on, t.id",
        {"account": account_id},
    )
    return [_task(row) for row in rows]


def _task(row: tuple[object, ...]) -> TaskRow:
    values = list(row)
    for at in (8, 9):
        if isinstance(values[at], str):
            values[at] = dt.date.fromisoformat(str(values[at]))
    values[10] = bool(values[10])
    return TaskRow(*values)  # type: ignore[arg-type]
