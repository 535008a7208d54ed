"""Health in words: values, bounds, moves."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.health import MeasureScore
from cs_workbench.domain.score_change import MeasureChange
from cs_workbench.services import health_words


def measure(**values: object) -> MeasureScore:
    plain = {
        "key": "seats_used", "axis": "deployment", "unit": "ratio", "value": 0.85, "numerator": 102.0,
        "denominator": 120.0, "as_of": dt.date(2026, 11, 23), "age_days": 1, "validity_days": 60, "stale": False,
        "points": 82.0, "weight": 0.125, "nominal": 0.125, "contribution": 10.2, "direction": "up", "worst": 0.0,
        "yellow": 0.5, "green": 0.75, "best": 1.0, "band": "green", "reason": "measured", "label": "",
    }  # fmt: skip
    return MeasureScore(**{**plain, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "102 / 120 = 0.85"),
        ({"numerator": 1234.0, "denominator": 2000.0, "value": 0.617}, "1,234 / 2,000 = 0.62"),
        ({"numerator": None}, "0.85"),
        ({"unit": "days", "value": 41.0}, "41 d"),
        ({"unit": "yesno", "value": 0.0}, "no"),
        ({"unit": "yesno", "value": 1.0}, "yes"),
        ({"unit": "change", "value": -0.12}, "−12%"),
        ({"unit": "count", "value": 3.0}, "3"),
        ({"unit": "times", "value": 1.37}, "1.37"),
        ({"value": None}, ""),
    ],
)
def test_values(values: dict[str, object], words: str) -> None:
    assert health_words.value(measure(**values)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "≥ .75 / .50"),
        ({"direction": "down", "green": 30.0, "yellow": 60.0}, "≤ 30 / 60"),
        ({"direction": "down", "green": 0.0, "yellow": 2.0}, "≤ 0 / 2"),
        ({"green": -0.05, "yellow": -0.2}, "≥ −.05 / −.20"),
        ({"green": 1.5, "yellow": 1.0}, "≥ 1.5 / 1"),
        ({"unit": "yesno"}, "yes / –"),
    ],
)
def test_bounds(values: dict[str, object], words: str) -> None:
    assert health_words.bounds(measure(**values)) == words


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        ("value", 0.9, 0.85, "Seats used ÷ contracted 0.90 → 0.85"),
        ("appeared", None, 0.85, "Seats used ÷ contracted: now measured, 102 / 120 = 0.85"),
        ("vanished", 0.9, None, "Seats used ÷ contracted: no longer measured"),
        ("stale", 0.9, 0.9, "Seats used ÷ contracted: too old now, left out"),
        ("bounds", 0.9, 0.9, "Seats used ÷ contracted: judged by other bounds"),
        ("reweighted", 0.9, 0.9, "Seats used ÷ contracted: another weight"),
    ],
)
def test_moves(kind: str, before: float | None, after: float | None, words: str) -> None:
    halves = [None if value is None else measure(value=value) for value in (before, after)]
    change = MeasureChange("seats_used", "deployment", kind, halves[0], halves[1], -1.0)  # type: ignore[arg-type]
    assert health_words.moved(change) == words


@pytest.mark.parametrize(
    ("delta", "words"), [(-1.8, "−1.8"), (0.4, "+0.4"), (0.0, "±0"), (None, "±0"), (8.25, "+8.2")]
)
def test_deltas(delta: float | None, words: str) -> None:
    assert health_words.delta(delta) == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not_measured", "left out, the rest rescaled"),
        ("stale", "too old · left out, the rest rescaled"),
        ("no_denominator", "contracted number unknown · left out, the rest rescaled"),
    ],
)
def test_why_a_measure_is_left_out(reason: str, words: str) -> None:
    assert health_words.why_missing(measure(value=None, points=None, reason=reason)) == words


def test_own_measures_carry_their_label() -> None:
    assert health_words.measure("of_mine", "Calls a week") == "Calls a week"
    assert health_words.step("of_mine", "Calls a week") == "Calls a week"
    assert health_words.axis("roi") == "ROI"
    assert (health_words.points(None), health_words.points(81.6)) == ("–", "82")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.075, "0.08"), (0.005, "0.01"), (0.125, "0.13"), (0.07, "0.07"), (1.0, "1.00"), (-0.125, "-0.13")],
)
def test_a_half_is_rounded_up(number: float, text: str) -> None:
    assert health_words.hundredths(number) == text
