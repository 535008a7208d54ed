"""Exchange rates: entered, corrected and removed as steps; another currency of the portfolio converts them along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import exchange_rates as rates
from cs_workbench.services import portfolios
from cs_workbench.services.portfolio_settings import set_settings, setting
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, state

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
MAY, JUNE, JULY = (dt.date(2026, month, 1) for month in (5, 6, 7))


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as workbench:
        yield workbench


def said(wb: Workbench) -> list[tuple[str, dt.date, Decimal]]:
    """The rates as they stand."""
    return [(one.currency, one.on_date, one.rate) for one in rates.listing(wb.reads)]


def test_entered_replaced_and_listed_newest_first(wb: Workbench) -> None:
    rates.put(wb, "usd", "149.50", MAY)
    rates.put(wb, "USD", "１５１", JUNE)
    rates.put(wb, "EUR", "1,630.5", MAY)
    rates.put(wb, "USD", "150", MAY)
    assert said(wb) == [
        ("EUR", MAY, Decimal("1630.5")),
        ("USD", JUNE, Decimal(151)),
        ("USD", MAY, Decimal(150)),
    ]
    assert wb.undo() == "Change exchange rate"
    assert ("USD", MAY, Decimal("149.50")) in said(wb)


@pytest.mark.parametrize("rate", ["", "0", "-1", "abc", "1e12", "NaN", "Infinity", "1.2.3"])
def test_what_is_no_rate(wb: Workbench, rate: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        rates.put(wb, "USD", rate, MAY)
    assert caught.value.code == "rate"
    assert said(wb) == []


@pytest.mark.parametrize(
    ("currency", "code"), [("JPY", "own_currency"), ("US", "choice"), ("12A", "choice"), ("ＵＳＤ", "choice")]
)
def test_currencies_that_cannot_have_one(wb: Workbench, currency: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        rates.put(wb, currency, "1", MAY)
    assert caught.value.code == code


def test_correcting_value_and_day(wb: Workbench) -> None:
    rates.put(wb, "USD", "149.50", MAY)
    rates.put(wb, "USD", "151", JUNE)
    may = rates.listing(wb.reads)[1]
    rates.correct(wb, may, rate="148")
    assert said(wb)[1] == ("USD", MAY, Decimal(148))
    rates.correct(wb, rates.listing(wb.reads)[1], on_date=JULY)
    assert said(wb) == [("USD", JULY, Decimal(148)), ("USD", JUNE, Decimal(151))]
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as caught:
        rates.correct(wb, rates.listing(wb.reads)[0], on_date=JUNE)
    assert caught.value.code == "doubled"
    assert state(wb.reads) == before


def test_removing_twice_is_told(wb: Workbench) -> None:
    rates.put(wb, "USD", "149.50", MAY)
    (rate,) = rates.listing(wb.reads)
    rates.remove(wb, rate)
    assert said(wb) == []
    with pytest.raises(NotFound):
        rates.remove(wb, rate)
    with pytest.raises(NotFound):
        rates.correct(wb, rate, on_date=JUNE)


def test_currencies_without_a_rate_are_named(wb: Workbench) -> None:
    with wb.change("Fill") as db:
        account = add_account(db)
        for code in ("USD", "EUR", "JPY", None, ""):
            add_contract(db, account, currency=code)
    rates.put(wb, "EUR", "163", MAY)
    assert rates.missing(wb.reads, "JPY", rates.listing(wb.reads)) == ("USD",)


def test_another_currency_turns_the_rates_round(wb: Workbench) -> None:
    rates.put(wb, "USD", "150", MAY)
    rates.put(wb, "USD", "160", JUNE)
    rates.put(wb, "EUR", "165", MAY)
    rates.put(wb, "EUR", "176", JULY)
    before = state(wb.reads)
    rates.change_currency(wb, "USD")
    assert setting(wb.reads, "currency") == "USD"
    assert said(wb) == [
        ("EUR", JULY, Decimal("1.1")),
        ("EUR", MAY, Decimal("1.1")),
        ("JPY", JUNE, Decimal("0.00625")),
        ("JPY", MAY, Decimal("0.00666666666667")),
    ]
    assert wb.undo() == "Change currency"
    assert state(wb.reads) == before


def test_a_rate_before_the_first_of_the_new_currency_uses_that_one(wb: Workbench) -> None:
    rates.put(wb, "USD", "160", JUNE)
    rates.put(wb, "EUR", "176", MAY)
    rates.change_currency(wb, "USD")
    assert said(wb)[0] == ("EUR", MAY, Decimal("1.1"))


def test_a_currency_nobody_knows_the_worth_of_is_refused(wb: Workbench) -> None:
    rates.put(wb, "USD", "150", MAY)
    with pytest.raises(InvalidValue) as caught:
        rates.change_currency(wb, "EUR")
    assert caught.value.code == "no_rate"
    assert setting(wb.reads, "currency") == "JPY"
    assert len(wb.history()) == 1


def test_without_rates_any_currency_will_do(wb: Workbench) -> None:
    rates.change_currency(wb, "eur")
    assert setting(wb.reads, "currency") == "EUR"
    rates.change_currency(wb, "EUR")
    set_settings(wb, {"currency": None})
    rates.change_currency(wb, "GBP")
    assert setting(wb.reads, "currency") == "GBP"
