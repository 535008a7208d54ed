"""Success plans as they are kept: heads, objectives with readings, items, risks, versions; and the promises beside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

Entity: TypeAlias = Literal["plan", "objective", "item", "risk", "reading"]
TABLES: dict[Entity, str] = {
    "plan": "success_plan", "objective": "objective", "item": "plan_item", "risk": "plan_risk",
    "reading": "objective_reading",
}  # fmt: skip
"""Where each part of a plan is kept."""

_FIRST = "p.status not in ('active', 'draft'), p.status <> 'active', p.id desc"
OBJECTIVES = f"""(select count(*) from objective where plan_id = (
    select p.id from success_plan p where p.account_id = a.id order by {_FIRST} limit 1))"""
"""How many objectives the plan of account ``a`` has that is shown first: a column for another statement."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan's head. ``note`` is internal."""

    id: int
    account_id: int
    account: str
    name: str
    purpose: str
    sponsor_ours: str
    sponsor_theirs_id: int | None
    sponsor_theirs: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    status: str
    note: str
    objectives: int


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective as kept. ``metric`` is the name of the metric its readings follow, "" without one."""

    id: int
    position: int
    title: str
    measure: str
    metric_id: int | None
    metric: str
    unit: str
    direction: Literal["up", "down"]
    baseline: float | None
    target: float | None
    due_on: dt.date | None
    owner_ours: str
    owner_theirs_id: int | None
    owner_theirs: str
    status: str
    verified_by: str
    verified_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One value on one day; ``id`` is 0 where a metric gave it."""

    id: int
    on: dt.date
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A milestone or action. ``person`` is the name of theirs who does it."""

    id: int
    objective_id: int | None
    parent_id: int | None
    kind: Literal["milestone", "action"]
    position: int
    title: str
    side: Literal["ours", "theirs"]
    owner: str
    person_id: int | None
    person: str
    starts_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """What may go wrong, with what is done about it."""

    id: int
    position: int
    title: str
    likelihood: int | None
    impact: int | None
    response: str
    owner: str
    shareable: bool
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A dated version, without its body."""

    id: int
    number: int
    made_on: dt.date
    label: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise of the account, of either side."""

    id: int
    kind: Literal["promise_ours", "promise_theirs"]
    title: str
    owner: str
    person: str
    due_on: dt.date | None
    done_on: dt.date | None


_HEAD = """select p.id, p.account_id, a.name, p.name, p.purpose, coalesce(p.sponsor_ours, ''), p.sponsor_theirs_id,
       coalesce(s.name, ''), p.starts_on, p.ends_on, p.status, p.note,
       (select count(*) from objective o where o.plan_id = p.id)
   from success_plan p join account a on a.id = p.account_id left join person s on s.id = p.sponsor_theirs_id"""


def plan(db: Reads, plan_id: int) -> PlanRow | None:
    """One plan's head."""
    row = db.one(f"{_HEAD} where p.id=:p", {"p": plan_id})
    return None if row is None else _plan(row)


def account_plans(db: Reads, account_id: int) -> tuple[PlanRow, ...]:
    """The plans of an account: the active one first, then the newest."""
    rows = db.all(
        f"""{_HEAD} where p.account_id=:a order by {_FIRST}""",
        {"a": account_id},
    )
    return tuple(_plan(row) for row in rows)


def objectives(db: Reads, plan_id: int) -> tuple[ObjectiveRow, ...]:
    """The objectives of a plan in order."""
    rows = db.all(
        """select o.id, o.position, o.title, o.measure, o.metric_id, coalesce(m.name, ''), o.unit, o.direction,
               o.baseline, o.target, o.due_on, coalesce(o.owner_ours, ''), o.owner_theirs_id,
               coalesce(p.name, ''), o.status, coalesce(o.verified_by, ''), o.verified_on, o.note
           from objective o left join metric m on m.id = o.metric_id left join person p on p.id = o.owner_theirs_id
           where o.plan_id=:p order by o.position, o.id""",
        {"p": plan_id},
    )
    return tuple(
        ObjectiveRow(*(*row[:10], _day(row[10]), *row[11:16], _day(row[16]), row[17])) for row in rows
    )


