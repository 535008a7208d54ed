"""Numbers, money, spans and dates of the filter as people of both languages write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.account_filter_values import Dates, Days, Money, ValueFault, day, money, number

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60", "60"),
        ("60.5", "60.5"),
        ("-3", "-3"),
        ("+3", "3"),
        ("1,234", "1234"),
        ("1,234.50", "1234.50"),
        ("80%", "80"),
        ("70点", "70"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert str(number(text).value) == value


@pytest.mark.parametrize("text", ["", "x", "1,23", "1e5", "NaN", "inf", "١٢x", "--3", "1" * 30, "60points"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueFault) as fault:
        number(text)
    assert fault.value.code == "not_a_number"


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1000000", "1000000", ""),
        ("1,000,000", "1000000", ""),
        ("1m", "1000000", ""),
        ("1.5M", "1500000", ""),
        ("2k", "2000", ""),
        ("3bn", "3000000000", ""),
        ("100万", "1000000", ""),
        ("100万円", "1000000", "JPY"),
        ("1億2,000万円", "120000000", "JPY"),
        ("1億", "100000000", ""),
        ("3千", "3000", ""),
        ("2百万", "2000000", ""),
        ("¥500k", "500000", "JPY"),
        ("$10k", "10000", "USD"),
        ("10kUSD", "10000", "USD"),
        ("EUR 5m", "5000000", "EUR"),
        ("£1", "1", "GBP"),
        ("100ドル", "100", "USD"),
        ("-5k", "-5000", ""),
        ("0", "0", ""),
    ],
)
def test_money(text: str, value: str, currency: str) -> None:
    assert money(text) == Money(Decimal(value), currency)


@pytest.mark.parametrize(
    "text", ["", "m", "万", "1x", "1m2m", "2千1億", "abcUSD", "USD", "円", "1..2", "1億1億", "9" * 30]
)
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(ValueFault) as fault:
        money(text)
    assert fault.value.code == "not_money"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90", Days(90)),
        ("90d", Days(90)),
        ("90 days", Days(90)),
        ("90日", Days(90)),
        ("-5d", Days(-5)),
        ("3w", Days(3, "w")),
        ("3週間", Days(3, "w")),
        ("6m", Days(6, "m")),
        ("6か月", Days(6, "m")),
        ("6ヶ月", Days(6, "m")),
        ("1y", Days(1, "y")),
        ("2年", Days(2, "y")),
        ("today", Days(0)),
        ("今日", Days(0)),
        ("2026-12-31", Dates(dt.date(2026, 12, 31), dt.date(2026, 12, 31))),
        ("2026/12/31", Dates(dt.date(2026, 12, 31), dt.date(2026, 12, 31))),
        ("2026.1.2", Dates(dt.date(2026, 1, 2), dt.date(2026, 1, 2))),
        ("2026年12月31日", Dates(dt.date(2026, 12, 31), dt.date(2026, 12, 31))),
        ("2028-02", Dates(dt.date(2028, 2, 1), dt.date(2028, 2, 29))),
        ("2026年12月", Dates(dt.date(2026, 12, 1), dt.date(2026, 12, 31))),
        ("2027", Dates(dt.date(2027, 1, 1), dt.date(2027, 12, 31))),
        ("2027年", Dates(dt.date(2027, 1, 1), dt.date(2027, 12, 31))),
        ("今月", Dates(dt.date(2026, 11, 1), dt.date(2026, 11, 30))),
    ],
)
def test_days(text: str, value: object) -> None:
    assert day(text, TODAY) == value


@pytest.mark.parametrize(
    "text", ["", "soon", "d", "1.5d", "2026-13", "2026-02-30", "12/31", "5 fortnights", "99999y", "1h"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueFault) as fault:
        day(text, TODAY)
    assert fault.value.code == "not_a_day"


@pytest.mark.parametrize(
    ("span", "lands"),
    [
        (Days(90), dt.date(2027, 2, 22)),
        (Days(-30), dt.date(2026, 10, 25)),
        (Days(2, "w"), dt.date(2026, 12, 8)),
        (Days(3, "m"), dt.date(2027, 2, 24)),
        (Days(-1, "y"), dt.date(2025, 11, 24)),
    ],
)
def test_where_a_span_lands(span: Days, lands: dt.date) -> None:
    assert span.from_day(TODAY) == lands


def test_months_keep_to_the_end_of_the_month() -> None:
    assert Days(1, "m").from_day(dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)


@given(st.integers(0, 10**12), st.sampled_from([("", 0), ("k", 3), ("m", 6), ("万", 4), ("億", 8)]))
def test_units_are_powers_of_ten(amount: int, unit: tuple[str, int]) -> None:
    assert money(f"{amount}{unit[0]}").value == amount * 10 ** unit[1]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31)))
def test_every_date_is_read_in_both_ways_of_writing(date: dt.date) -> None:
    for text in (date.isoformat(), f"{date.year}年{date.month}月{date.day}日"):
        assert day(text, TODAY) == Dates(date, date)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    codes = set()
    for read in (number, money, lambda one: day(one, TODAY)):
        try:
            read(text)
        except ValueFault as fault:
            codes.add(fault.code)
    assert codes <= {"not_a_number", "not_money", "not_a_day"}
