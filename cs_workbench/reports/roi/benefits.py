"""The benefit and cost sheets of the ROI workbook: inputs to change, everything else computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.cash_flow import ZERO
from cs_workbench.domain.formula import Expression, parse
from cs_workbench.domain.value_ledger import RISK, Benefit, Line, Past
from cs_workbench.reports import figures
from cs_workbench.reports.roi.grid import Grid, excel, quoted

if TYPE_CHECKING:
    from cs_workbench.reports.roi.facts import RoiFacts

_NOT_NEGATIVE = {"validate": "decimal", "criteria": ">=", "value": 0}
_A_SHARE: Mapping[str, object] = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}


@dataclass(frozen=True, slots=True)
class InputCells:
    """Where an input stands: its value, its bounds (None where it has none)."""

    name: str
    label: str
    value: str
    low: str | None
    high: str | None
    look: str = "number"


@dataclass(frozen=True, slots=True)
class PastCells:
    """Where the days of a year that count at what was read then stand: their share, means by input, a year at them;
    ``unread`` is the share of those nobody measured, "" where there are none.
    """

    share: str
    means: Mapping[str, str]
    full: str
    unread: str = ""


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
    past: tuple[PastCells | None, ...]  # of each year; empty where all counts at today's figures
    adjusted: tuple[str, ...]  # from the start to the last year

    def shares(self) -> tuple[str, ...]:
        """What of a full year counts in year 1, 2, …: ramp and share under contract."""
        return _times(self.ramp, self.covered)

    def to_come(self) -> tuple[str, ...]:
        """What of a full year at today's figures counts in year 1, 2, …"""
        past = self.past or (None,) * len(self.ramp)
        return tuple(
            share if one is None else f"{share}*(1-{one.share})"
            for share, one in zip(self.shares(), past, strict=True)
        )

    @property
    def unread_risk(self) -> str:
        """What is taken off days nobody measured beside the risk of the line."""
        return f"MAX(0,{RISK['estimate']}-{self.risk})"

    def worth(self, year: int) -> str:
        """A full year at what a year (1, 2, …) counts: past days at their means, the rest at today's figures."""
        return _worth(self.full, self.past[year - 1] if self.past else None)


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
    grid.words(2, words.formula or benefit.formula, "note")
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
    made = BenefitCells(line, expression, inputs, full, counts, attribution, risk, (), (), (), ())
    return _flow(grid, facts, made)


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
    grid.words(2, grid.text.get(f"unit:{one.unit}", one.unit), "label")
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
    return InputCells(one.name, label or one.name, value, bounds[0], bounds[1], look[0])


def _share(grid: Grid, label: str, value: Decimal, note: str = "") -> str:
    grid.words(0, label, "label")
    cell = grid.number(1, value, "share", "input")
    grid.sheet.data_validation(grid.row, 1, grid.row, 1, _A_SHARE)
    grid.words(2, note, "note")
    grid.skip()
    return cell


def _flow(grid: Grid, facts: RoiFacts, made: BenefitCells) -> BenefitCells:
    """Ramp, share under contract, past days at what was read then, and flow: one column a year; the start has none."""
    line, years = made.line, facts.ledger.years
    span = range(1, years + 1)
    grid.head(["", *year_heads(grid, years)], right=frozenset(range(1, years + 2)))
    grid.words(0, grid.text["ramp"], "label")
    made = replace(made, ramp=yearly(grid, [line.benefit.share_of(year) for year in span]))
    if facts.ledger.covered:
        grid.words(0, grid.text["covered"], "label")
        made = replace(made, covered=yearly(grid, [facts.ledger.share_of(year) for year in span]))
    if line.benefit.past:
        made = replace(made, past=_past(grid, facts, made))
    grid.words(0, grid.text["after_risk"], "label")
    adjusted = [grid.number(1, 0, "money")]
    for year, share in enumerate(made.shares(), 1):
        formula = f"{made.worth(year)}*{made.attribution}*{share}*(1-{made.risk})"
        past = made.past[year - 1] if made.past else None
        if past is not None and past.unread:
            formula += f"-{past.full}*{past.unread}*{made.attribution}*{share}*{made.unread_risk}"
        adjusted.append(grid.formula(year + 1, formula, line.adjusted[year], "money"))
    grid.skip()
    return replace(made, adjusted=tuple(adjusted))


