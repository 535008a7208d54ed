"""What a slide does with its room: charts grow in columns too, rows stand apart, heads break between words."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pptx as slide_files
import pytest

from cs_workbench.domain.chart_data import ChartData, Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.slide_canvas import CELL_SIDE, HEAD_PAD
from cs_workbench.reports.slide_chart import ChartPiece
from cs_workbench.reports.slide_flow import Side, Stack, Words
from cs_workbench.reports.slide_heads import headed
from cs_workbench.reports.slide_table import Grid, grid
from cs_workbench.reports.slide_text import BODY, HEAD, Para, cuts, plain
from cs_workbench.reports.writers import pptx

from .slides import overlapping

_EMU = 12700


def chart(kind: Any = "waterfall", rows: int = 3, tall: int = 72) -> b.Chart:
    names = tuple(f"Step {n}" for n in range(rows))
    values = tuple(float(n + 1) for n in range(rows))
    series = (Series("Low", values), Series("High", values)) if kind == "tornado" else (Series("S", values),)
    return b.Chart(ChartData(kind, names, series), "Title", "", "", tall)


def piece(kind: Any = "waterfall", rows: int = 3) -> ChartPiece:
    data = chart(kind, rows).data
    return ChartPiece(data, "", "", "", width=400.0, tall=72.0, missing="–")


def cells(*words: str) -> tuple[b.Runs, ...]:
    return tuple((b.Run(word),) for word in words)


def table(rows: int, words: str = "Cell", heads: tuple[str, ...] = ("Name", "Owner")) -> b.Table:
    columns = tuple(b.Column("left", 1.0) for _ in heads)
    return b.Table(columns, cells(*heads), tuple(cells(*[words] * len(heads)) for _ in range(rows)))


def made(given: b.Table, room: float = 880.0) -> Grid:
    return grid(given, room, empty="–", continued="(continued)", internal=False)


def deck(*blocks: b.Block) -> list[Any]:
    blocks = (b.Heading(1, (b.Run("Message"),)), *blocks)
    document = b.Document("Title", "Sender", "en", "customer", None, blocks)
    return list(slide_files.Presentation(io.BytesIO(pptx.render(document, b.Look()))).slides)


@pytest.mark.parametrize(("kind", "rows"), [("waterfall", 5), ("tornado", 3), ("hbar", 2), ("hbar", 8)])
def test_a_chart_of_few_rows_grows_up_to_260_points(kind: str, rows: int) -> None:
    one = piece(kind, rows)
    assert one.height < one.most <= 260.0


def test_charts_beside_one_another_grow_with_their_slide() -> None:
    beside = Side((Stack((piece(),)), Stack((piece("tornado"),))), (400.0, 400.0))
    assert beside.most == pytest.approx(260.0)
    (slide,) = deck(b.Columns((1.0, 1.0), ((chart(),), (chart("tornado"),))))
    charts = [shape for shape in slide.shapes if shape.has_chart]
    assert [shape.height / _EMU >= 160 for shape in charts] == [True, True]
    assert max((shape.top + shape.height) / _EMU for shape in charts) < 490.0


def test_words_beside_a_chart_stay_as_they_are() -> None:
    said = Words((Para(plain("Some words"), BODY),), 300.0)
    assert Side((Stack((said,)),), (300.0,)).most == said.height


@pytest.mark.parametrize("rows", [1, 5])
def test_rows_stand_further_apart_where_a_slide_has_room(rows: int) -> None:
    (slide,) = deck(table(rows), b.Paragraph((b.Run("What follows."),)))
    (shape,) = (one for one in slide.shapes if one.has_table)
    heights = [row.height / _EMU for row in shape.table.rows]
    least = made(table(rows))
    assert heights[0] == pytest.approx(HEAD.line + 2 * HEAD_PAD, abs=0.1)
    assert heights[1:] == pytest.approx([heights[1]] * rows, abs=0.1)
    assert least.height / (rows + 1) < heights[1] <= least.face.line + 2 * (least.pad + 5.0) + 0.1
    assert shape.height / _EMU == pytest.approx(sum(heights), abs=0.2)
    assert overlapping(slide) == []


def test_the_words_of_a_head_have_the_room_its_row_was_given() -> None:
    (slide,) = deck(table(3))
    (shape,) = (one for one in slide.shapes if one.has_table)
    head, first = (shape.table.rows[at].cells[0] for at in (0, 1))
    assert head.margin_top / _EMU == pytest.approx(HEAD_PAD)
    assert first.margin_top > head.margin_top


def test_a_line_is_left_free_under_rows_of_several_lines() -> None:
    """Another program may break such a row once more: what follows must not be struck by the table's last rule."""
    long = made(table(3, "Some words that do not fit on one line of the column they stand in. " * 2))
    short = made(table(3))
    line = long.face.line
    assert long.most - long.height == pytest.approx(short.most - short.height + line)
    (slide,) = deck(table(3, "Some words that do not fit on one line of the column they stand in. " * 2),
                    b.Paragraph((b.Run("What follows."),)))  # fmt: skip
    (shape,) = (one for one in slide.shapes if one.has_table)
    (after,) = (one for one in slide.shapes if one.has_text_frame and one.text_frame.text == "What follows.")
    assert (after.top - shape.top - shape.height) / _EMU >= line


