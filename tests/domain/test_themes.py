"""Themes suggested by the user's own words."""

from __future__ import annotations

import pytest

from cs_workbench.domain.themes import rule, suggest

SPEED = rule(1, "slow\n遅い\nレスポンス+悪い\n\n slow ")
BUG = rule(2, "bug\nエラー\n-no bug")
RULES = (SPEED, BUG)


def test_words_are_read_line_by_line() -> None:
    assert SPEED.words == ("slow", "遅い", "レスポンス+悪い")


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("The list is SLOW today", [1]),
        ("slowly does it", []),
        ("two bugs and an ｴﾗｰ", [2]),
        ("there is no bug here", []),
        ("画面の表示が遅い。エラーも出る", [1, 2]),
        ("ﾚｽﾎﾟﾝｽが悪いです", [1]),
        ("レスポンスは良い", []),
        ("debugging", []),
        ("", []),
    ],
)
def test_suggestions(text: str, themes: list[int]) -> None:
    assert [one.theme for one in suggest(text, RULES)] == themes


def test_the_words_found_are_the_reason_and_more_of_them_come_first() -> None:
    found = suggest("バグではなくエラー、bug、slow", RULES)
    assert [(one.theme, one.found) for one in found] == [(2, ("bug", "エラー")), (1, ("slow",))]
