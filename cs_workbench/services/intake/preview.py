"""What an import would do, row by row, before anything is written; and the same plan written when the person agrees."""

from __future__ import annotations

import datetime as dt
import threading
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from cs_workbench.intake.mapping import Mapping as ColumnMapping
from cs_workbench.intake.records import faults
from cs_workbench.services.intake import rejected
from cs_workbench.services.intake.context import Settled
from cs_workbench.services.intake.incoming import Incoming
from cs_workbench.services.intake.offers import Offer, incoming_of
from cs_workbench.services.intake.plan_readings import CREATED, UPDATED
from cs_workbench.services.intake.result import BatchResult, ImportResult, Question, RejectedRow
from cs_workbench.services.intake.service import Progress, Watch
from cs_workbench.services.intake.shown import Kept
from cs_workbench.services.intake.staged import Asked, Staged, stage_files
from cs_workbench.store.intake import lookups

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_workbench.services.workbench import Workbench

What = Literal["create", "update", "same", "left_out", "ask"]
Filter = Literal["all", "problems", "changes"]
TO_SETTLE = frozenset(("account_unknown", "account_ambiguous", "account_doubtful"))
"""Reasons a person can do away with by saying which customer is meant."""

_LEFT_OUT = 9
_MONEY = frozenset(("arr", "mrr", "amount", "list_price", "annual_revenue"))
_UNTOLD = frozenset(("name_key", "folded", "updated_at", "created_at"))
_CHILD_FIELDS = {
    "account_source": ("external_id", "external_id"),
    "person_source": ("external_id", "external_id"),
    "account_domain": ("domain", "domain"),
    "account_tag": ("tags", "tag"),
    "account_alias": ("alias", "name_key"),
    "person_role": ("roles", "role"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One stored value that changes: ``field`` is a field key or a custom field's label; texts, "" for nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file with what would become of it. ``bad`` is the column at fault, -1 where no one cell is;
    ``code`` the stable word for the reason.

    ``about`` is the customer in doubt and ``question`` the account it looks like, where the person may settle it.
    """

    row: int
    what: What
    cells: tuple[str, ...]
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    code: str = ""
    bad: int = -1
    about: str = ""
    question: Question | None = None
    faults: tuple[int, ...] = ()
    """Every column that cannot be read, the one at fault among them."""


@dataclass(slots=True)
class PreviewTable:
    """One table of the import: its counts, and the row numbers under each filter, in file order."""

    offer: Offer
    result: BatchResult
    kept: Kept
    ranks: bytearray
    numbers: dict[Filter, Sequence[int]]
    refused: Mapping[int, RejectedRow] = field(default_factory=dict)
    asking: Mapping[str, int] = field(default_factory=dict)
    """How many rows wait for an answer about each customer in doubt."""


class Preview:
    """A planned import to look at. It holds the stage until ``close``; ``apply`` writes what was planned, unread again.

    Safe to be read from any one thread at a time; close it when another takes its place.
    """

    def __init__(
        self, wb: Workbench, staged: Staged, result: ImportResult, tables: Sequence[PreviewTable]
    ) -> None:
        self.result = result
        self.tables = tuple(tables)
        self._wb = wb
        self._staged = staged
        self._questions = {question.name: question for question in result.questions}
        self._zone = ZoneInfo(wb.setting("time_zone", "UTC"))
        self._looking = threading.Lock()
        self._closed = False

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self._staged.planning.changes()

    def close(self) -> None:
        """Throw the stage away; who looks at rows meanwhile gets none."""
        with self._looking:
            self._closed = True
            self._staged.close()

    def rows(self, table: int, numbers: Sequence[int]) -> list[PreviewRow]:
        """The rows *numbers* (ascending) of one table; what they change is read from the portfolio."""
        shown = self.tables[table]
        with self._looking:
            if not numbers or self._closed:
                return []
            changes = self._changes(table, numbers)
        return [self._row(shown, number, changes.get(number, ())) for number in numbers]

    def apply(
        self,
        *,
        good_rows: bool,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportResult:
        """Write the plan as one change. Raises as ``import_files`` does, code "changed_meanwhile" included."""
        return self._staged.write(good_rows=good_rows, watch=Watch(progress, cancelled))

    def save_left_out(self, table: int, path: str) -> None:
        """Write the rows left out of one table, with their reasons, to *path* as CSV. Raises FileProblem."""
        shown = self.tables[table]
        rejected.save_rejected(path, self._staged.incoming[table].table, shown.result.rejected)

    def _row(self, shown: PreviewTable, number: int, changes: Sequence[FieldChange]) -> PreviewRow:
        cells = shown.kept.cells(number)
        refused = shown.refused.get(number)
        if refused is None:
            rank = shown.ranks[number]
            what: What = "create" if rank == CREATED else "update" if rank == UPDATED else "same"
            return PreviewRow(number, what, cells, tuple(changes))
        mapping, table = shown.offer.mapping, shown.offer.table
        bad = _column_at_fault(mapping, refused) if mapping is not None else -1
        found = (bad,) if bad >= 0 else ()
        if mapping is not None and table is not None and mapping.kind != "readings":
            found = tuple(sorted({*found, *faults(table, mapping, zone=self._zone)(cells)}))
        settle = refused.code in TO_SETTLE and bool(refused.about)
        about = refused.about if settle or refused.code == "left_out" else ""
        question = self._questions.get(refused.about) if settle else None
        what = "ask" if settle else "left_out"
        return PreviewRow(number, what, cells, (), refused.reason, refused.code, bad, about, question, found)

    def _changes(self, table: int, numbers: Sequence[int]) -> dict[int, list[FieldChange]]:
        wanted = set(numbers)
        planned = [
            entry
            for entry in self._staged.planning.context.stage.updates(table, numbers[0], numbers[-1])
            if entry[0] in wanted
        ]
        stored = self._stored(planned)
        found: dict[int, list[FieldChange]] = {}
        for row, target, record, body in planned:
            told = found.setdefault(row, [])
            before = stored.get((target, record), {})
            for name, value in body["columns"].items():
                if name not in _UNTOLD:
                    told.append(FieldChange(name, _told(name, before.get(name)), _told(name, value)))
            told += [FieldChange(label, "", text) for label, text in body["custom"].items()]
            told += _of_children(body["children"])
        return found

    def _stored(
        self, planned: Sequence[tuple[int, str, int, dict[str, Any]]]
    ) -> dict[tuple[str, int], dict[str, Any]]:
        """What the portfolio holds now of the columns that change, one statement a table."""
        ids: dict[str, set[int]] = {}
        names: dict[str, set[str]] = {}
        for _row, target, record, body in planned:
            ids.setdefault(target, set()).add(record)
            names.setdefault(target, set()).update(body["columns"])
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for target, columns in names.items():
            if columns:
                rows = lookups.rows_by_id(self._wb.reads, target, sorted(columns), sorted(ids[target]))
                found |= {(target, record): row for record, row in rows.items()}
        return found


def prepare(
    wb: Workbench,
    offers: Sequence[Offer],
    *,
    now: dt.datetime,
    settled: Settled | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Preview:
    """Read the *offers* that are ready, in full, and plan what they do. Nothing is written; close it after use.

    Raises FileProblem and IntakeProblem for a file that fails below its first rows, and Cancelled.
    """
    watch = Watch(progress, cancelled)
    incoming, skipped = incoming_of(offers)
    asked = Asked(now, ZoneInfo(wb.setting("time_zone", "UTC")), None, settled)
    staged = stage_files(wb, incoming, skipped, asked, watch)
    done = False
    try:
        result = staged.counted(dry_run=True)
        ready = [offer for offer in offers if offer.table is not None and offer.ready]
        tables = [
            _table(staged, number, offer, entry, result.batches[number])
            for number, (offer, entry) in enumerate(zip(ready, incoming, strict=True))
        ]
        watch(0, 0, "")
        done = True
    finally:
        if not done:
            staged.close()
    return Preview(wb, staged, result, tables)


def _table(staged: Staged, number: int, offer: Offer, entry: Incoming, result: BatchResult) -> PreviewTable:
    kept = entry.table.source
    assert isinstance(kept, Kept)
    last = kept.numbers[-1] if kept.numbers else 0
    ranks = bytearray(last + 1)
    known = staged.planning.readings.ranks.get(number)
    if known is not None and offer.mapping is not None and offer.mapping.kind == "readings":
        ranks[: len(known)] = known[: len(ranks)]
    else:
        for row, rank in staged.planning.context.stage.ranks(number):
            ranks[row] = max(ranks[row], rank)
    refused = {row.row: row for row in result.rejected}
    for row in refused:
        ranks[row] = _LEFT_OUT
    numbers: dict[Filter, Sequence[int]] = {
        "all": kept.numbers,
        "problems": array("l", (row for row in kept.numbers if ranks[row] == _LEFT_OUT)),
        "changes": array("l", (row for row in kept.numbers if ranks[row] == UPDATED)),
    }
    asking = Counter(row.about for row in result.rejected if row.about)
    return PreviewTable(offer, result, kept, ranks, numbers, refused, asking)


def _column_at_fault(mapping: ColumnMapping, refused: RejectedRow) -> int:
    """The column the refusal is about: the one it names, else the one that says whose the row is."""
    for column in mapping.columns:
        if refused.column and refused.column in (column.header, column.field):
            return column.index
    if not refused.about and refused.code not in ("name_missing",):
        return -1
    keys = (
        "account_name",
        "account_ref",
        "name",
        "external_id",
        "account_domain",
        "contract_ref",
        "person_ref",
    )
    return next((columns[0].index for key in keys if (columns := mapping.by_field(key))), -1)


def _told(name: str, value: Any) -> str:
    """A stored value as text: amounts in whole units, nothing as ""."""
    if value is None:
        return ""
    if name in _MONEY and isinstance(value, int):
        return f"{value / 10_000:,.2f}".removesuffix(".00")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _of_children(children: Sequence[tuple[str, dict[str, Any]]]) -> list[FieldChange]:
    found = []
    for table, columns in children:
        known = _CHILD_FIELDS.get(table)
        if known is not None:
            found.append(FieldChange(known[0], "", str(columns.get(known[1]) or "")))
    return found
