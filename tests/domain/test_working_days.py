"""Working days: weekends, public holidays and the turn of the year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import working_days as w

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-12-25", True),
        ("2026-12-26", False),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
        ("2026-11-21", False),
        ("2026-11-23", False),
        ("2026-11-24", True),
    ],
)
def test_is_working_day(day: str, works: bool) -> None:
    assert w.is_working_day(DAY(day)) is works


@pytest.mark.parametrize(
    ("day", "count", "earlier"),
    [
        ("2026-12-31", 0, "2026-12-28"),
        ("2026-12-31", 1, "2026-12-25"),
        ("2026-12-25", 10, "2026-12-11"),
        ("2026-12-11", 3, "2026-12-08"),
        ("2026-12-31", 10, "2026-12-14"),
        ("2027-01-04", 1, "2026-12-28"),
    ],
)
def test_minus(day: str, count: int, earlier: str) -> None:
    assert w.minus(DAY(day), count) == DAY(earlier)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [("2026-12-28", 1, "2027-01-04"), ("2026-12-29", 0, "2027-01-04"), ("2026-11-20", 1, "2026-11-24")],
)
def test_plus(day: str, count: int, later: str) -> None:
    assert w.plus(DAY(day), count) == DAY(later)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 40))
def test_minus_and_plus_undo_each_other_on_working_days(day: dt.date, count: int) -> None:
    start = w.on_or_after(day)
    assert w.minus(w.plus(start, count), count) == start
    assert w.between(start, w.plus(start, count)) == count
    assert w.is_working_day(w.minus(day, count))
