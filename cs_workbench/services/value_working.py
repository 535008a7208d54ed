"""The working behind every figure of a ledger: the rule in words, the same with figures, what comes out.

Nothing is rounded on the way: each step is computed from the exact one before it, only its words are rounded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from cs_workbench.domain.cash_flow import ONE, ZERO, factors
from cs_workbench.domain.value_ledger import RISK, Benefit, Cost, Ledger, Line, Outcome, unread_risk
from cs_workbench.i18n import _, mark
from cs_workbench.services.value_figures import (
    MINUS,
    amount,
    day,
    percent,
    percent_tenths,
    places,
    quantity,
    shares,
    shown,
    with_figures,
    with_words,
)

if TYPE_CHECKING:
    from cs_workbench.services.value_reading import LedgerView

Figure: TypeAlias = Literal[
    "value", "benefits", "cost", "npv", "roi", "bcr", "payback", "break_even", "delay"
]
FIGURES: tuple[Figure, ...] = get_args(Figure)
Labels: TypeAlias = Mapping[tuple[str, str], str]
"""(benefit id, input name) → what the input is called."""

_TITLES: Mapping[Figure, str] = {
    "value": mark("Counted value a year, after risk"),
    "benefits": mark("Benefits, present value"),
    "cost": mark("Costs, present value"),
    "npv": mark("Net present value"),
    "roi": mark("Return on investment"),
    "bcr": mark("Verified value ÷ cost"),
    "payback": mark("Payback"),
    "break_even": mark("Breaks even at"),
    "delay": mark("A month's delay costs"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of arithmetic: what it is, its ``rule`` in words, ``numbers`` in its place, and the ``result``.

    ``exact`` is the result unrounded; ``about`` says where a figure is from and as of when.
    """

    name: str
    rule: str
    numbers: str
    result: str
    exact: Decimal | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """Everything behind one figure. ``key`` is a Figure, "line:<id>" or "cost:<id>"."""

    key: str
    title: str
    result: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A ledger with what came out of it and what its inputs are called: what every working is written from."""

    ledger: Ledger
    outcome: Outcome
    labels: Labels

    def money(self, value: Decimal) -> str:
        """An amount in the ledger's currency, in whole units."""
        return amount(value, self.ledger.currency)

    @property
    def growth(self) -> str:
        """1 + rate, as it is divided by: 1.1."""
        return shown(ONE + self.ledger.rate)


def book(ledger: Ledger, outcome: Outcome, view: LedgerView | None = None) -> Book:
    """The workings' source of a ledger; with its *view* inputs are called as kept there."""
    labels = {} if view is None else {
        (str(line.id), row.name): row.label or row.name for line in view.lines for row in view.inputs[line.id]
    }  # fmt: skip
    return Book(ledger, outcome, labels)


def workings(source: Book) -> tuple[Working, ...]:
    """Every working there is: the figures, each line that is computed, each cost."""
    outcome = source.outcome
    found = [figure(source, key) for key in FIGURES]
    found += [line(source, one) for one in (*outcome.proven, *outcome.potential)]
    return (*found, *(cost(source, one) for one in source.ledger.costs))


def line(source: Book, one: Line) -> Working:
    """How one benefit is computed: inputs, a full year, our share, each year after risk, its present value."""
    benefit = one.benefit
    given = {each.name: each for each in benefit.inputs}
    labels = {name: source.labels.get((benefit.id, name), name) for name in given}
    steps = [
        Step(labels[each.name], each.name, "", quantity(each.value, each.unit), each.value,
             _from(each.source, each.as_of))
        for each in benefit.inputs
    ]  # fmt: skip
    steps.append(
        Step(_("A full year"), with_words(benefit.formula, labels), with_figures(benefit.formula, given),
             source.money(one.full_year), one.full_year)
    )  # fmt: skip
    if benefit.attribution != ONE:
        steps.append(
            Step(_("Our share of it"), _("a full year × our share"),
                 f"{source.money(one.full_year)} × {shares(benefit.attribution)}", source.money(one.yearly), one.yearly)
        )  # fmt: skip
    steps += [_year_after_risk(source, one, year) for year in range(1, source.ledger.years + 1)]
    steps += _discounted(source, one.adjusted, _("year {n} ÷ (1 + rate)^{n}"))
    steps.append(_sum(source, _("Present value"), _("sum of the years"), one.adjusted))
    steps.append(Step(_("Counts"), _("agreed, or A accepted and B proved"), _grades(benefit), _yes(benefit)))
    return Working(f"line:{benefit.id}", benefit.title, source.money(one.present), tuple(steps))


