"""What the account page reads: its head in one statement, and one statement a tab."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.store.queries import health_calls, onboarding, plans
from cs_workbench.store.queries.account_timeline import CHANGES
from cs_workbench.store.queries.briefing_rows import MonthRow
from cs_workbench.store.queries.local_days import as_of_params
from cs_workbench.store.queries.terms import TWO_WAY

if TYPE_CHECKING:
    from cs_workbench.store.queries.health_calls import HealthCallRow
    from cs_workbench.store.queries.onboarding import OpenRow
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class HeadRow:
    """An account's own fields, how much is on record, when it was looked at, its scores of the last year, and the CSM's
    newest call on its health."""

    id: int
    name: str
    tier: str | None
    stage: str | None
    owner: str | None
    currency: str | None
    archived: bool
    people: int
    records: int
    contracts: int
    open_tasks: int
    documents: int
    looked: str
    trend: tuple[tuple[dt.date, float | None], ...]
    newest: tuple[NewRow, ...]
    call: HealthCallRow | None = None
    objectives: int = 0  # of the plan its tab opens with
    detail: str | None = None  # of the score as of the last look before, else of yesterday
    onboarding: OpenRow | None = None


@dataclass(frozen=True, slots=True)
class NewRow:
    """A record of the last two months: kind (interaction, ticket, survey), instant or date, channel or kind, words."""

    kind: str
    id: int
    at: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with roles and the newest contact in both directions (an instant)."""

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
    last_two_way: str | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task or promise, done or not, with the person it is about."""

    id: int
    kind: str
    title: str
    owner: str | None
    person: str | None
    due_on: dt.date | None
    done_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class PackRow:
    """A document that was made."""

    id: int
    at: dt.datetime
    template: str
    edition: str
    language: str
    as_of: dt.date
    files: tuple[str, ...]


_LOOK = "coalesce((select body from draft where key = :seen), '')"
_BEFORE = f"""(select s.detail from snapshot s where s.account_id = a.id and s.as_of <= coalesce(
    (select case when last = :t then before else last end from (
       select date(nullif(substr(body, 1, instr(body, ' ') - 1), '')) as before,
         date(nullif(substr(body, instr(body, ' ') + 1), '')) as last
       from (select {_LOOK} as body))),
    date(:t, '-1 day')) order by s.as_of desc, s.id desc limit 1)"""
"""The score to compare with; ``body`` says the two last days on which the account was looked at."""

_TREND = """(select json_group_array(json_array(as_of, score)) from (
                     select s.as_of, s.score from snapshot s
                     where s.account_id = a.id and s.as_of <= :t and s.as_of > date(:t, '-13 months')
                       and s.id = (select max(x.id) from snapshot x
                                   where x.account_id = a.id and x.as_of = s.as_of)
                     order by s.as_of))"""


def head(db: Reads, account_id: int, as_of: dt.date) -> HeadRow | None:
    """The account's head as of a date; None where there is no such account."""
    row = db.one(
        f"""select a.id, a.name, a.tier, a.stage, a.owner,
                  (select value ->> '$' from setting where key = 'currency'), a.archived_at is not null,
                  (select count(*) from person where account_id = a.id),
                  (select count(*) from interaction where account_id = a.id and at < :tomorrow)
                    + (select count(*) from ticket where account_id = a.id and opened_at < :tomorrow)
                    + (select count(*) from survey where account_id = a.id and answered_on <= :t)
                    + (select count(*) from ({CHANGES})),
                  (select count(*) from contract where account_id = a.id),
                  (select count(*) from task where account_id = a.id and done_on is null),
                  (select count(*) from pack_record where account_id = a.id),
                  {_LOOK},
                  {_TREND},
                  (select json_group_array(json_array(kind, id, at, what, text)) from (
                     select 'interaction' as kind, id, at, channel as what,
                       substr(case when subject <> '' then subject else body end, 1, 200) as text
                     from interaction where account_id = a.id and at < :tomorrow and at >= date(:t, '-2 months')
                     union all select 'ticket', id, opened_at, coalesce(priority, ''), substr(subject, 1, 200)
                     from ticket where account_id = a.id and opened_at < :tomorrow
                       and opened_at >= date(:t, '-2 months')
                     union all select 'survey', id, answered_on, kind, substr(comment, 1, 200)
                     from survey where account_id = a.id and answered_on <= :t
                       and answered_on >= date(:t, '-2 months')
                     order by at desc limit 8)),
                  {health_calls.NEWEST}, {plans.OBJECTIVES}, {_BEFORE}, {onboarding.OPEN}
                from account a where a.id = :a""",
        {**as_of_params(db, as_of), "a": account_id, "seen": seen_key(account_id)},
    )
    if row is None:
        return None
    trend = tuple((dt.date.fromisoformat(day), score) for day, score in json.loads(row[13]))
    newest = tuple(NewRow(*one) for one in json.loads(row[14]))
    call = health_calls.from_column(row[15])
    return HeadRow(
        *[*row[:6], bool(row[6]), *row[7:13], trend, newest, call, *row[16:18], onboarding.open_from(row[18])]
    )


