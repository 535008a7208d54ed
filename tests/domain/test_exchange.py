"""Amounts in one currency: as they are, through entered rates, or apart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.domain.exchange import exchange
from cs_workbench.domain.money import Amount, Rate

DAY = dt.date(2026, 11, 24)
RATES = (
    Rate("USD", dt.date(2026, 1, 1), Decimal(140)),
    Rate("USD", dt.date(2026, 10, 1), Decimal(150)),
    Rate("USD", dt.date(2026, 12, 1), Decimal(999)),
    Rate("EUR", dt.date(2026, 10, 1), Decimal(163)),
)


@pytest.mark.parametrize(
    ("currencies", "own", "told_in"),
    [
        ((), "JPY", "JPY"),
        (("JPY",), "JPY", "JPY"),
        (("USD",), "JPY", "USD"),
        (("",), "JPY", "JPY"),
        (("", "JPY"), "JPY", "JPY"),
        (("JPY", "USD"), "JPY", "JPY"),
        (("",), "", ""),
    ],
)
def test_one_currency_stays_what_it_is(currencies: tuple[str, ...], own: str, told_in: str) -> None:
    found = exchange(currencies, own, RATES, DAY)
    assert found.currency == told_in
    assert found.missing == ()


def test_the_newest_rate_not_after_the_date_is_used() -> None:
    found = exchange(("JPY", "USD", "EUR"), "JPY", RATES, DAY)
    assert found.value(Amount(Decimal(2), "USD")) == 300
    assert found.value(Amount(Decimal(2), "")) == 2
    assert [rate.currency for rate in found.used] == ["EUR", "USD"]
    assert exchange(("JPY", "USD"), "JPY", RATES, dt.date(2026, 5, 1)).value(Amount(Decimal(1), "USD")) == 140


def test_without_a_rate_an_amount_stands_apart() -> None:
    found = exchange(("JPY", "USD", "GBP"), "JPY", RATES, DAY)
    assert found.missing == ("GBP",)
    whole, apart = found.worth(
        [Amount(Decimal(10), "JPY"), Amount(Decimal(7), "GBP"), Amount(Decimal(1), "USD")]
    )
    assert (whole, apart) == (Decimal(160), (Amount(Decimal(7), "GBP"),))


def test_without_a_currency_of_its_own_nothing_is_added_up() -> None:
    found = exchange(("JPY", "USD"), "", RATES, DAY)
    assert found.missing == ("JPY", "USD")
    assert found.worth([Amount(Decimal(1), "JPY")])[0] == 0
