"""What is spoken of, when, and never twice; quiet hours across midnight."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain import reminders as rules
from cs_workbench.domain.reminders import Deadline, Due, Meeting, Quiet

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
TODAY = NOW.date()


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("start", "end", "at", "quiet"),
    [
        ("19:00", "08:00", "19:00", True),
        ("19:00", "08:00", "23:59", True),
        ("19:00", "08:00", "00:00", True),
        ("19:00", "08:00", "07:59", True),
        ("19:00", "08:00", "08:00", False),
        ("19:00", "08:00", "18:59", False),
        ("12:00", "13:00", "12:30", True),
        ("12:00", "13:00", "13:00", False),
        ("09:00", "09:00", "09:00", False),
    ],
)
def test_quiet_hours(start: str, end: str, at: str, quiet: bool) -> None:
    hours = Quiet(dt.time.fromisoformat(start), dt.time.fromisoformat(end))
    assert hours.holds(dt.time.fromisoformat(at)) is quiet


@pytest.mark.parametrize(
    ("text", "read"),
    [("07:30", dt.time(7, 30)), ("7:30", dt.time(7, 30)), (" 23:59 ", dt.time(23, 59)), ("24:00", None), ("", None),
     (7, None), (None, None), ("12:60", None)],
)  # fmt: skip
def test_a_time_of_day(text: object, read: dt.time | None) -> None:
    assert rules.clock(text, dt.time(1, 2)) == (read or dt.time(1, 2))


@pytest.mark.parametrize(
    ("days", "key"),
    [
        (1, None),
        (0, "task:7:2026-11-24:today"),
        (-1, "task:7:2026-11-23:late"),
        (-90, "task:7:2026-08-26:late"),
    ],
)
def test_a_task_is_spoken_of_on_its_day_and_once_when_late(days: int, key: str | None) -> None:
    found = rules.reminders([Due(7, 1, "A", "task", "Send", day(days))], [], [], NOW)
    assert [one.key for one in found] == ([key] if key else [])


@pytest.mark.parametrize(
    ("days", "step"), [(31, None), (30, 30), (29, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None)]
)
def test_a_notice_deadline_is_spoken_of_from_30_and_from_7_days_on(days: int, step: int | None) -> None:
    found = rules.reminders([], [Deadline(3, "A", day(days))], [], NOW)
    assert [one.key for one in found] == ([f"notice:3:{day(days).isoformat()}:{step}"] if step else [])


@pytest.mark.parametrize(("minutes", "told"), [(-1, False), (0, True), (15, True), (16, False)])
def test_a_meeting_is_spoken_of_a_quarter_of_an_hour_before(minutes: int, told: bool) -> None:
    found = rules.reminders([], [], [Meeting(5, 1, "A", "QBR", NOW + dt.timedelta(minutes=minutes))], NOW)
    assert bool(found) is told


def test_the_most_pressing_comes_first() -> None:
    dues = [
        Due(1, 1, "A", "promise_theirs", "t", day(-5)), Due(2, 1, "A", "task", "t", day(-1)),
        Due(3, 1, "A", "task", "t", day(-9)), Due(4, 1, "A", "promise_ours", "t", day(0)),
    ]  # fmt: skip
    found = rules.reminders(dues, [Deadline(1, "A", day(3))], [Meeting(5, 1, "A", "QBR", NOW)], NOW)
    assert [one.key.split(":")[1] for one in found] == ["5", "1", "4", "3", "2", "1"]


def test_nothing_is_said_twice_and_the_long_past_is_forgotten() -> None:
    found = rules.reminders(
        [Due(1, 1, "A", "task", "t", day(0)), Due(2, 1, "A", "task", "t", day(0))], [], [], NOW
    )
    said = rules.remembered({"old": "2020-01-01"}, found[:1], TODAY)
    assert said == {found[0].key: "2026-11-24"}
    assert rules.unsaid(found, said) == found[1:]
