"""Snoozes and answers: kept, hidden while they hold, forgotten in time, unharmed by odd JSON."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from cs_workbench.services.signal_memory import Answer, Memory, Snooze, memory_data, memory_from
from tests.builders_signals import DAY, TODAY, book

SIGNAL = book()["touch_debt"].raised(1, "2026-10-14", "touch_debt")
SNOOZE = Snooze(TODAY + 3 * DAY, "on holiday", TODAY)
DONE = Answer(TODAY, "done", "touch_debt")


def test_it_survives_the_way_through_json() -> None:
    handed = Answer(TODAY, "handed", "renewal", "sales", Decimal("6500000.5"), "JPY")
    memory = Memory({"a": SNOOZE}, {"b": DONE, "c": handed})
    assert memory_from(json.loads(json.dumps(memory_data(memory)))) == memory


@pytest.mark.parametrize(
    "data",
    [None, 3, [], {"snoozed": 4}, {"snoozed": {"a": None}}, {"answers": {"a": {"on": "never"}}},
     {"answers": {"a": {"on": "2026-11-24", "outcome": "done", "rule": "x", "value": "much"}}}],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out(data: object) -> None:
    assert memory_from(data) == Memory()


@pytest.mark.parametrize(("days", "hidden"), [(0, True), (2, True), (3, False), (9, False)])
def test_a_snooze_holds_until_its_day(days: int, hidden: bool) -> None:
    memory = Memory().with_snooze(SIGNAL.key, SNOOZE)
    assert (memory.snoozed(SIGNAL, TODAY + days * DAY) is not None) == hidden


@pytest.mark.parametrize(("days", "quiet"), [(0, True), (13, True), (14, False)])
def test_an_answer_keeps_its_rule_quiet_for_its_days(days: int, quiet: bool) -> None:
    memory = Memory().with_answer(SIGNAL.key, DONE)
    assert memory.settled(SIGNAL, book(), TODAY + days * DAY) == quiet


def test_another_occurrence_is_another_question() -> None:
    again = book()["touch_debt"].raised(1, "2026-11-01", "touch_debt")
    assert not Memory().with_answer(SIGNAL.key, DONE).settled(again, book(), TODAY)


def test_waking_and_answering_take_the_snooze_away() -> None:
    memory = Memory().with_snooze(SIGNAL.key, SNOOZE)
    assert memory.with_snooze(SIGNAL.key, None) == Memory()
    assert memory.with_answer(SIGNAL.key, DONE).snoozes == {}


def test_what_is_long_past_is_forgotten() -> None:
    memory = Memory({"a": SNOOZE}, {"b": DONE})
    assert memory.fresh(TODAY + 62 * DAY) == memory
    assert memory.fresh(TODAY + 63 * DAY).snoozes == {}
    assert memory.fresh(TODAY + 799 * DAY).answers == {"b": DONE}
    assert memory.fresh(TODAY + dt.timedelta(days=800)).answers == {}
