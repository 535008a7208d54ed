"""Whether what was typed could stand in a plan, told before anything is written: for fields that refuse in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from cs_workbench.errors import InvalidValue
from cs_workbench.services import plan_checks
from cs_workbench.services.plan_reading import ItemRow, ObjectiveRow, PlanRow
from cs_workbench.services.plan_values import read

_COMPARED = frozenset({"baseline", "target", "direction", "due_on", "starts_on"})


def trial(
    row: ObjectiveRow | ItemRow | PlanRow, head: PlanRow, fields: Mapping[str, str], today: dt.date
) -> InvalidValue | None:
    """Why *fields* cannot be kept in *row* of the plan *head*, None where they can (as far as is known here)."""
    entity = plan_checks.entity_of(row)
    try:
        values = {name: read(entity, name, text, today) for name, text in fields.items()}
        if isinstance(row, PlanRow):
            starts, ends = values.get("starts_on", row.starts_on), values.get("ends_on", row.ends_on)
            plan_checks.in_order(starts, ends, next(iter(fields)))
            return None
        compared = {name: value for name, value in values.items() if name in _COMPARED}
        made = replace(row, **compared)
        if isinstance(made, ObjectiveRow) and isinstance(row, ObjectiveRow) and "direction" not in values:
            made = _forward(row, made)
        plan_checks.refuse(entity, made, head, next(iter(fields)))
    except InvalidValue as problem:
        return problem
    return None


def _forward(before: ObjectiveRow, after: ObjectiveRow) -> ObjectiveRow:
    """Figures known together for the first time say which way is forward, as ``plans.edit_fields`` has it."""
    known = before.baseline is not None and before.target is not None
    if known or after.baseline is None or after.target is None or after.baseline == after.target:
        return after
    return replace(after, direction="up" if after.target > after.baseline else "down")
