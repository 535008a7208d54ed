"""Worse end ≤ estimate ≤ better end, wherever bounds were typed and whatever a formula does with its inputs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_workbench.domain.sensitivity import bounds, break_even, case, npv, tornado
from cs_workbench.domain.value_ledger import RISK, Benefit, Cost, Input, Ledger, Past, with_input

D = Decimal
FIGURE = st.integers(0, 300).map(D)
FORMULAS = (
    "users * hours * price", "(users - hours) * price", "users * (hours - price)", "users * (300 - users) * price",
    "price - users * hours",
)  # fmt: skip


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    bound = st.none() | FIGURE
    lines = []
    for number in range(draw(st.integers(1, 3))):
        inputs = tuple(
            Input(name, draw(FIGURE), unit, draw(bound), draw(bound))
            for name, unit in (("users", ""), ("hours", ""), ("price", ""))
        )
        mean = draw(st.none() | FIGURE)
        past = () if mean is None else (Past(D("0.6"), (("users", mean),), D("0.25")),)
        formula = f"({draw(st.sampled_from(FORMULAS))}) * one"
        lines.append(
            Benefit(
                str(number), "Gain", "cost", formula, (*inputs, Input("one", D(1), "JPY/year")),
                confidence=draw(st.sampled_from(sorted(RISK))), agreed=draw(st.booleans()), past=past,
            )
        )  # fmt: skip
    return Ledger("JPY", 2, tuple(lines), (Cost("c", "c", "other", (D(1000),)),), D("0.1"))


@settings(max_examples=150, deadline=None)
@given(ledger=ledgers())
def test_the_worse_end_is_never_better_than_the_estimate(ledger: Ledger) -> None:
    swings = tornado(ledger)
    low, base, high = (npv(case(ledger, which, swings)) for which in ("low", "base", "high"))
    assert low <= base <= high
    for one in swings:
        assert low <= min(one.npv_low, one.npv_high) + D("1e-15")
        assert high >= max(one.npv_low, one.npv_high) - D("1e-15")


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [("95", "125", (55, 125)), ("10", "40", (10, 55)), ("40", "60", (40, 60)), (None, "40", (40, 55)),
     ("95", None, (55, 95)), (None, None, (55, 55))],
)  # fmt: skip
def test_a_figure_that_left_its_bounds_widens_them(
    low: str | None, high: str | None, ends: tuple[int, int]
) -> None:
    one = Input("users", D(55), "people", *(None if end is None else D(end) for end in (low, high)))
    assert bounds(one) == ends


def test_the_case_of_a_reading_below_its_low_figure() -> None:
    """Bounds of 95 to 125, 55 read today: the worse end is today's, never a gain on it."""
    users = Input("users", D(55), "", D(95), D(125))
    gain = Benefit(
        "1", "Time", "cost", "users * price", (users, Input("price", D(10), "JPY/year")), agreed=True
    )
    ledger = Ledger("JPY", 1, (gain,), (Cost("c", "c", "other", (D(300),)),), D(0))
    (swing,) = tornado(ledger)
    assert (swing.low, swing.high, swing.npv_low) == (55, 125, npv(ledger))
    assert npv(case(ledger, "low")) == npv(ledger) < npv(case(ledger, "high"))
    even = break_even(ledger, "1", "users")
    assert even is not None
    assert abs(npv(with_input(ledger, "1", "users", even))) < D("0.001")


def test_ends_that_give_something_back_together_do_not() -> None:
    """Half the price of a loss is half a loss: the dearest single end counts."""
    inputs = (
        Input("each", D(9), "JPY/year", D(2), D(9)), Input("before", D(40), "", D(20), D(50)),
        Input("now", D(19), "", D(15), D(60)),
    )  # fmt: skip
    rework = Benefit(
        "1", "Rework", "cost", "each * (before - now)", inputs, confidence="measured", agreed=True
    )
    ledger = Ledger("JPY", 1, (rework,), (Cost("c", "c", "other", (D(1),)),), D(0))
    worst = case(ledger, "low")
    assert [one.value for one in worst.benefits[0].inputs] == [9, 40, 60]
    assert npv(worst) == min(one.npv_high for one in tornado(ledger) if one.name == "now")
