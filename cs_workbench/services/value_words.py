"""Value ledgers in words: what is wrong with a figure or a formula, grades, kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.ledger_checks import overlaps
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import Benefit, LineFault
from cs_workbench.i18n import _, mark
from cs_workbench.services import unit_words
from cs_workbench.services.value_figures import day

if TYPE_CHECKING:
    from cs_workbench.services.value_costs import Trouble
    from cs_workbench.store.queries.value import InputRow

CONFIDENCE = {
    "measured": mark("measured"),
    "confirmed": mark("confirmed by the customer"),
    "estimate": mark("estimate"),
    "assumption": mark("assumption"),
}
LOGIC = {"accepted": mark("logic accepted"), "open": mark("logic open"), "rejected": mark("logic rejected")}
FACT = {"proved": mark("proved by fact"), "partly": mark("partly proved"), "open": mark("not proved yet")}
CATEGORY = {"revenue": mark("revenue increase"), "cost": mark("cost reduction")}
CALCULATOR = {
    "": mark("my own formula"),
    "time_saved": mark("time saved"),
    "errors_avoided": mark("errors avoided"),
    "tools_replaced": mark("tools replaced"),
    "extra_revenue": mark("extra revenue"),
    "risk_avoided": mark("risk avoided"),
}
COST_KIND = {
    "subscription": mark("subscription"),
    "setup": mark("set-up"),
    "training": mark("training"),
    "internal": mark("internal hours"),
    "other": mark("other cost"),
}
_FORMULA = {
    "empty": mark("There is no formula yet."),
    "too_long": mark("This formula is too long: split it into two benefits."),
    "too_deep": mark("This formula has too many brackets."),
    "unexpected": mark(
        "“{words}” is not understood at place {at}: use names, numbers, + − × ÷ and brackets."
    ),
    "unclosed": mark("A bracket opened at place {at} is not closed."),
    "unknown_name": mark("There is no input named “{words}”: add it, or correct the formula."),
    "units_differ": mark("These cannot be added: {words}. Bring both to one unit."),
    "division_by_zero": mark("This divides by zero: check the input behind ÷."),
}
_LINE = {
    "negative_input": mark("“{words}” is negative: a gain or an amount spent cannot be below zero."),
    "negative_term": mark(
        "“{words}” is below zero: enter the net price in the contract it is taken off, and delete this one."
    ),
    "too_large": mark("“{words}” is too large to be right: check the figure and its unit."),
    "not_computed": mark("“{words}” cannot be computed: check its figures."),
    "attribution_out_of_range": mark("Our share must lie between 0 and 100%."),
    "share_out_of_range": mark("“{words}” is a share above 100%: 50% is written 0.5 or 50%."),
    "ramp_too_short": mark("The ramp needs at least one year."),
    "not_money": mark("The result is {words}, not an amount of money a year: check the units of the inputs."),
    "no_unit": mark(
        "The result is a number and no money: give the inputs their units, such as pieces/month and JPY/piece."
    ),
    "other_currency": mark(
        "The result is in {words}, the ledger in another currency: enter the input in its currency, or a rate."
    ),
}


def fault_words(fault: FormulaFault | UnitFault | LineFault, text: str = "") -> str:
    """What is wrong, in one sentence with what to do. *text* is what was typed."""
    if isinstance(fault, UnitFault):
        return _("“{words}” is no unit known here: use hours, people, pieces, weeks, JPY/hour …").format(
            words=fault.word
        )
    if isinstance(fault, LineFault):
        if fault.code == "money_a_time":
            return unit_words.a_year(fault.words)
        words = unit_words.said(fault.words) if fault.code == "not_money" else fault.words
        return _(_LINE[fault.code]).format(words=words)
    words = fault.words or text[fault.at : fault.at + 12]
    words = unit_words.said(words) if fault.code == "units_differ" else words
    return _(_FORMULA[fault.code]).format(words=words or "…", at=fault.at + 1)


def cost_gap(trouble: Trouble) -> str:
    """Why a cost is not known, in a few words fit for the customer."""
    if trouble.missing == "currency":
        return _("no exchange rate for {currency}").format(currency=trouble.words)
    if trouble.fault is not None and trouble.on is not None:
        return _("the contract of {day} has an amount that cannot be counted").format(day=day(trouble.on))
    return _("no amount yet") if trouble.fault is None else _("an amount that cannot be counted")


def trouble_words(trouble: Trouble) -> str:
    """Why a line or cost is left out, in one sentence."""
    if trouble.fault is not None:
        return fault_words(trouble.fault)
    sentences = {
        "value": _("“{words}” has no figure yet."),
        "input": _("There is no input named “{words}” yet."),
        "cost": _("“{words}” has no amount yet."),
        "currency": _("There is no exchange rate for {words}: enter one in the settings."),
    }
    return sentences[trouble.missing or "value"].format(words=trouble.words)


def overlap_sentences(
    benefits: Sequence[Benefit], kept: Mapping[int, Sequence[InputRow]] | None = None
) -> tuple[str, ...]:
    """Which benefits may count one gain twice, a sentence each; inputs are called as they are *kept*, by line."""
    titles = {one.id: one.title for one in benefits}
    twice = _("{lines} have the same formula and figures: do they count one gain twice?")
    shared = _("{lines} share the input “{name}”: do they count one gain twice?")
    found = []
    for key, ids in overlaps(benefits):
        name = key if kept is None else called(key, kept[int(ids[0])])
        lines = _(", ").join(titles[one] for one in ids)
        found.append((shared if key else twice).format(lines=lines, name=name))
    return tuple(found)


def called(key: str, rows: Sequence[InputRow]) -> str:
    """What the input is called that follows the metric *key* or has it as its name."""
    return next((row.label for row in rows if key in {row.metric, row.name} and row.label), key)
