"""The first one to three months of an account: when each line is due, on track or late, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

from cs_workbench.domain import working_days

Standing: TypeAlias = Literal["on_track", "behind", "late", "decide", "finished", "went_on"]
Reason: TypeAlias = Literal["", "milestone_overdue", "share_behind", "end_passed"]
Outcome: TypeAlias = Literal["running", "in_time", "late", "extended", "went_on"]
Decision: TypeAlias = Literal["go_on", "extend"]
Span: TypeAlias = Literal["month", "quarter"]

TOLERANCE = 0.15
"""So much of the checklist may be done later than its dates say before the onboarding counts as behind."""
OPEN: frozenset[Standing] = frozenset(("on_track", "behind", "late", "decide"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist as the rules see it."""

    due_on: dt.date | None
    done_on: dt.date | None
    milestone: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One onboarding. ``extended_to`` is the new end where B was decided; ``finished_on`` closes it."""

    started_on: dt.date
    ends_on: dt.date
    finished_on: dt.date | None = None
    decision: Decision | None = None
    extended_to: dt.date | None = None

    @property
    def end(self) -> dt.date:
        """The end that holds now."""
        return max(self.ends_on, self.extended_to) if self.extended_to is not None else self.ends_on


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where an onboarding stands and by which rule.

    ``days`` counts days past the end, or past the first overdue milestone; ``done`` and ``expected`` are shares 0–1.
    """

    standing: Standing
    reason: Reason
    days: int
    done: float
    expected: float


@dataclass(frozen=True, slots=True)
class Ended:
    """What a cohort counts of one onboarding. ``days_to_value`` is None before the first value."""

    started_on: dt.date
    outcome: Outcome
    days_to_value: int | None
    score: float | None
    renewed: bool | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The onboardings that began in one month or quarter; ``begins`` is its first day.

    ``score`` is the mean health of today over those that have one (``scored``), ``renewed`` counts those whose first
    term came to an end and was renewed, out of ``termed``.
    """

    begins: dt.date
    started: int
    running: int
    in_time: int
    late: int
    extended: int
    went_on: int
    days_to_value: float | None
    valued: int
    score: float | None
    scored: int
    renewed: int
    termed: int


def due(start: dt.date, after: int) -> dt.date:
    """The day *after* so many working days; 0 is the first working day not before *start*."""
    return working_days.plus(start, after)


def end(start: dt.date, days: int, dues: Iterable[dt.date]) -> dt.date:
    """The last day of an onboarding of *days* calendar days: a working day, and no earlier than its last line."""
    return max((working_days.on_or_after(start + dt.timedelta(days=days)), *dues))


def verdict(run: Run, lines: Sequence[Line], as_of: dt.date) -> Verdict:
    """Where it stands on *as_of*; the first rule that fits: closed, past its end, a milestone overdue, behind."""
    done, expected = done_share(lines), expected_share(lines, as_of)
    if run.finished_on is not None and run.finished_on <= as_of:
        return Verdict("went_on" if run.decision == "go_on" else "finished", "", 0, done, expected)
    if run.end < as_of:
        return Verdict("decide", "end_passed", (as_of - run.end).days, done, expected)
    overdue = [one.due_on for one in lines if one.milestone and is_late(one, as_of) and one.due_on]
    if overdue:
        return Verdict("late", "milestone_overdue", (as_of - min(overdue)).days, done, expected)
    if expected - done > TOLERANCE:
        return Verdict("behind", "share_behind", 0, done, expected)
    return Verdict("on_track", "", 0, done, expected)


def is_late(line: Line, as_of: dt.date) -> bool:
    """Whether a line is open past its date."""
    return line.done_on is None and line.due_on is not None and line.due_on < as_of


def done_share(lines: Sequence[Line]) -> float:
    """Share of the lines that are done; 0 for none."""
    return sum(one.done_on is not None for one in lines) / len(lines) if lines else 0.0


def expected_share(lines: Sequence[Line], as_of: dt.date) -> float:
    """Share of the lines that should be done before *as_of*; a line without a date is never expected."""
    return sum(one.due_on is not None and one.due_on < as_of for one in lines) / len(lines) if lines else 0.0


def outcome(run: Run) -> Outcome:
    """What came of it: finished by its first end, later, extended (finished or not), went on by decision, running."""
    if run.decision == "extend":
        return "extended"
    if run.decision == "go_on":
        return "went_on"
    if run.finished_on is None:
        return "running"
    return "in_time" if run.finished_on <= run.ends_on else "late"


def days_to_value(
    first_value_on: dt.date | None, contract_on: dt.date | None, started_on: dt.date
) -> int | None:
    """Time to first value: days from the contract's begin to the first value, from the onboarding's where no contract
    is known or it began later than the value.
    """
    if first_value_on is None:
        return None
    known = contract_on is not None and contract_on <= first_value_on
    return (first_value_on - (contract_on if known and contract_on is not None else started_on)).days


def begins(day: dt.date, span: Span) -> dt.date:
    """The first day of the month or quarter *day* lies in."""
    return day.replace(day=1, month=day.month if span == "month" else (day.month - 1) // 3 * 3 + 1)


def cohorts(ended: Iterable[Ended], span: Span) -> tuple[Cohort, ...]:
    """Onboardings by when they started, the newest first."""
    groups: dict[dt.date, list[Ended]] = defaultdict(list)
    for one in ended:
        groups[begins(one.started_on, span)].append(one)
    return tuple(_cohort(first, groups[first]) for first in sorted(groups, reverse=True))


def _cohort(first: dt.date, members: list[Ended]) -> Cohort:
    kinds = [one.outcome for one in members]
    values = [one.days_to_value for one in members if one.days_to_value is not None]
    scores = [one.score for one in members if one.score is not None]
    termed = [one.renewed for one in members if one.renewed is not None]
    return Cohort(
        first, len(members), kinds.count("running"), kinds.count("in_time"), kinds.count("late"),
        kinds.count("extended"), kinds.count("went_on"), median(values) if values else None, len(values),
        sum(scores) / len(scores) if scores else None, len(scores), sum(termed), len(termed),
    )  # fmt: skip
