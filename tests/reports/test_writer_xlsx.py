"""XLSX writer of documents: a sheet a message, figures as numbers, native charts, words that never run."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from cs_workbench import paths
from cs_workbench.reports import blocks as b
from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader
from cs_workbench.reports.blocks import Look
from cs_workbench.reports.edition import EDITIONS, Edition
from cs_workbench.reports.engine import Engine, Sources
from cs_workbench.reports.sections import sections
from cs_workbench.reports.sheet_figures import figure_format
from cs_workbench.reports.sheet_pages import page_breaks
from cs_workbench.reports.writers import xlsx
from tests.reports import sample_document as sample
from tests.reports.examples import EXAMPLES

Language = Literal["en", "ja"]
TEMPLATES = sorted(os.listdir(paths.templates_root()))


def opened(content: bytes, *, values: bool = False) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def parts(content: bytes) -> dict[str, str]:
    """Every part as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def values(sheet: Any) -> list[Any]:
    """What stands in the cells."""
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def book(*blocks: b.Block, language: Language = "en", **more: Any) -> bytes:
    """A workbook of one section with these blocks."""
    heading = b.Heading(1, (b.Run("The message"),), (b.Run("Below it"),))
    document = b.Document(
        "Title", "Sender", language, "customer", None, (heading, *blocks), labels=sample.LABELS[language]
    )
    return xlsx.render(replace(document, **more), Look())


def figure(text: str, value: str, fmt: str = "num") -> b.Run:
    """A figure as a filter writes it."""
    return b.Run(text, value=Decimal(value), fmt=fmt)


@pytest.fixture(scope="module")
def internal_ja() -> bytes:
    """The internal Japanese briefing."""
    return xlsx.render(sample.briefing("ja", "internal"), Look())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("example", list(EXAMPLES))
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_a_workbook(template: str, example: str, language: str, edition: Edition) -> None:
    found = loader.load(template)
    manifest = found.manifest
    engine = Engine(Sources(manifest.entry[language], found.files, language, manifest.labels[language]))
    document = engine.document(editions.context(EXAMPLES[example](), edition), edition)
    workbook = opened(xlsx.render(document, Look()), values=True)
    assert len(workbook.sheetnames) == len(sections(document)) + (document.cover is not None)
    figures = [
        run.value
        for block in document.blocks
        if isinstance(block, b.Table)
        for row in block.rows
        for cell in row
        for run in cell
        if run.value is not None and len([one for one in cell if one.text.strip()]) == 1
    ]
    numbers = [value for sheet in workbook for value in values(sheet) if isinstance(value, int | float)]
    for value in figures:
        assert any(abs(float(value) - number) < 1e-9 * max(abs(number), 1) for number in numbers), value


def test_the_same_document_gives_the_same_bytes(internal_ja: bytes) -> None:
    assert xlsx.render(sample.briefing("ja", "internal"), Look()) == internal_ja


def test_a_sheet_a_message(internal_ja: bytes) -> None:
    workbook = opened(internal_ja)
    assert len(workbook.sheetnames) == 6
    assert workbook.sheetnames[1].startswith("1 第1ラインの手直し")
    for sheet in workbook:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize in (9, "9")
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        assert not sheet.sheet_view.showGridLines
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "A3"
        assert sheet.print_title_rows == "$1:$2"


@pytest.mark.parametrize(
    ("message", "tab"),
    [
        ("Use grew from 97 to 109 people a month", "1 Use grew from 97 to 109"),
        ("$343K of value over 3 years for $255K", "1 $343K of value over 3 years"),
        ("A net of all these years: $255,400 of it", "1 A net of all these years"),
        (
            "3年間の費用1,652万円に対し、価値は1,594万円。58.4万円足りません",
            "1 3年間の費用1,652万円に対し、価値は1,594万円",
        ),
        ("Everything you told us", "1 Everything you told us"),
        ("x" * 60, "1 " + "x" * 29),
    ],
)
def test_a_tab_that_has_no_name_of_its_own_ends_with_a_whole_word_and_figure(message: str, tab: str) -> None:
    heading = b.Heading(1, (b.Run(message),))
    document = b.Document("Title", "Sender", "en", "customer", None, (heading, b.Paragraph((b.Run("w"),))))
    assert opened(xlsx.render(document, Look())).sheetnames == [tab]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("example", list(EXAMPLES))
@pytest.mark.parametrize("template", ["renewal_briefing", "success_plan"])
def test_tabs_are_called_as_their_sections(
    template: str, example: str, language: str, edition: Edition
) -> None:
    """Value, Use, Support …: never a message that is cut; numbered, so that no two are the same."""
    found = loader.load(template)
    manifest = found.manifest
    engine = Engine(Sources(manifest.entry[language], found.files, language, manifest.labels[language]))
    document = engine.document(editions.context(EXAMPLES[example](), edition), edition)
    heads = [one for one in document.blocks if isinstance(one, b.Heading) and one.level == 1]
    assert heads
    assert all(one.tab for one in heads)
    assert not any(key.startswith("tab_") for key in document.labels)
    names = opened(xlsx.render(document, Look())).sheetnames[document.cover is not None :]
    assert names == [f"{number} {one.tab}" for number, one in enumerate(heads, 1)]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 31


