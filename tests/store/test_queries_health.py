"""Every measure's SQL on small facts: values, denominators, dates, honesty at the as-of date, all equals one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_workbench.services.account_list import rows
from cs_workbench.store.queries import health as queries
from cs_workbench.store.queries.local_days import as_of_params
from tests.builders_health import MemoryPortfolio, day

TODAY = dt.date(2026, 11, 24)


def ago(days: int) -> dt.date:
    """A date before today."""
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def db() -> MemoryPortfolio:
    """An empty portfolio."""
    return MemoryPortfolio()


def measured(
    db: MemoryPortfolio,
    source: str,
    as_of: dt.date = TODAY,
    *,
    window: int = 28,
    subject: str = "",
    aggregation: str = "last",
) -> dict[int, tuple[Any, ...]]:
    """The measured values by account, asked for all and checked to be the same for each one alone."""
    feed = queries.feed_days(db, as_of).get(source)  # type: ignore[arg-type]
    assert source not in queries.FEEDS or feed == queries.feed_day(db, source, as_of)  # type: ignore[arg-type]

    def ask(account: int | None) -> list[tuple[Any, ...]]:
        return queries.measured(
            db,
            source,
            as_of,
            window=window,
            subject=subject,
            aggregation=aggregation,
            feed=feed,
            account_id=account,
        )  # type: ignore[arg-type,return-value]

    found = {row[0]: row[1:] for row in ask(None)}
    for (account,) in db.all("select id from account"):
        assert ask(account) == ([(account, *found[account])] if account in found else [])
    return found


def contract(db: MemoryPortfolio, account: int, seats: int | None = 100, **values: object) -> None:
    """A running contract."""
    db.add(
        "contract",
        **{"account_id": account, "seats": seats, "start_on": "2026-01-01", "end_on": "2026-12-31"} | values,
    )


def test_nothing_is_measured_in_an_empty_portfolio(db: MemoryPortfolio) -> None:
    db.account()
    for source in queries.MEASURES:
        assert measured(db, source, subject="embedded") == {}


def test_seats_used_over_seats_contracted(db: MemoryPortfolio) -> None:
    account, other = db.account(), db.account("Other")
    seats = db.metric("seats", "seats_used")
    db.readings(account, seats, {ago(10): 80, ago(3): 85, ago(-1): 99})
    db.readings(other, seats, {ago(3): 4})
    contract(db, account, 70)
    contract(db, account, 30, end_on="2026-11-24")
    contract(db, account, 500, end_on="2026-11-23")
    contract(db, account, 500, start_on="2026-11-25")
    contract(db, account, 500, is_trial=1)
    assert measured(db, "seats_used") == {account: (85, 100, day(ago(3))), other: (4, None, day(ago(3)))}
    assert measured(db, "seats_used", ago(5)) == {account: (80, 600, day(ago(10)))}


def test_seats_used_fall_back_to_active_users(db: MemoryPortfolio) -> None:
    account, other = db.account(), db.account("Other")
    contract(db, account)
    contract(db, other)
    db.readings(account, db.metric("seats", "seats_used"), {ago(9): 60})
    active = db.metric("active", "active_users")
    db.readings(account, active, {ago(1): 50})
    db.readings(other, active, {ago(1): 40})
    assert measured(db, "seats_used") == {account: (60, 100, day(ago(9))), other: (40, 100, day(ago(1)))}


@pytest.mark.parametrize(("aggregation", "users"), [("last", 40), ("mean", 50), ("max", 60), ("sum", 60)])
def test_active_users_in_the_window_before_the_newest_reading(
    db: MemoryPortfolio, aggregation: str, users: float
) -> None:
    account = db.account()
    contract(db, account)
    metric = db.metric("active", "active_users", aggregation=aggregation)
    db.readings(account, metric, {ago(40): 99, ago(33): 80, ago(31): 60, ago(5): 40})
    assert measured(db, "active_users") == {account: (users, 100, day(ago(5)))}


def test_features_used_over_features_anybody_used_by_then(db: MemoryPortfolio) -> None:
    account, silent, never = db.account(), db.account("Silent"), db.account("Never")
    features = [db.metric(f"f{n}", "feature", feature=f"f{n}") for n in range(4)]
    db.metric("unread", "feature", feature="unread")
    db.readings(account, features[0], {ago(2): 5})
    db.readings(account, features[1], {ago(2): 0})
    db.readings(account, features[2], {ago(60): 5})
    db.readings(silent, features[3], {ago(60): 5})
    assert measured(db, "features_used") == {account: (1, 4, day(ago(2))), silent: (0, 4, day(ago(2)))}
    assert never not in measured(db, "features_used")
    assert measured(db, "features_used", ago(30)) == {
        account: (1, 2, day(ago(60))),
        silent: (1, 2, day(ago(60))),
    }


def test_a_feature_metric_without_a_feature_name_is_its_own_feature(db: MemoryPortfolio) -> None:
    account = db.account()
    db.readings(account, db.metric("plan_viewed", "feature"), {ago(1): 3})
    db.readings(account, db.metric("plan_shared", "feature"), {ago(40): 3})
    db.readings(account, db.metric("usage", "usage"), {ago(1): 6})
    db.readings(account, db.metric("usage_x", "usage", feature="plan_viewed"), {ago(1): 6})
    assert measured(db, "features_used") == {account: (1, 2, day(ago(1)))}


def test_usage_trend_compares_two_windows_that_end_with_the_newest_reading(db: MemoryPortfolio) -> None:
    account, silent, new = db.account(), db.account("Silent"), db.account("New")
    usage = db.metric("usage", "usage")
    db.readings(account, usage, {ago(3): 30, ago(30): 15, ago(31): 40, ago(58): 60, ago(59): 999})
    db.readings(silent, usage, {ago(40): 50, ago(90): 10})
    db.readings(new, usage, {ago(3): 5, ago(20): 5})
    assert measured(db, "usage_trend") == {account: (45, 100, day(ago(3))), silent: (0, 50, day(ago(3)))}


def test_features_stand_in_for_usage_only_where_nothing_else_is_usage(db: MemoryPortfolio) -> None:
    account = db.account()
    for name in ("f1", "f2"):
        db.readings(account, db.metric(name, "feature", feature=name), {ago(1): 10, ago(40): 20, ago(56): 0})
    assert measured(db, "usage_trend") == {account: (20, 40, day(ago(1)))}
    db.metric("usage", "usage")
    assert measured(db, "usage_trend") == {}


def test_mails_and_events_are_counted_where_they_are_recorded(db: MemoryPortfolio) -> None:
    account, quiet, never = db.account(), db.account("Quiet"), db.account("Never")
    mails, events = db.metric("m", "mail_opens"), db.metric("e", "events_attended")
    db.readings(account, mails, {ago(1): 2, ago(90): 1, ago(91): 50})
    db.readings(account, events, {ago(20): 1})
    db.readings(quiet, mails, {ago(200): 3})
    assert measured(db, "mails_and_events", window=90) == {
        account: (4, None, day(ago(1))), quiet: (0, None, day(ago(1))),
    }  # fmt: skip
    assert never not in measured(db, "mails_and_events", window=90)


@pytest.mark.parametrize(
    ("entries", "days"),
    [
        ([(5, "both", "call")], 5),
        ([(5, "both", "note")], None),
        ([(5, "none", "note")], None),
        ([(5, "out", "mail")], None),
        ([(5, "in", "mail")], None),
        ([(5, "in", "mail"), (19, "out", "mail")], 5),
        ([(5, "in", "mail"), (20, "out", "mail")], None),
        ([(5, "in", "mail"), (-1, "out", "mail")], None),
        ([(19, "in", "mail"), (5, "out", "mail")], 19),
        ([(30, "both", "visit"), (5, "out", "mail")], 30),
        ([(0, "both", "chat"), (30, "both", "call")], 0),
        ([(-1, "both", "call"), (30, "both", "call")], 30),
    ],
)
def test_days_since_the_last_two_way_contact(
    db: MemoryPortfolio, entries: list[tuple[int, str, str]], days: int | None
) -> None:
    account = db.account()
    for age, direction, channel in entries:
        db.met(account, f"{ago(age)}T09:00:00Z", direction=direction, channel=channel)
    found = measured(db, "last_contact")
    assert found == ({} if days is None else {account: (days, None, day(ago(days)))})


def test_a_ticket_is_no_contact(db: MemoryPortfolio) -> None:
    account = db.account()
    db.add(
        "ticket",
        account_id=account,
        opened_at=f"{ago(2)}T09:00:00Z",
        solved_at=f"{ago(1)}T09:00:00Z",
        status="done",
    )
    assert measured(db, "last_contact") == {}


def test_decision_maker_met_is_yes_no_or_not_known(db: MemoryPortfolio) -> None:
    met, unmet, unknown, gone = (db.account(name) for name in ("Met", "Unmet", "Unknown", "Gone"))
    boss = db.person(met, "Boss", "decision_maker")
    db.person(unmet, "Buyer", "economic_buyer")
    user = db.person(unknown, "User", "user")
    db.person(gone, "Left", "decision_maker", status="left", left_on=ago(10).isoformat())
    db.met(met, f"{ago(100)}T09:00:00Z", boss)
    db.met(met, f"{ago(3)}T09:00:00Z", boss, direction="out", channel="mail")
    db.met(unknown, f"{ago(3)}T09:00:00Z", user)
    assert measured(db, "decision_maker_met", window=180) == {
        met: (1, None, day(ago(100))), unmet: (0, None, day(TODAY)),
    }  # fmt: skip
    assert measured(db, "decision_maker_met", window=90)[met] == (0, None, day(TODAY))
    assert set(measured(db, "decision_maker_met", ago(20))) == {met, unmet, gone}


def test_nobody_is_called_unmet_while_participants_are_not_logged(db: MemoryPortfolio) -> None:
    account = db.account()
    db.person(account, "Boss", "decision_maker")
    db.met(account, f"{ago(3)}T09:00:00Z")
    assert measured(db, "decision_maker_met", window=180) == {}


def test_open_severe_tickets_as_they_were_at_the_date(db: MemoryPortfolio) -> None:
    account = db.account()
    db.account("Nobody would have told")

    def ticket(opened: int, solved: int | None, priority: str | None, status: str) -> None:
        db.add("ticket", account_id=account, opened_at=f"{ago(opened)}T09:00:00Z", priority=priority, status=status,
               solved_at=None if solved is None else f"{ago(solved)}T09:00:00Z")  # fmt: skip

    ticket(20, None, "high", "open")
    ticket(20, 5, "urgent", "done")
    ticket(20, None, "urgent", "done")
    ticket(20, None, "high", "no_action")
    ticket(20, None, "high", "hold")
    ticket(20, None, "normal", "open")
    ticket(20, None, None, "open")
    assert measured(db, "open_severe_tickets") == {account: (2, None, day(ago(5)))}
    assert measured(db, "open_severe_tickets", ago(6))[account] == (3, None, day(ago(20)))
    assert measured(db, "open_severe_tickets", ago(21)) == {}


@pytest.mark.parametrize(
    ("source", "file_at", "covered"),
    [("desk", "2026-11-02T09:00:00Z", True), ("desk", "2026-10-31T09:00:00Z", False), ("desk", None, True),
     ("crm", "2026-11-02T09:00:00Z", False)],
)  # fmt: skip
def test_no_ticket_is_none_open_only_where_the_desk_knows_the_account(
    db: MemoryPortfolio, source: str, file_at: str | None, covered: bool
) -> None:
    """Another account's tickets are no evidence, unless they come from a system that names this one, too."""
    loud, calm = db.account(), db.account("Calm")  # both here since 1 November
    db.add("account_source", account_id=calm, source=source, external_id="C-2")
    db.add(
        "ticket",
        account_id=loud,
        source="desk",
        external_id="T-1",
        opened_at=f"{ago(8)}T09:00:00Z",
        priority="high",
    )
    db.add(
        "ticket",
        account_id=loud,
        source="mail",
        external_id="M-1",
        opened_at=f"{ago(2)}T09:00:00Z",
        priority="low",
    )
    if file_at is not None:
        db.add("import_batch", at=file_at, file_name="t.csv", sha256="", source="desk", kind="tickets", mapping="{}",
               rows=1, created=1, updated=0, unchanged=0, rejected=0)  # fmt: skip
    found = measured(db, "open_severe_tickets")
    assert found[loud] == (1, None, day(ago(2)))
    assert found.get(calm) == ((0, None, day(ago(8))) if covered else None)


