"""The list of all success plans: how far each is, what is due next, what is overdue, promises open on both sides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_workbench.domain import objective as rules
from cs_workbench.domain.objective import Goal, Reading, Standing
from cs_workbench.services import value_ratio
from cs_workbench.services.plan_share import standing_of
from cs_workbench.services.plan_words import sentence
from cs_workbench.store.queries import plan_list as queries
from cs_workbench.store.queries.local_days import EPOCH
from cs_workbench.store.queries.plan_list import GoalRow, HeadRow, StepRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

__all__ = ["HeadRow", "PlanLine", "StepRow", "lines"]

_WORST: tuple[Standing, ...] = (
    "overdue", "missed", "behind", "not_reached", "on_track", "not_measured", "reached", "dropped",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as of a day. ``progress`` is how far it is as the quadrant counts it (``objective.attained``);
    ``unmeasured`` of its ``counted`` objectives have no figure or no target; ``standing`` is the worst of its open
    objectives; ``overdue`` counts steps and objectives past their date.
    """

    row: HeadRow
    goals: tuple[str, ...]
    reached: int
    counted: int
    unmeasured: int
    progress: float | None
    standing: Standing
    next: StepRow | None
    overdue: int
    ours: int
    theirs: int

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def goal(self) -> str:
        """The purpose in the customer's words, else the first objective, else the plan's name."""
        return self.row.purpose or (self.goals[0] if self.goals else self.row.name)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self.row.status in {"active", "draft"}


def lines(reads: Reads, as_of: dt.date) -> tuple[PlanLine, ...]:
    """Every plan, those under way first; four statements, and those of the ledgers where an objective follows them."""
    goals, steps, promises = queries.goals(reads, as_of), queries.steps(reads), queries.promises(reads)
    heads = queries.heads(reads)
    goals = _proved(reads, heads, goals, as_of)
    return tuple(
        _line(
            head, goals.get(head.id, ()), steps.get(head.id, ()), promises.get(head.account_id, (0, 0)), as_of
        )
        for head in heads
    )


def _proved(
    reads: Reads, heads: tuple[HeadRow, ...], goals: dict[int, tuple[GoalRow, ...]], as_of: dt.date
) -> dict[int, tuple[GoalRow, ...]]:
    """The goals with the ledger's figure where they follow verified value ÷ cost and their account has one."""
    following = {one.row.metric_id for rows in goals.values() for one in rows} - {None}
    metrics = value_ratio.metrics(reads) if following else frozenset()
    ledgers = value_ratio.measured(reads, as_of) if following & metrics else {}
    accounts = {head.id: head.account_id for head in heads}

    def told(one: GoalRow) -> GoalRow:
        own = ledgers.get(accounts.get(one.plan_id, 0))
        if own is None or one.row.metric_id not in metrics:
            return one
        on = None if own[0] is None else dt.date.fromordinal(EPOCH + own[1])
        return replace(one, value=own[0], on=on)

    return {plan: tuple(told(one) for one in rows) for plan, rows in goals.items()} if ledgers else goals


def _line(
    head: HeadRow,
    goals: tuple[GoalRow, ...],
    steps: tuple[StepRow, ...],
    promises: tuple[int, int],
    as_of: dt.date,
) -> PlanLine:
    standings = [_standing(one, head, as_of) for one in goals]
    counted = [one for one in standings if one != "dropped"]
    extents = [
        rules.extent(_goal(one, head), one.value, one.row.status)
        for one in goals
        if one.row.status != "dropped"
    ]
    open_goals = (one for one in goals if one.row.status not in {"dropped", "reached", "missed"})
    unmeasured = sum(not _measurable(one) for one in open_goals)
    running = head.status in {"active", "draft"}
    late = sum(one.due_on < as_of for one in steps) + standings.count("overdue") if running else 0
    return PlanLine(
        head, tuple(sentence(one.row, by=one.row.due_on or head.ends_on) for one in goals),
        standings.count("reached"), len(counted), unmeasured, rules.attained(extents),
        min(standings, key=_WORST.index, default="not_measured"), steps[0] if steps else None, late, *promises,
    )  # fmt: skip


def _standing(one: GoalRow, head: HeadRow, as_of: dt.date) -> Standing:
    readings = () if one.value is None or one.on is None else (Reading(one.on, one.value),)
    return standing_of(_goal(one, head), readings, one.row.status, as_of)


def _measurable(one: GoalRow) -> bool:
    row = one.row
    return one.value is not None and row.target is not None and row.baseline != row.target


def _goal(one: GoalRow, head: HeadRow) -> Goal:
    row = one.row
    due = row.due_on or head.ends_on
    return Goal(row.baseline, row.target, row.direction, head.starts_on, due, dropped=row.status == "dropped")
