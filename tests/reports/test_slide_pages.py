"""Which parts of a message share a slide, what heads it, and that no table leaves two rows behind."""

from __future__ import annotations

import io
from typing import Any

import pptx as slide_files
import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports.slide_blocks import Maker, dense_order, is_value, unprinted
from cs_workbench.reports.slide_pages import Part, Planner, parts
from cs_workbench.reports.slide_table import Grid, grid
from cs_workbench.reports.slide_text import CLOSE, TABLE
from cs_workbench.reports.writers import pptx

TITLE = b.Heading(1, (b.Run("The message"),))


def heading(text: str) -> b.Heading:
    return b.Heading(2, (b.Run(text),))


def words(text: str, times: int = 1) -> b.Paragraph:
    return b.Paragraph((b.Run(" ".join([text] * times)),))


def table(rows: int, columns: int = 3) -> b.Table:
    head = tuple((b.Run(f"Head {n}"),) for n in range(columns))
    body = tuple(tuple((b.Run(f"{row}.{n}"),) for n in range(columns)) for row in range(rows))
    return b.Table(tuple(b.Column("left", 1.0) for _ in head), head, body)


def deck(*blocks: b.Block, language: Any = "en", dense: bool = False) -> list[Any]:
    made = b.Document("Title", "Sender", language, "customer", None, (TITLE, *blocks), dense=dense)
    return list(slide_files.Presentation(io.BytesIO(pptx.render(made, b.Look()))).slides)


def titles(slides: list[Any]) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides]


def rows(slides: list[Any]) -> list[int]:
    return [len(one.table.rows) - 1 for slide in slides for one in slide.shapes if one.has_table]


def test_parts_begin_at_headings_and_at_charts_of_their_own() -> None:
    chart = b.Chart(b.ChartData("bar", ("a", "b"), (b.Series("S", (1.0, 2.0)),)), "Chart", "", "")
    found = parts(
        (words("first"), heading("One"), words("a"), chart, words("under"), b.PageBreak(), words("new"))
    )
    assert [one.heading is not None for one in found] == [False, True, False, False]
    assert [len(one.blocks) for one in found] == [1, 1, 2, 1]
    assert [one.fresh for one in found] == [False, False, False, True]
    assert parts(()) == ()


def test_a_slide_after_the_first_is_headed_by_what_stands_on_it() -> None:
    slides = deck(heading("One"), table(9), heading("Two"), table(9), heading("Three"), table(9))
    assert titles(slides)[0] == "The message"
    assert set(titles(slides)[1:]) <= {"Two", "Three", "Two · Three"}
    said = [one.text_frame.text for one in slides[1].shapes if one.has_text_frame]
    assert said.count(titles(slides)[1]) == 1  # not once more in the body


def test_short_parts_share_a_slide_side_by_side() -> None:
    slides = deck(*(block for n in range(5) for block in (heading(f"Part {n}"), table(4))))
    tables = [one for one in slides[0].shapes if one.has_table]
    assert len({one.left for one in tables}) > 1
    assert len(slides) <= 2


@pytest.mark.parametrize("count", [3, 4, 6, 7])
def test_a_short_table_stays_whole(count: int) -> None:
    slides = deck(*(block for n in range(7) for block in (heading(f"Part {n}"), table(count, 6))))
    assert rows(slides) == [count] * 7


def test_a_long_table_goes_on_with_more_than_a_row_or_two() -> None:
    slides = deck(heading("Long"), table(40, 6))
    assert sum(rows(slides)) == 40
    assert min(rows(slides)) >= 3
    assert all(title.endswith("\u00a0(continued)") for title in titles(slides)[1:])


def test_nothing_stands_below_the_foot() -> None:
    for slide in deck(
        *(block for n in range(6) for block in (heading(f"P{n}"), table(6, 6), words("w", 60)))
    ):
        foot = min(one.top for one in slide.shapes if one.name == "Sender")
        for one in slide.shapes:
            if one.has_table:
                assert one.top + sum(row.height for row in one.table.rows) <= foot


def test_key_figures_stand_in_a_column_beside_their_chart() -> None:
    metrics = b.Metrics(tuple(b.Metric(f"Figure {n}", (b.Run("12"),)) for n in range(3)))
    chart = b.Chart(b.ChartData("bar", ("a", "b"), (b.Series("S", (1.0, 2.0)),)), "Chart", "", "", 160)
    cells = b.Cells((("Data", (b.Run("word " * 30),)), ("Means", (b.Run("word " * 30),))))
    slides = deck(metrics, chart, cells)
    assert len(slides) == 1


def test_a_value_page_is_what_it_comes_to_then_what_it_is_made_of() -> None:
    fall = b.Chart(
        b.ChartData("waterfall", ("a", "b"), (b.Series("S", (1.0, 2.0)),), totals=(0,)), "Left", "", ""
    )
    long = table(6, 5)
    assert is_value((b.Columns((1.0,), ((fall,),)),))
    assert not is_value((words("a"), table(9)))
    ordered = dense_order((long, fall), "Where from", ", ")
    assert [type(one) for one in ordered] == [b.Chart, b.PageBreak, b.Heading, b.Table]
    assert titles(deck(long, fall)) == ["The message", "Where the value comes from"]


