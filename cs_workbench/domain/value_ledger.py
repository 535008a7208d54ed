"""The value ledger of one account: what the customer gains and what it costs them, line by line, and what counts.

Rules and risk shares: domain.md §5. A line is tested twice: is its logic accepted, and is it proved by fact?
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

from cs_workbench.domain.cash_flow import ONE, ZERO, Return, Spans, present_value, returns
from cs_workbench.domain.formula import Expression, FormulaFault, Quantity, evaluate, names, parse
from cs_workbench.domain.units import parse_unit

Category: TypeAlias = Literal["revenue", "cost"]
Confidence: TypeAlias = Literal["measured", "confirmed", "estimate", "assumption"]
Logic: TypeAlias = Literal["accepted", "open", "rejected"]
Fact: TypeAlias = Literal["proved", "partly", "open"]
CostKind: TypeAlias = Literal["subscription", "setup", "training", "internal", "other"]
LineCode: TypeAlias = Literal[
    "negative_input", "attribution_out_of_range", "ramp_too_short", "not_money", "other_currency", "share_out_of_range",
    "negative_term", "too_large", "not_computed", "money_a_time", "no_unit",
]  # fmt: skip

RISK: Mapping[Confidence, Decimal] = {
    "measured": Decimal("0.05"),
    "confirmed": Decimal("0.10"),
    "estimate": Decimal("0.20"),
    "assumption": Decimal("0.30"),
}
"""Share taken off a benefit and put onto a cost."""
WITH_CONTRACT: frozenset[CostKind] = frozenset({"training", "internal"})
"""Kinds of cost that are spent on days under contract only; the others count as typed."""
USUAL_RATE = Decimal("0.10")
LARGEST = Decimal(10) ** 15
"""From here on a figure is a slip: sums could not tell a cent beside it."""


_tree_of = lru_cache(512)(parse)
_unit_of = lru_cache(512)(parse_unit)


class LineFault(ValueError):
    """A line that cannot be computed as typed: what is wrong, in which input or field."""

    def __init__(self, code: LineCode, words: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class Input:
    """One figure a benefit is computed from. ``low`` and ``high`` are the least and most it may be.

    ``metric`` is the key of the metric it follows, "" for a figure that was typed; ``source`` says where it is from.
    """

    name: str
    value: Decimal
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    source: str = ""
    as_of: dt.date | None = None
    metric: str = ""

    def quantity(self) -> Quantity:
        """The figure with its unit. Raises UnitFault."""
        return Quantity(self.value, _unit_of(self.unit))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a line: a file, a record or a person's word, with its date."""

    kind: Literal["file", "record", "person"]
    text: str
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What of a ledger year lies behind: ``share`` of its days, and the mean of the inputs that were read in them.

    ``unread`` is the share of its days that lie behind and nobody measured: they carry at least an estimate's risk.
    """

    share: Decimal
    means: tuple[tuple[str, Decimal], ...]
    unread: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Benefit:
    """One gain a year at full effect: ``formula`` over ``inputs``, times ``attribution`` (our share, 0–1).

    ``ramp`` is the share of the full effect in year 1, 2, …; years beyond it have its last. ``mechanism`` is the
    sentence that says why it works. ``past`` says of year 1, 2, … which days of it count at what was read then: they
    are worth what they were, whatever is read today; empty, None or beyond its end: all of it at today's figures.
    """

    id: str
    title: str
    category: Category
    formula: str
    inputs: tuple[Input, ...]
    mechanism: str = ""
    attribution: Decimal = ONE
    ramp: tuple[Decimal, ...] = (ONE,)
    confidence: Confidence = "assumption"
    logic: Logic = "open"
    fact: Fact = "open"
    agreed: bool = False
    evidence: tuple[Evidence, ...] = ()
    past: tuple[Past | None, ...] = ()

    def past_of(self, year: int) -> Past | None:
        """The days of a year (1, 2, …) that count at what was read then; None where none do."""
        return self.past[year - 1] if year <= len(self.past) else None

    def share_of(self, year: int) -> Decimal:
        """The share of the full effect in a year (1, 2, …)."""
        return self.ramp[min(year, len(self.ramp)) - 1]

    @property
    def counts(self) -> bool:
        """Whether it enters the headline: agreed by the customer, or accepted in logic and proved by fact."""
        return self.logic != "rejected" and (
            self.agreed or (self.logic == "accepted" and self.fact == "proved")
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What one contract costs a year, in its own ``currency``; ``beside`` another one, or after the one before.

    ``note`` is the rate it is changed at, in words; ``name`` is empty where the cost is called so.
    """

    name: str
    year: Decimal
    currency: str
    until: dt.date | None = None
    beside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the customer spends on us: ``amounts`` at the start, in year 1, 2, …; missing years cost nothing.

    ``assumed`` says that nothing is signed for it: a contract's price beyond its end. ``prices`` are of the contracts.
    ``whole`` is what whole years would cost where ``amounts`` are the share of their days under contract.
    """

    id: str
    title: str
    kind: CostKind
    amounts: tuple[Decimal, ...]
    confidence: Confidence = "measured"
    source: str = ""
    assumed: bool = False
    prices: tuple[Price, ...] = ()
    whole: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Benefits and costs of one account over ``years`` years in one currency, discounted at ``rate`` a year.

    ``covered`` is the share of year 1, 2, … under contract; empty or beyond its end: the whole year. Value counts
    only where there is a contract. ``under`` says from when to when there is one in each, as shares of it.
    """

    currency: str
    years: int
    benefits: tuple[Benefit, ...]
    costs: tuple[Cost, ...]
    rate: Decimal = USUAL_RATE
    covered: tuple[Decimal, ...] = ()
    under: tuple[Spans, ...] = ()

    def share_of(self, year: int) -> Decimal:
        """The share of a year (1, 2, …) under contract."""
        return self.covered[year - 1] if year <= len(self.covered) else ONE


