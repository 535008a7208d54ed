"""Query words, matched spans, snippets, and Latin spellings of kana."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.search_text import MAX_WORDS, kana_of, matches, query_words, snippet, spans
from cs_workbench.domain.text import fold


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("更新", ("更新",)),
        ("  renewal　Date ", ("renewal", "date")),
        ('"renewal date"', ("renewal", "date")),
        ("「更新」", ("更新",)),
        ("a a A", ("a",)),
        ("ab abcd", ("abcd", "ab")),
        ("\x00\u200b", ()),
        ("", ()),
        ("-", ()),
        ('"', ('"',)),
        ("㈱", ("株式会社",)),
    ],
)
def test_query_words(query: str, words: tuple[str, ...]) -> None:
    assert query_words(query) == words


def test_a_pasted_novel_is_cut() -> None:
    assert len(query_words(" ".join(f"w{n}" for n in range(5000)))) == MAX_WORDS


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("契約の更新について", ("更新",), ["更新"]),
        ("ｱｵﾊﾞ商事", ("あおば",), ["ｱｵﾊﾞ"]),
        ("㈱アオバ", ("株式会社",), ["㈱"]),
        ("(株)アオバ", ("会社あ",), ["(株)ア"]),
        ("サーバー更新", ("さば",), ["サーバ"]),
        ("Renewal RENEWAL", ("renewal",), ["Renewal", "RENEWAL"]),
        ("aaaa", ("aa",), ["aaaa"]),
        ("abc", ("x",), []),
        ("abc", ("",), []),
        ("", ("a",), []),
    ],
)
def test_spans_stand_in_the_text_as_written(text: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == marked


def test_a_snippet_stands_around_the_match_on_one_line() -> None:
    text = "前置き。" * 80 + "\n更新の\n件" + "後書き。" * 80
    cut, found = snippet(text, ("更新",), width=60)
    assert "\n" not in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) == 62
    assert [cut[start:end] for start, end in found] == ["更新"]


def test_a_match_far_down_a_long_text_is_found() -> None:
    cut, found = snippet("x" * 5000 + " needle " + "y" * 5000, ("needle",))
    assert [cut[start:end] for start, end in found] == ["needle"]


def test_a_match_only_by_folding_is_found_far_down() -> None:
    cut, found = snippet("x" * 5000 + " ＮＥＥＤＬＥ " + "y" * 5000, ("needle",))
    assert [cut[start:end] for start, end in found] == ["ＮＥＥＤＬＥ"]


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert snippet("abc def", ("zzz",)) == ("abc def", ())


def test_matches_wants_every_word() -> None:
    assert matches("更新とｱｵﾊﾞ", ("あおば", "更新"))
    assert not matches("更新", ("更新", "x"))


@given(st.text(max_size=80), st.integers(0, 80), st.integers(1, 6))
def test_spans_never_leave_the_text_and_hold_what_was_looked_for(text: str, at: int, size: int) -> None:
    word = fold(text)[at : at + size].strip()
    for start, end in spans(text, (word,)):
        assert 0 <= start < end <= len(text)


@given(st.text(max_size=400), st.text(max_size=8))
def test_snippets_are_short_and_their_spans_inside(text: str, query: str) -> None:
    cut, found = snippet(text, query_words(query), width=50)
    assert len(cut) <= 52
    assert all(0 <= start < end <= len(cut) for start, end in found)


@pytest.mark.parametrize(
    ("romaji", "kana"),
    [
        ("tanaka", "たなか"), ("sakuma", "さくま"), ("shouji", "しょうじ"), ("syouzi", "しょうじ"),
        ("hattori", "はっとり"),
        ("matchi", "まっち"),
        ("kenichi", "けにち"), ("chika", "ちか"), ("tsubasa", "つばさ"), ("ryo", "りょ"),
        ("honda", "ほんだ"),
        ("jun", "じゅん"), ("smith", None), ("a1", None), ("", None), ("山田", None),
    ],
)  # fmt: skip
def test_kana_of(romaji: str, kana: str | None) -> None:
    assert kana_of(romaji) == kana