def test_the_message_subtitle_and_sources_stand_on_the_sheet() -> None:
    content = book(b.Paragraph((b.Run("words"),)), b.Sources((b.Run("usage.csv"),)))
    assert values(opened(content).worksheets[0]) == ["The message", "Below it", "words", "Sources: usage.csv"]


@pytest.mark.parametrize(
    ("run", "form"),
    [
        (figure("¥6.5M", "6500000", "money"), '"¥"#,##0;−"¥"#,##0'),
        (figure("¥1,234.50", "1234.5", "money"), '"¥"#,##0.00;−"¥"#,##0.00'),
        (figure("US$\u00a012K", "12000", "money"), '"US$"#,##0;−"US$"#,##0'),
        (figure("1億6,688万円", "166880000", "money"), '#,##0"円";−#,##0"円"'),
        (figure("−650万円", "-6500000", "money"), '#,##0"円";−#,##0"円"'),
        (figure("37%", "0.37", "pct"), "0%;−0%"),
        (figure("37.5%", "0.375", "pct"), "0.0%;−0.0%"),
        (figure("58名", "58"), '#,##0"名";−#,##0"名"'),
        (figure("1.25", "1.25"), "#,##0.00;−#,##0.00"),
        (figure("1,200", "1200"), "#,##0;−#,##0"),
        (figure('5 "x"\\', "5"), '#,##0" x";−#,##0" x"'),
        (figure("–", "5"), "General"),
        (b.Run("x"), "General"),
        (figure("23,712,034", "23712034.2599"), "#,##0;−#,##0"),
        (figure("$83.4K", "83413.8", "money"), '"$"#,##0;−"$"#,##0'),
        (figure("CHF\u00a01.2M", "1234567.89", "money"), '"CHF"#,##0;−"CHF"#,##0'),
        (figure("12 per 100 users", "12"), '#,##0" per 100 users";−#,##0" per 100 users"'),
        (figure("+20%", "0.2", "pct"), "+0%;−0%"),
        (figure("1,021%", "10.21", "pct"), "#,##0%;−#,##0%"),
    ],
)
def test_figures_print_as_in_the_document(run: b.Run, form: str) -> None:
    assert figure_format(run) == form


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_figure_of_a_pack_shows_more_decimals_than_its_page(language: str, edition: Edition) -> None:
    seen = set()
    for example in EXAMPLES:
        for template in TEMPLATES:
            found = loader.load(template)
            entry, labels = found.manifest.entry[language], found.manifest.labels[language]
            engine = Engine(Sources(entry, found.files, language, labels))
            document = engine.document(editions.context(EXAMPLES[example](), edition), edition)
            for run in figures_of(document.blocks):
                form = figure_format(run).partition(";")[0]
                printed = max(len(places) for places in re.findall(r"\d(?:\.(\d+))?(?=[^\d.]|$)", run.text))
                shown = len(re.sub(r'"[^"]*"', "", form).partition(".")[2].strip("%"))
                assert shown <= printed, (run.text, form)
                assert form.endswith("%") == (run.fmt == "pct"), (run.text, form)
                seen.add(run.fmt)
    assert {"money", "pct", "num"} <= seen


def figures_of(thing: Any) -> list[b.Run]:
    """Every figure anywhere in blocks."""
    if isinstance(thing, b.Run):
        return [thing] if thing.value is not None and re.search(r"\d", thing.text) else []
    if isinstance(thing, tuple | list):
        return [run for one in thing for run in figures_of(one)]
    names = getattr(type(thing), "__dataclass_fields__", {})
    return [run for name in names for run in figures_of(getattr(thing, name))]


def test_totals_are_live_sums_and_signs_belong_to_their_figures() -> None:
    def row(name: str, amount: str, share: str = "", *, bold: bool = False) -> tuple[b.Runs, ...]:
        sign = ((b.Run("−"), figure("20%", share, "pct")),) if share else ((),)
        return ((b.Run(name, bold=bold),), (figure(amount, amount),), *sign)

    rows = (
        row("a", "1.25", "0.2"),
        row("b", "2"),
        row("Sum", "3.25", bold=True),
        row("c", "7"),
        row("All", "7"),
    )
    table = b.Table((b.Column(), b.Column("right"), b.Column("right")), (), rows, total=True)
    content = book(table)
    live, cached = opened(content).worksheets[0], opened(content, values=True).worksheets[0]
    assert [live[f"B{at}"].value for at in range(4, 9)] == [1.25, 2, "=SUM(B4:B5)", 7, "=SUM(B7)"]
    assert [cached[f"B{at}"].value for at in range(4, 9)] == [1.25, 2, 3.25, 7, 7]
    assert (live["C4"].value, live["C4"].number_format) == (-0.2, "0%;−0%")
    wrong = replace(table, rows=(*rows[:2], row("Sum", "3", bold=True)))
    assert opened(book(wrong)).worksheets[0]["B6"].value == 3, "what is no sum stays a figure"


