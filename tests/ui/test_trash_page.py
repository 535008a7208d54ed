"""The trash page by keyboard: what lies there, one or many back in one step, emptying as the only question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench.services import trash
from cs_workbench.services.trash import TrashLine
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.models.trash_model import columns, deleted, kind, label, others
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages.trash import EmptySheet, TrashPage

Settle = Callable[[Desk], None]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil", "x" * 10_000, "two\nlines\tand tabs", "")


def discard(desk: Desk, *things: tuple[str, int], days: int = 0) -> list[int]:
    """Put things in the trash *days* ago."""
    at = desk.now() - dt.timedelta(days=days)
    return [trash.delete(desk.workbench, entity, number, now=at) for entity, number in things]


@pytest.fixture
def page(make_page: Callable[..., Page], desk: Desk, settle: Settle) -> TrashPage:
    discard(desk, ("account", 3), ("person", 1), ("contract", 1), ("interaction", 5), ("task", 2))
    made = make_page(TrashPage)
    settle(desk)
    assert isinstance(made, TrashPage)
    made.activateWindow()
    made.table.setFocus()
    return made


def entities(page: TrashPage) -> list[str]:
    """Kinds in the list's order."""
    return [line.entity for line in page.model.rows]


def test_newest_first_with_all_there_is_to_know(page: TrashPage) -> None:
    assert entities(page) == ["task", "interaction", "contract", "person", "account"]
    account = page.model.rows[4]
    assert others(account).endswith("records")
    assert page.model.index(4, 5).data() == "30"
    assert page.model.index(4, 1).data() == "Account"
    assert page.model.index(3, 2).data()
    assert page.header.fact.text() == "5 things, kept for 30 days"