def test_the_newest_reading_of_a_role(db: MemoryPortfolio) -> None:
    account, other = db.account(), db.account("Other")
    first, second = db.metric("embedded", "embedded"), db.metric("embedded_2", "embedded")
    db.readings(account, first, {ago(50): 1, ago(20): 3})
    db.readings(account, second, {ago(30): 4})
    db.readings(other, db.metric("x", "objectives"), {ago(1): 1})
    assert measured(db, "role_latest", subject="embedded") == {account: (3, None, day(ago(20)))}
    assert measured(db, "role_latest", ago(25), subject="embedded") == {account: (4, None, day(ago(30)))}


@pytest.mark.parametrize(("aggregation", "value"), [("last", 2), ("sum", 8), ("mean", 4), ("max", 6)])
def test_a_metric_of_the_csm_over_its_window(db: MemoryPortfolio, aggregation: str, value: float) -> None:
    account = db.account()
    db.readings(account, db.metric("logins"), {ago(40): 100, ago(20): 6, ago(2): 2})
    found = measured(db, "metric", subject="logins", window=28, aggregation=aggregation)
    assert found == {account: (value, None, day(ago(2)))}


def test_the_mean_of_a_survey(db: MemoryPortfolio) -> None:
    account = db.account()
    for age, kind, score in (
        (5, "csat", 5),
        (10, "csat", 2),
        (100, "csat", 1),
        (1, "nps", 9),
        (2, "csat", None),
    ):
        db.add("survey", account_id=account, kind=kind, score=score, answered_on=ago(age).isoformat())
    assert measured(db, "survey", subject="csat", window=90) == {account: (3.5, None, day(ago(5)))}


