"""Dates typed in a hurry, counted from Saturday 21 November 2026."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.spoken_dates import day_of_contact, in_figures, spoken_date

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("today", "2026-11-21"), ("tomorrow", "2026-11-22"), ("明日", "2026-11-22"), ("明後日", "2026-11-23"),
        ("来週", "2026-11-28"), ("+7d", "2026-11-28"), ("+2w", "2026-12-05"), ("+1m", "2026-12-21"),
        ("3日後", "2026-11-24"), ("2週間後", "2026-12-05"), ("1か月後", "2026-12-21"), ("月末", "2026-11-30"),
        ("来月末", "2026-12-31"), ("2026-12-01", "2026-12-01"), ("2026/12/1", "2026-12-01"),
        ("2026年12月1日", "2026-12-01"), ("12/1", "2026-12-01"), ("12月1日", "2026-12-01"), ("1/15", "2027-01-15"),
        ("11/21", "2026-11-21"), ("2/29", "2028-02-29"), ("mon", "2026-11-23"), ("monday", "2026-11-23"),
        ("next fri", "2026-11-27"), ("sat", "2026-11-28"), ("wednesday", "2026-11-25"), ("月曜", "2026-11-23"),
        ("金曜日", "2026-11-27"), ("来週月曜", "2026-11-23"), ("来週の金曜", "2026-11-27"), ("今週金曜", "2026-11-20"),
        ("1 dec", "2026-12-01"), ("15 january", "2027-01-15"), ("1 dec 2027", "2027-12-01"), ("1dec", "2026-12-01"),
    ],
)  # fmt: skip
def test_dates_to_come(text: str, iso: str) -> None:
    assert spoken_date(text, TODAY) == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("yesterday", "2026-11-20"), ("昨日", "2026-11-20"), ("一昨日", "2026-11-19"), ("11/19", "2026-11-19"),
        ("12/1", "2025-12-01"), ("fri", "2026-11-20"), ("月曜", "2026-11-16"), ("2/29", "2024-02-29"),
    ],
)  # fmt: skip
def test_dates_gone_by(text: str, iso: str) -> None:
    assert spoken_date(text, TODAY, "past") == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "future", "past"),
    [
        ("2027年4月末", "2027-04-30", "2027-04-30"), ("2027/4末", "2027-04-30", "2027-04-30"),
        ("2028年2月末日", "2028-02-29", "2028-02-29"), ("2027年2月末", "2027-02-28", "2027-02-28"),
        ("2027年4月初め", "2027-04-01", "2027-04-01"), ("2027-4月頭", "2027-04-01", "2027-04-01"),
        ("4月末", "2027-04-30", "2026-04-30"), ("2月末", "2027-02-28", "2026-02-28"),
        ("11月末", "2026-11-30", "2025-11-30"), ("11月初め", "2027-11-01", "2026-11-01"),
        ("今月末", "2026-11-30", "2026-11-30"), ("月初", "2026-12-01", "2026-11-01"),
        ("今月の頭", "2026-11-01", "2026-11-01"), ("来月初", "2026-12-01", "2026-12-01"),
        ("再来月末", "2027-01-31", "2027-01-31"), ("先月末", "2026-10-31", "2026-10-31"),
    ],
)  # fmt: skip
def test_ends_and_beginnings_of_months(text: str, future: str, past: str) -> None:
    assert spoken_date(text, TODAY) == dt.date.fromisoformat(future)
    assert spoken_date(text, TODAY, "past") == dt.date.fromisoformat(past)
    assert day_of_contact(text, TODAY) is None  # when something is due, not when it happened


@pytest.mark.parametrize(
    ("today", "text", "iso"),
    [
        ("2028-02-10", "2月末", "2028-02-29"),
        ("2028-02-29", "月末", "2028-02-29"),
        ("2027-03-01", "2月末", "2028-02-29"),
        ("2028-01-31", "来月末", "2028-02-29"),
        ("2026-12-01", "月初", "2026-12-01"),
        ("2026-11-30", "11月末", "2026-11-30"),
    ],
)
def test_the_end_of_february_in_a_leap_year_and_edges_of_today(today: str, text: str, iso: str) -> None:
    assert spoken_date(text, dt.date.fromisoformat(today)) == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    "text",
    [
        "13月末",
        "2027年13月末",
        "4末",
        "年末",
        "0000年4月末",
        "",
        "13/1",
        "2026-02-30",
        "2/30",
        "monkey",
        "monda",
        "7",
        "7d",
        "月",
        "important",
        "0/0",
        "tuesnesday",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert spoken_date(text, TODAY) is None


@given(st.text(max_size=12), st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_any_text_is_a_date_or_none(text: str, today: dt.date) -> None:
    found = spoken_date(text, today)
    assert found is None or isinstance(found, dt.date)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("11/20", dt.date(2026, 11, 20)),
        ("11/21", TODAY),
        ("2026.11.20", dt.date(2026, 11, 20)),
        ("2019/3/1", dt.date(2019, 3, 1)),
        ("5/25", dt.date(2026, 5, 25)),  # 180 days ago
        ("5/24", "day_unclear"),
        ("12月1日", "day_unclear"),
        ("11/22", "day_unclear"),
        ("2026/11/22", "day_ahead"),
        ("2026/2/30", "bad_date"),
        ("yesterday", dt.date(2026, 11, 20)),
        ("明日", None),
        ("24/7", None),
        ("50/50", None),
        ("soon", None),
    ],
)
def test_the_day_of_a_contact(text: str, read: dt.date | str | None) -> None:
    assert day_of_contact(text, TODAY) == read


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("11/20", True),
        ("2026-1-2", True),
        ("2026/1-2", False),
        ("11月20日", False),
        ("3", False),
        ("", False),
    ],
)
def test_what_is_written_in_figures(text: str, figures: bool) -> None:
    assert in_figures(text) == figures
