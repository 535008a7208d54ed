"""Totals over currencies in the store's units (1/10000), through the rates the CSM entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cs_workbench.domain.money import Amount, Rate, total


def total_units(
    amounts: Sequence[tuple[str, int]], rates: Sequence[tuple[str, str, str]], as_of: str
) -> tuple[int | None, str | None]:
    """The total of (currency, 1/10000 units) and its currency; None where a rate is missing.

    The first of *rates* names the portfolio's own currency; the others are (currency, rate, ISO date).
    """
    own = rates[0][0] if rates else ""
    known = [Rate(code, dt.date.fromisoformat(day), Decimal(rate)) for code, rate, day in rates[1:]]
    summed = total((Amount(Decimal(value).scaleb(-4), code) for code, value in amounts), own, known,
                   dt.date.fromisoformat(as_of))  # fmt: skip
    if summed.value is None:
        return None, None
    return int(summed.value.scaleb(4)), summed.currency or None
