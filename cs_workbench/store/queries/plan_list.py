"""All success plans at once: heads, objectives with their newest value, open steps, promises; four statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import EPOCH
from cs_workbench.store.queries.plans import ObjectiveRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A plan, with the day of its last review (None: never)."""

    id: int
    account_id: int
    account: str
    name: str
    purpose: str
    status: str
    owner: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    reviewed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """An objective with its newest value not after the day asked for."""

    plan_id: int
    row: ObjectiveRow
    value: float | None
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """An open milestone or action with a date."""

    plan_id: int
    title: str
    side: str
    due_on: dt.date


_HEADS = """
select p.id, p.account_id, a.name, p.name, p.purpose, p.status, coalesce(a.owner, ''), p.starts_on, p.ends_on,
    (select max(v.made_on) from plan_version v where v.plan_id = p.id)
from success_plan p join account a on a.id = p.account_id where a.archived_at is null
order by p.status not in ('active', 'draft'), p.status <> 'active', a.name_key, p.id"""

_GOALS = """
select o.plan_id, o.id, o.position, o.title, o.measure, o.metric_id, o.unit, o.direction, o.baseline, o.target,
    o.due_on, o.status,
    case when o.metric_id is null then h.value else r.value end,
    case when o.metric_id is null then h.on_date else date((r.day + 2440587.5)) end
from objective o join success_plan p on p.id = o.plan_id
left join reading r on r.account_id = p.account_id and r.metric_id = o.metric_id and r.day = (
    select max(n.day) from reading n where n.account_id = p.account_id and n.metric_id = o.metric_id and n.day <= :day)
left join objective_reading h on h.objective_id = o.id and h.on_date = (
    select max(n.on_date) from objective_reading n where n.objective_id = o.id and n.on_date <= :t)
order by o.plan_id, o.position, o.id"""


def heads(db: Reads) -> tuple[HeadRow, ...]:
    """Every plan of accounts not archived: those under way first, by account."""
    return tuple(HeadRow(*(*row[:7], _day(row[7]), _day(row[8]), _day(row[9]))) for row in db.all(_HEADS))


def goals(db: Reads, as_of: dt.date) -> dict[int, tuple[GoalRow, ...]]:
    """The objectives by plan, in order."""
    found: dict[int, list[GoalRow]] = {}
    for row in db.all(_GOALS, {"t": as_of.isoformat(), "day": as_of.toordinal() - EPOCH}):
        kept = ObjectiveRow(*(*row[1:6], "", *row[6:10], _day(row[10]), "", None, "", row[11], "", None, ""))
        value = None if row[12] is None else float(row[12])
        found.setdefault(row[0], []).append(GoalRow(row[0], kept, value, _day(row[13])))
    return {key: tuple(rows) for key, rows in found.items()}


def steps(db: Reads) -> dict[int, tuple[StepRow, ...]]:
    """The open steps with a date by plan, the first due first."""
    found: dict[int, list[StepRow]] = {}
    rows = db.all(
        """select plan_id, title, side, due_on from plan_item
           where status = 'open' and due_on is not null order by plan_id, due_on, position, id"""
    )
    for plan, title, side, due in rows:
        found.setdefault(plan, []).append(StepRow(plan, title, side, dt.date.fromisoformat(due)))
    return {key: tuple(kept) for key, kept in found.items()}


def promises(db: Reads) -> dict[int, tuple[int, int]]:
    """Open promises by account: (ours, theirs)."""
    rows = db.all(
        """select account_id, sum(kind = 'promise_ours'), sum(kind = 'promise_theirs') from task
           where done_on is null and kind in ('promise_ours', 'promise_theirs') group by account_id"""
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
