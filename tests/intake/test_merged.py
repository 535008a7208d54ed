"""Merged cells: values filled downwards, group names joined into the header."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cs_workbench.intake.layout import Header
from cs_workbench.intake.merged import Merges
from cs_workbench.intake.table import Cell

Span = tuple[tuple[int, int], tuple[int, int]]


def merges(*spans: Span) -> Merges:
    return Merges.of(SimpleNamespace(merged_cell_ranges=list(spans)))


def filled(rows: list[list[Cell]], offset: int, *spans: Span) -> list[list[Cell]]:
    filler = merges(*spans).filler(offset)
    for index, row in enumerate(rows):
        filler.fill(index, row)
    return rows


@pytest.mark.parametrize(
    ("column", "spans", "offset", "expected"),
    [
        (["a", None, None, "b"], [((0, 0), (2, 0))], 0, ["a", "a", "a", "b"]),
        (["a", None, "b", None], [((2, 0), (3, 0)), ((0, 0), (1, 0))], 0, ["a", "a", "b", "b"]),
        (["a", None, None, None], [((0, 3), (1, 3))], 3, ["a", "a", None, None]),
        (["a", None, None, None], [((0, 0), (1, 0))], 3, ["a", None, None, None]),
        (["a", "kept", None, None], [((0, 0), (2, 0))], 0, ["a", "kept", "a", None]),
        ([None, None, "b", None], [((0, 0), (1, 0))], 0, [None, None, "b", None]),
        (["a", None, None, None], [((0, 5), (3, 5))], 0, ["a", None, None, None]),
    ],
)
def test_tall_cells_fill_downwards(
    column: list[Cell], spans: list[Span], offset: int, expected: list[Cell]
) -> None:
    assert [row[0] for row in filled([[cell] for cell in column], offset, *spans)] == expected


def test_wide_cells_are_not_filled_into_data() -> None:
    assert filled([["a", None], ["b", None]], 0, ((0, 0), (0, 1)), ((1, 0), (1, 1))) == [
        ["a", None],
        ["b", None],
    ]
    assert not merges(((0, 0), (0, 1))).filled
    assert merges(((0, 0), (1, 0))).filled


def test_no_merges_where_the_format_does_not_tell() -> None:
    assert Merges.of(SimpleNamespace(merged_cell_ranges=None)) == Merges()


ROWS: list[list[Cell]] = [
    ["会社", "契約", None, "利用", None, None],
    ["会社", "開始", "終了", "席", "人", "率"],
    ["アオバ", "x", "y", 1, 2, 3],
]
GROUPS = (((0, 1), (0, 2)), ((0, 3), (0, 5)))


@pytest.mark.parametrize("found", [0, 1])
def test_group_names_join_whichever_line_was_taken_for_the_header(found: int) -> None:
    header = merges(*GROUPS).over(Header(found, tuple("abcdef")), ROWS, 0)
    assert header == Header(0, ("会社", "契約 開始", "契約 終了", "利用 席", "利用 人", "利用 率"), 2)


def test_a_title_over_the_whole_table_is_no_group() -> None:
    rows: list[list[Cell]] = [["Accounts", None, None], ["id", "name", "city"], [1, "a", "b"]]
    header = Header(1, ("id", "name", "city"))
    assert merges(((0, 0), (0, 2))).over(header, rows, 0) == header


def test_a_wide_header_cell_above_data_stays_one_line() -> None:
    rows: list[list[Cell]] = [["id", "amount", None, "city", "tel"], [1, 2, 3, "b", 4]]
    header = Header(0, ("id", "amount", "Column C", "city", "tel"))
    assert merges(((0, 1), (0, 2))).over(header, rows, 0) == header


def test_without_a_header_nothing_is_joined() -> None:
    header = Header(-1, ("Column A",))
    assert merges(*GROUPS).over(header, ROWS, 0) is header


def test_columns_count_from_where_the_sheet_begins() -> None:
    shifted = [((top, left + 2), (bottom, right + 2)) for (top, left), (bottom, right) in GROUPS]
    assert merges(*shifted).over(Header(1, tuple("abcdef")), ROWS, 2).names[1:3] == ("契約 開始", "契約 終了")