@pytest.mark.parametrize(("heads", "widths"), [
    (("名前", "リスク", "確かさ"), (400.0, 36.0, 200.0)),
    (("Name", "Influence", "Mood"), (400.0, 40.0, 200.0)),
    (("Subject", "To send"), (600.0, 27.0)),
])  # fmt: skip
def test_a_head_breaks_between_words_and_leaves_no_character_behind(
    heads: tuple[str, ...], widths: tuple[float, ...]
) -> None:
    def lines(width: float) -> list[str]:
        ends = (0, *cuts(plain(heads[1]), HEAD, width - 2 * CELL_SIDE))
        return [heads[1][start:end].strip() for start, end in pairwise(ends)]

    given = [plain(one) for one in heads]
    settled = headed(widths, given, [100.0] * len(widths))
    whole = set(heads[1].split()) | {heads[1]}
    assert not set(lines(widths[1])) <= whole
    assert set(lines(settled[1])) <= whole
    assert sum(settled) == pytest.approx(sum(widths))


def test_heads_that_break_well_leave_the_widths_alone() -> None:
    given = [plain(one) for one in ("Benefit", "A year, before risk", "Grade")]
    assert headed((200.0, 90.0, 80.0), given, (300.0, 300.0, 300.0)) == (200.0, 90.0, 80.0)


def test_the_widest_column_gives_way_where_none_has_room_to_spare() -> None:
    given = [plain(one) for one in ("Subject", "Influence")]
    first, second = headed((600.0, 40.0), given, (700.0, 40.0))
    assert first < 600.0
    assert first + second == pytest.approx(640.0)


def test_figures_and_a_list_stand_in_a_column_beside_a_long_table() -> None:
    """Health's figures and risks are no slide of their own while the table beside them has room for them."""
    figures = b.Metrics((
        b.Metric("Health", (b.Run("89"),), status=(b.Run("green"),), tone="green"),
        b.Metric("Coverage", (b.Run("100%"),), note=(b.Run("of the weights are measured and fresh"),)),
        b.Metric("Range if the rest were known", (b.Run("89"),), note=(b.Run("nothing is missing"),)),
    ))  # fmt: skip
    risk = b.Paragraph((b.Run("A critical answer from Ruth Thackeray on 23 Oct 2026. " * 2),))
    told = "Green from 70 points, yellow from 40, bounds inclusive; what is not measured is left out, the rest rescaled"
    titled = b.Heading(2, (b.Run("Where the score comes from"),), (b.Run(told),))
    risks = (b.Heading(2, (b.Run("Risks we see"),)), b.BulletList(((risk,),)))
    heads = ("Measure", "Value", "Green", "Points", "Weight", "Adds")
    assert len(deck(figures, *risks, titled, table(16, "85", heads))) == 1
