"""Days that have passed count the mean of what was read then, week by week and only under contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.domain.contract_terms import edges, shares, years_of
from cs_workbench.domain.value_ledger import Benefit, Cost, Input, Ledger, compute
from cs_workbench.domain.value_past import levels, means

D = Decimal
START = dt.date(2026, 1, 1)
BOUNDS = years_of(START, 3)


def day(number: int) -> dt.date:
    """The day so many days after the first."""
    return START + dt.timedelta(days=number)


def test_every_week_counts_its_own_mean() -> None:
    weeks = {week: D(60 + week) for week in range(4)}
    assert means(weeks, BOUNDS, day(28), ()) == (D("61.5"), None, None)


def test_a_week_that_was_not_read_counts_the_one_before() -> None:
    assert means({0: D(10), 3: D(40)}, BOUNDS, day(28), ())[0] == D("17.5")


def test_weeks_before_the_first_reading_say_nothing() -> None:
    assert means({2: D(30), 3: D(40)}, BOUNDS, day(28), ())[0] == 35


def test_days_of_no_contract_are_left_out() -> None:
    weeks = {0: D(10), 1: D(20), 2: D(30)}
    assert means(weeks, BOUNDS, day(21), [(day(0), day(6))])[0] == 25
    assert means(weeks, BOUNDS, day(21), [(day(0), day(20))])[0] is None


def test_a_year_begins_with_what_the_year_before_ended_with() -> None:
    found = means({0: D(10), 52: D(20)}, BOUNDS, day(365 + 10), ())
    assert found[0] == pytest.approx((D(10) * 364 + D(20)) / 365)
    assert found[1:] == (20, None)


def test_nothing_has_passed_on_the_first_day() -> None:
    assert means({0: D(10)}, BOUNDS, START, ()) == (None, None, None)


def ledger(*, level: tuple[Decimal, ...] = (), now: str = "100") -> Ledger:
    gain = Benefit(
        "1", "Time", "cost", "users * hours * price",
        (Input("users", D(now), "people"), Input("hours", D(2), "hours/person/year"), Input("price", D(5), "JPY/hour")),
        confidence="measured", agreed=True, level=level,
    )  # fmt: skip
    return Ledger("JPY", 3, (gain,), (Cost("c", "Set-up", "setup", (D(100),)),), D(0))


def found(past: str, mean: str | None, *, now: str = "100") -> tuple[Decimal, ...]:
    own = ledger(now=now)
    read = {"users": (None if mean is None else D(mean), None, None)}
    return levels(own.benefits[0], own, read, (D(past), D(0), D(0)), (D(1), D(1), D(1)))


def test_a_year_is_past_days_at_their_mean_and_the_rest_at_today_s_figure() -> None:
    assert found("1", "80") == (D("0.8"), 1, 1)
    assert found("0.5", "80") == (D("0.9"), 1, 1)
    assert found("0.5", "120") == (D("1.1"), 1, 1)


@pytest.mark.parametrize(("past", "mean", "now"), [("1", None, "100"), ("1", "100", "100"), ("1", "80", "0")])
def test_without_a_mean_or_a_figure_of_today_a_year_is_a_year(past: str, mean: str | None, now: str) -> None:
    assert found(past, mean, now=now) == ()


def test_a_line_that_cannot_be_computed_is_left_to_say_so_itself() -> None:
    own = ledger()
    broken = replace(own.benefits[0], formula="users * (")
    assert levels(broken, own, {"users": (D(1),) * 3}, (D(1),) * 3, (D(1),) * 3) == ()


def test_the_flow_is_worth_what_its_years_are() -> None:
    made = compute(ledger(level=(D("0.8"),)))
    assert made.gross == (0, 800, 1000, 1000)
    assert made.benefits == (0, 760, 950, 950)
    assert made.delay == D(950) / 12


def test_the_first_and_last_moment_under_contract() -> None:
    gaps = [(day(0), day(72)), (day(100), day(109)), (day(292), day(364 + 73))]
    assert edges(gaps, BOUNDS) == ((D(73) / 365, D(292) / 365), (D(73) / 365, 1), (0, 1))
    assert edges([(day(0), day(364))], BOUNDS)[0] == (0, 1)
    assert shares(gaps, BOUNDS)[1] == D(292) / 365
