"""A success map by keyboard alone: begun from a packaged persona, accounts added, moved, wanted, opened; and undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench.services import success_board, success_maps
from cs_workbench.services.success_board import Board
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.success.board import MapView
from cs_workbench.ui.pages.success.board_questions import AccountsQuestion, WantQuestion
from tests.ui.conftest import (  # noqa: F401 - fixtures of the window
    NOW,
    desk,
    no_qt_warnings,
    no_stray_windows,
    portfolio,
    qapp,
    sample_portfolio,
    settle,
    wardrobe,
    window,
)

KEY = Qt.Key


def board(at: Desk) -> Board:
    return success_board.load(at.workbench.reads, NOW.date())


def places(at: Desk) -> list[int]:
    return [len(lane.cards) for lane in board(at).lanes]


def test_a_map_by_keyboard(
    qtbot: QtBot,
    desk: Desk,  # noqa: F811
    window: MainWindow,  # noqa: F811
    settle: Callable[[Desk], None],  # noqa: F811
    qapp: QApplication,  # noqa: F811
) -> None:
    with desk.workbench.change("begin without") as db:
        db.execute("delete from persona")
    QTest.keyClick(window, KEY.Key_G)
    QTest.keyClick(window, KEY.Key_S)
    settle(desk)
    view = window.findChild(MapView)
    assert isinstance(view, MapView)

    view.start.buttons[0].setFocus()
    QTest.keyClick(view.start.buttons[0], KEY.Key_Space)
    qtbot.waitUntil(lambda: view.board is not None and len(view.board.lanes) == 5)
    settle(desk)

    window.activateWindow()
    view.canvas.setFocus()
    QTest.keyClick(view.canvas, KEY.Key_N)
    (adding,) = [
        one for one in qapp.topLevelWidgets() if isinstance(one, AccountsQuestion) and one.isVisible()
    ]
    QTest.keyClick(adding.finder, KEY.Key_Down)
    for _turn in range(3):
        QTest.keyClick(adding.list, KEY.Key_Space)
        QTest.keyClick(adding.list, KEY.Key_Down)
    QTest.keyPress(adding, KEY.Key_Return)
    qtbot.waitUntil(lambda: view.board is not None and len(view.board.cards) == 3)
    settle(desk)
    assert places(desk) == [3, 0, 0, 0, 0]

    window.activateWindow()
    view.canvas.setFocus()
    first = view.canvas.card()
    assert first is not None
    QTest.keyClick(view.canvas, KEY.Key_BracketRight)
    QTest.keyClick(view.canvas, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(desk)
    assert places(desk) == [2, 0, 1, 0, 0]
    QTest.keyClick(view.canvas, KEY.Key_BracketLeft)
    settle(desk)
    assert places(desk) == [2, 1, 0, 0, 0]
    moves = [one.to_step for one in success_maps.history(desk.workbench.reads, first.account_id)[:4]]
    steps = [lane.step.name for lane in board(desk).lanes if lane.step is not None]
    assert moves == [steps[1], steps[2], steps[1], steps[0]]

    QTest.keyClick(view.canvas, KEY.Key_B)
    (wanting,) = [one for one in qapp.topLevelWidgets() if isinstance(one, WantQuestion) and one.isVisible()]
    QTest.keyClicks(wanting.day.edit, "2027-03-31")
    QTest.keyPress(wanting.day.edit, KEY.Key_Return)
    settle(desk)
    assert [(one.wanted, one.wanted_by is not None) for one in board(desk).lanes[1].cards] == [(2, True)]

    window.activateWindow()
    view.canvas.setFocus()
    desk.workbench.undo()
    qtbot.waitUntil(lambda: [one.wanted for one in board(desk).lanes[1].cards] == [None])
    settle(desk)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: places(desk) == [2, 0, 1, 0, 0])
    settle(desk)
    qtbot.waitUntil(lambda: view.board is not None and len(view.board.lanes[2].cards) == 1)
    settle(desk)
    view.canvas.choose(first.account_id)
    QTest.keyClick(view.canvas, KEY.Key_Return)
    settle(desk)
    assert window.page is not None
    assert window.page.id == "account"
