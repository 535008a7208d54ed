"""Days that have passed count the mean of what was read then, week by week and only under contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.domain.cash_flow import moment, payback
from cs_workbench.domain.contract_terms import shares, spans, years_of
from cs_workbench.domain.sensitivity import Moving, break_even, npv, tornado
from cs_workbench.domain.value_ledger import Benefit, Cost, Input, Ledger, Past, compute
from cs_workbench.domain.value_past import behind_of, means, pasts

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


def test_a_year_without_a_reading_has_no_mean() -> None:
    assert means({0: D(10)}, BOUNDS, day(365 + 100), ()) == (10, None, None)
    assert means({54: D(10)}, BOUNDS, day(365 + 3), ()) == (None, None, None)


def test_nothing_has_passed_on_the_first_day() -> None:
    assert means({0: D(10)}, BOUNDS, START, ()) == (None, None, None)


def ledger(
    *, past: tuple[Past | None, ...] = (), now: str = "100", formula: str = "users * hours * price"
) -> Ledger:
    gain = Benefit(
        "1", "Time", "cost", formula,
        (Input("users", D(now), "people"), Input("hours", D(2), "hours/person/year", D(1), D(3)),
         Input("price", D(5), "JPY/hour")),
        confidence="measured", agreed=True, past=past,
    )  # fmt: skip
    return Ledger("JPY", 3, (gain,), (Cost("c", "Set-up", "setup", (D(100),)),), D(0))


def found(past: str, mean: str | None, *, now: str = "100") -> tuple[Decimal, ...]:
    """What the years of a line are worth whose first has that share behind, read at that mean."""
    own = ledger(now=now)
    read = {"users": (None if mean is None else D(mean), None, None)}
    then = pasts(own.benefits[0], own, read, (D(past), D(0), D(0)), (D(1), D(1), D(1)))
    return compute(ledger(now=now, past=then)).gross[1:]


def test_a_year_is_past_days_at_their_mean_and_the_rest_at_today_s_figure() -> None:
    assert found("1", "80") == (800, 1000, 1000)
    assert found("0.5", "80") == (900, 1000, 1000)
    assert found("0.5", "120") == (1100, 1000, 1000)


def test_what_is_behind_is_an_amount_whatever_is_read_today() -> None:
    assert found("1", "80", now="1") == (800, 10, 10)
    assert found("1", "80", now="0") == (800, 0, 0)
    assert found("0.25", "80", now="0") == (200, 0, 0)
    assert found("1", "0", now="50") == (0, 500, 500)
    assert found("1", None, now="50") == (500, 500, 500)


def test_a_gain_that_is_below_nothing_today_keeps_its_past() -> None:
    own = ledger(formula="users * hours * price - lost", now="80").benefits[0]
    plain = replace(own, inputs=(*own.inputs, Input("lost", D(900), "JPY/year")))
    whole = replace(ledger(), benefits=(replace(plain, past=(Past(D(1), (("users", D(100)),)),)),))
    assert compute(whole).gross == (0, 100, -100, -100)


def test_a_line_that_cannot_be_computed_is_left_to_say_so_itself() -> None:
    own = ledger()
    broken = replace(own.benefits[0], formula="users * (")
    assert pasts(broken, own, {"users": (D(1),) * 3}, (D(1),) * 3, (D(1),) * 3) == ()
    parted = ledger(formula="users * hours * price / users")
    assert pasts(parted.benefits[0], parted, {"users": (D(0),) * 3}, (D(1),) * 3, (D(1),) * 3) == ()


def test_the_flow_is_worth_what_its_years_are() -> None:
    own = ledger(past=(Past(D(1), (("users", D(80)),)),))
    made = compute(own)
    assert made.gross == (0, 800, 1000, 1000)
    assert made.benefits == (0, 760, 950, 950)
    assert made.delay == D(950) / 12
    assert behind_of(made.proven[0], own, (D(1), D(0), D(0)), (D(1),) * 3) == 760


def test_moving_an_input_moves_what_is_to_come_and_what_was_not_read_both() -> None:
    own = ledger(past=(Past(D("0.5"), (("users", D(80)),)),))
    moving = Moving(own)
    now = npv(own)
    assert moving.npv("1", "users", D(0)) == now - (D(500) + 2000) * D("0.95")
    assert moving.npv("1", "hours", D(1)) == now - (D(900) + 2000) / 2 * D("0.95")
    assert break_even(own, "1", "users") is None  # what is behind covers the cost
    (swing,) = tornado(own)
    assert (swing.name, swing.npv_low) == ("hours", moving.npv("1", "hours", D(1)))


def test_from_when_to_when_there_is_a_contract() -> None:
    gaps = [(day(0), day(72)), (day(100), day(109)), (day(292), day(364 + 73))]
    first = ((D(73) / 365, D(100) / 365), (D(110) / 365, D(292) / 365))
    assert spans(gaps, BOUNDS) == (first, ((D(73) / 365, 1),), ((0, 1),))
    assert spans([(day(0), day(364))], BOUNDS)[0] == ((0, 1),)
    assert shares(gaps, BOUNDS)[1] == D(292) / 365


def test_payback_never_lies_on_a_day_without_a_contract() -> None:
    year = ((D(0), D("0.2")), (D("0.6"), D(1)))
    assert moment(D("0.25"), year) == D("0.15")
    assert moment(D("0.5"), year) == D("0.7")
    assert payback([D(0), D(200)], [D(100), D(0)], (year,)) == D("0.7")
    assert payback([D(0), D(200)], [D(100), D(0)]) == D("0.5")