def test_cells_of_a_value_table_take_one_line() -> None:
    row = ((b.Run("Name"), b.Run("\n"), b.Run("how it works")), (b.Run("a\nb"),))
    long = b.Table((b.Column("left", 1.0), b.Column("left", 1.0)), (), (row,) * 5)
    made = next(one for one in dense_order((words("x"), long), "T", "; ") if isinstance(one, b.Table))
    assert "".join(run.text for run in made.rows[0][0]) == "Name"
    assert made.rows[0][1][0].text == "a; b"


def test_an_empty_section_is_a_slide() -> None:
    maker = Maker(b.Document("T", "S", "en", "customer", None, ()), b.Look())
    found = Planner(maker, 800.0, lambda _title, _under: 300.0).sheets(())
    assert [one.continued for one in found] == [False]
    assert Part(None, ()).blocks == ()


def value_page(rows: int, *, evidence: int) -> tuple[b.Block, ...]:
    """What a value comes to and what it is made of, with small print only paper needs."""
    values = b.Series("S", (4.0, -1.0, 3.0, -2.0, 1.0))
    fall = b.ChartData("waterfall", ("Gross", "Risk", "After", "Cost", "Net"), (values,), totals=(0, 2, 4))
    swings = b.ChartData("tornado", ("One 1–2", "Two 1–2", "Three 1–2"), (
        b.Series("better", (3.0, 2.0, 1.5)), b.Series("worse", (-1.0, 0.0, 0.5))))  # fmt: skip
    charts = tuple((b.Chart(one, "Title", "Subtitle", "", 84.0),) for one in (fall, swings))
    metrics = b.Metrics(tuple(
        b.Metric("Net value", (b.Run("$91.2K"),), status=(b.Run("until the cost is covered (spread over each year)"),))
        for _ in range(4)))  # fmt: skip
    cells = b.Cells(tuple((label, (b.Run("word " * 24),)) for label in ("Data", "Means", "Do")))
    small = (b.Run("evidence " * evidence),)
    return (
        b.Paragraph((b.Run("terms " * 60),)), metrics, b.Heading(2, (b.Run("Where from"),)), table(rows, 5),
        b.Columns((1.0, 1.0), charts), cells, b.Paragraph(small, small=True, paper=True),
        b.Paragraph((b.Run("definition " * 40),), small=True),
    )  # fmt: skip


def said(slides: list[Any]) -> str:
    return " ".join(one.text_frame.text for slide in slides for one in slide.shapes if one.has_text_frame)


def test_a_value_takes_two_slides_and_leaves_what_only_paper_needs() -> None:
    slides = deck(*value_page(14, evidence=160), dense=True)
    assert titles(slides) == ["The message", "Where from"]
    assert rows(slides) == [14]
    assert "evidence" not in said(slides)
    assert "definition" in said(slides)


def test_what_only_paper_needs_stays_where_there_is_room() -> None:
    slides = deck(*value_page(6, evidence=20), dense=True)
    assert len(slides) == 2
    assert "evidence" in said(slides)
    assert unprinted(value_page(6, evidence=20))[-1] == value_page(6, evidence=20)[-1]


def test_only_rows_of_a_dense_page_are_pressed() -> None:
    made = {
        face: grid(table(9), 800.0, empty="", continued="", internal=False, face=face, pads=(3.5,))
        for face in (CLOSE, TABLE)
    }
    assert isinstance(made[CLOSE], Grid)
    assert made[CLOSE].least < made[CLOSE].height
    assert made[TABLE].least == made[TABLE].height


def test_a_pressed_table_is_drawn_as_high_as_it_is_given() -> None:
    slides = deck(*value_page(17, evidence=1), dense=True)
    (drawn,) = [one for slide in slides for one in slide.shapes if one.has_table]
    assert sum(row.height for row in drawn.table.rows) == pytest.approx(drawn.height, abs=12700)


def metrics(count: int = 3) -> b.Metrics:
    return b.Metrics(tuple(b.Metric(f"Figure {n}", (b.Run("12"),)) for n in range(count)))


@pytest.mark.parametrize("between", [(), (heading("Risks"), words("One thing to watch."))])
def test_key_figures_stand_in_a_column_beside_their_long_table(between: tuple[b.Block, ...]) -> None:
    told = b.Heading(2, (b.Run("Where it comes from"),), (b.Run("Green from 70 points on"),))
    slides = deck(metrics(), *between, told, table(16, 6))
    assert len(slides) == 1
    grid_shape = next(one for one in slides[0].shapes if one.has_table)
    said = {one.text_frame.text: one for one in slides[0].shapes if one.has_text_frame}
    assert said["Green from 70 points on"].left < grid_shape.left  # what is said of the table is not lost
    assert sum("Figure" in words for words in said) == 3
    assert all(one.left < grid_shape.left for words, one in said.items() if "Figure" in words)


def test_three_short_parts_share_two_columns() -> None:
    lines = b.Fill(("Notes",), 6)
    hearing = b.BulletList(tuple((words("A complaint somebody told us of last month, in their own words"),)
                                 for _ in range(5)), check=True)  # fmt: skip
    leaving = b.BulletList(tuple((words(f"Question {n}"),) for n in range(4)), check=True)
    slides = deck(
        heading("Agenda"), table(5), heading("Hearing"), hearing, lines, heading("Leaving"), leaving
    )
    assert len(slides) == 1
