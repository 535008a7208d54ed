"""Where a table begins and ends: preambles, header rows, wide headers, totals and footers."""

from __future__ import annotations

from datetime import date

import pytest

from cs_workbench.intake import layout
from cs_workbench.intake.table import Cell


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([["id", "name"], ["1", "Acme"]], 0),
        ([["Report"], [], ["id", "name", "city"], ["1", "a", "b"]], 2),
        ([["Title", "", ""], ["Date:", "2026/6/1", ""], ["id", "name", "city"], ["1", "a", "b"]], 2),
        ([["1", "2026-06-01", "5"], ["2", "2026-06-02", "6"]], -1),
        ([["", ""], ["取引先名", "金額"], ["アオバ", "¥1,200"]], 1),
        ([["account", "2026-01", "2026-02", "2026-03"], ["a", "1", "2", "3"]], 0),
        ([["account", date(2026, 1, 1), date(2026, 2, 1)], ["a", 1, 2]], 0),
        ([["取引先", "1月", "2月"], ["a", "1", "2"]], 0),
        ([["取引先", "2026年1月", "2026年2月"], ["a", "1", "2"]], 0),
        ([[1], [2], ["ab"], [3]], -1),
        ([["a@b.com", "c@d.com"], ["e@f.com", "g@h.com"]], -1),
        ([["name"], ["Acme"]], 0),
        ([["id", "name", "", "city", ""], ["1", "a", "x", "b", "y"]], 0),
        ([], -1),
        ([["", " "]], -1),
        (
            [
                ["出力日：2026/6/1", "", "", ""],
                ["出力者：花子", "", "", ""],
                ["会社名", "担当", "金額", "日付"],
                ["a", "b", "1", "2"],
            ],
            2,
        ),
    ],
)
def test_where_the_header_is(rows: list[list[Cell]], index: int) -> None:
    assert layout.find_header(rows).index == index


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["a", "a", "a"], ("a", "a (2)", "a (3)")),
        (["a", "a (2)", "a"], ("a", "a (2)", "a (3)")),
        ([None, "", " "], ("Column A", "Column B", "Column C")),
        (["契約\n開始日", "\ufeffid", " x "], ("契約 開始日", "id", "x")),
        ([2026, date(2026, 1, 1), 1.5], ("2026", "2026-01-01", "1.5")),
    ],
)
def test_header_names_are_distinct_and_never_empty(cells: list[Cell], names: tuple[str, ...]) -> None:
    assert layout.header_names(cells, 3) == names


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_column_letters(index: int, letters: str) -> None:
    assert layout.column_letters(index) == letters


@pytest.mark.parametrize(
    ("tail", "width", "kept"),
    [
        ([["a", "b", "1"], ["合計", "", "1"]], 3, 1),
        ([["a", "b", "1"], ["Grand Total", "", "1"]], 3, 1),
        ([["a", "b", "1"], ["総計", "", ""]], 3, 1),
        ([["a", "b", "1"], ["", "", "計", ""]], 4, 1),
        ([["a", "b", "1"], ["小計（税込）", "", "9"]], 3, 1),
        ([["a", "b", "1"], ["Total (3 records)", "", ""]], 3, 1),
        ([["a", "b", "1"], [], ["Report name", "", ""], ["Acme KK", "", ""]], 3, 2),
        ([["a", "b", "1"], ["© 2026 Acme", "", ""]], 3, 1),
        ([["a", "b", "1"], ["※社外秘", "", ""]], 3, 1),
        ([["a", "b", "1"], ["以上", "", ""]], 3, 1),
        ([["a", "b", "1"], ["c", "", ""]], 3, 2),
        ([["a", "1"], ["c", ""]], 2, 2),
        ([["Total Solutions KK", "b", "1"]], 3, 1),
        ([["a", "b", "1"], ["合計商事", "x", "1"]], 3, 2),
        ([["a", "b", "1"], ["全25件", "", ""]], 3, 1),
        ([["a", "b", "1"], ["", "", ""]], 3, 2),
        ([["a"], ["Confidential Information - Do Not Distribute"]], 1, 1),
        ([], 3, 0),
    ],
)
def test_where_the_table_ends(tail: list[list[Cell]], width: int, kept: int) -> None:
    data, footer = layout.split_footer(list(enumerate(tail, 1)), width)
    assert len(data) == kept
    assert len(data) + len(footer) == sum(
        not layout.all_blank(row) or number <= kept for number, row in enumerate(tail, 1)
    )


@pytest.mark.parametrize(
    ("cell", "blank"),
    [(None, True), ("", True), (" \u3000\u200b", True), (0, False), (False, False), ("x", False)],
)
def test_what_shows_nothing(cell: Cell, blank: bool) -> None:
    assert layout.is_blank(cell) is blank
