"""The benefit, cost and cash-flow sheets of the ROI workbook: inputs to change, everything else computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.cash_flow import ZERO, factors
from cs_workbench.domain.formula import Expression, parse
from cs_workbench.domain.value_ledger import RISK, Benefit, Line
from cs_workbench.reports.roi.grid import Grid, excel, quoted

if TYPE_CHECKING:
    from cs_workbench.reports.roi.facts import RoiFacts

_NOT_NEGATIVE = {"validate": "decimal", "criteria": ">=", "value": 0}
_A_SHARE = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}


@dataclass(frozen=True, slots=True)
class InputCells:
    """Where an input stands: its value, its bounds (None where it has none)."""

    name: str
    label: str
    value: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class BenefitCells:
    """Where a benefit stands: the cells other sheets point to."""

    line: Line
    expression: Expression
    inputs: tuple[InputCells, ...]
    full: str
    counts: str
    attribution: str
    risk: str
    ramp: tuple[str, ...]
    covered: tuple[str, ...]  # the share of each year under contract; empty where all of it is
    adjusted: tuple[str, ...]  # from the start to the last year

    def shares(self) -> tuple[str, ...]:
        """What of a full year counts in year 1, 2, …: ramp, and the share under contract."""
        if not self.covered:
            return self.ramp
        return tuple(f"{one}*{other}" for one, other in zip(self.ramp, self.covered, strict=True))


def benefits(grid: Grid, facts: RoiFacts) -> list[BenefitCells]:
    """Each benefit as a block: sentence, inputs, formula, share, risk, and its flow year by year."""
    grid.words(0, grid.text["benefits"], "title")
    grid.skip()
    grid.line(grid.text["benefits_note"], "note")
    grid.skip()
    found = []
    lines = [*facts.outcome.proven, *facts.outcome.potential]
    for number, line in enumerate(lines, 1):
        first = grid.row
        found.append(_block(grid, facts, line, number))
        grid.whole.append((first, grid.row - 1))
        grid.skip()
    return found


def _block(grid: Grid, facts: RoiFacts, line: Line, number: int) -> BenefitCells:
    benefit, text = line.benefit, grid.text
    words = facts.words[benefit.id]
    _told(grid, f"{number}. {benefit.title}", benefit.mechanism, words.baseline)
    heads = ("input", "value", "unit", "low", "high", "source", "as_of")
    grid.head([text[one] for one in heads], right=frozenset((1, 3, 4)))
    inputs = tuple(_input(grid, benefit, place, words.labels, number) for place in range(len(benefit.inputs)))
    expression = parse(benefit.formula)
    cells = {one.name: one.value for one in inputs}
    grid.words(0, text["formula"], "label")
    grid.words(2, benefit.formula, "note")
    full = grid.formula(1, excel(expression, cells), line.full_year, "money", "bold")
    grid.skip()
    attribution = _share(grid, text["attribution"], benefit.attribution)
    risk = _share(grid, text["risk"], RISK[benefit.confidence], text[benefit.confidence])
    grid.words(0, text["counts"], "label")
    counts = grid.number(1, 1 if benefit.counts else 0, "input", "right")
    grid.sheet.data_validation(
        grid.row,
        1,
        grid.row,
        1,
        {"validate": "list", "source": ["0", "1"], "input_title": text["counts"][:32]},
    )
    yes, no = words.agreed or text["counted"], text["potential"]
    grid.formula(
        2, f"IF({counts}=1,{quoted(yes)},{quoted(no)})", yes if benefit.counts else no, "note", "indent"
    )
    grid.skip()
    ramp, covered, adjusted = _flow(grid, facts, line, (full, attribution, risk))
    return BenefitCells(line, expression, inputs, full, counts, attribution, risk, ramp, covered, adjusted)


def _told(grid: Grid, title: str, mechanism: str, baseline: str) -> None:
    """What a block is about: title, the sentence that says why it works, and how it was before."""
    grid.words(0, title, "section")
    for column in range(1, 8):
        grid.words(column, "", "section")
    grid.skip()
    if mechanism:
        grid.line(mechanism, "label", "wrap", last=7)
    if baseline:
        grid.words(0, grid.text["before"], "label")
        grid.line(baseline, "note", first=1, last=7)


def _input(grid: Grid, benefit: Benefit, place: int, labels: object, number: int) -> InputCells:
    one = benefit.inputs[place]
    label = labels.get(one.name, one.name) if isinstance(labels, dict) else one.name
    grid.words(0, label or one.name, "text")
    look = ("share", "input") if one.unit in {"%", "share", "割合"} else ("number", "input")
    value = grid.number(1, one.value, *look)
    grid.sheet.data_validation(grid.row, 1, grid.row, 1, _NOT_NEGATIVE)
    grid.book.define_name(f"benefit_{number}_input_{place + 1}", f"={value}")
    grid.words(2, one.unit, "label")
    bounds: list[str | None] = []
    for column, bound in ((3, one.low), (4, one.high)):
        if bound is None:
            bounds.append(None)
            continue
        bounds.append(grid.number(column, bound, *look))
        grid.sheet.data_validation(grid.row, column, grid.row, column, _NOT_NEGATIVE)
    grid.words(5, one.source or grid.text["no_source"], "note")
    if one.as_of is not None:
        grid.sheet.write_datetime(grid.row, 6, one.as_of, grid.looks("date"))
    grid.skip()
    return InputCells(one.name, label or one.name, value, bounds[0], bounds[1])


def _share(grid: Grid, label: str, value: Decimal, note: str = "") -> str:
    grid.words(0, label, "label")
    cell = grid.number(1, value, "share", "input")
    grid.sheet.data_validation(grid.row, 1, grid.row, 1, _A_SHARE)
    grid.words(2, note, "note")
    grid.skip()
    return cell


def _flow(
    grid: Grid, facts: RoiFacts, line: Line, cells: tuple[str, str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ramp, share under contract and flow, one column a year; the start has none."""
    full, attribution, risk = cells
    years = facts.ledger.years
    grid.head(["", *year_heads(grid, years)], right=frozenset(range(1, years + 2)))
    grid.words(0, grid.text["ramp"], "label")
    shares = [line.benefit.ramp[min(year, len(line.benefit.ramp) - 1)] for year in range(years)]
    ramp = _shares(grid, shares)
    covered: tuple[str, ...] = ()
    if facts.ledger.covered:
        grid.words(0, grid.text["covered"], "label")
        covered = _shares(grid, [facts.ledger.share_of(year) for year in range(1, years + 1)])
    grid.words(0, grid.text["after_risk"], "label")
    adjusted = [grid.number(1, 0, "money")]
    for year, cell in enumerate(ramp, 1):
        share = f"{cell}*{covered[year - 1]}" if covered else cell
        formula = f"{full}*{attribution}*{share}*(1-{risk})"
        adjusted.append(grid.formula(year + 1, formula, line.adjusted[year], "money"))
    grid.skip()
    return ramp, covered, tuple(adjusted)


