"""What the filter says of text it cannot read: the kind of fault, its place, what could stand there."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.account_filter_parser import Vocabulary, parse

TODAY = dt.date(2026, 11, 24)
WORDS = Vocabulary(stages={"renewal": "renewal", "更新": "renewal"}, tiers={"A": "A"}, tags=("vip",))


@pytest.mark.parametrize(
    ("text", "code", "faulty", "choices"),
    [
        ("helth<60", "unknown_key", "helth", ("health",)),
        ("tier:A foo:1", "unknown_key", "foo", ()),
        ("10:30", "unknown_key", "10", ()),
        ("health<", "value_missing", "health<", ()),
        ("health < and tier:A", "value_missing", "health <", ()),
        ("health<abc", "not_a_number", "abc", ()),
        ("health<1e9", "not_a_number", "1e9", ()),
        ("arr>=many", "not_money", "many", ()),
        ("arr>=1m2m", "not_money", "1m2m", ()),
        ("renewal<soon", "not_a_day", "soon", ()),
        ("renewal<2026-02-30", "not_a_day", "2026-02-30", ()),
        ("renewal<2026-13", "not_a_day", "2026-13", ()),
        ("renewal<999999d", "not_a_day", "999999d", ()),
        ("stage:renewl", "unknown_value", "renewl", ("renewal",)),
        ("tier:A,Z", "unknown_value", "Z", ("a",)),
        ("tier<A", "no_comparison", "tier<A", ("tier:A",)),
        ("health<40..60", "no_range", "health<40..60", ("health:40..60",)),
        ("health>none", "no_range", "health>none", ("health:none",)),
        ("(tier:A", "unclosed", "(", ()),
        ("tier:A)", "unopened", ")", ()),
        ('name:"Aoba', "unclosed_quote", '"Aoba', ()),
        ("or tier:A", "nothing_before", "or", ()),
        ("and tier:A", "nothing_before", "and", ()),
        ("tier:A or", "nothing_after", "or", ()),
        ("tier:A and", "nothing_after", "and", ()),
        ("not", "nothing_after", "not", ()),
        ("()", "nothing_after", "()", ()),
        ("owner:me", "me_unknown", "me", ()),
    ],
)
def test_a_fault_is_named_where_it_is(text: str, code: str, faulty: str, choices: tuple[str, ...]) -> None:
    read = parse(text, WORDS, TODAY)
    assert read.root is None
    first = read.problems[0]
    assert (first.code, first.text, first.choices) == (code, faulty, choices)
    assert text[first.start : first.end] == faulty


def test_every_fault_is_told() -> None:
    assert [one.code for one in parse("helth<1 stage:x arr>y", WORDS, TODAY).problems] == [
        "unknown_key",
        "unknown_value",
        "not_money",
    ]


@pytest.mark.parametrize("text", ["", "   ", "　"])
def test_nothing_is_no_filter(text: str) -> None:
    read = parse(text, WORDS, TODAY)
    assert (read.root, read.problems, read.parts) == (None, (), ())


def test_somebody_called_me_is_meant_while_nobody_said_who_me_is() -> None:
    assert parse("owner:me", Vocabulary(owners=("Me",)), TODAY).problems == ()


def test_places_hold_in_full_width_text() -> None:
    text = "ヘルス＜６０　ｔｉｅｒ：Ａ"
    read = parse(text, WORDS, TODAY)
    assert [read.source(part) for part in read.parts] == ["ヘルス＜６０", "ｔｉｅｒ：Ａ"]


@pytest.mark.parametrize("word", ["あり合わせ商店", "andon", "northern", "更新印刷", "ヘルスケア社"])
def test_names_that_begin_like_a_word_of_the_syntax_are_names(word: str) -> None:
    read = parse(word, WORDS, TODAY)
    assert read.problems == ()
    assert len(read.parts) == 1


_PIECES = st.sampled_from(
    [
        "health",
        "tier",
        "更新",
        "<",
        ":",
        "..",
        "60",
        "90d",
        "A",
        "(",
        ")",
        "not",
        "and",
        "or",
        '"',
        " ",
        "　",
        "-",
        "1億",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=14).map("".join)))
def test_any_text_is_read_without_a_crash_and_every_place_lies_inside(text: str) -> None:
    read = parse(text, WORDS, TODAY)
    for problem in read.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
    for part in read.parts:
        assert 0 <= part.start < part.end <= len(text)
    assert (read.root is None) or not read.problems


@pytest.mark.parametrize(
    "text",
    ["(" * 800 + "a" + ")" * 800, "(" * 5000, "not " * 3000 + "a", "(not " * 400 + "a", "(a or " * 500],
)
def test_brackets_without_end_are_told_once(text: str) -> None:
    found = parse(text, Vocabulary(), dt.date(2026, 11, 23))
    assert found.root is None
    assert [problem.code for problem in found.problems] == ["too_deep"]


def test_many_brackets_are_fine() -> None:
    found = parse("(" * 40 + "a" + ")" * 40, Vocabulary(), dt.date(2026, 11, 23))
    assert found.root is not None
    assert found.problems == ()
