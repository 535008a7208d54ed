"""Figures in words: money, numbers, shares and dates in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.reports import figures


@pytest.mark.parametrize(
    ("value", "currency", "full", "en", "ja"),
    [
        ("6500000", "JPY", False, "¥6.5M", "650万円"),
        ("166880000", "JPY", False, "¥167M", "1億6,688万円"),
        ("9989040", "JPY", True, "¥9,989,040", "9,989,040円"),
        ("125000", "JPY", False, "¥125K", "12.5万円"),
        ("100000000", "JPY", False, "¥100M", "1億円"),
        ("9999", "JPY", False, "¥9,999", "9,999円"),
        ("553656", "USD", False, "$554K", "55.4万米ドル"),
        ("51900", "USD", False, "$51.9K", "5.2万米ドル"),
        ("1234.5", "USD", True, "$1,234.50", "1,234.50米ドル"),
        ("-66000", "JPY", False, "−¥66K", "−6.6万円"),
        ("-4958.69", "USD", False, "−$4,959", "−4,959米ドル"),
        ("7745.73", "USD", False, "$7,746", "7,746米ドル"),
        ("3340.50", "GBP", True, "£3,340.50", "3,340.50英ポンド"),
        ("12.5", "USD", False, "$12.50", "12.50米ドル"),
        ("0", "EUR", False, "€0", "0ユーロ"),
        ("2500000000", "USD", False, "$2.5B", "25億米ドル"),
        ("12000", "XYZ", False, "XYZ\u00a012K", "1.2万\u00a0XYZ"),
        ("99995000", "JPY", False, "¥100M", "1億円"),
    ],
)
def test_money(value: str, currency: str, full: bool, en: str, ja: str) -> None:
    assert figures.money(Decimal(value), currency, "en", full=full) == en
    assert figures.money(Decimal(value), currency, "ja", full=full) == ja


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("1234567", None, "1,234,567"),
        ("3.456", None, "3.46"),
        ("58", None, "58"),
        ("58.0", None, "58"),
        ("0.5", 0, "0"),
        ("1.5", 0, "2"),
        ("-3", None, "−3"),
        ("-0.001", 1, "0.0"),
        ("123.4", None, "123"),
    ],
)
def test_numbers(value: str, places: int | None, text: str) -> None:
    assert figures.number(Decimal(value), "en", places) == text


@pytest.mark.parametrize(
    ("form", "en", "ja"),
    [
        ("long", "31 December 2026", "2026年12月31日"),
        ("medium", "31 Dec 2026", "2026/12/31"),
        ("short", "31 Dec", "12/31"),
        ("month", "December 2026", "2026年12月"),
        ("mon", "Dec", "12月"),
        ("weekday", "Thu 31 Dec", "12/31（木）"),
        ("monyear", "Dec 2026", "2026年12月"),
    ],
)
def test_dates(form: str, en: str, ja: str) -> None:
    day = dt.date(2026, 12, 31)
    assert figures.day(day, "en", form) == en.replace(" ", "\u00a0")
    assert figures.day(day, "ja", form) == ja


def test_shares() -> None:
    assert figures.share(Decimal("0.4833"), "en") == "48%"
    assert figures.share(Decimal("0.4833"), "ja", 1) == "48.3%"
