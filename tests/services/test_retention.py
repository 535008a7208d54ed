"""Retention from contracts and events: the closed cohort, refusals, renewal rates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.services.retention import PortfolioRetention, portfolio_retention
from tests.builders_health import MemoryPortfolio

START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


@pytest.fixture
def db() -> MemoryPortfolio:
    """An empty portfolio."""
    return MemoryPortfolio()


def paying(db: MemoryPortfolio, arr: int, start: str = "2025-01-01", currency: str = "JPY") -> int:
    """An account with a contract."""
    account = db.account(f"A{arr}{start}")
    db.add(
        "contract",
        account_id=account,
        arr=arr * 10_000,
        currency=currency,
        start_on=start,
        end_on="2027-12-31",
    )
    return account


def event(db: MemoryPortfolio, account: int, kind: str, amount: int | None, date: str = "2026-06-01") -> None:
    """A movement; *amount* in whole units."""
    db.add("contract_event", account_id=account, kind=kind, on_date=date, currency="JPY",
           amount=None if amount is None else amount * 10_000)  # fmt: skip


def computed(db: MemoryPortfolio) -> PortfolioRetention:
    """Retention of the year."""
    return portfolio_retention(db, START, END)  # type: ignore[arg-type]


def test_a_cohort_closed_at_the_start(db: MemoryPortfolio) -> None:
    """100 −4 −3 +9.5 → 93.0 % and 102.5 % (domain.md §7); a new account and other years count for nothing."""
    first, second = paying(db, 60_000), paying(db, 40_000)
    new = paying(db, 70_000, "2026-01-01")
    event(db, first, "expansion", 9_500)
    event(db, second, "contraction", -4_000)
    event(db, second, "churn", 3_000)
    event(db, new, "expansion", 99_000)
    event(db, first, "contraction", 9_000, "2025-12-31")
    event(db, first, "contraction", 9_000, "2027-01-01")
    found = computed(db)
    assert (found.accounts, found.cohort.gross.rate, found.cohort.net.rate) == (
        2,
        Decimal("0.93"),
        Decimal("1.025"),
    )
    assert found.cohort.logo_churn.rate == Decimal("0.5")


@pytest.mark.parametrize("amount", [None, 0])
def test_a_loss_without_amount_refuses_money(db: MemoryPortfolio, amount: int | None) -> None:
    event(db, paying(db, 100), "churn", amount)
    paying(db, 200)
    found = computed(db)
    assert found.cohort.gross.refused == found.cohort.net.refused == "lost_without_amount"
    assert found.cohort.logo_churn.rate == Decimal("0.5")


def test_forty_nine_of_sixty_eight_renewals(db: MemoryPortfolio) -> None:
    """The shape of gtm_renewals: lost rows carry 0, so the value rate is refused; by number it is 72.06 %."""
    for n in range(68):
        event(db, db.account(f"S{n}"), "renewal" if n < 49 else "churn", 3_698 if n < 49 else 0)
    found = computed(db)
    assert found.by_number.rate is not None
    assert round(found.by_number.rate * 100, 2) == Decimal("72.06")
    assert (found.by_number.numerator, found.by_number.denominator) == (49, 68)
    assert found.by_value.refused == "lost_without_amount"
    assert found.cohort.gross.refused == "nothing_at_start"


def test_several_currencies_refuse_money(db: MemoryPortfolio) -> None:
    event(db, paying(db, 100), "renewal", 100)
    paying(db, 100, currency="USD")
    found = computed(db)
    assert found.cohort.gross.refused == found.by_value.refused == "mixed_currencies"
    assert found.by_number.rate == 1
    assert found.currencies == ("JPY", "USD")


def test_who_came_back_is_not_lost(db: MemoryPortfolio) -> None:
    account = paying(db, 100)
    event(db, account, "churn", 100, "2026-03-01")
    event(db, account, "reactivation", 100, "2026-09-01")
    assert computed(db).cohort.logo_churn.rate == 0


def test_a_list_of_losses_is_no_list_of_renewals(db: MemoryPortfolio) -> None:
    """ravenstack_saas records 600 departures and not one renewal: 0 % would be a lie."""
    event(db, paying(db, 100), "churn", 100)
    found = computed(db)
    assert found.by_number.refused == found.by_value.refused == "no_renewals_on_record"
    assert found.cohort.gross.rate == 0


def test_nothing_to_compute(db: MemoryPortfolio) -> None:
    found = computed(db)
    assert {found.cohort.gross.refused, found.cohort.logo_churn.refused} == {"nothing_at_start"}
    assert found.by_number.refused == "nothing_renewable"


def test_a_list_of_todays_customers_tells_nothing_about_who_left(db: MemoryPortfolio) -> None:
    """Imported ten minutes ago: whoever is in it is still there, and 100 % would be a lie."""
    account = paying(db, 100)
    found = computed(db)
    assert found.cohort.gross.refused == found.cohort.net.refused == "no_movements_on_record"
    assert found.cohort.gross.rate is None
    event(db, account, "renewal", 100, "2024-06-01")
    assert computed(db).cohort.gross.rate == 1
