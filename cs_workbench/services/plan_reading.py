"""Reading success plans: the tree with where each objective stands as of a day, in a constant number of statements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cs_workbench.domain import objective as rules
from cs_workbench.domain.objective import Goal, Reading, Standing
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services import plan_checks, value_ratio
from cs_workbench.services.plan_checks import Problem
from cs_workbench.services.plan_share import standing_of
from cs_workbench.services.plans import Ref
from cs_workbench.store.queries import plans as queries
from cs_workbench.store.queries.local_days import EPOCH
from cs_workbench.store.queries.plans import (
    ItemRow,
    ObjectiveRow,
    PlanRow,
    PromiseRow,
    ReadingRow,
    RiskRow,
    VersionRow,
)

__all__ = [
    "ItemRow", "Node", "ObjectiveRow", "ObjectiveView", "PlanRow", "PlanView", "PromiseRow", "ReadingRow", "RiskRow",
    "VersionRow", "account_plan", "first_view", "plan_view",
]  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cs_workbench.store.reads import Reads

Row: TypeAlias = ObjectiveRow | ItemRow


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its readings and what they mean. ``progress`` is a share, None where it is not measured."""

    row: ObjectiveRow
    readings: tuple[ReadingRow, ...]
    standing: Standing
    current: ReadingRow | None
    progress: float | None
    pace: float
    due: dt.date | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree: level 0 is an objective, 1 a milestone. ``late`` counts days past the date, 0 for none."""

    ref: Ref
    level: int
    parent: Ref | None
    row: Row
    view: ObjectiveView | None
    children: int
    late: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as of a day. ``nodes`` is the tree in reading order; ``by_ledger`` are the objectives whose figure is the
    value ledger's.
    """

    head: PlanRow
    as_of: dt.date
    objectives: tuple[ObjectiveView, ...]
    nodes: tuple[Node, ...]
    risks: tuple[RiskRow, ...]
    versions: tuple[VersionRow, ...]
    promises: tuple[PromiseRow, ...]
    people: tuple[tuple[int, str], ...]
    metrics: tuple[tuple[int, str], ...]
    attainment: float | None
    on_track: float | None
    by_ledger: frozenset[int] = frozenset()

    def node(self, ref: Ref | None) -> Node | None:
        """The line of a node, None where it is gone."""
        return next((one for one in self.nodes if one.ref == ref), None)


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """All plans of an account, and the one that is shown."""

    plans: tuple[PlanRow, ...]
    view: PlanView | None


def account_plan(reads: Reads, account_id: int, as_of: dt.date, plan_id: int | None = None) -> AccountPlan:
    """The account's plans and one of them: the one asked for where it is still there, else the first."""
    plans = queries.account_plans(reads, account_id)
    head = next((one for one in plans if one.id == plan_id), plans[0] if plans else None)
    return AccountPlan(plans, None if head is None else _view(reads, head, as_of))


def first_view(reads: Reads, account_id: int, as_of: dt.date) -> PlanView | None:
    """The account's active (else newest) plan, None where it has none."""
    return account_plan(reads, account_id, as_of).view


def plan_view(reads: Reads, plan_id: int, as_of: dt.date) -> PlanView:
    """One plan, ten statements. Raises NotFound."""
    head = queries.plan(reads, plan_id)
    if head is None:
        raise NotFound(_("This plan is not there any more."), _("Undo brings it back."), id=plan_id)
    return _view(reads, head, as_of)


def _view(reads: Reads, head: PlanRow, as_of: dt.date) -> PlanView:
    by_hand = queries.readings(reads, head.id)
    followed = queries.followed(reads, head.id, as_of)
    objectives = queries.objectives(reads, head.id)
    proved = _proved(reads, head, objectives, followed, as_of)
    followed |= proved
    views = tuple(
        _objective(row, (followed if row.metric_id else by_hand).get(row.id, ()), head, as_of)
        for row in objectives
    )
    standings = [one.standing for one in views]
    return PlanView(
        head, as_of, views, _nodes(views, queries.items(reads, head.id), head, as_of),
        queries.risks(reads, head.id), queries.versions(reads, head.id), queries.promises(reads, head.account_id),
        queries.people(reads, head.account_id), queries.metrics(reads, head.account_id),
        rules.attainment(standings), rules.on_track_share(standings), frozenset(proved),
    )  # fmt: skip


