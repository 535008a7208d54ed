"""What a template may see of a success plan: frozen plain dataclasses, all fit for the customer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A milestone or action of the success plan; ``level`` 1 is under the objective; ``state``: open, late, done."""

    title: str
    kind: str  # milestone, action
    side: str  # ours, theirs
    owner: str = ""
    due: dt.date | None = None
    done: dt.date | None = None
    state: str = "open"
    level: int = 1
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """From ``baseline`` to ``target`` by ``due``. ``share`` is how much of the way is gone; below 0 is backwards.

    ``standing``: reached, on_track, behind, missed, overdue, not_reached (no baseline), not_measured, dropped.
    """

    title: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    now: Decimal | None = None
    now_on: dt.date | None = None
    unit: str = ""
    direction: str = "up"
    share: float | None = None
    standing: str = "not_measured"
    due: dt.date | None = None
    theirs: str = ""
    ours: str = ""
    verified_by: str = ""
    verified_on: dt.date | None = None
    measure: str = ""
    steps: tuple[PlanStep, ...] = ()
    ref: str = ""
    by_ledger: bool = False  # its figure is the value ledger's: verified value ÷ cost


@dataclass(frozen=True, slots=True)
class PlanRisk:
    """A risk of the plan that may be shared, with what is done about it."""

    title: str
    answer: str = ""
    owner: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class SuccessPlan:
    """What the customer wants to reach, as agreed. Internal notes and risks kept to ourselves are not in it."""

    name: str
    purpose: str = ""
    theirs: str = ""  # sponsors
    ours: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    objectives: tuple[Objective, ...] = ()
    risks: tuple[PlanRisk, ...] = ()
    version: int = 0
    reviewed_on: dt.date | None = None
    ref: str = ""
    steps: int = 0  # of all objectives
    steps_late: int = 0
