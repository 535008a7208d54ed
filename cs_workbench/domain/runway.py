"""The eight steps of a renewal, counted back from the last day to give notice.

From the end: the notice goes out on a working day, the customer's internal approval (稟議) needs working days before
it, the meeting a little before that, and steps 3–8 lead up to the meeting. Steps 1 and 2 open the runway.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from cs_workbench.domain import working_days
from cs_workbench.domain.months import add_months

StepState: TypeAlias = Literal["done", "current", "late", "to_come"]
Checkpoint: TypeAlias = Literal["early", "t6", "t3"]

STEPS = range(1, 9)
APPROVAL_DAYS = 10
TOP_TIERS = ("A",)
_DAY = dt.timedelta(days=1)
_TO_GIVE_NOTICE = 1
_MEETING_TO_APPROVAL = 3
_ATTENDEES_AFTER_TOUCH = 5
_BEFORE_MEETING = {3: 14, 4: 12, 5: 9, 6: 7, 7: 5, 8: 4}
"""Working days before the meeting by which steps 3–8 are to be done."""

_FIRST_TOUCH = {"A": 120}
_FIRST_TOUCH_ELSE = 90
_MILESTONES = (
    ("readiness", 180), ("facts", 120), ("first_touch", 90), ("value_case", 60), ("executive_talk", 45),
    ("proposal", 30), ("signature", 14), ("signature_last", 7), ("deadline", 0), ("look_back", -30),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the default runway: what (readiness, facts, …), and when; ``days`` before the deadline."""

    key: str
    days: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record about the steps: done on which day, moved by hand to which day; and what was fixed."""

    done: Mapping[int, dt.date] = field(default_factory=dict)
    moved: Mapping[int, dt.date] = field(default_factory=dict)
    meeting: dt.date | None = None
    approval_days: int = APPROVAL_DAYS


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when to be done as of now, when by plan, how it stands; ``days_late`` counts calendar days."""

    number: int
    due: dt.date
    planned: dt.date
    state: StepState
    done_on: dt.date | None
    by_hand: bool
    days_late: int


@dataclass(frozen=True, slots=True)
class Runway:
    """The way to a notice deadline as of a day.

    ``late`` is the step that holds the others up (None: none does) and ``shift`` by how many working days those after
    it moved; ``squeezed`` says that they no longer fit before the meeting at their own pace. ``short`` is how many
    working days the approval lacks. ``closed_from`` is the first day of the turn of the year on the way, if any.
    """

    deadline: dt.date
    last_day: dt.date
    approval_from: dt.date
    approval_to: dt.date
    approval_days: int
    meeting: dt.date
    meeting_fixed: bool
    steps: tuple[Step, ...]
    late: int | None
    shift: int
    squeezed: bool
    short: int
    closed_from: dt.date | None

    @property
    def current(self) -> Step | None:
        """The first step not done."""
        return next((step for step in self.steps if step.state != "done"), None)

    @property
    def pack_on(self) -> dt.date:
        """When the pack is to be ready (step 8)."""
        return self.steps[-1].done_on or self.steps[-1].due


def milestones(deadline: dt.date, tier: str | None) -> tuple[Milestone, ...]:
    """The default runway: D−180 (top tier only), D−120, D−90 … D0, D+30. Those ahead fall on working days."""
    return tuple(
        Milestone(
            key,
            days,
            working_days.on_or_before(deadline - days * _DAY) if days > 0 else deadline - days * _DAY,
        )
        for key, days in _MILESTONES
        if key != "readiness" or tier in TOP_TIERS
    )


def checkpoint(deadline: dt.date, today: dt.date) -> Checkpoint:
    """Which checkpoint the renewal has passed: six months before its deadline, three months, or neither yet."""
    if today >= add_months(deadline, -3):
        return "t3"
    return "t6" if today >= add_months(deadline, -6) else "early"


def may_monitor(deadline: dt.date, today: dt.date) -> bool:
    """Whether "monitor" is still a choice: from three months before the deadline on it is not."""
    return checkpoint(deadline, today) != "t3"


