"""Units of a formula's result in the language that is set: 円／月, hours per week; and what makes it money a year."""

from __future__ import annotations

import re

from cs_workbench import i18n
from cs_workbench.i18n import _, mark

PER = {
    "hour": mark("{unit} per hour"), "day": mark("{unit} per day"), "week": mark("{unit} per week"),
    "month": mark("{unit} per month"), "year": mark("{unit} per year"), "person": mark("{unit} per person"),
    "piece": mark("{unit} per piece"),
}  # fmt: skip
_COUNTS = {
    "h": mark("{figure} h"), "min": mark("{figure} min"), "day": mark("{figure} days"), "week": mark("{figure} wk"),
    "month": mark("{figure} mo"), "year": mark("{n} years"), "person": mark("{figure} people"),
    "piece": mark("{figure} pieces"),
}  # fmt: skip
_TO_A_YEAR = {
    "month": mark(
        "The result is an amount per month: multiply by an input of 12 with the unit “months/year”. A plain 12 in the"
        " formula does not make it an amount a year."
    ),
    "week": mark(
        "The result is an amount per week: multiply by an input with the unit “weeks/year”, such as 48. A plain number"
        " in the formula does not make it an amount a year."
    ),
    "day": mark(
        "The result is an amount per day: multiply by an input with the unit “days/year”, such as 240. A plain number"
        " in the formula does not make it an amount a year."
    ),
    "h": mark("The result is an amount per hour: multiply by an input of the hours, with the unit “hours/year”."),
    "min": mark(
        "The result is an amount per minute: multiply by an input of the minutes, with the unit “minutes/year”."
    ),
}  # fmt: skip
_PART = re.compile(r"[A-Za-z]+")


def said(text: str) -> str:
    """Units as the domain writes them (JPY × h ÷ month, h + JPY) as a person reads them."""
    return " ".join(_said(part) for part in re.split(r" (?=[-+] )|(?<= [-+]) ", text))


def a_year(text: str) -> str:
    """What to do about an amount of money per *text*'s time, which is not the year."""
    return _(_TO_A_YEAR[text.rpartition(" ÷ ")[2]])


def _said(text: str) -> str:
    from cs_workbench.reports.figures import currency_word

    def word(found: re.Match[str]) -> str:
        name = found.group()
        if name not in _COUNTS:
            return currency_word(name, i18n.language())
        return _(_COUNTS[name]).format(figure="", n="").strip()

    above, *below = text.split(" ÷ ")
    unit = _("(no unit)") if above == "1" and not below else _PART.sub(word, above)
    for name in below:
        per = PER.get({"h": "hour"}.get(name, name))
        unit = _(per).format(unit=unit) if per else f"{unit}/{_PART.sub(word, name)}"
    return unit
