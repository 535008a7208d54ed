"""Snapshots and scorecards as they are stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One stored snapshot; ``detail`` is the JSON of the whole score."""

    id: int
    account_id: int
    as_of: dt.date
    score: float | None
    band: str
    coverage: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ScorecardRow:
    """The newest version of a stored scorecard; ``definition`` is JSON."""

    id: int
    key: str
    version: int
    definition: str


def latest_detail(db: Reads, account_id: int, as_of: dt.date) -> str | None:
    """The newest snapshot's detail of an account not dated after *as_of*."""
    detail: str | None = db.scalar(
        """select detail from snapshot where account_id = :a and as_of <= :t
           order by as_of desc, id desc limit 1""",
        {"a": account_id, "t": as_of.isoformat()},
    )
    return detail


def latest_score(db: Reads, account_id: int, as_of: dt.date) -> tuple[str, float | None] | None:
    """(band, score) of the newest snapshot of an account not dated after *as_of*."""
    row = db.one(
        """select band, score from snapshot where account_id = :a and as_of <= :t
           order by as_of desc, id desc limit 1""",
        {"a": account_id, "t": as_of.isoformat()},
    )
    return None if row is None else (row[0], row[1])


def detail_before(db: Reads, account_id: int, as_of: dt.date) -> str | None:
    """The newest snapshot's detail of an account dated before *as_of*: what a change is measured from."""
    return latest_detail(db, account_id, as_of - dt.timedelta(days=1))


def details_of_day(db: Reads, as_of: dt.date) -> dict[int, str]:
    """The newest detail of each account that was scored for exactly *as_of*."""
    rows = db.all(
        """select a.id, (select s.detail from snapshot s where s.account_id = a.id and s.as_of = :t
                         order by s.id desc limit 1) as detail from account a""",
        {"t": as_of.isoformat()},
    )
    return {account: detail for account, detail in rows if detail is not None}


def history(db: Reads, account_id: int, until: dt.date) -> list[SnapshotRow]:
    """The last snapshot of every day of an account, oldest first."""
    rows = db.all(
        """select s.id, s.account_id, s.as_of, s.score, s.band, s.coverage, s.low, s.high from snapshot s
           where s.account_id = :a and s.as_of <= :t and s.id = (
               select max(x.id) from snapshot x where x.account_id = s.account_id and x.as_of = s.as_of)
           order by s.as_of""",
        {"a": account_id, "t": until.isoformat()},
    )
    return [SnapshotRow(row[0], row[1], dt.date.fromisoformat(row[2]), *row[3:]) for row in rows]


def scorecards(db: Reads) -> list[ScorecardRow]:
    """The newest version of every scorecard."""
    rows = db.all(
        """select s.id, s.key, s.version, s.definition from scorecard s
           where s.version = (select max(x.version) from scorecard x where x.key = s.key) order by s.id"""
    )
    return [ScorecardRow(*row) for row in rows]


def add_scorecard(db: Change, key: str, version: int, definition: str, at: str) -> None:
    """Store one version of a scorecard."""
    db.execute(
        """insert into scorecard (key, version, definition, created_at)
           values (:key, :version, :definition, :at)""",
        {"key": key, "version": version, "definition": definition, "at": at},
    )


def add_snapshots(db: Change, rows: list[tuple[object, ...]]) -> None:
    """Store snapshots: (account_id, as_of, scorecard_id, score, band, coverage, low, high, detail, computed_at)."""
    db.executemany(
        """insert into snapshot (account_id, as_of, scorecard_id, score, band, coverage, low, high, detail,
                                 computed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )
