"""Scores over time as the snapshots hold them."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.portfolio import Cell, Window
from cs_workbench.store.queries import portfolio
from tests.builders_health import MemoryPortfolio


def window(first: str, last: str) -> Window:
    """From ISO dates."""
    return Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


JUNE, JULY = window("2026-06-01", "2026-06-30"), window("2026-07-01", "2026-07-31")


@pytest.fixture
def db() -> MemoryPortfolio:
    """Two accounts."""
    made = MemoryPortfolio()
    made.account("A")
    made.account("B")
    return made


def snapshot(
    db: MemoryPortfolio, account: int, day: str, score: float | None, band: str = "green", detail: str = "{}"
) -> None:
    """One stored score."""
    db.add("snapshot", account_id=account, as_of=day, scorecard_id=1, score=score, band=band, coverage=0.9,
           detail=detail)  # fmt: skip


def test_the_newest_of_each_month(db: MemoryPortfolio) -> None:
    snapshot(db, 1, "2026-06-01", 40.0, "red")
    snapshot(db, 1, "2026-06-30", 61.5, "yellow")
    snapshot(db, 1, "2026-06-29", 10.0, "red")
    snapshot(db, 1, "2026-07-31", 80.0)
    found = portfolio.scores(db, (JUNE, JULY))  # type: ignore[arg-type]
    assert found[1] == (Cell(61.5, "yellow"), Cell(80.0, "green"))
    assert found[2] == (None, None)


def test_of_one_day_the_last_written(db: MemoryPortfolio) -> None:
    snapshot(db, 1, "2026-06-30", 50.0)
    snapshot(db, 1, "2026-06-30", 52.0)
    assert portfolio.scores(db, (JUNE,))[1] == (Cell(52.0, "green"),)  # type: ignore[arg-type]


def test_measured_too_little_is_told_from_not_kept(db: MemoryPortfolio) -> None:
    snapshot(db, 1, "2026-06-30", None, "none")
    assert portfolio.scores(db, (JUNE, JULY))[1] == (Cell(None, "none"), None)  # type: ignore[arg-type]


@pytest.mark.parametrize("score", [0.0, 100.0, 33.3, 66.7, 9.999999])
def test_scores_come_back_exactly(db: MemoryPortfolio, score: float) -> None:
    snapshot(db, 1, "2026-06-15", score)
    (cell,) = portfolio.scores(db, (JUNE,))[1]  # type: ignore[arg-type]
    assert cell is not None
    assert cell.score == score


def test_details_of_the_accounts_asked_for(db: MemoryPortfolio) -> None:
    snapshot(db, 1, "2026-06-10", 1.0, detail='{"n":1}')
    snapshot(db, 1, "2026-06-20", 1.0, detail='{"n":2}')
    snapshot(db, 2, "2026-05-20", 1.0, detail='{"n":3}')
    assert portfolio.details(db, [1, 2, 99], JUNE) == {1: '{"n":2}'}  # type: ignore[arg-type]
    assert portfolio.details(db, [], JUNE) == {}  # type: ignore[arg-type]