def test_one_comes_back_by_enter_and_goes_again_by_undo(
    page: TrashPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    page.table.choose(4)
    name = page.model.rows[4].label
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(desk)
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    assert told[-1].text == f"Restored: {name}"
    assert told[-1].undo
    assert desk.workbench.undo() == "Restore from trash"
    qtbot.waitUntil(lambda: len(page.model.rows) == 5)


def test_several_come_back_as_one_step(page: TrashPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    page.table.choose(0)
    for _n in range(3):
        qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.restore.words() == "Put back 4"
    steps = len(desk.workbench.history())
    page.restore.click()
    settle(desk)
    qtbot.waitUntil(lambda: entities(page) == ["account"])
    assert len(desk.workbench.history()) == steps + 1
    assert "and 1 more" in told[-1].text


def test_verbs_follow_what_is_chosen(page: TrashPage, qtbot: QtBot) -> None:
    assert set(page.verbs()) == {"next_row", "previous_row", "open_row"}
    page.verbs()["next_row"]()
    assert page.table.currentIndex().row() == 1
    page.verbs()["previous_row"]()
    assert page.table.currentIndex().row() == 0
    page.table.clearSelection()
    assert "open_row" not in page.verbs()
    assert not page.restore.isEnabled()
    page.restore_chosen()


def test_what_cannot_come_back_is_told_and_stays(page: TrashPage, desk: Desk, settle: Settle) -> None:
    failures: list[BaseException] = []
    desk.tasks.failed.connect(failures.append)
    person = page.model.rows[3]
    owner = desk.workbench.reads.scalar("select id from account where name = ?", (person.account,))
    trash.delete(desk.workbench, "account", owner, now=desk.now())
    settle(desk)
    QApplication.processEvents()
    settle(desk)
    row = entities(page).index("person")
    page.table.clearSelection()
    page.table.selectionModel().select(
        page.model.index(row, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    page.restore_chosen()
    settle(desk)
    assert [getattr(failure, "code", "") for failure in failures] == ["parent_gone"]
    assert "person" in entities(page)


def test_emptying_asks_first(page: TrashPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page.ask_empty()
    sheet = page.window().findChild(EmptySheet)
    assert sheet is not None
    assert "5 things" in sheet.sentence.text()
    assert "cannot be undone" in sheet.second.text()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    settle(desk)
    assert len(page.model.rows) == 5


def test_emptying_is_for_good(page: TrashPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    page.empty.click()
    sheet = page.window().findChild(EmptySheet)
    assert sheet is not None
    assert sheet.main is not None
    sheet.main.click()
    settle(desk)
    qtbot.waitUntil(lambda: page.model.rows == ())
    assert told[-1].text == "5 things deleted for good"
    assert desk.workbench.history() == []
    assert page.nothing.isVisible()
    assert not page.empty.isVisible()
    assert not page.restore.isVisible()


def test_nothing_there(make_page: Callable[..., Page], desk: Desk, settle: Settle) -> None:
    page = make_page(TrashPage)
    settle(desk)
    assert isinstance(page, TrashPage)
    assert page.nothing.isVisible()
    assert "30 days" in page.nothing.sentence.text()
    assert page.first_focus() is page.nothing.button
    assert page.verbs() == {}
    went: list[str] = []
    desk.went.connect(lambda where, _arguments: went.append(where))
    page.nothing.button.click()
    assert went == ["today"]
    page.ask_empty()
    assert page.window().findChild(EmptySheet) is None


def test_what_is_past_its_days_goes_when_the_page_is_shown(
    make_page: Callable[..., Page], desk: Desk, settle: Settle
) -> None:
    discard(desk, ("task", 1), days=40)
    discard(desk, ("task", 2), days=29)
    page = make_page(TrashPage)
    settle(desk)
    assert isinstance(page, TrashPage)
    assert [line.days_left for line in page.model.rows] == [1]
    assert desk.workbench.history()[0].name == "Clear old trash"


def test_a_sound_model(page: TrashPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(make_page: Callable[..., Page], desk: Desk, settle: Settle, name: str) -> None:
    with desk.workbench.change("Rename") as db:
        db.execute("update task set title = ? where id = 1", (name,))
    discard(desk, ("task", 1))
    page = make_page(TrashPage)
    settle(desk)
    assert isinstance(page, TrashPage)
    shown = page.model.index(0, 0).data()
    assert shown == (" ".join(name.split()) or "(no name)")
    page.restore_chosen()
    settle(desk)
    for widget in page.findChildren(QLabel):
        assert widget.textFormat() == Qt.TextFormat.PlainText or not widget.text()


def test_a_kind_nobody_named_has_its_own_name() -> None:
    assert kind("account") == "Account"
    assert kind("success_plan") == "Success plan"


def test_today_by_the_hour_else_by_the_day() -> None:
    at = dt.datetime(2026, 11, 24, 3, 4, tzinfo=dt.UTC)
    line = TrashLine(1, "task", "T", "", at, 0, 2)
    here = at.astimezone()
    assert deleted(line, here.date()) == f"{here:%H:%M}"
    assert deleted(line, here.date() + dt.timedelta(days=1)).endswith("Nov 2026")
    assert others(line) == ""
    assert label(line) == "T"


def test_few_days_left_stand_out(qtmodeltester: ModelTester) -> None:
    at = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    model = FactModel(columns(at.date))
    model.fill([TrashLine(n, "task", "T", "A", at, 1, left) for n, left in enumerate((0, 3, 4))])
    styles = [columns(at.date)[-1].style(row) for row in model.rows]  # type: ignore[misc]
    assert [style[0] for style in styles] == ["strong", "strong", "body"]
    assert model.index(0, 3).data() == "1 record"
    qtmodeltester.check(model)


def test_columns_go_where_there_is_little_room(page: TrashPage) -> None:
    page.resize(1200, 800)
    QApplication.processEvents()
    assert not page.table.isColumnHidden(3)
    page.resize(520, 800)
    QApplication.processEvents()
    assert page.table.isColumnHidden(3)
    assert not page.table.isColumnHidden(5)


def test_settings_lead_here(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.go("trash")
    settle(desk)
    assert isinstance(window.page, TrashPage)
    assert window.page.nothing.isVisible()
