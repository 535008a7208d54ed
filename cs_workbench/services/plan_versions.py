"""Dated versions of a success plan, kept at a review, and the redline between two of them or with today's plan."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.plan_redline import Body, Mark, redline
from cs_workbench.domain.text import seen
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services.plans import found, touch
from cs_workbench.store.queries import plans as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = ["body", "changes", "review"]


def review(wb: Workbench, plan_id: int, label: str = "", *, now: dt.datetime) -> int:
    """Keep the plan as it is now under today's date; returns the version's number. Raises NotFound."""
    from cs_workbench.store.tables import PlanVersion

    with wb.change(_("Keep plan version")) as db:
        found(db, "plan", plan_id)
        kept = json.dumps(body(db, plan_id), ensure_ascii=False, separators=(",", ":"))
        version = PlanVersion(
            plan_id=plan_id, number=queries.next_number(db, plan_id), made_on=now.date(), label=seen(label).strip(),
            body=kept,
        )  # fmt: skip
        db.session.add(version)
        db.session.flush()
        touch(db, plan_id, now)
        return version.number


def changes(reads: Reads, old_id: int, new_id: int | None = None) -> tuple[Mark, ...]:
    """What moved from one version to another, or to the plan as it is now. Raises NotFound."""
    plan_id, old = _kept(reads, old_id)
    new = body(reads, plan_id) if new_id is None else _kept(reads, new_id)[1]
    return redline(old, new)


def body(reads: Reads, plan_id: int) -> dict[str, Any]:
    """Everything a plan says, as plain data. Raises NotFound."""
    head = queries.plan(reads, plan_id)
    if head is None:
        raise NotFound(_("This plan is not there any more."), _("Undo brings it back."), id=plan_id)
    readings = queries.readings(reads, plan_id)
    names = ("name", "purpose", "sponsor_ours", "sponsor_theirs", "starts_on", "ends_on", "status", "note")
    return {
        "plan": _plain(head, names),
        "objectives": [_plain(one, _OBJECTIVE) for one in queries.objectives(reads, plan_id)],
        "items": [_plain(one, _ITEM) for one in queries.items(reads, plan_id)],
        "readings": [
            {"objective_id": objective, **_plain(one, ("id", "on", "value", "source"))}
            for objective, values in readings.items()
            for one in values
        ],
        "risks": [_plain(one, _RISK) for one in queries.risks(reads, plan_id)],
    }


_OBJECTIVE = (
    "id", "title", "measure", "metric", "unit", "direction", "baseline", "target", "due_on", "owner_ours",
    "owner_theirs", "status", "verified_by", "verified_on", "note",
)  # fmt: skip
_ITEM = (
    "id", "objective_id", "parent_id", "kind", "title", "side", "owner", "person", "starts_on", "due_on", "done_on",
    "status", "note",
)  # fmt: skip
_RISK = ("id", "title", "likelihood", "impact", "response", "owner", "shareable", "closed_on")


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
    }


def _kept(reads: Reads, version_id: int) -> tuple[int, Body]:
    kept = queries.version_body(reads, version_id)
    if kept is None:
        raise NotFound(_("This version is not there any more."), _("Undo brings it back."), id=version_id)
    data: Body = json.loads(kept[1])
    return kept[0], data
