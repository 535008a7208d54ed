"""Readings on their way in: references and metrics become numbers, rows go to the stage, doubled ids are noticed."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from cs_workbench.errors import IntakeProblem
from cs_workbench.i18n import _
from cs_workbench.intake.problems import sentence
from cs_workbench.intake.readings import read_readings
from cs_workbench.intake.rows import MetricSpec, ReadingRow
from cs_workbench.services.intake.context import Context, RowRejected, account_of, no_account
from cs_workbench.services.intake.incoming import Incoming
from cs_workbench.services.intake.ledger import At, BatchLedger
from cs_workbench.services.intake.pile import Pile, batch_row, ordered, origin_of

if TYPE_CHECKING:
    from cs_workbench.services.intake.service import Watch

EPOCH = dt.date(1970, 1, 1)
LAST_FILE = 0xFFFF
_KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a metric; ``day`` None is the day of the import."""

    metric: MetricSpec
    value: float
    day: dt.date | None


class Usage:
    """The readings of one import. ``metrics`` are numbered as they were met; ``batches`` are the files of readings."""

    def __init__(self, context: Context, today: dt.date) -> None:
        self.metrics: list[MetricSpec] = []
        self.batches: set[int] = set()
        self.pile = Pile()
        self.account_of: dict[int, int] = {}
        self.terms: dict[int, tuple[int | None, int | None]] = {}
        self._context = context
        self._today = today
        self._metric_numbers: dict[str, int] = {}
        self._refs: dict[tuple[str, str], dict[str, int]] = {}
        self._first_seen: list[tuple[str, str, At]] = []
        self._accounts: dict[int, int] = {}

    def read(self, entry: Incoming, batch: BatchLedger, watch: Watch) -> int:
        """Stage the readings of one file; returns its highest row number. Raises Cancelled."""
        if batch.number > LAST_FILE:
            raise IntakeProblem(
                _("Too many files at once."), _("Import them in several goes."), code="too_many_files"
            )
        label = _("Reading {file}").format(file=entry.table.name)
        self.batches.add(batch.number)
        numbers: list[int] = []
        ids = array("q")
        last = 0
        for chunk in read_readings(entry.table, entry.mapping):
            numbers += [self._number(metric) for metric in chunk.metrics]
            for problem in chunk.problems:
                batch.reject(problem.row, problem.code, sentence(problem), column=problem.column)
                last = max(last, problem.row)
            if chunk.rows:
                last = max(last, chunk.rows[-1][0])
                self._pile(chunk.rows, batch.number, numbers)
                _collect_ids(chunk.rows, ids)
            batch.rows = chunk.seen
            watch(chunk.seen, 0, label)
        self._doubled_ids(entry, batch, ids)
        return last

    def _pile(self, rows: Sequence[ReadingRow], batch: int, numbers: Sequence[int]) -> None:
        """Put a chunk on the pile with numbers for references, metrics and origins: a million rows pass here.

        By columns and itemgetter: zip(*rows) would make an iterator a row and keep the garbage collector busy.
        """
        kind = rows[0][1]  # one column of the file names what the rows are about
        known = self._refs.setdefault((self._context.sources[batch], kind), {})
        refs = list(map(itemgetter(2), rows))
        for ref in dict.fromkeys(refs):
            if ref not in known:
                known[ref] = self._ref(kind, ref, At(batch, rows[refs.index(ref)][0]))
        base = origin_of(batch, 0)
        self.pile.add(
            map(known.__getitem__, refs),
            map(numbers.__getitem__, map(itemgetter(3), rows)),
            map(itemgetter(4), rows),
            map(itemgetter(5), rows),
            [base + row for row in map(itemgetter(0), rows)],
        )

    def _ref(self, kind: str, ref: str, at: At) -> int:
        self._first_seen.append((kind, ref, at))
        return len(self._first_seen) - 1

    def _number(self, metric: MetricSpec) -> int:
        known = self._metric_numbers.get(metric.key)
        if known is None:
            known = self._metric_numbers[metric.key] = len(self.metrics)
            self.metrics.append(metric)
        return known

    def _doubled_ids(self, entry: Incoming, batch: BatchLedger, ids: array[int]) -> None:
        """Ids that stand more than once: rows that say the same are taken once, rows that differ are all kept."""
        doubled = _doubled(ids)
        if not doubled:
            return
        said: dict[str, dict[int, list[tuple[object, ...]]]] = {}
        for chunk in read_readings(entry.table, entry.mapping):
            for row, *rest, own_id in chunk.rows:
                if own_id is not None and hash(own_id) in doubled:
                    said.setdefault(own_id, {}).setdefault(row, []).append(tuple(rest))
        repeated: set[int] = set()
        for own_id, rows in said.items():
            if len(rows) < 2:
                continue
            batch.warn("duplicate_id", own_id, len(rows) - 1)
            first: set[tuple[tuple[object, ...], ...]] = set()
            for row, content in rows.items():
                if tuple(content) in first:
                    repeated.add(origin_of(batch.number, row))
                first.add(tuple(content))
        if repeated:
            self.pile.drop(repeated)

    def beside(self, at: At, account: int, figure: Figure) -> None:
        """A figure that stands in a row about something else; without a date it is today's."""
        known = self._accounts.get(account)
        if known is None:
            known = self._accounts[account] = self._ref(_KNOWN, "", at)
            self.account_of[known] = account
        day = ((figure.day or self._today) - EPOCH).days
        self.pile.add([known], [self._number(figure.metric)], [day], [figure.value], [origin_of(*at)])

    def resolve(self) -> None:
        """Find the account of every reference; rows whose account is nowhere are rejected with the reason."""
        reasons: dict[int, tuple[str, str, str]] = {}
        for number, (kind, ref, at) in enumerate(self._first_seen):
            if kind == _KNOWN:
                continue
            try:
                account = account_of(self._context, at, {f"{kind}_ref": ref})
            except RowRejected as refused:
                reasons[number] = (refused.code, refused.reason, refused.about)
                continue
            if account is None:
                reasons[number] = ("account_unknown", no_account(ref), ref)
                continue
            self.account_of[number] = account
            if kind == "contract":
                self.terms[number] = self._term(ref, at.batch)
        if reasons:
            for origin, number in self.pile.rows_of(reasons).items():
                batch, row = batch_row(origin)
                code, reason, about = reasons[number]
                self._context.batch(batch).reject(row, code, reason, about=about)

    def _term(self, ref: str, batch: int) -> tuple[int | None, int | None]:
        contracts = self._context.directory.contracts
        contract = contracts.find(self._context.sources[batch], ref, None, "", None)
        start, end = contracts.terms.get(contract, (None, None)) if contract is not None else (None, None)
        return _day(start), _day(end)


def _day(text: str | None) -> int | None:
    return None if text is None else (dt.date.fromisoformat(text) - EPOCH).days


def _collect_ids(rows: Sequence[ReadingRow], ids: array[int]) -> None:
    """Hashes of the rows' own ids, one a row: eight bytes each, however long the file."""
    if rows[0][6] is None:
        return
    before = -1
    for row, *_rest, own_id in rows:
        if row != before and own_id is not None:
            ids.append(hash(own_id))
        before = row


def _doubled(ids: array[int]) -> set[int]:
    return {one for one, other in pairwise(ordered(list(ids))) if one == other}