def _proved(
    reads: Reads, head: PlanRow, objectives: Sequence[ObjectiveRow], followed: Mapping[int, tuple[ReadingRow, ...]],
    as_of: dt.date,
) -> dict[int, tuple[ReadingRow, ...]]:  # fmt: skip
    """Objectives that follow verified value ÷ cost end at the ledger's figure; readings that say otherwise are left
    out, for a plan may not contradict the ledger it is shown beside.
    """
    following = {row.metric_id for row in objectives if row.metric_id is not None}
    metrics = value_ratio.metrics(reads) if following else frozenset()
    own = value_ratio.measured(reads, as_of, head.account_id) if following & metrics else {}
    if head.account_id not in own:
        return {}
    value, day = own[head.account_id]
    on = dt.date.fromordinal(EPOCH + day)
    proved: dict[int, tuple[ReadingRow, ...]] = {}
    for row in objectives:
        if row.metric_id in metrics and value is None:
            proved[row.id] = ()
        elif row.metric_id in metrics and value is not None:
            made = ReadingRow(0, on, value, _("value ledger"))
            before = [one for one in followed.get(row.id, ()) if one.on < on]
            agree = before and abs(before[-1].value - value) <= abs(value) * float(value_ratio.NEAR)
            proved[row.id] = (*(before if agree else ()), made)
    return proved


def _objective(
    row: ObjectiveRow, readings: tuple[ReadingRow, ...], head: PlanRow, as_of: dt.date
) -> ObjectiveView:
    due = row.due_on or head.ends_on
    goal = Goal(row.baseline, row.target, row.direction, head.starts_on, due, dropped=row.status == "dropped")
    plain = [Reading(one.on, one.value) for one in readings]
    current = max((one for one in readings if one.on <= as_of), key=lambda one: one.on, default=None)
    progress = None
    if (
        current is not None
        and row.baseline is not None
        and row.target is not None
        and row.baseline != row.target
    ):
        progress = rules.progress(row.baseline, row.target, current.value)
    elif current is not None and row.baseline is None and rules.at_target(goal, current.value):
        progress = 1.0
    return ObjectiveView(
        row, readings, standing_of(goal, plain, row.status, as_of), current, progress,
        rules.pace(goal, as_of), due, plan_checks.of_objective(row, head.starts_on, head.ends_on),
    )  # fmt: skip


def _nodes(
    views: tuple[ObjectiveView, ...], items: tuple[ItemRow, ...], head: PlanRow, as_of: dt.date
) -> tuple[Node, ...]:
    hanging: dict[tuple[int | None, int | None], list[ItemRow]] = defaultdict(list)
    for item in items:
        hanging[(None if item.parent_id else item.objective_id), item.parent_id].append(item)
    made: list[Node] = []

    def put(rows: list[ItemRow], level: int, parent: Ref | None) -> None:
        for row in rows:
            below = hanging.get((None, row.id), [])
            ref = Ref("item", row.id)
            overdue = row.status == "open" and row.due_on is not None and row.due_on < as_of
            late = (as_of - row.due_on).days if overdue and row.due_on else 0
            problems = plan_checks.of_item(row, head.starts_on, head.ends_on)
            made.append(Node(ref, level, parent, row, None, len(below), late, problems))
            put(below, level + 1, ref)

    for view in views:
        ref = Ref("objective", view.row.id)
        below = hanging.get((view.row.id, None), [])
        late = (as_of - view.due).days if view.standing == "overdue" and view.due and view.due < as_of else 0
        made.append(Node(ref, 0, None, view.row, view, len(below), late, view.problems))
        put(below, 1, ref)
    put(hanging.get((None, None), []), 0, None)
    return tuple(made)
