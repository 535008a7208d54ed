"""Planning of metric readings: whose they are, what they add up to, which are new and which differ.

Several readings of one file on the same account, metric and day are added up where the metric is a sum, else the last
counts; of several files the last counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cs_workbench.intake.rows import MetricSpec
from cs_workbench.store.intake import lookups
from cs_workbench.store.intake.staging import DAY_MASK, ROW_BITS, ROW_MASK, Stage, metric_day
from cs_workbench.store.reads import Reads

UNCHANGED, UPDATED, CREATED = 1, 2, 3


def metric_row(metric: MetricSpec) -> dict[str, Any]:
    """A metric a file brings, as a row of ``metric``; it is only written where its key is new."""
    return asdict(metric) | {"higher_is_better": int(metric.higher_is_better)}


@dataclass(slots=True)
class ReadingPlan:
    """What the import does to the readings, in columns: about 30 bytes a reading.

    ``merged`` counts the rows of each file that were joined with another of theirs; ``ranks`` says for every row of
    a file what became of it (0 nothing, 1 unchanged, 2 updated, 3 created).
    """

    metrics: list[MetricSpec]
    accounts: array[int] = field(default_factory=lambda: array("q"))
    places: array[int] = field(default_factory=lambda: array("q"))
    values: array[float] = field(default_factory=lambda: array("d"))
    batches: array[int] = field(default_factory=lambda: array("H"))
    changed: list[tuple[int, int, float, int]] = field(default_factory=list)
    owners: set[int] = field(default_factory=set)
    merged: dict[int, int] = field(default_factory=dict)
    ranks: dict[int, bytearray] = field(default_factory=dict)

    @property
    def created(self) -> int:
        """Readings that are new."""
        return len(self.accounts)

    @property
    def updated(self) -> int:
        """Readings that get another value."""
        return len(self.changed)

    def new_rows(
        self, metrics: Sequence[int], account_base: int, batch_ids: Sequence[int]
    ) -> Iterator[tuple[int, int, int, float, int]]:
        """(account, metric, day, value, batch) of the new readings with the ids they get, in key order."""
        known = _Real(metrics, account_base, batch_ids)
        return map(known.row, self.accounts, self.places, self.values, self.batches)

    def changed_rows(
        self, metrics: Sequence[int], account_base: int, batch_ids: Sequence[int]
    ) -> Iterator[tuple[int, int, int, float, int]]:
        """The readings that get another value, as :meth:`new_rows`."""
        known = _Real(metrics, account_base, batch_ids)
        return (known.row(*entry) for entry in self.changed)


@dataclass(slots=True)
class _Real:
    """Puts the final ids in place of the numbers an import counts with."""

    metrics: Sequence[int]
    account_base: int
    batch_ids: Sequence[int]

    def row(self, account: int, place: int, value: float, batch: int) -> tuple[int, int, int, float, int]:
        metric, day = metric_day(place)
        real = account if account > 0 else self.account_base - account
        return real, self.metrics[metric], day, value, self.batch_ids[batch]


def plan_readings(
    db: Reads, stage: Stage, metrics: Sequence[MetricSpec], last_rows: Mapping[int, int]
) -> ReadingPlan:
    """Join the staged readings by key and compare them with the portfolio's.

    *last_rows* is the highest row number of every file. The stage's readings are given up.
    """
    plan = ReadingPlan(list(metrics))
    plan.ranks = {batch: bytearray(last + 1) for batch, last in last_rows.items()}
    _Joiner(db, plan).take(stage.sorted_readings())
    stage.drop_readings()
    return plan


class _Joiner:
    """Walks readings in key order, one key at a time."""

    def __init__(self, db: Reads, plan: ReadingPlan) -> None:
        self._db = db
        self._plan = plan
        known = lookups.metrics(db)
        declared = lookups.aggregations(db)
        self._ids = [known.get(metric.key) for metric in plan.metrics]
        self._sums = [declared.get(metric.key, metric.aggregation) == "sum" for metric in plan.metrics]
        self._compare = lookups.any_readings(db)
        self._stored: dict[int, float] = {}
        self._group: tuple[int, int] | None = None

    def take(self, rows: Iterator[tuple[int, int, int, float]]) -> None:
        """Plan every reading; the body is the import's inner loop, a million times a million rows."""
        plan, compare = self._plan, self._compare
        add_account, add_place = plan.accounts.append, plan.places.append
        add_value, add_batch = plan.values.append, plan.batches.append
        ranks = plan.ranks
        held = next(rows, None)
        while held is not None:
            account, place, origin, value = held
            following = next(rows, None)
            if following is not None and following[1] == place and following[0] == account:
                same = [held]
                while following is not None and following[1] == place and following[0] == account:
                    same.append(following)
                    following = next(rows, None)
                self._several(same)
            elif compare:
                self._one(account, place, origin >> ROW_BITS, value, (origin,))
            else:
                batch = origin >> ROW_BITS
                ranks[batch][origin & ROW_MASK] = CREATED
                add_account(account)
                add_place(place)
                add_value(value)
                add_batch(batch)
            held = following
        plan.owners.update(plan.batches, (entry[3] for entry in plan.changed))

    def _several(self, same: Sequence[tuple[int, int, int, float]]) -> None:
        """Readings of one key: the last file's, added up or the last one."""
        account, place, last, value = same[-1]
        batch = last >> ROW_BITS
        own = [entry for entry in same if entry[2] >> ROW_BITS == batch]
        if self._sums[metric_day(place)[0]]:
            value = sum(entry[3] for entry in own)
        for entry in same:
            older = entry[2] >> ROW_BITS
            if older != batch:
                self._mark(older, entry[2] & ROW_MASK, UNCHANGED)
        if len(own) > 1:
            self._plan.merged[batch] = self._plan.merged.get(batch, 0) + len(own) - 1
        self._one(account, place, batch, value, tuple(entry[2] for entry in own))

    def _one(self, account: int, place: int, batch: int, value: float, origins: tuple[int, ...]) -> None:
        plan = self._plan
        metric, day = metric_day(place)
        before = self._before(account, metric, day) if self._compare else None
        if before is None:
            plan.accounts.append(account)
            plan.places.append(place)
            plan.values.append(value)
            plan.batches.append(batch)
            rank = CREATED
        elif before == value:
            rank = UNCHANGED
        else:
            plan.changed.append((account, place, value, batch))
            rank = UPDATED
        for origin in origins:
            self._mark(batch, origin & ROW_MASK, rank)

    def _before(self, account: int, metric: int, day: int) -> float | None:
        """The stored value; loaded once for each account and metric, from the first day asked for on."""
        known = self._ids[metric]
        if account < 0 or known is None:
            return None
        if self._group != (account, metric):
            self._group = (account, metric)
            self._stored = lookups.day_values(self._db, account, known, day, DAY_MASK)
        return self._stored.get(day)

    def _mark(self, batch: int, row: int, rank: int) -> None:
        ranks = self._plan.ranks[batch]
        ranks[row] = max(ranks[row], rank)
