"""The sample's past: the days it is scored for, and that every figure of a year has something to show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_workbench.domain.portfolio import months_until
from cs_workbench.services import account_table, portfolios, sample
from cs_workbench.services.sample.history import score_steps, scored_days

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("today", "count", "first"),
    [
        (TODAY, 15, dt.date(2025, 11, 30)),
        (dt.date(2026, 3, 31), 15, dt.date(2025, 3, 31)),
        (dt.date(2024, 3, 1), 15, dt.date(2023, 3, 31)),
        (dt.date(2026, 4, 14), 14, dt.date(2025, 4, 30)),  # two weeks before is a month end
        (dt.date(2026, 1, 1), 15, dt.date(2025, 1, 31)),
    ],
)
def test_the_days_are_month_ends_and_the_recent_ones(today: dt.date, count: int, first: dt.date) -> None:
    days = scored_days(today)
    assert list(days) == sorted(set(days))
    assert (len(days), days[0], days[-1]) == (count, first, today)
    ends = [day for day in days if (day + dt.timedelta(days=1)).day == 1 and day != today]
    assert len(ends) >= 12
    assert {today - dt.timedelta(days=n) for n in (35, 14)} <= set(days)


@pytest.mark.parametrize("today", [TODAY, dt.date(2026, 3, 31), dt.date(2026, 2, 28)])
def test_every_month_of_the_heat_map_has_a_day(today: dt.date) -> None:
    for month in months_until(today):
        assert any(month.first <= day <= month.last for day in scored_days(today)), month


def test_trends_of_the_sample_have_no_gap(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        sample.create(wb, today=TODAY, language="en")
        steps = list(score_steps(wb, today=TODAY, now=NOW))
        assert steps == [(n, 15) for n in range(15)]
        undoable = [step.name for step in wb.history()]
        table = account_table.load(wb.reads, TODAY)
        scores = wb.reads.scalar("select count(*) from snapshot where score is not null")
    assert scores >= 15 * 25, "nearly every account had a score on every day"
    assert undoable == [], "scores are evidence, not a step to undo"
    whole = [line.name for line in table.lines if len(line.trend) == 12 and None not in line.trend]
    assert len(whole) >= 25, "sparklines reach back a year"


def test_scoring_again_adds_nothing(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        sample.create(wb, today=TODAY, language="en")
        sample.score(wb, today=TODAY, now=NOW)
        before = wb.reads.scalar("select count(*) from snapshot")
        sample.score(wb, today=TODAY, now=NOW)
        assert wb.reads.scalar("select count(*) from snapshot") == before
