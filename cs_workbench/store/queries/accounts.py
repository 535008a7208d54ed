"""One account and everything the desk wants beside it; and the names by which an account is found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.store.queries.local_days import as_of_params, local_days
from cs_workbench.store.queries.terms import TWO_WAY

if TYPE_CHECKING:
    from cs_workbench.domain.local_days import LocalDays
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class AccountName:
    """What an account can be called: its name, the folded key, its kana reading."""

    id: int
    name: str
    name_key: str
    reading: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The fields of an account itself. ``note`` is internal."""

    id: int
    name: str
    reading: str
    tier: str | None
    stage: str | None
    segment: str | None
    parent_id: int | None
    parent: str | None
    owner: str | None
    industry: str | None
    country: str | None
    website: str | None
    phone: str | None
    address: str | None
    employees: int | None
    annual_revenue: Decimal | None
    currency: str | None
    customer_since: dt.date | None
    churned_on: dt.date | None
    note: str
    archived: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the account with their roles and when they last took part in a conversation."""

    id: int
    name: str
    reading: str
    title: str | None
    department: str | None
    email: str | None
    phone: str | None
    influence: int | None
    sentiment: str | None
    status: str
    left_on: dt.date | None
    moved_to: str | None
    roles: tuple[str, ...]
    last_contact: dt.date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One interaction, newest first. ``shareable`` says that it may stand in a customer document."""

    id: int
    at: dt.datetime
    channel: str
    direction: str
    subject: str
    body: str
    sentiment: str | None
    shareable: bool
    people: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task or promise that is not done."""

    id: int
    kind: str
    title: str
    owner: str | None
    due_on: dt.date | None
    shareable: bool


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket that was open at the date asked for."""

    id: int
    external_id: str | None
    subject: str
    status: str
    priority: str | None
    opened_at: dt.datetime
    escalated: bool


@dataclass(frozen=True, slots=True)
class CustomValue:
    """A custom field's value as canonical text, with its label and type."""

    key: str
    label: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is on record for an account up to a date."""

    people: int
    contracts: int
    interactions: int
    open_tasks: int
    tickets: int
    open_tickets: int
    surveys: int


_OPEN = """k.opened_at < :tomorrow and (k.solved_at >= :tomorrow
    or (k.solved_at is null and k.status not in ('done', 'no_action')))"""


def names(db: Reads) -> list[AccountName]:
    """Every account's names, archived ones last."""
    rows = db.all("select id, name, name_key, reading from account order by archived_at is not null, id")
    return [AccountName(*row) for row in rows]


def by_source_id(db: Reads, external_id: str) -> list[int]:
    """Accounts known to any source under this id, whatever its case."""
    rows = db.all(
        "select distinct account_id from account_source where external_id = :x collate nocase",
        {"x": external_id},
    )
    return [row[0] for row in rows]


def by_alias(db: Reads, name_key: str) -> list[int]:
    """Accounts for which this folded spelling was confirmed."""
    return [
        row[0] for row in db.all("select account_id from account_alias where name_key = :k", {"k": name_key})
    ]


def profile(db: Reads, account_id: int) -> Profile | None:
    """The account's own fields."""
    row = db.one(
        """select a.id, a.name, a.reading, a.tier, a.stage, g.key, a.parent_id, p.name, a.owner, a.industry,
                  a.country, a.website, a.phone, a.address, a.employees, a.annual_revenue, a.currency,
                  a.customer_since, a.churned_on, a.note, a.archived_at is not null
           from account a left join account p on p.id = a.parent_id left join segment g on g.id = a.segment_id
           where a.id = :a""",
        {"a": account_id},
    )
    if row is None:
        return None
    revenue = None if row[15] is None else Decimal(row[15]).scaleb(-4)
    return Profile(*[*row[:15], revenue, row[16], _date(row[17]), _date(row[18]), row[19], bool(row[20])])


def domains(db: Reads, account_id: int) -> tuple[str, ...]:
    """Mail and web domains."""
    rows = db.all(
        "select domain from account_domain where account_id = :a order by domain", {"a": account_id}
    )
    return tuple(row[0] for row in rows)


def tags(db: Reads, account_id: int) -> tuple[str, ...]:
    """Tags in order."""
    rows = db.all("select tag from account_tag where account_id = :a order by tag", {"a": account_id})
    return tuple(row[0] for row in rows)


def custom(db: Reads, account_id: int) -> tuple[CustomValue, ...]:
    """Custom values in the order of their fields."""
    rows = db.all(
        """select f.key, f.label, f.type, v.value from account_custom v join custom_field f on f.id = v.field_id
           where v.account_id = :a order by f.position, f.id""",
        {"a": account_id},
    )
    return tuple(CustomValue(*row) for row in rows)


