"""Progress of objectives: the published check values, standings by date, contradictions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import objective
from cs_workbench.domain.objective import Goal, Reading, Standing

JAN, JUL, DEC = dt.date(2026, 1, 1), dt.date(2026, 7, 2), dt.date(2026, 12, 31)
DOWN = Goal(40, 20, "down", JAN, DEC)


@pytest.mark.parametrize(
    ("baseline", "target", "current", "share"),
    [(40, 20, 35, 0.25), (40, 20, 45, -0.25), (0, 10, 12, 1.2), (10, 20, 10, 0), (-5, 5, 0, 0.5)],
)
def test_progress(baseline: float, target: float, current: float, share: float) -> None:
    assert objective.progress(baseline, target, current) == pytest.approx(share)


def test_no_way_to_go_has_no_progress() -> None:
    with pytest.raises(ValueError, match="equals"):
        objective.progress(5, 5, 5)


@pytest.mark.parametrize(
    ("goal", "value", "on", "as_of", "expected"),
    [
        (DOWN, 20, JUL, JUL, "reached"),
        (DOWN, 18, JUL, DEC + dt.timedelta(1), "reached"),
        (DOWN, 30, JUL, JUL, "on_track"),
        (DOWN, 31.9, JUL, JUL, "on_track"),
        (DOWN, 32.1, JUL, JUL, "behind"),
        (DOWN, 45, JUL, JUL, "behind"),
        (DOWN, 30, JUL, DEC, "on_track"),
        (DOWN, 30, JUL, DEC + dt.timedelta(1), "overdue"),
        (DOWN, 30, DEC, JUL, "not_measured"),
        (Goal(40, None, "down", JAN, DEC), 30, JUL, JUL, "not_measured"),
        (Goal(None, 20, "down", JAN, JAN), 30, JUL, JUL, "overdue"),
        (Goal(None, 20, "down", JAN, JUL), 30, JUL, JUL, "missed"),
        (Goal(None, 20, "down", JAN, DEC), 30, JUL, JUL, "not_reached"),
        (Goal(None, 20, "down", JAN), 30, JUL, JUL, "not_reached"),
        (Goal(None, 20, "down", JAN, JUL), 20, JUL, JUL, "reached"),
        (Goal(None, 20, "down", JAN, JAN), 19, JUL, JUL, "reached"),
        (Goal(None, None, "down", JAN, JUL), 19, JUL, JUL, "not_measured"),
        (Goal(None, 20, "down", JAN, JUL), 30, DEC, JUL, "not_measured"),
        (Goal(40, 40, "down", JAN, DEC), 40, JUL, JUL, "not_measured"),
        (Goal(0, 10), 0, JUL, JUL, "on_track"),
        (Goal(0, 10), -2, JUL, JUL, "behind"),
        (Goal(40, 20, "down", JAN, DEC, dropped=True), 20, JUL, JUL, "dropped"),
    ],
)
def test_standing(goal: Goal, value: float, on: dt.date, as_of: dt.date, expected: Standing) -> None:
    assert objective.standing(goal, [Reading(on, value)], as_of) == expected


def test_the_last_reading_not_after_the_day_counts() -> None:
    readings = [Reading(DEC, 1), Reading(JAN, 2), Reading(JUL, 3)]
    assert objective.newest(readings, DEC - dt.timedelta(1)) == Reading(JUL, 3)
    assert objective.newest([], DEC) is None


@pytest.mark.parametrize(
    ("standings", "attained", "on_track"),
    [
        ((), None, None),
        (("dropped",), None, None),
        (("reached", "behind", "dropped"), 0.5, 0.5),
        (("reached", "on_track", "not_measured", "overdue"), 0.25, 0.5),
        (("reached", "not_reached"), 0.5, 0.5),
        (("on_track", "missed", "not_reached", "not_measured"), 0.0, 0.25),
    ],
)
def test_shares(standings: tuple[Standing, ...], attained: float | None, on_track: float | None) -> None:
    assert objective.attainment(standings) == attained
    assert objective.on_track_share(standings) == on_track


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        (DOWN, ()),
        (Goal(5, 5), ("target_is_baseline",)),
        (Goal(5, 9, "down"), ("against_direction",)),
        (Goal(9, 5, "up"), ("against_direction",)),
        (Goal(1, 2, "up", DEC, JAN), ("dates_reversed",)),
        (Goal(None, None), ()),
    ],
)
def test_contradictions_are_named(goal: Goal, expected: tuple[str, ...]) -> None:
    assert objective.faults(goal) == expected


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 1))
def test_progress_of_a_point_on_the_way_is_its_share(baseline: float, target: float, share: float) -> None:
    if abs(target - baseline) > 1e-3:
        current = baseline + share * (target - baseline)
        assert objective.progress(baseline, target, current) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("goal", "value", "status", "share"),
    [
        (Goal(None, 2.0), 3.4, "open", 1.0),  # no baseline, and past the target
        (Goal(None, 2.0), 1.9, "open", None),
        (Goal(None, 2.0, "down"), 1.9, "open", 1.0),
        (Goal(0.0, 10.0), 4.0, "open", 0.4),
        (Goal(0.0, 10.0), -4.0, "open", 0.0),
        (Goal(0.0, 10.0), 14.0, "open", 1.0),
        (Goal(0.0, 10.0), None, "reached", 1.0),
        (Goal(0.0, 10.0), 9.0, "dropped", None),
        (Goal(0.0, 10.0), None, "open", None),
    ],
)
def test_how_far_an_objective_is(goal: Goal, value: float | None, status: str, share: float | None) -> None:
    assert objective.extent(goal, value, status) == share


def test_what_is_not_measured_is_not_reached() -> None:
    assert objective.attained([1.0, None]) == 0.5
    assert objective.attained([None, None]) is None
    assert objective.attained([]) is None
    today = dt.date(2026, 11, 22)
    assert objective.standing(Goal(None, 2.0), [Reading(today, 3.4)], today) == "reached"
    assert objective.standing(Goal(None, 2.0), [Reading(today, 1.0)], today) == "not_reached"
