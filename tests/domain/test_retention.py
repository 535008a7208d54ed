"""Retention, renewal rates and money totals: published worked figures, refusals, properties."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.money import Amount, Rate, total
from cs_workbench.domain.retention import AccountMovement, RenewalOutcome, renewal_rates, retention

TODAY = dt.date(2026, 11, 24)


def movement(
    start: str, expansion: str = "0", contraction: str = "0", churn: str = "0", lost: bool = False
) -> AccountMovement:
    """One account of a cohort."""
    return AccountMovement(Decimal(start), Decimal(expansion), Decimal(contraction), Decimal(churn), lost)


@pytest.mark.parametrize(
    ("start", "expansion", "contraction", "churn", "gross", "net"),
    [
        # domain.md §7
        ("10.0", "1.8", "0.6", "0.9", "0.85", "1.03"),
        ("100", "9.5", "4", "3", "0.93", "1.025"),
        # theprimecalculator.com/business/net-revenue-retention-calculator/formula
        ("100000", "15000", "5000", "8000", "0.87", "1.02"),
        # metrickittools.com/glossary/nrr
        ("100000", "15000", "5000", "10000", "0.85", "1.00"),
        # dnoise.online/en/metrics/nrr-ndr
        ("200000", "20000", "4000", "6000", "0.95", "1.05"),
    ],
)
def test_published_figures(
    start: str, expansion: str, contraction: str, churn: str, gross: str, net: str
) -> None:
    found = retention([movement(start, expansion, contraction, churn)])
    assert (found.gross.rate, found.net.rate) == (Decimal(gross), Decimal(net))


def test_each_account_is_capped_at_its_start() -> None:
    """One account's growth never hides another's loss in GRR."""
    found = retention([movement("100", expansion="50"), movement("100", churn="100", lost=True)])
    assert (found.gross.rate, found.net.rate, found.logo_churn.rate) == (
        Decimal("0.5"),
        Decimal("0.75"),
        Decimal("0.5"),
    )


def test_a_lost_account_without_amount_refuses_money_but_not_logos() -> None:
    lost = AccountMovement(Decimal(100), lost=True, lost_without_amount=True)
    found = retention([movement("100"), lost])
    assert (found.gross.rate, found.gross.refused) == (None, "lost_without_amount")
    assert (found.net.rate, found.net.refused) == (None, "lost_without_amount")
    assert found.logo_churn.rate == Decimal("0.5")


def test_an_empty_cohort_has_no_rate() -> None:
    found = retention([])
    assert {found.gross.refused, found.net.refused, found.logo_churn.refused} == {"nothing_at_start"}


@given(st.lists(st.tuples(*[st.integers(0, 1000)] * 4), min_size=1, max_size=8))
def test_gross_retention_is_never_above_one_and_never_above_net(
    rows: list[tuple[int, int, int, int]],
) -> None:
    found = retention(movement(*map(str, row)) for row in rows)
    if found.gross.rate is None or found.net.rate is None:
        assert sum(row[0] for row in rows) == 0
        return
    assert 0 <= found.gross.rate <= 1
    assert found.gross.rate <= found.net.rate


def test_the_real_renewal_list_gives_its_rate_by_number_and_refuses_value() -> None:
    """gtm_renewals (gbearden/analytics-gtm-poc): 49 renewed, 19 churned with amount 0; printed rate 72.06 %."""
    rows = [RenewalOutcome(True, Decimal(3698), Decimal(3698))] * 49 + [
        RenewalOutcome(False, Decimal(0), None)
    ] * 19
    by_number, by_value = renewal_rates(rows)
    assert by_number.rate is not None
    assert round(by_number.rate, 4) == Decimal("0.7206")
    assert (by_number.numerator, by_number.denominator) == (49, 68)
    assert (by_value.rate, by_value.refused) == (None, "lost_without_amount")


def test_renewal_rate_by_value_counts_no_growth() -> None:
    rows = [RenewalOutcome(True, Decimal(100), Decimal(150)), RenewalOutcome(True, Decimal(100), Decimal(60)),
            RenewalOutcome(False, Decimal(200), None)]  # fmt: skip
    by_number, by_value = renewal_rates(rows)
    assert by_value.rate == Decimal("0.4")
    assert by_number.numerator == 2
    assert renewal_rates([])[0].refused == "nothing_renewable"


USD = Rate("USD", dt.date(2026, 10, 1), Decimal("150.25"))


@pytest.mark.parametrize(
    ("amounts", "rates", "value", "currency", "missing"),
    [
        ([], [], None, "JPY", ()),
        ([("1.5", "USD"), ("2.5", "USD")], [], "4.0", "USD", ()),
        ([("1000", "JPY"), ("10", "USD")], [USD], "2502.5", "JPY", ()),
        ([("1000", "JPY"), ("10", "USD")], [], None, "JPY", ("USD",)),
        ([("1000", "JPY"), ("10", "USD"), ("5", "EUR")], [USD], None, "JPY", ("EUR",)),
        (
            [("1000", "JPY"), ("10", "USD")],
            [Rate("USD", dt.date(2026, 12, 1), Decimal(1))],
            None,
            "JPY",
            ("USD",),
        ),
        (
            [("1000", "JPY"), ("10", "USD")],
            [Rate("USD", dt.date(2025, 1, 1), Decimal(1)), USD],
            "2502.5",
            "JPY",
            (),
        ),
    ],
)
def test_totals_go_only_through_rates_that_were_entered(
    amounts: list[tuple[str, str]],
    rates: list[Rate],
    value: str | None,
    currency: str,
    missing: tuple[str, ...],
) -> None:
    found = total([Amount(Decimal(number), code) for number, code in amounts], "JPY", rates, TODAY)
    assert found.value == (None if value is None else Decimal(value))
    assert (found.currency, found.missing) == (currency, missing)
    assert sum(part.value for part in found.parts) == sum(Decimal(number) for number, _ in amounts)
