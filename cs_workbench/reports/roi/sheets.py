"""Summary, sensitivity, evidence and definitions of the ROI workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.cash_flow import ZERO, factors
from cs_workbench.domain.formula import evaluate
from cs_workbench.domain.value_ledger import RISK, with_input
from cs_workbench.reports.roi.benefits import BenefitCells, FlowCells, InputCells
from cs_workbench.reports.roi.grid import Grid, excel

if TYPE_CHECKING:
    from cs_workbench.reports.roi.facts import RoiFacts


def summary(grid: Grid, facts: RoiFacts, flow: FlowCells, lines: Sequence[BenefitCells]) -> None:
    """The figures first, then what counts and what does not; every figure points to its working."""
    text, outcome = grid.text, facts.outcome
    result = outcome.result
    grid.words(0, facts.account, "title")
    grid.skip()
    grid.words(0, facts.title, "label")
    grid.skip()
    grid.words(0, text["by"].format(sender=facts.sender, day=facts.as_of.isoformat()), "note")
    grid.skip(2)
    if facts.edition == "internal":
        grid.words(0, text["internal_mark"], "warn")
        grid.skip(2)
    spent = f'IF({flow.costs}=0,"",{{}})'
    delay = "+".join(f"{one.counts}*{one.full}*{one.attribution}*(1-{one.risk})" for one in lines) or "0"
    rows: tuple[tuple[str, str, Decimal | str, str], ...] = (
        ("roi", spent.format(f"{flow.net}/{flow.costs}"), result.roi if result else "", "percent"),
        ("npv", flow.net, result.npv if result else _sum(facts), "money"),
        ("benefits_pv", flow.benefits, result.benefits if result else _sum(facts), "money"),
        ("costs_pv", flow.costs, result.costs if result else ZERO, "money"),
        ("bcr", spent.format(f"{flow.benefits}/{flow.costs}"), result.bcr if result else "", "ratio"),
        ("payback", flow.payback, _payback(facts), "years"),
        ("delay", f"({delay})/12", outcome.delay, "money"),
    )
    for key, formula, value, look in rows:
        if facts.unknown_costs and key not in {"benefits_pv", "delay"}:
            grid.words(0, text[key], "label")
            grid.words(1, text["not_known"], "note")
            grid.skip()
            continue
        grid.words(0, text[key], "label")
        grid.formula(1, formula, value, "figure" if key in {"roi", "npv"} else "bold", look)
        grid.words(2, text[f"{key}_is"], "note")
        grid.book.define_name(f"result_{key}", f"={grid.ref(1)}")
        grid.skip()
    _gaps(grid, facts)
    grid.skip()
    _listed(grid, facts, lines)
    if not facts.unknown_costs:
        _chart(grid, facts, flow)


def _gaps(grid: Grid, facts: RoiFacts) -> None:
    """The costs that are not known, and that no return is told because of them."""
    if facts.unknown_costs:
        grid.words(0, grid.text["no_return"], "warn")
        grid.skip()
    for title, why in facts.unknown_costs:
        grid.words(0, title, "bold")
        grid.words(2, f"{grid.text['not_known']}: {why}", "note")
        grid.skip()


def _listed(grid: Grid, facts: RoiFacts, lines: Sequence[BenefitCells]) -> None:
    text = grid.text
    grid.head([text["benefit"], text["a_year"], text["confidence"], ""], right=frozenset((1, 3)))
    for one in lines:
        grid.words(0, one.line.benefit.title)
        grid.formula(1, f"{one.full}*{one.attribution}", one.line.yearly, "money")
        grid.words(2, text[one.line.benefit.confidence], "label")
        yes, no = text["yes"], text["no"]
        grid.formula(3, f'IF({one.counts}=1,"{yes}","{no}")', yes if one.line.benefit.counts else no, "right")
        grid.skip()
    for title, reason in facts.left_out:
        grid.words(0, title, "label")
        grid.words(2, f"{text['left_out']}: {reason}", "note")
        grid.skip()
    grid.skip()


def _chart(grid: Grid, facts: RoiFacts, flow: FlowCells) -> None:
    """Benefits and costs by year as bars, the cumulated net as a line: native, so that it follows the inputs."""
    name, last = grid.text["cash_flow_sheet"], facts.ledger.years + 1
    head = flow.rows[0] - 1
    columns = grid.book.add_chart({"type": "column"})
    line = grid.book.add_chart({"type": "line"})
    for row, colour, chart in zip(
        flow.rows, ("#23458F", "#C2560F", "#1B1D22"), (columns, columns, line), strict=True
    ):
        chart.add_series(
            {
                "name": [name, row, 0],
                "categories": [name, head, 1, head, last],
                "values": [name, row, 1, row, last],
                ("line" if chart is line else "fill"): {"color": colour},
            }
        )
    columns.combine(line)
    columns.set_title({"name": grid.text["chart"], "name_font": {"size": 11}})
    columns.set_legend({"position": "bottom"})
    columns.set_y_axis(
        {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#ECEAE5"}}}
    )
    columns.set_size({"width": 640, "height": 300})
    grid.sheet.insert_chart(grid.row, 0, columns, {"description": grid.text["chart"]})


def sensitivity(grid: Grid, facts: RoiFacts, lines: Sequence[BenefitCells], flow: FlowCells) -> None:
    """Each bounded input at its least and most, the others as they are: live, widest first as it stands now."""
    text = grid.text
    grid.words(0, text["sensitivity"], "title")
    grid.skip()
    grid.words(0, text["sensitivity_note"], "note")
    grid.skip(2)
    grid.head([text["benefit"], text["input"], text["low"], text["high"], text["npv_low"], text["npv_high"],
               text["swing"]], right=frozenset((2, 3, 4, 5, 6)))  # fmt: skip
    first = grid.row
    for line, one, low, high in () if facts.unknown_costs else _swings(facts, lines):
        grid.words(0, line.line.benefit.title)
        grid.words(1, one.label)
        ends = []
        for column, cell, value, npv in ((2, one.low, low[0], low[1]), (3, one.high, high[0], high[1])):
            bound = cell or one.value
            grid.formula(column, bound, value, "number")
            ends.append(grid.formula(column + 2, _shifted(line, one, bound, flow), npv, "money"))
        grid.formula(6, f"ABS({ends[1]}-{ends[0]})", abs(high[1] - low[1]), "money")
        grid.skip()
    if grid.row == first:
        grid.words(0, text["no_return" if facts.unknown_costs else "no_bounds"], "note")
        grid.skip()
        return
    grid.skip()
    _tornado(grid, first, grid.row - 2)


def _shifted(line: BenefitCells, one: InputCells, bound: str, flow: FlowCells) -> str:
    """NPV now, plus what the benefit changes by when one input stands at its bound."""
    cells = {each.name: (bound if each is one else each.value) for each in line.inputs}
    full = excel(line.expression, cells)
    shares = [f"{one}*{two}" for one, two in zip(line.ramp, line.covered, strict=True)] if line.covered else line.ramp
    weights = "+".join(f"{share}*{flow.factor[year]}" for year, share in enumerate(shares, 1))
    return f"{flow.net}+{line.counts}*({full}-{line.full})*{line.attribution}*(1-{line.risk})*({weights})"


def _swings(
    facts: RoiFacts, lines: Sequence[BenefitCells]
) -> list[tuple[BenefitCells, InputCells, tuple[Decimal, Decimal], tuple[Decimal, Decimal]]]:
    """Counted benefits' bounded inputs with (bound, NPV there) at both ends, widest first."""
    base = facts.outcome.result.npv if facts.outcome.result else _sum(facts)
    weights = factors(facts.ledger.rate, facts.ledger.years)
    found = []
    for line in lines:
        benefit = line.line.benefit
        if not benefit.counts:
            continue
        discounted = sum(
            (
                benefit.ramp[min(year, len(benefit.ramp) - 1)] * facts.ledger.share_of(year + 1) * weights[year + 1]
                for year in range(facts.ledger.years)
            ),
            ZERO,
        )
        unit = benefit.attribution * (1 - RISK[benefit.confidence]) * discounted
        for one, given in zip(line.inputs, benefit.inputs, strict=True):
            if given.low is None and given.high is None:
                continue
            ends = []
            for bound in (given.low, given.high):
                value = given.value if bound is None else bound
                changed = with_input(facts.ledger, benefit.id, given.name, value)
                moved = next(each for each in changed.benefits if each.id == benefit.id)
                full = evaluate(line.expression, {each.name: each.quantity() for each in moved.inputs}).value
                ends.append((value, base + (full - line.line.full_year) * unit))
            found.append((line, one, ends[0], ends[1]))
    return sorted(found, key=lambda row: -abs(row[3][1] - row[2][1]))


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
        {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#ECEAE5"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 90 + 40 * (last - first + 1)})
    grid.sheet.insert_chart(grid.row, 0, chart, {"description": grid.text["tornado"]})


def evidence(grid: Grid, facts: RoiFacts) -> None:
    """What proves each benefit, who agreed, where each figure is from."""
    text = grid.text
    grid.words(0, text["evidence"], "title")
    grid.skip(2)
    internal = facts.edition == "internal"
    heads = [text["benefit"], text["logic"], text["fact"], text["agreed"], text["proof"], text["date"]]
    grid.head([*heads, text["note"]] if internal else heads)
    for one in (*facts.outcome.proven, *facts.outcome.potential):
        words = facts.words[one.benefit.id]
        proofs = words.evidence or (("", text["no_proof"], None),)
        for place, (_kind, proof, day) in enumerate(proofs):
            if place == 0:
                grid.words(0, one.benefit.title, "bold")
                grid.words(1, _signed(text[f"logic_{one.benefit.logic}"], words.logic_by), "wrap")
                grid.words(2, _signed(text[f"fact_{one.benefit.fact}"], words.fact_by), "wrap")
                grid.words(3, words.agreed or text["not_agreed"])
                if internal:
                    grid.words(6, words.note, "note")
            grid.words(4, proof, "wrap")
            if day is not None:
                grid.sheet.write_datetime(grid.row, 5, day, grid.looks("date"))
            grid.skip()


def _signed(said: str, by: str) -> str:
    return f"{said}: {by}" if by else said


def definitions(grid: Grid, facts: RoiFacts) -> str:
    """How everything is computed; holds the discount rate, and returns its cell."""
    text = grid.text
    grid.words(0, text["definitions"], "title")
    grid.skip(2)
    grid.words(0, text["rate"], "label")
    rate = grid.number(1, facts.ledger.rate, "share", "input")
    grid.sheet.data_validation(
        grid.row, 1, grid.row, 1, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    )
    grid.book.define_name("discount_rate", f"={rate}")
    grid.skip(2)
    for key in (
        "define_present",
        "define_roi",
        "define_risk",
        "define_counts",
        "define_payback",
        "define_rounding",
    ):
        grid.sheet.merge_range(grid.row, 0, grid.row, 3, "", grid.looks("wrap"))
        grid.words(0, text[key], "wrap")
        grid.sheet.set_row(grid.row, 44)
        grid.skip()
    return rate


def _sum(facts: RoiFacts) -> Decimal:
    return sum((one.present for one in facts.outcome.proven), ZERO)


def _payback(facts: RoiFacts) -> Decimal | str:
    result = facts.outcome.result
    if result is None or result.payback is None:
        return facts.text["never"] if result else ZERO
    return result.payback
