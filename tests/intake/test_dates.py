"""Dates and instants in both languages: tables of values, the column's day-first rule, round trips."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.intake.cells import ValueProblem
from cs_workbench.intake.dates import (
    decide_day_first,
    needs_day_first,
    parse_date,
    parse_instant,
)

JUNE_1 = date(2026, 6, 1)
TOKYO = "Asia/Tokyo"
NAIVE = datetime(2026, 6, 1, 10)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "2026/6/1",
        "2026-06-01",
        "2026.06.01",
        "2026年6月1日",
        "2026年 6月 1日",
        "２０２６年６月１日",
        "２０２６／０６／０１",
        "20260601",
        "令和8年6月1日",
        "令和８年６月１日",
        "R8.6.1",
        "R8/6/1",
        "r8-06-01",
        "㋿8年6月1日",
        "平成38年6月1日",
        "H38.6.1",
        "1 Jun 2026",
        "1-Jun-2026",
        "1-Jun-26",
        "Jun 1, 2026",
        "June 1st, 2026",
        "1st June 2026",
        "2026-Jun-01",
        "2026/06/01(月)",
        "2026年6月1日（月）",
        "2026年6月1日 月曜日",
        "Mon, 1 Jun 2026",
        "Monday, June 1, 2026",
        "2026/6/1 9:30",
        "2026-06-01 00:00:00",
        "2026-06-01T10:00:00Z",
        "2026年6月1日 午後3時",
        " 2026/6/1\u3000",
        "2026−06−01",
        "01.06.2026",
        "6/1/2026 (Mon)",
        date(2026, 6, 1),
        datetime(2026, 6, 1, 9, 30),  # noqa: DTZ001,
    ],
)
def test_one_day_written_many_ways(text: str | date) -> None:
    assert parse_date(text) == JUNE_1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H31/4/30", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S60.12.31", date(1985, 12, 31)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("㍻31年4月30日", date(2019, 4, 30)),
        ("2024-02-29", date(2024, 2, 29)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/99", date(1999, 12, 31)),
        ("12/31/26", date(2026, 12, 31)),
        ("99/12/31", date(1999, 12, 31)),
        ("5/5/2026", date(2026, 5, 5)),
        ("2027年4月末", date(2027, 4, 30)),
        ("２０２７年４月末", date(2027, 4, 30)),
        ("2027/4末", date(2027, 4, 30)),
        ("2027-04月末日", date(2027, 4, 30)),
        ("2028年2月末", date(2028, 2, 29)),
        ("2027年2月末", date(2027, 2, 28)),
        ("令和10年2月末", date(2028, 2, 29)),
        ("R9.4末", date(2027, 4, 30)),
        ("2027年4月初め", date(2027, 4, 1)),
        ("2027年4月頭", date(2027, 4, 1)),
    ],
)
def test_eras_leap_days_and_short_years(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("6/1/2026", "date_ambiguous"),
        ("01-02-26", "date_ambiguous"),
        ("2026-02-30", "date"),
        ("2026-13-01", "date"),
        ("令和8年13月1日", "date"),
        ("2026年6月", "date"),
        ("4月末", "date"),  # of which year?
        ("2027年13月末", "date"),
        ("45000", "date"),
        ("Foo 1, 2026", "date"),
        ("abc", "date"),
        ("1200", "date"),
        ("", "blank"),
        ("-", "blank"),
        ("未定", "blank"),
        ("N/A", "blank"),
        (None, "blank"),
        (True, "date"),
        (45000.0, "date"),
        ("2026/6/1/2", "date"),
        ("32/13/2026", "date"),
    ],
)
def test_what_is_no_single_day_is_refused(text: str | float | None, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_date(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("6/1/2026", True, date(2026, 1, 6)),
        ("6/1/2026", False, JUNE_1),
        ("1/6/26", True, JUNE_1),
        ("06-01-2026 10:00", False, JUNE_1),
        ("01.06.2026", True, JUNE_1),
        ("2026/6/1", True, JUNE_1),
    ],
)
def test_the_column_settles_day_and_month(text: str, day_first: bool, expected: date) -> None:
    assert parse_date(text, day_first=day_first) == expected


def test_a_value_against_the_columns_rule_is_refused_not_swapped() -> None:
    with pytest.raises(ValueProblem, match="date"):
        parse_date("13/1/2026", day_first=False)


@pytest.mark.parametrize(
    "text", ["2026年6月", "2026-06", "2026/6", "202606", "Jun 2026", "June 2026", "令和8年6月", "2026年6月度"]
)
def test_a_month_stands_for_the_end_the_caller_names(text: str) -> None:
    assert parse_date(text, month_as="first") == JUNE_1
    assert parse_date(text, month_as="last") == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("cell", "serial", "expected"),
    [
        (46174, "1900", JUNE_1),
        ("46174", "1900", JUNE_1),
        (46174.75, "1900", JUNE_1),
        (1, "1900", date(1900, 1, 1)),
        (61, "1900", date(1900, 3, 1)),
        (59, "1900", date(1900, 2, 28)),
        (44712, "1904", JUNE_1),
        ("2026/6/1", "1900", JUNE_1),
    ],
)
def test_serial_numbers_only_when_told(cell: str | float, serial: str, expected: date) -> None:
    assert parse_date(cell, serial=serial) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [60, 0, -1, 9_999_999])
def test_impossible_serial_numbers(cell: int) -> None:
    with pytest.raises(ValueProblem):
        parse_date(cell, serial="1900")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1/6/2026", "13/6/2026"], True),
        (["1/6/2026", "6/13/2026"], False),
        (["1/6/2026", "2/3/2026"], None),
        (["13/6/2026", "6/13/2026"], None),
        (["2026-06-01", ""], None),
        ([], None),
        (["1/6/2026 (Mon)"], True),
        (["6/1/2026 (Mon)"], False),
        (["Mon, 1/6/2026"], True),
        (["1/6/2026 10:00", "31/1/2026 9:00"], True),
        ([None, 5, date(2026, 6, 1)], None),
        (["5/5/2026"], None),
        (["01.06.2026"], True),
    ],
)
def test_a_column_tells_whether_the_day_comes_first(values: list[str], expected: bool | None) -> None:
    assert decide_day_first(values) is expected


def test_only_an_open_column_needs_an_answer() -> None:
    assert needs_day_first(["1/6/2026", "2/3/2026"])
    assert not needs_day_first(["1/6/2026", "13/3/2026"])
    assert not needs_day_first(["2026-06-01", "5/5/2026", None])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-09 3:00", datetime(2024, 7, 8, 18, tzinfo=UTC)),
        ("2026-06-01", datetime(2026, 5, 31, 15, tzinfo=UTC)),
        ("2026-06-01T10:00:00Z", datetime(2026, 6, 1, 10, tzinfo=UTC)),
        ("2026-06-01T10:00:00+09:00", datetime(2026, 6, 1, 1, tzinfo=UTC)),
        ("2026-06-01T10:00:00-0500", datetime(2026, 6, 1, 15, tzinfo=UTC)),
        ("20260601T120000Z", datetime(2026, 6, 1, 12, tzinfo=UTC)),
        ("Mon, 1 Jun 2026 10:00:00 +0900", datetime(2026, 6, 1, 1, tzinfo=UTC)),
        ("2026/06/01 10:00 JST", datetime(2026, 6, 1, 1, tzinfo=UTC)),
        ("2026/6/1 午後3:05", datetime(2026, 6, 1, 6, 5, tzinfo=UTC)),
        ("2026年6月1日 15時30分", datetime(2026, 6, 1, 6, 30, tzinfo=UTC)),
        ("6/13/2026 3:05 PM", datetime(2026, 6, 13, 6, 5, tzinfo=UTC)),
        ("2026-06-01 12:00 AM", datetime(2026, 5, 31, 15, tzinfo=UTC)),
        ("2026-06-01 24:00", datetime(2026, 6, 1, 15, tzinfo=UTC)),
        ("2026-06-01 10:00:00.5", datetime(2026, 6, 1, 1, 0, 0, 500_000, tzinfo=UTC)),
        (datetime(2026, 6, 1, 10, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 6, 1, 8, tzinfo=UTC)),
        (NAIVE, datetime(2026, 6, 1, 1, tzinfo=UTC)),
        (JUNE_1, datetime(2026, 5, 31, 15, tzinfo=UTC)),
    ],
)
def test_instants_become_utc(text: str | date, expected: datetime) -> None:
    found = parse_instant(text, TOKYO)
    assert found == expected
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2026-06-01 25:00", "2026-06-01 10:61", "x", "", "13:00", "2026-06-01 13:00 PM", True, 5.5]
)
def test_no_moment_is_refused(text: str | float) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_instant(text, TOKYO)
    assert caught.value.code in ("instant", "blank")


def test_summer_time_is_kept() -> None:
    assert parse_instant("2026-07-01 12:00", "America/New_York") == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert parse_instant("2026-01-01 12:00", "America/New_York") == datetime(2026, 1, 1, 17, tzinfo=UTC)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_survives_every_spelling(day: date) -> None:
    shapes = (
        f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%d %b %Y}", f"{day:%B %d, %Y}", f"{day:%a, %d %b %Y}",
    )  # fmt: skip
    assert {parse_date(shape) for shape in shapes} == {day}
    assert (
        parse_date(f"{day:%d/%m/%Y}", day_first=True) == parse_date(f"{day:%m/%d/%Y}", day_first=False) == day
    )


@given(st.dates(min_value=date(2019, 5, 1), max_value=date(2099, 12, 31)))
def test_every_reiwa_day(day: date) -> None:
    year = day.year - 2018
    assert parse_date(f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日") == day
    assert parse_date(f"R{year}.{day.month}.{day.day}") == day


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_instant_survives(moment: datetime) -> None:
    aware = moment.replace(tzinfo=ZoneInfo(TOKYO))
    assert parse_instant(moment.isoformat(), TOKYO) == aware
    assert parse_instant(aware.isoformat(), "UTC") == aware


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_value_problem(text: str) -> None:
    for read in (lambda: parse_date(text), lambda: parse_instant(text, TOKYO)):
        try:
            read()
        except ValueProblem:
            continue
