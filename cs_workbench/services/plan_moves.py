"""Rearranging a plan: up and down among siblings, a level deeper or higher, under another step. Each one undo step."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services.plan_branches import Branches
from cs_workbench.services.plans import Ref, found, touch

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change


def move(wb: Workbench, ref: Ref, by: int, *, now: dt.datetime) -> bool:
    """Move a node *by* places among its siblings; False (and no undo step) where it already stands at that end."""
    with wb.change(_("Move plan step")) as db:
        tree = _tree(db, ref)
        row = tree.row(ref)
        rows = tree.siblings(row)
        at = rows.index(row)
        to = min(max(at + by, 0), len(rows) - 1)
        if to == at:
            return False
        rows.insert(to, rows.pop(at))
        tree.number(rows)
        touch(db, tree.plan_id, now)
        return True


def deeper(wb: Workbench, ref: Ref, *, now: dt.datetime) -> Ref:
    """Put a node under the sibling before it; an objective without figures becomes a milestone of the one before.

    Returns the node, which is another one when it changed its kind. Raises InvalidValue where it cannot go deeper.
    """
    with wb.change(_("Move plan step deeper")) as db:
        tree = _tree(db, ref)
        row = tree.row(ref)
        rows = tree.siblings(row)
        at = rows.index(row)
        if at == 0:
            raise InvalidValue(
                _("There is nothing above that it could belong to."), _("Move it down first."), code="first"
            )
        touch(db, tree.plan_id, now)
        if ref.kind == "objective":
            return _demoted(tree, row, rows[at - 1])
        tree.fits(tree.depth(row) + tree.height(row))
        _hang(tree, row, row.objective_id, rows[at - 1].id)
        return ref


def higher(wb: Workbench, ref: Ref, *, now: dt.datetime) -> Ref:
    """Put an item beside what it hangs on; a milestone of an objective becomes an objective after it.

    Returns the node as ``deeper`` does. Raises InvalidValue for an objective: it stands at the top.
    """
    with wb.change(_("Move plan step higher")) as db:
        tree = _tree(db, ref)
        row = tree.row(ref)
        if ref.kind == "objective":
            raise InvalidValue(_("An objective already stands at the top."), "", code="top")
        touch(db, tree.plan_id, now)
        if row.parent_id is None:
            return _promoted(tree, row)
        parent = tree.row(Ref("item", row.parent_id))
        _hang(tree, row, parent.objective_id, parent.parent_id, after=parent)
        return ref


def _tree(db: Change, ref: Ref) -> Branches:
    return Branches(db, found(db, ref.kind, ref.id).plan_id)


def _hang(
    tree: Branches, row: Any, objective_id: int | None, parent_id: int | None, *, after: Any = None
) -> None:
    """Put an item with what hangs on it somewhere else; the siblings it leaves close up."""
    left = [one for one in tree.siblings(row) if one is not row]
    beside = [one for one in tree.children(objective_id, parent_id) if one is not row]
    beside.insert(beside.index(after) + 1 if after in beside else len(beside), row)
    row.parent_id, row.objective_id = parent_id, objective_id
    row.kind = "milestone" if parent_id is None else "action"
    for one in tree.below(row):
        one.objective_id = objective_id
    tree.number(left)
    tree.number(beside)


def _demoted(tree: Branches, objective: Any, before: Any) -> Ref:
    from cs_workbench.store.queries import plans as queries
    from cs_workbench.store.tables import PlanItem

    has_figures = (
        objective.baseline is not None or objective.target is not None or objective.metric_id is not None
    )
    if has_figures or queries.has_readings(tree.db, objective.id):
        raise InvalidValue(
            _("An objective with figures stays at the top."),
            _("Empty its figures first, or add a milestone under the one above."),
            code="has_figures",
        )
    item = PlanItem(
        plan_id=tree.plan_id, objective_id=before.id, parent_id=None, kind="milestone", position=0,
        title=objective.title, side="ours", owner=objective.owner_ours, person_id=objective.owner_theirs_id,
        due_on=objective.due_on, note=objective.note, status="done" if objective.status == "reached" else "open",
    )  # fmt: skip
    hanging = tree.children(objective.id, None)
    deepest = max((tree.height(one) for one in hanging), default=0)
    tree.fits(1 + deepest)
    tree.insert(item, tree.children(before.id, None), None)
    for one in [one for one in tree.items if one.objective_id == objective.id]:
        one.objective_id = before.id
    for one in hanging:
        one.parent_id, one.kind = item.id, "action"
    _drop(tree, objective, tree.objectives)
    return Ref("item", item.id)


def _promoted(tree: Branches, row: Any) -> Ref:
    from cs_workbench.store.tables import Objective

    owner = next((one for one in tree.objectives if one.id == row.objective_id), None)
    made = Objective(
        plan_id=tree.plan_id, position=0, title=row.title, due_on=row.due_on, owner_ours=row.owner,
        owner_theirs_id=row.person_id, note=row.note, status="reached" if row.status == "done" else "open",
    )  # fmt: skip
    tree.insert(made, tree.ordered(tree.objectives), owner)
    hanging = tree.children(None, row.id)
    for one in tree.below(row):
        one.objective_id = made.id
    for one in hanging:
        one.parent_id, one.kind = None, "milestone"
    tree.number([one for one in tree.siblings(row) if one is not row and one not in hanging])
    _drop(tree, row, tree.items)
    return Ref("objective", made.id)


def _drop(tree: Branches, row: Any, rows: list[Any]) -> None:
    """Delete a row once nothing hangs on it any more."""
    tree.db.session.flush()
    rows.remove(row)
    tree.db.session.delete(row)
    if rows is tree.objectives:
        tree.number(tree.ordered(rows))
    tree.db.session.flush()
