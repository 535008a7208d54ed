"""Headers taken apart: words, units, currencies, keys."""

from __future__ import annotations

import pytest

from cs_workbench.intake.headers import compact, slug, split_words, take_apart


@pytest.mark.parametrize(
    ("text", "words", "unit", "money"),
    [
        ("customerID", ("customer", "id"), "", ""),
        ("accountExternalId", ("account", "external", "id"), "", ""),
        ("arr_usd", ("arr",), "", "USD"),
        ("ARR（万円）", ("arr",), "", "JPY*10000"),
        ("契約金額(千円)", ("契約金額",), "", "JPY*1000"),
        ("first_response_time_minutes", ("first", "response", "time", "minutes"), "minutes", ""),
        ("会議時間(分)", ("会議時間",), "minutes", ""),
        ("解約予告期間（月）", ("解約予告期間",), "months", ""),
        ("E-mail 1 - Value", ("email", "1", "value"), "", ""),
        ("Date/Time Opened", ("date", "time", "opened"), "", ""),
        ("ふりがな(姓)", ("ふりがな",), "", ""),
        ("契約ID数", ("契約", "id", "数"), "", ""),
        ("(only)", ("(only)",), "", ""),
        ("", (), "", ""),
    ],
)
def test_take_apart(text: str, words: tuple[str, ...], unit: str, money: str) -> None:
    header = take_apart(text)
    assert (header.words, header.unit, header.money) == (words, unit, money)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E-Mail", "email"),
        ("Record ID", "record_id"),
        ("ﾌﾘｶﾞﾅ（姓）", "フリガナ(姓)"),
        ("AccountName", "account name"),
        ("ユーザー数", "ユーザ数"),
    ],
)
def test_spellings_that_are_one_header(one: str, other: str) -> None:
    assert compact(one) == compact(other)


def test_the_core_leaves_out_words_that_say_nothing() -> None:
    assert take_apart("Current total of seats").core == "seats"
    assert take_apart("Total").core == "total"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Page Views", "page_views"),
        ("pageViews", "page_views"),
        ("ログイン回数", "ログイン回数"),
        ("ＡＢＣ", "abc"),
        ("!", "!"),
    ],
)
def test_slug(text: str, key: str) -> None:
    assert slug(text) == key


def test_scripts_are_parted() -> None:
    assert split_words("NPSスコア2025") == ("nps", "すこあ", "2025")
