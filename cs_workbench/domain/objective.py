"""An objective of a success plan: how far it is, whether that is on track, and what may not be entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Direction: TypeAlias = Literal["up", "down"]
Standing: TypeAlias = Literal[
    "reached", "on_track", "behind", "missed", "overdue", "not_reached", "not_measured", "dropped"
]
"""``missed``: short of its target on the day it is due; ``not_reached``: short of it, its pace unknown."""
Fault: TypeAlias = Literal["target_is_baseline", "against_direction", "dates_reversed"]

TOLERANCE = 0.10
"""An objective is still on track this share of the way behind an even pace."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value on a day."""

    on: dt.date
    value: float


@dataclass(frozen=True, slots=True)
class Goal:
    """From ``baseline`` to ``target`` between ``start`` and ``due``. What is not known is None."""

    baseline: float | None
    target: float | None
    direction: Direction = "up"
    start: dt.date | None = None
    due: dt.date | None = None
    dropped: bool = False


def progress(baseline: float, target: float, current: float) -> float:
    """Share of the way from *baseline* to *target*: (current − baseline) ÷ (target − baseline).

    May be negative or above 1; a target below the baseline turns it round. Raises ValueError where they are equal.
    """
    if target == baseline:
        raise ValueError("target equals baseline")
    return (current - baseline) / (target - baseline)


def extent(goal: Goal, value: float | None, status: str = "open") -> float | None:
    """How far an objective is, 0–1: 1 where the CSM settled it as reached or its figure got to the target, also
    without a baseline; else the share of the way from the baseline. None: way not known, or dropped.
    """
    if goal.dropped or status == "dropped":
        return None
    if status == "reached":
        return 1.0
    if value is None or goal.target is None or goal.baseline == goal.target:
        return None
    if goal.baseline is None:
        return 1.0 if at_target(goal, value) else None
    return min(max(progress(goal.baseline, goal.target, value), 0.0), 1.0)


def at_target(goal: Goal, value: float) -> bool:
    """Whether a figure is at the target or past it, in the direction wanted."""
    if goal.target is None:
        return False
    return value >= goal.target if goal.direction == "up" else value <= goal.target


def attained(extents: Sequence[float | None]) -> float | None:
    """How far a plan is: the mean over its objectives (dropped ones left out before); one whose way is not known (not
    measured, or short of its target without a baseline) counts as nothing reached. None where none is known.
    """
    if all(one is None for one in extents):
        return None
    return sum(one or 0.0 for one in extents) / len(extents)


def newest(readings: Iterable[Reading], as_of: dt.date) -> Reading | None:
    """The last reading not after *as_of*."""
    return max((one for one in readings if one.on <= as_of), key=lambda one: one.on, default=None)


def standing(goal: Goal, readings: Sequence[Reading], as_of: dt.date) -> Standing:
    """Where an objective stands on *as_of*: reached; overdue; on track or behind an even pace; not measured. With a
    figure and a target but no baseline the pace is not known: reached, or else missed, overdue or not yet reached.

    Without both dates any progress counts as on track. A reading of an earlier day is compared with the pace of that
    day: what was on track when it was last read does not fall behind for want of a reading.
    """
    if goal.dropped:
        return "dropped"
    last = newest(readings, as_of)
    if last is not None and goal.target is not None and goal.baseline is None:
        return _without_baseline(goal, last.value, as_of)
    if goal.baseline is None or goal.target is None or goal.baseline == goal.target or last is None:
        late = goal.due is not None and goal.due < as_of
        return "overdue" if late else "not_measured"
    share = progress(goal.baseline, goal.target, last.value)
    if share >= 1:
        return "reached"
    if goal.due is not None and goal.due < as_of:
        return "overdue"
    return "on_track" if share >= pace(goal, last.on) - TOLERANCE else "behind"


def _without_baseline(goal: Goal, value: float, as_of: dt.date) -> Standing:
    if at_target(goal, value):
        return "reached"
    if goal.due is None or goal.due > as_of:
        return "not_reached"
    return "missed" if goal.due == as_of else "overdue"


def pace(goal: Goal, on: dt.date) -> float:
    """The share an even pace would have reached on that day, 0–1; 0 where a date is missing."""
    if goal.start is None or goal.due is None or goal.due <= goal.start:
        return 0.0
    return min(max((on - goal.start).days / (goal.due - goal.start).days, 0.0), 1.0)


def attainment(standings: Iterable[Standing]) -> float | None:
    """Success attainment: the share of agreed outcomes reached. Dropped ones do not count; None for none."""
    counted = [one for one in standings if one != "dropped"]
    return counted.count("reached") / len(counted) if counted else None


def on_track_share(standings: Iterable[Standing]) -> float | None:
    """Share of objectives reached or on track: what the scorecard's measure reads. None where there are none.

    What is short of its target without a baseline does not count as on track: nothing shows that it is. It is told
    apart from the unmeasured, yet both stay in the whole, so that leaving a baseline out never raises the share.
    """
    counted = [one for one in standings if one != "dropped"]
    return sum(one in {"reached", "on_track"} for one in counted) / len(counted) if counted else None


def faults(goal: Goal) -> tuple[Fault, ...]:
    """What contradicts itself in an objective as typed."""
    found: list[Fault] = []
    if goal.baseline is not None and goal.target is not None:
        if goal.baseline == goal.target:
            found.append("target_is_baseline")
        elif (goal.target > goal.baseline) != (goal.direction == "up"):
            found.append("against_direction")
    if goal.start is not None and goal.due is not None and goal.due < goal.start:
        found.append("dates_reversed")
    return tuple(found)
