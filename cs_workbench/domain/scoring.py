"""Computing a DEAR score from measured values: points, weights, contributions that add up as printed, interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from cs_workbench.domain.health import AxisScore, Direction, MeasureScore, NoScore, Reason, Score
from cs_workbench.domain.scorecard import Anchors, Measure, Scorecard

InputKind: TypeAlias = Literal["plain", "ratio", "change"]


class Input(NamedTuple):
    """What the store knows for one measure of one account.

    ``kind`` says how the value comes of it: "plain" the numerator, "ratio" numerator ÷ denominator, "change"
    (numerator − denominator) ÷ denominator. ``as_of`` is the date of the newest record behind it.
    """

    numerator: float | None
    denominator: float | None = None
    as_of: dt.date | None = None
    kind: InputKind = "plain"


class _Judged(NamedTuple):
    """One measure before weights: its value, points (None when left out) and why."""

    measure: Measure
    anchors: Anchors
    entry: Input
    value: float | None
    age_days: int | None
    stale: bool
    points: float | None
    reason: Reason


_NOTHING = Input(None)


def points(anchors: Anchors, value: float) -> float:
    """Points of *value*, 0–100: linear between the anchors, bounds inclusive, clamped outside."""
    worst, yellow, green, best = anchors.worst, anchors.yellow, anchors.green, anchors.best
    if best < worst:
        worst, yellow, green, best, value = -worst, -yellow, -green, -best, -value
    if value >= best:
        return 100.0
    if value >= green:
        return 70.0 + 30.0 * (value - green) / (best - green)
    if value >= yellow:
        return 40.0 + 30.0 * (value - yellow) / (green - yellow)
    if value > worst:
        return 40.0 * (value - worst) / (yellow - worst)
    return 0.0


def tenths(values: Sequence[float]) -> list[float]:
    """*values* to one decimal so that they add up to their rounded sum: largest remainder, ties in order."""
    scaled = [value * 10 for value in values]
    floors = [int(value + 1e-6) for value in scaled]
    short = int(sum(scaled) + 0.5 + 1e-6) - sum(floors)
    if short:
        order = sorted(range(len(scaled)), key=lambda n: floors[n] - scaled[n])
        for n in order[:short]:
            floors[n] += 1
    return [floor / 10 for floor in floors]


def score_account(
    card: Scorecard,
    account_id: int,
    as_of: dt.date,
    inputs: Mapping[str, Input],
    age_months: int | None = None,
) -> Score:
    """The score of one account from its measured *inputs* (by measure key), dated *as_of*."""
    return Scorer(card).score(account_id, as_of, inputs, age_months)


def with_values(
    card: Scorecard, score: Score, values: Mapping[str, float], age_months: int | None = None
) -> Score:
    """The score as it would be were the measures named in *values* (by key) freshly measured at those values."""
    inputs = {m.key: Input(m.numerator, m.denominator, m.as_of, _kind(m)) for m in score.measures}
    inputs |= {key: Input(value, None, score.as_of) for key, value in values.items()}
    return score_account(card, score.account_id, score.as_of, inputs, age_months)


class Scorer:
    """Scores many accounts by one scorecard; what depends on the card alone is worked out once."""

    def __init__(self, card: Scorecard) -> None:
        self._card = card
        self._of_axis = {
            axis.key: tuple(n for n, measure in enumerate(card.measures) if measure.axis == axis.key)
            for axis in card.axes
        }
        self._nominal = self._shares([True] * len(card.measures))

    def score(
        self, account_id: int, as_of: dt.date, inputs: Mapping[str, Input], age_months: int | None = None
    ) -> Score:
        """The score of one account from its measured *inputs* (by measure key), dated *as_of*."""
        card, nominal = self._card, self._nominal
        judged = [
            _judge(measure, inputs.get(measure.key, _NOTHING), as_of, age_months) for measure in card.measures
        ]
        used = [one.points is not None for one in judged]
        weights = nominal if all(used) else self._enough(used)
        parts = tenths([(one.points or 0.0) * weight for one, weight in zip(judged, weights, strict=True)])
        measures = tuple(map(self._measure, judged, weights, nominal, parts))
        axes = tuple(self._axis(key, [measures[n] for n in places]) for key, places in self._of_axis.items())
        fresh = [measure for measure in measures if measure.reason == "measured"]
        coverage = sum([measure.nominal for measure in fresh])
        if not any(weights):
            reason: NoScore = "too_little_measured" if coverage else "nothing_measured"
            return Score(
                account_id, as_of, card.key, card.version, None, "none", round(coverage, 4), None, None, False, axes,
                measures, reason,
            )  # fmt: skip
        low = sum([measure.nominal * (measure.points or 0.0) for measure in fresh])
        total = round(sum(parts), 1)
        plain = card.band(total)
        band = card.capped(plain, [axis.band for axis in axes])
        return Score(
            account_id, as_of, card.key, card.version, total, band, round(coverage, 4), round(low, 1),
            round(low + 100.0 * (1.0 - coverage), 1), band != plain, axes, measures,
        )  # fmt: skip

    def _enough(self, used: Sequence[bool]) -> list[float]:
        """The shares of the measures *used*; all 0 where together they carry too little of the card's weight.

        A carried value and a missing one that counts as zero take part: that is what their measure says of them.
        """
        carried = sum(
            [nominal for nominal, takes_part in zip(self._nominal, used, strict=True) if takes_part]
        )
        if carried < self._card.least_coverage - 1e-9:
            return [0.0] * len(used)
        return self._shares(used)

    def _shares(self, used: Sequence[bool]) -> list[float]:
        """Each measure's share of the whole: axis weight × weight within its axis, over the measures *used*."""
        measures = self._card.measures
        within = {
            key: sum([measures[n].weight for n in places if used[n]]) for key, places in self._of_axis.items()
        }
        axes = {axis.key: axis.weight for axis in self._card.axes if within[axis.key]}
        whole = sum(axes.values())
        if not whole:
            return [0.0] * len(measures)
        scale = {key: weight / whole / within[key] for key, weight in axes.items()}
        return [
            scale.get(measure.axis, 0.0) * measure.weight if takes_part else 0.0
            for measure, takes_part in zip(measures, used, strict=True)
        ]

    def _measure(self, one: _Judged, weight: float, nominal: float, part: float) -> MeasureScore:
        measure, anchors, entry = one.measure, one.anchors, one.entry
        known = one.value is not None
        direction: Direction = "up" if anchors.best >= anchors.worst else "down"
        return MeasureScore(
            measure.key, measure.axis, measure.unit, one.value, entry.numerator, entry.denominator,
            entry.as_of if known else None, one.age_days, measure.validity_days, one.stale, one.points,
            weight, nominal, part, direction, anchors.worst, anchors.yellow, anchors.green, anchors.best,
            self._card.band(one.points), one.reason, measure.label,
        )  # fmt: skip

    def _axis(self, key: str, measures: Sequence[MeasureScore]) -> AxisScore:
        weight = nominal = fresh = part = earned = 0.0
        for measure in measures:
            weight += measure.weight
            nominal += measure.nominal
            part += measure.contribution
            earned += measure.weight * (measure.points or 0.0)
            if measure.reason == "measured":
                fresh += measure.nominal
        shown = int(earned / weight * 10 + 0.5 + 1e-6) / 10 if weight else None
        coverage = round(fresh / nominal, 4) if nominal else 0.0
        return AxisScore(key, shown, self._card.band(shown), weight, nominal, round(part, 1), coverage)


