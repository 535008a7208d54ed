"""Health in words: axes, measures, a value with what it is made of, the bounds it is judged by, what moved."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from cs_workbench.i18n import _, mark

if TYPE_CHECKING:
    from cs_workbench.domain.health import MeasureScore, Score
    from cs_workbench.domain.score_change import MeasureChange

MINUS = "\u2212"
AXES = {
    "deployment": mark("Deployment"),
    "engagement": mark("Engagement"),
    "adoption": mark("Adoption"),
    "roi": mark("ROI"),
}
MEASURES = {
    "seats_used": mark("Seats used ÷ contracted"),
    "setup_checklist": mark("Set-up checklist done"),
    "last_contact": mark("Days since two-way contact"),
    "decision_maker_met": mark("Decision maker met, 180 days"),
    "mails_and_events": mark("Mails opened and events attended, 90 days"),
    "open_severe_tickets": mark("Open high-severity tickets"),
    "active_users": mark("Active users ÷ seats, 28 days"),
    "features_used": mark("Key features used ÷ available"),
    "usage_trend": mark("Usage, 28 days against the 28 before"),
    "objectives_on_track": mark("Objectives on track"),
    "value_ratio": mark("Verified value ÷ cost"),
    "embedded": mark("Embedded in daily work (0–4)"),
}
REASONS = {
    "measured": mark("measured"),
    "carried": mark("older than its validity, carried forward"),
    "zero": mark("not measured, counted as 0"),
    "not_measured": mark("not measured"),
    "no_denominator": mark("not measured: contracted number unknown"),
    "stale": mark("too old, left out"),
}
NO_SCORE = {
    "nothing_measured": mark("No score: nothing recent enough is known of it."),
    "too_little_measured": mark("No score: what is measured is too little of the scorecard to judge by."),
}
STEPS = {
    "seats_used": mark("Fill the seats"),
    "setup_checklist": mark("Finish the set-up"),
    "last_contact": mark("Talk to them"),
    "decision_maker_met": mark("Meet the decision maker"),
    "mails_and_events": mark("Invite them to events"),
    "open_severe_tickets": mark("Close severe tickets"),
    "active_users": mark("Activate more users"),
    "features_used": mark("Bring features into use"),
    "usage_trend": mark("Bring use back up"),
    "objectives_on_track": mark("Bring goals on track"),
    "value_ratio": mark("Prove more value"),
    "embedded": mark("Embed it in daily work"),
}
"""What a person does to move a measure: the words of the shortest way to green."""


def axis(key: str) -> str:
    """An axis by name."""
    return _(AXES.get(key, key))


def measure(key: str, label: str = "") -> str:
    """A measure by name; the CSM's own ones carry their *label*."""
    return label or _(MEASURES.get(key, key))


def value(one: MeasureScore) -> str:
    """The value with what it is made of: "102 / 120 = 0.85", "41 d", "yes", "−12%"; "" where there is none."""
    if one.value is None:
        return ""
    if one.unit == "ratio" and one.numerator is not None and one.denominator is not None:
        share = (
            Decimal(repr(one.numerator)) / Decimal(repr(one.denominator)) if one.denominator else one.value
        )
        return f"{one.numerator:,.0f} / {one.denominator:,.0f} = {hundredths(share)}"
    return figure(one.unit, one.value)


def figure(unit: str, number: float) -> str:
    """A value of a measure in its unit."""
    if unit == "days":
        return _("{count} d").format(count=f"{number:g}")
    if unit == "yesno":
        return _("yes") if number >= 1 else _("no")
    if unit == "change":
        return signed(f"{number:+.0%}")
    text = hundredths(number)
    return text if unit == "ratio" else text.rstrip("0").rstrip(".")


def hundredths(number: Decimal | float) -> str:
    """Two places, a half rounded up as one does by hand: 3 of 40 is 0.08, whatever its binary neighbour."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def bounds(one: MeasureScore) -> str:
    """From which value it is green and yellow: "≥ .75 / .50", "≤ 30 / 60", "yes / –"."""
    if one.unit == "yesno":
        return _("yes / –")
    sign = "≥" if one.direction == "up" else "≤"
    return f"{sign} {_bound(one.green)} / {_bound(one.yellow)}"


def why_missing(one: MeasureScore) -> str:
    """Why a measure has no points, and what the score does about it."""
    if one.reason == "stale":
        return _("too old · left out, the rest rescaled")
    if one.reason == "no_denominator":
        return _("contracted number unknown · left out, the rest rescaled")
    return _("left out, the rest rescaled")


def no_score(score: Score) -> str:
    """Why there is no score."""
    return _(NO_SCORE.get(score.reason, NO_SCORE["nothing_measured"]))


def step(key: str, label: str = "") -> str:
    """What to do to move a measure, as a verb phrase."""
    return _(STEPS[key]) if key in STEPS else measure(key, label)


def moved(change: MeasureChange) -> str:
    """What one measure did: "Usage trend +2% → −12%"."""
    after, before = change.after, change.before
    one = after or before
    name = measure(change.key, one.label if one else "")
    if change.kind == "appeared" and after is not None:
        return _("{measure}: now measured, {value}").format(measure=name, value=value(after))
    if change.kind == "stale":
        return _("{measure}: too old now, left out").format(measure=name)
    if change.kind == "vanished":
        return _("{measure}: no longer measured").format(measure=name)
    if change.kind == "bounds":
        return _("{measure}: judged by other bounds").format(measure=name)
    if change.kind == "reweighted" or before is None or after is None:
        return _("{measure}: another weight").format(measure=name)
    old, new = (figure(half.unit, half.value or 0.0) for half in (before, after))
    return f"{name} {old} → {new}"


def points(number: float | None) -> str:
    """Points as the glass box prints them: a whole number, – where there are none."""
    return "–" if number is None else f"{number:.0f}"


def delta(number: float | None) -> str:
    """A difference of score points: "−1.8", "+0.4", "±0"."""
    if not number:
        return "±0"
    return signed(f"{number:+.1f}")


def signed(text: str) -> str:
    """The same with a real minus sign."""
    return text.replace("-", MINUS)


def _bound(number: float) -> str:
    if abs(number) >= 1:
        return signed(f"{number:g}")
    text = signed(f"{number:.2f}").replace("0.", ".", 1)
    return text if number else "0"
