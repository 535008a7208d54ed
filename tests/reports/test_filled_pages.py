"""The last page of a section holds more than a few lines."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports.press import PULLED, SMALLER, press_data
from cs_workbench.reports.writers import pdf

from . import sample_document


def stand(section: int, at: str, page: int, y: float) -> dict[str, object]:
    return {"section": section, "at": at, "page": page, "y": y}


@pytest.mark.parametrize(("stands", "before", "thin"), [
    ([stand(0, "end", 2, 90.0)], 1, set()),  # its only page
    ([stand(0, "end", 3, 90.0)], 1, {0}),
    ([stand(0, "end", 3, 340.0)], 1, set()),
    ([stand(0, "text", 2, 700.0), stand(0, "end", 3, 780.0)], 1, {0}),  # the decision alone
    ([stand(0, "text", 3, 90.0), stand(0, "end", 3, 780.0)], 1, {0}),  # the decision and the notes
    ([stand(0, "end", 1, 700.0), stand(1, "end", 3, 100.0)], 0, {1}),
])  # fmt: skip
def test_a_section_is_thin_whose_last_page_holds_under_a_third(
    stands: list[dict[str, object]], before: int, thin: set[int]
) -> None:
    assert pdf._thin(stands, before) == thin


def section(paragraphs: int) -> b.Document:
    """One heading and so many paragraphs of one line, without a cover."""
    text = (b.Run("One line of text."),)
    blocks: tuple[b.Block, ...] = (b.Heading(1, text), *(b.Paragraph(text) for _ in range(paragraphs)))
    return replace(sample_document.all_missing("en"), cover=None, blocks=blocks)


def test_blocks_stand_closer_where_a_page_of_a_few_lines_is_saved() -> None:
    for count in range(20, 40):
        made = pdf.render(section(count), b.Look())
        stands = json.loads(pdf._compiler().query("<stand>", field="value"))
        assert pdf._thin(stands, 0) == set(), count
        assert made


def worth(lines: int, small: int) -> b.Document:
    """A page as value has it: terms, a table of so many rows, small print, two charts and three cells."""
    words = (b.Run("Some words that say what is meant here. " * 3),)
    rows = tuple(
        ((b.Run(f"Benefit {n}"),), (b.Run("12 people × 3 h × 48 wk, as told"),)) for n in range(lines)
    )
    chart = b.Chart(b.ChartData("bar", ("a", "b"), (b.Series("S", (1.0, 2.0)),)), "Chart", "", "", 72)
    blocks: tuple[b.Block, ...] = (
        b.Heading(1, words[:1]),
        b.Paragraph(words, small=True),
        b.Table((b.Column("left", 1.0), b.Column("left", 1.0)), (), rows),
        *(b.Paragraph(words, small=True) for _ in range(small)),
        b.Columns((1.0, 1.0), ((chart,), (chart,))),
        b.Cells((("Sure?", words), ("Means", words), ("Do", words))),
    )
    return replace(sample_document.all_missing("en"), cover=None, blocks=blocks)


def ends(document: b.Document, tight: float) -> tuple[int, float]:
    """The page and the height a section ends at with so much room between its blocks."""
    pdf._compiler().compile(sys_inputs=pdf._inputs(document, b.Look(), tight={0: tight}), format="pdf")
    stand = json.loads(pdf._compiler().query("<stand>", field="value"))[-1]
    return stand["page"], stand["y"]


def test_cells_alone_on_a_second_page_come_to_the_first_in_smaller_type() -> None:
    found = 0
    for rows in range(12, 26):
        document = worth(rows, 4)
        tried = [ends(document, tight) for tight in (1.0, 0.85, 0.58)]
        if all(page == 2 and y < pdf._TOP + pdf._LEAST for page, y in tried):
            fits = ends(document, SMALLER)[0] == 1
            pdf.render(document, b.Look())
            made = json.loads(pdf._compiler().query("<stand>", field="value"))[-1]
            assert (made["page"] == 1) is fits, rows
            found += fits
    assert found


def test_where_a_section_takes_two_pages_the_second_says_its_message_again() -> None:
    """Its charts are as high there as a page has room for."""
    document = worth(20, 4)
    data = press_data(document, b.Look(), 1.0, {0: PULLED})["sections"][0]["blocks"]
    kinds = [block["kind"] for block in data]
    at = kinds.index("break")
    assert kinds[at:] == ["break", "heading", "columns", "cells"]
    said = "".join(run["text"] for run in data[at + 1]["runs"])
    assert said.startswith("Some words")
    assert said.endswith("(continued)")
    charts = [body[0]["svg"] for body in data[at + 2]["bodies"]]
    first = press_data(document, b.Look())["sections"][0]["blocks"]
    assert all(len(chart) for chart in charts)
    assert charts != [body[0]["svg"] for body in first[-2]["bodies"]]
