"""Present value, return and payback: published figures, and what must hold for any figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.cash_flow import NoCost, break_even, factors, payback, present_value, returns, whole

AMOUNTS = st.lists(st.integers(0, 10**9).map(Decimal), min_size=1, max_size=8)
RATES = st.integers(0, 50).map(lambda percent: Decimal(percent) / 100)


def decimals(*amounts: float | str) -> list[Decimal]:
    return [Decimal(str(amount)) for amount in amounts]


def test_a_published_total_economic_impact_table() -> None:
    costs = decimals(53_150, 666_715, 636_772, 647_783)
    benefits = decimals(0, 1_606_511, 3_061_331, 4_229_760)
    found = returns(benefits, costs, Decimal("0.10"))
    assert (whole(found.costs), whole(found.benefits), whole(found.npv)) == (1_672_201, 7_168_371, 5_496_170)
    assert whole(found.roi * 100) == 329
    assert found.payback is not None
    assert found.payback < Decimal("0.5")


def test_the_case_in_yen() -> None:
    costs = decimals(440_000, 1_507_200, 1_507_200, 1_507_200)
    benefits = decimals(0, 4_000_080, 5_714_400, 5_714_400)
    found = returns(benefits, costs, Decimal("0.10"))
    assert (whole(found.costs), whole(found.benefits), whole(found.npv)) == (4_188_183, 12_652_394, 8_464_211)
    assert whole(found.roi * 100) == 202


@pytest.mark.parametrize(
    ("benefits", "costs", "years"),
    [
        ((0, 100), (100, 0), "1"),
        ((0, 200), (100, 0), "0.5"),
        ((0, 50, 100), (100, 0, 0), "1.5"),
        ((0, 10), (100, 0), None),
        ((100, 0), (50, 0), "0"),
        ((0, 100, 100), (0, 150, 0), "1.5"),
        ((0, 0), (0, 100), None),
        ((50, 0, 100), (0, 100, 0), "1.5"),
        ((0,), (0,), "0"),
    ],
)
def test_payback_is_when_the_net_is_no_longer_negative_and_stays_so(
    benefits: tuple[int, ...], costs: tuple[int, ...], years: str | None
) -> None:
    found = payback([Decimal(one) for one in benefits], [Decimal(one) for one in costs])
    assert found == (None if years is None else Decimal(years))


def test_nothing_spent_has_no_return() -> None:
    with pytest.raises(NoCost):
        returns(decimals(0, 1), decimals(0, 0), Decimal("0.1"))


def test_streams_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="3 periods"):
        returns(decimals(0, 1, 2), decimals(1, 0), Decimal("0.1"))


@given(AMOUNTS)
def test_without_discount_present_value_is_the_sum(amounts: list[Decimal]) -> None:
    assert present_value(amounts, Decimal(0)) == sum(amounts)


@given(AMOUNTS, RATES)
def test_discounting_never_raises_a_value(amounts: list[Decimal], rate: Decimal) -> None:
    assert present_value(amounts, rate) <= sum(amounts)


@given(AMOUNTS, AMOUNTS, RATES, st.integers(1, 10**6))
def test_more_cost_never_raises_the_return(
    benefits: list[Decimal], costs: list[Decimal], rate: Decimal, more: int
) -> None:
    length = max(len(benefits), len(costs))
    gains = benefits + [Decimal(0)] * (length - len(benefits))
    spent = [Decimal(1) + one for one in costs + [Decimal(0)] * (length - len(costs))]
    dearer = [spent[0] + more, *spent[1:]]
    assert returns(gains, dearer, rate).roi <= returns(gains, spent, rate).roi


def test_factors_start_at_one() -> None:
    assert factors(Decimal("0.25"), 2) == (Decimal(1), Decimal("0.8"), Decimal("0.64"))


@pytest.mark.parametrize(("amount", "shown"), [("2.5", 3), ("-2.5", -3), ("2.49", 2), ("0", 0)])
def test_a_half_goes_away_from_zero(amount: str, shown: int) -> None:
    assert whole(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("costs", "benefits", "shown"),
    [
        (7438, 10000, "0.75"),
        (9970, 10000, "0.997"),
        (10010, 10000, "1.001"),
        (21100, 10000, "2.2"),
        (5000, 10000, "0.5"),
    ],
)
def test_a_break_even_is_never_rounded_kindly(costs: int, benefits: int, shown: str) -> None:
    found = break_even(Decimal(costs), Decimal(benefits))
    assert found == Decimal(shown)
    assert found * benefits >= costs
