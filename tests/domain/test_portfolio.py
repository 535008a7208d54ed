"""Months back and ahead, scores that slid, accounts that moved."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.portfolio import (
    OLDEST,
    Cell,
    Move,
    fall,
    months_from,
    months_until,
    moves,
    slid,
    standing,
    usual_since,
)

days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


@given(days)
def test_the_months_back_touch_and_end_on_the_date(as_of: dt.date) -> None:
    windows = months_until(as_of)
    assert len(windows) == 12
    assert windows[-1].last == as_of
    for one, other in itertools.pairwise(windows):
        assert one.last + dt.timedelta(days=1) == other.first
    assert all(window.first.day == 1 for window in windows)


@given(days)
def test_the_months_ahead_are_whole_and_hold_the_date(as_of: dt.date) -> None:
    windows = months_from(as_of)
    assert windows[0].first <= as_of <= windows[0].last
    for one, other in itertools.pairwise(windows):
        assert one.last + dt.timedelta(days=1) == other.first
    assert 364 <= (windows[-1].last - windows[0].first).days <= 365


@pytest.mark.parametrize(
    ("as_of", "since"),
    [
        ("2026-11-24", "2026-08-31"),
        ("2026-11-30", "2026-08-31"),
        ("2026-05-31", "2026-02-28"),
        ("2024-05-01", "2024-02-29"),
        ("2027-01-15", "2026-10-31"),
    ],
)
def test_compared_with_the_month_end_three_months_before(as_of: str, since: str) -> None:
    assert usual_since(dt.date.fromisoformat(as_of)) == dt.date.fromisoformat(since)


def test_an_old_score_does_not_stand_for_a_date() -> None:
    window = standing(dt.date(2026, 11, 24))
    assert window.last - window.first == dt.timedelta(days=OLDEST)


def cells(*scores: float | None) -> tuple[Cell | None, ...]:
    """Cells of the scores, None for a month without any."""
    return tuple(None if score is None else Cell(score, "green") for score in scores)


@pytest.mark.parametrize(
    ("scores", "moved", "slides"),
    [
        ((50, 0, 0, 0, 0, 0, 40), -10.0, True),
        ((50, 0, 0, 0, 0, 0, 40.1), -9.9, False),
        ((50, None, None, None, None, None, 30), -20.0, True),
        ((None, 50, 50, 50, 50, 50, 30), None, False),
        ((50, 50, 50, 50, 50, 50, None), None, False),
        ((50, 40), None, False),
        ((), None, False),
        ((40, 0, 0, 0, 0, 0, 60), 20.0, False),
    ],
)
def test_a_slide_is_ten_points_in_half_a_year(
    scores: tuple[float | None, ...], moved: float | None, slides: bool
) -> None:
    assert fall(cells(*scores)) == moved
    assert slid(cells(*scores)) is slides


def test_a_month_measured_too_little_is_no_score() -> None:
    assert fall((Cell(None, "none"), *cells(1, 2, 3, 4, 5, 6))) is None


def test_moves_sort_by_size_and_keep_everybody() -> None:
    before = {1: 50.0, 2: 60.0, 3: 70.0, 4: None, 5: 40.0, 6: 30.0, 7: None}
    after = {1: 45.0, 2: 50.0, 3: 75.5, 4: 20.0, 5: None, 6: 30.0, 8: None}
    found = moves(before, after)
    assert found.down == (Move(2, 60.0, 50.0), Move(1, 50.0, 45.0))
    assert [move.delta for move in found.up] == [5.5]
    assert (found.steady, found.gained, found.lost) == ((6,), (4,), (5,))
    assert set(found.unknown) == {7, 8}


scores = st.dictionaries(st.integers(1, 30), st.none() | st.floats(0, 100).map(lambda x: round(x, 1)))


@given(scores, scores)
def test_every_account_is_in_one_place(
    before: dict[int, float | None], after: dict[int, float | None]
) -> None:
    found = moves(before, after)
    ids = [move.account_id for move in (*found.down, *found.up)]
    ids += [*found.steady, *found.gained, *found.lost, *found.unknown]
    assert sorted(ids) == sorted(set(before) | set(after))
    assert [move.delta for move in found.down] == sorted(move.delta for move in found.down)
    assert [move.delta for move in found.up] == sorted((move.delta for move in found.up), reverse=True)