def people(db: Reads, account_id: int, as_of: dt.date) -> tuple[PersonRow, ...]:
    """The account's people: those still there first, the most influential before others."""
    rows = db.all(
        f"""select p.id, p.name, p.reading, p.title, p.department, p.email, coalesce(p.phone, p.mobile), p.influence,
                  p.sentiment, p.status, p.left_on, p.moved_to,
                  (select group_concat(r.role) from person_role r where r.person_id = p.id),
                  (select max(i.at) from interaction_person ip join interaction i on i.id = ip.interaction_id
                   where ip.person_id = p.id and {TWO_WAY})
           from person p where p.account_id = :a
           order by p.status = 'left', p.influence is null, p.influence desc, p.id""",
        _params(db, account_id, as_of),
    )
    days = local_days(db)
    return tuple(_person(row, days) for row in rows)


def contacts(db: Reads, account_id: int, as_of: dt.date, limit: int) -> tuple[ContactRow, ...]:
    """The newest interactions not after a date, notes included, with the names of who took part."""
    rows = db.all(
        """select i.id, i.at, i.channel, i.direction, i.subject, i.body, i.sentiment, i.shareable,
                  coalesce((select group_concat(p.name, ', ') from interaction_person ip
                            join person p on p.id = ip.person_id where ip.interaction_id = i.id), '')
           from interaction i where i.account_id = :a and i.at < :tomorrow order by i.at desc, i.id desc limit :n""",
        {**_params(db, account_id, as_of), "n": limit},
    )
    return tuple(ContactRow(*[row[0], _instant(row[1]), *row[2:7], bool(row[7]), row[8]]) for row in rows)


def open_tasks(db: Reads, account_id: int, as_of: dt.date) -> tuple[TaskRow, ...]:
    """Tasks and promises not done by a date, the most urgent first."""
    rows = db.all(
        """select id, kind, title, owner, due_on, shareable from task
           where account_id = :a and created_at < :tomorrow and (done_on is null or done_on > :t)
           order by due_on is null, due_on, id""",
        _params(db, account_id, as_of),
    )
    return tuple(TaskRow(*[*row[:4], _date(row[4]), bool(row[5])]) for row in rows)


def open_tickets(db: Reads, account_id: int, as_of: dt.date) -> tuple[TicketRow, ...]:
    """Tickets that were open at a date, the most severe and oldest first."""
    rows = db.all(
        f"""select k.id, k.external_id, k.subject, k.status, k.priority, k.opened_at, k.escalated from ticket k
            where k.account_id = :a and {_OPEN}
            order by case k.priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end,
                     k.opened_at""",
        _params(db, account_id, as_of),
    )
    return tuple(TicketRow(*[*row[:5], _instant(row[5]), bool(row[6])]) for row in rows)


def counts(db: Reads, account_id: int, as_of: dt.date) -> Counts:
    """How much is on record up to a date."""
    row = db.one(
        f"""select (select count(*) from person where account_id = :a),
                   (select count(*) from contract where account_id = :a),
                   (select count(*) from interaction where account_id = :a and at < :tomorrow),
                   (select count(*) from task where account_id = :a and created_at < :tomorrow
                        and (done_on is null or done_on > :t)),
                   (select count(*) from ticket where account_id = :a and opened_at < :tomorrow),
                   (select count(*) from ticket k where k.account_id = :a and {_OPEN}),
                   (select count(*) from survey where account_id = :a and answered_on <= :t)""",
        _params(db, account_id, as_of),
    )
    return Counts(*(row or (0,) * 7))


def delete_tag(db: Change, account_id: int, tag: str) -> None:
    """Take a tag off an account."""
    db.execute("delete from account_tag where account_id = :a and tag = :tag", {"a": account_id, "tag": tag})


def list_keys(db: Reads, name: str) -> tuple[str, ...]:
    """The keys in use of a list the CSM owns."""
    rows = db.all("select key from list_item where list = :l and archived = 0 order by position", {"l": name})
    return tuple(row[0] for row in rows)


def _person(row: tuple[Any, ...], days: LocalDays) -> PersonRow:
    roles = tuple(sorted(row[12].split(","))) if row[12] else ()
    met = days.day_of(row[13]) if row[13] else None
    return PersonRow(*[*row[:10], _date(row[10]), row[11], roles, met])


def _params(db: Reads, account_id: int, as_of: dt.date) -> dict[str, object]:
    return as_of_params(db, as_of) | {"a": account_id}


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def by_key(db: Reads, key: str) -> int | None:
    """The account whose name has that key, the oldest of several; None where there is none."""
    found: int | None = db.scalar("select min(id) from account where name_key = ?", (key,))
    return found
