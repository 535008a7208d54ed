"""The sample's past scores: with them trends, movers, the heat map and what fell can be seen at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

MONTHS = 12
BEFORE = (35, 14, 0)
"""Days before today: signals compare with about a month and two weeks ago."""


def scored_days(today: dt.date) -> tuple[dt.date, ...]:
    """The days the sample is scored for, oldest first: the last twelve month ends before *today*, BEFORE and today."""
    days = {today - dt.timedelta(days=days) for days in BEFORE}
    end = today
    for _month in range(MONTHS):
        end = end.replace(day=1) - dt.timedelta(days=1)
        days.add(end)
    return tuple(sorted(days))


def score_steps(wb: Workbench, *, today: dt.date, now: dt.datetime) -> Generator[tuple[int, int], None, None]:
    """Score every account for ``scored_days``, yielding (done, total) days; some 30 ms a day."""
    from cs_workbench.services import health

    days = scored_days(today)
    for number, day in enumerate(days):
        yield number, len(days)
        health.score_all(wb, day, now=now)


def score(wb: Workbench, *, today: dt.date, now: dt.datetime) -> None:
    """As ``score_steps``, all at once."""
    for _step in score_steps(wb, today=today, now=now):
        pass
