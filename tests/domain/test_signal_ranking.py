"""The arithmetic of the order: factors at their bounds, and the worked example of the design."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.signal_ranking import Stake, group, rank, stand_in, touch, unit_of, urgency
from cs_workbench.domain.signals import Signal
from tests.builders_signals import DAY, TODAY, book

YEN = Stake(Decimal(6_500_000), "JPY", "stated", Decimal(6_500_000), "JPY")


def signal(priority: str = "high", due: int | None = 0, deadline: int | None = None, **more: Any) -> Signal:
    return book()["renewal"].raised(
        1,
        "x",
        "renewal_60",
        priority=priority,
        due=None if due is None else TODAY + due * DAY,
        deadline=None if deadline is None else TODAY + deadline * DAY,
        **more,
    )


def test_the_design_s_example() -> None:
    """¥6.5M × 1.60 (3 days late, D−37) × 1.37 (41 of 30 days) ÷ 2.00 (half a day) = 7.1."""
    place = rank(signal(due=-3, deadline=37), YEN, 41, 30, TODAY)
    assert (place.urgency, place.touch, place.effort) == (1.6, 1.37, 2.0)
    assert round(place.score, 1) == 7.1
    assert (place.late, place.left) == (3, 37)


@pytest.mark.parametrize(
    ("priority", "due", "deadline", "factor"),
    [
        ("high", 0, None, 1.0),
        ("medium", 0, None, 0.8),
        ("low", 0, None, 0.5),
        ("high", -1, None, 1.1),
        ("high", -10, None, 2.0),
        ("high", -40, None, 2.0),
        ("high", 30, None, 0.5),
        ("high", 300, None, 0.5),
        ("high", 15, None, 0.75),
        ("high", None, None, 1.0),
        ("medium", None, None, 0.71),
        ("high", 0, 91, 1.0),
        ("high", 0, 90, 1.15),
        ("high", 0, 60, 1.3),
        ("high", 0, 30, 1.5),
        ("high", 0, -4, 1.5),
    ],
)
def test_urgency(priority: str, due: int | None, deadline: int | None, factor: float) -> None:
    assert urgency(signal(priority, due, deadline), TODAY) == factor


@pytest.mark.parametrize(
    ("quiet", "cadence", "factor"),
    [
        (None, 30, 1.0),
        (10, 30, 1.0),
        (30, 30, 1.0),
        (45, 30, 1.5),
        (90, 30, 3.0),
        (900, 30, 3.0),
        (9, 0, 1.0),
    ],
)
def test_touch(quiet: int | None, cadence: int, factor: float) -> None:
    assert touch(quiet, cadence) == factor


@pytest.mark.parametrize(("currency", "unit"), [("JPY", 10**6), ("", 10**6), ("USD", 10**3), ("EUR", 10**3)])
def test_unit(currency: str, unit: int) -> None:
    assert unit_of(currency) == unit


@pytest.mark.parametrize(
    ("priority", "due", "name"),
    [
        ("low", -1, "week"),
        ("low", 0, "week"),
        ("medium", -1, "now"),
        ("medium", 0, "now"),
        ("high", 1, "week"),
        ("low", 7, "week"),
        ("high", 8, "later"),
        ("high", None, "week"),
        ("medium", None, "week"),
        ("low", None, "later"),
    ],
)
def test_group(priority: str, due: int | None, name: str) -> None:
    assert group(signal(priority, due), TODAY) == name


def test_what_is_not_known_counts_as_the_median() -> None:
    assert stand_in([Decimal(9), Decimal(1), Decimal(3)]) == 3
    assert stand_in([Decimal(1), Decimal(2)]) == Decimal("1.5")
    assert stand_in([]) == 0


@given(
    st.integers(1, 10**10),
    st.integers(-400, 400),
    st.one_of(st.none(), st.integers(0, 4000)),
    st.integers(1, 365),
    st.integers(1, 60),
)
def test_more_value_later_and_quieter_never_ranks_lower(
    value: int, due: int, quiet: int | None, cadence: int, more: int
) -> None:
    stake = Stake(Decimal(value), "JPY", "stated")
    before = rank(signal(due=due), stake, quiet, cadence, TODAY).score
    richer = Stake(Decimal(value + more), "JPY", "stated")
    assert rank(signal(due=due), richer, quiet, cadence, TODAY).score > before
    assert rank(signal(due=due - more), stake, quiet, cadence, TODAY).score >= before
    assert rank(signal(due=due), stake, (quiet or 0) + more, cadence, TODAY).score >= before
    assert rank(signal(due=due, effort="day"), stake, quiet, cadence, TODAY).score < before


def test_today_is_an_argument() -> None:
    later = TODAY + dt.timedelta(days=4)
    assert rank(signal(due=0), YEN, None, 30, later).late == 4


@pytest.mark.parametrize("days", [1, 10, 51])
def test_a_date_that_is_only_advised_does_not_press_once_it_is_past(days: int) -> None:
    """A proof meant for D−60 is behind a step of the runway or a health signal of the same account."""
    proof = signal("medium", due=-days, deadline=24, advised=True)
    assert urgency(proof, TODAY) == urgency(signal("medium", due=0, deadline=24), TODAY) == 1.3
    assert urgency(proof, TODAY) < urgency(signal("high", due=0, deadline=24), TODAY)
    assert urgency(signal("medium", due=15, advised=True), TODAY) == urgency(signal("medium", due=15), TODAY)


@pytest.mark.parametrize(
    ("due", "deadline", "expected"),
    [(-9, 24, "now"), (-9, 50, "week"), (0, 50, "now"), (5, 50, "week"), (20, 50, "later")],
)
def test_what_is_only_advised_is_for_this_week_until_the_deadline_is_near(
    due: int, deadline: int, expected: str
) -> None:
    assert group(signal("medium", due=due, deadline=deadline, advised=True), TODAY) == expected
