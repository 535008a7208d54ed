"""What other currencies are worth in a ledger's: through the rates the CSM entered, with their day, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.units import UnitFault, parse_unit
from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day, shown
from cs_workbench.store import rates as stored
from cs_workbench.store.queries.settings import setting

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Worth:
    """One unit of a currency in another one; ``on`` is the older day of the rates it hangs on, None for 1."""

    factor: Decimal
    on: dt.date | None = None


class Rates:
    """The newest rates not after a day. They are read when the first foreign amount asks for one."""

    def __init__(self, reads: Reads, as_of: dt.date) -> None:
        self._reads, self._as_of = reads, as_of
        self._known: dict[str, Worth] | None = None

    def worth(self, currency: str, target: str) -> Worth | None:
        """One unit of *currency* in *target*; None without the rates it takes."""
        if currency == target:
            return Worth(Decimal(1))
        known = self._newest()
        if currency not in known or target not in known:
            return None
        above, below = known[currency], known[target]
        days = [one.on for one in (above, below) if one.on is not None]
        return Worth(above.factor / below.factor, min(days, default=None))

    def factor(self, unit: str, currency: str) -> Decimal:
        """What a figure in *unit* is multiplied by to be told in *currency*; 1 where it is, or no rate is known."""
        other = foreign(unit, currency)
        worth = self.worth(other, currency) if other else None
        return Decimal(1) if worth is None else worth.factor ** dict(parse_unit(unit).powers)[other]

    def codes(self) -> tuple[str, ...]:
        """Every currency there is a rate for, with the portfolio's own."""
        return tuple(self._newest())

    def _newest(self) -> dict[str, Worth]:
        if self._known is None:
            own = str(setting(self._reads, "currency", "") or "")
            self._known = {own: Worth(Decimal(1))} if own else {}
            for row in reversed(list(stored.rates(self._reads))):  # by currency, oldest first
                on = dt.date.fromisoformat(row.on_date)
                if on <= self._as_of:
                    self._known[row.currency] = Worth(Decimal(row.rate), on)
        return self._known


def rated(source: str, value: Decimal, currency: str, worth: Worth) -> str:
    """A source, and the rate its figure came through, with its day where it is known."""
    words = (
        _("{figure} {currency} at {rate}")
        if worth.on is None
        else _("{figure} {currency} at {rate} of {day}")
    )
    rate = words.format(
        figure=shown(value),
        currency=currency,
        rate=shown(worth.factor),
        day=day(worth.on) if worth.on else "",
    )
    return _(", ").join(part for part in (source, rate) if part)


def foreign(unit: str, currency: str) -> str:
    """The other currency a unit is in; "" for the ledger's own, none at all, or a unit that cannot be read."""
    try:
        found = [one for one in parse_unit(unit).currencies() if one != currency]
    except UnitFault:
        return ""
    return found[0] if found else ""
