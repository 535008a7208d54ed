"""Japan's public holidays as the government's calendar lists them."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.japanese_holidays import is_holiday

CALENDAR = {
    2024: "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23",
    2025: "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
    2026: "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    2027: "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
}


@pytest.mark.parametrize("year", CALENDAR)
def test_a_year_is_as_in_the_official_calendar(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    found = [f"{day.month}/{day.day}" for day in days if is_holiday(day)]
    assert found == CALENDAR[year].split()


def test_far_years_have_the_fixed_days() -> None:
    assert is_holiday(dt.date(2150, 11, 3))
    assert not is_holiday(dt.date(2150, 3, 20))
