"""What stays together on paper, what a file says of itself, and that no page holds notes only."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import docx as word_files
import pptx as slide_files
import pytest

from cs_workbench.charts.tornado import _lines as tornado_lines
from cs_workbench.reports import blocks as b
from cs_workbench.reports.linebreaks import held, pieces
from cs_workbench.reports.press import press_data
from cs_workbench.reports.sections import column_widths
from cs_workbench.reports.writers import docx, md, pdf, pptx, xlsx


def document(*blocks: b.Block, **more: object) -> b.Document:
    return b.Document("Title", "Sender", "en", "internal", None, blocks, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("at their worse end: −$129K net", "en", "−$129K"),
        ("more critics than promoters: NPS −100", "en", "NPS −100"),
        ("合意済み（渡邊 浩司様）", "ja", "渡邊 浩司様"),
        ("純価値は−615万円です", "ja", "−615万円"),
    ],
)
def test_a_minus_stays_with_its_figure_and_a_name_with_itself(text: str, language: str, kept: str) -> None:
    assert kept in [piece.text.rstrip("）") for piece in pieces(text, language) if piece.kept]
    assert "".join(piece.text for piece in pieces(text, language)) == text


def test_programs_get_a_space_they_do_not_break_at() -> None:
    assert held("星野 佳代様〇、NPS −100") == "星野\u00a0佳代様〇、NPS\u00a0−100"
    assert held("plain words 12") == "plain words 12"


def test_the_range_of_a_tornado_label_stands_whole() -> None:
    assert (
        tornado_lines("手直し件数（現在） 15–25", 8.0, 60.0, 2) == ("手直し件…", "15–25")
        or tornado_lines("手直し件数（現在） 15–25", 8.0, 60.0, 2)[1] == "15–25"
    )
    assert tornado_lines("手直し件数（現在） 15–25", 8.0, 60.0, 1)[0].endswith(" 15–25")
    assert tornado_lines("a 1–2", 8.0, 200.0, 2) == ("a 1–2",)


def test_neighbours_in_bold_are_one_in_markdown() -> None:
    runs = (b.Run("123名", bold=True), b.Run("以上", bold=True), b.Run("です"))
    assert "**123名以上**です" in md.render(document(b.Paragraph(runs)), b.Look()).replace("\\", "")


@pytest.mark.parametrize("writer", [docx, pptx, xlsx])
def test_a_file_is_of_the_day_its_figures_are_of(writer: object) -> None:
    made = document(b.Heading(1, (b.Run("M"),)), as_of=dt.date(2026, 11, 22))
    package = zipfile.ZipFile(io.BytesIO(writer.render(made, b.Look())))  # type: ignore[attr-defined]
    core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2026-11-22T"}
    assert "python" not in core
    if writer is not xlsx:
        app = package.read("docProps/app.xml").decode()
        assert "CS Workbench" in app
        assert "Macintosh" not in app


def test_office_files_open_with_our_properties() -> None:
    made = document(b.Heading(1, (b.Run("M"),)))
    assert slide_files.Presentation(io.BytesIO(pptx.render(made, b.Look()))).core_properties.comments == ""
    assert word_files.Document(io.BytesIO(docx.render(made, b.Look()))).core_properties.created.year == 2000


@pytest.mark.parametrize("filling", range(24, 44))
def test_no_page_holds_notes_only(filling: int) -> None:
    body = [b.Paragraph((b.Run(f"Line {n} of the page"),)) for n in range(filling)]
    noted = b.Paragraph((b.Run("The last words", note="1"),))
    made = document(
        b.Heading(1, (b.Run("M"),)), *body, noted, notes=(b.Footnote("1", (b.Run("Survey answer #9"),)),)
    )
    last = press_data(made, b.Look())["sections"][0]["blocks"]
    assert [one["kind"] for one in last[-2:]] == ["paragraph", "notes"]
    assert last[-2]["sticky"] is True
    assert pdf.render(made, b.Look()).startswith(b"%PDF")


def test_a_wide_table_is_shared_out_by_what_it_holds() -> None:
    long = "a formula of many words that takes its room " * 3
    row = tuple((b.Run(text),) for text in ("Name", long, "1", "2", "3"))
    table = b.Table(tuple(b.Column("left", 1.0) for _ in row), (), (row,) * 3)
    widths = column_widths(table, 500.0, 8.5, 10.0)
    assert sum(widths) == pytest.approx(500.0)
    assert widths[1] == max(widths) > 200.0
    few = b.Table(table.columns[:3], (), tuple(one[:3] for one in table.rows))
    assert len(set(map(round, column_widths(few, 500.0, 8.5, 10.0)))) == 1


def test_a_date_held_together_is_as_wide_as_it_is() -> None:
    row = ((b.Run("words " * 40),), (b.Run("23\u00a0Oct\u00a02026"),))
    table = b.Table((b.Column("left", 12.0), b.Column("left", 0.4)), (), (row,))
    assert column_widths(table, 300.0, 8.5, 10.0)[1] > 45.0
