"""Onboardings with their checklists, and what became of the accounts afterwards."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class RunRow:
    """One onboarding. ``contract_on``: when its contract began. ``renewed`` says whether that contract was renewed
    once it came to its end (None: not yet known). ``follow_up`` and ``reason`` belong to the decision.
    """

    id: int
    account_id: int
    account: str
    stage: str | None
    owner: str
    started_on: dt.date
    ends_on: dt.date
    first_value_on: dt.date | None
    finished_on: dt.date | None
    decision: str | None
    decided_on: dt.date | None
    reason: str
    follow_up: str
    extended_to: dt.date | None
    contract_on: dt.date | None
    score: float | None
    band: str
    renewed: bool | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A line of a checklist; ``side`` says whose it is ("ours" or "theirs")."""

    id: int
    onboarding_id: int
    position: int
    title: str
    side: str
    milestone: bool
    due_on: dt.date | None
    done_on: dt.date | None


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An onboarding under way as an account's head reads it: its dates, and (title, milestone, due, done) a line."""

    started_on: dt.date
    ends_on: dt.date
    decision: str | None
    extended_to: dt.date | None
    items: tuple[tuple[str, bool, dt.date | None, dt.date | None], ...]


OPEN = """(select json_array(o.started_on, o.ends_on, o.decision, o.extended_to, (
        select json_group_array(json_array(title, milestone, due_on, done_on)) from (
            select i.title, i.milestone, i.due_on, i.done_on from onboarding_item i
            where i.onboarding_id = o.id order by i.position, i.id)))
    from onboarding o where o.account_id = a.id and (o.finished_on is null or o.finished_on > :t)
    order by o.started_on desc, o.id desc limit 1)"""
"""A column of a statement over ``account a``: the onboarding under way; ``open_from`` reads it."""

_RUNS = """
select o.id, o.account_id, a.name, a.stage, coalesce(a.owner, ''), o.started_on, o.ends_on, o.first_value_on,
    o.finished_on, o.decision, o.decided_on, o.reason, o.follow_up, o.extended_to,
    case when a.customer_since between date(o.started_on, '-366 days') and date(o.started_on, '+31 days')
         then a.customer_since else c.start_on end,
    s.score, coalesce(s.band, 'none'),
    case when c.end_on < :t and exists (
            select 1 from contract n where n.account_id = a.id and n.is_trial = 0 and n.status <> 'draft'
              and n.id <> c.id and n.start_on > c.start_on and n.start_on <= :t) then 1
         when a.churned_on <= :t then 0
         when c.end_on < :t then c.auto_renew = 1 and c.status = 'active' end
from onboarding o join account a on a.id = o.account_id
left join contract c on c.id = (
    select x.id from contract x where x.account_id = a.id and x.is_trial = 0 and x.status <> 'draft'
      and x.start_on <= :t
    order by x.start_on > date(o.started_on, '+31 days'), abs(julianday(x.start_on) - julianday(o.started_on)), x.id
    limit 1)
left join snapshot s on s.id = (
    select x.id from snapshot x where x.account_id = a.id and x.as_of <= :t order by x.as_of desc, x.id desc limit 1)
where a.archived_at is null and (:a is null or o.account_id = :a)
order by o.started_on desc, o.id desc"""

_ITEMS = """
select i.id, i.onboarding_id, i.position, i.title, i.side, i.milestone, i.due_on, i.done_on
from onboarding_item i join onboarding o on o.id = i.onboarding_id
where (:a is null or o.account_id = :a) order by i.onboarding_id, i.position, i.id"""


def runs(db: Reads, as_of: dt.date, account_id: int | None = None) -> tuple[RunRow, ...]:
    """Every onboarding of accounts not archived (or of one account), the latest begun first."""
    rows = db.all(_RUNS, {"t": as_of.isoformat(), "a": account_id})
    return tuple(
        RunRow(*(*row[:5], dt.date.fromisoformat(row[5]), dt.date.fromisoformat(row[6]), _day(row[7]), _day(row[8]),
               row[9], _day(row[10]), row[11], row[12], _day(row[13]), _day(row[14]), row[15], row[16],
               None if row[17] is None else bool(row[17])))
        for row in rows
    )  # fmt: skip


def open_from(column: str | None) -> OpenRow | None:
    """What the column ``OPEN`` holds."""
    if column is None:
        return None
    start, end, decision, extended, lines = json.loads(column)
    items = tuple((title, bool(milestone), _day(due), _day(done)) for title, milestone, due, done in lines)
    return OpenRow(dt.date.fromisoformat(start), dt.date.fromisoformat(end), decision, _day(extended), items)


def items(db: Reads, account_id: int | None = None) -> dict[int, tuple[ItemRow, ...]]:
    """The checklists by onboarding, in order."""
    found: dict[int, list[ItemRow]] = {}
    for row in db.all(_ITEMS, {"a": account_id}):
        made = ItemRow(*(*row[:5], bool(row[5]), _day(row[6]), _day(row[7])))
        found.setdefault(made.onboarding_id, []).append(made)
    return {key: tuple(rows) for key, rows in found.items()}


def open_of(db: Reads, account_id: int) -> int | None:
    """The account's onboarding that is not finished, if there is one."""
    found: int | None = db.scalar(
        "select id from onboarding where account_id = :a and finished_on is null order by id desc limit 1",
        {"a": account_id},
    )
    return found


def account_known(db: Reads, account_id: int) -> tuple[str, str] | None:
    """(name, owner) of an account, None where it is unknown."""
    row = db.one("select name, coalesce(owner, '') from account where id = :a", {"a": account_id})
    return None if row is None else (str(row[0]), str(row[1]))


def is_done(db: Reads, item_id: int) -> bool:
    """Whether a line is done."""
    return db.scalar("select done_on from onboarding_item where id = :i", {"i": item_id}) is not None


def siblings(db: Reads, item_id: int) -> list[tuple[int, int]]:
    """(id, position) of the lines of an item's checklist, in order."""
    rows = db.all(
        """select id, position from onboarding_item where onboarding_id = (
               select onboarding_id from onboarding_item where id = :i) order by position, id""",
        {"i": item_id},
    )
    return [(int(row[0]), int(row[1])) for row in rows]


def next_position(db: Reads, onboarding_id: int) -> int:
    """The position after the last line."""
    sql = "select coalesce(max(position), -1) + 1 from onboarding_item where onboarding_id = :o"
    return int(db.scalar(sql, {"o": onboarding_id}))


def startable(db: Reads) -> list[tuple[Any, ...]]:
    """(id, name, since) of accounts of today without an open onboarding, those who came last first."""
    return db.all(
        """select a.id, a.name, a.customer_since from account a
           where a.archived_at is null and a.churned_on is null
             and not exists (select 1 from onboarding o where o.account_id = a.id and o.finished_on is null)
           order by a.customer_since is null, a.customer_since desc, a.name_key, a.id"""
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