def test_archived_accounts_are_left_out_from_their_day_on(db: MemoryPortfolio) -> None:
    account = db.account(archived_at=f"{ago(5)}T09:00:00Z")
    db.met(account, f"{ago(20)}T09:00:00Z")
    assert measured(db, "last_contact") == {}
    assert account in measured(db, "last_contact", ago(6))
    assert queries.account_ids(db, TODAY) == []  # type: ignore[arg-type]
    assert queries.account_ids(db, ago(6)) == [account]  # type: ignore[arg-type]


def test_readings_are_found_by_seek_from_the_account(db: MemoryPortfolio) -> None:
    """No plan may scan the reading table: it holds millions of rows."""
    db.account()
    params = as_of_params(db, TODAY) | {  # type: ignore[arg-type]
        "window": 28, "since": ago(28).isoformat(), "subject": "x", "aggregation": "last", "feed": day(TODAY), "a": 1,
    }  # fmt: skip
    for source, sql in queries.MEASURES.items():
        plan = db.all("explain query plan " + sql.format(w=""), params)
        steps = [row[3] for row in plan]
        assert not [step for step in steps if step.startswith("SCAN r")], source


@pytest.mark.parametrize(
    ("zone", "at", "today", "age"),
    [
        ("Asia/Tokyo", "2026-11-20T21:09:00Z", "2026-11-21", 0),  # 06:09 that morning
        ("Asia/Tokyo", "2026-11-20T21:09:00Z", "2026-11-20", None),  # it was not yet
        ("Asia/Tokyo", "2026-11-19T15:00:00Z", "2026-11-24", 4),  # a bare date of the 20th
        ("America/New_York", "2026-11-21T03:30:00Z", "2026-11-20", 0),  # half past ten in the evening
        ("America/New_York", "2026-11-21T03:30:00Z", "2026-11-22", 2),
        ("America/New_York", "2026-03-09T03:30:00Z", "2026-03-08", 0),  # the clock went forward that morning
        ("America/New_York", "2026-11-02T04:30:00Z", "2026-11-01", 0),  # and back on that one
        ("UTC", "2026-11-20T21:09:00Z", "2026-11-20", 0),
    ],
)
def test_the_last_contact_counts_in_local_days(
    db: MemoryPortfolio, zone: str, at: str, today: str, age: int | None
) -> None:
    lives_in(db, zone)
    account, date = db.account(), dt.date.fromisoformat(today)
    db.met(account, at)
    expected = {} if age is None else {account: (age, None, day(date) - age)}
    assert measured(db, "last_contact", date) == expected


