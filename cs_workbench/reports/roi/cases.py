"""The sensitivity sheet of the ROI workbook: each bounded input at its ends, then all of them at once; all live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.cash_flow import ZERO
from cs_workbench.domain.sensitivity import bounds
from cs_workbench.domain.value_ledger import Benefit, moved
from cs_workbench.domain.value_ledger import line as computed
from cs_workbench.reports.roi.benefits import BenefitCells, InputCells
from cs_workbench.reports.roi.flows import FlowCells
from cs_workbench.reports.roi.grid import Grid, excel, put_chart

if TYPE_CHECKING:
    from cs_workbench.reports.roi.facts import RoiFacts


@dataclass(frozen=True, slots=True)
class CaseCells:
    """Where the net with every input at its worse and at its better end stands, and what it is now."""

    worse: str
    better: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class _Swing:
    """One input at its two ends: the figures, the net there, and the cells of both."""

    line: BenefitCells
    input: InputCells
    ends: tuple[Decimal, Decimal]
    nets: tuple[Decimal, Decimal]
    cells: tuple[str, str] = ("", "")
    net_cells: tuple[str, str] = ("", "")

    def at(self, *, better: bool) -> Decimal:
        """The figure at its better or worse end."""
        rising = self.nets[0] <= self.nets[1]
        return self.ends[1 if rising is better else 0]

    def cell(self, *, better: bool) -> str:
        """The same as a formula: which end is the worse one is looked up, for it may change."""
        worse = f"IF({self.net_cells[0]}<={self.net_cells[1]},{self.cells[0]},{self.cells[1]})"
        other = f"IF({self.net_cells[0]}<={self.net_cells[1]},{self.cells[1]},{self.cells[0]})"
        return other if better else worse


def sensitivity(
    grid: Grid, facts: RoiFacts, lines: Sequence[BenefitCells], flow: FlowCells
) -> CaseCells | None:
    """Each bounded input at its least and most, the others as they are, widest first as it stands now; then all."""
    text = grid.text
    grid.words(0, text["sensitivity"], "title")
    grid.skip()
    grid.line(text["sensitivity_note"], "note")
    if any(one.past for one in lines):
        grid.line(text["past_note"], "note")
    grid.skip()
    grid.head([text["benefit"], text["input"], text["low"], text["high"], text["npv_low"], text["npv_high"],
               text["swing"]], right=frozenset((2, 3, 4, 5, 6)))  # fmt: skip
    first = grid.row
    swings = [_row(grid, one, flow) for one in ([] if facts.unknown_costs else _swings(facts, lines))]
    if not swings:
        grid.words(0, text["no_return" if facts.unknown_costs else "no_bounds"], "note")
        grid.skip()
        return None
    last = grid.row - 1
    grid.skip()
    cases = _cases(grid, facts, swings, flow)
    grid.skip()
    _tornado(grid, first, last)
    return cases


def _row(grid: Grid, one: _Swing, flow: FlowCells) -> _Swing:
    grid.words(0, one.line.line.benefit.title)
    grid.words(1, one.input.label)
    cells, nets = [], []
    for place, end in enumerate(("MIN", "MAX")):  # a figure that left its bounds widens them
        span = ",".join(filter(None, (one.input.low, one.input.value, one.input.high)))
        cells.append(grid.formula(2 + place, f"{end}({span})", one.ends[place], one.input.look))
        formula = f"{flow.net}+{_change(one.line, {one.input.name: cells[-1]}, flow)}"
        nets.append(grid.formula(4 + place, formula, one.nets[place], "money"))
    grid.formula(6, f"ABS({nets[1]}-{nets[0]})", abs(one.nets[1] - one.nets[0]), "money")
    grid.skip()
    return _Swing(one.line, one.input, one.ends, one.nets, (cells[0], cells[1]), (nets[0], nets[1]))


def _change(line: BenefitCells, at: dict[str, str], flow: FlowCells) -> str:
    """What the net changes by when some inputs of a benefit stand elsewhere."""
    cells = {each.name: at.get(each.name, each.value) for each in line.inputs}
    full = excel(line.expression, cells)
    terms, lost = [f"({full}-{line.full})*({_weights(line.to_come(), flow)})"], list[str]()
    for year, past in enumerate(line.past, 1):
        if past is not None and not set(at) <= set(past.means):
            then = excel(line.expression, {**cells, **past.means})
            weight = f"{line.shares()[year - 1]}*{flow.factor[year]}"
            terms.append(f"({then}-{past.full})*{past.share}*{weight}")
            if past.unread:
                lost.append(f"({then}-{past.full})*{past.unread}*{weight}")
    less = f"-{line.unread_risk}*({'+'.join(lost)})" if lost else ""
    return f"{line.counts}*{line.attribution}*((1-{line.risk})*({'+'.join(terms)}){less})"


def _weights(shares: Sequence[str], flow: FlowCells) -> str:
    return "+".join(f"{share}*{flow.factor[year]}" for year, share in enumerate(shares, 1))


def _cases(grid: Grid, facts: RoiFacts, swings: Sequence[_Swing], flow: FlowCells) -> CaseCells:
    """Every input at its worse, and at its better end: what each benefit changes by, and the net that is left. Two
    ends that each take something away can give something back together: then the one that takes most counts.
    """
    text = grid.text
    grid.head([text["benefit"], "", "", "", text["all_worse"], text["all_better"]], right=frozenset((4, 5)))
    first, totals = grid.row, [_net(facts), _net(facts)]
    for line in dict.fromkeys(one.line.line.benefit.id for one in swings):
        own = [one for one in swings if one.line.line.benefit.id == line]
        grid.words(0, own[0].line.line.benefit.title)
        for place, better in enumerate((False, True)):
            benefit = own[0].line.line.benefit
            for one in own:
                benefit = moved(benefit, one.input.name, one.at(better=better))
            alone = [net - _net(facts) for one in own for net in one.nets]
            changed = (max if better else min)(ZERO, _changed(facts, own[0], benefit), *alone)
            totals[place] += changed
            at = {one.input.name: one.cell(better=better) for one in own}
            nets = ",".join(f"{cell}-{flow.net}" for one in own for cell in one.net_cells)
            formula = f"{'MAX' if better else 'MIN'}(0,{_change(own[0].line, at, flow)},{nets})"
            grid.formula(4 + place, formula, changed, "money")
        grid.skip()
    grid.words(0, text["npv"], "total")
    for column in (1, 2, 3):
        grid.words(column, "", "total")
    cells = []
    for place, total in enumerate(totals):
        span = f"{grid.ref(4 + place, first)}:{grid.ref(4 + place, grid.row - 1).split('!')[1]}"
        cells.append(grid.formula(4 + place, f"{flow.net}+SUM({span})", total, "money", "total"))
    grid.skip()
    return CaseCells(cells[0], cells[1], totals[0], totals[1])


def _net(facts: RoiFacts) -> Decimal:
    result = facts.outcome.result
    return result.npv if result else sum((one.present for one in facts.outcome.proven), ZERO)


def _changed(facts: RoiFacts, one: _Swing, benefit: Benefit) -> Decimal:
    """What the net changes by when *benefit* stands in the place of the one in the ledger; nothing where it does not
    count.
    """
    own = one.line.line
    return computed(benefit, facts.ledger).present - own.present if own.benefit.counts else ZERO


def _swings(facts: RoiFacts, lines: Sequence[BenefitCells]) -> list[_Swing]:
    """Every benefit's bounded inputs at both ends, widest first: one that does not count yet may be switched on."""
    found = []
    for line in lines:
        benefit = line.line.benefit
        for one, given in zip(line.inputs, benefit.inputs, strict=True):
            if given.low is None and given.high is None:
                continue
            low, high = bounds(given)
            made = _Swing(line, one, (low, high), (ZERO, ZERO))
            nets = [
                _net(facts) + _changed(facts, made, moved(benefit, given.name, value))
                for value in (low, high)
            ]
            found.append(_Swing(line, one, (low, high), (nets[0], nets[1])))
    return sorted(found, key=lambda one: -abs(one.nets[1] - one.nets[0]))


def _tornado(grid: Grid, first: int, last: int) -> None:
    chart = grid.book.add_chart({"type": "bar"})
    for column, colour in ((4, "#C2560F"), (5, "#23458F")):
        chart.add_series(
            {
                "name": [grid.name, first - 1, column],
                "categories": [grid.name, first, 1, last, 1],
                "values": [grid.name, first, column, last, column],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": grid.text["tornado"], "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis(
        {"num_format": "#,##0;−#,##0", "major_gridlines": {"visible": True, "line": {"color": "#ECEAE5"}}}
    )
    chart.set_legend({"position": "bottom"})
    height = 90 + 40 * (last - first + 1)
    chart.set_size({"width": 640, "height": height})
    put_chart(grid, chart, grid.text["tornado"], height)
