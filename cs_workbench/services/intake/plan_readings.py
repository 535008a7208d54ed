"""Planning of metric readings: whose they are, what they add up to, which are new and which differ.

Several readings of one file on the same account, metric and day are added up where the metric is a sum, else the last
counts; of several files the last counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby, islice
from operator import eq, itemgetter
from typing import Any

from cs_workbench.intake.rows import MetricSpec
from cs_workbench.store.intake import lookups
from cs_workbench.store.intake.staging import (
    DAY_BITS,
    DAY_MASK,
    DAY_ZERO,
    ROW_BITS,
    ROW_MASK,
    Stage,
    metric_day,
)
from cs_workbench.store.reads import Reads

UNCHANGED, UPDATED, CREATED = 1, 2, 3
_KEY = itemgetter(0, 1)


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

    def new_rows(self, ids: Ids) -> Iterator[tuple[int, int, int, float, int]]:
        """(account, metric, day, value, batch) of the new readings with the ids they get, in key order."""
        metrics, base, batches = ids.metrics, ids.account_base, ids.batches
        return (
            (
                account if account > 0 else base - account,
                metrics[place >> DAY_BITS],
                (place & DAY_MASK) - DAY_ZERO,
                value,
                batches[batch],
            )
            for account, place, value, batch in zip(
                self.accounts, self.places, self.values, self.batches, strict=True
            )
        )

    def changed_rows(self, ids: Ids) -> Iterator[tuple[int, int, int, float, int]]:
        """The readings that get another value, as :meth:`new_rows`; their accounts and metrics exist."""
        for account, place, value, batch in self.changed:
            metric, day = metric_day(place)
            yield account, ids.metrics[metric], day, value, ids.batches[batch]


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that take the place of the numbers an import counts with: by metric number, by file number."""

    metrics: Sequence[int]
    account_base: int
    batches: Sequence[int]


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

    def take(self, pieces: Iterator[list[tuple[int, int, int, float]]]) -> None:
        """Plan every reading; *pieces* are in key order."""
        held: list[tuple[int, int, int, float]] = []
        for piece in pieces:
            rows = held + piece
            # The last key may go on in the next piece.
            cut = len(rows) - 1
            while cut and rows[cut - 1][:2] == rows[-1][:2]:
                cut -= 1
            held = rows[cut:]
            self._piece(rows[:cut])
        self._piece(held)
        plan = self._plan
        plan.owners.update(plan.batches, (entry[3] for entry in plan.changed))

    def _piece(self, rows: list[tuple[int, int, int, float]]) -> None:
        """Readings whose keys are all here: by columns where every key is new and single, else one key at a time."""
        if not rows:
            return
        accounts, places, origins, values = (list(map(itemgetter(place), rows)) for place in range(4))
        if self._compare or any(map(eq, places, islice(places, 1, None))):
            for (account, place), same in groupby(rows, key=_KEY):
                self._key(account, place, list(same))
            return
        plan = self._plan
        plan.accounts.extend(accounts)
        plan.places.extend(places)
        plan.values.extend(values)
        plan.batches.extend([origin >> ROW_BITS for origin in origins])
        for batch in set(plan.batches[-len(rows) :]):
            ranks, base = plan.ranks[batch], batch << ROW_BITS
            for origin in origins:
                if origin >> ROW_BITS == batch:
                    ranks[origin - base] = CREATED

    def _key(self, account: int, place: int, same: Sequence[tuple[int, int, int, float]]) -> None:
        """Readings of one key: the last file's count, added up or the last one."""
        batch = same[-1][2] >> ROW_BITS
        own = [entry for entry in same if entry[2] >> ROW_BITS == batch]
        value = own[-1][3]
        if len(own) > 1:
            self._plan.merged[batch] = self._plan.merged.get(batch, 0) + len(own) - 1
            if self._sums[metric_day(place)[0]]:
                value = sum(entry[3] for entry in own)
        for entry in same[: -len(own)]:
            self._mark(entry[2] >> ROW_BITS, entry[2] & ROW_MASK, UNCHANGED)
        rank = self._rank(account, place, value, batch)
        for entry in own:
            self._mark(batch, entry[2] & ROW_MASK, rank)

    def _rank(self, account: int, place: int, value: float, batch: int) -> int:
        """Plan one value and say what it is: new, another than before, or the same."""
        plan = self._plan
        before = self._before(account, *metric_day(place)) if self._compare else None
        if before is None:
            plan.accounts.append(account)
            plan.places.append(place)
            plan.values.append(value)
            plan.batches.append(batch)
            return CREATED
        if before == value:
            return UNCHANGED
        plan.changed.append((account, place, value, batch))
        return UPDATED

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