def _shares(grid: Grid, shares: Sequence[Decimal]) -> tuple[str, ...]:
    """A share a year, each to change."""
    cells = []
    for year, share in enumerate(shares, 1):
        cells.append(grid.number(year + 1, share, "percent", "input"))
        grid.sheet.data_validation(grid.row, year + 1, grid.row, year + 1, _A_SHARE)
    grid.skip()
    return tuple(cells)


def costs(grid: Grid, facts: RoiFacts) -> tuple[str, ...]:
    """Every cost with its amounts and risk; returns the cells of the totals after risk, start to last year."""
    text, years = grid.text, facts.ledger.years
    grid.words(0, text["costs"], "title")
    grid.skip(2)
    heads = [text["cost"], text["confidence"], text["risk_on"], *year_heads(grid, years), text["source"]]
    grid.head(heads, right=frozenset(range(2, years + 4)))
    first = grid.row
    for cost in facts.ledger.costs:
        grid.words(0, cost.title)
        grid.words(1, text[cost.confidence], "label")
        grid.number(2, RISK[cost.confidence], "share", "input")
        grid.sheet.data_validation(grid.row, 2, grid.row, 2, _A_SHARE)
        for year in range(years + 1):
            amount = cost.amounts[year] if year < len(cost.amounts) else ZERO
            grid.number(year + 3, amount, "money", "input")
            grid.sheet.data_validation(grid.row, year + 3, grid.row, year + 3, _NOT_NEGATIVE)
        grid.words(years + 4, cost.source or text["no_source"], "note")
        grid.skip()
    for title, why in facts.unknown_costs:
        grid.words(0, title)
        grid.words(1, text["not_known"], "note")
        grid.words(years + 4, why, "note")
        grid.skip()
    grid.words(0, text["after_risk"], "total")
    for column in (1, 2):
        grid.words(column, "", "total")
    totals = []
    for year, value in enumerate(facts.outcome.costs):
        if facts.ledger.costs:
            amounts = _span(grid, year + 3, first)
            formula = f"SUMPRODUCT({amounts},1+{_span(grid, 2, first)})"
            totals.append(grid.formula(year + 3, formula, value, "money", "total"))
        else:
            totals.append(grid.number(year + 3, 0, "money", "total"))
    grid.skip()
    return tuple(totals)


