"""Stage moves, and what the criteria of a stage are held against: a constant number of statements for all accounts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import local_days

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One stage change with its reason."""

    account_id: int
    from_stage: str | None
    to_stage: str | None
    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    """What is known of an account beside its list row. ``since`` is the day of the move into its stage; where none was
    recorded, ``known_since`` is the first day the portfolio knew the account.
    """

    account_id: int
    since: dt.date | None
    known_since: dt.date
    customer_since: dt.date | None
    onboarding: str
    first_value: bool
    map_step: int | None
    objectives: int
    churned: bool
    under_contract: bool


_STANDING = """
select a.id,
    (select max(m.moved_on) from stage_move m where m.account_id = a.id and m.to_stage is a.stage and m.moved_on <= :t),
    a.created_at,
    coalesce(a.customer_since, (select min(c.start_on) from contract c
        where c.account_id = a.id and c.is_trial = 0 and c.status <> 'draft' and c.start_on <= :t)),
    coalesce((select case when o.finished_on is null then 'running' else 'over' end from onboarding o
        where o.account_id = a.id order by o.finished_on is not null, o.id desc limit 1), ''),
    exists (select 1 from onboarding o where o.account_id = a.id and o.first_value_on <= :t),
    (select count(*) from map_step s join map_step mine on mine.map_id = s.map_id
        where mine.id = p.step_id and s.position <= mine.position),
    (select count(*) from objective j join success_plan q on q.id = j.plan_id
        where q.account_id = a.id and j.status = 'reached'),
    coalesce(a.churned_on <= :t, 0),
    a.churned_on is null or exists (
        select 1 from contract c where c.account_id = a.id and c.is_trial = 0 and c.status <> 'draft'
          and c.start_on > a.churned_on and c.start_on <= :t and (c.end_on is null or c.end_on >= :t))
from account a left join map_place p on p.account_id = a.id
where a.archived_at is null"""

_SHARES = """
select s.account_id, m.value ->> 'key', m.value ->> 'value', m.value ->> 'unit'
from account a
join snapshot s on s.id = (select x.id from snapshot x where x.account_id = a.id and x.as_of <= :t
                           order by x.as_of desc, x.id desc limit 1)
join json_each(s.detail, '$.measures') m
where a.archived_at is null and m.value ->> 'key' in (select value from json_each(:keys))
  and m.value ->> 'reason' in ('measured', 'carried') and m.value ->> 'value' is not null"""

_MOVES = """select m.account_id, m.from_stage, m.to_stage, m.moved_on, m.reason from stage_move m
join account a on a.id = m.account_id
where a.archived_at is null and (:a is null or m.account_id = :a) order by m.moved_on, m.id"""

_DEPARTED = """select id from account where archived_at is null and stage = :stage
and (churned_on is null or churned_on <= :t or churned_on > :today)"""
"""A day of leaving that is still to come says nothing about any day looked at."""

_RECORD = """insert into stage_move (account_id, from_stage, to_stage, moved_on, reason)
select id, stage, :to, :on, :why from account where id in (select value from json_each(:ids)) and stage is not :to"""


def record(db: Change, ids: Sequence[int], stage: str | None, at: str, reason: str = "") -> int:
    """Record that the accounts go to *stage* at the instant *at* (UTC text); called in the same change, before their
    stage is written. Accounts that are there already are left out. Returns how many moved.
    """
    on = local_days(db).day_of(at).isoformat()
    return db.execute(_RECORD, {"ids": json.dumps(list(ids)), "to": stage, "on": on, "why": reason})


def departed(db: Reads, stage: str, as_of: dt.date, today: dt.date) -> frozenset[int]:
    """Accounts in *stage* today, without those that left between *as_of* and *today*."""
    params = {"stage": stage, "t": as_of.isoformat(), "today": today.isoformat()}
    return frozenset(row[0] for row in db.all(_DEPARTED, params))


def standings(db: Reads, as_of: dt.date) -> dict[int, StandingRow]:
    """What criteria ask, by account."""
    days = local_days(db)
    return {
        row[0]: StandingRow(row[0], _day(row[1]), days.day_of(row[2]), _day(row[3]), row[4], bool(row[5]),
                            row[6] or None, row[7], bool(row[8]), bool(row[9]))
        for row in db.all(_STANDING, {"t": as_of.isoformat()})
    }  # fmt: skip


def shares(db: Reads, as_of: dt.date, keys: Sequence[str]) -> dict[int, dict[str, tuple[float, str]]]:
    """The newest measured values of the scorecard's measures named: account → {key: (value, unit)}."""
    found: dict[int, dict[str, tuple[float, str]]] = {}
    for account, key, value, unit in db.all(
        _SHARES, {"t": as_of.isoformat(), "keys": json.dumps(list(keys))}
    ):
        found.setdefault(account, {})[key] = (float(value), unit)
    return found


def moves(db: Reads, account_id: int | None = None) -> tuple[MoveRow, ...]:
    """Every stage change, oldest first; of all accounts or of one."""
    return tuple(
        MoveRow(row[0], row[1], row[2], dt.date.fromisoformat(row[3]), row[4])
        for row in db.all(_MOVES, {"a": account_id})
    )


def stages(db: Reads) -> tuple[tuple[str, str, str, bool], ...]:
    """(key, English, Japanese, whether customers there are none any more) of the stage list, in its order."""
    rows = db.all(
        """select key, label_en, label_ja, coalesce(data ->> 'closed', 0) from list_item
           where list = 'stage' and archived = 0 order by position, id"""
    )
    return tuple((row[0], row[1], row[2], bool(row[3])) for row in rows)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
