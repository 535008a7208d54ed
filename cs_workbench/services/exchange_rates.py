"""Exchange rates: the only way from one currency to another. Entered by the CSM, with the day they hold from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.setting_values import checked
from cs_workbench.store import rates as stored
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

_LARGEST = Decimal(10) ** 9
_DIGITS = Context(prec=12)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """One unit of ``currency`` is worth ``rate`` of the portfolio's currency from ``on_date`` until the next one."""

    id: int
    currency: str
    on_date: dt.date
    rate: Decimal


def listing(reads: Reads) -> tuple[ExchangeRate, ...]:
    """Every rate: by currency, newest first."""
    return tuple(
        ExchangeRate(row.id, row.currency, dt.date.fromisoformat(row.on_date), Decimal(row.rate))
        for row in stored.rates(reads)
    )


def missing(reads: Reads, own: str, rates: Sequence[ExchangeRate]) -> tuple[str, ...]:
    """Currencies of contracts that no rate leads from: totals over them cannot be said."""
    known = {rate.currency for rate in rates} | {own}
    return tuple(code for code in stored.currencies_used(reads) if code not in known)


def put(wb: Workbench, currency: str, rate: str | Decimal, on_date: dt.date) -> None:
    """Enter a rate, or correct the one of that currency and day, as one undo step. Raises InvalidValue."""
    code, value = str(checked("currency", currency)), checked_rate(rate)
    with wb.change(_("Change exchange rate")) as db:
        own = str(setting(db, "currency", ""))
        if code == own:
            raise InvalidValue(
                _("{currency} is the portfolio's own currency.").format(currency=code),
                _("Choose another currency; 1 {currency} is always 1 {currency}.").format(currency=code),
                code="own_currency",
                field="currency",
            )
        stored.put_rate(db, code, on_date.isoformat(), f"{value:f}")


def correct(
    wb: Workbench, old: ExchangeRate, *, rate: str | None = None, on_date: dt.date | None = None
) -> None:
    """Change value or day of a rate, as one undo step. Raises InvalidValue, NotFound where it is gone."""
    value, day = checked_rate(old.rate if rate is None else rate), on_date or old.on_date
    with wb.change(_("Change exchange rate")) as db:
        if day != old.on_date:
            if any(
                row.currency == old.currency and row.on_date == day.isoformat() for row in stored.rates(db)
            ):
                raise InvalidValue(
                    _("There is a rate for {currency} on that day already.").format(currency=old.currency),
                    _("Change or remove that one."),
                    code="doubled",
                    field="on_date",
                )
            _remove(db, old)
        stored.put_rate(db, old.currency, day.isoformat(), f"{value:f}")


def remove(wb: Workbench, rate: ExchangeRate) -> None:
    """Take a rate away, as one undo step. Raises NotFound."""
    with wb.change(_("Remove exchange rate")) as db:
        _remove(db, rate)


def change_currency(wb: Workbench, currency: str) -> None:
    """Count in another currency from now on, as one undo step; the rates are converted along.

    Raises InvalidValue for an unknown code, and (code ``no_rate``) where rates exist but none for the new currency:
    they would say something wrong.
    """
    code = str(checked("currency", currency))
    with wb.change(_("Change currency")) as db:
        old, kept = str(setting(db, "currency", "")), listing(db)
        if code == old:
            return
        pivots = [rate for rate in kept if rate.currency == code]
        if kept and not pivots:
            raise InvalidValue(
                _("The exchange rates are in {old}, and none says what {new} is worth.").format(
                    old=old, new=code
                ),
                _("Enter a rate for {new} first; the others are then converted.").format(new=code),
                code="no_rate",
                field="currency",
            )
        stored.remove_rates(db)
        for rate in _turned(kept, pivots, old):
            stored.put_rate(db, rate.currency, rate.on_date.isoformat(), f"{rate.rate:f}")
        put_setting(db, "currency", code)


def _turned(kept: Sequence[ExchangeRate], pivots: Sequence[ExchangeRate], old: str) -> list[ExchangeRate]:
    """The rates seen from the pivot currency: the old one through each of its own, others through the newest then."""
    found = []
    for rate in kept:
        if rate in pivots:
            found.append(ExchangeRate(0, old, rate.on_date, _DIGITS.divide(Decimal(1), rate.rate)))
            continue
        then = [one for one in pivots if one.on_date <= rate.on_date]
        pivot = max(then, key=lambda one: one.on_date) if then else min(pivots, key=lambda one: one.on_date)
        found.append(ExchangeRate(0, rate.currency, rate.on_date, _DIGITS.divide(rate.rate, pivot.rate)))
    return found


def checked_rate(rate: str | Decimal) -> Decimal:
    """A rate as a number above 0. Raises InvalidValue."""
    try:
        value = rate if isinstance(rate, Decimal) else Decimal(_plain(rate))
    except ArithmeticError:
        value = Decimal(0)
    if not value.is_finite() or not 0 < value < _LARGEST:
        raise InvalidValue(
            _("A rate is a number above 0."),
            _("Write it with a point, for example 149.50."),
            code="rate",
            field="rate",
        )
    return value


def _plain(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text).strip().replace(",", "")


def _remove(db: Change, rate: ExchangeRate) -> None:
    if not stored.remove_rate(db, rate.id):
        raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