def items(db: Reads, plan_id: int) -> tuple[ItemRow, ...]:
    """Milestones and actions of a plan, siblings in order."""
    rows = db.all(
        """select i.id, i.objective_id, i.parent_id, i.kind, i.position, i.title, i.side, coalesce(i.owner, ''),
               i.person_id, coalesce(p.name, ''), i.starts_on, i.due_on, i.done_on, i.status, i.note
           from plan_item i left join person p on p.id = i.person_id
           where i.plan_id=:p order by i.position, i.id""",
        {"p": plan_id},
    )
    return tuple(
        ItemRow(*(*row[:10], _day(row[10]), _day(row[11]), _day(row[12]), *row[13:])) for row in rows
    )


def readings(db: Reads, plan_id: int) -> dict[int, tuple[ReadingRow, ...]]:
    """Values entered by hand, by objective, oldest first."""
    rows = db.all(
        """select r.objective_id, r.id, r.on_date, r.value, r.source
           from objective_reading r join objective o on o.id = r.objective_id
           where o.plan_id=:p order by r.objective_id, r.on_date""",
        {"p": plan_id},
    )
    found: dict[int, list[ReadingRow]] = {}
    for objective, number, on, value, source in rows:
        found.setdefault(objective, []).append(
            ReadingRow(number, dt.date.fromisoformat(on), float(value), source)
        )
    return {key: tuple(values) for key, values in found.items()}


def followed(db: Reads, plan_id: int, as_of: dt.date) -> dict[int, tuple[ReadingRow, ...]]:
    """Readings of the metrics that objectives follow, the last of each week from the plan's start to *as_of*."""
    rows = db.all(
        """select o.id, max(r.day), r.value, m.name
           from objective o join success_plan p on p.id = o.plan_id join metric m on m.id = o.metric_id
           cross join reading r
           where o.plan_id = :p and r.account_id = p.account_id and r.metric_id = o.metric_id
             and r.day between coalesce(cast(julianday(p.starts_on) - 2440587.5 as integer), :day - 400) and :day
           group by o.id, r.day / 7 order by o.id, r.day""",
        {"p": plan_id, "day": as_of.toordinal() - EPOCH},
    )
    found: dict[int, list[ReadingRow]] = {}
    for objective, day, value, metric in rows:
        made = ReadingRow(0, dt.date.fromordinal(EPOCH + day), float(value), metric)
        found.setdefault(objective, []).append(made)
    return {key: tuple(values) for key, values in found.items()}


def risks(db: Reads, plan_id: int) -> tuple[RiskRow, ...]:
    """The risks of a plan in order."""
    rows = db.all(
        """select id, position, title, likelihood, impact, response, coalesce(owner, ''), shareable, closed_on
           from plan_risk where plan_id=:p order by position, id""",
        {"p": plan_id},
    )
    return tuple(RiskRow(*(*row[:7], bool(row[7]), _day(row[8]))) for row in rows)


def versions(db: Reads, plan_id: int) -> tuple[VersionRow, ...]:
    """The dated versions of a plan, newest first."""
    rows = db.all(
        "select id, number, made_on, label from plan_version where plan_id=:p order by number desc",
        {"p": plan_id},
    )
    return tuple(VersionRow(row[0], row[1], dt.date.fromisoformat(row[2]), row[3]) for row in rows)


def version_body(db: Reads, version_id: int) -> tuple[int, str] | None:
    """The plan a version is of, and its JSON."""
    row = db.one("select plan_id, body from plan_version where id=:v", {"v": version_id})
    return None if row is None else (int(row[0]), str(row[1]))


def promises(db: Reads, account_id: int) -> tuple[PromiseRow, ...]:
    """Promises both ways: open ones by date, then those kept, newest first; at most 50."""
    rows = db.all(
        """select t.id, t.kind, t.title, coalesce(t.owner, ''), coalesce(p.name, ''), t.due_on, t.done_on
           from task t left join person p on p.id = t.person_id
           where t.account_id=:a and t.kind in ('promise_ours', 'promise_theirs')
           order by t.done_on is not null, t.done_on desc, t.due_on is null, t.due_on, t.id limit 50""",
        {"a": account_id},
    )
    return tuple(PromiseRow(*(*row[:5], _day(row[5]), _day(row[6]))) for row in rows)


def people(db: Reads, account_id: int) -> tuple[tuple[int, str], ...]:
    """Who works at the account: id and name, those who left last."""
    rows = db.all(
        "select id, name from person where account_id=:a order by status <> 'active', name_key, id",
        {"a": account_id},
    )
    return tuple((int(row[0]), str(row[1])) for row in rows)


