"""The ROI workbook: live formulas whose cached values are ours, native charts, nothing foreign, two editions."""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from cs_workbench.domain import sensitivity
from cs_workbench.domain.formula import parse
from cs_workbench.domain.value_ledger import (
    Benefit,
    Cost,
    Input,
    Ledger,
    Outcome,
    Past,
    compute,
    under_contract,
    with_input,
)
from cs_workbench.reports.blocks import Look
from cs_workbench.reports.roi import book
from cs_workbench.reports.roi.facts import LineWords, RoiFacts
from cs_workbench.reports.roi.grid import excel, letter
from cs_workbench.services.value_exports import TEXT, model_facts
from cs_workbench.services.value_words import CONFIDENCE, COST_KIND, FACT, LOGIC

DAY = dt.date(2026, 11, 24)
WORDS = {
    **TEXT, **CONFIDENCE, **COST_KIND,
    **{f"logic_{key}": words for key, words in LOGIC.items()},
    **{f"fact_{key}": words for key, words in FACT.items()},
}  # fmt: skip
HOSTILE = "=cmd|'/c calc'!A1"


def ledger(seed: int = 0) -> Ledger:
    """A ledger with three benefits and two costs, its figures drawn from *seed*."""
    draw = random.Random(seed)

    def amount(low: int, high: int) -> Decimal:
        return Decimal(draw.randint(low * 100, high * 100)) / 100

    users, price = amount(10, 200), amount(2000, 9000)
    time = Benefit(
        "1", "Time saved", "cost", "users × hours × (weeks − 2) × price × capture",
        (
            Input("users", users, "people", users / 2, users * 2, "mau", DAY),
            Input("hours", amount(1, 5), "hours/person/year"),
            Input("weeks", Decimal(48), ""),
            Input("price", price, "JPY/hour", None, price * 2),
            Input("capture", Decimal("0.5"), "%", Decimal("0.3"), Decimal("0.7")),
        ),
        "They work faster.", Decimal("0.8"), (Decimal("0.5"), Decimal(1)), "confirmed", agreed=True,
    )  # fmt: skip
    inverse = Benefit(
        "2", "Errors avoided", "cost", "(before - -now) * each / batch",
        (Input("before", amount(100, 900)), Input("now", amount(1, 90)), Input("each", amount(50, 90), "JPY"),
         Input("batch", Decimal(7), "", Decimal(5), Decimal(9))),
        confidence="measured", logic="accepted", fact="proved",
    )  # fmt: skip
    potential = Benefit("3", HOSTILE, "revenue", "gain", (Input("gain", amount(1, 9), "JPY"),))
    costs = (
        Cost("1", "Subscription", "subscription", (Decimal(0), *[amount(10_000, 900_000)] * 3), "measured"),
        Cost("2", "Set-up", "setup", (amount(1000, 90_000),), "estimate", HOSTILE),
    )
    return Ledger("JPY", 3, (time, inverse, potential), costs)


def aged(drawn: Ledger) -> Ledger:
    """The same with a first year half under contract, in which usage was less than today's."""
    first, second, *others = drawn.benefits
    cheap = tuple(replace(one, amounts=tuple(amount / 100 for amount in one.amounts)) for one in drawn.costs)
    covered = (Decimal("0.4"), Decimal(1), Decimal(1))
    hours = Cost("3", "Own hours", "internal", (Decimal(70), *[Decimal(900)] * 3), "estimate")
    users, batch = first.inputs[0].value, second.inputs[3].value
    past = (
        Past(Decimal(1), (("users", users * 2 / 3), ("capture", Decimal("0.4"))), Decimal("0.35")),
        Past(Decimal("0.3"), (("users", users / 4),)),
    )
    then = (Past(Decimal(1), (), Decimal(1)), Past(Decimal("0.6"), (("batch", batch + 1),), Decimal("0.2")))
    kept = (replace(first, past=past), replace(second, past=then), *others)
    return replace(
        drawn, benefits=kept, costs=(*cheap, under_contract(hours, covered)), covered=covered,
        under=(
            ((Decimal("0.1"), Decimal("0.2")), (Decimal("0.6"), Decimal("0.9"))),
            ((Decimal(0), Decimal(1)),), ((Decimal(0), Decimal(1)),),
        ),
    )  # fmt: skip


