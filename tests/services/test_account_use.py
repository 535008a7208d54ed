"""The Use tab's reading: months, seats, events, and what the titles say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services import account_use, portfolios
from cs_workbench.services.account_use import Line
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_batch, add_contract, add_interaction, put_readings

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
EPOCH = dt.date(1970, 1, 1)


def day(text: str) -> int:
    return (dt.date.fromisoformat(text) - EPOCH).days


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
            for key, family, feature, role, how in (
                ("mau", "mau", None, "active_users", "last"), ("use_a", "use", "a", "feature", "sum"),
                ("use_b", "use", "b", "feature", "sum"), ("grade", "grade", None, "embedded", "mean"),
            ):  # fmt: skip
                db.execute(
                    "insert into metric (key, name, family, feature, role, aggregation) values (?, ?, ?, ?, ?, ?)",
                    (key, key, family, feature, role, how),
                )
            add_contract(
                db, 1, seats=100, start_on="2025-04-01", end_on="2026-03-31", status="ended", auto_renew=0
            )
            add_contract(db, 1, seats=120, start_on="2026-04-01", end_on="2027-03-31")
            put_readings(db, add_batch(db), {
                (1, 1, day("2026-09-30")): 72, (1, 1, day("2026-11-01")): 70, (1, 1, day("2026-11-20")): 58,
                (1, 2, day("2026-09-02")): 10, (1, 2, day("2026-09-09")): 5, (1, 3, day("2026-11-20")): 4,
                (1, 4, day("2026-11-01")): 2, (1, 4, day("2026-11-02")): 3,
                (1, 1, day("2024-01-01")): 999,
            })  # fmt: skip
        yield workbench


def test_months_by_each_metrics_own_way(wb: Workbench) -> None:
    use = account_use.load(wb.reads, 1, TODAY)
    assert (use.months[0], use.months[-1], len(use.months)) == (
        dt.date(2025, 11, 1),
        dt.date(2026, 11, 1),
        13,
    )
    users, features, grade = use.lines
    assert users.values[-3:] == (72, None, 58)  # the last reading; a month without any is a gap
    assert features.values[-3:] == (15, 0, 4)  # a sum; a month without any is none
    assert grade.values[-1] == 2.5
    assert use.until == dt.date(2026, 11, 20)
    assert [(one.name, one.now) for one in use.features] == [("use_b", 4), ("use_a", 0)]


def test_an_unfinished_month_of_sums_is_not_compared(wb: Workbench) -> None:
    users, features, _grade = account_use.load(wb.reads, 1, TODAY).lines
    assert (features.so_far, features.comparable) == (4, (15, 0))
    assert (users.so_far, users.comparable) == (None, (72, 58))


def test_seats_are_those_contracted_at_the_end_of_each_month(wb: Workbench) -> None:
    use = account_use.load(wb.reads, 1, TODAY)
    assert use.seats == (100,) * 5 + (120,) * 8
    chart = account_use.chart(use, use.lines[0], ["x"] * 13)
    assert [series.role for series in chart.series] == ["subject", "limit"]
    assert [series.role for series in account_use.chart(use, use.lines[1], ["x"] * 13).series] == ["subject"]


def test_events_are_contracts_first_then_meetings(wb: Workbench) -> None:
    with wb.change("fill") as db:
        db.execute(
            "insert into contract_event (account_id, kind, on_date) values (1, 'expansion', '2026-04-01')"
        )
        add_interaction(db, 1, "body", channel="meeting", subject="Training <i>", at="2026-07-10T03:00:00Z")
        add_interaction(
            db, 1, "body", channel="meeting", subject="lost to the contract", at="2026-04-10T03:00:00Z"
        )
        add_interaction(db, 1, "body", channel="mail", subject="no event", at="2026-08-10T03:00:00Z")
    assert account_use.load(wb.reads, 1, TODAY).events == ((5, "Expansion"), (8, "Training <i>"))


@pytest.mark.parametrize(
    ("role", "values", "words"),
    [
        ("active_users", (38.0, 72.0, 58.0), "Active users fell from 72 to 58"),
        ("active_users", (70.0, 60.0, 50.0), "Active users fell from 70 to 50"),
        ("seats_used", (10.0, 20.0), "Seats used grew from 10 to 20"),
        ("usage", (100.0, 1234.0, 1200.0), "Logins grew from 100 to 1,200"),
        ("usage", (50.0, None, 0.0), "Logins fell from 50 to 0"),
        ("embedded", (3.0, 3.0), "Logins holds at 3"),
        ("usage", (5.0,), "Logins"),
        ("usage", (), "Logins"),
    ],
)
def test_titles_say_what_happened(role: str, values: tuple[float | None, ...], words: str) -> None:
    line = Line("k", "Logins", role, "", values, dt.date(2026, 11, 30))
    assert account_use.message(line) == words


def test_an_account_without_readings(wb: Workbench) -> None:
    with wb.change("fill") as db:
        other = add_account(db, "Kita")
    use = account_use.load(wb.reads, other, TODAY)
    assert (use.lines, use.features, use.until, use.events) == ((), (), None, ())
    assert account_use.feature_message(use) == "0 of 0 features are in use"
