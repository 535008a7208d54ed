"""The moves of an account over its success map: from the bar under the board, from its menu, by keys; odd names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import success_maps
from cs_workbench.services.success_maps import MoveRow
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.success import SuccessPage, board_menus
from cs_workbench.ui.pages.success.board import MapView
from cs_workbench.ui.pages.success.board_history import MoveHistory
from tests.ui.conftest import NOW

ACCOUNT = 20
Settle = Callable[[Desk], None]


@pytest.fixture
def page(make_page: Callable[..., SuccessPage]) -> SuccessPage:
    i18n.set_language("en")
    made = make_page(SuccessPage)
    made.activateWindow()
    return made


@pytest.fixture
def view(page: SuccessPage) -> MapView:
    found = page.view
    assert isinstance(found, MapView)
    assert found.canvas.choose(ACCOUNT)
    return found


def history() -> MoveHistory:
    """The float that is open."""
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, MoveHistory)]
    return found


def words(shown: MoveHistory) -> list[tuple[str, ...]]:
    model = shown.table.facts
    return [tuple(column.words(row) for column in model.columns) for row in model.rows]


def test_the_bar_tells_every_move_the_newest_first(
    view: MapView, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    told = success_maps.history(desk.workbench.reads, ACCOUNT)
    assert len(told) == 4
    view.foot_bar.history.setFocus()
    qtbot.keyClick(view.foot_bar.history, Qt.Key.Key_Space)
    settle(desk)
    shown = history()
    assert shown.title.text() == f"Moves of {view.foot_bar.name.text()} so far"
    assert [row[1:] for row in words(shown)] == [
        (one.from_step or "no step", one.to_step or "no step") for one in told
    ]
    assert [one.on for one in told] == sorted((one.on for one in told), reverse=True)
    assert shown.table.hasFocus()
    QAbstractItemModelTester(shown.table.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(isinstance(one, MoveHistory) for one in QApplication.topLevelWidgets()))


def test_a_move_made_now_is_told_and_one_undone_is_not(
    view: MapView, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    before = len(success_maps.history(desk.workbench.reads, ACCOUNT))
    stood = view.canvas.card()
    assert stood is not None
    view.canvas.push(1)
    settle(desk)
    view.foot_bar.history.click()
    settle(desk)
    shown = history()
    assert len(words(shown)) == before + 1
    assert words(shown)[0][0] == "24 Nov 2026"
    shown.close()
    desk.workbench.undo()
    qtbot.waitUntil(lambda: view.canvas.choose(ACCOUNT) and view.canvas.card() == stood, timeout=5000)
    settle(desk)
    view.foot_bar.history.click()
    settle(desk)
    assert len(words(history())) == before
    history().close()


def test_the_menu_of_a_card_leads_there_too(view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[MapView] = []
    monkeypatch.setattr(board_menus, "show_moves", asked.append)
    menu = board_menus.show_card(view, QPoint(10, 10))
    assert menu is not None
    next(one for one in menu.actions() if one.text() == "Moves so far…").trigger()
    menu.close()
    assert asked == [view]


def test_without_a_card_there_is_nothing_to_ask(view: MapView, desk: Desk, settle: Settle) -> None:
    view.canvas.spot = None
    view._show_foot()
    assert view.foot_bar.history.isHidden()


@pytest.mark.parametrize("name", ["<img src=x>", "\u202eevil\u202c", "長" * 10_000])
def test_odd_names_stay_plain_and_inside(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    host.show()
    shown = MoveHistory(name, [MoveRow(name, name, dt.date(2026, 9, 1))] * 30, NOW.date(), host)
    shown.ask(QPoint(400, 500), host)
    shown.begin()
    assert shown.title.textFormat() == Qt.TextFormat.PlainText
    assert shown.height() < 600
    assert shown.table.verticalScrollBar().maximum() > 0
    shown.close()


def test_an_account_that_never_moved_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    shown = MoveHistory("Acme", [], NOW.date(), host)
    shown.ask(QPoint(400, 500), host)
    shown.begin()
    assert shown.none.isVisible()
    assert shown.table.isHidden()
    assert shown.save.hasFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