@dataclass(frozen=True, slots=True)
class Line:
    """A benefit computed: a full year before attribution and after, its flow as claimed and after risk.

    ``present`` is the present value of the flow after risk. ``then`` is a full year at the means of year 1, 2, …, None
    where none of its days counts at them.
    """

    benefit: Benefit
    full_year: Decimal
    yearly: Decimal
    flow: tuple[Decimal, ...]
    adjusted: tuple[Decimal, ...]
    present: Decimal
    then: tuple[Decimal | None, ...] = ()

    def then_of(self, year: int) -> Decimal | None:
        """A full year at the means of a year (1, 2, …); None where none of its days counts at them."""
        return self.then[year - 1] if year <= len(self.then) else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A ledger computed. ``proven`` lines enter the headline, ``potential`` ones stand apart and are never added.

    Flows run from the start to the last year. ``result`` is None where nothing is spent. ``delay`` is what one month
    later costs: a twelfth of the proven benefits of a full year after risk.
    """

    proven: tuple[Line, ...]
    potential: tuple[Line, ...]
    gross: tuple[Decimal, ...]
    benefits: tuple[Decimal, ...]
    costs: tuple[Decimal, ...]
    costs_before_risk: tuple[Decimal, ...]
    result: Return | None
    delay: Decimal


def full_year(benefit: Benefit, currency: str) -> Decimal:
    """The gain of one year at full effect, before attribution.

    Raises FormulaFault, UnitFault, and LineFault for an input or result that is negative or too large, and a result
    that is not money (a year) or is in another currency.
    """
    for one in benefit.inputs:
        if not one.value.is_finite() or one.value >= LARGEST:
            raise LineFault("too_large", one.name)
        if one.value < 0:
            raise LineFault("negative_input", one.name)
    found = evaluate(_tree_of(benefit.formula), {one.name: one.quantity() for one in benefit.inputs})
    money = found.unit.money()
    if not money:
        code: LineCode = (
            "money_a_time" if found.unit.money_per() else "no_unit" if found.unit.plain else "not_money"
        )
        raise LineFault(code, str(found.unit))
    if money != currency:
        raise LineFault("other_currency", money)
    if not abs(found.value) < LARGEST:
        raise LineFault("too_large", benefit.title)
    return found.value


def line(benefit: Benefit, ledger: Ledger) -> Line:
    """One benefit over the years of its ledger. Raises what full_year raises, and LineFault."""
    if not 0 <= benefit.attribution <= 1:
        raise LineFault("attribution_out_of_range")
    if not benefit.ramp:
        raise LineFault("ramp_too_short")
    full = full_year(benefit, ledger.currency)
    yearly = full * benefit.attribution
    then = tuple(then_year(benefit, year, ledger.currency) for year in range(1, len(benefit.past) + 1))
    flow, lost = [ZERO], [ZERO]
    for year in range(1, ledger.years + 1):
        of_year = benefit.share_of(year) * ledger.share_of(year)
        past, worth = benefit.past_of(year), then[year - 1] if year <= len(then) else None
        if past is None or worth is None:
            flow.append(yearly * of_year)
            lost.append(ZERO)
        else:
            mixed = worth * past.share + full * (ONE - past.share)
            flow.append(mixed * benefit.attribution * of_year)
            lost.append(worth * past.unread * unread_risk(benefit) * benefit.attribution * of_year)
    kept = ONE - RISK[benefit.confidence]
    adjusted = tuple(amount * kept - less for amount, less in zip(flow, lost, strict=True))
    return Line(benefit, full, yearly, tuple(flow), adjusted, present_value(adjusted, ledger.rate), then)


def unread_risk(benefit: Benefit) -> Decimal:
    """What is taken off days nobody measured beside the risk of the line: together at least an estimate's."""
    return max(RISK["estimate"] - RISK[benefit.confidence], ZERO)