def year_heads(grid: Grid, years: int) -> list[str]:
    """Start, year 1, year 2 …"""
    return [grid.text["start"], *(grid.text["year_n"].format(n=year) for year in range(1, years + 1))]


@dataclass(frozen=True, slots=True)
class FlowCells:
    """Where the cash-flow sheet keeps what the summary shows."""

    benefits: str
    costs: str
    net: str
    payback: str
    factor: tuple[str, ...]
    rows: tuple[int, int, int]  # benefits, costs, cumulated: for the chart


def cash_flow(
    grid: Grid, facts: RoiFacts, lines: Sequence[BenefitCells], spent: Sequence[str], rate: str
) -> FlowCells:
    """Year by year: counted benefits, costs, net, cumulated, discounted; and when it has paid back."""
    text, outcome, ledger = grid.text, facts.outcome, facts.ledger
    span = range(ledger.years + 1)
    net = [gain - cost for gain, cost in zip(outcome.benefits, outcome.costs, strict=True)]
    weights = factors(ledger.rate, ledger.years)
    grid.words(0, text["cash_flow"], "title")
    grid.skip()
    if facts.unknown_costs:
        grid.words(0, text["no_return"], "warn")
    grid.skip()
    grid.head([ledger.currency, *year_heads(grid, ledger.years), text["total"], text["present_value"]],
              right=frozenset(range(1, ledger.years + 4)))  # fmt: skip
    gains = ["+".join(f"{one.counts}*{one.adjusted[year]}" for one in lines) or "0" for year in span]
    rows: dict[str, int] = {}
    for key, formulas, values in (
        ("benefits", gains, outcome.benefits),
        ("costs", list(spent), outcome.costs),
    ):
        rows[key] = grid.row
        _flow_row(grid, text[key], formulas, values, "money")
    if facts.unknown_costs:
        return _without_costs(grid, facts, rows, rate)
    rows["net"] = grid.row
    _flow_row(grid, text["net"], [f"{grid.ref(y + 1, rows['benefits'])}-{grid.ref(y + 1, rows['costs'])}"
                                  for y in span], net, "money", "total")  # fmt: skip
    rows["cumulated"] = grid.row
    sums = [sum(net[: year + 1], ZERO) for year in span]
    _flow_row(
        grid, text["cumulated"], [f"SUM({_across(grid, rows['net'], year)})" for year in span], sums, "money"
    )
    _factors(grid, facts, rows, rate)
    present = [_present(grid, rows, key, values, weights) for key, values in
               (("benefits", outcome.benefits), ("costs", outcome.costs), ("net", net))]  # fmt: skip
    back = _payback(grid, facts, rows, sums)
    factor = tuple(grid.ref(year + 1, rows["factor"]) for year in span)
    return FlowCells(present[0], present[1], present[2], back, factor,
                     (rows["benefits"], rows["costs"], rows["cumulated"]))  # fmt: skip


