"""Figures and days as the window shows them, in the language of now: short money, dates, days left."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from decimal import Decimal

MINUS = "\u2212"
_SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS_EN = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))
_STEPS_JA = ((100_000_000, "億"), (10_000, "万"))


def money(amount: Decimal | None, currency: str | None) -> str:
    """A sum in a table: ¥6.5M, 650万円, $12k; "" where there is none."""
    if amount is None:
        return ""
    sign = MINUS if amount < 0 else ""
    size = abs(amount)
    code = currency or ""
    if i18n.language() == "ja" and code == "JPY":
        for step, word in _STEPS_JA:
            if size >= step:
                return f"{sign}{_trimmed(size / step, 1)}{word}円"
        return f"{sign}{_trimmed(size, 0)}円"
    mark = _SIGNS.get(code, f"{code} " if code else "")
    for step, word in _STEPS_EN:
        if size >= step:
            return f"{sign}{mark}{_trimmed(size / step, 1)}{word}"
    return f"{sign}{mark}{_trimmed(size, 0)}"


def date(day: dt.date | None) -> str:
    """A day: 24 Nov 2026, or 2026/11/24 in Japanese; "" where there is none."""
    if day is None:
        return ""
    if i18n.language() == "ja":
        return f"{day.year}/{day.month:02}/{day.day:02}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_left(day: dt.date | None, today: dt.date) -> str:
    """How far a deadline is away: D−37, "today", D+3 once it passed; "" where there is none."""
    if day is None:
        return ""
    left = (day - today).days
    if left == 0:
        return _("today")
    return f"D{MINUS}{left}" if left > 0 else f"D+{-left}"


def ago(day: dt.date | None, today: dt.date) -> str:
    """How long ago a day was: "today", "6 d ago", "6日前"; "" where there is none."""
    if day is None:
        return ""
    days = (today - day).days
    return _("today") if days <= 0 else _("{days} d ago").format(days=days)


def _trimmed(number: Decimal, places: int) -> str:
    text = f"{number:,.{places}f}"
    return text.removesuffix(".0")
