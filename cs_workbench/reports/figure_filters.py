"""The filters that write figures. Each enters the figure in the rendering's ledger, with value, format and record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from jinja2 import pass_context
from markupsafe import Markup

from cs_workbench.reports import figures
from cs_workbench.reports.facts import Agreement, Amount, Figure
from cs_workbench.reports.marks import Ledger, Written, escaped

Filter = Callable[..., Any]


class HasLedger(Protocol):
    """Where the figures of the rendering under way are entered."""

    ledger: Ledger


class FigureFilters:
    """The figure filters of one language: money, pct, num, date, figure, missing."""

    def __init__(self, owner: HasLedger, language: str, labels: Mapping[str, str]) -> None:
        self._owner = owner
        self._language = language
        self._missing_words = labels.get("not_measured", "not measured")
        self._units = {key[5:]: word for key, word in labels.items() if key.startswith("unit_")}

    def missing(self, _value: object = None, words: str = "") -> Markup:
        """The dashed box that stands where something is not known, with *words* of its own or "not measured"."""
        return self._owner.ledger.write(Written(str(words) or self._missing_words, "", missing=True))

    def _written(self, text: str, fmt: str, value: Decimal | None, ref: str) -> Markup:
        return self._owner.ledger.write(Written(text, fmt, value, str(ref)))

    def num(self, value: Any, places: int | None = None, ref: str = "", unit: str = "") -> Markup:
        """A number; *unit* is put after it by the language's rule ("58 people", "58名")."""
        amount = as_decimal(value)
        if amount is None:
            return self.missing()
        text = figures.number(amount, self._language, places)
        return self._written(text + self.unit(unit, amount), "num", amount, ref)

    def unit(self, unit: str, amount: Any = None) -> str:
        """The words after a number in *unit*, with the space the language wants. Unknown units stand as they are."""
        if not unit:
            return ""
        one, _bar, many = self._units.get(unit, "").partition("|")
        if not one:
            return "\u00a0" + unit
        words = one if amount is not None and as_decimal(amount) == 1 else many or one
        return words.replace(" ", "\u00a0")

    def pct(self, value: Any, places: int = 0, ref: str = "") -> Markup:
        """A share of one as a percentage."""
        amount = as_decimal(value)
        if amount is None:
            return self.missing()
        return self._written(figures.share(amount, self._language, places), "pct", amount, ref)

    def money(self, value: Any, currency: str = "", full: bool = False, ref: str = "") -> Markup:
        """An amount of money: an Amount, an Agreement, or a number with its *currency*."""
        if isinstance(value, Amount | Agreement):
            value, currency, ref = value.value, value.currency, value.ref
        amount = as_decimal(value)
        if amount is None:
            return self.missing()
        return self._written(
            figures.money(amount, str(currency), self._language, full=full), "money", amount, ref
        )

    def date(self, value: Any, form: str = "long", ref: str = "") -> Markup:
        """A date; forms: long, medium, short, month, monyear, mon, weekday."""
        if value is None:
            return self.missing()
        if not isinstance(value, dt.date):
            raise TypeError(f"{value!r} is not a date")
        return self._written(figures.day(value, self._language, form), "date", None, ref)

    def figure(self, value: Figure | None, part: str = "now", bare: bool = False) -> Markup:
        """One side of a Figure (*part* "now" or "before") in its own kind; *bare* leaves the unit out."""
        if value is None:
            return self.missing()
        amount = value.before if part == "before" else value.now
        unit = "" if bare else value.unit
        match value.kind:
            case "money":
                return self.money(amount, value.currency, ref=value.ref)
            case "pct":
                return self.pct(amount, ref=value.ref)
            case "hours":
                return self.num(amount, 1 if amount is not None and amount < 10 else 0, value.ref, unit)
        return self.num(amount, ref=value.ref, unit=unit)


def figure_filters(owner: HasLedger, language: str, labels: Mapping[str, str]) -> dict[str, Filter]:
    """The filters by the names templates use."""
    words = FigureFilters(owner, language, labels)
    written: dict[str, Filter] = {
        "num": words.num, "pct": words.pct, "money": words.money, "date": words.date, "figure": words.figure,
        "missing": words.missing,
    }  # fmt: skip
    return {
        "unit": words.unit,
        "plain": escaped,
        **{name: _at_run_time(one) for name, one in written.items()},
    }


def _at_run_time(one: Filter) -> Filter:
    """*one* as a filter that Jinja will not work out in advance: a figure belongs to one rendering."""

    @pass_context
    def run(_context: Any, *given: Any, **named: Any) -> Any:
        return one(*given, **named)

    return run


def as_decimal(value: Any) -> Decimal | None:
    """*value* as a Decimal, None for None. Raises TypeError for what is not a number."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(f"{value!r} is not a number")
    try:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:  # a float that is not finite
        raise TypeError(f"{value!r} is not a number") from None
