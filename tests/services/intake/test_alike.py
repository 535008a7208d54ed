"""The nearest name is found among few: none is missed that comparing with every name would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from cs_workbench.domain.matching import FUZZY_FROM
from cs_workbench.services.intake import alike
from cs_workbench.services.intake.alike import Alike

NAMES = {1: "globex", 2: "yamadakogyoholdings", 3: "store12", 4: "あおば製作所", -1: "globexx"}


def _all(_one: int) -> bool:
    return True


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("globex", 1),
        ("globexx", -1),
        ("glabex", None),
        ("yamadakougyoholdings", 2),
        ("yamadakogyoholding", 2),
        ("store12", 3),
        ("store13", None),
        ("store1", None),
        ("あおば製作", 4),
        ("initech", None),
        ("", None),
    ],
)
def test_the_nearest_name(asked: str, found: int | None) -> None:
    best = Alike(NAMES).nearest(asked, _all)
    assert (best and best[0]) == found


def test_those_that_cannot_be_meant_leave_room_for_the_next() -> None:
    best = Alike(NAMES).nearest("globexx", lambda one: one > 0)
    assert best
    assert (best[0], round(best[1])) == (1, 92)


WORDS = st.text("abc", min_size=1, max_size=24)


@given(
    WORDS,
    st.lists(st.tuples(st.integers(0, 24), st.sampled_from(["", "a", "b"])), max_size=4),
    st.lists(WORDS),
)
def test_no_likely_name_is_missed(key: str, edits: list[tuple[int, str]], others: list[str]) -> None:
    asked = key
    for place, letter in edits:
        asked = asked[:place] + letter + asked[place + (not letter) :]
    keys = dict(enumerate([key, *others], 1))
    best = max(fuzz.ratio(asked, other) for other in keys.values())
    found = Alike(keys).nearest(asked, _all)
    assert (found[1] if found else None) == (best if best >= FUZZY_FROM else None)


def test_a_piece_that_many_names_hold_is_no_way_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "_COMMON", 3)
    keys = {number: letter * 4 + "trading" for number, letter in enumerate("abcdef", 1)}
    known = Alike(keys)
    assert known.nearest("trading", _all) is None
    assert known._candidates("bbbbtrading") == [2]
    best = known.nearest("bbbbtradin", _all)
    assert best
    assert (best[0], round(best[1])) == (2, 95)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("みなと信金", 1),
        ("みなと信用金庫本店", 1),
        ("港信組", 2),
        ("港信金", None),
        ("みなと信用組合", None),
        ("青葉", None),
        ("青葉物流", 3),  # the nearer of two
        ("第2青葉物流", None),  # figures are compared whole
        ("globexcorporation", 5),
        ("glob", None),
        ("", None),
    ],
)
def test_a_shortened_name(asked: str, found: int | None) -> None:
    known = {1: "みなと信用金庫", 2: "港信用組合", 3: "青葉物流東北", 4: "青葉物流東北販売", 5: "globex"}
    best = Alike(known).shortened(asked, _all)
    assert (best and best[0]) == found


def test_of_two_that_are_as_near_the_one_of_the_portfolio() -> None:
    known = Alike({-1: "みなと信用金庫", 7: "みなと信用金庫"})
    best, other = known.shortened("みなと信金", _all), known.shortened("みなと信金", lambda one: one < 0)
    assert best
    assert other
    assert (best[0], round(best[1])) == (7, 83)
    assert (other[0], round(other[1])) == (-1, 83)


def test_a_head_that_many_names_share_is_no_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "_COMMON", 2)
    known = Alike({1: "みなと信用金庫", 2: "みなと運輸", 3: "みなと物産"})
    assert known.shortened("みなと運", _all) is None
    best = known.shortened("みなと信金", _all)
    assert best
    assert best[0] == 1
