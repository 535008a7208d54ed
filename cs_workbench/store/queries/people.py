"""The people of an account as the stakeholder map reads them, and what hangs on one of them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import as_of_params, local_days
from cs_workbench.store.queries.terms import TWO_WAY

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

APART = "seen:apart:"
LEFT = "(p.status = 'left' and (p.left_on is null or p.left_on <= :t))"
"""Whether person ``p`` had left by ``:t``; the same rule as in a briefing."""


@dataclass(frozen=True, slots=True)
class StakeholderRow:
    """A person with roles, boss and the day of the newest two-way contact. ``left`` is as of the date asked for."""

    id: int
    account_id: int
    name: str
    title: str
    department: str
    email: str
    phone: str
    influence: int | None
    sentiment: str | None
    boss_id: int | None
    left: bool
    left_on: dt.date | None
    moved_to: str
    moved_to_id: int | None
    note: str
    roles: tuple[str, ...]
    last: dt.date | None
    contacts: int
    open_tasks: int
    name_key: str


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """A person of this account who is on record at another one too; ``how``: moved_to, came_from, mail, mobile."""

    person_id: int
    other_id: int
    account_id: int
    account: str
    how: str
    left: bool


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Something open that hangs on a person: task, promise_ours, promise_theirs, plan_item, objective, voice_case."""

    kind: str
    id: int
    title: str
    due_on: dt.date | None


def account(db: Reads, account_id: int) -> tuple[str, str | None] | None:
    """An account's name and tier; None where there is none."""
    found = db.one("select name, tier from account where id = :a", {"a": account_id})
    return None if found is None else (str(found[0]), found[1])


def account_of(db: Reads, person_id: int) -> int | None:
    """The account a person belongs to; None for nobody's, or where there is no such person."""
    found = db.scalar("select account_id from person where id = :p", {"p": person_id})
    return None if found is None else int(found)


def stakeholders(db: Reads, account_id: int, as_of: dt.date) -> tuple[StakeholderRow, ...]:
    """Everybody on record: those still there first, the most influential before others."""
    days = local_days(db)
    rows = db.all(
        f"""select p.id, p.account_id, p.name, coalesce(p.title, ''), coalesce(p.department, ''),
                  coalesce(p.email, ''), coalesce(p.phone, p.mobile, ''), p.influence, p.sentiment, p.reports_to_id,
                  {LEFT}, p.left_on, coalesce(p.moved_to, ''), p.moved_to_account_id, p.note,
                  (select group_concat(r.role) from person_role r where r.person_id = p.id),
                  (select max(i.at) from interaction_person ip join interaction i on i.id = ip.interaction_id
                   where ip.person_id = p.id and {TWO_WAY}),
                  (select count(*) from interaction_person ip join interaction i on i.id = ip.interaction_id
                   where ip.person_id = p.id and i.at < :tomorrow),
                  (select count(*) from task k where k.person_id = p.id and k.done_on is null), p.name_key
           from person p where p.account_id = :a
           order by {LEFT}, p.influence is null, p.influence desc, p.id""",
        {**as_of_params(db, as_of), "a": account_id},
    )
    return tuple(
        StakeholderRow(
            *[*row[:10], bool(row[10]), _date(row[11]), *row[12:15],
              tuple(sorted(row[15].split(","))) if row[15] else (), days.day_of(row[16]) if row[16] else None,
              *row[17:]]
        )
        for row in rows
    )  # fmt: skip


def elsewhere(db: Reads, account_id: int) -> tuple[ElsewhereRow, ...]:
    """Who of the account is on record at another one too.

    Known by the move that was entered, or by the same mail address or mobile number; a name alone says nothing.
    """
    rows = db.all(
        """select p.id, q.id, b.id, b.name, x.how, q.status = 'left'
           from (
             select p.id as one, q.id as other, 'moved_to' as how from person p join person q
               on q.account_id = p.moved_to_account_id and q.name_key = p.name_key where p.account_id = :a
             union all
             select p.id, q.id, 'came_from' from person p join person q
               on q.moved_to_account_id = p.account_id and q.name_key = p.name_key where p.account_id = :a
             union all
             select p.id, q.id, 'mail' from person p join person q on q.email = p.email
               where p.account_id = :a and p.email <> ''
             union all
             select p.id, q.id, 'mobile' from person p join person q on q.mobile = p.mobile
               where p.account_id = :a and p.mobile <> '') x
           join person p on p.id = x.one join person q on q.id = x.other join account b on b.id = q.account_id
           where q.account_id <> p.account_id and b.archived_at is null
           order by p.id, x.how in ('mail', 'mobile'), q.id""",
        {"a": account_id},
    )
    found: dict[tuple[int, int], ElsewhereRow] = {}
    for row in rows:
        found.setdefault((row[0], row[1]), ElsewhereRow(*[*row[:5], bool(row[5])]))
    return tuple(found.values())


def open_things(db: Reads, person_id: int) -> tuple[OpenRow, ...]:
    """What is open and hangs on a person, by date: tasks, promises, plan steps, objectives, cases of voice."""
    rows = db.all(
        """select kind, id, title, due_on from (
             select kind, id, title, due_on from task where person_id = :p and done_on is null
             union all select 'plan_item', i.id, i.title, i.due_on from plan_item i
               join success_plan s on s.id = i.plan_id
               where i.person_id = :p and i.status = 'open' and s.status in ('active', 'draft')
             union all select 'objective', o.id, o.title, o.due_on from objective o
               join success_plan s on s.id = o.plan_id
               where o.owner_theirs_id = :p and o.status = 'open' and s.status in ('active', 'draft')
             union all select 'voice_case', v.id, v.said, v.promised_on from voice_case v
               where v.person_id = :p and v.status in ('open', 'hold'))
           order by due_on is null, due_on, kind, id""",
        {"p": person_id},
    )
    return tuple(OpenRow(row[0], row[1], row[2], _date(row[3])) for row in rows)


def open_titles(db: Reads, account_id: int) -> frozenset[str]:
    """Titles of the account's open tasks and promises."""
    rows = db.all("select title from task where account_id = :a and done_on is null", {"a": account_id})
    return frozenset(row[0] for row in rows)


def said_apart(db: Reads) -> frozenset[str]:
    """The pairs of which somebody said that they are two people."""
    rows = db.all(
        "select key from draft where key >= :low and key < :high", {"low": APART, "high": f"{APART}~"}
    )
    return frozenset(row[0] for row in rows)


def lines(db: Reads, account_id: int) -> dict[int, int | None]:
    """Who reports to whom at an account."""
    return dict(db.all("select id, reports_to_id from person where account_id = :a", {"a": account_id}))


def accounts_like(db: Reads, keys: tuple[str, ...]) -> dict[str, int]:
    """Accounts by the exact key of their name or of a confirmed other spelling."""
    rows = db.all(
        """select name_key, id from account where archived_at is null
             and name_key in (select value from json_each(:keys))
           union all select n.name_key, n.account_id from account_alias n
             join account a on a.id = n.account_id
             where a.archived_at is null and n.name_key in (select value from json_each(:keys))""",
        {"keys": json.dumps(list(keys), ensure_ascii=False)},
    )
    found: dict[str, int] = {}
    for key, number in rows:
        found.setdefault(key, number)
    return found


def account_names(db: Reads) -> list[tuple[int, str, str]]:
    """Id, name and name key of every account that is not archived, by name."""
    return [
        (row[0], row[1], row[2])
        for row in db.all(
            "select id, name, name_key from account where archived_at is null order by name, id"
        )
    ]


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
