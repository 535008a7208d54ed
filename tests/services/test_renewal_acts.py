"""Calls and steps of a renewal: reasons, checkpoints, history; each one undo step that comes off whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import renewal_acts, renewals
from cs_workbench.services.renewals import RenewalRow
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_person, count, state

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Two accounts: notice in five weeks, and in a little over four months."""
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("Fill") as db:
            for name, end in (("Aoba", "2027-03-31"), ("Birch", "2027-06-30")):
                number = add_account(db, name)
                add_contract(
                    db, number, arr=10_000, currency="JPY", start_on="2026-04-01", end_on=end, notice_months=3,
                    auto_renew=1,
                )  # fmt: skip
                add_person(db, number)
        yield workbench


def row_of(wb: Workbench, number: int = 0) -> RenewalRow:
    return renewals.load(wb.reads, TODAY).rows[number]


def call(
    wb: Workbench, category: str, number: int = 0, reason: str = "", likelihood: float | None = None
) -> None:
    renewal_acts.set_call(
        wb, row_of(wb, number), category, reason=reason, likelihood=likelihood, today=TODAY, now=NOW
    )


@pytest.mark.parametrize(
    ("category", "likely"), [("commit", 0.95), ("probable", 0.75), ("best_case", 0.45), ("at_risk", 0.15)]
)
def test_a_first_call_needs_no_reason(wb: Workbench, category: str, likely: float) -> None:
    call(wb, category)
    row = row_of(wb)
    assert row.call is not None
    assert (row.call.category, row.call.likelihood, row.call.said_on, row.likelihood) == (
        category, likely, TODAY, likely,
    )  # fmt: skip


def test_a_change_needs_one_and_the_history_is_kept(wb: Workbench) -> None:
    call(wb, "commit")
    with pytest.raises(InvalidValue) as caught:
        call(wb, "at_risk")
    assert caught.value.where["field"] == "reason"
    with pytest.raises(InvalidValue):
        call(wb, "commit", likelihood=0.9)
    call(wb, "at_risk", reason=" Budget cut ")
    kept = [(one.category, one.reason) for one in renewal_acts.history(wb.reads, row_of(wb).key)]
    assert kept == [("at_risk", "Budget cut"), ("commit", "")]
    assert wb.undo() == "Set renewal call – Aoba"
    assert row_of(wb).category == "commit"


def test_the_same_again_changes_nothing(wb: Workbench) -> None:
    call(wb, "commit")
    before = state(wb.reads)
    call(wb, "commit")
    assert state(wb.reads) == before


def test_monitoring_is_no_choice_three_months_before(wb: Workbench) -> None:
    call(wb, "monitor", number=1)
    row = row_of(wb, 1)
    assert (row.is_called, row.category, row.likelihood) == (False, "probable", 0.75)
    with pytest.raises(InvalidValue) as caught:
        call(wb, "monitor")
    assert caught.value.code == "monitor"


@pytest.mark.parametrize(
    ("category", "likelihood", "field"),
    [("perhaps", None, "category"), ("commit", 1.2, "likelihood"), ("commit", -0.1, "likelihood")],
)
def test_what_is_no_call_is_refused(
    wb: Workbench, category: str, likelihood: float | None, field: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        call(wb, category, likelihood=likelihood)
    assert caught.value.where["field"] == field
    assert count(wb, "renewal_call") == 0


def test_steps_are_marked_moved_and_noted(wb: Workbench) -> None:
    key = row_of(wb).key
    renewal_acts.mark_step(wb, key, 1, dt.date(2026, 10, 2), now=NOW)
    renewal_acts.move_step(wb, key, 4, dt.date(2026, 12, 1), now=NOW)
    renewal_acts.keep_note(wb, key, 5, " Which tasks stop? ", now=NOW, done_on=TODAY)
    row = row_of(wb)
    assert row.way.steps[0].done_on == dt.date(2026, 10, 2)
    assert (row.way.steps[3].due, row.way.steps[3].by_hand) == (dt.date(2026, 12, 1), True)
    assert (row.known[5].note, row.known[5].done_on) == ("Which tasks stop?", TODAY)
    renewal_acts.mark_step(wb, key, 5, None, now=NOW)
    renewal_acts.move_step(wb, key, 4, None, now=NOW)
    row = row_of(wb)
    assert (row.known[5].note, row.known[5].done_on, row.way.steps[3].by_hand) == (
        "Which tasks stop?",
        None,
        False,
    )


def test_each_act_is_named_and_undone_whole(wb: Workbench) -> None:
    key = row_of(wb).key
    acts = {
        "Step done – First-touch mail": lambda: renewal_acts.mark_step(wb, key, 1, TODAY, now=NOW),
        "Step not done – First-touch mail": lambda: renewal_acts.mark_step(wb, key, 1, None, now=NOW),
        "Move step – ROI from the data": lambda: renewal_acts.move_step(wb, key, 4, TODAY, now=NOW),
        "Keep notes – Questions: upsell": lambda: renewal_acts.keep_note(wb, key, 6, "x", now=NOW),
        "Fix renewal meeting": lambda: renewal_acts.set_meeting(wb, key, NOW, [1], now=NOW),
    }
    for name, act in acts.items():
        before = state(wb.reads)
        act()
        assert state(wb.reads) != before
        assert wb.undo() == name
        assert state(wb.reads) == before
        wb.redo()


def test_attendees_are_exchanged_not_piled_up(wb: Workbench) -> None:
    key = row_of(wb).key
    with wb.change("More") as db:
        other = add_person(db, 1, "Other")
    renewal_acts.set_meeting(wb, key, NOW, [1], now=NOW)
    renewal_acts.set_meeting(wb, key, None, [other], now=NOW)
    row = row_of(wb)
    assert row.plan is not None
    assert (row.plan.meeting_at, row.plan.attendees, count(wb, "renewal_plan")) == (None, 1, 1)


def test_a_meeting_may_close_the_second_step_in_the_same_change(wb: Workbench) -> None:
    key, before = row_of(wb).key, state(wb.reads)
    renewal_acts.set_meeting(wb, key, NOW, [1], now=NOW, done_on=TODAY)
    assert row_of(wb).way.steps[1].done_on == TODAY
    wb.undo()
    assert state(wb.reads) == before


@pytest.mark.parametrize("days", [-1, 121])
def test_approval_days_have_bounds(wb: Workbench, days: int) -> None:
    with pytest.raises(InvalidValue):
        renewal_acts.set_meeting(wb, row_of(wb).key, NOW, now=NOW, approval_days=days)


@pytest.mark.parametrize("number", [0, 9])
def test_there_are_eight_steps(wb: Workbench, number: int) -> None:
    with pytest.raises(InvalidValue):
        renewal_acts.mark_step(wb, row_of(wb).key, number, TODAY, now=NOW)


def test_an_account_that_is_gone_is_told(wb: Workbench) -> None:
    row = row_of(wb)
    with wb.change("Delete") as db:
        db.execute("delete from account where id = 1")
    with pytest.raises(NotFound):
        renewal_acts.set_call(wb, row, "commit", today=TODAY, now=NOW)
    with pytest.raises(NotFound):
        renewal_acts.mark_step(wb, row.key, 1, TODAY, now=NOW)
