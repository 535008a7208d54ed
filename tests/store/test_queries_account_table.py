"""What the accounts page reads beside the list: trends by month, next steps, tags, lists; each in one statement."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.store.queries import account_table as queries
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def db() -> MemoryPortfolio:
    """Two accounts and an archived one."""
    portfolio = MemoryPortfolio()
    for number, archived in ((1, None), (2, None), (3, "2026-01-01T00:00:00Z")):
        portfolio.add("account", id=number, name=f"N{number}", name_key=f"n{number}", archived_at=archived)
    return portfolio


def snapshot(db: MemoryPortfolio, account: int, as_of: str, score: float | None) -> None:
    rest = {"scorecard_id": 1, "band": "green", "coverage": 1.0, "detail": "{}"}
    db.add("snapshot", account_id=account, as_of=as_of, score=score, **rest)


def test_a_month_is_represented_by_its_newest_snapshot(db: MemoryPortfolio) -> None:
    snapshot(db, 1, "2026-11-24", 70.0)
    snapshot(db, 1, "2026-11-24", 71.0)  # scored again on that day
    snapshot(db, 1, "2026-11-25", 99.0)  # after the day asked for
    snapshot(db, 1, "2026-10-24", 60.0)  # the last day of the month before
    snapshot(db, 1, "2026-10-01", 50.0)
    snapshot(db, 1, "2025-11-25", 40.0)  # first day of the twelve months
    snapshot(db, 1, "2025-11-24", 30.0)  # the day before
    found = queries.trends(db, TODAY)  # type: ignore[arg-type]
    assert set(found) == {1, 2}
    assert found[1] == (40.0, *[None] * 9, 60.0, 71.0)
    assert found[2] == (None,) * 12


def test_the_months_of_a_month_end_have_no_gap(db: MemoryPortfolio) -> None:
    for month in range(1, 13):
        snapshot(db, 1, f"2026-{month:02}-28", float(month))
    found = queries.trends(db, dt.date(2026, 12, 31))  # type: ignore[arg-type]
    assert found[1] == tuple(float(month) for month in range(1, 13))


@pytest.mark.parametrize(
    ("tasks", "title"),
    [
        ([("Later", "2026-12-24"), ("Sooner", "2026-12-01")], "Sooner"),
        ([("No day", None), ("Some day", "2027-01-01")], "Some day"),
        ([("First", "2026-12-01"), ("Second", "2026-12-01")], "First"),
    ],
)
def test_the_next_step_is_the_most_urgent(
    db: MemoryPortfolio, tasks: list[tuple[str, str | None]], title: str
) -> None:
    for name, due in tasks:
        db.add("task", account_id=1, title=name, due_on=due, created_at="2026-11-01T00:00:00Z")
    found = queries.next_steps(db, TODAY)  # type: ignore[arg-type]
    assert found[1][0] == title


def test_done_future_and_their_own_promises_are_no_next_step(db: MemoryPortfolio) -> None:
    db.add("task", account_id=1, title="Done", done_on="2026-11-24", created_at="2026-11-01T00:00:00Z")
    db.add("task", account_id=1, title="Theirs", kind="promise_theirs", created_at="2026-11-01T00:00:00Z")
    db.add("task", account_id=1, title="Tomorrow's", created_at="2026-11-25T00:00:00Z")
    assert queries.next_steps(db, TODAY) == {}  # type: ignore[arg-type]
    db.add("task", account_id=1, title="Ours", kind="promise_ours", created_at="2026-11-01T00:00:00Z")
    assert queries.next_steps(db, TODAY) == {1: ("Ours", None)}  # type: ignore[arg-type]


def test_tags_and_lists_come_in_order(db: MemoryPortfolio) -> None:
    for tag in ("b", "a"):
        db.add("account_tag", account_id=2, tag=tag)
    db.add(
        "list_item",
        list="tier",
        key="A",
        label_en="A",
        label_ja="あ",
        position=1,
        data='{"cadence_days": 14}',
    )
    db.add("list_item", list="stage", key="x", label_en="X", label_ja="え", position=2)
    db.add("list_item", list="stage", key="old", label_en="O", label_ja="お", position=1, archived=1)
    assert queries.tags(db) == {2: ("a", "b")}  # type: ignore[arg-type]
    assert queries.entries(db) == [("stage", "x", "X", "え", None), ("tier", "A", "A", "あ", 14)]  # type: ignore[arg-type]
