"""Health, use, seats, touch, people, tickets and answers: each rule on and beside its bounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_workbench.domain.signal_facts import (
    AnswerFact,
    LoopFact,
    SeatFact,
    TicketCount,
    TicketFact,
    TouchFact,
)
from tests.builders_signals import DAY, TODAY, book, customer, facts, found, health, people, usage

RULES = book(missing_data={"on": False}, touch_debt={"on": False})


def raised(**given: Any) -> list[str]:
    """Codes raised for one ordinary customer."""
    return [one.code for one in found(facts(**given), RULES)]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"band": "yellow", "score": 69.0}, ["band_dropped"]),
        ({"band": "red", "before_band": "yellow"}, ["band_dropped"]),
        ({"band": "green", "before_band": "yellow"}, []),
        ({"band": "none", "score": None}, []),
        ({"before_band": "none", "before_score": None, "band": "red"}, []),
        ({"score": 70.1}, []),
        ({"score": 70.0}, ["score_fell"]),
        ({"red_axes": ("roi",)}, ["axis_red"]),
        ({"score": 60.0, "band": "yellow", "red_axes": ("roi",)}, ["band_dropped"]),
    ],
)
def test_health(change: dict[str, Any], codes: list[str]) -> None:
    assert raised(health=[health(**change)]) == codes


def test_a_health_signal_names_both_snapshots_and_is_due_after_the_turn() -> None:
    (signal,) = found(facts(health=[health(band="red", score=30.0, red_axes=("roi",))]), RULES)
    assert [(one.kind, one.id) for one in signal.evidence] == [
        ("snapshot", 20),
        ("snapshot", 10),
        ("signal", 0),
    ]
    assert signal.subject == (TODAY - 5 * DAY).isoformat()
    assert signal.due == TODAY


def test_a_lower_score_is_told_where_bands_are_not() -> None:
    quiet = book(band_dropped={"on": False}, missing_data={"on": False})
    (one,) = found(facts(health=[health(band="red", score=30.0)]), quiet)
    assert one.code == "score_fell"


@pytest.mark.parametrize(
    ("change", "band", "codes"),
    [
        ({}, "green", []),
        ({"now": 80.1}, "green", []),
        ({"now": 80.0}, "green", ["usage_fell"]),
        ({"now": 69.0}, "green", ["usage_fell"]),
        ({"now": 40.0, "lately": 0.0, "last": TODAY - 16 * DAY}, "green", ["usage_zero"]),
        ({"now": 0.0, "before": 0.0, "lately": 0.0, "last": TODAY - 90 * DAY}, "green", ["usage_zero"]),
        ({"now": 0.0, "before": 0.0, "lately": 0.0, "last": None}, "green", []),
        ({"before": 0.0}, "green", []),
        ({"now": 130.0}, "green", ["usage_rose"]),
        ({"now": 130.0}, "yellow", []),
        ({"now": 129.0}, "green", []),
    ],
)
def test_usage(change: dict[str, Any], band: str, codes: list[str]) -> None:
    given = facts(customer(band=band), usage=[usage(**change)])
    assert [one.code for one in found(given, RULES)] == codes


def test_no_use_since_a_day_is_one_occurrence_until_they_use_it_again() -> None:
    zero = usage(now=0.0, lately=0.0, last=TODAY - 20 * DAY)
    (one,) = found(facts(usage=[zero]), RULES)
    (next_week,) = found(facts(usage=[zero._replace(feed=TODAY + 6 * DAY)]), RULES)
    assert one.key == next_week.key
    assert (one.params["days"], next_week.params["days"]) == (19, 26)


@pytest.mark.parametrize(
    ("used", "since", "codes"),
    [
        (90.0, dt.date(2026, 11, 1), ["seats_full"]),
        (89.0, dt.date(2020, 1, 1), []),
        (50.0, dt.date(2026, 5, 24), ["seats_low"]),
        (50.0, dt.date(2026, 5, 25), []),
        (51.0, dt.date(2020, 1, 1), []),
        (10.0, None, []),
    ],
)
def test_seats(used: float, since: dt.date | None, codes: list[str]) -> None:
    given = facts(customer(since=since), seats=[SeatFact(1, used, 100.0, TODAY)])
    assert [one.code for one in found(given, RULES)] == codes


def test_without_contracted_seats_nothing_is_said() -> None:
    assert raised(seats=[SeatFact(1, 5.0, 0.0, TODAY)]) == []


@pytest.mark.parametrize(
    ("days", "talked", "codes"),
    [
        (30, True, []),
        (31, True, ["touch_debt"]),
        (31, False, []),
        (None, True, ["never_talked"]),
        (None, False, []),
    ],
)
def test_touch_debt(days: int | None, talked: bool, codes: list[str]) -> None:
    touches = {} if days is None else {1: TouchFact(1, days, TODAY - days * DAY)}
    signals = found(facts(touches=touches, talked=talked))
    assert [one.code for one in signals] == codes
    assert all(one.rule == "touch_debt" for one in signals)


@pytest.mark.parametrize(
    ("recorded", "since", "codes"),
    [
        (1, 1100, []),
        (30, 1100, []),
        (31, 1100, ["never_talked"]),
        (400, 31, ["never_talked"]),
        (400, 20, []),
    ],
)
def test_nobody_is_late_before_the_records_begin(recorded: int, since: int, codes: list[str]) -> None:
    known = customer(since=TODAY - since * DAY)
    signals = found(facts(known, talked=True, talked_from=TODAY - recorded * DAY))
    assert [one.code for one in signals] == codes
    assert all(one.params["last"] == TODAY - min(recorded, since) * DAY for one in signals)


def test_touch_debt_is_due_a_week_after_the_cadence_and_new_after_each_contact() -> None:
    (signal,) = found(facts(touches={1: TouchFact(1, 41, TODAY - 41 * DAY)}, talked=True))
    assert signal.due == TODAY - 41 * DAY + 37 * DAY
    assert signal.subject == (TODAY - 41 * DAY).isoformat()
    assert (signal.params["days"], signal.params["cadence"]) == (41, 30)


def test_a_new_customer_without_a_talk_is_not_in_debt_yet() -> None:
    assert found(facts(customer(since=TODAY - 20 * DAY), talked=True)) == []
    assert found(facts(customer(since=None), talked=True)) == []


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"active": 1}, ["single_threaded"]),
        ({"active": 0, "only_id": 0}, []),
        ({"left_id": 4, "left_name": "Mori", "left_on": TODAY - 9 * DAY, "champions": 0}, ["champion_left"]),
        ({"left_id": 4, "left_name": "Mori", "left_on": TODAY - 9 * DAY}, []),
        ({"left_id": 4, "left_name": "Mori", "left_on": TODAY - 91 * DAY, "champions": 0}, []),
        ({"left_id": 4, "left_name": "Mori", "left_on": None, "champions": 0}, ["champion_left"]),
        ({"met": False}, ["decision_maker"]),
        ({"met": False, "decision_makers": 0}, []),
        ({"left_id": 4, "left_name": "Mori", "champions": 0, "active": 1, "met": False}, ["champion_left"]),
    ],
)
def test_people(change: dict[str, Any], codes: list[str]) -> None:
    assert raised(people=[people(**change)]) == codes


def test_meetings_nobody_records_are_not_held_against_anybody() -> None:
    assert raised(people=[people(met=False)], attended=False) == []
    young = facts(customer(since=TODAY - 40 * DAY), people=[people(met=False)])
    assert found(young, RULES) == []


@pytest.mark.parametrize(("days", "codes"), [(7, []), (8, ["severe_ticket"]), (30, ["severe_ticket"])])
def test_severe_tickets(days: int, codes: list[str]) -> None:
    assert raised(tickets=[TicketFact(1, 3, "Login fails", TODAY - days * DAY, 1)]) == codes


@pytest.mark.parametrize(
    ("now", "before", "codes"),
    [(3, 0, []), (4, 0, ["ticket_spike"]), (4, 12, ["ticket_spike"]), (4, 13, []), (8, 24, ["ticket_spike"])],
)
def test_ticket_spike(now: int, before: int, codes: list[str]) -> None:
    assert raised(ticket_counts=[TicketCount(1, now, before)]) == codes


def test_an_answer_is_due_in_48_hours_and_the_newest_stands_for_all() -> None:
    old = AnswerFact(1, 5, "nps", 3.0, "slow", "Tamura", TODAY - 9 * DAY)
    new = AnswerFact(1, 6, "csat", 2.0, "", "", TODAY - DAY)
    (signal,) = found(facts(answers=[old, new]), RULES)
    assert (signal.subject, signal.due) == ("6", TODAY + DAY)
    assert signal.evidence[0].id == 6


def test_an_answer_with_a_case_is_due_when_it_promises() -> None:
    held = AnswerFact(1, 6, "nps", 2.0, "", "", TODAY - DAY, TODAY + 20 * DAY)
    (signal,) = found(facts(answers=[held]), RULES)
    assert signal.due == TODAY + 20 * DAY


@pytest.mark.parametrize(
    "given",
    [
        {"health": [health(band="red")]},
        {"usage": [usage(now=0.0)]},
        {"seats": [SeatFact(1, 1.0, 9.0, TODAY)]},
        {"people": [people(active=1)]},
        {"tickets": [TicketFact(1, 3, "x", TODAY - 30 * DAY, 1)]},
        {"ticket_counts": [TicketCount(1, 9, 0)]},
        {"answers": [AnswerFact(1, 5, "nps", 1.0, "", "", TODAY)]},
        {"touches": {1: TouchFact(1, 99, TODAY - 99 * DAY)}, "talked": True},
    ],
)
def test_a_lost_or_unknown_customer_raises_no_risk(given: dict[str, Any]) -> None:
    assert len(found(facts(**given))) == 1
    assert found(facts(customer(gone=True), **given)) == []
    assert found(facts(customer(2, since=None), **given)) == []


@pytest.mark.parametrize(
    "name", ["severe_ticket", "bad_answer", "seats_low", "single_threaded", "ticket_spike"]
)
def test_each_rule_can_be_switched_off(name: str) -> None:
    given = facts(
        seats=[SeatFact(1, 1.0, 9.0, TODAY)],
        people=[people(active=1)],
        tickets=[TicketFact(1, 3, "x", TODAY - 30 * DAY, 1)],
        ticket_counts=[TicketCount(1, 9, 0)],
        answers=[AnswerFact(1, 5, "nps", 1.0, "", "", TODAY)],
    )
    off = book(**{name: {"on": False}, "missing_data": {"on": False}})
    told = found(given, off)
    assert name not in {one.rule for one in told} | {more.code for one in told for more in one.evidence}


def loop(number: int, due: int, account: int = 1) -> LoopFact:
    return LoopFact(account, number, "x", "", TODAY - 20 * DAY, TODAY + due * DAY)


@pytest.mark.parametrize(
    ("late", "told"),
    [((), []), ((loop(1, 0),), []), ((loop(1, -1),), [("1", 1, 1)]),
     ((loop(1, -2), loop(2, -9), loop(3, 4)), [("2", 9, 2)]), ((loop(1, -5, account=7),), [])],
)  # fmt: skip
def test_a_loop_past_its_day_is_one_line_an_account(
    late: tuple[LoopFact, ...], told: list[tuple[str, int, int]]
) -> None:
    signals = found(facts(loops=late), RULES)
    assert [(one.subject, one.params["days"], one.params["count"]) for one in signals] == told
    assert {one.verb for one in signals} <= {"open_loop"}
    assert all(one.due == one.params["due"] for one in signals)
    assert found(facts(customer(gone=True), loops=late)) == []
    assert not found(facts(loops=late), book(loop_overdue={"on": False}, missing_data={"on": False}))


def test_an_answer_waiting_in_a_late_loop_is_told_once() -> None:
    answer = AnswerFact(1, 5, "nps", 1.0, "", "", TODAY)
    (one,) = found(facts(answers=[answer], loops=[loop(1, -1)]), RULES)
    assert one.code == "loop_overdue"
    assert "bad_answer" in {more.code for more in one.evidence}
