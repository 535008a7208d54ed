"""A dense document in Word is set as close as its pages ask; key figures of a row share one size."""

from __future__ import annotations

import io
from dataclasses import replace

import docx as word_files
import pytest
from docx.enum.text import WD_LINE_SPACING

from cs_workbench.reports import blocks as b
from cs_workbench.reports import word_fit
from cs_workbench.reports.sections import sections
from cs_workbench.reports.word_styles import STYLES, close
from cs_workbench.reports.writers import docx

from . import sample_document

COLUMNS = (b.Column("left", 3.0), b.Column("right", 1.0))
CELLS = b.Cells((("Data", (b.Run("word " * 20),)), ("Means", (b.Run("B"),))))
METRICS = b.Metrics((
    b.Metric("Net value", (b.Run("8.8万米ドル"),)),
    b.Metric("ROI", (b.Run("34%"),), status=(b.Run("net value"),)),
    b.Metric("Payback", (b.Run("2.6"),), unit="months", note=(b.Run("a note"),)),
    b.Metric("Break-even", (b.Run("74%"),), before=(b.Run("70%"),)),
))  # fmt: skip


def page(rows: int, *, dense: bool = True) -> b.Document:
    """A dense page with a table of so many rows of two lines."""
    words = (b.Run("What it is made of\nand how it works"),)
    table = b.Table(COLUMNS, ((b.Run("Benefit"),), (b.Run("A year"),)), ((words, (b.Run("1,000"),)),) * rows)
    blocks = (b.Heading(1, (b.Run("The message"),)), b.Paragraph((b.Run("Over three years."),)), METRICS,
              b.Heading(2, (b.Run("Where from"),)), table, CELLS, b.Paragraph((b.Run("small " * 90),), small=True),
              b.Missing("A figure", "Which?"), b.BulletList((((b.Paragraph((b.Run("item"),))),),)))  # fmt: skip
    return b.Document("ROI", "Us", "en", "customer", None, blocks, dense=dense)


def test_only_a_dense_document_is_set_close() -> None:
    assert word_fit.closeness(page(60, dense=False)) == 1.0
    assert word_fit.closeness(page(2)) == 1.0


def test_the_more_it_holds_the_closer_it_stands() -> None:
    found = [word_fit.closeness(page(rows)) for rows in range(2, 30)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) > 3
    assert found[-1] == 0.75


@pytest.mark.parametrize("rows", [4, 12, 16])
def test_the_chosen_closeness_is_the_first_that_fits(rows: int) -> None:
    step = word_fit.closeness(page(rows))
    (section,) = sections(page(rows))
    assert word_fit._Fit(step).page(section) <= word_fit._PAGE
    assert step == 1.0 or word_fit._Fit(step + 0.05).page(section) > word_fit._PAGE


def test_every_kind_of_block_has_a_height() -> None:
    for made in (sample_document.briefing("en", "internal"), sample_document.briefing("ja", "customer")):
        for section in sections(replace(made, dense=True)):
            assert word_fit._Fit(1.0).page(section) > word_fit._Fit(0.8).page(section) > 0.0


def test_styles_are_of_the_size_chosen_and_lines_of_one_height() -> None:
    rows = 30
    step = word_fit.closeness(page(rows))
    assert step < 1.0
    made = word_files.Document(io.BytesIO(docx.render(page(rows), b.Look())))
    style = next(one for one in STYLES if one.name == "Table text")
    assert made.styles["Table text"].font.size.pt == close(style, step).size < close(style).size
    form = made.styles["Figure"].paragraph_format
    assert form.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert made.styles["Picture"].paragraph_format.line_spacing_rule == WD_LINE_SPACING.AT_LEAST


@pytest.mark.parametrize("dense", [False, True])
def test_key_figures_of_a_row_are_of_one_size(dense: bool) -> None:
    made = word_files.Document(io.BytesIO(docx.render(page(3, dense=dense), b.Look())))
    figures = [
        run.font.size.pt
        for cell in made.tables[0].rows[0].cells
        for paragraph in cell.paragraphs
        if paragraph.style.name == "Figure"
        for run in paragraph.runs
        if run.bold is not False
    ]
    assert len(figures) == 4
    assert len(set(figures)) == 1
    assert figures[0] > 11.0


def airy(rows: int) -> b.Document:
    """The same page in a document that is not dense, with where its figures are from."""
    made = page(rows, dense=False)
    return replace(made, blocks=(*made.blocks, b.Sources((b.Run("Value ledger. " * 6),))))


