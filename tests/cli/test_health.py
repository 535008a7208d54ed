"""What ``score`` says of a measure is what the window says of it."""

from __future__ import annotations

import pytest

from cs_workbench import i18n
from cs_workbench.cli.verbs import health
from cs_workbench.services import health_words
from tests.services.test_health_words import measure


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


def test_a_share_is_rounded_as_in_the_window() -> None:
    share = measure(numerator=3.0, denominator=40.0, value=0.075)
    assert health._row(share)[1] == health_words.value(share) == "3 / 40 = 0.08"


def test_a_fall_has_the_sign_of_the_window() -> None:
    assert health._row(measure(unit="change", value=-0.12))[1] == "−12%"


@pytest.mark.parametrize(
    ("values", "value", "rest"),
    [
        ({"value": None, "points": None, "reason": "stale"}, "too old, left out", ("–", "–", "–")),
        (
            {"value": None, "points": 0.0, "reason": "zero"},
            "not measured, counted as 0",
            ("0", "12.5%", "10.2"),
        ),
        ({"weight": 0.0}, "102 / 120 = 0.85", ("82", "–", "–")),
    ],
)
def test_a_measure_without_value_or_weight_says_so(
    values: dict[str, object], value: str, rest: tuple[str, ...]
) -> None:
    row = health._row(measure(**values))
    assert row[0] == "  Seats used ÷ contracted"
    assert row[1:3] == (value, "2026-11-23")
    assert row[3] == "≥ 0.75 / 0.5"
    assert row[4:] == rest
