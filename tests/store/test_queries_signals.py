"""What the rules are given, counted from rows: each aggregate on a small portfolio."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.store.queries import signals as queries
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)
DAY = dt.timedelta(days=1)


@pytest.fixture
def db() -> Any:
    portfolio = MemoryPortfolio()
    for number, (name, key, data) in enumerate(
        (
            ("tier", "A", {"cadence_days": 14}),
            ("stage", "onboarding", {"months": 3}),
            ("stage", "churned", {"closed": True}),
            ("ticket_priority", "urgent", {"severity": "high"}),
            ("ticket_priority", "blocker", {"severity": "high"}),
            ("channel", "meeting", {"two_way": True}),
            ("channel", "call", {"two_way": True}),
        )
    ):
        portfolio.add(
            "list_item",
            list=name,
            key=key,
            label_en=key,
            label_ja=key,
            position=number,
            data=json.dumps(data),
        )
    return portfolio


def snapshot(db: Any, account: int, day: dt.date, score: float | None, band: str, *red: str) -> int:
    axes = [{"key": key, "band": "red" if key in red else "green"} for key in ("roi", "adoption")]
    detail = json.dumps({"axes": axes, "measures": []}, separators=(",", ":"))
    return int(
        db.add(
            "snapshot", account_id=account, as_of=day.isoformat(), scorecard_id=1, score=score, band=band,
            coverage=1.0, detail=detail,
        )
    )  # fmt: skip


def test_customers_know_tier_stage_and_score(db: Any) -> None:
    plain = db.account("Plain")
    known = db.account("Known", tier="A", stage="onboarding", customer_since="2026-09-01")
    gone = db.account("Gone", stage="churned")
    left = db.account("Left", churned_on="2026-11-24")
    db.account("Archived", archived_at="2026-11-01T00:00:00Z")
    db.add("contract", account_id=plain, start_on="2025-02-03")
    snapshot(db, known, TODAY - DAY, 61.0, "yellow")
    snapshot(db, known, TODAY + DAY, 10.0, "red")
    found = queries.customers(db, TODAY, 45)
    assert set(found) == {plain, known, gone, left}
    assert (found[plain].cadence, found[plain].since, found[plain].band) == (45, dt.date(2025, 2, 3), "none")
    assert (found[known].cadence, found[known].stage_months, found[known].score) == (14, 3, 61.0)
    assert [found[n].gone for n in (plain, known, gone, left)] == [False, False, True, True]


def test_contracts_that_run_with_the_value_of_a_year(db: Any) -> None:
    account = db.account()
    stated = db.add(
        "contract", account_id=account, arr=6_500_000 * 10_000, currency="JPY", end_on="2026-12-31", name="C1"
    )
    monthly = db.add(
        "contract", account_id=account, mrr=1_000_000, external_id="X9", auto_renew=1, end_on="2026-01-01"
    )
    db.add("contract", account_id=account, end_on="2026-11-23")
    db.add("contract", account_id=account, is_trial=1, end_on="2026-12-31")
    found = {one.id: one for one in queries.contracts(db, TODAY)}
    assert set(found) == {stated, monthly}
    assert (found[stated].value, found[stated].currency, found[stated].name) == (
        Decimal(6_500_000),
        "JPY",
        "C1",
    )
    assert (found[monthly].value, found[monthly].name, found[monthly].term.auto_renew) == (
        Decimal(1200),
        "X9",
        True,
    )


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ({"name": "C1", "external_id": "birch#main", "plan": "Standard"}, "C1"),
        ({"external_id": "SO-9", "plan": "Standard"}, "SO-9"),
        ({"external_id": "birch#main", "plan": "Standard"}, "Standard"),
        ({"name": "", "external_id": "birch#main", "plan": ""}, ""),
        ({"external_id": "birch#main"}, ""),
    ],
)
def test_an_id_made_up_at_import_names_no_contract(db: Any, given: dict[str, str], called: str) -> None:
    db.add("contract", account_id=db.account(), end_on="2026-12-31", **given)
    assert [one.name for one in queries.contracts(db, TODAY)] == [called]


def test_health_is_measured_against_the_snapshot_a_window_ago(db: Any) -> None:
    account = db.account()
    snapshot(db, account, TODAY - 90 * DAY, 10.0, "red")
    before = snapshot(db, account, TODAY - 31 * DAY, 80.0, "green")
    snapshot(db, account, TODAY - 20 * DAY, 75.0, "green")
    snapshot(db, account, TODAY - 9 * DAY, 65.0, "yellow", "roi")
    now = snapshot(db, account, TODAY, 60.0, "yellow", "roi")
    (fact,) = queries.health(db, TODAY, 30, 10)
    assert (fact.id, fact.before_id, fact.score, fact.before_score) == (now, before, 60.0, 80.0)
    assert (fact.turned_on, fact.red_axes) == (TODAY - 9 * DAY, ("roi",))


def test_a_fall_without_a_change_of_band_turns_where_the_points_were_lost(db: Any) -> None:
    account = db.account()
    snapshot(db, account, TODAY - 40 * DAY, 95.0, "green", "roi")
    snapshot(db, account, TODAY - 12 * DAY, 90.0, "green", "roi")
    snapshot(db, account, TODAY - 6 * DAY, 84.0, "green", "roi")
    snapshot(db, account, TODAY, 83.0, "green", "roi")
    (fact,) = queries.health(db, TODAY, 30, 10)
    assert (fact.turned_on, fact.red_axes) == (TODAY - 6 * DAY, ())


def test_a_young_history_is_measured_against_its_first_snapshot_and_one_alone_says_nothing(db: Any) -> None:
    young, single = db.account("Young"), db.account("Single")
    first = snapshot(db, young, TODAY - 3 * DAY, 80.0, "green")
    snapshot(db, young, TODAY, 50.0, "yellow")
    snapshot(db, single, TODAY, 50.0, "yellow")
    snapshot(db, single, TODAY, 40.0, "yellow")
    (fact,) = queries.health(db, TODAY, 30, 10)
    assert (fact.account_id, fact.before_id) == (young, first)


def test_usage_in_windows_that_end_at_the_newest_reading_of_anyone(db: Any) -> None:
    feed = TODAY - 2 * DAY
    metric, other = db.metric("usage", "usage"), db.metric("seats", "seats_used")
    steady, stopped, new, never = (db.account(name) for name in ("Steady", "Stopped", "New", "Never"))
    db.readings(steady, metric, {feed - n * 7 * DAY: 10.0 for n in range(8)})
    db.readings(stopped, metric, {feed - 70 * DAY: 5.0, feed - 69 * DAY: 0.0})
    db.readings(new, metric, {feed - n * 7 * DAY: 10.0 for n in range(5)})
    db.readings(never, other, {feed: 3.0})
    found = {one.account_id: one for one in queries.usage(db, TODAY, 28, 14)}
    assert set(found) == {steady, stopped, new}
    assert found[steady] == (steady, 40.0, 40.0, 20.0, feed, feed)
    assert found[stopped] == (stopped, 0, 0, 0, feed, feed - 70 * DAY)
    assert (found[new].now, found[new].before) == (40.0, 0)  # too young for a comparison


def test_without_readings_there_is_no_usage(db: Any) -> None:
    db.account()
    assert queries.usage(db, TODAY, 28, 14) == []


def test_seats_and_touches(db: Any) -> None:
    account, other = db.account(), db.account("Other")
    db.add("contract", account_id=account, seats=50, end_on="2027-01-01")
    db.readings(account, db.metric("seats", "seats_used"), {TODAY - DAY: 45.0})
    db.readings(other, 1, {TODAY: 1.0})
    db.met(account, f"{TODAY - 5 * DAY}T10:00:00Z")
    db.met(account, f"{TODAY - DAY}T10:00:00Z", direction="out", channel="mail")
    (seats,) = queries.seats(db, TODAY)
    assert seats == (account, 45.0, 50, TODAY - DAY)
    assert queries.touches(db, TODAY) == {account: (account, 5, TODAY - 5 * DAY)}


def test_what_is_recorded_at_all(db: Any) -> None:
    account = db.account()
    assert queries.recorded(db) == (None, False)
    db.met(account, "2026-11-01T00:00:00Z")
    assert queries.recorded(db) == (dt.date(2026, 11, 1), False)
    db.met(account, "2026-11-02T00:00:00Z", db.person(account, "Ishii"))
    assert queries.recorded(db) == (dt.date(2026, 11, 1), True)


def test_people_left_and_met(db: Any) -> None:
    account, single = db.account(), db.account("Single")
    db.person(account, "Old", "champion", status="left", left_on="2026-01-05")
    newest = db.person(account, "Mori | K", "champion", status="left", left_on="2026-11-13")
    staying = db.person(account, "Ishii", "decision_maker")
    db.person(account, "Leaves later", "economic_buyer", status="left", left_on="2026-12-01")
    alone = db.person(single, "Kato", "champion")
    db.met(account, "2026-11-25T01:00:00Z", staying)
    first, second = queries.people(db, TODAY)
    assert (first.left_id, first.left_name, first.left_on) == (newest, "Mori | K", dt.date(2026, 11, 13))
    assert (first.active, first.champions, first.decision_makers, first.met) == (2, 0, 2, False)
    assert (second.active, second.only_id, second.only_name, second.champions) == (1, alone, "Kato", 1)
    db.met(account, "2026-11-24T01:00:00Z", staying)
    assert queries.people(db, TODAY)[0].met


@pytest.mark.parametrize(
    ("values", "open_"),
    [
        ({"priority": "urgent"}, True),
        ({"priority": "blocker"}, True),
        ({"priority": "normal"}, False),
        ({"priority": "urgent", "status": "done"}, False),
        ({"priority": "urgent", "solved_at": "2026-11-20T00:00:00Z"}, False),
        ({"priority": "urgent", "solved_at": "2026-11-25T00:00:00Z", "status": "done"}, True),
        ({"priority": "urgent", "opened_at": "2026-11-25T00:00:00Z"}, False),
    ],
)
def test_open_severe_tickets(db: Any, values: dict[str, Any], open_: bool) -> None:
    ticket = {"subject": "Login", "opened_at": "2026-11-10T05:00:00Z"} | values
    db.add("ticket", account_id=db.account(), **ticket)
    assert bool(queries.tickets(db, TODAY)) == open_


def test_the_oldest_open_ticket_stands_for_all(db: Any) -> None:
    account = db.account()
    db.add("ticket", account_id=account, subject="New", priority="urgent", opened_at="2026-11-20T00:00:00Z")
    old = db.add(
        "ticket", account_id=account, subject="Old", priority="urgent", opened_at="2026-11-02T00:00:00Z"
    )
    assert queries.tickets(db, TODAY) == [(account, old, "Old", dt.date(2026, 11, 2), 2)]


def test_ticket_counts_in_both_windows(db: Any) -> None:
    account, calm = db.account(), db.account("Calm")
    for ago in (0, 1, 13, 14, 97, 98):
        db.add("ticket", account_id=account, opened_at=f"{TODAY - ago * DAY}T09:00:00Z")
    db.add("ticket", account_id=calm, opened_at=f"{TODAY}T09:00:00Z")
    assert queries.ticket_counts(db, TODAY, window=14, before=84, least=3) == [(account, 3, 2)]


@pytest.mark.parametrize(
    ("kind", "score", "ago", "reply", "told"),
    [
        ("nps", 6, 3, None, True),
        ("nps", 7, 3, None, False),
        ("csat", 2, 3, None, True),
        ("csat", 3, 3, None, False),
        ("ces", 1, 3, None, False),
        ("nps", 0, 60, None, False),
        ("nps", 0, 59, None, True),
        ("nps", 0, 3, ("out", "mail", 2), False),
        ("nps", 0, 3, ("both", "call", 3), False),
        ("nps", 0, 3, ("in", "mail", 2), True),
        ("nps", 0, 3, ("none", "note", 2), True),
        ("nps", 0, 3, ("out", "mail", 4), True),
    ],
)
def test_bad_answers_without_a_reply(
    db: Any, kind: str, score: int, ago: int, reply: tuple[str, str, int] | None, told: bool
) -> None:
    account = db.account()
    db.add("survey", account_id=account, kind=kind, score=score, answered_on=str(TODAY - ago * DAY))
    if reply is not None:
        direction, channel, days = reply
        db.met(account, f"{TODAY - days * DAY}T08:00:00Z", direction=direction, channel=channel)
    assert bool(queries.answers(db, TODAY, window=60, nps=6, csat=2)) == told


@pytest.mark.parametrize(
    ("status", "told"), [("open", True), ("hold", True), ("done", False), ("no_action", False)]
)
def test_a_closed_case_answers_as_a_contact_does(db: Any, status: str, told: bool) -> None:
    account = db.account()
    answer = db.add("survey", account_id=account, kind="nps", score=2, answered_on=str(TODAY - 3 * DAY))
    db.add("voice_case", account_id=account, survey_id=answer, said="Slow", said_on=str(TODAY - 3 * DAY),
           promised_on="2026-12-12", status=status, created_at="2026-11-21T00:00:00Z")  # fmt: skip
    found = queries.answers(db, TODAY, window=60, nps=6, csat=2)
    assert [one.promised_on for one in found] == ([dt.date(2026, 12, 12)] if told else [])


def test_open_tasks_by_a_day(db: Any) -> None:
    account = db.account()
    person = db.person(account, "Kuroda")
    due = db.add(
        "task", account_id=account, title="Send", kind="promise_ours", person_id=person, due_on="2026-12-01"
    )
    db.add("task", account_id=account, title="Far", due_on="2026-12-02")
    db.add("task", account_id=account, title="Done", due_on="2026-11-01", done_on="2026-11-24")
    db.add("task", account_id=account, title="Any day")
    assert queries.tasks(db, TODAY, 7) == [
        (account, due, "promise_ours", "Send", "Kuroda", dt.date(2026, 12, 1), dt.date(2026, 11, 1))
    ]
    assert queries.done_on(db, TODAY) == {"task": 1}


def test_the_contacts_of_a_day_in_the_persons_own_hours(db: Any) -> None:
    account = db.account("Minato")
    early = db.met(account, "2026-11-23T15:30:00Z")
    call = db.met(account, "2026-11-24T03:00:00Z", channel="call")
    db.met(account, "2026-11-24T15:00:00Z")
    db.met(account, "2026-11-24T04:00:00Z", channel="note", direction="none")
    tokyo = dt.timezone(dt.timedelta(hours=9))
    start = dt.datetime(2026, 11, 24, tzinfo=tokyo)
    rows = queries.contacts_of_day(db, start, start + DAY)
    assert [(row[0], row[2], bool(row[6])) for row in rows] == [
        (early, "Minato", True),
        (call, "Minato", False),
    ]


@pytest.mark.parametrize(("zone", "age", "open_"), [("Asia/Tokyo", 5, True), ("America/New_York", 6, False)])
def test_days_are_those_of_the_place(db: Any, zone: str, age: int, open_: bool) -> None:
    """16:00 of a day in UTC is the next day in Tokyo; 03:00 is the day before in New York."""
    db.add("setting", key="time_zone", value=f'"{zone}"')
    account = db.account()
    hour = "T16:00:00Z" if zone == "Asia/Tokyo" else "T03:00:00Z"
    back = 1 if zone == "Asia/Tokyo" else 0
    on = TODAY - (5 + back) * DAY
    db.met(account, f"{on}{hour}")
    db.add("task", account_id=account, title="Call", due_on=TODAY.isoformat(), created_at=f"{on}{hour}")
    db.add("ticket", account_id=account, subject="Login", priority="urgent", opened_at=f"{on}{hour}")
    assert queries.touches(db, TODAY)[account].days == age
    assert queries.tasks(db, TODAY, 0)[0].made_on == TODAY - age * DAY
    assert queries.tickets(db, TODAY)[0].opened_on == TODAY - age * DAY
    (count,) = queries.ticket_counts(db, TODAY, window=6, before=1, least=0)
    assert (count.now, count.before) == ((1, 0) if open_ else (0, 1))
    answer = {"account_id": account, "kind": "nps", "score": 2}
    db.add("survey", answered_on=(TODAY - 5 * DAY).isoformat(), **answer)
    assert bool(queries.answers(db, TODAY, window=30, nps=6, csat=2)) is not open_


def test_the_onboarding_begun_last_with_the_end_that_holds(db: Any) -> None:
    first, second, third = db.account("First"), db.account("Second"), db.account("Third")
    rows = (
        (first, "2026-01-05", "2026-03-31", "2026-03-30", None),
        (first, "2026-08-03", "2026-10-30", None, None),
        (second, "2026-08-03", "2026-10-30", None, "2026-12-01"),
        (third, "2026-08-03", "2026-10-30", "2026-11-24", None),
        (third, "2026-12-01", "2027-02-26", None, None),
    )
    ids = [
        db.add("onboarding", account_id=account, started_on=start, ends_on=end, finished_on=done,
               extended_to=longer)
        for account, start, end, done, longer in rows
    ]  # fmt: skip
    found = queries.onboardings(db, TODAY)
    begun, end = dt.date(2026, 8, 3), dt.date(2026, 10, 30)
    assert found == {
        first: (first, ids[1], begun, end, False),
        second: (second, ids[2], begun, dt.date(2026, 12, 1), False),
        third: (third, ids[3], begun, end, True),
    }
    assert not queries.onboardings(db, TODAY - DAY)[third].finished