def seen_key(account_id: int) -> str:
    """Under which draft key it is kept when the account was looked at: like drafts, it is no edit and not undone."""
    return f"seen:account:{account_id}"


def seen_last(db: Reads, most: int) -> list[int]:
    """The accounts looked at last that are still there, the newest first."""
    rows = db.all(
        """select a.id from draft d join account a on d.key = 'seen:account:' || a.id
           where a.archived_at is null order by d.updated_at desc, a.id limit :most""",
        {"most": most},
    )
    return [row[0] for row in rows]


def people(db: Reads, account_id: int, as_of: dt.date) -> tuple[PersonRow, ...]:
    """Those still there first, the most influential before others."""
    rows = db.all(
        f"""select p.id, p.name, p.reading, p.title, p.department, p.email, coalesce(p.phone, p.mobile), p.influence,
                  p.sentiment, p.status, p.left_on, p.moved_to,
                  (select group_concat(r.role) from person_role r where r.person_id = p.id),
                  (select max(i.at) from interaction_person ip join interaction i on i.id = ip.interaction_id
                   where ip.person_id = p.id and {TWO_WAY})
           from person p where p.account_id = :a
           order by p.status = 'left', p.influence is null, p.influence desc, p.id""",
        {**as_of_params(db, as_of), "a": account_id},
    )
    return tuple(
        PersonRow(
            *[*row[:10], _date(row[10]), row[11], tuple(row[12].split(",")) if row[12] else (), row[13]]
        )
        for row in rows
    )


def tasks(db: Reads, account_id: int, since: dt.date) -> tuple[TaskRow, ...]:
    """Open ones, the most urgent first; then those done since a date, the newest first."""
    rows = db.all(
        """select t.id, t.kind, t.title, t.owner, p.name, t.due_on, t.done_on, t.note
           from task t left join person p on p.id = t.person_id
           where t.account_id = :a and (t.done_on is null or t.done_on >= :since)
           order by t.done_on is not null, case when t.done_on is null then t.due_on is null end,
                    case when t.done_on is null then t.due_on end, t.done_on desc, t.id""",
        {"a": account_id, "since": since.isoformat()},
    )
    return tuple(TaskRow(*[*row[:5], _date(row[5]), _date(row[6]), row[7]]) for row in rows)


def readings(db: Reads, account_id: int, first: int, last: int) -> tuple[MonthRow, ...]:
    """By metric and month, from day *first* to day *last* (days since 1970-01-01), oldest first."""
    rows = db.all(
        """select m.id, m.name, m.family, m.feature, m.role, m.unit, m.aggregation,
                  strftime('%Y-%m', r.day * 86400, 'unixepoch') as month,
                  sum(r.value), count(*), max(r.value), 0, 0.0
           from metric m join reading r on r.account_id = :a and r.metric_id = m.id
             and r.day between :first and :last
           group by m.id, month order by m.id, month""",
        {"a": account_id, "first": first, "last": last},
    )
    newest = db.all(
        """select metric_id, strftime('%Y-%m', day * 86400, 'unixepoch') as month, max(day), value
           from reading where account_id = :a and day between :first and :last group by metric_id, month""",
        {"a": account_id, "first": first, "last": last},
    )
    ends = {(metric, month): (day, value) for metric, month, day, value in newest}
    return tuple(MonthRow(*[*row[:11], *ends[row[0], row[7]]]) for row in rows)


def documents(db: Reads, account_id: int) -> tuple[PackRow, ...]:
    """The documents made for an account, without their facts, the newest first."""
    rows = db.all(
        """select id, at, template, edition, language, as_of, files from pack_record
           where account_id = :a order by at desc, id desc""",
        {"a": account_id},
    )
    return tuple(
        PackRow(
            row[0], dt.datetime.fromisoformat(row[1]), row[2], row[3], row[4], dt.date.fromisoformat(row[5]),
            tuple(json.loads(row[6])),
        )
        for row in rows
    )  # fmt: skip


def labels(db: Reads) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """Every list entry: (list, key) → (English, Japanese, archived), in the order of the lists."""
    rows: list[tuple[Any, ...]] = db.all(
        "select list, key, label_en, label_ja, archived from list_item order by list, position, id"
    )
    return {(name, key): (en, ja, bool(archived)) for name, key, en, ja, archived in rows}


def amount(units: int | None) -> Decimal | None:
    """Stored units of 1/10,000 as a sum."""
    return None if units is None else Decimal(units).scaleb(-4)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