def cost(source: Book, one: Cost) -> Working:
    """How one cost enters: each year with its risk, its present value."""
    factor = ONE + RISK[one.confidence]
    amounts = [*one.amounts[: source.ledger.years + 1]]
    amounts += [ZERO] * (source.ledger.years + 1 - len(amounts))
    flow = tuple(value * factor for value in amounts)
    steps = [
        Step(_year(year), *_with_risk(source, one, year), source.money(flow[year]), flow[year], one.source)
        for year, value in enumerate(amounts)
        if value or (year < len(one.whole) and one.whole[year])
    ]
    steps += _discounted(source, flow, _("year {n} ÷ (1 + rate)^{n}"))
    total = _sum(source, _("Present value"), _("sum of the years"), flow)
    return Working(f"cost:{one.id}", one.title, total.result, (*steps, total))


def _with_risk(source: Book, one: Cost, year: int) -> tuple[str, str]:
    """How one year of a cost enters: the rule in words, and with figures."""
    risk = f"(1 + {percent(RISK[one.confidence])})"
    if year and year < len(one.whole):
        rule = _("a whole year × share under contract × (1 + risk)")
        covered = percent_tenths(source.ledger.share_of(year))
        return rule, f"{source.money(one.whole[year])} × {covered} × {risk}"
    return _("amount × (1 + risk)"), f"{source.money(one.amounts[year])} × {risk}"


def figure(source: Book, key: Figure) -> Working:
    """How one of the headline's figures is computed; those that need a cost, or a line that counts, say so."""
    if key != "cost" and not source.outcome.proven:
        about = _("Potential lines are not added.") if source.outcome.potential else ""
        why = Step(_(_TITLES[key]), _("needs a line that counts"), _("not measured yet"), "–", about=about)
        return Working(key, _(_TITLES[key]), "–", (why,))
    made = _MAKERS[key](source)
    if made is None:
        why = Step(
            _(_TITLES[key]), _("needs a cost"), _("No costs are entered, so there is no return yet."), "–"
        )
        return Working(key, _(_TITLES[key]), "–", (why,))
    return Working(key, _(_TITLES[key]), made[-1].result, tuple(made))


def _value(source: Book) -> list[Step]:
    steps = []
    for one in source.outcome.proven:
        risk = RISK[one.benefit.confidence]
        kept = one.yearly * (ONE - risk)
        steps.append(
            Step(one.benefit.title, _("a year × (1 − risk)"),
                 f"{source.money(one.yearly)} × (1 {MINUS} {percent(risk)})", source.money(kept), kept)
        )  # fmt: skip
    total = source.outcome.delay * 12
    if steps and not total and any(one.yearly for one in source.outcome.proven):
        return [Step(_("A year"), _("no day to come counts"), "", source.money(total), total)]
    numbers = " + ".join(one.result for one in steps) or source.money(ZERO)
    about = _("Potential lines are not added.") if source.outcome.potential else ""
    return [
        *steps,
        Step(_("A year"), _("lines that count, added"), numbers, source.money(total), total, about),
    ]


def _benefits(source: Book) -> list[Step]:
    flow = source.outcome.benefits
    steps = []
    for year in range(1, source.ledger.years + 1):
        parts = [source.money(one.adjusted[year]) for one in source.outcome.proven]
        numbers = " + ".join(parts) or source.money(ZERO)
        steps.append(
            Step(
                _year(year), _("lines that count, after risk"), numbers, source.money(flow[year]), flow[year]
            )
        )
    steps += _discounted(source, flow, _("year {n} ÷ (1 + rate)^{n}"))
    return [*steps, _sum(source, _("Benefits, present value"), _("sum of the years"), flow)]


