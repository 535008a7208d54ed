"""Sections: a document cut by its messages, its column widths, and its charts as rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.chart_data import ChartData, Event, Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.chart_tables import chart_rows
from cs_workbench.reports.pictures import cover_drawing, shares
from cs_workbench.reports.sections import column_widths, folded, is_empty, plain, sections, unbroken, word
from tests.reports import sample_document as sample

TEXT = sample.runs("text")


def document(*blocks: b.Block, edition: str = "internal", notes: tuple[b.Footnote, ...] = ()) -> b.Document:
    """A bare document of *blocks*."""
    return b.Document("t", "s", "en", edition, None, blocks, notes)  # type: ignore[arg-type]


def test_every_message_opens_a_section() -> None:
    made = sections(document(b.Paragraph(TEXT), b.Heading(1, TEXT), b.Paragraph(TEXT), b.Heading(1, TEXT)))
    assert [(section.heading is not None, len(section.blocks)) for section in made] == [
        (False, 1),
        (True, 1),
        (True, 0),
    ]


def test_sources_are_gathered_with_their_section() -> None:
    made = sections(
        document(
            b.Heading(1, TEXT), b.Sources(sample.runs("a.")), b.Paragraph(TEXT), b.Sources(sample.runs("b."))
        )
    )
    assert plain(made[0].sources) == "a. b."
    assert [type(block) for block in made[0].blocks] == [b.Paragraph]


def test_notes_stand_with_the_section_that_uses_them() -> None:
    notes = (b.Footnote("1", TEXT), b.Footnote("2", TEXT), b.Footnote("3", TEXT))
    inside = b.Columns((1,), ((b.Card((b.Paragraph(sample.runs("x", note="2")),)),),))
    made = sections(
        document(b.Heading(1, sample.runs("x", note="1")), b.Heading(1, TEXT), inside, notes=notes)
    )
    assert [[note.id for note in section.notes] for section in made] == [["1"], ["2"]]


def test_notes_of_one_kind_are_folded_where_their_numbers_follow() -> None:
    kinds = (
        ("1", "Contact #22"),
        ("2", "Contact #21"),
        ("3", "Task #4"),
        ("4", "Contact #7"),
        ("6", "Contact #9"),
    )
    made = folded([b.Footnote(number, (b.Run(words),)) for number, words in kinds])
    assert [(note.id, plain(note.runs)) for note in made] == [
        ("1–2", "Contact #22 #21"),
        ("3", "Task #4"),
        ("4", "Contact #7"),
        ("6", "Contact #9"),
    ]


def test_the_customer_edition_has_no_notes_and_no_speaker_words() -> None:
    blocks = (b.Paragraph(sample.runs("x", note="1")), b.SpeakerNote((b.Paragraph(TEXT),)))
    made = sections(document(*blocks, edition="customer", notes=(b.Footnote("1", TEXT),)))
    assert made[0].notes == ()
    assert [type(block) for block in made[0].blocks] == [b.Paragraph]
    internal = sections(document(*blocks, notes=(b.Footnote("1", TEXT),)))
    assert len(internal[0].blocks) == 2
    assert len(internal[0].notes) == 1


@pytest.mark.parametrize(
    ("block", "empty"),
    [
        (b.Paragraph(()), True), (b.Paragraph(sample.runs("  ")), True), (b.Paragraph(TEXT), False),
        (b.Metrics(()), True), (b.BulletList(()), True), (b.Cells(()), True), (b.Card(()), True),
        (b.Card((), "title"), False), (b.Card((b.Paragraph(()),)), True), (b.Columns((1,), ((),)), True),
        (b.Columns((1,), ((b.Paragraph(TEXT),),)), False), (b.Table((), (), ()), True),
        (b.Table((b.Column(),), (TEXT,), ()), False), (b.Fill(()), True), (b.Timeline((), (), ""), True),
        (b.PageBreak(), False), (b.Missing("x", "y"), False), (b.Quote(()), True),
    ],
)  # fmt: skip
def test_what_is_empty_is_known(block: b.Block, empty: bool) -> None:
    assert is_empty(block) is empty


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a", "\n", "b"), "a b"),
        (("現場から、", "\n", "直さない"), "現場から、直さない"),
        (("one",), "one"),
        ((), ""),
    ],
)
def test_forced_breaks_leave_one_line(parts: tuple[str, ...], expected: str) -> None:
    assert unbroken(tuple(b.Run(part) for part in parts)) == expected


def test_words_come_from_the_document_and_fall_back_to_english() -> None:
    bare = document()
    assert word(bare, "not_measured") == "not measured"
    assert word(replace(bare, labels={"not_measured": "未測定"}), "not_measured") == "未測定"


def grid(widths: tuple[float, ...], rows: tuple[tuple[str, ...], ...], align: str = "left") -> b.Table:
    """A table of plain cells."""
    columns = tuple(b.Column(align, width) for width in widths)  # type: ignore[arg-type]
    return b.Table(columns, (), tuple(tuple(sample.runs(cell) for cell in row) for row in rows))


def test_columns_follow_their_shares_where_everything_fits() -> None:
    assert column_widths(grid((1, 3), (("a", "b"),)), 400, 8.5, 10) == pytest.approx((100, 300))


def test_a_narrow_column_is_widened_for_a_figure() -> None:
    widths = column_widths(grid((0.1, 3), (("1,234,567,890", "b"),), "right"), 400, 8.5, 10)
    assert widths[0] > 60
    assert sum(widths) == pytest.approx(400)


@given(
    st.lists(st.floats(0.01, 20), min_size=1, max_size=8),
    st.lists(st.text("a1 あ,", max_size=60), min_size=8, max_size=8),
)
def test_columns_always_fill_the_room(widths: list[float], cells: list[str]) -> None:
    found = column_widths(grid(tuple(widths), (tuple(cells[: len(widths)]),)), 499, 8.5, 10)
    assert sum(found) == pytest.approx(499)
    assert min(found) > 0


def test_bodies_side_by_side_share_the_room_less_the_gutters() -> None:
    assert shares((1, 1), 2, 218, 18) == [100, 100]
    assert shares((), 3, 336, 18) == [100, 100, 100]
    assert sum(shares((5, 1, 9), 2, 118, 18)) == pytest.approx(100)


def test_a_chart_as_rows_says_what_is_missing_and_when_what_happened() -> None:
    data = ChartData(
        "line",
        ("Nov", "Dec"),
        (Series("users", (1.5, None)), Series("seats", (2.0,))),
        events=(Event(1, "move"),),
    )
    head, rows = chart_rows(data, "n/m")
    assert head == ("", "users", "seats", "")
    assert rows == (("Nov", "1.5", "2.0", ""), ("Dec", "n/m", "n/m", "move"))


def test_printed_labels_win_over_plain_numbers() -> None:
    data = ChartData(
        "bar", ("a", "b", "c"), (Series("x", (0.5, None, None)),), labels=(".50", "no baseline", "")
    )
    assert chart_rows(data, "–")[1] == (("a", ".50"), ("b", "no baseline"), ("c", "–"))


def test_an_unmeasured_cover_has_no_chart() -> None:
    made = sample.all_missing("en")
    assert made.cover is not None
    nothing = replace(made.cover, chart=ChartData("bar", ("a",), (Series("x", (None,)),)))
    assert cover_drawing(made, b.Look(), made.cover) is None
    assert cover_drawing(made, b.Look(), nothing) is None


def test_a_total_and_a_noted_figure_are_whole_where_a_program_would_break_them() -> None:
    """Word and slides cut "48,024" into two lines where bold takes more than was measured."""
    columns = (b.Column("left", 30.0), b.Column("right", 1.0))
    plain_rows = (((b.Run("Line"),), (b.Run("48,024"),)), ((b.Run("Total"),), (b.Run("48,024"),)))
    noted = ((plain_rows[0][0], (b.Run("48,024", note="22"),)), plain_rows[1])

    def figure(rows: tuple[tuple[b.Runs, ...], ...], *, total: bool, breaking: bool) -> float:
        table = b.Table(columns, (), rows, total=total)
        return column_widths(table, 200.0, 8.5, 10.0, breaking=breaking)[1]

    least = figure(plain_rows, total=False, breaking=True)
    assert least < figure(plain_rows, total=True, breaking=True) < figure(noted, total=True, breaking=True)
    assert least == figure(noted, total=True, breaking=False)
