"""Figures of the value ledger as a person reads them: whole amounts, shares, formulas with their figures put in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from cs_workbench import i18n
from cs_workbench.domain.cash_flow import whole
from cs_workbench.domain.value_ledger import LARGEST, Input
from cs_workbench.i18n import _, mark

MINUS = "−"
SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_WORD = re.compile(r"[^\W\d]\w*")
_READ = str.maketrans({"*": "×", "/": "÷", "-": MINUS})
COUNTED = {
    "hour": mark("{figure} h"), "hours": mark("{figure} h"), "minutes": mark("{figure} min"),
    "week": mark("{figure} wk"), "weeks": mark("{figure} wk"), "month": mark("{figure} mo"),
    "months": mark("{figure} mo"), "days": mark("{figure} days"), "people": mark("{figure} people"),
    "users": mark("{figure} users"), "seats": mark("{figure} seats"), "pieces": mark("{figure} pieces"),
    "errors": mark("{figure} errors"), "tickets": mark("{figure} tickets"), "deals": mark("{figure} deals"),
    "tools": mark("{figure} tools"), "times": mark("{figure} times"),
}  # fmt: skip
_LONGEST_UNIT = 8
_TENTH = Decimal("0.1")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_paper: ContextVar[bool] = ContextVar("paper", default=False)


def for_paper() -> None:
    """Write the days of this context as documents do from now on: 2026/7/2, where the screen has 2026/07/02."""
    _paper.set(True)


def day(on: dt.date) -> str:
    """A day: 2 Jul 2026, or in Japanese 2026/07/02; on paper 2026/7/2."""
    if i18n.language() == "ja":
        if _paper.get():
            return f"{on.year}/{on.month}/{on.day}"
        return f"{on.year}/{on.month:02}/{on.day:02}"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def amount(value: Decimal, currency: str) -> str:
    """A sum to its last whole unit: ¥7,099,200, 7,099,200円."""
    number = whole(value)
    size = f"{abs(number):,}"
    sign = MINUS if number < 0 else ""
    if currency == "JPY" and i18n.language() == "ja":
        return f"{sign}{size}円"
    return f"{sign}{SIGNS.get(currency, currency + ' ')}{size}"


def price(value: Decimal | None, currency: str) -> str:
    """What a contract costs: USD 84,500, in Japanese 6,720,000円 and 84,500米ドル where the currency has a word."""
    from cs_workbench.reports.figures import currency_word

    word = currency_word(currency, i18n.language())
    return f"{shown(value)}{word}" if word != currency else f"{currency} {shown(value)}".strip()


def plain(value: Decimal | None) -> str:
    """A figure as it is typed: no thousands, no zeros at its end."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Decimal | None) -> str:
    """A figure as it is read: thousands apart, a typographic minus, at most six decimals."""
    if value is not None and abs(value) < LARGEST and not int(value.as_tuple().exponent) >= -6:
        value = value.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    text = plain(value)
    head, dot, tail = text.lstrip("-").partition(".")
    if not head.isdigit():
        return text
    return f"{MINUS if text.startswith('-') else ''}{int(head):,}{dot}{tail}"


def shares(value: Decimal) -> str:
    """A share as it is typed and read: 50%, 12.5%."""
    return f"{plain(value * 100)}%"


def percent(share: Decimal) -> str:
    """A share as whole percents, with a typographic minus."""
    number = whole(share * 100)
    return f"{MINUS if number < 0 else ''}{abs(number):,}%"


def places(value: Decimal, count: int) -> str:
    """A figure with so many decimals and a typographic minus: 2.16."""
    return f"{value.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP):,f}".replace("-", MINUS)


def percent_tenths(share: Decimal) -> str:
    """A share as percents with one decimal: 46.9%."""
    return f"{places(share * 100, 1)}%"


def figure(value: Decimal | None, unit: str) -> str:
    """A figure with its unit in mind: a share is read as percents."""
    return shares(value) if unit.strip() == "%" and value is not None else shown(value)


def quantity(value: Decimal, unit: str) -> str:
    """A figure with what it counts: 58 people, 1.5 h, ¥3,400, 50%. The rest of its unit is left to the formula."""
    first = unit.partition("/")[0].strip()
    if first.upper() in SIGNS and value == value.to_integral_value():
        return amount(value, first.upper())
    if first.upper() in SIGNS:
        return f"{SIGNS[first.upper()]}{shown(value)}"
    if first == "%":
        return shares(value)
    if first in COUNTED:
        return _(COUNTED[first]).format(figure=shown(value))
    if first and not first.isascii() and len(first) <= _LONGEST_UNIT:
        return f"{shown(value)}{first}"
    return f"{shown(value)} {first}".strip() if 0 < len(first) <= _LONGEST_UNIT else shown(value)


def with_figures(formula: str, inputs: Mapping[str, Input], about: Mapping[str, str] = _NOTHING) -> str:
    """A formula with figures in place of names: 58 people × 1.5 h × 48 wk × ¥3,400 × 50%; *about* stands behind an
    input's in brackets.
    """

    def put(found: re.Match[str]) -> str:
        name = found.group()
        if name not in inputs:
            return name
        figure, more = quantity(inputs[name].value, inputs[name].unit), about.get(name)
        return _("{figure} ({more})").format(figure=figure, more=more) if more else figure

    return _WORD.sub(put, formula.translate(_READ))


def tenths(value: Decimal) -> str:
    """A mean as it is read: one decimal, none where it is whole."""
    return _mean(value, "")


def mean(value: Decimal, unit: str) -> str:
    """A mean behind the figure of now: Japanese has no figure of people without its 名; in English it says enough."""
    return _mean(value, "" if i18n.language() == "en" else unit)


def _mean(value: Decimal, unit: str) -> str:
    fine = value == value.to_integral_value() or abs(value) >= LARGEST
    return quantity(value if fine else value.quantize(_TENTH, ROUND_HALF_UP), unit)


def with_words(formula: str, labels: Mapping[str, str]) -> str:
    """A formula with what its inputs are called in place of their names."""
    return _WORD.sub(lambda found: labels.get(found.group(), found.group()), formula.translate(_READ))