def _cost(source: Book) -> list[Step] | None:
    if source.outcome.result is None:
        return None
    flow, before = source.outcome.costs, source.outcome.costs_before_risk
    steps = [
        Step(_year(year), _("each cost × (1 + its risk), added"), _costs_of(source, year), source.money(value), value)
        for year, value in enumerate(flow)
        if before[year]
    ]  # fmt: skip
    steps += _discounted(source, flow, _("year {n} ÷ (1 + rate)^{n}"))
    return [*steps, _sum(source, _("Costs, present value"), _("sum of the years"), flow)]


def _costs_of(source: Book, year: int) -> str:
    parts = [
        f"{source.money(one.amounts[year])} × (1 + {percent(RISK[one.confidence])})"
        for one in source.ledger.costs
        if year < len(one.amounts) and one.amounts[year]
    ]
    return " + ".join(parts)


def _npv(source: Book) -> list[Step] | None:
    result = source.outcome.result
    if result is None:
        return None
    steps = [_last(_benefits(source)), _last(_cost(source))]
    numbers = f"{source.money(result.benefits)} {MINUS} {source.money(result.costs)}"
    rule = _("benefits − costs, both discounted")
    return [*steps, Step(_("Net present value"), rule, numbers, source.money(result.npv), result.npv)]


def _roi(source: Book) -> list[Step] | None:
    result = source.outcome.result
    if result is None:
        return None
    steps = _npv(source) or []
    numbers = f"{source.money(result.npv)} ÷ {source.money(result.costs)}"
    rule = _("net present value ÷ present value of costs")
    return [*steps, Step(_("Return on investment"), rule, numbers, percent(result.roi), result.roi)]


def _bcr(source: Book) -> list[Step] | None:
    result = source.outcome.result
    if result is None:
        return None
    numbers = f"{source.money(result.benefits)} ÷ {source.money(result.costs)}"
    rule = _("present values")
    return [Step(_("Verified value ÷ cost"), rule, numbers, places(result.bcr, 2), result.bcr)]


def _payback(source: Book) -> list[Step] | None:
    result, outcome = source.outcome.result, source.outcome
    if result is None:
        return None
    steps, total = [], ZERO
    for year, (gained, spent) in enumerate(zip(outcome.benefits, outcome.costs, strict=True)):
        before, total = total, total + gained - spent
        numbers = f"{source.money(before)} + {source.money(gained)} {MINUS} {source.money(spent)}"
        steps.append(
            Step(_("{year}, cumulated").format(year=_year(year)), _("before + benefits − costs, not discounted"),
                 numbers, source.money(total), total)
        )  # fmt: skip
    if result.payback is None:
        words = _("The cumulated net stays below zero.")
        return [*steps, Step(_("Payback"), words, "", _("not within these years"))]
    return [*steps, _crossing(source, result.payback)]


def _crossing(source: Book, years: Decimal) -> Step:
    """The moment the cumulated net turns, spread evenly within its year."""
    result = _("{n} years").format(n=places(years, 2))
    about = _("{n} months").format(n=places(years * 12, 1))
    flows = list(zip(source.outcome.benefits, source.outcome.costs, strict=True))
    turned = int(years) + (0 if years == int(years) and years > 0 else 1)
    if years == 0:
        return Step(_("Payback"), _("nothing is spent ahead: there is nothing to pay back"), "", "–")
    if turned >= len(flows):
        return Step(_("Payback"), _("never below zero"), "", result, years, about)
    before = sum((gained - spent for gained, spent in flows[:turned]), ZERO)
    net = flows[turned][0] - flows[turned][1]
    spans = under[turned - 1] if turned <= len(under := source.ledger.under) else ((ZERO, ONE),)
    begin, length = spans[0][0], sum((end - first for first, end in spans), ZERO)
    numbers = f"{turned - 1} + {source.money(-before)} ÷ {source.money(net)}"
    rule = _("years before + what is left to cover ÷ net of that year")
    if spans != ((ZERO, ONE),):
        share = f"{source.money(-before)} ÷ {source.money(net)} × {places(length, 2)}"
        numbers = f"{shown(turned - 1 + round(begin, 2))} + {share}"
        rule = _(
            "first day under contract + what is left to cover ÷ net of that year × its share under contract"
        )
    if len(spans) > 1:
        about = _("{time}; days without a contract are skipped").format(time=about)
    return Step(_("Payback"), rule, numbers, result, years, about)


