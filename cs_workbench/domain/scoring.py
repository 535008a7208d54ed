"""Computing a DEAR score from measured values: points, axes, contributions that add up as printed, the interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cs_workbench.domain.health import AxisScore, Band, MeasureScore, Reason, Score
from cs_workbench.domain.scorecard import Anchors, Measure, Scorecard


class Input(NamedTuple):
    """What the store knows for one measure of one account; ``denominator`` is None where nothing is divided.

    ``ratio`` says that the value is numerator ÷ denominator. ``as_of`` is the date of the newest record behind it.
    """

    numerator: float | None
    denominator: float | None = None
    as_of: dt.date | None = None
    ratio: bool = False


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


NOTHING = Input(None)


def points(anchors: Anchors, value: float) -> float:
    """Points of *value*, 0–100: linear between the anchors, bounds inclusive, clamped outside."""
    sign = 1.0 if anchors.direction == "up" else -1.0
    worst, yellow, green, best = (
        sign * anchor for anchor in (anchors.worst, anchors.yellow, anchors.green, anchors.best)
    )
    at = sign * value
    if at >= best:
        return 100.0
    if at >= green:
        return 70.0 + 30.0 * (at - green) / (best - green)
    if at >= yellow:
        return 40.0 + 30.0 * (at - yellow) / (green - yellow)
    if at > worst:
        return 40.0 * (at - worst) / (yellow - worst)
    return 0.0


def weighted_mean(pairs: Iterable[tuple[float | None, float]]) -> float | None:
    """Mean of (points, weight) pairs; pairs without points are left out and the rest rescale. None if none is left.

    Check values: 50/20/60/80 with 40/30/20/10 → 46.0, without the 60 → 42.5 (domain.md §3).
    """
    total = weights = 0.0
    for value, weight in pairs:
        if value is not None:
            total += value * weight
            weights += weight
    return total / weights if weights else None


def tenths(values: Sequence[float]) -> list[float]:
    """Round *values* to one decimal so that they add up to their rounded sum (largest remainder, ties in order)."""
    scaled = [round(value * 10, 6) for value in values]
    floors = [int(value // 1) for value in scaled]
    short = int((round(sum(scaled), 6) + 0.5) // 1) - sum(floors)
    order = sorted(range(len(values)), key=lambda n: floors[n] - scaled[n])
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
    judged = [
        _judge(measure, inputs.get(measure.key, NOTHING), as_of, age_months) for measure in card.measures
    ]
    nominal = _shares(card, judged, used_only=False)
    weights = _shares(card, judged, used_only=True)
    parts = tenths([(one.points or 0.0) * weight for one, weight in zip(judged, weights, strict=True)])
    measures = tuple(map(_measure_score, judged, weights, nominal, parts, [card] * len(judged)))
    axes = tuple(
        _axis_score(card, axis.key, [m for m in measures if m.axis == axis.key]) for axis in card.axes
    )
    fresh = [_fresh(measure) for measure in measures]
    coverage = sum(m.nominal for m, known in zip(measures, fresh, strict=True) if known)
    if not any(weights):
        return Score(account_id, as_of, card.key, card.version, None, "none", 0.0, None, None, False, axes, measures,
                     "nothing_measured")  # fmt: skip
    low = sum(m.nominal * (m.points or 0.0) for m, known in zip(measures, fresh, strict=True) if known)
    total = round(sum(parts), 1)
    plain = card.band(total)
    band = card.capped(plain, [axis.band for axis in axes])
    return Score(
        account_id, as_of, card.key, card.version, total, band, round(coverage, 4),
        round(low, 1), round(low + 100.0 * (1.0 - coverage), 1), band != plain, axes, measures,
    )  # fmt: skip


def with_values(
    card: Scorecard, score: Score, values: Mapping[str, float], age_months: int | None = None
) -> Score:
    """The score as it would be were the measures named in *values* (by key) freshly measured at those values."""
    inputs = {m.key: Input(m.numerator, m.denominator, m.as_of, _is_ratio(m)) for m in score.measures}
    inputs |= {key: Input(value, None, score.as_of) for key, value in values.items()}
    return score_account(card, score.account_id, score.as_of, inputs, age_months)


def _is_ratio(measure: MeasureScore) -> bool:
    return measure.denominator is not None or measure.reason == "no_denominator"


def _judge(measure: Measure, entry: Input, as_of: dt.date, age_months: int | None) -> _Judged:
    anchors = measure.anchors_at(age_months)
    value: float | None = entry.numerator
    reason: Reason = "not_measured" if value is None else "measured"
    if entry.ratio and value is not None:
        value = value / entry.denominator if entry.denominator else None
        reason = "no_denominator" if value is None else reason
    age = (as_of - entry.as_of).days if entry.as_of is not None and value is not None else None
    stale = age is not None and measure.validity_days is not None and age > measure.validity_days
    if stale:
        limit = (measure.validity_days or 0) + measure.carry_days
        reason = "carried" if measure.missing == "carry" and (age or 0) <= limit else "stale"
    earned = points(anchors, value) if value is not None and reason in ("measured", "carried") else None
    if earned is None and measure.missing == "zero":
        earned, reason = 0.0, "zero"
    return _Judged(measure, anchors, entry, value, age, stale, earned, reason)


def _shares(card: Scorecard, judged: Sequence[_Judged], *, used_only: bool) -> list[float]:
    """Each measure's share of the whole score: axis weight × weight within the axis, over what takes part."""
    within = dict.fromkeys((axis.key for axis in card.axes), 0.0)
    taking_part = [not used_only or one.points is not None for one in judged]
    for one, takes_part in zip(judged, taking_part, strict=True):
        if takes_part:
            within[one.measure.axis] += one.measure.weight
    axes = {axis.key: axis.weight for axis in card.axes if within[axis.key]}
    whole = sum(axes.values())
    if not whole:
        return [0.0] * len(judged)
    return [
        axes[one.measure.axis] / whole * one.measure.weight / within[one.measure.axis]
        if takes_part and within[one.measure.axis]
        else 0.0
        for one, takes_part in zip(judged, taking_part, strict=True)
    ]


def _measure_score(one: _Judged, weight: float, nominal: float, part: float, card: Scorecard) -> MeasureScore:
    measure, anchors, entry = one.measure, one.anchors, one.entry
    band: Band = card.band(one.points)
    return MeasureScore(
        measure.key, measure.axis, measure.unit, one.value, entry.numerator, entry.denominator,
        entry.as_of if one.value is not None else None, one.age_days, measure.validity_days, one.stale,
        one.points, weight, nominal, part, anchors.direction, anchors.worst, anchors.yellow, anchors.green,
        anchors.best, band, one.reason, measure.label,
    )  # fmt: skip


def _fresh(measure: MeasureScore) -> bool:
    return measure.reason == "measured"


def _axis_score(card: Scorecard, key: str, measures: Sequence[MeasureScore]) -> AxisScore:
    mean = weighted_mean((m.points, m.weight) for m in measures)
    shown = None if mean is None else int(round(mean * 10, 6) + 0.5) / 10
    nominal = sum(m.nominal for m in measures)
    fresh = sum(m.nominal for m in measures if _fresh(m))
    return AxisScore(
        key, shown, card.band(shown), sum(m.weight for m in measures), nominal,
        round(sum(m.contribution for m in measures), 1), round(fresh / nominal, 4) if nominal else 0.0,
    )  # fmt: skip
