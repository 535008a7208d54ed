"""Writing success plans: start one, edit a field, add objectives, milestones, actions, readings and risks, remove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cs_workbench.domain.text import name_key, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.services import plan_checks
from cs_workbench.services.plan_values import FIELDS, read
from cs_workbench.store.queries import plans as queries
from cs_workbench.store.queries.plans import Entity

__all__ = [
    "FIELDS", "Entity", "Place", "Ref", "add", "add_reading", "add_risk", "create", "edit", "edit_fields", "read",
    "remove", "tick",
]  # fmt: skip

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change

NodeKind: TypeAlias = Literal["objective", "item"]
_EDITS: dict[Entity, str] = {
    "plan": mark("Edit plan"), "objective": mark("Edit objective"), "item": mark("Edit plan step"),
    "risk": mark("Edit risk"), "reading": mark("Edit reading"),
}  # fmt: skip
_REMOVALS: dict[Entity, str] = {
    "plan": mark("Delete plan"), "objective": mark("Delete objective"), "item": mark("Delete plan step"),
    "risk": mark("Delete risk"), "reading": mark("Delete reading"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ref:
    """An objective, or an item (milestone or action) by its id."""

    kind: NodeKind
    id: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something new goes: after a node as its sibling, or last under it; without a node, as last objective."""

    how: Literal["after", "under"] = "after"
    node: Ref | None = None


