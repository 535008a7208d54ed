"""Money that keeps its currency: totals per currency, and one total only through rates somebody entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in one currency (ISO 4217); the currency is "" where the source named none."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of ``currency`` was worth in the portfolio's currency from ``on_date``, as entered."""

    currency: str
    on_date: dt.date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of money. ``value`` is None when it cannot be said in one currency; ``parts`` always can.

    ``rates`` are those used, with their dates, to print beside the total; ``missing`` the currencies without one.
    """

    value: Decimal | None
    currency: str
    parts: tuple[Amount, ...]
    rates: tuple[Rate, ...] = ()
    missing: tuple[str, ...] = ()


def total(amounts: Iterable[Amount], currency: str, rates: Iterable[Rate], as_of: dt.date) -> Total:
    """Add *amounts*: as they are when all share a currency, else in *currency* through the newest rates not after
    *as_of*. Without a needed rate there is no single value, only the parts.
    """
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Decimal(0)) + amount.value
    parts = tuple(Amount(value, code) for code, value in sorted(sums.items()))
    if len(parts) <= 1:
        return Total(parts[0].value if parts else None, parts[0].currency if parts else currency, parts)
    newest: dict[str, Rate] = {}
    for rate in sorted((rate for rate in rates if rate.on_date <= as_of), key=lambda rate: rate.on_date):
        newest[rate.currency] = rate
    missing = tuple(
        part.currency for part in parts if part.currency != currency and part.currency not in newest
    )
    if missing or not currency:
        return Total(None, currency, parts, missing=missing)
    used = tuple(newest[part.currency] for part in parts if part.currency != currency)
    value = sum(
        (p.value * (Decimal(1) if p.currency == currency else newest[p.currency].rate) for p in parts),
        Decimal(0),
    )
    return Total(value.quantize(Decimal("0.0001")), currency, parts, used)