def _past(grid: Grid, facts: RoiFacts, made: BenefitCells) -> tuple[PastCells | None, ...]:
    """The means of each year's past days, the share of them, and a full year at those means, a formula of its own."""
    benefit, years = made.line.benefit, range(1, facts.ledger.years + 1)
    day = figures.day(facts.as_of, facts.language, "medium").replace("\u00a0", " ")
    pasts = {year: past for year in years if (past := benefit.past_of(year)) is not None}
    means: dict[int, dict[str, str]] = {year: {} for year in pasts}
    for one in made.inputs:
        read = {year: dict(past.means) for year, past in pasts.items() if one.name in dict(past.means)}
        if not read:
            continue
        grid.words(0, grid.text["past_mean"].format(name=one.label, day=day), "label")
        for year, values in read.items():
            cell = grid.number(year + 1, values[one.name], one.look, "input")
            grid.sheet.data_validation(grid.row, year + 1, grid.row, year + 1, _NOT_NEGATIVE)
            means[year][one.name] = cell
        grid.skip()
    grid.words(0, grid.text["past_share"].format(day=day), "label")
    shares = {}
    for year, past in pasts.items():
        shares[year] = grid.number(year + 1, past.share, "share", "input")
        grid.sheet.data_validation(grid.row, year + 1, grid.row, year + 1, _A_SHARE)
    grid.skip()
    unread = _unread(grid, pasts)
    grid.words(0, grid.text["past_year"], "label")
    full = {}
    for year in pasts:
        cells = {one.name: means[year].get(one.name, one.value) for one in made.inputs}
        worth = made.line.then_of(year) or ZERO
        full[year] = grid.formula(year + 1, excel(made.expression, cells), worth, "money")
    grid.skip()
    return tuple(
        PastCells(shares[year], means[year], full[year], unread.get(year, "")) if year in pasts else None
        for year in years
    )


def _unread(grid: Grid, pasts: Mapping[int, Past]) -> dict[int, str]:
    """The share of each year's past days that nobody measured, where there are any: they carry an estimate's risk."""
    found = {}
    for year, past in pasts.items():
        if past.unread:
            found[year] = grid.number(year + 1, past.unread, "share", "input")
            grid.sheet.data_validation(grid.row, year + 1, grid.row, year + 1, _A_SHARE)
    if found:
        grid.words(0, grid.text["past_unread"], "label")
        grid.skip()
    return found


def _worth(full: str, past: PastCells | None) -> str:
    return full if past is None else f"({past.full}*{past.share}+{full}*(1-{past.share}))"


def _times(*rows: tuple[str, ...]) -> tuple[str, ...]:
    """What stands below each other in rows of cells, multiplied; rows without cells are left out."""
    return tuple("*".join(cells) for cells in zip(*filter(None, rows), strict=True))


def yearly(grid: Grid, shares: Sequence[Decimal]) -> tuple[str, ...]:
    """A share a year, each to change."""
    cells = []
    for year, share in enumerate(shares, 1):
        cells.append(grid.number(year + 1, share, "percent", "input"))
        grid.sheet.data_validation(grid.row, year + 1, grid.row, year + 1, dict(_A_SHARE))
    grid.skip()
    return tuple(cells)


def costs(grid: Grid, facts: RoiFacts) -> tuple[str, ...]:
    """Every cost with its amounts and risk; returns the cells of the totals after risk, start to last year."""
    text, years = grid.text, facts.ledger.years
    grid.words(0, text["costs"], "title")
    grid.skip(2)
    heads = [text["cost"], text["confidence"], text["risk_on"], *year_heads(grid, years), text["source"]]
    grid.head(heads, right=frozenset(range(2, years + 4)))
    counted = _under_contract(grid, facts)
    first = grid.row
    for cost in facts.ledger.costs:
        grid.words(0, cost.title)
        grid.words(1, text[cost.confidence], "label")
        grid.number(2, RISK[cost.confidence], "share", "input")
        grid.sheet.data_validation(grid.row, 2, grid.row, 2, _A_SHARE)
        for year in range(years + 1):
            amount = cost.amounts[year] if year < len(cost.amounts) else ZERO
            if (formula := counted.get((cost.id, year))) is not None:
                grid.formula(year + 3, formula, amount, "money")
                continue
            _typed(grid, year + 3, amount, "money")
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


def _under_contract(grid: Grid, facts: RoiFacts) -> dict[tuple[str, int], str]:
    """What whole years of a cost would be and how much of each is under contract, both to change; returns the formula
    of each amount that is their product, by cost and year.
    """
    span, found = range(1, facts.ledger.years + 1), dict[tuple[str, int], str]()
    cut = [one for one in facts.ledger.costs if one.whole]
    if not cut:
        return found
    grid.words(0, grid.text["covered"], "label")
    shares = {year: _typed(grid, year + 3, facts.ledger.share_of(year), "share", _A_SHARE) for year in span}
    grid.words(facts.ledger.years + 4, grid.text["whole_note"], "note")
    grid.skip()
    for cost in cut:
        grid.words(0, grid.text["whole_years"].format(title=cost.title), "label")
        for year, amount in enumerate(cost.whole[: facts.ledger.years + 1]):
            if year:
                cell = _typed(grid, year + 3, amount, "money")
                found[cost.id, year] = f"{cell}*{shares[year]}"
        grid.skip()
    return found


def _typed(
    grid: Grid, column: int, value: Decimal, look: str, rule: Mapping[str, object] = _NOT_NEGATIVE
) -> str:
    cell = grid.number(column, value, look, "input")
    grid.sheet.data_validation(grid.row, column, grid.row, column, dict(rule))
    return cell


def year_heads(grid: Grid, years: int) -> list[str]:
    """Start, year 1, year 2 …"""
    return [grid.text["start"], *(grid.text["year_n"].format(n=year) for year in range(1, years + 1))]


def _span(grid: Grid, column: int, first: int) -> str:
    return f"{grid.ref(column, first)}:{grid.ref(column, grid.row - 1).split('!')[1]}"