def create(
    wb: Workbench, account_id: int, name: str, *, purpose: str = "", starts_on: dt.date | None = None,
    ends_on: dt.date | None = None, now: dt.datetime,
) -> int:  # fmt: skip
    """Start an empty plan and return its id. Raises InvalidValue for no name or reversed dates."""
    from cs_workbench.store.tables import SuccessPlan

    words = read("plan", "name", name, now.date())
    plan_checks.in_order(starts_on, ends_on, "ends_on")
    with wb.change(_("Start success plan")) as db:
        row = SuccessPlan(
            account_id=account_id, name=words, purpose=seen(purpose).strip(), starts_on=starts_on, ends_on=ends_on,
            created_at=now, updated_at=now,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def add(wb: Workbench, plan_id: int, title: str, place: Place | None = None, *, now: dt.datetime) -> Ref:
    """Add an objective, milestone or action at *place*: after an objective comes an objective, under it a milestone,
    under an item an action. Raises InvalidValue without a title, NotFound where the node is gone.
    """
    from cs_workbench.services.plan_branches import Branches

    words = read("item", "title", title, now.date())
    where = place or Place()
    with wb.change(_name_of_addition(wb, where)) as db:
        made = Branches(db, plan_id).add(words, where)
        touch(db, plan_id, now)
        return made


def _name_of_addition(wb: Workbench, place: Place) -> str:
    if place.node is None or (place.node.kind == "objective" and place.how == "after"):
        return _("Add objective")
    beside = place.node.kind == "item" and place.how == "after"
    milestone = place.node.kind == "objective" or (beside and queries.is_top(wb.reads, place.node.id))
    return _("Add milestone") if milestone else _("Add action")


def add_risk(wb: Workbench, plan_id: int, title: str, *, now: dt.datetime) -> int:
    """Add a risk; returns its id."""
    from cs_workbench.store.tables import PlanRisk

    words = read("risk", "title", title, now.date())
    with wb.change(_("Add risk")) as db:
        found(db, "plan", plan_id)
        position = queries.next_position(db, "plan_risk", "plan_id=:p", {"p": plan_id})
        row = PlanRisk(plan_id=plan_id, position=position, title=words)
        db.session.add(row)
        db.session.flush()
        touch(db, plan_id, now)
        return row.id


def add_reading(
    wb: Workbench, objective_id: int, on: dt.date, value: float, *, source: str = "", now: dt.datetime
) -> int:
    """Note what an objective measured on a day; a second value of the same day replaces the first.

    Raises InvalidValue for a day to come, a figure that is none, or an objective that follows a metric.
    """
    from cs_workbench.store.tables import ObjectiveReading

    plan_checks.measured(on, value, now.date())
    with wb.change(_("Add reading")) as db:
        objective = found(db, "objective", objective_id)
        if objective.metric_id is not None:
            raise InvalidValue(
                _("The readings of this objective come from a metric."),
                _("Let it stop following the metric first."),
                field="metric",
            )
        row = (
            db.session.query(ObjectiveReading).filter_by(objective_id=objective_id, on_date=on).one_or_none()
        )
        if row is None:
            row = ObjectiveReading(objective_id=objective_id, on_date=on)
            db.session.add(row)
        row.value, row.source = float(value), seen(source).strip()
        db.session.flush()
        touch(db, objective.plan_id, now)
        return row.id


def edit(wb: Workbench, entity: Entity, record_id: int, field: str, text: str, *, now: dt.datetime) -> None:
    """Keep one field as typed. Raises InvalidValue with the reason, NotFound where the record is gone."""
    edit_fields(wb, entity, record_id, {field: text}, now=now)


def edit_fields(
    wb: Workbench, entity: Entity, record_id: int, fields: Mapping[str, str], *, now: dt.datetime
) -> None:
    """Keep several fields as one step: a sentence with both its figures. Nothing is kept where one is refused."""
    values = {name: read(entity, name, text, now.date()) for name, text in fields.items()}
    with wb.change(_(_EDITS[entity])) as db:
        row = found(db, entity, record_id)
        plan = found(db, "plan", plan_of(db, entity, row))
        had_both = entity == "objective" and row.baseline is not None and row.target is not None
        for name, value in values.items():
            _keep(db, (entity, name), row, plan.account_id, value)
        if entity == "objective" and not had_both and "direction" not in values:
            _take_direction(row)
        if entity == "item" and "status" in values:
            row.done_on = (row.done_on or now.date()) if row.status == "done" else None
        if entity == "item" and "done_on" in values:
            row.status = "done" if row.done_on else "open"
        plan_checks.refuse(entity, row, plan, next(iter(fields)))
        touch(db, plan.id, now)


def _keep(db: Change, field: tuple[Entity, str], row: Any, account_id: int, value: Any) -> None:
    entity, name = field
    kind = FIELDS[entity][name]
    if kind == "person":
        setattr(row, f"{name}_id", _person(db, account_id, value, name) if value else None)
    elif kind == "metric":
        row.metric_id = _metric(db, account_id, value) if value else None
    elif entity == "item" and name == "owner":
        _set_owner(db, row, account_id, value)
    else:
        setattr(row, name, value == "yes" if name == "shareable" else value)
        if entity == "item" and name == "side":
            _set_owner(db, row, account_id, row.owner or _name_of(db, account_id, row.person_id))


def _set_owner(db: Change, row: Any, account_id: int, words: str) -> None:
    """An owner of theirs is the person of that name where there is one, else the words as typed."""
    known = _people(db, account_id).get(name_key(words)) if row.side == "theirs" and words else None
    row.person_id = known
    row.owner = None if known or not words else words


def _take_direction(row: Any) -> None:
    """The first time both figures are known they say which way is forward; later a contradiction is refused."""
    if row.baseline is not None and row.target is not None and row.baseline != row.target:
        row.direction = "up" if row.target > row.baseline else "down"


def tick(wb: Workbench, ref: Ref, *, now: dt.datetime) -> bool:
    """Mark a step done or an objective reached, or take that back; returns whether it is done now."""
    entity: Entity = ref.kind
    name = _("Reopen plan step") if _is_done(wb, ref) else _("Complete plan step")
    with wb.change(name) as db:
        row = found(db, entity, ref.id)
        if ref.kind == "objective":
            row.status = "open" if row.status == "reached" else "reached"
            ticked = row.status == "reached"
        else:
            ticked = row.status != "done"
            row.status, row.done_on = ("done", now.date()) if ticked else ("open", None)
        touch(db, row.plan_id, now)
        return bool(ticked)


def _is_done(wb: Workbench, ref: Ref) -> bool:
    return queries.status(wb.reads, ref.kind, ref.id) in {"done", "reached"}


def remove(wb: Workbench, entity: Entity, record_id: int, *, now: dt.datetime) -> None:
    """Remove a plan, objective, step, risk or reading with all that hangs on it. Raises NotFound."""
    with wb.change(_(_REMOVALS[entity])) as db:
        row = found(db, entity, record_id)
        plan_id = plan_of(db, entity, row)
        db.session.delete(row)
        if entity != "plan":
            touch(db, plan_id, now)


def found(db: Change, entity: Entity, record_id: int) -> Any:
    """The mapped row. Raises NotFound where it is gone."""
    from cs_workbench.store import tables

    kinds = {
        "plan": tables.SuccessPlan, "objective": tables.Objective, "item": tables.PlanItem,
        "risk": tables.PlanRisk, "reading": tables.ObjectiveReading,
    }  # fmt: skip
    row: Any = db.session.get(kinds[entity], record_id)
    if row is None:
        raise NotFound(
            _("It is not there any more."), _("It may have been deleted; Undo brings it back."), id=record_id
        )
    return row


def plan_of(db: Change, entity: Entity, row: Any) -> int:
    """The plan a part belongs to."""
    if entity == "plan":
        return int(row.id)
    return int(found(db, "objective", row.objective_id).plan_id if entity == "reading" else row.plan_id)


def touch(db: Change, plan_id: int, now: dt.datetime) -> None:
    """Say on the plan when it was last edited."""
    found(db, "plan", plan_id).updated_at = now


def _people(db: Change, account_id: int) -> dict[str, int]:
    return {name_key(name): number for number, name in reversed(queries.people(db, account_id))}


def _name_of(db: Change, account_id: int, person_id: int | None) -> str:
    return dict(queries.people(db, account_id)).get(person_id or 0, "")


def _person(db: Change, account_id: int, words: str, field: str) -> int:
    known = _people(db, account_id)
    wanted = name_key(words)
    near = [number for key, number in known.items() if wanted and key.startswith(wanted)]
    if wanted in known:
        return known[wanted]
    if len(near) == 1:
        return near[0]
    raise InvalidValue(
        _("Nobody called “{name}” is on record here.").format(name=words[:80]),
        _("Add the person on the People tab first."),
        field=field,
    )


def _metric(db: Change, account_id: int, words: str) -> int:
    for number, name in queries.metrics(db, account_id):
        if words in {str(number), name}:
            return number
    raise InvalidValue(
        _("There is no metric “{name}” with readings of this account.").format(name=words[:80]),
        _("Choose one of the list, or enter readings by hand."),
        field="metric",
    )
