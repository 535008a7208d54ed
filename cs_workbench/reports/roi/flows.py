"""The cash-flow sheet of the ROI workbook: money year by year, discounted, and when it has paid back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.cash_flow import ONE, ZERO, Spans, factors, moment
from cs_workbench.reports.figures import currency_word
from cs_workbench.reports.roi.benefits import BenefitCells, year_heads, yearly
from cs_workbench.reports.roi.grid import Grid

if TYPE_CHECKING:
    from cs_workbench.reports.roi.facts import RoiFacts

_MONTHS = 12  # of a year


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
    money = currency_word(ledger.currency, facts.language)
    words = [money, *year_heads(grid, ledger.years), text["total"], text["present_value"]]
    grid.head(words, right=frozenset(range(1, len(words))))
    gains = ["+".join(f"{one.counts}*{one.adjusted[year]}" for one in lines) or "0" for year in span]
    rows: dict[str, int] = {}
    worked = (("benefits", gains, outcome.benefits), ("costs", spent, outcome.costs))
    for key, formulas, values in worked:
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
    """Months until the cumulated net is no longer negative; a helper row finds the year and its share."""
    grid.skip()
    under = _under(grid, facts)
    helper = grid.row
    grid.words(0, grid.text["payback_row"], "note")
    for year in range(len(sums)):
        now = grid.ref(year + 1, rows["cumulated"])
        if year == 0:
            grid.words(year + 1, "", "note")
            continue
        before = grid.ref(year, rows["cumulated"])
        formula = (
            f'IF(AND({before}<0,{now}>=0),12*({_moment(under, year, f"-{before}/({now}-{before})")}),"")'
        )
        crossed = sums[year - 1] < 0 <= sums[year]
        turned = -sums[year - 1] / (sums[year] - sums[year - 1]) if crossed else ZERO
        value = _MONTHS * (year - 1 + moment(turned, under.spans(year))) if crossed else ""
        grid.formula(year + 1, formula, value, "note", "months")
    grid.skip()
    grid.words(0, grid.text["payback"], "bold")
    span, last = _across(grid, helper, len(sums) - 1), grid.ref(len(sums), rows["cumulated"])
    never, ahead = (grid.text[key].replace('"', '""') for key in ("never", "ahead"))
    shown = paid_back(facts)
    kept = _across(grid, rows["cumulated"], len(sums) - 1)
    formula = f'IF({last}<0,"{never}",IF(MIN({kept})>=0,"{ahead}",MAX(0,{span})))'
    cell = grid.formula(1, formula, shown, "months", "bold")
    grid.skip()
    return cell


def paid_back(facts: RoiFacts) -> Decimal | str:
    """Months until paid back, or why there is no figure: never, or nothing to pay back."""
    result = facts.outcome.result
    if result is not None and result.payback is None:
        return facts.text["never"]
    if result is None or not result.payback:
        return facts.text["ahead"]
    return _MONTHS * result.payback


@dataclass(frozen=True, slots=True)
class _Under:
    """Where the spans under contract of each year stand, from and until; no cells where every year is whole."""

    cells: tuple[tuple[tuple[str, str], ...], ...] = ()
    shares: tuple[Spans, ...] = ()

    def spans(self, year: int) -> Spans:
        """The spans of a year (1, 2, …)."""
        return self.shares[year - 1] if self.shares else ((ZERO, ONE),)


def _under(grid: Grid, facts: RoiFacts) -> _Under:
    shares = facts.ledger.under
    if all(one == ((ZERO, ONE),) for one in shares):
        return _Under()
    found: list[list[tuple[str, str]]] = [[] for _year in shares]
    for number in range(max(len(one) for one in shares)):
        rows = []
        for place, key in enumerate(("under_from", "under_to")):
            grid.words(0, grid.text[key], "label")
            # a year with fewer spans has no day in those that are left
            rows.append(
                yearly(grid, [one[number][place] if number < len(one) else one[-1][1] for one in shares])
            )
        for cells, begin, end in zip(found, *rows, strict=True):
            cells.append((begin, end))
    return _Under(tuple(tuple(one) for one in found), shares)


def _moment(under: _Under, year: int, share: str) -> str:
    """When in a year the net turns, *share* of its time under contract gone: a formula."""
    if not under.shares:
        return f"{year - 1}+{share}"
    cells = under.cells[year - 1]
    lengths = [f"({end}-{begin})" for begin, end in cells]
    left = f"{share}*({'+'.join(lengths)})"
    formula = ""
    for place in reversed(range(len(cells))):
        gone = "".join(f"-{one}" for one in lengths[:place])
        here = f"{cells[place][0]}+{left}{gone}"
        within = f"{left}{gone}<={lengths[place]}+1E-12"
        formula = f"IF({within},{here},{formula})" if formula else here
    return f"{year - 1}+{formula}"


def _across(grid: Grid, row: int, last: int) -> str:
    return f"{grid.ref(1, row)}:{grid.ref(last + 1, row).split('!')[1]}"
