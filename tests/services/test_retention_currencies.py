"""Retention over several currencies: at one entered rate for the whole period, or refused; of some accounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.domain.money import Rate
from cs_workbench.services.retention import portfolio_retention
from tests.builders_health import MemoryPortfolio

START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
RATES = (Rate("USD", dt.date(2026, 6, 1), Decimal(100)), Rate("USD", dt.date(2027, 1, 1), Decimal(999)))


@pytest.fixture
def db() -> MemoryPortfolio:
    """10,000 yen and 100 dollars at the start; half of the dollars went."""
    made = MemoryPortfolio()
    for name, arr, currency in (("Yen", 10_000, "JPY"), ("Dollar", 100, "USD")):
        account = made.account(name)
        made.add("contract", account_id=account, arr=arr * 10_000, currency=currency, start_on="2025-01-01",
                 end_on="2027-12-31")  # fmt: skip
    made.add("contract_event", account_id=2, kind="contraction", on_date="2026-06-01", currency="USD",
             amount=50 * 10_000)  # fmt: skip
    return made


def test_entered_rates_make_it_one_figure(db: MemoryPortfolio) -> None:
    found = portfolio_retention(db, START, END, own="JPY", rates=RATES)  # type: ignore[arg-type]
    assert found.cohort.gross.rate == Decimal("0.75")
    assert (found.cohort.gross.numerator, found.cohort.gross.denominator) == (15_000, 20_000)
    assert found.exchange.currency == "JPY"
    assert found.events[0].amount == 5_000
    assert found.movements[2].contraction == 5_000


@pytest.mark.parametrize(("own", "rates"), [("", ()), ("JPY", ()), ("JPY", (RATES[1],)), ("EUR", RATES)])
def test_without_a_rate_it_is_refused(db: MemoryPortfolio, own: str, rates: tuple[Rate, ...]) -> None:
    found = portfolio_retention(db, START, END, own=own, rates=rates)  # type: ignore[arg-type]
    assert found.cohort.gross.rate is None
    assert found.cohort.gross.refused == found.cohort.net.refused == "mixed_currencies"
    assert found.cohort.logo_churn.rate == 0


def test_only_the_accounts_asked_for(db: MemoryPortfolio) -> None:
    found = portfolio_retention(db, START, END, own="JPY", rates=RATES, among={2})  # type: ignore[arg-type]
    assert (found.accounts, found.exchange.currency, found.cohort.gross.rate) == (1, "USD", Decimal("0.5"))
    nobody = portfolio_retention(db, START, END, among=())  # type: ignore[arg-type]
    assert (nobody.accounts, nobody.cohort.gross.refused) == (0, "nothing_at_start")
