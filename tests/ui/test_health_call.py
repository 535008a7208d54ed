"""Three statuses: computed, the CSM's call, final; made, changed, refused, taken back and lapsed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.services import account_page, health_calls
from cs_workbench.services import tasks as task_service
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.overview import OverviewTab
from cs_workbench.ui.pages.account.reading_entry import ReadingEntry
from cs_workbench.ui.pages.account.statuses import Status
from cs_workbench.ui.pages.accounts import AccountsPage
from tests.ui.conftest import NOW

ACCOUNT = 20
TODAY = NOW.date()
Settle = Callable[[Desk], None]
Make = Callable[..., Any]


@pytest.fixture
def page(make_page: Make) -> AccountPage:
    return cast("AccountPage", make_page(AccountPage, account_id=ACCOUNT))


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


def tab(page: AccountPage) -> OverviewTab:
    found = page.tabs["overview"]
    assert isinstance(found, OverviewTab)
    return found


def said(status: Status) -> tuple[str, str, str]:
    return status.figure.text(), status.band.text(), status.about.text()


def call(desk: Desk, band: str, reason: str, day: dt.date = TODAY) -> int:
    return health_calls.set_call(desk.workbench, ACCOUNT, band, reason, today=day, now=NOW)


def other(page: AccountPage) -> str:
    assert page.overview is not None
    return "red" if page.overview.score.band != "red" else "green"


def test_without_a_call_final_is_computed(page: AccountPage) -> None:
    statuses, seen = tab(page).statuses, page.overview
    assert seen is not None
    assert seen.score.score is not None
    assert statuses.computed.figure.text() == f"{seen.score.score:.1f}"
    assert statuses.computed.about.text().startswith(f"{seen.measured} of 12 measured · ")
    assert said(statuses.call) == ("–", "", "What you know and the score cannot see.")
    assert statuses.final.figure.text() == seen.score.band.capitalize()
    assert statuses.final.band.text() == "as computed"
    assert statuses.change.words() == "Make a call"
    assert statuses.final.chosen
    assert "your call" not in page.header.badge.accessibleName()


def test_a_call_is_made_by_keyboard_and_undone(
    page: AccountPage, desk: Desk, told: list[Told], qtbot: QtBot
) -> None:
    page.activateWindow()
    band = other(page)
    page.verbs()["edit"]()
    editor = tab(page).editor
    assert editor.isVisible()
    assert editor.reason.edit.hasFocus()
    assert editor.until.value == TODAY + dt.timedelta(days=90)
    editor.band.choose(band)
    qtbot.keyClicks(editor.reason.edit, "Champion <b>leaves</b>")
    qtbot.keyClick(editor.reason.edit, Qt.Key.Key_Return)
    statuses = tab(page).statuses
    qtbot.waitUntil(lambda: statuses.call.figure.text() == band.capitalize(), timeout=10_000)
    assert editor.isHidden()
    assert said(statuses.call)[1:] == ("until 22 Feb", "“Champion <b>leaves</b>”")
    assert statuses.final.band.text() == "the call holds"
    assert page.overview is not None
    assert statuses.final.about.text() == f"Computed: {page.overview.score.band} · lapses in 90 days"
    assert page.header.badge.accessibleName().endswith("your call")
    assert statuses.change.words() == "Change"
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert (told[-1].text, told[-1].undo) == ("Call kept", True)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: statuses.call.figure.text() == "–", timeout=10_000)
    assert "your call" not in page.header.badge.accessibleName()


def test_a_reason_is_needed_and_said_where_it_lacks(page: AccountPage, desk: Desk, qtbot: QtBot) -> None:
    page.activateWindow()
    page.verbs()["edit"]()
    editor = tab(page).editor
    editor.keep.click()
    qtbot.waitUntil(editor.reason.problem.isVisible, timeout=10_000)
    assert editor.reason.problem.text() == "A call needs a reason. Write what the score cannot see."
    assert editor.reason.edit.hasFocus()
    qtbot.keyClicks(editor.reason.edit, "x")
    assert not editor.reason.problem.isVisible()
    assert health_calls.current(desk.workbench.reads, ACCOUNT, TODAY) is None


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_one_enter_keeps_it_once(
    page: AccountPage, desk: Desk, settle: Settle, qtbot: QtBot, key: Qt.KeyboardModifier
) -> None:
    page.activateWindow()
    page.verbs()["edit"]()
    editor, steps = tab(page).editor, len(desk.workbench.history())
    editor.band.choose(other(page))
    qtbot.keyClicks(editor.reason.edit, "They told me so")
    qtbot.keyClick(editor.reason.edit, Qt.Key.Key_Return, key)
    settle(desk)
    assert len(desk.workbench.history()) == steps + 1


def test_a_day_that_lies_behind_is_refused_at_its_field(page: AccountPage, qtbot: QtBot) -> None:
    page.verbs()["edit"]()
    editor = tab(page).editor
    editor.reason.edit.setText("Why")
    editor.until.set_value(TODAY)
    editor.save()
    qtbot.waitUntil(editor.until.problem.isVisible, timeout=10_000)
    assert "day" in editor.until.problem.text()
    assert editor.reason.edit.text() == "Why"


def test_escape_leaves_without_a_trace(page: AccountPage, desk: Desk, qtbot: QtBot) -> None:
    page.activateWindow()
    page.verbs()["edit"]()
    editor = tab(page).editor
    qtbot.keyClicks(editor.reason.edit, "half a thou")
    qtbot.keyClick(editor.reason.edit, Qt.Key.Key_Escape)
    assert editor.isHidden()
    assert tab(page).statuses.change.hasFocus()
    assert health_calls.history(desk.workbench.reads, ACCOUNT) == []


def test_what_is_typed_survives_a_change_elsewhere(
    page: AccountPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.verbs()["edit"]()
    editor = tab(page).editor
    qtbot.keyClicks(editor.reason.edit, "half a thought")
    task_service.add(desk.workbench, ACCOUNT, "Elsewhere", now=NOW)
    qtbot.wait(50)
    settle(desk)
    page.verbs()["edit"]()
    assert editor.reason.edit.text() == "half a thought"
    page.open(account_id=ACCOUNT + 1)
    settle(desk)
    assert editor.isHidden()
    assert editor.reason.edit.text() == ""


def test_a_call_is_changed_and_taken_back(make_page: Make, desk: Desk, qtbot: QtBot) -> None:
    call(desk, "green", "They told me so")
    page = make_page(AccountPage, account_id=ACCOUNT)
    statuses, editor = tab(page).statuses, tab(page).editor
    statuses.change.click()
    assert (editor.band.taken, editor.reason.edit.text()) == ("green", "They told me so")
    editor.band.choose("yellow")
    editor.save()
    qtbot.waitUntil(lambda: statuses.call.figure.text() == "Yellow", timeout=10_000)
    assert len(health_calls.history(desk.workbench.reads, ACCOUNT)) == 2
    statuses.change.click()
    assert editor.end.isVisible()
    editor.end.click()
    qtbot.waitUntil(lambda: statuses.call.figure.text() == "–", timeout=10_000)
    assert health_calls.current(desk.workbench.reads, ACCOUNT, TODAY) is None


def test_a_call_that_agrees_says_so(make_page: Make, desk: Desk) -> None:
    seen = account_page.load(desk.workbench.reads, ACCOUNT, TODAY)
    call(desk, seen.score.band, "As it says")
    page = make_page(AccountPage, account_id=ACCOUNT)
    assert tab(page).statuses.final.about.text() == "Both agree · lapses in 90 days"


def test_a_call_lapses_in_sight(make_page: Make, desk: Desk) -> None:
    call(desk, "red", "Champion leaves", TODAY - dt.timedelta(days=120))
    page = make_page(AccountPage, account_id=ACCOUNT)
    statuses, seen = tab(page).statuses, page.overview
    assert statuses.call.figure.text() == "Red"
    assert statuses.call.band.text().startswith("lapsed on ")
    assert statuses.final.figure.text() == seen.score.band.capitalize()
    assert statuses.final.about.text() == "The call has lapsed; it can be made again."
    assert statuses.change.words() == "Make a call"
    assert "your call" not in page.header.badge.accessibleName()


def test_the_list_shows_the_hand(make_page: Make, desk: Desk, qtbot: QtBot) -> None:
    page = make_page(AccountsPage)
    call(desk, "red", "Champion leaves")
    qtbot.waitUntil(
        lambda: next(line for line in page.table.lines if line.id == ACCOUNT).called == "red", timeout=10_000
    )
    row = next(n for n in range(page.model.rowCount()) if page.model.line(n).id == ACCOUNT)
    words = [
        page.model.data(page.model.index(row, column), Qt.ItemDataRole.AccessibleTextRole) or ""
        for column in range(page.model.columnCount())
    ]
    assert any("red, your call" in one for one in words)


def test_the_steps_to_green_become_tasks_at_once(
    page: AccountPage, desk: Desk, told: list[Told], settle: Settle, qtbot: QtBot
) -> None:
    seen = page.overview
    assert seen is not None
    assert seen.path is not None
    steps = len(seen.path.steps)
    way = tab(page).way
    assert way.plan.words() == {1: "Plan it", 2: "Plan both"}.get(steps, "Plan all")
    before = len(task_service.open_tasks(desk.workbench.reads, ACCOUNT))
    way.plan.click()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert len(task_service.open_tasks(desk.workbench.reads, ACCOUNT)) == before + steps
    settle(desk)
    qtbot.waitUntil(lambda: len([one for one in page.overview.tasks if not one.done_on]) == before + steps)  # type: ignore[union-attr]
    way.plan.click()
    qtbot.waitUntil(lambda: told[-1].text == "These steps are planned already", timeout=10_000)
    assert desk.workbench.undo() == "Add tasks"
    assert len(task_service.open_tasks(desk.workbench.reads, ACCOUNT)) == before


def test_a_stale_measure_is_brought_up_to_date_in_place(
    make_page: Make, desk: Desk, told: list[Told], qtbot: QtBot
) -> None:
    with desk.workbench.change("old") as db:
        db.execute(
            "delete from reading where metric_id in (select id from metric where role = 'embedded') and account_id = ?",
            (ACCOUNT,),
        )
    page = make_page(AccountPage, account_id=ACCOUNT)
    page.activateWindow()
    (entry,) = page.findChildren(ReadingEntry)
    entry.begin()
    assert entry.edit.accessibleName() == "New value: Embedded in daily work (0–4)"
    qtbot.keyClicks(entry.edit, "9")
    qtbot.keyClick(entry.edit, Qt.Key.Key_Return)
    assert entry.problem.text() == "“9” is no value of this measure. Type 0, 1, 2, 3 or 4."
    entry.edit.clear()
    qtbot.keyClicks(entry.edit, "3")
    assert not entry.problem.isVisible()
    qtbot.keyClick(entry.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[-1].text == "Updated: Embedded in daily work (0–4)"
    qtbot.waitUntil(lambda: not page.overview.score.missing_measures, timeout=10_000)
    assert next(one.value for one in page.overview.score.measures if one.key == "embedded") == 3


def test_everything_has_a_name(page: AccountPage) -> None:
    page.verbs()["edit"]()
    editor = tab(page).editor
    controls: tuple[QWidget, ...] = (editor.band, editor.until.edit, editor.reason.edit)
    assert all(one.accessibleName() for one in controls)
    for status in (tab(page).statuses.computed, tab(page).statuses.call, tab(page).statuses.final):
        assert status.figure.text() in status.accessibleName()
    assert {one.textFormat() for one in editor.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