def _without_costs(grid: Grid, facts: RoiFacts, rows: dict[str, int], rate: str) -> FlowCells:
    """The rest of the sheet while a cost is not known: nothing that needs all of them is told."""
    for key in ("net", "cumulated"):
        rows[key] = grid.row
        grid.words(0, grid.text[key], "total" if key == "net" else "text")
        grid.words(1, grid.text["not_known"], "note")
        grid.skip()
    weights = _factors(grid, facts, rows, rate)
    present = _present(grid, rows, "benefits", facts.outcome.benefits, weights)
    grid.skip()
    grid.words(0, grid.text["payback"], "bold")
    grid.words(1, grid.text["not_known"], "note")
    grid.skip()
    factor = tuple(grid.ref(year + 1, rows["factor"]) for year in range(facts.ledger.years + 1))
    return FlowCells(present, "", "", "", factor, (rows["benefits"], rows["costs"], rows["cumulated"]))


def _factors(grid: Grid, facts: RoiFacts, rows: dict[str, int], rate: str) -> Sequence[Decimal]:
    """The row of what one unit of each year is worth today."""
    rows["factor"] = grid.row
    weights = factors(facts.ledger.rate, facts.ledger.years)
    powers = [f"1/(1+{rate})^{year}" for year in range(facts.ledger.years + 1)]
    _flow_row(grid, grid.text["factor"], powers, weights, "factor")
    return weights


def _flow_row(grid: Grid, label: str, formulas: Sequence[str], values: Sequence[Decimal], *look: str) -> None:
    grid.words(0, label, *(["total"] if "total" in look else ["text"]))
    for year, (formula, value) in enumerate(zip(formulas, values, strict=True)):
        grid.formula(year + 1, formula, value, *look)
    grid.skip()


def _present(
    grid: Grid, rows: dict[str, int], key: str, values: Sequence[Decimal], weights: Sequence[Decimal]
) -> str:
    """Total and present value of one row, right of its years."""
    kept, grid.row = grid.row, rows[key]
    last = len(values)
    grid.formula(last + 1, f"SUM({_across(grid, rows[key], last - 1)})", sum(values, ZERO), "money", "bold")
    value = sum((one * weight for one, weight in zip(values, weights, strict=True)), ZERO)
    formula = f"SUMPRODUCT({_across(grid, rows[key], last - 1)},{_across(grid, rows['factor'], last - 1)})"
    cell = grid.formula(last + 2, formula, value, "money", "bold")
    grid.row = kept
    return cell


def _payback(grid: Grid, facts: RoiFacts, rows: dict[str, int], sums: Sequence[Decimal]) -> str:
    """Years until the cumulated net is no longer negative; a helper row finds the year and its share."""
    grid.skip()
    helper = grid.row
    grid.words(0, grid.text["payback_row"], "note")
    for year in range(len(sums)):
        now = grid.ref(year + 1, rows["cumulated"])
        if year == 0:
            grid.words(year + 1, "", "note")
            continue
        before = grid.ref(year, rows["cumulated"])
        formula = f'IF(AND({before}<0,{now}>=0),{year - 1}-{before}/({now}-{before}),"")'
        crossed = sums[year - 1] < 0 <= sums[year]
        value = float(year - 1 - sums[year - 1] / (sums[year] - sums[year - 1])) if crossed else ""
        grid.formula(year + 1, formula, value, "note", "years")
    found = facts.outcome.result.payback if facts.outcome.result else None
    grid.skip()
    grid.words(0, grid.text["payback"], "bold")
    span, last = _across(grid, helper, len(sums) - 1), grid.ref(len(sums), rows["cumulated"])
    never = grid.text["never"].replace('"', '""')
    shown: Decimal | str = grid.text["never"] if found is None else found
    cell = grid.formula(1, f'IF({last}<0,"{never}",MAX(0,{span}))', shown, "years", "bold")
    grid.skip()
    return cell


def _across(grid: Grid, row: int, last: int) -> str:
    return f"{grid.ref(1, row)}:{grid.ref(last + 1, row).split('!')[1]}"


def _span(grid: Grid, column: int, first: int) -> str:
    return f"{grid.ref(column, first)}:{grid.ref(column, grid.row - 1).split('!')[1]}"
