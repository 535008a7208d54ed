"""Columns of a printed list: what must stay on one line has its room, the rest is shared as wished."""

from __future__ import annotations

import pytest

from cs_workbench.domain.print_columns import GAP, PAGE, ems, shares

ROWS = [
    ("鷺ノ宮不動産管理株式会社", "B", "57 黄", "更新", "2026/12/02", "提案を送る前に決裁者の都合を確かめる")
]
COLUMNS = (
    ("顧客", False, 3.0), ("ランク", False, 1.0), ("ヘルス", False, 1.0), ("段階", False, 1.2), ("通知期限", True, 1.0),
    ("次の一手", False, 2.6),
)  # fmt: skip


def test_titles_short_words_and_dates_have_their_room() -> None:
    found = shares(COLUMNS, ROWS)
    assert sum(found) == pytest.approx(PAGE)
    for (title, _right, _wish), text, wide in list(zip(COLUMNS, ROWS[0], found, strict=True))[1:5]:
        assert wide >= max(ems(title), ems(text)) + GAP


def test_what_may_break_keeps_its_wished_proportion() -> None:
    first, second = shares((("A", False, 3.0), ("B", False, 1.0)), [("word " * 30, "word " * 30)])
    assert first == pytest.approx(3 * second)


def test_more_columns_than_a_page_holds_shrink_alike() -> None:
    many = tuple((f"Column {n}", True, 1.0) for n in range(20))
    found = shares(many, [tuple("123,456,789.00" for _one in many)])
    assert len(set(found)) == 1


@pytest.mark.parametrize("rows", [[], [("", "")], [("長" * 10_000, "<img src=x>")]])
def test_odd_rows_do_no_harm(rows: list[tuple[str, str]]) -> None:
    found = shares((("Account", False, 3.0), ("ARR", True, 1.0)), rows)
    assert all(one > 0 for one in found)
    assert sum(found) == pytest.approx(PAGE)


@pytest.mark.parametrize(("text", "wide"), [("", 0.0), ("更新", 2.0), ("12", 1.14)])
def test_a_kanji_is_an_em_and_a_digit_a_good_half(text: str, wide: float) -> None:
    assert ems(text) == pytest.approx(wide)