def runway(deadline: dt.date, today: dt.date, known: Known | None = None, tier: str | None = None) -> Runway:
    """The steps towards *deadline* as of *today*; a late step moves those after it that nobody moved by hand.

    31 Dec 2026 with ten days of approval: notice by 28 Dec, approval from 11 Dec, meeting on 8 Dec.
    """
    known = known or Known()
    last_day = working_days.on_or_before(deadline)
    approval_to = _minus(last_day, _TO_GIVE_NOTICE)
    approval_from = _minus(approval_to, known.approval_days)
    meeting = known.meeting or max(
        _minus(approval_from, _MEETING_TO_APPROVAL), working_days.on_or_after(today + _DAY)
    )
    planned = _planned(deadline, approval_from, known.meeting, tier)
    late, shift = _held_up(planned, known, today)
    dues, squeezed = _moved(planned, known, today, late=late, shift=shift, meeting=meeting)
    room = working_days.between(max(meeting, today), approval_to)
    return Runway(
        deadline, last_day, approval_from, approval_to, known.approval_days, meeting, known.meeting is not None,
        _steps(planned, dues, known, today), late, shift, squeezed, max(known.approval_days - room, 0),
        _closed(today, deadline),
    )  # fmt: skip


def _planned(
    deadline: dt.date, approval_from: dt.date, fixed: dt.date | None, tier: str | None
) -> dict[int, dt.date]:
    meeting = fixed or _minus(approval_from, _MEETING_TO_APPROVAL)
    first = working_days.on_or_before(deadline - _FIRST_TOUCH.get(tier or "", _FIRST_TOUCH_ELSE) * _DAY)
    planned = {number: _minus(meeting, before) for number, before in _BEFORE_MEETING.items()}
    second = min(_plus(first, _ATTENDEES_AFTER_TOUCH), planned[3])
    return {1: min(first, second), 2: second, **planned}


def _held_up(planned: Mapping[int, dt.date], known: Known, today: dt.date) -> tuple[int | None, int]:
    """The first step not done, if its day has passed, and how many working days ago that was."""
    number = next((one for one in STEPS if one not in known.done), None)
    if number is None:
        return None, 0
    due = known.moved.get(number, planned[number])
    return (number, working_days.between(due, today)) if due < today else (None, 0)


def _moved(
    planned: Mapping[int, dt.date],
    known: Known,
    today: dt.date,
    *,
    late: int | None,
    shift: int,
    meeting: dt.date,
) -> tuple[dict[int, dt.date], bool]:
    """Each step's day of now: moved by hand, else pushed by what is late, else as planned."""
    dues = {number: known.moved.get(number, planned[number]) for number in STEPS}
    rest = [
        n for n in STEPS if late is not None and n > late and n not in known.done and n not in known.moved
    ]
    if not rest or not shift:
        return dues, False
    pushed = {number: max(_plus(planned[number], shift), today) for number in rest}
    last = max(_minus(meeting, 1), today)
    squeezed = pushed[rest[-1]] > last
    if squeezed:  # the remaining days are shared out evenly
        room = working_days.between(today, last)
        pushed = {n: _plus(today, -(-room * k // len(rest))) for k, n in enumerate(rest, 1)}
        pushed = {n: min(day, last) for n, day in pushed.items()}
    return {**dues, **pushed}, squeezed


def _steps(
    planned: Mapping[int, dt.date], dues: Mapping[int, dt.date], known: Known, today: dt.date
) -> tuple[Step, ...]:
    first = next((number for number in STEPS if number not in known.done), None)
    found = []
    for number in STEPS:
        state: StepState = "done" if number in known.done else "to_come"
        behind = 0
        if number == first:
            behind = max((today - dues[number]).days, 0)
            state = "late" if behind else "current"
        found.append(
            Step(
                number,
                dues[number],
                planned[number],
                state,
                known.done.get(number),
                number in known.moved,
                behind,
            )
        )
    return tuple(found)


def _closed(today: dt.date, deadline: dt.date) -> dt.date | None:
    for year in (today.year - 1, today.year):
        first, last = dt.date(year, 12, 29), dt.date(year + 1, 1, 3)
        if max(first, today) <= min(last, deadline):
            return max(first, today)
    return None


@lru_cache(maxsize=20_000)
def _minus(day: dt.date, count: int) -> dt.date:
    """Thousands of renewals share a few hundred days: counted once each."""
    return working_days.minus(day, count)


@lru_cache(maxsize=20_000)
def _plus(day: dt.date, count: int) -> dt.date:
    """The same forwards."""
    return working_days.plus(day, count)