def adrift(drawn: Ledger) -> Ledger:
    """The same with figures beside their bounds, and a line whose worse ends give something back together."""
    first, second, *others = drawn.benefits
    users = replace(first.inputs[0], low=first.inputs[0].value * 2, high=first.inputs[0].value * 3)
    saved = Benefit(
        "4", "Rework", "cost", "each * (before - now)",
        (Input("each", Decimal(9000), "JPY", Decimal(2000), Decimal(9500)),
         Input("before", Decimal(40), "", Decimal(20), Decimal(30)),
         Input("now", Decimal(19), "", Decimal(15), Decimal(60))),
        confidence="measured", agreed=True,
    )  # fmt: skip
    moved = replace(first, inputs=(users, *first.inputs[1:]))
    return replace(drawn, benefits=(moved, second, saved, *others))


def facts(of: Ledger, **changes: Any) -> RoiFacts:
    words = {
        one.id: LineWords(
            {}, evidence=(("file", HOSTILE, DAY),), agreed="Ishii, 2026-11-20", note="SECRET NOTE"
        )
        for one in of.benefits
    }
    made = RoiFacts("アオバ & Co", "Tsumugi", "Value of 2027", "en", "internal", DAY, DAY, of, compute(of), words,
                    text=WORDS)  # fmt: skip
    return replace(made, **changes)


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def named(book_: openpyxl.Workbook, name: str) -> tuple[str, str]:
    sheet, cell = book_.defined_names[name].attr_text.split("!")
    return sheet.strip("'"), cell.replace("$", "")


@pytest.fixture(scope="module")
def content() -> bytes:
    return book.render(facts(ledger()), Look())


def test_seven_sheets_with_names_validated_inputs_and_print_set_up(content: bytes) -> None:
    found = opened(content)
    assert found.sheetnames == [
        "Summary",
        "Benefits",
        "Costs",
        "Cash flow",
        "Sensitivity",
        "Evidence",
        "Definitions",
    ]
    for sheet in found:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {None, 1, "1"}
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        assert sheet.oddFooter.right.text == "&P / &N"
    for name in ("Costs", "Cash flow", "Evidence"):
        assert found[name].print_title_rows == "$1:$3"
    assert {"discount_rate", "result_roi", "result_npv", "benefit_1_input_1"} <= set(found.defined_names)
    for name in ("Benefits", "Costs", "Definitions"):
        assert found[name].data_validations.dataValidation
    sheet, cell = named(found, "benefit_1_input_1")
    assert cell in {
        str(area) for one in found[sheet].data_validations.dataValidation for area in one.sqref.ranges
    }


def test_the_print_area_holds_every_cell_and_chart(content: bytes) -> None:
    for sheet in opened(content):
        last_column, last_row = range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))[2:]
        assert last_column is not None
        assert last_row is not None
        assert last_column >= sheet.max_column
        assert last_row >= sheet.max_row
        for chart in sheet._charts:
            assert chart.anchor.to.row < last_row
            assert chart.anchor.to.col < last_column


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [("en", "[$-409]d mmm yyyy", "12 Nov 2026"), ("ja", "yyyy/m/d", "2026/11/12")],
)
def test_days_are_written_as_the_language_writes_them(language: str, form: str, said: str) -> None:
    found = opened(book.render(facts(ledger(), language=language, as_of=dt.date(2026, 11, 12)), Look()))
    days = [
        cell
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, dt.date)
    ]
    assert days
    assert {cell.number_format for cell in days} == {form}
    assert said in str(found["Summary"]["A3"].value)
    assert said in str(found["Summary"].oddFooter.left.text)


def test_what_it_shows_is_what_the_ledger_says(content: bytes) -> None:
    outcome = compute(ledger())
    assert outcome.result is not None
    found = opened(content, values=True)
    for name, value in (
        ("roi", outcome.result.roi), ("npv", outcome.result.npv), ("benefits_pv", outcome.result.benefits),
        ("costs_pv", outcome.result.costs), ("bcr", outcome.result.bcr), ("delay", outcome.delay),
    ):  # fmt: skip
        sheet, cell = named(found, f"result_{name}")
        assert found[sheet][cell].value == pytest.approx(float(value))