def test_percents_of_a_chart_are_shares_in_the_page_s_decimals_and_stand_once() -> None:
    data = b.ChartData(
        "hbar", ("A", "B"), (b.Series("Share", (34.7165, 4.25)),), unit="%", labels=("35%", "4%")
    )
    sheet = opened(book(b.Chart(data, "T", "", ""))).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, float)]
    assert [cell.value for cell in cells] == pytest.approx([0.347165, 0.0425])
    assert {cell.number_format.partition(";")[0] for cell in cells} <= {"0%", "#,##0%"}
    assert "35%" not in values(sheet)


def test_steps_of_a_waterfall_stand_right_of_what_is_printed() -> None:
    data = b.ChartData("waterfall", ("In", "Out", "Net"), (b.Series("USD", (5.0, -2.0, 3.0)),), totals=(0, 2))
    sheet = opened(book(b.Chart(data, "T", "", ""))).worksheets[0]
    last = range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))[2]
    live = [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert live
    assert last is not None
    assert all(cell.column > last for cell in live)
    assert all(chart.anchor._from.col < last for chart in sheet._charts)


def test_a_page_ends_before_a_chart_it_would_cut() -> None:
    heights = [15.0] * 40
    assert page_breaks(heights, 300.0) == [20]
    assert page_breaks(heights, 300.0, whole=((15, 25),)) == [15, 35]
    assert page_breaks(heights, 300.0, repeated=2, whole=((15, 25),)) == [15, 33]
    assert page_breaks(heights, 600.0, breaks=(10,)) == [10]
    assert page_breaks(heights, 300.0, whole=((5, 39),)) == [20], "what no page holds is cut after all"


def test_a_figure_is_a_number_in_its_format() -> None:
    row = ((b.Run("Users"),), (figure("¥6.5M", "6500000", "money"),), (b.Run("about "), figure("5", "5")))
    table = b.Table(
        (b.Column(), b.Column("right"), b.Column()), ((b.Run("a"),), (b.Run("b"),), ()), (row,), total=True
    )
    sheet = opened(book(table)).worksheets[0]
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == 6500000]
    assert cell.number_format == '"¥"#,##0;−"¥"#,##0'
    assert cell.font.b
    assert "about 5" in values(sheet)


def test_metrics_are_rows() -> None:
    metric = b.Metric("Rework", (figure("19", "19"),), (figure("46", "46"),), "a month", (b.Run("reached"),),
                      (b.Run("confirmed"),), "green")  # fmt: skip
    assert values(opened(book(b.Metrics((metric,)))).worksheets[0])[2:] == [
        "Rework", 46, 19, "a month", "● reached — confirmed"]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "stacked", "native"),
    [
        ("line", False, "LineChart"),
        ("bar", False, "BarChart"),
        ("bar", True, "BarChart"),
        ("hbar", False, "BarChart"),
    ],
)
def test_a_chart_is_native_beside_its_figures(kind: Any, stacked: bool, native: str) -> None:
    data = b.ChartData(kind, ("Jan", "Feb", "Mar"), (b.Series("A", (1.0, None, 3.5)), b.Series("B", (2.0, 2.0, 2.0))),
                       events=(b.Event(1, "Training"),), stacked=stacked)  # fmt: skip
    content = book(b.Chart(data, "Title", "Definition", "In words"))
    sheet = opened(content).worksheets[0]
    assert values(sheet)[2:] == [
        "Title",
        "Definition",
        "A",
        "B",
        "Jan",
        1,
        2,
        "Feb",
        2,
        "Training",
        "Mar",
        3.5,
        2,
    ]
    (chart,) = sheet._charts
    assert type(chart).__name__ == native
    assert len(chart.series) == 2
    everything = parts(content)
    assert "dispBlanksAs" not in everything["xl/charts/chart1.xml"], (
        "a gap is what Excel draws unless told otherwise"
    )
    assert 'descr="In words"' in everything["xl/drawings/drawing1.xml"]


def test_a_limit_among_bars_is_a_line() -> None:
    data = b.ChartData("bar", ("Jan", "Feb"), (b.Series("A", (1.0, 2.0)), b.Series("B", (2.0, 2.0), "limit")))
    content = parts(book(b.Chart(data, "T", "", "")))
    assert "<c:lineChart>" in content["xl/charts/chart1.xml"]
    assert "<c:barChart>" in content["xl/charts/chart1.xml"]