def _break_even(source: Book) -> list[Step] | None:
    result = source.outcome.result
    if result is None or result.benefits <= 0:
        return None
    share = result.costs / result.benefits
    numbers = f"{source.money(result.costs)} ÷ {source.money(result.benefits)}"
    rule = _("costs ÷ counted benefits, present values")
    return [Step(_("Breaks even at"), rule, numbers, percent(share), share)]


def _delay(source: Book) -> list[Step]:
    yearly, delay = source.outcome.delay * 12, source.outcome.delay
    numbers = f"{source.money(yearly)} ÷ 12"
    rule = _("a full year's counted benefits after risk ÷ 12")
    return [*_value(source), Step(_("A month"), rule, numbers, source.money(delay), delay)]


_MAKERS = {
    "value": _value, "benefits": _benefits, "cost": _cost, "npv": _npv, "roi": _roi, "bcr": _bcr,
    "payback": _payback, "break_even": _break_even, "delay": _delay,
}  # fmt: skip


def _year_after_risk(source: Book, one: Line, year: int) -> Step:
    benefit = one.benefit
    share = benefit.ramp[min(year - 1, len(benefit.ramp) - 1)]
    risk = RISK[benefit.confidence]
    covered, past = source.ledger.share_of(year), benefit.past_of(year)
    parts = [(_("a year"), source.money(one.yearly)), (_("share of full effect"), shares(share))]
    then = source.money((one.then_of(year) or ZERO) * benefit.attribution)
    if past is not None:
        told = f"({then} × {percent_tenths(past.share)} + {parts[0][1]} × {percent_tenths(ONE - past.share)})"
        parts[0] = (_("(past days at their means + days to come at today's figures)"), told)
    if covered != ONE:
        parts.append((_("share under contract"), percent_tenths(covered)))
    parts.append((_("(1 − risk)"), f"(1 {MINUS} {percent(risk)})"))
    rule, numbers = (" × ".join(each) for each in zip(*parts, strict=True))
    if past is not None and past.unread and (more := unread_risk(benefit)):
        rule += f" {MINUS} " + _("days not measured, at an estimate's risk")
        lost = [then, percent_tenths(past.unread), *(told for _name, told in parts[1:-1]), percent(more)]
        numbers += f" {MINUS} {' × '.join(lost)}"
    return Step(_year(year), rule, numbers, source.money(one.adjusted[year]), one.adjusted[year])


def _discounted(source: Book, flow: Sequence[Decimal], rule: str) -> list[Step]:
    """Each later year brought to today's value; the start is not discounted."""
    weights = factors(source.ledger.rate, len(flow) - 1)
    return [
        Step(_("{year}, today's value").format(year=_year(year)), rule.format(n=year),
             f"{source.money(value)} ÷ {source.growth}^{year}", source.money(value * weights[year]),
             value * weights[year])
        for year, value in enumerate(flow)
        if year and value
    ]  # fmt: skip


def _sum(source: Book, name: str, rule: str, flow: Sequence[Decimal]) -> Step:
    weights = factors(source.ledger.rate, len(flow) - 1)
    values = [value * weight for value, weight in zip(flow, weights, strict=True)]
    total = sum(values, ZERO)
    numbers = " + ".join(source.money(value) for value in values if value) or source.money(ZERO)
    return Step(name, rule, numbers, source.money(total), total)


def _last(steps: list[Step] | None) -> Step:
    return (steps or [Step("", "", "", "–")])[-1]


def _year(year: int) -> str:
    return _("Year {n}").format(n=year) if year else _("Start")


def _from(source: str, on: dt.date | None) -> str:
    parts = [source] if source else []
    if on is not None:
        parts.append(_("as of {day}").format(day=day(on)))
    return _(", ").join(parts) or _("no source named")


def _grades(benefit: Benefit) -> str:
    from cs_workbench.services.value_words import FACT, LOGIC

    agreed = _("agreed by the customer") if benefit.agreed else _("not agreed yet")
    return _(", ").join((agreed, _(LOGIC[benefit.logic]), _(FACT[benefit.fact])))


def _yes(benefit: Benefit) -> str:
    return _("counted") if benefit.counts else _("potential, not counted")
