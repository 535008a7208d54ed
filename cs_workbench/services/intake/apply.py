"""The one change of an import: everything that was planned is written, or nothing is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import IntakeProblem
from cs_workbench.i18n import _
from cs_workbench.services.intake.plan_readings import Ids, ReadingPlan, metric_row
from cs_workbench.services.intake.result import BatchResult
from cs_workbench.store.intake import bulk, lookups
from cs_workbench.store.intake.staging import Stage
from cs_workbench.store.queries import lifecycle

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

ORDER = (
    "product",
    "account",
    "person",
    "contract",
    "contract_event",
    "opportunity",
    "interaction",
    "ticket",
    "survey",
)
"""Tables in the order their references need."""

_LEANED_ON = frozenset(
    (
        *("product", "account", "person", "contract", "metric", "custom_field"),
        *("account_source", "account_domain", "account_alias", "account_tag", "person_source", "person_role"),
        *("account_custom", "person_custom", "contract_custom"),
    )
)
"""What every plan rests on: who is known, and by what."""

_REFERS = {
    "account_id": "account",
    "parent_id": "account",
    "person_id": "person",
    "reports_to_id": "person",
    "contract_id": "contract",
    "product_id": "product",
}
_LATER = {"account": "parent_id", "person": "reports_to_id"}
"""References within a table: set once all its rows are there."""

_ENTITY = {"account": "account", "person": "person", "contract": "contract"}
_OWNER_COLUMN = {"interaction_person": "interaction_id", "interaction_tag": "interaction_id"}
_STAMPED = frozenset(("account", "person", "contract", "interaction"))

Tick = Callable[[int, str], None]
"""Told how many more rows were written of what; raises Cancelled where the person stopped the import."""


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """What is kept of a file in ``import_batch`` beside the counts."""

    result: BatchResult
    sha256: str
    mapping: str


@dataclass(frozen=True, slots=True)
class CustomNeeded:
    """A custom field an import fills: entity, label, type."""

    entity: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import is going to write; ``seen`` is the newest step of the portfolio it was planned on."""

    stage: Stage
    readings: ReadingPlan
    batches: Sequence[BatchRecord]
    custom: Sequence[CustomNeeded]
    now: str
    seen: int


def write(db: Change, plan: Plan, tick: Tick) -> None:
    """Write *plan* inside the change *db*. Raises Cancelled or IntakeProblem and leaves the change to roll back."""
    _still_true(db, plan)
    fields = _custom_fields(db, plan.custom)
    batch_ids = _batch_rows(db, plan)
    base: dict[str, int] = {}
    for table in ORDER:
        base[table] = lookups.next_ids(db, table)
        _create(db, plan.stage, table, base, tick)
        _update(db, plan, table, base)
        tick(0, table)
    for table in ORDER:
        _children(db, plan.stage, table, base, fields)
    _readings(db, plan.readings, base, batch_ids, tick)


def _still_true(db: Change, plan: Plan) -> None:
    """Refuse a plan whose ground has moved: another change, undo or redo came between planning and writing."""
    rests_on = _LEANED_ON | plan.stage.targets() | ({"reading"} if plan.readings.specs else set())
    if moved := lookups.moved_since(db, plan.seen) & rests_on:
        raise IntakeProblem(
            _("The portfolio was changed while the files were being read."),
            _("Nothing was imported. Import the files again."),
            code="changed_meanwhile",
            tables=sorted(moved),
        )


def _custom_fields(db: Change, needed: Sequence[CustomNeeded]) -> dict[tuple[str, str], int]:
    known = lookups.custom_fields(db)
    position = len(known)
    rows = []
    for spec in needed:
        if (spec.entity, spec.label) not in known:
            position += 1
            row = {
                "entity": spec.entity,
                "key": spec.label,
                "label": spec.label,
                "type": spec.type,
                "position": position,
            }
            rows.append(row)
            known[spec.entity, spec.label] = 0
    for _done in bulk.insert_rows(db, "custom_field", rows):
        pass
    return lookups.custom_fields(db) if rows else known


