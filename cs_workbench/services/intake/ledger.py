"""What an import is going to write, row by row, and what became of every row of every file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cs_workbench.domain.text import fold
from cs_workbench.services.intake.result import RejectedRow, Tally
from cs_workbench.store.intake import lookups
from cs_workbench.store.intake.staging import Stage, Written
from cs_workbench.store.reads import Reads

_STAMPS = ("created_at", "updated_at")
_SEARCHED = frozenset(("interaction", "ticket"))
"""Tables whose ``folded`` column holds subject and body as search reads them."""
_TEXTS = ("subject", "body")
_KEYED = frozenset(lookups.BY_SOURCE) - {"contract"}
"""Tables whose planned rows are looked for by the id they carry; contracts are known to the directory."""


class At(NamedTuple):
    """Where something is said: number of the file, row in it."""

    batch: int
    row: int


@dataclass(slots=True)
class BatchLedger:
    """Counts, rejected rows and warnings of one file or sheet while it is planned."""

    number: int
    rows: int = 0
    rejected: dict[int, RejectedRow] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def reject(self, row: int, code: str, reason: str, *, column: str = "", about: str = "") -> None:
        """Leave *row* out; the first reason given stands."""
        if row not in self.rejected:
            self.rejected[row] = RejectedRow(row, reason, code, column, about)

    def warn(self, code: str, example: str = "", count: int = 1) -> None:
        """Count a warning."""
        self.tallies.setdefault(code, Tally()).add(example, count)


@dataclass(slots=True)
class Body:
    """What one row says about one record: stored column values, rows of child tables, custom values by label.

    ``assumed`` holds what is taken where neither the rows nor the portfolio say anything: a guess overwrites nothing.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    children: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    assumed: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As it is staged."""
        return {
            "columns": self.columns,
            "children": [list(child) for child in self.children],
            "custom": self.custom,
            "assumed": self.assumed,
        }


class Ledger:
    """Plans writes: joins what several rows say about one record and decides create, update or leave."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.batches: list[BatchLedger] = []
        self._by_id: dict[str, dict[int, int]] = {}

    def open_batch(self) -> BatchLedger:
        """Start the next file or sheet."""
        batch = BatchLedger(len(self.batches))
        self.batches.append(batch)
        return batch

    def planned(self, target: str, record: int) -> Mapping[str, Any]:
        """The column values that rows so far say of the record with id *record*."""
        known = self._by_id.get(target, {}).get(record)
        return {} if known is None else self.stage.said(known)[2]["columns"]

    def put_record(self, target: str, at: At, record: int, body: Body, *, quiet: bool = False) -> None:
        """Plan what *at* says about the record with id *record* (negative: to be created). *quiet*: rows that speak of
        one record are nothing to tell.
        """
        by_id = self._by_id.setdefault(target, {})
        known = by_id.get(record)
        if known is None:
            existing, provisional = (record, None) if record > 0 else (None, record)
            written = Written(0, target, *at, existing, provisional, body.plain())
            by_id[record] = self.stage.add_write(written)
        elif (joined := self._join(known, at, body)) is not None and joined == at.batch and not quiet:
            self.batches[at.batch].warn("joined_rows", str(at.row))

    def put_keyed(self, target: str, at: At, source: str, external_id: str, body: Body) -> bool:
        """Plan a row of a table that carries (source, external_id) itself; False if another row had that id."""
        known = self.stage.named(target, source, external_id)
        if known is None:
            body.columns |= {"source": source, "external_id": external_id}
            written = Written(0, target, *at, None, None, body.plain())
            self.stage.name(self.stage.add_write(written), target, source, external_id)
            return True
        self._join(known, at, body)
        return False

    def _join(self, known: int, at: At, body: Body) -> int | None:
        """Add what another row says about a planned record; the file of its first row, None if that is nothing new, or
        the same row's.
        """
        batch, row, before = self.stage.said(known)
        columns = {**before["columns"], **{k: v for k, v in body.columns.items() if v is not None}}
        children = before["children"] + [list(child) for child in body.children]
        joined = {
            "columns": columns,
            "children": children,
            "custom": {**before["custom"], **body.custom},
            "assumed": {**before["assumed"], **body.assumed},
        }
        if at == (batch, row):
            self.stage.rewrite(known, joined)
            return None
        self.stage.merge(known, joined, *at, same=joined == before)
        return None if joined == before else batch

    def settle(
        self,
        db: Reads,
        target: str,
        custom: Mapping[tuple[int, int], str],
        fields: Mapping[str, int],
        watch: Callable[[int], None] | None = None,
    ) -> None:
        """Compare the planned rows of *target* with the portfolio: create, update (what differs) or same.

        *custom* holds the stored custom values, *fields* their field ids by label; blank never erases. *watch* hears
        how many rows were compared, and may raise.
        """
        provisional = done = 0
        for chunk in self.stage.writes(target):
            self._find_existing(db, target, chunk)
            wanted = _wanted(target, chunk)
            ids = [written.existing for written in chunk if written.existing is not None]
            stored = lookups.rows_by_id(db, target, wanted, ids) if ids and wanted else {}
            decided = []
            for written in chunk:
                self._complete(written, stored.get(written.existing or 0, {}))
                if written.existing is None:
                    if written.provisional is None:
                        provisional -= 1
                        written.provisional = provisional
                    action = "create"
                else:
                    action = _reduce(written, stored.get(written.existing, {}), custom, fields)
                decided.append((action, written.existing, written.provisional, written.body, written.id))
            self.stage.settle(decided)
            done += len(chunk)
            if watch is not None:
                watch(done)

    def _complete(self, written: Written, stored: Mapping[str, Any]) -> None:
        """Add what follows from the row and from what is *stored*: assumptions where nothing is known, search text."""
        columns = written.body["columns"]
        for name, value in written.body.pop("assumed").items():
            if columns.get(name) is not None or stored.get(name) is not None:
                continue
            if value is not None:
                columns[name] = value
            if name == "currency":
                code = "missing_currency" if value is None else "currency_assumed"
                self.batches[written.batch].warn(code, value or "")
        if written.target in _SEARCHED and any(columns.get(name) is not None for name in _TEXTS):
            texts = {**stored, **{k: v for k, v in columns.items() if v is not None}}
            columns["folded"] = fold(" ".join(texts.get(name) or "" for name in _TEXTS))

    def _find_existing(self, db: Reads, target: str, chunk: Sequence[Written]) -> None:
        by_source: dict[str, dict[str, Written]] = {}
        for written in chunk:
            if written.target in _KEYED:
                columns = written.body["columns"]
                by_source.setdefault(columns["source"], {})[columns["external_id"]] = written
        for source, wanted in by_source.items():
            for external_id, found in lookups.ids_by_source(db, target, source, list(wanted)).items():
                wanted[external_id].existing = found


def _wanted(target: str, chunk: Sequence[Written]) -> list[str]:
    """The columns to compare with what is stored."""
    names = {name for written in chunk for part in ("columns", "assumed") for name in written.body[part]}
    return sorted(names.union(("folded", *_TEXTS) if target in _SEARCHED else ()) - set(_STAMPS))


def _reduce(
    written: Written,
    stored: Mapping[str, Any],
    custom: Mapping[tuple[int, int], str],
    fields: Mapping[str, int],
) -> str:
    """Keep of a planned update only what differs from what is stored; "same" when nothing does."""
    body, record = written.body, written.existing or 0
    body["columns"] = {
        name: value
        for name, value in body["columns"].items()
        if value is not None and name not in _STAMPS and stored.get(name) != value
    }
    if written.target in _KEYED:
        body["children"] = []  # participants and tags are settled when the record is made
    body["custom"] = {
        label: text
        for label, text in body["custom"].items()
        if label not in fields or custom.get((record, fields[label])) != text
    }
    return "update" if body["columns"] or body["custom"] or body["children"] else "same"
