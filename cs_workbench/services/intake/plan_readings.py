"""Planning of metric readings: what they add up to, which are new and which differ.

Several readings of one file on the same account, metric and day are added up where the metric is a sum, else the last
counts; of several files the last counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from cs_workbench.intake.rows import MetricSpec
from cs_workbench.services.intake.pile import ROW_BITS, ROW_MASK, Piece, parts_of
from cs_workbench.store.intake import lookups
from cs_workbench.store.reads import Reads

UNCHANGED, UPDATED, CREATED = 1, 2, 3
_LAST_DAY = 1 << 30
NewReading = tuple[int, int, int, float, int]
"""Account, metric, day, value, batch."""


def metric_row(metric: MetricSpec) -> dict[str, Any]:
    """A metric a file brings, as a row of ``metric``; it is only written where its key is new."""
    return asdict(metric) | {"higher_is_better": int(metric.higher_is_better)}


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that take the place of the numbers an import counts with: by metric number, by file number."""

    metrics: Sequence[int]
    account_base: int
    batches: Sequence[int]


@dataclass(slots=True)
class ReadingPlan:
    """What the import does to the readings, in columns.

    ``merged`` counts the readings of each file that were joined with another of theirs; ``ranks`` says for every row of
    a file what became of it (0 nothing, 1 unchanged, 2 updated, 3 created).
    """

    specs: list[MetricSpec]
    accounts: array[int] = field(default_factory=lambda: array("q"))
    metrics: array[int] = field(default_factory=lambda: array("i"))
    days: array[int] = field(default_factory=lambda: array("i"))
    values: array[float] = field(default_factory=lambda: array("d"))
    batches: array[int] = field(default_factory=lambda: array("H"))
    changed: list[NewReading] = field(default_factory=list)
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

    def new_rows(self, ids: Ids) -> Iterator[NewReading]:
        """The new readings with the ids they get, in key order."""
        base = ids.account_base
        accounts: Iterable[int] = self.accounts
        if self.accounts and min(self.accounts) < 0:
            accounts = (account if account > 0 else base - account for account in self.accounts)
        metrics = map(ids.metrics.__getitem__, self.metrics)
        batches = map(ids.batches.__getitem__, self.batches)
        return zip(accounts, metrics, self.days, self.values, batches, strict=True)

    def changed_rows(self, ids: Ids) -> Iterator[NewReading]:
        """The readings that get another value; their accounts and metrics exist."""
        for account, metric, day, value, batch in self.changed:
            yield account, ids.metrics[metric], day, value, ids.batches[batch]


def plan_readings(
    db: Reads, pieces: Iterator[Piece], specs: Sequence[MetricSpec], last_rows: Mapping[int, int]
) -> ReadingPlan:
    """Join readings by key and compare them with the portfolio's. *last_rows*: the highest row of every file."""
    plan = ReadingPlan(list(specs))
    plan.ranks = {batch: bytearray(last + 1) for batch, last in last_rows.items()}
    joiner = _Joiner(db, plan)
    for piece in pieces:
        joiner.take(piece)
    for part in parts_of(plan.batches):
        plan.owners.update(part)
    plan.owners.update(entry[4] for entry in plan.changed)
    return plan


class _Joiner:
    """Walks readings in key order."""

    def __init__(self, db: Reads, plan: ReadingPlan) -> None:
        self._db = db
        self._plan = plan
        known = lookups.metrics(db)
        declared = lookups.aggregations(db)
        self._ids = [known.get(metric.key) for metric in plan.specs]
        self._sums = [declared.get(metric.key, metric.aggregation) == "sum" for metric in plan.specs]
        self._compare = lookups.any_readings(db)
        self._stored: dict[int, float] = {}
        self._group: tuple[int, int] | None = None

    def take(self, piece: Piece) -> None:
        """Plan a piece: by columns where every key is new and single, else one reading or one key at a time."""
        if piece.single and not self._compare:
            self._all_new(piece)
            return
        rows = zip(piece.accounts, piece.metrics, piece.days, piece.origins, piece.values, strict=True)
        if piece.single:
            for account, metric, day, origin, value in rows:
                self._mark(origin, self._rank((account, metric, day, value, origin >> ROW_BITS)))
            return
        for key, same in groupby(rows, key=itemgetter(0, 1, 2)):
            self._key(key, sorted(entry[3:] for entry in same))

    def _all_new(self, piece: Piece) -> None:
        plan = self._plan
        plan.accounts.extend(piece.accounts)
        plan.metrics.extend(piece.metrics)
        plan.days.extend(piece.days)
        plan.values.extend(piece.values)
        batches = [origin >> ROW_BITS for origin in piece.origins]
        plan.batches.extend(batches)
        ranks = plan.ranks
        for batch, origin in zip(batches, piece.origins, strict=True):
            ranks[batch][origin & ROW_MASK] = CREATED

    def _key(self, key: tuple[int, int, int], same: Sequence[tuple[int, float]]) -> None:
        """Readings (origin, value) of one key: the last file's count, added up or the last one."""
        batch = same[-1][0] >> ROW_BITS
        own = [entry for entry in same if entry[0] >> ROW_BITS == batch]
        value = own[-1][1]
        if len(own) > 1:
            self._plan.merged[batch] = self._plan.merged.get(batch, 0) + len(own) - 1
            if self._sums[key[1]]:
                value = sum(entry[1] for entry in own)
        for origin, _value in same[: -len(own)]:
            self._mark(origin, UNCHANGED)
        rank = self._rank((*key, value, batch))
        for origin, _value in own:
            self._mark(origin, rank)

    def _rank(self, reading: NewReading) -> int:
        """Plan one reading and say what it is: new, another value than before, or the same."""
        plan = self._plan
        account, metric, day, value, batch = reading
        before = self._before(account, metric, day) if self._compare else None
        if before is None:
            plan.accounts.append(account)
            plan.metrics.append(metric)
            plan.days.append(day)
            plan.values.append(value)
            plan.batches.append(batch)
            return CREATED
        if before == value:
            return UNCHANGED
        plan.changed.append(reading)
        return UPDATED

    def _before(self, account: int, metric: int, day: int) -> float | None:
        """The stored value; loaded once for each account and metric, from the first day asked for on."""
        known = self._ids[metric]
        if account < 0 or known is None:
            return None
        if self._group != (account, metric):
            self._group = (account, metric)
            self._stored = lookups.day_values(self._db, account, known, day, _LAST_DAY)
        return self._stored.get(day)

    def _mark(self, origin: int, rank: int) -> None:
        ranks, row = self._plan.ranks[origin >> ROW_BITS], origin & ROW_MASK
        ranks[row] = max(ranks[row], rank)
