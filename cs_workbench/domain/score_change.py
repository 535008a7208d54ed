"""What moved between two scores, and the cheapest set of changes that would turn a score green."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

from cs_workbench.domain.health import MeasureScore, Score
from cs_workbench.domain.scorecard import Anchors, Scorecard
from cs_workbench.domain.scoring import points, with_values

ChangeKind: TypeAlias = Literal["value", "appeared", "vanished", "stale", "bounds", "reweighted"]
_MOST_CANDIDATES = 16


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """How one measure moved between two scores; ``delta`` in score points, None when one score does not exist.

    ``kind``: "value" another value; "appeared" or "vanished" from the score; "stale" left out for its age;
    "bounds" same value judged by other anchors; "reweighted" only its share moved.
    """

    key: str
    axis: str
    kind: ChangeKind
    before: MeasureScore | None
    after: MeasureScore | None
    delta: float | None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One change on the way to green: move the measure from ``value`` to ``target`` and gain ``gain`` points."""

    key: str
    axis: str
    value: float
    target: float
    gain: float


@dataclass(frozen=True, slots=True)
class PathToGreen:
    """The fewest changes that turn the score green (none: it is green already) and the score they lead to."""

    steps: tuple[PathStep, ...]
    score: float


def what_changed(before: Score, after: Score) -> tuple[MeasureChange, ...]:
    """Every measure that moved, largest effect first. The deltas add up to the difference of the two scores."""
    old = {measure.key: measure for measure in before.measures}
    new = {measure.key: measure for measure in after.measures}
    comparable = before.score is not None and after.score is not None
    changes = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        kind = _kind(was, now)
        if kind is None:
            continue
        delta = round((now.contribution if now else 0.0) - (was.contribution if was else 0.0), 1)
        axis = now.axis if now else was.axis if was else ""
        changes.append(MeasureChange(key, axis, kind, was, now, delta if comparable else None))
    return tuple(sorted(changes, key=lambda change: -abs(change.delta or 0.0)))


def _kind(was: MeasureScore | None, now: MeasureScore | None) -> ChangeKind | None:
    counted_before = was is not None and was.points is not None
    if now is None or now.points is None:
        if not counted_before:
            return None
        return "stale" if now is not None and now.reason == "stale" else "vanished"
    if was is None or was.points is None:
        return "appeared"
    if was.value != now.value:
        return "value"
    if was.points != now.points:
        return "bounds"
    return "reweighted" if was.contribution != now.contribution else None


def path_to_green(card: Scorecard, score: Score, age_months: int | None = None) -> PathToGreen | None:
    """The fewest measured values to bring to their green bound (or, if that is not enough, to their best) for a
    green score; among equally few the shortest way in shares of each measure's range. Exact over at most 16
    candidates. None where there is no score or green is out of reach.
    """
    if score.score is None:
        return None
    if score.band == "green":
        return PathToGreen((), score.score)
    for aim in ("green", "best"):
        steps = _candidates(score, aim)
        for size in range(1, len(steps) + 1):
            sets = [found for found in combinations(steps, size) if _promising(card, score, found)]
            for chosen in sorted(sets, key=lambda found: _distance(score, found)):
                reached = with_values(card, score, {step.key: step.target for step in chosen}, age_months)
                if reached.band == "green" and reached.score is not None:
                    ordered = tuple(sorted(chosen, key=lambda step: -step.gain))
                    return PathToGreen(ordered, reached.score)
    return None


def _candidates(score: Score, aim: str) -> list[PathStep]:
    steps = []
    for measure in score.measures:
        if measure.value is None or measure.points is None or not measure.weight:
            continue
        target = measure.green if aim == "green" else measure.best
        gain = measure.weight * (_points_at(measure, target) - measure.points)
        if gain > 0:
            steps.append(PathStep(measure.key, measure.axis, measure.value, target, round(gain, 1)))
    return sorted(steps, key=lambda step: -step.gain)[:_MOST_CANDIDATES]


def _points_at(measure: MeasureScore, value: float) -> float:
    return points(Anchors(measure.worst, measure.yellow, measure.green, measure.best), value)


def _promising(card: Scorecard, score: Score, steps: tuple[PathStep, ...]) -> bool:
    """Whether the gains could suffice; half a point of slack for rounding, the exact score decides."""
    return (score.score or 0.0) + sum(step.gain for step in steps) >= card.green - 0.5


def _distance(score: Score, steps: tuple[PathStep, ...]) -> float:
    measures = {measure.key: measure for measure in score.measures}
    return sum(
        abs(step.target - step.value) / abs(measures[step.key].best - measures[step.key].worst)
        for step in steps
    )