def metrics(db: Reads, account_id: int) -> tuple[tuple[int, str], ...]:
    """Metrics the account was ever read by: what an objective may follow."""
    rows = db.all(
        """select m.id, m.name from metric m
           where exists (select 1 from reading r where r.account_id=:a and r.metric_id=m.id) order by m.name""",
        {"a": account_id},
    )
    return tuple((int(row[0]), str(row[1])) for row in rows)


def account_of(db: Reads, plan_id: int) -> int | None:
    """Whose plan it is."""
    found: int | None = db.scalar("select account_id from success_plan where id=:p", {"p": plan_id})
    return found


def tracked(db: Reads, as_of: dt.date, account_id: int | None = None) -> list[tuple[Any, ...]]:
    """What the scorecard needs of every objective of active plans, with its newest value not after *as_of*:
    (account, baseline, target, direction, starts, due, status, value, day of the value, role of the metric or None).
    """
    where = "" if account_id is None else "and p.account_id = :a"
    return db.all(
        f"""select p.account_id, o.baseline, o.target, o.direction, p.starts_on, coalesce(o.due_on, p.ends_on),
               o.status, r.value, r.day, (select m.role from metric m where m.id = o.metric_id)
           from success_plan p join objective o on o.plan_id = p.id
           left join reading r on r.account_id = p.account_id and r.metric_id = o.metric_id and r.day = (
               select max(n.day) from reading n
               where n.account_id = p.account_id and n.metric_id = o.metric_id and n.day <= :day)
           where p.status = 'active' and o.metric_id is not null and (p.starts_on is null or p.starts_on <= :t) {where}
           union all
           select p.account_id, o.baseline, o.target, o.direction, p.starts_on, coalesce(o.due_on, p.ends_on),
               o.status, r.value, cast(julianday(r.on_date) - 2440587.5 as integer), null
           from success_plan p join objective o on o.plan_id = p.id
           left join objective_reading r on r.objective_id = o.id and r.on_date = (
               select max(n.on_date) from objective_reading n where n.objective_id = o.id and n.on_date <= :t)
           where p.status = 'active' and o.metric_id is null and (p.starts_on is null or p.starts_on <= :t) {where}""",
        {"t": as_of.isoformat(), "day": as_of.toordinal() - EPOCH, "a": account_id},
    )


def next_position(db: Reads, table: str, where: str, params: dict[str, object]) -> int:
    """The position after the last among siblings; *where* is one of the fixed clauses of this floor's callers."""
    return int(db.scalar(f"select coalesce(max(position), -1) + 1 from {table} where {where}", params))


def status(db: Reads, entity: Literal["objective", "item"], record_id: int) -> str:
    """The status of an objective or item, "" where it is gone."""
    return str(db.scalar(f"select status from {TABLES[entity]} where id=:i", {"i": record_id}) or "")


def is_top(db: Reads, item_id: int) -> bool:
    """Whether an item stands directly under its objective."""
    return bool(db.scalar("select parent_id is null from plan_item where id=:i", {"i": item_id}))


def has_readings(db: Reads, objective_id: int) -> bool:
    """Whether values were entered for an objective."""
    sql = "select exists (select 1 from objective_reading where objective_id=:o)"
    return bool(db.scalar(sql, {"o": objective_id}))


def next_number(db: Reads, plan_id: int) -> int:
    """The number of the next version of a plan."""
    sql = "select coalesce(max(number), 0) + 1 from plan_version where plan_id=:p"
    return int(db.scalar(sql, {"p": plan_id}))


def _plan(row: tuple[Any, ...]) -> PlanRow:
    return PlanRow(*(*row[:8], _day(row[8]), _day(row[9]), *row[10:]))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def people_by_role(db: Reads) -> dict[int, dict[str, int]]:
    """Account → role → the person there who has it, the first of several; those who left are not counted."""
    found: dict[int, dict[str, int]] = {}
    rows = db.all(
        "select p.account_id, r.role, p.id from person_role r join person p on p.id = r.person_id"
        " where p.status = 'active' and p.account_id is not null order by p.id desc"
    )
    for account, role, person in rows:
        found.setdefault(account, {})[role] = person
    return found
