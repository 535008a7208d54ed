"""Days of a place: when they begin in UTC and where an instant falls, clock changes and skipped days included."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.local_days import LocalDays

ZONES = (
    "UTC", "Asia/Tokyo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
    "America/Havana", "Pacific/Kiritimati", "Pacific/Apia",
)  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("UTC", "2026-11-20", "2026-11-20T00:00:00Z"),
        ("Asia/Tokyo", "2026-11-20", "2026-11-19T15:00:00Z"),
        ("America/New_York", "2026-01-20", "2026-01-20T05:00:00Z"),
        ("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z"),  # the clock goes forward on this day
        ("America/New_York", "2026-03-09", "2026-03-09T04:00:00Z"),
        ("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z"),  # and back on this one
        ("America/New_York", "2026-11-02", "2026-11-02T05:00:00Z"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),  # there is no midnight on this day
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),  # and two on this one: the first counts
        ("No/Such_Place", "2026-11-20", "2026-11-20T00:00:00Z"),
        ("../etc", "2026-11-20", "2026-11-20T00:00:00Z"),
        ("America", "2026-11-20", "2026-11-20T00:00:00Z"),
        ("", "2026-11-20", "2026-11-20T00:00:00Z"),
    ],
)
def test_when_a_day_begins(zone: str, day: str, begins: str) -> None:
    days = LocalDays(zone)
    date = dt.date.fromisoformat(day)
    assert days.begins(date) == begins
    assert days.ends(date - dt.timedelta(days=1)) == begins


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("UTC", "2026-11-20T23:59:59Z", "2026-11-20"),
        ("Asia/Tokyo", "2026-11-20T21:09:00Z", "2026-11-21"),  # 06:09 on the 21st
        ("Asia/Tokyo", "2026-11-20T14:59:59Z", "2026-11-20"),
        ("Asia/Tokyo", "2026-11-20T15:00:00Z", "2026-11-21"),
        ("America/New_York", "2026-01-20T04:59:59Z", "2026-01-19"),
        ("America/New_York", "2026-01-20T05:00:00Z", "2026-01-20"),
        ("America/New_York", "2026-03-09T03:59:59Z", "2026-03-08"),
        ("America/New_York", "2026-03-09T04:00:00Z", "2026-03-09"),
        ("America/New_York", "2026-11-02T04:30:00Z", "2026-11-01"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"),  # the 30th never was
    ],
)
def test_the_day_of_an_instant(zone: str, instant: str, day: str) -> None:
    days = LocalDays(zone)
    assert days.day_of(instant) == dt.date.fromisoformat(day)
    assert days.day_of(instant) == dt.date.fromisoformat(day)  # the second answer comes from memory
    assert days.number_of(instant) == (dt.date.fromisoformat(day) - dt.date(1970, 1, 1)).days


@given(
    st.sampled_from(ZONES),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1)),  # noqa: DTZ001
)
def test_day_of_is_what_the_zone_says(zone: str, moment: dt.datetime) -> None:
    """But where a clock is put back over midnight, a day that has begun goes on."""
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    days = LocalDays(zone)
    day = days.day_of(text)
    said = moment.astimezone(ZoneInfo(zone)).date()
    assert day == said or (zone == "America/Havana" and day == said + dt.timedelta(days=1))
    assert days.begins(day) <= text < days.ends(day)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_time_do_not_fail(zone: str, day: dt.date) -> None:
    days = LocalDays(zone)
    assert days.begins(day) <= days.ends(day)
    assert days.day_of(f"{day.isoformat()}T12:00:00Z") == day


def test_the_time_zone_data_is_left_alone_for_utc() -> None:
    code = (
        "import sys, datetime as dt\nfrom cs_workbench.domain.local_days import LocalDays\n"
        "LocalDays('UTC').ends(dt.date(2026, 1, 1))\nassert 'zoneinfo' not in sys.modules\n"
        "LocalDays('Asia/Tokyo')\nassert 'zoneinfo' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("zone", "now", "day", "at"),
    [
        ("UTC", "2026-11-21T09:30:00", "2026-11-20", "2026-11-20T09:30:00"),
        (
            "Asia/Tokyo",
            "2026-11-20T21:09:00",
            "2026-11-20",
            "2026-11-19T21:09:00",
        ),  # 06:09 of the 21st → the 20th
        (
            "America/New_York",
            "2026-03-10T03:30:00",
            "2026-03-07",
            "2026-03-08T04:30:00",
        ),  # 23:30 on both sides
    ],
)
def test_the_same_hour_of_another_day(zone: str, now: str, day: str, at: str) -> None:
    moment = dt.datetime.fromisoformat(now + "+00:00")
    found = LocalDays(zone).same_hour(moment, dt.date.fromisoformat(day))
    assert found == dt.datetime.fromisoformat(at + "+00:00")
    assert LocalDays(zone).day_of(found.strftime("%Y-%m-%dT%H:%M:%SZ")) == dt.date.fromisoformat(day)
