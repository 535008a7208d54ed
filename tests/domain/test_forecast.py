"""Forecasts of renewals against worked values, brute force, and one's own record."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.forecast import (
    CATEGORIES,
    LIKELIHOOD,
    Chance,
    calibration,
    computed_category,
    forecast,
)

CHECK = [(12, 0.95), (8, 0.95), (6.5, 0.75), (5, 0.75), (4, 0.45), (3, 0.15)]


def chances(pairs: list[tuple[float, float]], scale: int = 1) -> list[Chance]:
    return [Chance(Decimal(str(amount)) * scale, likely) for amount, likely in pairs]


@pytest.mark.parametrize("scale", [1, 1_000_000])
def test_the_published_check_value(scale: int) -> None:
    found = forecast(chances(CHECK, scale))
    assert round(found.expected / scale, 1) == Decimal("29.9")
    assert [one / scale for one in (found.p10, found.p50, found.p90)] == [
        Decimal("23.5"), Decimal("31.5"), Decimal("35.5"),
    ]  # fmt: skip
    assert (found.count, found.total / scale, found.unit) == (6, Decimal("38.5"), 0)


def test_categories_have_their_likelihoods() -> None:
    assert [LIKELIHOOD[one] for one in CATEGORIES] == [0.95, 0.75, 0.45, 0.15]
    assert [computed_category(band) for band in ("green", "yellow", "red", "none", "?")] == [
        "commit", "probable", "best_case", "probable", "probable",
    ]  # fmt: skip


def by_hand(pairs: list[tuple[int, float]], share: float) -> int:
    outcomes: dict[int, float] = {}
    for kept in itertools.product((False, True), repeat=len(pairs)):
        chance = 1.0
        for came, (_amount, likely) in zip(kept, pairs, strict=True):
            chance *= likely if came else 1 - likely
        worth = sum(amount for came, (amount, _p) in zip(kept, pairs, strict=True) if came)
        outcomes[worth] = outcomes.get(worth, 0.0) + chance
    reached = 0.0
    for worth, chance in sorted(outcomes.items()):
        reached += chance
        if reached >= share - 1e-9:
            return worth
    return max(outcomes)


@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.sampled_from([0.05, 0.15, 0.45, 0.75, 0.95, 1.0])),
        min_size=1,
        max_size=8,
    )
)
def test_any_few_renewals_agree_with_every_outcome_counted(pairs: list[tuple[int, float]]) -> None:
    found = forecast(chances([(float(amount), likely) for amount, likely in pairs]))
    assert [found.p10, found.p50, found.p90] == [by_hand(pairs, share) for share in (0.1, 0.5, 0.9)]


def test_many_with_a_common_unit_stay_exact() -> None:
    pairs = [(float(n % 7 + 1), 0.75) for n in range(40)]
    found = forecast(chances(pairs))
    few = forecast(chances(pairs[:14]))
    assert found.unit == few.unit == 0
    assert found.p10 < found.p50 < found.p90 < found.total
    assert found.p50 == found.p50.to_integral_value()


def test_two_thousand_of_any_amount_are_rounded_and_say_so() -> None:
    pairs = [(1_000_000.01 + 7919.13 * (n * n % 997), 0.75) for n in range(2000)]
    found = forecast(chances(pairs))
    assert 0 < found.unit < found.total / 1000
    spread = sum(Decimal(str(a)) ** 2 * Decimal("0.1875") for a, _p in pairs).sqrt()
    assert abs(found.p50 - found.expected) < found.unit + spread / 20
    for share, at in ((found.p10, -1), (found.p90, 1)):
        normal = found.expected + at * Decimal("1.2816") * spread
        assert abs(share - normal) < 2 * found.unit + spread / 20


@pytest.mark.parametrize("pairs", [[], [(0.0, 0.95)], [(0.0, 0.5), (0.0, 0.1)]])
def test_nothing_to_renew_is_nought(pairs: list[tuple[float, float]]) -> None:
    found = forecast(chances(pairs))
    assert (found.count, found.total, found.expected, found.p10, found.p90) == (len(pairs), 0, 0, 0, 0)


@pytest.mark.parametrize("pair", [(-1.0, 0.5), (1.0, -0.1), (1.0, 1.1)])
def test_what_is_no_chance_is_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="likelihood"):
        forecast(chances([pair]))


@pytest.mark.parametrize(
    ("likely", "wanted"),
    [(1.0, (5, 5, 5)), (0.0, (0, 0, 0)), (0.95, (5, 5, 5)), (0.45, (0, 0, 5)), (0.5, (0, 0, 5))],
)
def test_a_single_renewal_is_all_or_nothing(likely: float, wanted: tuple[int, int, int]) -> None:
    found = forecast([Chance(Decimal(5), likely)])
    assert (found.p10, found.p50, found.p90) == wanted


def test_calls_are_scored_afterwards() -> None:
    found = calibration([(0.8, True)] * 11 + [(0.8, False)] * 7 + [(0.15, False)] * 4)
    assert found is not None
    assert found.count == 22
    assert [(one.count, round(one.said, 2), round(one.renewed, 2)) for one in found.buckets] == [
        (18, 0.8, 0.61), (4, 0.15, 0.0),
    ]  # fmt: skip
    assert found.brier == pytest.approx((11 * 0.04 + 7 * 0.64 + 4 * 0.0225) / 22)


@pytest.mark.parametrize(
    ("calls", "brier"), [([(1.0, True)], 0.0), ([(0.5, True), (0.5, False)], 0.25), ([(0.95, False)], 0.9025)]
)
def test_brier_of_known_cases(calls: list[tuple[float, bool]], brier: float) -> None:
    found = calibration(calls)
    assert found is not None
    assert found.brier == pytest.approx(brier)


def test_without_outcomes_there_is_no_calibration() -> None:
    assert calibration([]) is None
