"""Folding and name keys: what two spellings of the same thing share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.text import fold, grams, name_key, name_of, seen


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ　ａｂｃ", "abc abc"),
        ("ｱｵﾊﾞ", "あおば"),
        ("アオバ", "あおば"),
        ("サーバー", "さば"),
        ("e-mail", "email"),
        ("㈱アオバ", "株式会社あおば"),
        ("(株)アオバ", "株式会社あおば"),
        ("（有）山本", "有限会社山本"),
        ("髙﨑 渡邊", "高崎 渡辺"),
        ("a\u200bb", "a b"),
        ("a\x00b\ud800c", "a b c"),
        ("  two\t\nlines ", "two lines"),
        ("Straße", "strasse"),
        ("", ""),
        ("①②", "12"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("㈱アオバ", "あおば 株式会社"),
        ("Acme, Inc.", "ACME"),
        ("Acme Co., Ltd.", "acme"),
        ("Acme Holdings K.K.", "Acme Holdings"),
        ("医療法人 白露会", "白露会"),
        ("医療法人社団　白露会", "白露会"),
        ("社会福祉法人みどり", "みどり"),
        ("国立大学法人 渚大学", "渚大学"),
        ("さくら税理士法人", "さくら"),
        ("一般社団法人みどり", "みどり"),
        ("Müller GmbH", "müller"),
    ],
)
def test_spellings_of_one_company_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "Acme Foods"),
        ("アオバ商事", "アオバ商会"),
        ("Costco", "Cost"),
        ("Incline", "Line"),
        ("Agora", "Ora"),
    ],
)
def test_different_companies_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_is_only_a_legal_form_keeps_it() -> None:
    assert name_key("株式会社") == "株式会社"


def test_grams_are_the_distinct_short_pieces_within_words() -> None:
    assert set(grams("更新 ab").split(" ")) == {"更", "新", "更新", "a", "b", "ab"}


@given(st.text(max_size=60))
def test_folded_text_has_no_outer_or_double_space(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    folded.encode()


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=30))
def test_plain_latin_is_folded_as_all_text_is(text: str) -> None:
    assert f"{fold(text)} あ".strip() == fold(f"{text} あ")


@given(st.text(alphabet="アイウ亜更新㈱ｱﾞabcＡＢ ー-株(）（)", max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1, max_size=40))
def test_every_one_and_two_character_piece_of_a_word_is_a_gram(text: str) -> None:
    pieces = set(grams(fold(text)).split(" "))
    for word in fold(text).split(" "):
        for size in (1, 2):
            assert {word[at : at + size] for at in range(len(word) - size + 1)} <= pieces | {""}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u202eevil\u202c RTL", "evil RTL"),
        ("\x1b[31mred\x07", "[31mred"),
        ("a\u200bb\ufeffc\u2066d\u2069", "abcd"),
        ("two\nlines\tand  more", "two lines and more"),
        ("葛\U000e0100飾区", "葛\U000e0100飾区"),
        (" 株式会社　アオバ ", "株式会社 アオバ"),
        ("x" * 10_000, "x" * 300),
        ("\u202e\u200b", ""),
    ],
)
def test_names_are_stored_as_they_are_seen(typed: str, stored: str) -> None:
    assert name_of(typed) == stored


def test_texts_keep_their_lines() -> None:
    assert seen("first\r\n\tsecond\x00\u202e") == "first\r\n\tsecond"
    assert seen("plain 言葉") == "plain 言葉"