def _batch_rows(db: Change, plan: Plan) -> list[int]:
    first = lookups.next_ids(db, "import_batch") + 1
    rows = []
    for number, record in enumerate(plan.batches):
        result = record.result
        rows.append(
            {
                "id": first + number,
                "at": plan.now,
                "file_name": result.file if result.sheet is None else f"{result.file} [{result.sheet}]",
                "sha256": record.sha256,
                "source": result.source,
                "kind": result.kind,
                "mapping": record.mapping,
                "rows": result.rows,
                "created": result.created,
                "updated": result.updated,
                "unchanged": result.unchanged,
                "rejected": len(result.rejected),
                "warnings": json.dumps(result.as_plain()["warnings"], ensure_ascii=False),
            }
        )
    for _done in bulk.insert_rows(db, "import_batch", rows):
        pass
    return [first + number for number in range(len(rows))]


def _create(db: Change, stage: Stage, table: str, base: Mapping[str, int], tick: Tick) -> None:
    later = _LATER.get(table, "")
    links: list[tuple[int, dict[str, Any]]] = []

    def rows() -> Iterator[dict[str, Any]]:
        for provisional, body in stage.decided(table, "create"):
            columns = _real(body["columns"], base)
            columns["id"] = base[table] - provisional
            if columns.get(later) is not None:
                links.append((columns["id"], {later: columns.pop(later)}))
            yield columns

    before = 0
    for done in bulk.insert_rows(db, table, rows()):
        tick(done - before, table)
        before = done
    bulk.update_rows(db, table, links)


def _update(db: Change, plan: Plan, table: str, base: Mapping[str, int]) -> None:
    stamp = {"updated_at": plan.now} if table in _STAMPED else {}
    if table == "account":
        _stage_moves(db, plan)
    bulk.update_rows(
        db,
        table,
        (
            (record, _real(body["columns"], base) | stamp)
            for record, body in plan.stage.decided(table, "update")
            if body["columns"]
        ),
    )


def _stage_moves(db: Change, plan: Plan) -> None:
    """Record which accounts the files put into another stage, before they are written."""
    moved: dict[str | None, list[int]] = {}
    for record, body in plan.stage.decided("account", "update"):
        if "stage" in body["columns"]:
            moved.setdefault(body["columns"]["stage"], []).append(record)
    for stage, accounts in moved.items():
        lifecycle.record(db, accounts, stage, plan.now)


def _children(
    db: Change, stage: Stage, table: str, base: Mapping[str, int], fields: Mapping[tuple[str, str], int]
) -> None:
    """Rows that hang on the records of *table*: source ids, domains, tags, roles, custom values."""
    children: dict[str, list[dict[str, Any]]] = {}
    custom: list[tuple[int, int, str]] = []
    for action in ("create", "update"):
        for record, body in stage.decided(table, action):
            owner = base[table] - record if record < 0 else record
            for child, columns in body["children"]:
                row = _real(columns, base)
                if child in _OWNER_COLUMN:
                    row[_OWNER_COLUMN[child]] = owner
                children.setdefault(child, []).append(row)
            custom += [(owner, fields[_ENTITY[table], label], text) for label, text in body["custom"].items()]
    for child, rows in children.items():
        for _done in bulk.insert_rows(db, child, rows):
            pass
    if custom:
        bulk.set_custom(db, _ENTITY[table], custom)


def _real(columns: Mapping[str, Any], base: Mapping[str, int]) -> dict[str, Any]:
    """Columns with stand-in ids replaced by the ids the records get."""
    real = dict(columns)
    for name, table in _REFERS.items():
        value = real.get(name)
        if value is not None and value < 0:
            real[name] = base[table] - value
    return real


def _readings(
    db: Change, plan: ReadingPlan, base: Mapping[str, int], batch_ids: Sequence[int], tick: Tick
) -> None:
    if not plan.created and not plan.updated:
        return
    ids = Ids(_metrics(db, plan), base["account"], batch_ids)
    for number in sorted(plan.owners):
        db.batch(batch_ids[number])
    before = 0
    for done in bulk.insert_readings(db, plan.new_rows(ids)):
        tick(done - before, "reading")
        before = done
    for _done in bulk.replace_readings(db, plan.changed_rows(ids)):
        pass


def _metrics(db: Change, plan: ReadingPlan) -> list[int]:
    """The metric ids by the numbers the import gave them; new metrics are created with the others' defaults."""
    known = lookups.metrics(db)
    rows = [metric_row(metric) for metric in plan.specs if metric.key not in known]
    for _done in bulk.insert_rows(db, "metric", rows):
        pass
    known = lookups.metrics(db) if rows else known
    return [known[metric.key] for metric in plan.specs]