def _kind(measure: MeasureScore) -> InputKind:
    if measure.denominator is None and measure.reason != "no_denominator":
        return "plain"
    return "change" if measure.unit == "change" else "ratio"


def _judge(measure: Measure, entry: Input, as_of: dt.date, age_months: int | None) -> _Judged:
    anchors = measure.anchors_at(age_months) if measure.by_age else measure.anchors
    value, reason = _value(entry)
    age = (as_of - entry.as_of).days if entry.as_of is not None and value is not None else None
    stale = age is not None and measure.validity_days is not None and age > measure.validity_days
    if stale:
        limit = (measure.validity_days or 0) + measure.carry_days
        reason = "carried" if measure.missing == "carry" and (age or 0) <= limit else "stale"
    earned: float | None = None
    if value is not None and reason != "stale":
        earned = points(anchors, value)
    elif measure.missing == "zero":
        earned, reason = 0.0, "zero"
    return _Judged(measure, anchors, entry, value, age, stale, earned, reason)


def _value(entry: Input) -> tuple[float | None, Reason]:
    top, bottom = entry.numerator, entry.denominator
    if top is None:
        return None, "not_measured"
    if entry.kind == "plain":
        return top, "measured"
    if not bottom:
        return None, "no_denominator"
    return (top if entry.kind == "ratio" else top - bottom) / bottom, "measured"
