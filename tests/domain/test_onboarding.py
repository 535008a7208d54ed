"""Onboarding: dues by working days, the rules of on track and late, outcomes, time to first value, cohorts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import onboarding as rules
from cs_workbench.domain import working_days
from cs_workbench.domain.onboarding import Ended, Line, Run

START = dt.date(2026, 11, 2)
END = dt.date(2026, 12, 31)
DAY = dt.timedelta(days=1)
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def line(due: int | None, done: int | None = None, *, milestone: bool = False) -> Line:
    """A line due and done so many days after the start."""
    day = [None if one is None else START + one * DAY for one in (due, done)]
    return Line(day[0], day[1], milestone)


@pytest.mark.parametrize(
    ("start", "after", "due"),
    [
        (dt.date(2026, 11, 2), 0, dt.date(2026, 11, 2)),
        (dt.date(2026, 11, 1), 0, dt.date(2026, 11, 2)),  # a Sunday
        (dt.date(2026, 11, 2), 1, dt.date(2026, 11, 4)),  # over Culture Day
        (dt.date(2026, 12, 25), 2, dt.date(2027, 1, 4)),  # over the turn of the year
    ],
)
def test_dues_are_working_days(start: dt.date, after: int, due: dt.date) -> None:
    assert rules.due(start, after) == due


@given(DATES, st.integers(0, 70), st.integers(0, 70))
def test_dues_keep_their_order(start: dt.date, first: int, second: int) -> None:
    one, two = rules.due(start, min(first, second)), rules.due(start, max(first, second))
    assert start <= one <= two
    assert working_days.is_working_day(one)


@given(DATES, st.integers(1, 90), st.lists(st.integers(0, 70), max_size=5))
def test_an_end_is_never_before_its_lines(start: dt.date, days: int, after: list[int]) -> None:
    dues = [rules.due(start, one) for one in after]
    assert rules.end(start, days, dues) >= max([start + days * DAY, *dues])


@pytest.mark.parametrize(
    ("lines", "today", "standing", "reason", "days"),
    [
        ([line(5), line(20)], 3, "on_track", "", 0),
        ([line(5, 4), line(20)], 10, "on_track", "", 0),
        ([line(5), line(20)], 10, "behind", "share_behind", 0),
        ([line(5), *[line(40)] * 9], 10, "on_track", "", 0),  # one of ten: within the tolerance
        ([line(5, milestone=True), *[line(40)] * 9], 9, "late", "milestone_overdue", 4),
        ([line(5, milestone=True)], 5, "on_track", "", 0),  # the day itself is still in time
        ([line(None), line(None)], 30, "on_track", "", 0),
        ([], 30, "on_track", "", 0),
        ([line(5)], 60, "decide", "end_passed", 1),
        ([line(5, 5)], 62, "decide", "end_passed", 3),
    ],
)
def test_where_it_stands(lines: list[Line], today: int, standing: str, reason: str, days: int) -> None:
    found = rules.verdict(Run(START, END), lines, START + today * DAY)
    assert (found.standing, found.reason, found.days) == (standing, reason, days)


def test_an_extension_moves_the_end() -> None:
    run = Run(START, END, decision="extend", extended_to=END + 30 * DAY)
    assert rules.verdict(run, [], END + DAY).standing == "on_track"
    assert rules.verdict(run, [], END + 31 * DAY).standing == "decide"
    assert Run(START, END, extended_to=END - DAY).end == END


@pytest.mark.parametrize(
    ("run", "outcome", "standing"),
    [
        (Run(START, END), "running", "on_track"),
        (Run(START, END, END), "in_time", "finished"),
        (Run(START, END, END + DAY), "late", "finished"),
        (Run(START, END, END + DAY, "go_on"), "went_on", "went_on"),
        (Run(START, END, None, "extend", END + 40 * DAY), "extended", "on_track"),
        (Run(START, END, END + DAY, "extend", END + 40 * DAY), "extended", "finished"),
    ],
)
def test_outcomes(run: Run, outcome: str, standing: str) -> None:
    assert rules.outcome(run) == outcome
    day = run.finished_on or START
    assert rules.verdict(run, [], day).standing == standing


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 60), st.booleans(), st.booleans()), max_size=8),
    st.integers(0, 90),
)
def test_shares_stay_between_nothing_and_all(rows: list[tuple[int | None, bool, bool]], today: int) -> None:
    lines = [line(due, 1 if done else None, milestone=milestone) for due, done, milestone in rows]
    found = rules.verdict(Run(START, END), lines, START + today * DAY)
    assert 0 <= found.done <= 1
    assert 0 <= found.expected <= 1
    assert (found.reason == "") == (found.standing == "on_track")


@pytest.mark.parametrize(
    ("value", "contract", "days"),
    [
        (None, START, None),
        (START + 30 * DAY, START - 10 * DAY, 40),
        (START + 30 * DAY, None, 30),
        (START + 30 * DAY, START + 40 * DAY, 30),  # a contract that began later says nothing
    ],
)
def test_time_to_first_value(value: dt.date | None, contract: dt.date | None, days: int | None) -> None:
    assert rules.days_to_value(value, contract, START) == days


def test_cohorts_by_month_and_quarter() -> None:
    ended = [
        Ended(dt.date(2026, 1, 5), "in_time", 20, 80.0, True),
        Ended(dt.date(2026, 3, 30), "went_on", None, 40.0, False),
        Ended(dt.date(2026, 3, 1), "extended", 40, None, None),
        Ended(dt.date(2026, 4, 1), "running", None, None, None),
    ]
    april, march, january = rules.cohorts(ended, "month")
    assert [one.begins.month for one in (april, march, january)] == [4, 3, 1]
    assert (april.running, april.days_to_value, april.score) == (1, None, None)
    second, first = rules.cohorts(ended, "quarter")
    assert second.begins == dt.date(2026, 4, 1)
    assert (first.started, first.in_time, first.went_on, first.extended) == (3, 1, 1, 1)
    assert (first.days_to_value, first.valued) == (30, 2)
    assert (first.score, first.scored) == (60.0, 2)
    assert (first.renewed, first.termed) == (1, 2)


@given(st.lists(st.tuples(DATES, st.sampled_from(["running", "in_time", "late", "extended", "went_on"]))))
def test_cohorts_lose_nobody(rows: list[tuple[dt.date, rules.Outcome]]) -> None:
    ended = [Ended(day, outcome, None, None, None) for day, outcome in rows]
    for span in ("month", "quarter"):
        found = rules.cohorts(ended, span)
        assert sum(one.started for one in found) == len(rows)
        for one in found:
            assert one.started == one.running + one.in_time + one.late + one.extended + one.went_on
