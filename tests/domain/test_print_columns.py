"""Columns of a printed list: what must stay on one line has its room, the rest is shared as wished."""

from __future__ import annotations

import pytest

from cs_workbench.domain.print_columns import GAP, MANY, PAGE, WIDE_PAGE, ems, lies, shares

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


NAMES = (
    "株式会社カゼクサ設計",
    "合同会社ひなた学習舎",
    "鷺ノ宮不動産管理株式会社",
    "Ostermill Energy Cooperative",
)
LISTED = (
    ("Account", False, 3.0), ("Tier", False, 1.0), ("ARR", True, 1.0), ("Health", False, 1.0), ("Stage", False, 1.2),
    ("Notice by", True, 1.0), ("Days left", True, 1.0), ("Last contact", True, 1.0), ("Next step", False, 2.6),
)  # fmt: skip
LINES = [(name, "A", "$97.5k", "64 yellow", "Onboarding", "12 Dec 2026", "D−131", "107 d ago",
          "Bring a timing sheet and a stopwatch to the next visit") for name in NAMES]  # fmt: skip


def test_names_stand_on_one_line_and_no_sentence_in_a_strip() -> None:
    assert lies(LISTED, LINES)
    found = shares(LISTED, LINES, WIDE_PAGE)
    assert sum(found) == pytest.approx(WIDE_PAGE)
    for column, (title, _right, _wish) in enumerate(LISTED[:-1]):
        longest = max(ems(line[column]) for line in LINES)
        assert found[column] >= min(longest, 0.3 * WIDE_PAGE) + GAP, title
    assert found[-1] >= 14


def test_upright_a_name_has_its_line_before_others_take_more() -> None:
    few = [LISTED[n] for n in (0, 2, 6, 8)]
    rows = [[line[n] for n in (0, 2, 6, 8)] for line in LINES]
    assert not lies(few, rows)
    assert shares(few, rows)[0] >= max(map(ems, NAMES[:3])) + GAP, "a Latin name may break at its spaces"


def test_figures_alone_keep_a_list_upright() -> None:
    months = (("Account", False, 3.5), *((str(n), True, 1.0) for n in range(12)))
    rows = [(name, *(["100"] * 12)) for name in NAMES]
    assert len(months) >= MANY
    assert not lies(months, rows)
    found = shares(months, rows)
    assert sum(found) == pytest.approx(PAGE)
    assert found[0] < 0.45 * PAGE, "the name takes no more than it needs while figures stand close"


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