def test_formulas_are_live_and_nothing_else_is_one(content: bytes) -> None:
    live = [
        cell
        for sheet in opened(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(live) > 60
    assert not any("cmd|" in str(cell.value) for cell in live)
    texts = [cell.value for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
    assert any(HOSTILE in str(text) for text in texts)


def test_charts_are_native_and_nothing_is_foreign(content: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = parts.namelist()
    assert len([name for name in names if name.startswith("xl/charts/chart")]) == 2
    assert not any("externalLink" in name or "vbaProject" in name or "media" in name for name in names)
    assert not any(b'TargetMode="External"' in parts.read(name) for name in names)


def test_the_customer_edition_holds_no_note() -> None:
    internal = book.render(facts(ledger()), Look())
    customer = book.render(facts(ledger(), edition="customer"), Look())

    def everything(content: bytes) -> bytes:
        parts = zipfile.ZipFile(io.BytesIO(content))
        return b"".join(parts.read(name) for name in parts.namelist())

    assert b"SECRET NOTE" in everything(internal)
    assert b"SECRET NOTE" not in everything(customer)
    assert b"Do not send" in everything(internal)
    assert b"Do not send" not in everything(customer)


def test_the_same_ledger_gives_the_same_bytes(content: bytes) -> None:
    assert book.render(facts(ledger()), Look()) == content


def test_without_costs_or_benefits_it_says_so_and_divides_by_nothing() -> None:
    bare = Ledger("JPY", 1, (), ())
    found = opened(book.render(facts(bare), Look()), values=True)
    sheet, cell = named(found, "result_roi")
    assert found[sheet][cell].value in {None, ""}


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(column: int, letters: str) -> None:
    assert letter(column) == letters


def test_a_formula_in_a_spreadsheet_s_words() -> None:
    assert excel(parse("a × (b − 2) ÷ -c"), {"a": "A1", "b": "B1", "c": "C1"}) == "((A1*(B1-2))/(-C1))"


def other_mean(made: openpyxl.Workbook, changed: Ledger) -> Ledger:
    """The mean of year 2's users set to 33, in the workbook and in the ledger."""
    label = WORDS["past_mean"].format(name="users", day="24 Nov 2026")
    (row,) = (cells for cells in made["Benefits"] if cells[0].value == label)
    assert (row[2].fill.fgColor.rgb, row[1].value, row[4].value) == ("FFFFF8E5", None, None)
    row[3].value = 33
    first, *others = changed.benefits
    earlier, later = first.past
    assert later is not None
    now = replace(first, past=(earlier, replace(later, means=(("users", Decimal(33)),))))
    return replace(changed, benefits=(now, *others))


def other_gap(made: openpyxl.Workbook, changed: Ledger) -> Ledger:
    """The share of the first year of the first line that nobody measured, set to a half in both."""
    rows = [cells for cells in made["Benefits"] if cells[0].value == WORDS["past_unread"]]
    assert [(row[2].value, row[3].value) for row in rows] == [(0.35, None), (1, 0.2)]
    assert rows[0][2].fill.fgColor.rgb == "FFFFF8E5"
    rows[0][2].value = 0.5
    first, *others = changed.benefits
    earlier, *later = first.past
    assert earlier is not None
    now = replace(first, past=(replace(earlier, unread=Decimal("0.5")), *later))
    return replace(changed, benefits=(now, *others))


def other_hours(made: openpyxl.Workbook, changed: Ledger) -> Ledger:
    """Whole years of own hours, and how much of the first one is under contract, set anew where they are tinted."""
    rows = {str(cells[0].value): cells for cells in made["Costs"]}
    whole = rows[WORDS["whole_years"].format(title="Own hours")]
    for cells, column, value in ((rows[WORDS["covered"]], 4, 0.7), (whole, 4, 1100), (whole, 6, 30)):
        assert cells[column].fill.fgColor.rgb == "FFFFF8E5"
        cells[column].value = value
    amounts = (Decimal(70), Decimal(1100) * Decimal("0.7"), Decimal(900), Decimal(30))
    *others, hours = changed.costs
    return replace(changed, costs=(*others, replace(hours, amounts=amounts)))


def test_a_figure_of_today_moves_only_what_is_to_come() -> None:
    """The first year of the first line is wholly behind: no formula of it looks at today's users."""
    drawn = aged(ledger(3))
    halved = with_input(drawn, "1", "users", drawn.benefits[0].inputs[0].value / 2)
    before, after = (compute(one).proven[0].adjusted for one in (drawn, halved))
    assert after[1] == before[1]
    assert 0 < after[2] < before[2]
    assert after[3] == pytest.approx(before[3] / 2)
    sheet = opened(book.render(facts(drawn), Look()))["Benefits"]
    full = next(row for row in sheet if row[0].value == WORDS["past_year"] and row[2].value)
    _name, cell = named(opened(book.render(facts(drawn), Look())), "benefit_1_input_1")
    assert f"${cell[0]}${cell[1:]}*" not in str(full[2].value)
    assert str(full[2].value).startswith("=")


def months(outcome: Outcome) -> Decimal | None:
    """Months until paid back, as the workbook tells them."""
    assert outcome.result is not None
    return None if outcome.result.payback is None else 12 * outcome.result.payback


@pytest.mark.parametrize("seed", [0, 3])
def test_payback_is_told_in_months(seed: int) -> None:
    """As on paper: 2.9 months, not 0.2 years; the row that finds it has the same unit."""
    drawn = aged(ledger(seed)) if seed == 3 else ledger(seed)
    back = months(compute(drawn))
    assert back is not None
    found = opened(book.render(facts(drawn), Look()), values=True)
    sheet, cell = named(found, "result_payback")
    assert found[sheet][cell].value == pytest.approx(float(back))
    assert found[sheet][cell].number_format == "0.0"
    rows = {row[0].value: row for row in found["Cash flow"].iter_rows(min_row=4) if row[0].value}
    assert rows["Payback (months)"][1].value == pytest.approx(float(back))
    (turned,) = (cell.value for cell in rows[WORDS["payback_row"]][1:] if isinstance(cell.value, float))
    assert turned == pytest.approx(float(back))


def test_the_cash_flow_names_its_currency_in_words() -> None:
    for language, word in (("en", "JPY"), ("ja", "円")):
        found = opened(book.render(facts(ledger(), language=language), Look()))
        assert word in {row[0].value for row in found["Cash flow"].iter_rows(max_row=6)}


def test_bounds_of_a_share_are_told_as_shares() -> None:
    page = opened(book.render(facts(ledger()), Look()))["Sensitivity"]
    (line,) = (line for line in page.iter_rows(min_row=5) if line[1].value == "capture")
    assert {cell.number_format for cell in line[2:4]} == {"0.0%;−0.0%"}


def test_a_whole_figure_has_no_decimal_point_and_a_changed_one_its_decimals() -> None:
    drawn = ledger()
    users = replace(drawn.benefits[0].inputs[0], value=Decimal(123), low=Decimal("12.5"))
    first = replace(drawn.benefits[0], inputs=(users, *drawn.benefits[0].inputs[1:]))
    made = opened(book.render(facts(replace(drawn, benefits=(first, *drawn.benefits[1:]))), Look()))
    sheet, cell = named(made, "benefit_1_input_1")
    page = made[sheet]
    low = page[cell].offset(column=2)
    assert (page[cell].number_format, low.number_format) == ("#,##0;−#,##0", "#,##0.####;−#,##0.####")
    rules = {str(one.sqref): one.rules[0] for one in page.conditional_formatting}
    for at, sign, other in ((cell, "<>", low.number_format), (low.coordinate, "=", page[cell].number_format)):
        fixed = "$" + at[0] + "$" + at[1:]
        assert rules[at].formula == [f"ROUND({fixed},4){sign}ROUND({fixed},0)"]
        assert rules[at].dxf.numFmt.formatCode == other


@pytest.mark.parametrize("seed", range(6))
def test_what_the_cases_show_is_what_the_ledger_says(seed: int) -> None:
    """The worse end is never better than the estimate, nor than one input alone, wherever the bounds lie."""
    drawn = adrift(aged(ledger(seed)) if seed % 2 else ledger(seed))
    found = opened(book.render(facts(drawn), Look()), values=True)
    shown = {}
    for name, which in (("worst", "low"), ("npv", "base"), ("best", "high")):
        sheet, cell = named(found, f"result_{name}")
        shown[name] = found[sheet][cell].value
        end = sensitivity.npv(sensitivity.case(drawn, "low" if which == "low" else "high"))
        assert which == "base" or shown[name] == pytest.approx(float(end))
    swings = {one.name for one in sensitivity.tornado(drawn)}
    rows = [row for row in found["Sensitivity"].iter_rows(min_row=5) if row[1].value in swings]
    nets = [cell.value for row in rows for cell in row[4:6]]
    assert len(nets) == 2 * len(sensitivity.tornado(drawn))
    assert shown["worst"] <= min(nets) <= shown["npv"] <= max(nets) <= shown["best"]


@pytest.mark.parametrize("seed", range(5))
def test_a_spreadsheet_recomputes_to_our_figures_also_with_other_inputs(seed: int, tmp_path: Path) -> None:
    """LibreOffice computes every formula anew; the workbook's inputs are changed first."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: only it can recompute a workbook without a screen")
    drawn = aged(ledger(seed)) if seed == 3 else adrift(ledger(seed)) if seed == 4 else ledger(seed)
    changed = with_input(with_input(drawn, "1", "users", Decimal(77)), "2", "each", Decimal("123.5"))
    made = opened(book.render(facts(drawn), Look()))
    for name, value in (("benefit_1_input_1", 77), ("benefit_2_input_3", 123.5)):
        sheet, cell = named(made, name)
        made[sheet][cell].value = value
    changed = other_gap(made, other_hours(made, other_mean(made, changed))) if seed == 3 else changed
    made.save(tmp_path / "changed.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
               str(tmp_path / "out"), str(tmp_path / "changed.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = openpyxl.load_workbook(tmp_path / "out" / "changed.xlsx", data_only=True)
    outcome = compute(changed)
    assert outcome.result is not None
    for name, value in (("roi", outcome.result.roi), ("npv", outcome.result.npv), ("payback", months(outcome)),
                        ("benefits_pv", outcome.result.benefits), ("delay", outcome.delay)):  # fmt: skip
        sheet, cell = named(found, f"result_{name}")
        shown = found[sheet][cell].value
        assert shown == WORDS["never"] if value is None else shown == pytest.approx(float(value), rel=1e-9)
    for name, which in (("worst", "low"), ("best", "high")):
        sheet, cell = named(found, f"result_{name}")
        end = sensitivity.npv(sensitivity.case(changed, "low" if which == "low" else "high"))
        assert found[sheet][cell].value == pytest.approx(float(end), rel=1e-9)
    swings = {one.name: one for one in sensitivity.tornado(changed)}
    rows = {row[1].value: row for row in found["Sensitivity"].iter_rows(min_row=5) if row[1].value in swings}
    assert set(rows) == set(swings)
    for name, row in rows.items():
        assert row[5].value == pytest.approx(float(swings[name].npv_high), rel=1e-9)
        assert row[4].value == pytest.approx(float(swings[name].npv_low), rel=1e-9)


def test_an_unknown_cost_leaves_no_net_on_the_cash_flow() -> None:
    found = opened(book.render(facts(ledger(), unknown_costs=(("Licence", "no rate"),)), Look()), values=True)
    rows = {row[0].value: row for row in found["Cash flow"].iter_rows(min_row=4) if row[0].value}
    for key in ("net", "cumulated", "payback"):
        assert [cell.value for cell in rows[WORDS[key]][1:] if cell.value is not None] == [WORDS["not_known"]]
    last = len(rows[WORDS["benefits"]]) - 1
    assert isinstance(rows[WORDS["benefits"]][last].value, float)
    assert rows[WORDS["costs"]][last].value is None
    sheet, cell = named(found, "result_benefits_pv")
    assert isinstance(found[sheet][cell].value, float)


def test_bounds_of_a_line_that_is_only_potential_wait_for_its_switch() -> None:
    drawn = ledger()
    gain = replace(drawn.benefits[2].inputs[0], low=Decimal(1), high=Decimal(20))
    waiting = replace(drawn.benefits[2], inputs=(gain,))
    content = book.render(facts(replace(drawn, benefits=(*drawn.benefits[:2], waiting))), Look())
    live, values = (opened(content, values=flag)["Sensitivity"] for flag in (False, True))
    (row,) = (cell.row for (cell,) in values["B1:B30"] if cell.value == "gain")
    assert (
        values.cell(row, 5).value == values.cell(row, 6).value == pytest.approx(float(sensitivity.npv(drawn)))
    )
    assert values.cell(row, 7).value == 0
    assert "!$B$" in live.cell(row, 5).value or "!B" in live.cell(row, 5).value
    only = replace(drawn, benefits=(waiting,))
    assert "gain" in {
        cell.value for (cell,) in opened(book.render(facts(only), Look()))["Sensitivity"]["B1:B30"]
    }


@pytest.mark.parametrize(("language", "name"), [("ja", "2026年度の価値"), ("en", "Value 2026")])
def test_the_title_is_the_ledger_s_own_name(language: str, name: str) -> None:
    made, _case = model_facts(ledger(), name, as_of=DAY, language=language, edition="customer")
    assert made.title == name
    assert name in {cell.value for cell in opened(book.render(made, Look())).worksheets[0]["A"]}
