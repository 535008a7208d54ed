"""Summary, evidence and definitions of the ROI workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.cash_flow import NEARLY, TIMES, ZERO, break_even, present_value
from cs_workbench.reports import figures
from cs_workbench.reports.roi.benefits import BenefitCells
from cs_workbench.reports.roi.cases import CaseCells
from cs_workbench.reports.roi.flows import FlowCells, paid_back
from cs_workbench.reports.roi.grid import Grid, put_chart

if TYPE_CHECKING:
    from cs_workbench.reports.roi.facts import RoiFacts


def summary(
    grid: Grid, facts: RoiFacts, flow: FlowCells, lines: Sequence[BenefitCells], cases: CaseCells | None
) -> None:
    """The figures first, then what counts and what does not; every figure points to its working."""
    text = grid.text
    grid.words(0, facts.account, "title")
    grid.skip()
    grid.words(0, facts.title, "label")
    grid.skip()
    grid.line(text["by"].format(sender=facts.sender, day=told_day(facts)), "note")
    grid.words(0, text["period"], "label")
    for column, day in ((1, facts.starts_on), (2, facts.ends_on)):
        grid.sheet.write_datetime(grid.row, column, day, grid.looks("date"))
    grid.skip()
    for told in facts.notices:
        grid.line(told, "note")
    grid.skip()
    if facts.edition == "internal":
        grid.words(0, text["internal_mark"], "warn")
        grid.skip(2)
    for key, formula, value, look in _figures(facts, flow, lines, cases):
        grid.words(0, text[key], "label")
        if facts.unknown_costs and key not in {"gross", "benefits_pv", "delay"}:
            grid.words(1, text["not_known"], "note")
            grid.skip()
            continue
        grid.formula(1, formula, value, "figure" if key in {"roi", "npv"} else "bold", look)
        grid.words(2, text[f"{key}_is"], "note")
        grid.book.define_name(f"result_{key}", f"={grid.ref(1)}")
        grid.skip()
    _gaps(grid, facts)
    grid.skip()
    _listed(grid, facts, lines)
    if not facts.unknown_costs:
        _chart(grid, facts, flow)


def told_day(facts: RoiFacts) -> str:
    """The day the figures are of, as the document's language writes it."""
    return figures.day(facts.as_of, facts.language, "medium").replace("\u00a0", " ")


def _figures(
    facts: RoiFacts, flow: FlowCells, lines: Sequence[BenefitCells], cases: CaseCells | None
) -> list[tuple[str, str, Decimal | str, str]]:
    """Key, live formula, the value it gives now, and look of every figure at the top."""
    outcome, result = facts.outcome, facts.outcome.result
    spent = f'IF(OR({flow.costs}=0,{flow.benefits}=0),"",{{}})'
    delay = "+".join(f"{one.counts}*{one.full}*{one.attribution}*(1-{one.risk})" for one in lines) or "0"
    gross = "+".join(_before_risk(one, flow) for one in lines) or "0"
    gained = result.benefits if result else _sum(facts)
    told = result if gained else None  # before anything counts a return would be −100%
    enough = break_even(result.costs, gained) if result and gained else ""
    share = f"{flow.costs}/{flow.benefits}"
    places = f"IF({share}>={TIMES},1,IF(ABS({flow.net})<{NEARLY}*{flow.costs},3,2))"
    rows: list[tuple[str, str, Decimal | str, str]] = [
        ("roi", spent.format(f"{flow.net}/{flow.costs}"), told.roi if told else "", "percent"),
        ("npv", flow.net, result.npv if result else gained, "money"),
        ("gross", gross, present_value(outcome.gross, facts.ledger.rate), "money"),
        ("benefits_pv", flow.benefits, gained, "money"),
        ("costs_pv", flow.costs, result.costs if result else ZERO, "money"),
        ("bcr", spent.format(f"{flow.benefits}/{flow.costs}"), told.bcr if told else "", "ratio"),
        ("enough", spent.format(f"ROUNDUP({share},{places})"), enough, "share"),
        ("payback", flow.payback, paid_back(facts), "months"),
    ]
    if outcome.delay or not outcome.proven:
        rows.append(("delay", f"({delay})/12", outcome.delay, "money"))
    if cases is not None:
        rows += [("worst", cases.worse, cases.low, "money"), ("best", cases.better, cases.high, "money")]
    return rows


def _before_risk(one: BenefitCells, flow: FlowCells) -> str:
    """The present value of a benefit before risk, where it counts."""
    years = "+".join(
        f"{one.worth(year)}*{share}*{flow.factor[year]}" for year, share in enumerate(one.shares(), 1)
    )
    return f"{one.counts}*{one.attribution}*({years})"


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
        {"num_format": "#,##0;−#,##0", "major_gridlines": {"visible": True, "line": {"color": "#ECEAE5"}}}
    )
    columns.set_size({"width": 640, "height": 300})
    put_chart(grid, columns, grid.text["chart"], 300)


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
                grid.words(1, _signed(text, f"logic_{one.benefit.logic}", words.logic_by), "wrap")
                grid.words(2, _signed(text, f"fact_{one.benefit.fact}", words.fact_by), "wrap")
                grid.words(3, words.agreed or text["not_agreed"])
                if internal:
                    grid.words(6, words.note, "note")
            grid.words(4, proof, "wrap")
            if day is not None:
                grid.sheet.write_datetime(grid.row, 5, day, grid.looks("date"))
            grid.skip()


def _signed(text: Mapping[str, str], said: str, by: str) -> str:
    return text["signed"].format(said=text[said], by=by) if by else text[said]


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
        grid.line(text[key], "wrap")
        grid.skip()
    if any(one.whole for one in facts.ledger.costs):
        grid.line(text["define_whole"], "wrap")
        grid.skip()
    return rate


def _sum(facts: RoiFacts) -> Decimal:
    return sum((one.present for one in facts.outcome.proven), ZERO)
