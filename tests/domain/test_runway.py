"""The eight steps against dates worked out by hand, the turn of the year among them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import working_days
from cs_workbench.domain.runway import STEPS, Known, checkpoint, may_monitor, milestones, runway

NOTICE = dt.date(2026, 12, 31)
TODAY = dt.date(2026, 11, 24)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def done(*numbers: int) -> dict[int, dt.date]:
    return {number: day("11-18") for number in numbers}


def test_counted_back_over_the_turn_of_the_year() -> None:
    way = runway(NOTICE, day("09-01"))
    assert (way.last_day, way.approval_to, way.approval_from) == (day("12-28"), day("12-25"), day("12-11"))
    assert (way.meeting, way.meeting_fixed, way.pack_on) == (day("12-08"), False, day("12-02"))
    assert [step.due for step in way.steps] == [
        day("10-02"), day("10-09"), day("11-17"), day("11-19"), day("11-25"), day("11-27"), day("12-01"), day("12-02"),
    ]  # fmt: skip
    assert (way.late, way.shift, way.short, way.closed_from) == (None, 0, 0, day("12-29"))
    assert [step.state for step in way.steps] == ["current", *["to_come"] * 7]


def test_a_late_step_moves_those_after_it_by_working_days() -> None:
    way = runway(NOTICE, TODAY, Known(done(1, 2, 3)))
    assert (way.late, way.shift, way.squeezed) == (4, 2, False)
    assert [step.state for step in way.steps] == ["done"] * 3 + ["late"] + ["to_come"] * 4
    assert way.steps[3].days_late == 5
    assert [step.due for step in way.steps[4:]] == [day("11-27"), day("12-01"), day("12-03"), day("12-04")]
    assert way.current is way.steps[3]
    assert [step.planned for step in way.steps[4:]] == [
        day("11-25"),
        day("11-27"),
        day("12-01"),
        day("12-02"),
    ]


def test_a_step_moved_by_hand_stays_where_it_was_put() -> None:
    way = runway(NOTICE, TODAY, Known(done(1, 2, 3), {6: day("12-02"), 4: day("11-30")}))
    assert (way.late, way.steps[3].state, way.steps[3].by_hand) == (None, "current", True)
    late = runway(NOTICE, TODAY, Known(done(1, 2, 3), {6: day("12-02")}))
    assert (late.steps[5].due, late.steps[4].due) == (day("12-02"), day("11-27"))


def test_too_late_for_its_own_pace_the_rest_is_shared_out() -> None:
    today = day("12-03")
    way = runway(NOTICE, today, Known(done(1, 2, 3)))
    assert way.squeezed
    dues = [step.due for step in way.steps[4:]]
    assert dues == sorted(dues)
    assert dues[-1] < way.meeting
    assert all(due >= today and working_days.is_working_day(due) for due in dues)


def test_no_time_for_the_approval_is_said_in_working_days() -> None:
    way = runway(NOTICE, day("12-18"), Known(done(1, 2, 3, 4, 5, 6, 7, 8)))
    assert way.meeting == day("12-21")
    assert way.short == 10 - working_days.between(way.meeting, way.approval_to) == 6
    assert runway(NOTICE, TODAY, Known(meeting=day("12-15"))).short == 2


def test_a_fixed_meeting_pulls_the_steps_to_it() -> None:
    way = runway(NOTICE, TODAY, Known(done(1, 2, 3), meeting=day("12-10")))
    assert (way.meeting, way.meeting_fixed) == (day("12-10"), True)
    assert way.steps[3].due == TODAY
    assert way.steps[7].planned == day("12-04")
    assert way.late is None


@pytest.mark.parametrize(("days", "start"), [(10, "12-11"), (5, "12-18"), (15, "12-04"), (0, "12-25")])
def test_the_approval_takes_as_long_as_the_customer_needs(days: int, start: str) -> None:
    assert runway(NOTICE, TODAY, Known(approval_days=days)).approval_from == day(start)


def test_a_top_tier_is_touched_earlier() -> None:
    assert runway(NOTICE, day("07-01"), tier="A").steps[0].due == day("09-02")
    assert runway(NOTICE, day("07-01"), tier="C").steps[0].due == day("10-02")


def test_everything_done_leaves_nothing_current() -> None:
    way = runway(NOTICE, TODAY, Known(done(*STEPS)))
    assert (way.current, way.late, way.pack_on) == (None, None, day("11-18"))
    assert {step.state for step in way.steps} == {"done"}


@pytest.mark.parametrize(
    ("tier", "first", "count"), [("A", ("readiness", "2026-07-03"), 10), ("B", ("facts", "2026-09-02"), 9)]
)
def test_the_default_runway_by_tier(tier: str, first: tuple[str, str], count: int) -> None:
    found = milestones(NOTICE, tier)
    assert (found[0].key, found[0].on.isoformat(), len(found)) == (*first, count)
    assert [(one.days, one.on) for one in found[-2:]] == [(0, NOTICE), (-30, dt.date(2027, 1, 30))]
    assert [one.days for one in found] == sorted((one.days for one in found), reverse=True)


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        ("2026-06-29", "early"), ("2026-06-30", "t6"), ("2026-09-29", "t6"), ("2026-09-30", "t3"), ("2026-12-31", "t3"),
    ],
)  # fmt: skip
def test_checkpoints_six_and_three_months_before(today: str, wanted: str) -> None:
    at = dt.date.fromisoformat(today)
    assert checkpoint(NOTICE, at) == wanted
    assert may_monitor(NOTICE, at) is (wanted != "t3")


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)),
    st.integers(-20, 400),
    st.sets(st.sampled_from(list(STEPS))),
    st.integers(0, 30),
)
def test_any_runway_is_in_order(deadline: dt.date, ahead: int, finished: set[int], days: int) -> None:
    today = deadline - dt.timedelta(days=ahead)
    way = runway(deadline, today, Known(dict.fromkeys(finished, today), approval_days=days))
    assert len(way.steps) == 8
    assert way.approval_from <= way.approval_to <= way.last_day <= deadline
    assert [step.planned for step in way.steps] == sorted(step.planned for step in way.steps)
    assert sum(step.state in ("late", "current") for step in way.steps) == (len(finished) < 8)
    assert 0 <= way.short <= days


@pytest.mark.parametrize(
    ("deadline", "today", "closed"),
    [
        ("2026-12-28", "2026-12-01", None),
        ("2026-12-29", "2026-12-01", "2026-12-29"),
        ("2027-01-29", "2026-12-31", "2026-12-31"),
        ("2027-01-29", "2027-01-03", "2027-01-03"),
        ("2027-01-29", "2027-01-04", None),
    ],
)
def test_the_turn_of_the_year_is_told_while_it_lies_ahead(
    deadline: str, today: str, closed: str | None
) -> None:
    """The law closes public offices from 29 December to 3 January, and companies do as they do."""
    found = runway(dt.date.fromisoformat(deadline), dt.date.fromisoformat(today)).closed_from
    assert (found and found.isoformat()) == closed
