"""Many amounts in one currency: as they are where all share one, else through the rates somebody entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cs_workbench.domain.money import Amount, Rate

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What amounts are told in. ``used`` are the rates needed, ``missing`` the currencies that have none.

    ``own`` is the portfolio's currency: an amount without a currency is taken to be in it.
    """

    currency: str
    own: str
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    used: tuple[Rate, ...] = ()
    missing: tuple[str, ...] = ()

    def value(self, amount: Amount) -> Decimal | None:
        """The amount in ``currency``; None without a rate."""
        factor = self.factors.get(amount.currency or self.own)
        return None if factor is None else amount.value * factor

    def worth(self, amounts: Iterable[Amount]) -> tuple[Decimal, tuple[Amount, ...]]:
        """The sum of what can be told in ``currency``, and what stands apart for want of a rate."""
        whole, apart = Decimal(0), []
        for amount in amounts:
            value = self.value(amount)
            if value is None:
                apart.append(amount)
            else:
                whole += value
        return whole, tuple(apart)


def exchange(currencies: Iterable[str], own: str, rates: Iterable[Rate], as_of: dt.date) -> Exchange:
    """How amounts in *currencies* are told as of a date: in their own where they share one, else in the portfolio's,
    through the newest rates not after the date.
    """
    codes = {code or own for code in currencies}
    if len(codes) <= 1:
        only = codes.pop() if codes else own
        return Exchange(only, own, {only: _ONE})
    newest: dict[str, Rate] = {}
    for rate in sorted((rate for rate in rates if rate.on_date <= as_of), key=lambda rate: rate.on_date):
        newest[rate.currency] = rate
    known = {code: newest[code] for code in sorted(codes) if code != own and code in newest and own}
    factors = {code: rate.rate for code, rate in known.items()} | ({own: _ONE} if own else {})
    return Exchange(own, own, factors, tuple(known.values()), tuple(sorted(codes - set(factors))))
