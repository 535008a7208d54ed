"""Money as Japanese and English files write it, and what a header says about currency and scale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.intake.cells import ValueProblem
from cs_workbench.intake.money import header_unit, parse_money


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("¥1,200,000", "1200000", "JPY"),
        ("￥1,200,000", "1200000", "JPY"),
        ("\\1,200", "1200", "JPY"),
        ("120万円", "1200000", "JPY"),
        ("1.2億円", "120000000", "JPY"),
        ("3千円", "3000", "JPY"),
        ("2.5百万円", "2500000", "JPY"),
        ("1億2,000万円", "120000000", "JPY"),
        ("１２０万円", "1200000", "JPY"),
        ("1,200円", "1200", "JPY"),
        ("１，２００円", "1200", "JPY"),
        ("1,200,000円(税込)", "1200000", "JPY"),
        ("1,200円（税抜）", "1200", "JPY"),
        ("JPY 1,200", "1200", "JPY"),
        ("¥1,200-", "1200", "JPY"),
        ("¥1,200.-", "1200", "JPY"),
        ("1,200円也", "1200", "JPY"),
        ("$1,200.50", "1200.50", "USD"),
        ("US$1,200", "1200", "USD"),
        ("USD 1200", "1200", "USD"),
        ("1200 USD", "1200", "USD"),
        ("$1.2 million", "1200000", "USD"),
        ("$1.2M", "1200000", "USD"),
        ("USD 1.2k", "1200", "USD"),
        ("$ 500", "500", "USD"),
        ("$1,200 CAD", "1200", "CAD"),
        ("USD $1,200", "1200", "USD"),
        ("€1.200,50", "1200.50", "EUR"),
        ("1.200.500,00 €", "1200500", "EUR"),
        ("1 200,50 €", "1200.50", "EUR"),
        ("CHF 1'200.50", "1200.50", "CHF"),
        ("£99.99", "99.99", "GBP"),
        ("A$10", "10", "AUD"),
        ("S$10", "10", "SGD"),
        ("R$ 10", "10", "BRL"),
        ("₩50,000", "50000", "KRW"),
        ("100ドル", "100", "USD"),
        ("100ユーロ", "100", "EUR"),
        ("(1,200)", "-1200", None),
        ("△1,200", "-1200", None),
        ("▲1,200", "-1200", None),
        ("−1,200", "-1200", None),
        ("－１，２００", "-1200", None),
        ("-¥500", "-500", "JPY"),
        ("¥-500", "-500", "JPY"),
        ("(¥500)", "-500", "JPY"),
        ("¥△500", "-500", "JPY"),
        ("△500円", "-500", "JPY"),
        ("$(1,200.50)", "-1200.50", "USD"),
        ("1,200-", "-1200", None),
        ("1.2M", "1200000", None),
        ("1.2k", "1200", None),
        ("1,200", "1200", None),
        ("0", "0", None),
        (1200, "1200", None),
        (12.5, "12.5", None),
        ("12,34,567", "1234567", None),
        ("1e5", "100000", None),
        ("+300", "300", None),
    ],
)
def test_amounts(cell: str | float, amount: str, currency: str | None) -> None:
    assert parse_money(cell) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("金額", "money"),
        ("円", "money"),
        ("¥", "money"),
        ("¥100,000/月", "money"),
        ("1,2,3", "money"),
        ("10万5億", "money"),
        ("1_000", "money"),
        ("12 34", "money"),
        ("USD", "money"),
        ("inf", "money"),
        (True, "money"),
        ("", "blank"),
        ("-", "blank"),
        ("なし", "blank"),
        ("NaN", "blank"),
        (None, "blank"),
        (float("nan"), "not_finite"),
        (float("inf"), "not_finite"),
        ("9" * 30, "range"),
        ("1000兆円", "range"),
        ("¥1,200 / $10", "money"),
    ],
)
def test_what_is_no_amount(cell: str | float | None, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_money(cell)
    assert caught.value.code == code


def test_the_columns_decimal_mark() -> None:
    assert parse_money("1.200", decimal_comma=True)[0] == 1200
    assert parse_money("1.200", decimal_comma=False)[0] == Decimal("1.2")
    assert parse_money("1,200", decimal_comma=True)[0] == Decimal("1.2")
    assert parse_money("€1.200,50", decimal_comma=True) == (Decimal("1200.50"), "EUR")
    with pytest.raises(ValueProblem):
        parse_money("€1.200,50", decimal_comma=False)


@pytest.mark.parametrize(
    ("header", "currency", "multiplier"),
    [
        ("arr_usd", "USD", 1),
        ("ARR (円)", "JPY", 1),
        ("金額（千円）", "JPY", 1000),
        ("売上(百万円)", "JPY", 10**6),
        ("単価（万円）", "JPY", 10**4),
        ("売上高［億円］", "JPY", 10**8),
        ("(単位：千円)", "JPY", 1000),
        ("ARR ($K)", "USD", 1000),
        ("ARR (USD k)", "USD", 1000),
        ("ARR ($M)", "USD", 10**6),
        ("MRR in thousands", None, 1000),
        ("ARR (€)", "EUR", 1),
        ("Amount (EUR)", "EUR", 1),
        ("mrr_jpy", "JPY", 1),
        ("arr_k", None, 1000),
        ("契約金額(税抜)(円)", "JPY", 1),
        ("ドル建て金額", "USD", 1),
        ("Amount", None, 1),
        ("ARR", None, 1),
        ("担当者", None, 1),
        ("千葉支店", None, 1),
        ("万代店", None, 1),
        ("Total Amount Currency", None, 1),
        ("Platform", None, 1),
        ("Rank", None, 1),
        ("Team", None, 1),
    ],
)
def test_what_a_header_says(header: str, currency: str | None, multiplier: int) -> None:
    assert header_unit(header) == (currency, Decimal(multiplier))


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_survives(amount: Decimal) -> None:
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    assert parse_money(f"{sign}${size:,.2f}") == (amount, "USD")
    assert parse_money(f"{amount:,.2f} USD") == (amount, "USD")
    european = f"{size:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parse_money(f"{sign}{european} €", decimal_comma=True) == (amount, "EUR")


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_every_yen_amount_survives(amount: int) -> None:
    sign, size = ("△" if amount < 0 else ""), abs(amount)
    assert parse_money(f"{sign}{size:,}円") == (amount, "JPY")
    man, rest = divmod(size, 10_000)
    assert parse_money(f"{sign}{man}万{rest}円" if man else f"{sign}{rest}円") == (amount, "JPY")


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_value_problem(text: str) -> None:
    header_unit(text)
    try:
        amount, _currency = parse_money(text)
    except ValueProblem:
        return
    assert amount.is_finite()
