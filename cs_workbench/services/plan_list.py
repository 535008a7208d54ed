"""The list of all success plans: how far each is, what is due next, what is overdue, promises open on both sides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain import objective as rules
from cs_workbench.domain.objective import Goal, Reading, Standing
from cs_workbench.services.plan_share import standing_of
from cs_workbench.services.plan_words import sentence
from cs_workbench.store.queries import plan_list as queries
from cs_workbench.store.queries.plan_list import GoalRow, HeadRow, StepRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

__all__ = ["HeadRow", "PlanLine", "StepRow", "lines"]

_WORST: tuple[Standing, ...] = ("overdue", "behind", "on_track", "not_measured", "reached", "dropped")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as of a day. ``progress`` is how far it is as the quadrant counts it (``objective.attained``), with
    ``unmeasured`` of its ``counted`` objectives at nothing; ``standing`` the worst of its open objectives; ``overdue``
    counts steps and objectives past their date.
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
    """Every plan, those under way first; four statements."""
    goals, steps, promises = queries.goals(reads, as_of), queries.steps(reads), queries.promises(reads)
    return tuple(
        _line(
            head, goals.get(head.id, ()), steps.get(head.id, ()), promises.get(head.account_id, (0, 0)), as_of
        )
        for head in queries.heads(reads)
    )


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
    running = head.status in {"active", "draft"}
    late = sum(one.due_on < as_of for one in steps) + standings.count("overdue") if running else 0
    return PlanLine(
        head, tuple(sentence(one.row, by=one.row.due_on or head.ends_on) for one in goals),
        standings.count("reached"), len(counted), extents.count(None), rules.attained(extents),
        min(standings, key=_WORST.index, default="not_measured"), steps[0] if steps else None, late, *promises,
    )  # fmt: skip


def _standing(one: GoalRow, head: HeadRow, as_of: dt.date) -> Standing:
    readings = () if one.value is None or one.on is None else (Reading(one.on, one.value),)
    return standing_of(_goal(one, head), readings, one.row.status, as_of)


def _goal(one: GoalRow, head: HeadRow) -> Goal:
    row = one.row
    due = row.due_on or head.ends_on
    return Goal(row.baseline, row.target, row.direction, head.starts_on, due, dropped=row.status == "dropped")
