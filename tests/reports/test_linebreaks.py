"""Line breaks: what stays together in Japanese, and that no character is lost on the way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.reports.linebreaks import SOFT_BREAK, pieces, soften


def kept(text: str, *, last: bool = False) -> list[str]:
    """The pieces of Japanese *text* that stay on one line."""
    return [piece.text for piece in pieces(text, "ja", last=last) if piece.kept]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("価値は999万円です", ["999万円"]),
        ("石井様のお言葉", ["石井様"]),
        ("120席中58名が利用。", ["120席", "58名"]),
        ("2026年12月31日まで", ["2026年", "12月", "31日"]),
        ("短縮率は30%で分岐", ["30%"]),
        ("第3版", ["3版"]),
        ("利用は9か月伸びた", ["9か月"]),
        ("税込¥3,400の計算", ["¥3,400"]),
        ("かなだけの文です", []),
        ("5分ー短縮", ["5分ー"]),
    ],
)
def test_figures_keep_their_unit_and_people_their_honorific(text: str, expected: list[str]) -> None:
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text", ["30%を下回らない限り、価値が費用を上回ります。", "導入は順調です（前年比）", "はい。"]
)
def test_the_last_characters_move_together(text: str) -> None:
    tail = kept(text, last=True)[-1]
    assert text.endswith(tail)
    assert len(tail) >= min(4, len(text))
    assert tail[0] not in "、。）ー"


@pytest.mark.parametrize(
    "text", ["合意済み（Hannah Whitlock様）", "価値の確認（2026 review）", "前年比は12,345"]
)
def test_the_last_characters_never_cut_a_word_or_a_figure(text: str) -> None:
    tail = kept(text, last=True)[-1]
    before = text.removesuffix(tail)[-1:]
    assert not (before.isalnum() and before.isascii() and tail[0].isalnum() and tail[0].isascii())


@pytest.mark.parametrize("text", ["株式会社カゼクサ設計", "保護者連絡の不達について原因を回答する"])
def test_a_japanese_text_on_an_english_page_ends_with_no_lone_letter(text: str) -> None:
    found = pieces(text, "en", last=True)
    assert "".join(piece.text for piece in found) == text
    assert found[-1].kept
    assert len(found[-1].text) >= 4
    assert not any(piece.kept for piece in pieces(f"Call {text[:2]} about the seats", "en", last=True))


def test_english_is_left_to_the_typesetter() -> None:
    assert [tuple(piece) for piece in pieces("Keep 120 seats at ¥6.5M", "en")] == [
        ("Keep 120 seats at ¥6.5M", False)
    ]
    assert pieces("Keep 120 seats", "ja")[0].kept is False


def test_long_words_get_invisible_chances_to_break() -> None:
    assert soften("short words only") == "short words only"
    assert soften("a" * 30) == "a" * 12 + SOFT_BREAK + "a" * 12 + SOFT_BREAK + "a" * 6
    assert soften("長い名前" * 20) == "長い名前" * 20


@given(st.text("あいアー漢様円%0123.,、。（）「」 aZ", max_size=60), st.booleans())
def test_no_character_is_lost(text: str, last: bool) -> None:
    joined = "".join(piece.text for piece in pieces(text, "ja", last=last))
    assert joined.replace(SOFT_BREAK, "") == text


@given(st.text("あいアー漢様円%0123、。（）「」", min_size=1, max_size=60))
def test_no_piece_begins_with_small_marks_after_a_kept_one(text: str) -> None:
    found = pieces(text, "ja")
    for before, after in pairwise(found):
        assert not (before.kept and after.text[0] in "ー")