def then_year(benefit: Benefit, year: int, currency: str) -> Decimal | None:
    """The gain of a full year at the means of the past days of a year (1, 2, …), before attribution; None where none of
    its days counts at them. Raises as full_year.
    """
    past = benefit.past_of(year)
    if past is None:
        return None
    means = dict(past.means)
    inputs = tuple(
        replace(one, value=means[one.name]) if one.name in means else one for one in benefit.inputs
    )
    return full_year(replace(benefit, inputs=inputs), currency)


def cost_flow(ledger: Ledger, *, adjusted: bool = True) -> tuple[Decimal, ...]:
    """Costs from the start to the last year, with their risk added unless told otherwise."""
    total = [ZERO] * (ledger.years + 1)
    for cost in ledger.costs:
        factor = ONE + RISK[cost.confidence] if adjusted else ONE
        for year, amount in enumerate(cost.amounts[: ledger.years + 1]):
            if amount < 0:
                raise LineFault("negative_input", cost.title)
            total[year] += amount * factor
    return tuple(total)


def under_contract(cost: Cost, covered: Sequence[Decimal]) -> Cost:
    """A cost whose years count for their share under contract, where it is one of :data:`WITH_CONTRACT`; what is
    spent at the start stays whole.
    """
    if cost.kind not in WITH_CONTRACT or all(share == ONE for share in covered[: len(cost.amounts) - 1]):
        return cost
    shares = (ONE, *covered, *[ONE] * len(cost.amounts))
    amounts = tuple(amount * share for amount, share in zip(cost.amounts, shares, strict=False))
    return replace(cost, amounts=amounts, whole=cost.amounts)


def compute(ledger: Ledger) -> Outcome:
    """Everything a ledger says. Raises what line and cost_flow raise; no cost at all gives no return."""
    return summed(ledger, [line(benefit, ledger) for benefit in ledger.benefits])


def summed(ledger: Ledger, lines: Sequence[Line]) -> Outcome:
    """Everything a ledger says whose *lines* are computed, in the order of its benefits. Raises as cost_flow does."""
    proven = tuple(one for one in lines if one.benefit.counts)
    potential = tuple(one for one in lines if not one.benefit.counts and one.benefit.logic != "rejected")
    gross = _summed([one.flow for one in proven], ledger.years)
    benefits = _summed([one.adjusted for one in proven], ledger.years)
    costs = cost_flow(ledger)
    result = returns(benefits, costs, ledger.rate, ledger.under) if any(costs) else None
    delay = sum((one.yearly * (ONE - RISK[one.benefit.confidence]) for one in proven), ZERO) / 12
    before = cost_flow(ledger, adjusted=False)
    return Outcome(proven, potential, gross, benefits, costs, before, result, delay)


def shared_inputs(benefits: Sequence[Benefit]) -> dict[str, tuple[str, ...]]:
    """Inputs that more than one benefit is computed from → ids of the benefits: they may count one gain twice.

    An input is known by the metric it follows, else by its name; prices and calendar figures are no sign of overlap.
    """
    users: dict[str, list[str]] = {}
    for benefit in benefits:
        for one in benefit.inputs:
            unit = parse_unit(one.unit)
            if not any(name in {"person", "piece"} for name, power in unit.powers if power > 0):
                continue
            users.setdefault(one.metric or one.name, []).append(benefit.id)
    return {key: tuple(ids) for key, ids in users.items() if len(ids) > 1}


def moved(benefit: Benefit, name: str, value: Decimal) -> Benefit:
    """The same benefit with one input set to *value*."""
    inputs = tuple(replace(each, value=value) if each.name == name else each for each in benefit.inputs)
    return replace(benefit, inputs=inputs)


def with_input(ledger: Ledger, benefit_id: str, name: str, value: Decimal) -> Ledger:
    """The same ledger with one input of one benefit set to *value*."""
    benefits = tuple(moved(one, name, value) if one.id == benefit_id else one for one in ledger.benefits)
    return replace(ledger, benefits=benefits)


def missing_inputs(benefit: Benefit) -> tuple[str, ...]:
    """Names the formula asks for that the benefit has no input for. Raises FormulaFault for an unreadable formula."""
    given = {one.name for one in benefit.inputs}
    return tuple(name for name in names(parse(benefit.formula)) if name not in given)


def readable(formula: str) -> Expression | FormulaFault:
    """The formula's tree, or what is wrong with it and where: for a field that is being typed in."""
    try:
        return parse(formula)
    except FormulaFault as fault:
        return fault


def _summed(flows: Sequence[tuple[Decimal, ...]], years: int) -> tuple[Decimal, ...]:
    return tuple(sum((flow[year] for flow in flows), ZERO) for year in range(years + 1))