@pytest.mark.parametrize(
    ("at", "met"), [("2026-11-13T15:00:00Z", 1), ("2026-11-13T14:59:59Z", 0)], ids=["the 14th", "the 13th"]
)
def test_a_window_begins_with_a_local_day(db: MemoryPortfolio, at: str, met: int) -> None:
    lives_in(db, "Asia/Tokyo")
    account = db.account()
    db.met(account, at, db.person(account, "Ishii", "decision_maker"))
    (found,) = measured(db, "decision_maker_met", window=10).values()
    assert found == (met, None, day(dt.date(2026, 11, 14)) if met else day(TODAY))


def test_a_window_longer_than_history_is_no_trouble(db: MemoryPortfolio) -> None:
    account = db.account()
    db.met(account, f"{ago(400)}T09:00:00Z", db.person(account, "Ishii", "decision_maker"))
    assert measured(db, "decision_maker_met", window=10**9) == {account: (1, None, day(ago(400)))}


@pytest.mark.parametrize(("solved", "still_open"), [("2026-11-24T14:59:59Z", 0), ("2026-11-24T15:00:00Z", 1)])
def test_tickets_are_open_until_the_end_of_the_local_day(
    db: MemoryPortfolio, solved: str, still_open: int
) -> None:
    lives_in(db, "Asia/Tokyo")
    account = db.account()
    ticket = {"account_id": account, "subject": "Down", "priority": "urgent", "folded": ""}
    db.add("ticket", opened_at="2026-11-23T21:00:00Z", solved_at=solved, status="done", **ticket)
    newest = TODAY  # opened at six in the morning of the 24th
    assert measured(db, "open_severe_tickets") == {account: (still_open, None, day(newest))}


@pytest.mark.parametrize(("zone", "still_there"), [("Asia/Tokyo", True), ("America/New_York", False)])
def test_archiving_counts_from_the_local_day(db: MemoryPortfolio, zone: str, still_there: bool) -> None:
    lives_in(db, zone)
    account = db.account(
        archived_at="2026-11-25T03:00:00Z"
    )  # noon of the 25th in Tokyo, the 24th in New York
    assert queries.account_ids(db, TODAY) == ([account] if still_there else [])  # type: ignore[arg-type]
    listed = rows(db, TODAY.isoformat())  # type: ignore[arg-type]
    assert [row[0] for row in listed] == ([account] if still_there else [])


def lives_in(db: MemoryPortfolio, zone: str) -> None:
    """Set the portfolio's time zone."""
    db.add("setting", key="time_zone", value=f'"{zone}"')
