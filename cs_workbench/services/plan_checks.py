"""What may not stand in a success plan, and what is only worth a second look."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cs_workbench.domain.objective import Goal, faults
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.store.queries.plans import Entity, ObjectiveRow, PlanRow

Code: TypeAlias = Literal["target_is_baseline", "against_direction", "dates_reversed", "outside_period"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is refused, or (``grave`` is False) what is odd about it."""

    code: Code
    message: str
    remedy: str
    grave: bool = True


def of_objective(row: Any, starts_on: dt.date | None, ends_on: dt.date | None) -> tuple[Problem, ...]:
    """What contradicts itself in an objective (a row or anything with its figures) of a plan with that period."""
    goal = Goal(row.baseline, row.target, row.direction, starts_on, row.due_on)
    found = [_worded(code, row.direction) for code in faults(goal)]
    return (*found, *outside(row.due_on, starts_on, ends_on))


def of_item(row: Any, starts_on: dt.date | None, ends_on: dt.date | None) -> tuple[Problem, ...]:
    """The same of a milestone or action."""
    found: tuple[Problem, ...] = ()
    if row.starts_on is not None and row.due_on is not None and row.due_on < row.starts_on:
        found = (_worded("dates_reversed", ""),)
    return (*found, *outside(row.due_on, starts_on, ends_on))


def outside(due: dt.date | None, starts_on: dt.date | None, ends_on: dt.date | None) -> tuple[Problem, ...]:
    """A warning where *due* lies outside the plan's period."""
    if due is None or not ((starts_on and due < starts_on) or (ends_on and due > ends_on)):
        return ()
    return (
        Problem(
            "outside_period",
            _("The date lies outside the plan's period."),
            _("Move it, or make the plan longer."),
            grave=False,
        ),
    )


def entity_of(row: Any) -> Entity:
    """Which part of a plan a row of the reading side is."""
    if isinstance(row, PlanRow):
        return "plan"
    return "objective" if isinstance(row, ObjectiveRow) else "item"


def refuse(entity: Entity, row: Any, plan: Any, field: str) -> None:
    """Raise InvalidValue for the first thing in *row* that cannot stand."""
    if entity == "plan":
        in_order(row.starts_on, row.ends_on, field)
        return
    if entity not in {"objective", "item"}:
        return
    check = of_objective if entity == "objective" else of_item
    for problem in check(row, plan.starts_on, plan.ends_on):
        if problem.grave:
            raise InvalidValue(problem.message, problem.remedy, code=problem.code, field=field)


def in_order(starts_on: dt.date | None, ends_on: dt.date | None, field: str) -> None:
    """Raise InvalidValue where the end comes before the beginning."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        problem = _worded("dates_reversed", "")
        raise InvalidValue(problem.message, problem.remedy, code=problem.code, field=field)


def measured(on: dt.date, value: float, today: dt.date) -> None:
    """Raise InvalidValue for a reading of a day to come or a figure that is none."""
    if on > today:
        raise InvalidValue(
            _("A reading cannot be of a day to come."), _("Type the day it was measured."), code="future",
            field="on_date",
        )  # fmt: skip
    if not math.isfinite(value):
        raise InvalidValue(_("This is no number."), _("Type digits, like 40 or 12.5."), field="value")


def _worded(code: Code, direction: str) -> Problem:
    if code == "target_is_baseline":
        return Problem(
            code, _("The target equals the baseline: there is nothing to reach."), _("Type another target.")
        )
    if code == "against_direction":
        message = (
            _("The target lies below the baseline, but the figure is to rise.")
            if direction == "up"
            else _("The target lies above the baseline, but the figure is to fall.")
        )
        return Problem(code, message, _("Turn the direction round"))
    return Problem(code, _("It would end before it begins."), _("Correct the other date first."))