def test_a_section_a_little_longer_than_its_page_is_set_closer_and_others_are_not() -> None:
    found = [word_fit.closer(sections(airy(rows))[0]) for rows in range(1, 40)]
    assert found[0] == 1.0 == found[-1]
    assert min(found) < 0.9
    for rows, step in enumerate(found, 1):
        (section,) = sections(airy(rows))
        if word_fit._STEPS[-1] < step < 1.0:
            assert word_fit._Fit(step, dense=False).page(section) <= word_fit._PAGE


def test_the_sources_stay_with_what_stands_before_them() -> None:
    for blocks in (airy(3).blocks, (*airy(3).blocks[:2], CELLS, airy(3).blocks[-1])):
        made = word_files.Document(io.BytesIO(docx.render(replace(airy(3), blocks=blocks), b.Look())))
        last = made.element.body[-2].getprevious()
        held = last.findall("{*}tr")[-1] if last.tag.endswith("}tbl") else last
        assert held.find(".//{*}keepNext") is not None


def test_a_picture_in_a_section_set_closer_is_not_cut() -> None:
    rows = next(rows for rows in range(1, 40) if word_fit.closer(sections(airy(rows))[0]) < 1.0)
    chart = b.Chart(b.ChartData("bar", ("a", "b"), (b.Series("S", (1.0, 2.0)),)), "Chart", "", "", 40)
    document = airy(rows)
    made = word_files.Document(
        io.BytesIO(docx.render(replace(document, blocks=(*document.blocks, chart)), b.Look()))
    )
    (shape,) = made.element.body.iter("{*}drawing")
    line = shape.getparent().getparent().find(".//{*}spacing")
    assert next(value for name, value in line.attrib.items() if name.endswith("lineRule")) == "atLeast"
    text = next(one for one in made.paragraphs if one.text == "Over three years.")
    assert text.runs[0].font.size is not None
    assert text.runs[0].font.size.pt < 9.5


def longer(rows: int) -> b.Document:
    """A briefing's page that ends in charts, more than one page's by its table."""
    words = (b.Run("What it is made of\nand how it works"),)
    table = b.Table(COLUMNS, ((b.Run("Benefit"),), (b.Run("A year"),)), ((words, (b.Run("1,000"),)),) * rows)
    chart = b.Chart(b.ChartData("bar", ("a", "b"), (b.Series("S", (1.0, 2.0)),)), "Chart", "", "", 72)
    blocks = (b.Heading(1, (b.Run("The message"),)), table, b.Columns((1.0, 1.0), ((chart,), (chart,))), CELLS,
              b.Sources((b.Run("contracts"),)))  # fmt: skip
    return b.Document("Briefing", "Us", "ja", "internal", None, blocks, labels={"continued": "続き"})


def test_a_section_of_two_pages_says_its_message_again_on_the_second() -> None:
    document = longer(23)
    (section,) = sections(document)
    high = word_fit._Fit(1.0, dense=False).page(section)
    assert high > word_fit._PAGE * word_fit._LONGER
    settled, near = word_fit.settled(document, section)
    assert near >= 0.75
    kinds = [type(block) for block in settled.blocks]
    assert kinds == [b.Table, b.PageBreak, b.Heading, b.Columns, b.Cells]
    found = word_files.Document(io.BytesIO(docx.render(document, b.Look())))
    heads = [one for one in found.paragraphs if one.text.startswith("The message")]
    assert [one.text for one in heads] == ["The message", "The message（続き）"]
    assert heads[1].paragraph_format.page_break_before


@pytest.mark.parametrize("rows", [3, 12])
def test_a_section_that_fits_on_a_page_stays_whole(rows: int) -> None:
    document = longer(rows)
    (section,) = sections(document)
    assert word_fit.settled(document, section)[0] == section


def test_a_long_section_without_charts_near_its_end_runs_on() -> None:
    document = replace(longer(23), blocks=longer(40).blocks[:2])
    (section,) = sections(document)
    assert word_fit.settled(document, section) == (section, 1.0)


def test_a_heading_of_the_third_level_takes_less() -> None:
    fit = word_fit._Fit(1.0, dense=False)
    second, third = (fit._block(b.Heading(level, (b.Run("Words"),)), 400.0) for level in (2, 3))
    assert third < second
