"""Onboardings: started from a template, ticked, edited, finished, decided; each one change; read in few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.domain import working_days
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import onboarding, onboarding_reading, onboarding_words, portfolios
from cs_workbench.services.onboarding import Plan
from cs_workbench.services.onboarding_reading import RunView
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, state

NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Two customers, the first with a contract."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        with made.change("fill") as db:
            first = add_account(db, "Acme Inc.", owner="Mika Sato")
            add_account(db, "<img src=x onerror=alert(1)>" + "あ" * 200)
            add_contract(db, first, start_on="2026-10-01", end_on="2027-09-30")
        yield made


def begin(wb: Workbench, key: str = "days_60", account: int = 1, on: dt.date = TODAY) -> RunView:
    onboarding.start(wb, account, key, starts_on=on, language="en")
    return view(wb, account)


def view(wb: Workbench, account: int = 1, today: dt.date = TODAY) -> RunView:
    found = onboarding_reading.latest_of(wb.reads, account, today)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_the_templates_are_whole(language: str) -> None:
    """Three of one to three months, with lines of both sides and a milestone at the end."""
    found = onboarding.templates(language)
    assert [one.days for one in found] == [30, 60, 90]
    for one in found:
        assert one.title
        assert one.purpose
        after = [item.after for item in one.items]
        assert after == sorted(after)
        assert {item.side for item in one.items} == {"ours", "theirs"}
        assert one.items[-1].milestone
        assert len({item.title for item in one.items}) == len(one.items)
        assert all(working_days.is_working_day(due) for due in one.dues(TODAY))
        assert TODAY + (one.days - 1) * DAY <= one.ends(TODAY) <= TODAY + (one.days + 21) * DAY


def test_start_undo_redo(wb: Workbench) -> None:
    before = state(wb.reads)
    found = begin(wb)
    assert found.verdict.standing == "on_track"
    assert len(found.items) == 12
    assert found.next is found.items[0]
    assert all(one.due_on for one in found.items)
    after = state(wb.reads)
    assert wb.undo() == "Start onboarding – Acme Inc."
    assert state(wb.reads) == before
    wb.redo()
    assert state(wb.reads) == after


def test_one_at_a_time(wb: Workbench) -> None:
    begin(wb)
    with pytest.raises(InvalidValue) as refused:
        begin(wb, "days_30")
    assert refused.value.code == "under_way"
    assert [one.id for one in onboarding_reading.startable(wb.reads)] == [2]
    with pytest.raises(NotFound):
        onboarding.start(wb, 99, "days_30", starts_on=TODAY, language="en")
    with pytest.raises(NotFound):
        onboarding.start(wb, 2, "days_31", starts_on=TODAY, language="en")


CHANGES: dict[str, Callable[[Workbench, RunView], object]] = {
    "tick": lambda wb, one: onboarding.tick(wb, one.items[0].id, on=TODAY),
    "add": lambda wb, one: onboarding.add_item(
        wb, one.row.id, "Extra", due_on=TODAY, side="theirs", milestone=True
    ),
    "title": lambda wb, one: onboarding.edit_item(wb, one.items[0].id, "title", "Other", today=TODAY),
    "due": lambda wb, one: onboarding.edit_item(wb, one.items[0].id, "due_on", "+5", today=TODAY),
    "no due": lambda wb, one: onboarding.edit_item(wb, one.items[0].id, "due_on", "", today=TODAY),
    "side": lambda wb, one: onboarding.edit_item(wb, one.items[0].id, "side", "theirs", today=TODAY),
    "milestone": lambda wb, one: onboarding.edit_item(wb, one.items[1].id, "milestone", "yes", today=TODAY),
    "move": lambda wb, one: onboarding.move_item(wb, one.items[0].id, 1),
    "remove item": lambda wb, one: onboarding.remove_item(wb, one.items[3].id),
    "value": lambda wb, one: onboarding.set_first_value(wb, one.row.id, TODAY, today=TODAY),
    "finish": lambda wb, one: onboarding.finish(wb, one.row.id, on=TODAY),
    "go on": lambda wb, one: onboarding.decide(
        wb, one.row.id, Plan("go_on", "Budget", "Train the rest", TODAY + 9 * DAY), today=TODAY, now=NOW
    ),
    "extend": lambda wb, one: onboarding.decide(
        wb, one.row.id, Plan("extend", "New lead", extended_to=one.end + 30 * DAY), today=TODAY, now=NOW
    ),
    "remove": lambda wb, one: onboarding.remove(wb, one.row.id),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_change_is_one_step_back_and_forth(wb: Workbench, name: str) -> None:
    found = begin(wb)
    before, steps = state(wb.reads), len(wb.history())
    CHANGES[name](wb, found)
    after = state(wb.reads)
    assert after != before
    assert len(wb.history()) == steps + 1
    wb.undo()
    assert state(wb.reads) == before
    wb.redo()
    assert state(wb.reads) == after


def test_ticking_and_lateness(wb: Workbench) -> None:
    found = begin(wb)
    first = found.items[0]
    assert first.due_on is not None
    late = view(wb, today=first.due_on + DAY)
    assert late.verdict.standing == "late"
    assert late.late == {first.id}
    assert onboarding_words.reason(late) == "a milestone is 1 day overdue"
    assert onboarding.tick(wb, first.id, on=TODAY)
    assert view(wb, today=first.due_on + DAY).verdict.standing == "on_track"
    assert view(wb).done == 1
    assert not onboarding.tick(wb, first.id, on=TODAY)
    assert view(wb).done == 0


def test_moving_stops_at_the_ends(wb: Workbench) -> None:
    items = begin(wb).items
    assert not onboarding.move_item(wb, items[0].id, -1)
    assert not onboarding.move_item(wb, items[-1].id, 1)
    assert not onboarding.move_item(wb, 999, 1)
    onboarding.move_item(wb, items[0].id, 1)
    assert [one.id for one in view(wb).items[:2]] == [items[1].id, items[0].id]


@pytest.mark.parametrize(
    ("field", "text"),
    [("title", "  "), ("due_on", "someday"), ("due_on", "2026-02-30"), ("side", "both")],
)
def test_what_cannot_be_typed(wb: Workbench, field: onboarding.ItemField, text: str) -> None:
    found = begin(wb)
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as refused:
        onboarding.edit_item(wb, found.items[0].id, field, text, today=TODAY)
    assert refused.value.where["field"] == field
    assert state(wb.reads) == before


def test_going_on_makes_a_task_and_closes(wb: Workbench) -> None:
    found = begin(wb, on=TODAY - 90 * DAY)
    assert found.verdict.standing == "decide"
    plan = Plan("go_on", "One department works", "Agree on dates", TODAY + 10 * DAY)
    task = onboarding.decide(wb, found.row.id, plan, today=TODAY, now=NOW)
    row = wb.reads.one("select title, due_on, owner, note, account_id from task where id = ?", (task,))
    assert row == ("Agree on dates", "2026-12-04", "Mika Sato", "Onboarding: One department works", 1)
    closed = view(wb)
    assert (closed.outcome, closed.verdict.standing, closed.open) == ("went_on", "went_on", False)
    onboarding.reopen(wb, found.row.id)
    assert view(wb).open
    assert view(wb).row.decision is None


def test_extending_moves_the_end(wb: Workbench) -> None:
    found = begin(wb, on=TODAY - 90 * DAY)
    until = TODAY + 30 * DAY
    assert (
        onboarding.decide(
            wb, found.row.id, Plan("extend", "New lead", extended_to=until), today=TODAY, now=NOW
        )
        is None
    )
    longer = view(wb)
    assert (longer.end, longer.open, longer.outcome) == (until, True, "extended")
    assert onboarding_words.standing(longer).startswith("extended, ")


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan("go_on", "  "), "reason"),
        (Plan("extend", "New lead"), "extended_to"),
        (Plan("extend", "New lead", extended_to=TODAY), "extended_to"),
        (Plan("go_on", "Budget", "Call them"), "follow_up_on"),
    ],
)
def test_a_decision_that_is_not_complete(wb: Workbench, plan: Plan, field: str) -> None:
    found = begin(wb)
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as refused:
        onboarding.decide(wb, found.row.id, plan, today=TODAY, now=NOW)
    assert refused.value.where["field"] == field
    assert state(wb.reads) == before


def test_dates_out_of_order_are_refused(wb: Workbench) -> None:
    found = begin(wb, on=TODAY + 10 * DAY)
    with pytest.raises(InvalidValue):
        onboarding.finish(wb, found.row.id, on=TODAY)
    with pytest.raises(InvalidValue):
        onboarding.set_first_value(wb, found.row.id, TODAY + DAY, today=TODAY)
    assert onboarding_words.elapsed(found).startswith("starts ")


def test_what_is_gone_is_said(wb: Workbench) -> None:
    found = begin(wb)
    onboarding.remove(wb, found.row.id)
    for work in (
        lambda: onboarding.tick(wb, found.items[0].id, on=TODAY), lambda: onboarding.finish(wb, found.row.id, on=TODAY),
        lambda: onboarding.remove(wb, found.row.id), lambda: onboarding.add_item(wb, found.row.id, "x"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            work()


def test_reopening_beside_another(wb: Workbench) -> None:
    first = begin(wb)
    onboarding.finish(wb, first.row.id, on=TODAY)
    begin(wb, "days_30")
    with pytest.raises(InvalidValue):
        onboarding.reopen(wb, first.row.id)
    assert view(wb).row.id != first.row.id  # the one under way


def test_board_and_cohorts(wb: Workbench) -> None:
    early = begin(wb, on=dt.date(2026, 4, 1))
    onboarding.set_first_value(wb, early.row.id, dt.date(2026, 5, 1), today=TODAY)
    onboarding.finish(wb, early.row.id, on=early.row.ends_on)
    begin(wb, "days_30", account=2, on=TODAY)
    board = onboarding_reading.board(wb.reads, TODAY)
    assert [one.row.account_id for one in board.running] == [2]
    assert [one.outcome for one in board.closed] == ["in_time"]
    assert board.find(1) is board.closed[0]
    assert board.find(3) is None
    now, then = onboarding_reading.cohorts(board, "quarter")
    assert (now.running, then.in_time, then.days_to_value) == (1, 1, 30)
    assert onboarding_words.cohort_name(then, "quarter") == "2026 Q2"
    assert onboarding_words.cohort_name(then, "month") == "Apr 2026"


def test_three_statements_however_many(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    reads = wb.reads
    every = type(reads).all
    monkeypatch.setattr(
        type(reads), "all", lambda self, sql, params=(): asked.append(sql) or every(self, sql, params)
    )
    for _turn in range(2):
        asked.clear()
        onboarding_reading.board(reads, TODAY)
        assert len(asked) == 2
        begin(wb, account=1 + _turn)
