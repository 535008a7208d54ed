"""What the filter field offers, and how conditions read on chips in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.account_filter_hints import chip, hints
from cs_workbench.domain.account_filter_parser import Vocabulary, parse

TODAY = dt.date(2026, 11, 24)
WORDS = Vocabulary(
    stages={
        "renewal": "renewal",
        "Renewal": "renewal",
        "更新": "renewal",
        "adoption": "adoption",
        "定着": "adoption",
    },
    tiers={"A": "A", "A – high touch": "A", "A：ハイタッチ": "A"},
    tags=("vip", "key account"),
    owners=("佐藤",),
    me="高橋",
)


@pytest.mark.parametrize(
    ("typed", "language", "offered"),
    [
        ("he", "en", ["health<"]),
        ("he", "ja", ["ヘルス<"]),
        ("ヘル", "en", ["health<"]),
        ("へる", "ja", ["ヘルス<"]),
        ("tier:A re", "en", ["renewal<", "ends<"]),
        ("-ti", "en", ["tier:"]),
        ("n", "en", ["notice<", "name:", "next:", "not"]),
        ("stage:", "en", ["renewal", "adoption", "none"]),
        ("stage:", "ja", ["更新", "定着", "なし"]),
        ("stage:ad", "en", ["adoption"]),
        ("tier:", "ja", ["A", "なし"]),
        ("band:", "ja", ["赤", "黄", "緑", "未測定"]),
        ("tag:k", "en", ['"key account"']),
        ("owner:", "en", ["me", "佐藤", "none"]),
        ("renewal<", "ja", ["30日", "60日", "90日", "180日", "なし"]),
        ("contacted:3", "en", ["30d"]),
        ("tier:A,", "en", ["A,A", "A,none"]),
        ("", "en", []),
        ("nobody:", "en", []),
        ("health<60", "en", []),
    ],
)
def test_hints(typed: str, language: str, offered: list[str]) -> None:
    found = hints(typed, len(typed), WORDS, language)
    shown = [one.text for one in found]
    assert shown == offered


def test_taking_a_hint_replaces_what_was_typed() -> None:
    text = "tier:A stage:re health<60"
    hint = hints(text, 15, WORDS, "en")[0]
    assert text[: hint.start] + hint.text + text[hint.end :] == "tier:A stage:renewal health<60"
    assert not hint.unfinished
    assert hints("he", 2, WORDS, "en")[0].unfinished


@pytest.mark.parametrize(
    ("text", "en", "ja"),
    [
        ("health<60", "health < 60", "ヘルス < 60"),
        ("更新<90日", "renewal < 90 d", "更新 < 90日"),
        ("renewal:3m", "renewal ≤ 3 m", "更新 3か月以内"),
        ("not contacted:30d", "not contacted ≤ 30 d", "接触 30日以内を除く"),
        ("arr>=1m", "arr ≥ 1M", "ARR ≥ 100万"),
        ("arr>1億2,000万円", "arr > 120M JPY", "ARR > 1.2億 JPY"),
        ("tier:A", "tier A", "ランク A"),
        ("stage!=更新", "stage ≠ renewal", "段階 ≠ 更新"),
        ("stage:none", "stage none", "段階 なし"),
        ("band:red,yellow", "band red, yellow", "信号 赤、黄"),
        ("renewal:2026-12-31", "renewal = 2026-12-31", "更新 = 2026-12-31"),
        ("health:40..60", "health 40 – 60", "ヘルス 40 – 60"),
        ("coverage<80", "coverage < 80%", "充足率 < 80%"),
        ("tag:x", "tag x", "タグ x"),
        ("アオバ", "アオバ", "アオバ"),
        ("(tier:A or アオバ)", "(tier:A or アオバ)", "(tier:A or アオバ)"),
        ("<b>bold</b>", "<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_chips(text: str, en: str, ja: str) -> None:
    read = parse(text, WORDS, TODAY)
    assert read.problems == ()
    (part,) = read.parts
    assert chip(read, part, WORDS, "en") == en
    assert chip(read, part, WORDS, "ja") == ja
