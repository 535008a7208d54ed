"""Figures of the portfolio in words: money in one unit, months, and what a figure opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cs_workbench import i18n
from cs_workbench.domain.money import Amount
from cs_workbench.i18n import _
from cs_workbench.services.portfolio_view import PortfolioView, Slice
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.figure_frame import TwinRow

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MAN, _OKU = 10_000, 100_000_000


@dataclass(frozen=True, slots=True)
class Opens:
    """Accounts behind a figure: what they are, the filter that may find them, and who they are."""

    title: str
    part: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows to show where the figure stands: of each row the account is opened."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[TwinRow, ...]
    text: int = 1


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit for all figures of a chart: ``word`` as the subtitle names it."""

    divisor: int
    word: str
    places: int = 0

    def figure(self, value: Decimal) -> str:
        """The bare figure in this unit."""
        return f"{value / self.divisor:,.{self.places}f}"


def unit(values: Sequence[Decimal], currency: str) -> Unit:
    """The unit that keeps the largest of *values* short: ¥M, $k, 万円, 億円."""
    most = max(map(abs, values), default=Decimal(0))
    if i18n.language() == "ja" and currency == "JPY":
        if most >= _OKU:
            return Unit(_OKU, "億円", 1 if most >= 10 * _OKU else 2)
        return Unit(_MAN, "万円") if most >= _MAN else Unit(1, "円")
    sign = wording.money(Decimal(0), currency).removesuffix("0").strip()
    for divisor, letter in ((1_000_000, "M"), (1_000, "k")):
        if most >= divisor:
            return Unit(divisor, f"{sign}{letter}", 0 if most >= 100 * divisor else 1)
    return Unit(1, sign)


def table_money(value: Decimal, currency: str) -> str:
    """A sum beside others: 1.02億円 and 12.3億円 from 1億円 on, 9,218万円 below; else as in tables."""
    if i18n.language() == "ja" and currency == "JPY" and abs(value) >= _OKU:
        places = 1 if abs(value) >= 10 * _OKU else 2
        return f"{value / _OKU:,.{places}f}億円".replace("-", wording.MINUS)
    if i18n.language() == "ja" and currency == "JPY" and abs(value) >= _MAN:
        return f"{value / _MAN:,.0f}万円".replace("-", wording.MINUS)
    return wording.money(value, currency)


def key_money(value: Decimal, currency: str) -> str:
    """A sum that stands alone: 1億6,688万円."""
    if i18n.language() == "ja" and currency == "JPY" and value >= _OKU:
        oku, rest = divmod(int((value / _MAN).to_integral_value()), _OKU // _MAN)
        return f"{oku:,}億{rest:,}万円" if rest else f"{oku:,}億円"
    return table_money(value, currency)


def worth(view: PortfolioView, part: Slice, *, key: bool = False) -> str:
    """A slice's money: in the view's currency, and apart what no rate converts."""
    tell = key_money if key else table_money
    words = [] if part.apart and not part.value else [tell(part.value, view.exchange.currency)]
    words += [wording.money(amount.value, amount.currency) for amount in part.apart]
    return " + ".join(words)


def month_short(day: dt.date) -> str:
    """A month below a bar: Dec, 12月."""
    return f"{day.month}月" if i18n.language() == "ja" else _MONTHS[day.month - 1]


def month_long(day: dt.date) -> str:
    """A month with its year."""
    return f"{day.year}年{day.month}月" if i18n.language() == "ja" else f"{_MONTHS[day.month - 1]} {day.year}"


def day(date: dt.date) -> str:
    """A date that stays on one line."""
    return wording.date(date).replace(" ", "\u00a0")


def as_of(view: PortfolioView) -> str:
    """The date behind every definition."""
    return _("as of {date}").format(date=day(view.asked.as_of))


def amounts(apart: Sequence[Amount]) -> str:
    """What stands apart, one sum a currency."""
    return _(", ").join(wording.money(amount.value, amount.currency) for amount in apart)


def through_rates(view: PortfolioView) -> str:
    """What the money was converted with, and what could not be; "" for one currency."""
    told = view.exchange
    said = []
    if told.used:
        rates = _(", ").join(
            f"1 {rate.currency} = {rate.rate.normalize():f} ({day(rate.on_date)})" for rate in told.used
        )
        said.append(
            _("in {currency} at the rates entered: {rates}").format(currency=told.currency, rates=rates)
        )
    if told.missing:
        said.append(_("apart for want of a rate: {amounts}").format(amounts=amounts(view.everyone.apart)))
    return _("; ").join(said)
