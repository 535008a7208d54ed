"""Figures in words: money, numbers, shares and dates as the language of the document writes them.

English money in key figures is short ("¥6.5M"); Japanese counts in 万 and 億 ("650万円", "1億6,688万円"). From a
thousand on key figures have no cents ("$7,746"). Ledgers take the full amount. Numbers and dates follow CLDR through
Babel.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

MINUS = "−"
_NBSP = "\u00a0"
_EN_STEPS = ((10**9, 10**9, "B"), (10**6, 10**6, "M"), (10**4, 10**3, "K"))  # from, divided by, letter
_UNITS = 1000  # from here on a key figure has no cents: next to "$180K" they would say nothing
_NO_CENTS = frozenset({"JPY", "KRW", "VND", "CLP"})
_JA_UNITS = {
    "USD": "米ドル", "EUR": "ユーロ", "GBP": "英ポンド", "JPY": "円", "CNY": "元", "KRW": "ウォン", "AUD": "豪ドル",
    "SGD": "シンガポールドル", "CAD": "カナダドル", "INR": "ルピー",
    "CHF": "スイスフラン", "HKD": "香港ドル", "TWD": "台湾ドル",
}  # fmt: skip


@lru_cache(maxsize=4096)
def number(value: Decimal, language: str, places: int | None = None) -> str:
    """*value* with the language's grouping; *places* decimals, or as many as it has up to two."""
    from babel.numbers import format_decimal

    if places is None:
        places = 0 if abs(value) >= 100 else min(2, max(0, -int(value.normalize().as_tuple().exponent)))
    rounded = _rounded(value, places)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(rounded, format=pattern, locale=language).replace("-", MINUS)


def _rounded(value: Decimal, places: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return abs(rounded) if rounded == 0 else rounded


def share(value: Decimal, language: str, places: int = 0) -> str:
    """A share of one as a percentage: 0.37 → "37%"."""
    return number(value * 100, language, places) + "%"


def money(value: Decimal, currency: str, language: str, *, full: bool = False) -> str:
    """An amount with its currency, short for key figures or *full* for ledgers."""
    return _money_ja(value, currency, full) if language == "ja" else _money_en(value, currency, full)


def _money_en(value: Decimal, currency: str, full: bool) -> str:
    sign = MINUS if value < 0 else ""
    amount, unit = abs(value), ""
    if not full:
        for least, step, letter in _EN_STEPS:
            if amount >= least:
                amount, unit = amount / step, letter
                break
    if unit:
        places = 0 if amount >= 100 else 1 if amount >= 10 else 2
        digits = number(amount, "en", places)
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    else:
        digits = number(amount, "en", _cents(amount, currency, full))
    return f"{sign}{_symbol(currency)}{digits}{unit}"


def _cents(amount: Decimal, currency: str, full: bool) -> int:
    """Decimals of an amount that is told in units: none where it has none, nor from a thousand on in key figures."""
    whole = currency in _NO_CENTS or amount == amount.to_integral_value()
    return 0 if whole or (amount >= _UNITS and not full) else 2


def currency_word(currency: str, language: str) -> str:
    """A currency as a unit names it: 円, 米ドル; its code where the language has no word of its own for it."""
    return _JA_UNITS.get(currency, currency) if language == "ja" else currency


@lru_cache(maxsize=64)
def _symbol(currency: str) -> str:
    from babel.numbers import get_currency_symbol

    symbol = str(get_currency_symbol(currency, locale="en")) if currency else ""
    return symbol + _NBSP if len(symbol) > 1 and symbol.isalpha() else symbol


def _money_ja(value: Decimal, currency: str, full: bool) -> str:
    unit = _JA_UNITS.get(currency, currency and _NBSP + currency)
    sign = MINUS if value < 0 else ""
    amount = abs(value)
    if full or amount < 10_000:
        return f"{sign}{number(amount, 'ja', _cents(amount, currency, full))}{unit}"
    if amount < 1_000_000 and amount % 10_000:  # 12.5万: one decimal still says something
        return f"{sign}{number(amount / 10_000, 'ja', 1)}万{unit}"
    tens = int(_rounded(amount / 10_000, 0))
    large, small = divmod(tens, 10_000)
    words = (f"{large:,}億" if large else "") + (f"{small:,}万" if small else "")
    return f"{sign}{words}{unit}"


@lru_cache(maxsize=4096)
def day(value: dt.date, language: str, form: str = "long") -> str:
    """A date: long "31 December 2026" / "2026年12月31日", medium "31 Dec 2026" / "2026/12/31",
    short "31 Dec" / "12/31", month "December 2026" / "2026年12月", mon "Dec" / "12月".
    """
    if language == "ja":
        return _day_ja(value, form)
    from babel.dates import format_date

    pattern = {"long": "d MMMM y", "medium": "d MMM y", "short": "d MMM", "month": "MMMM y", "mon": "MMM",
               "weekday": "EEE d MMM", "monyear": "MMM y"}[form]  # fmt: skip
    return str(format_date(value, pattern, locale="en")).replace(" ", _NBSP)


def _day_ja(value: dt.date, form: str) -> str:
    match form:
        case "medium":
            return f"{value.year}/{value.month}/{value.day}"
        case "short":
            return f"{value.month}/{value.day}"
        case "month" | "monyear":
            return f"{value.year}年{value.month}月"
        case "mon":
            return f"{value.month}月"
        case "weekday":
            return f"{value.month}/{value.day}（{'月火水木金土日'[value.weekday()]}）"
        case "long":
            return f"{value.year}年{value.month}月{value.day}日"
    raise ValueError(f"unknown date form {form!r}")
