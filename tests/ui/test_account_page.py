"""The account page: header, Overview with its arithmetic, what changed, tasks; switching, languages, odd names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import account_page, accounts, contacts
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.overview import OverviewTab
from cs_workbench.ui.pages.account.overview_pane import TaskBox
from cs_workbench.ui.pages.account.page import TABS
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


def overview(page: AccountPage) -> OverviewTab:
    assert isinstance(page.tabs["overview"], OverviewTab)
    return page.tabs["overview"]


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden() and label.text()]


def boxes(page: AccountPage) -> list[TaskBox]:
    return [box for box in overview(page).pane.findChildren(TaskBox) if not box.isHidden()]


def choose(menu: QMenu, name: str) -> None:
    next(action for action in menu.actions() if action.text() == name).trigger()
    menu.close()


def test_the_header_says_who_it_is(page: AccountPage) -> None:
    header, seen = page.header, page.overview
    assert seen is not None
    assert header.title.text() == seen.head.name
    assert f"{seen.seats} seats" in header.fact.text()
    assert header.badge.accessibleName().startswith("Health ")
    assert header.deadline.left.text().startswith("D−")
    assert page.bar.tabs["people"].number == seen.head.people
    assert page.bar.tabs["timeline"].accessibleName() == f"Timeline, {seen.head.records}"


def test_the_glass_box_prints_the_sum(page: AccountPage) -> None:
    rows = [line.row for line in overview(page).box.lines]
    assert [row.kind for row in rows].count("axis") == 4
    axes = [row for row in rows if row.kind == "axis"]
    total = sum(float(row.adds) for row in axes)
    assert total == pytest.approx(float(rows[-1].adds), abs=0.15)
    measured = [row for row in rows if row.kind == "measure"]
    assert all(row.value and row.bounds and row.bar for row in measured)
    assert f"How {rows[-1].adds} comes about" == rows[0].name
    assert "points" in measured[0].spoken


def test_a_measure_leads_to_its_records(page: AccountPage, desk: Desk, settle: Settle) -> None:
    line = next(one for one in overview(page).box.lines if one.row.key == "last_contact")
    line.click()
    settle(desk)
    assert page.bar.current == "timeline"


def test_arrows_move_between_measures(page: AccountPage, qtbot: QtBot) -> None:
    page.activateWindow()
    measures = [line for line in overview(page).box.lines if line.row.key]
    measures[0].setFocus()
    qtbot.keyClick(measures[0], Qt.Key.Key_Down)
    assert measures[1].hasFocus()
    qtbot.keyClick(measures[1], Qt.Key.Key_Up)
    assert measures[0].hasFocus()
    qtbot.keyClick(measures[0], Qt.Key.Key_Return)
    assert page.bar.current == "use"


def test_what_is_missing_is_said(make_page: Make, desk: Desk) -> None:
    with desk.workbench.change("empty") as db:
        db.execute("delete from metric")
    page = make_page(AccountPage, account_id=ACCOUNT)
    missing = [line.row for line in overview(page).box.lines if line.row.kind == "missing"]
    assert len(missing) >= 8
    assert {row.value for row in missing} == {"not measured"}
    assert all("left out" in row.bounds and row.points == "–" for row in missing)


def test_the_way_to_green_is_a_sum(page: AccountPage) -> None:
    seen = page.overview
    assert seen is not None
    assert seen.path is not None
    shown = texts(overview(page).way)
    assert shown[0] == "Shortest way to green"
    assert len([text for text in shown if text.startswith("+") and text != "+"]) >= min(
        3, len(seen.path.steps)
    )


def test_an_account_without_anything(make_page: Make, desk: Desk) -> None:
    with desk.workbench.change("new") as db:
        made = db.lastrowid(
            "insert into account (name, name_key, created_at, updated_at)"
            " values ('<b>Odd & Co</b>', 'odd', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z')"
        )
    page = make_page(AccountPage, account_id=made)
    assert page.header.title.text() == "<b>Odd & Co</b>"
    assert page.header.deadline.isHidden()
    assert overview(page).statuses.computed.figure.text() == "–"
    assert "Nothing planned yet." in texts(overview(page).pane)
    for key in TABS:
        page.show_tab(key)
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if label.text()
    )


def test_a_task_is_done_by_space_and_comes_back_with_undo(
    page: AccountPage, desk: Desk, settle: Settle, told: list[Told], qtbot: QtBot
) -> None:
    before = [box.task.title for box in boxes(page)]
    page.activateWindow()
    box = boxes(page)[0].box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    settle(desk)
    qtbot.waitUntil(lambda: [one.task.title for one in boxes(page)] == before[1:], timeout=5000)
    assert (told[-1].text, told[-1].undo) == (f"Done: {before[0]}", True)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: [one.task.title for one in boxes(page)] == before, timeout=5000)


def test_a_task_is_added_where_tasks_stand(
    page: AccountPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.verbs()["new_row"]()
    field = overview(page).pane.new_task
    qtbot.keyClicks(field, "Ask for the list !2026-12-03")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Ask for the list" in [one.task.title for one in boxes(page)], timeout=5000)
    (task,) = [one.task for one in boxes(page) if one.task.title == "Ask for the list"]
    assert task.due_on == dt.date(2026, 12, 3)
    assert field.isHidden()
    assert overview(page).pane.add.hasFocus() or not page.isActiveWindow()
    page.verbs()["new_row"]()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.isHidden()


def test_a_change_elsewhere_is_seen_and_scored(
    page: AccountPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    def days() -> str:
        return next(line.row.value for line in overview(page).box.lines if line.row.key == "last_contact")

    assert days() != "0 d"
    contacts.log(desk.workbench, "call talked", now=NOW, today=TODAY, account_id=ACCOUNT)
    qtbot.waitUntil(lambda: days() == "0 d", timeout=5000)
    settle(desk)
    assert page.overview is not None
    kept = accounts.account_row(desk.workbench.reads, ACCOUNT, TODAY)
    assert kept is not None
    assert kept.score == page.overview.score.score  # lists show what the page shows


def test_what_changed_since_the_last_look(make_page: Make, desk: Desk) -> None:
    account_page.mark_seen(desk.workbench, ACCOUNT, today=TODAY - dt.timedelta(days=14), now=NOW)
    contacts.log(desk.workbench, "call <i>moved</i> away", now=NOW, today=TODAY, account_id=ACCOUNT)
    page = make_page(AccountPage, account_id=ACCOUNT)
    pane = overview(page).pane
    assert pane.changed_title.text() == "Changed since 10 Nov"
    assert any(text == "New contact: <i>moved</i> away" for text in texts(pane))


def test_rename_in_place(
    page: AccountPage, desk: Desk, settle: Settle, told: list[Told], qtbot: QtBot
) -> None:
    page.activateWindow()
    choose(page.header.open_menu(), "Rename")
    page.header.rename.selectAll()
    qtbot.keyClicks(page.header.rename, "Tarnwick KK")
    qtbot.keyClick(page.header.rename, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.header.title.text() == "Tarnwick KK", timeout=5000)
    assert told[-1].undo
    assert page.header.rename.isHidden()


@pytest.mark.parametrize(("title", "field"), [("Stage", "stage"), ("Tier", "tier")])
def test_stage_and_tier_from_the_menu(page: AccountPage, qtbot: QtBot, title: str, field: str) -> None:
    before = getattr(page.overview.head, field) if page.overview else None
    menu = page.header.open_menu()
    inner = next(action for action in menu.actions() if action.text() == title).menu()
    assert isinstance(inner, QMenu)
    next(action for action in inner.actions() if not action.isChecked()).trigger()
    menu.close()
    qtbot.waitUntil(
        lambda: page.overview is not None and getattr(page.overview.head, field) != before, timeout=5000
    )


def test_archive_and_back_and_delete(page: AccountPage, desk: Desk, qtbot: QtBot) -> None:
    choose(page.header.open_menu(), "Archive")
    qtbot.waitUntil(lambda: page.header.fact.text().startswith("archived"), timeout=5000)
    choose(page.header.open_menu(), "Bring back")
    qtbot.waitUntil(lambda: not page.header.fact.text().startswith("archived"), timeout=5000)
    choose(page.header.open_menu(), "Delete")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.missing, timeout=5000)
    assert page.verbs() == {}
    desk.workbench.undo()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.missing, timeout=5000)


def test_another_account_shows_nothing_of_the_one_before(
    page: AccountPage, desk: Desk, settle: Settle
) -> None:
    page.show_tab("people")
    settle(desk)
    page.open(account_id=1, tab="people")
    assert page.header.title.text() == ""
    assert page.verbs() == {}
    settle(desk)
    settle(desk)
    assert page.overview is not None
    assert page.overview.head.id == 1
    assert page.bar.current == "people"


def test_an_unknown_tab_is_the_overview_and_an_unknown_account_is_told(
    make_page: Make, desk: Desk, settle: Settle
) -> None:
    page = make_page(AccountPage, account_id=ACCOUNT, tab="plans")
    assert page.bar.current == "overview"
    page.open(account_id=9999)
    settle(desk)
    assert page.stack.currentWidget() is page.missing
    assert page.missing.sentence.text() == "The account is not there any more."


def test_ctrl_tab_goes_round(page: AccountPage, qtbot: QtBot) -> None:
    for key in [*list(TABS)[1:], "overview"]:
        qtbot.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert page.bar.current == key


def test_verbs_without_a_dialog_lead_to_their_tab(page: AccountPage, desk: Desk, settle: Settle) -> None:
    page.header.log.click()
    assert page.bar.current == "timeline"
    page.header.pack.click()
    assert page.bar.current == "documents"
    settle(desk)


def test_both_languages(page: AccountPage, desk: Desk) -> None:
    i18n.set_language("ja")
    try:
        page.retranslate()
        assert page.bar.tabs["overview"].text() == "概要"
        assert "・" in page.header.fact.text()
    finally:
        i18n.set_language("en")
    page.retranslate()
    assert page.bar.tabs["overview"].text() == "Overview"


@pytest.mark.parametrize(("name", "scale"), [("dark", 1.0), ("light", 2.0)])
def test_it_can_be_painted_in_other_dress(
    desk: Desk, make_page: Make, qtbot: QtBot, name: themes.Name, scale: float
) -> None:
    desk.wardrobe.choose(name)
    desk.wardrobe.resize(scale)
    page = make_page(AccountPage, account_id=ACCOUNT)
    page.resize(themes.current().px(1100), themes.current().px(700))
    qtbot.wait(20)
    picture = page.grab().toImage()
    ground = picture.pixelColor(picture.width() // 2, picture.height() - 4)
    assert ground.name() in {themes.current().hex("bg.surface").lower(), themes.current().hex("bg.sunken").lower(),
                             themes.current().hex("bg.raised").lower()}  # fmt: skip
    cut = [
        b
        for b in page.header.findChildren(QAbstractButton)
        if b.isVisible() and b.width() < b.sizeHint().width()
    ]
    assert cut == []


def test_everything_that_can_be_pressed_has_a_name(page: AccountPage, desk: Desk, settle: Settle) -> None:
    for key in TABS:
        page.show_tab(key)
        settle(desk)
        nameless = [
            button for button in page.findChildren(QAbstractButton)
            if button.isVisible() and not (button.accessibleName() or button.text())
        ]  # fmt: skip
        assert nameless == [], key


def test_in_the_window_it_is_reached_by_its_id(window: MainWindow, desk: Desk, settle: Settle) -> None:
    desk.went.connect(lambda name, arguments: window.go(name, **arguments))
    desk.open_account(ACCOUNT, "contracts")
    settle(desk)
    page = window.page
    assert isinstance(page, AccountPage)
    assert page.bar.current == "contracts"
    assert page.tab.key == "contracts"