def test_nothing_measured_makes_no_chart_and_no_zero() -> None:
    data = b.ChartData("line", ("Jan", "Feb"), (b.Series("A", (None, None)),))
    sheet = opened(
        book(b.Chart(data, "T", "", ""), b.Chart(b.ChartData("bar", (), ()), "E", "", ""))
    ).worksheets[0]
    assert not sheet._charts
    assert 0 not in values(sheet)
    assert "not measured" in values(sheet)


def test_every_kind_of_block_has_its_cells() -> None:
    content = book(
        b.Heading(2, (b.Run("Section"),), (b.Run("sub"),)),
        b.Quote((b.Run("said"),), (b.Run("by her"),)),
        b.Missing("API", "which?"),
        b.Fill(("Signed",), 2),
        b.PageBreak(),
        b.BulletList(((b.Paragraph((b.Run("item"),)), b.Paragraph((b.Run("more"),))),), ordered=True),
        b.Card((b.Paragraph((b.Run("inside"),)),), "Card", "red"),
        b.Columns((1, 1), ((b.Paragraph((b.Run("left"),)),), (b.Paragraph((b.Run("right"),)),))),
        b.Cells((("Data", (b.Run("58"),)),)),
        b.Decision("Asked", (b.Run("Start"),), (b.Run("Friday"),)),
        b.Timeline((b.Milestone(0.5, "Middle"),), (), "in words"),
    )
    sheet = opened(content).worksheets[0]
    assert values(sheet)[2:] == [
        "Section", "sub", "said", "by her", "not measured", "API We would like to ask: which?", "Signed",
        "1. item", "more",
        "◆ Card", "inside", "left", "right", "Data", "58", "Asked", "Start", "Friday", "Middle", "in words",
    ]  # fmt: skip
    assert len(sheet.row_breaks.brk) == 1


def test_words_never_run_and_point_nowhere() -> None:
    evil = ("=cmd|'/C calc'!A0", "http://evil.example", "+1", "@SUM(1)", "{=1}", "'=1")
    content = book(
        *(b.Paragraph((b.Run(one),)) for one in evil),
        b.Table((b.Column(),) * 6, (), (tuple((b.Run(one),) for one in evil),)),
        b.Chart(b.ChartData("bar", evil, (b.Series("=1+1", (1.0,) * 6),)), "=T", "=S", "=A"),
        title="=1+1&P",
        sender="=1&D",
    )
    everything = parts(content)
    sheets = "".join(text for name, text in everything.items() if name.startswith("xl/worksheets/"))
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    assert 'TargetMode="External"' not in "".join(everything.values())
    assert set(evil) <= set(values(opened(content).worksheets[0]))


def test_the_internal_edition_is_marked_on_every_sheet(internal_ja: bytes) -> None:
    for sheet in opened(internal_ja):
        assert sheet["A1"].value == "社内限・送付禁止"
        assert "社内限・送付禁止" in sheet.oddHeader.right.text
    text = "".join(parts(internal_ja).values())
    assert "石井様から話していただく。" in text
    assert "測定 #2214" in text


def test_the_customer_edition_holds_no_internal_word() -> None:
    document = replace(sample.briefing("ja", "internal"), edition="customer", internal_mark="", notes=())
    text = "".join(parts(xlsx.render(document, Look())).values())
    for secret in ("社内限", "#2214", "石井様から話していただく"):
        assert secret not in text


def test_names_of_sheets_are_free_and_safe() -> None:
    blocks = tuple(b.Heading(1, (b.Run(name),)) for name in ("a/b:c*?[x]\\", "'q'", "", "x" * 80, "History"))
    names = opened(book(*blocks)).sheetnames
    assert len(set(names)) == 6
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert xlsx.render(sample.briefing("en", "customer"), Look())


def test_properties_hold_no_moment(internal_ja: bytes) -> None:
    core = parts(internal_ja)["docProps/core.xml"]
    assert "2000-01-01T00:00:00Z" in core
    assert not re.search(r"20[12]\d-", core)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("kind", ["all_missing", "bursting"])
def test_empty_and_overfull_documents_open(kind: str, language: Language) -> None:
    assert opened(xlsx.render(getattr(sample, kind)(language), Look())).worksheets


def test_a_document_without_anything_opens() -> None:
    bare = replace(sample.all_missing("en"), blocks=(), cover=None)
    assert len(opened(xlsx.render(bare, Look())).worksheets) == 1


def test_write_puts_the_file_in_place(tmp_path: Any) -> None:
    target = tmp_path / "a.xlsx"
    xlsx.write(sample.all_missing("en"), Look(), str(target))
    assert target.read_bytes()[:2] == b"PK"
