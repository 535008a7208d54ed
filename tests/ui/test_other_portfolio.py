"""Opening another portfolio while screens of the one before still read; the crash page and the keys under it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench.ui import crash
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow


def test_a_reading_of_the_portfolio_before_fails_unheard(desk: Desk, qtbot: QtBot) -> None:
    go, heard = Event(), []

    def read() -> None:
        go.wait(10)
        raise RuntimeError("the portfolio is closed")

    desk.tasks.failed.connect(heard.append)
    desk.tasks.run(read, failed=heard.append)
    desk.tasks.attach(None)
    go.set()
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=10_000)
    assert heard == []


def test_a_reading_of_this_portfolio_is_heard(desk: Desk, qtbot: QtBot) -> None:
    heard: list[BaseException] = []

    def read() -> None:
        raise RuntimeError("no")

    desk.tasks.run(read, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)


def test_enter_or_going_elsewhere_takes_the_crash_page_away(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None], qtbot: QtBot
) -> None:
    page = crash.show(window, "details")
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.isHidden()
    page = crash.show(window, "details")
    window.go("about")
    settle(desk)
    assert not isValid(page) or page.isHidden()


def test_c_opens_the_call_from_any_tab_of_the_account(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    window.go("account", account_id=1, tab="people")
    settle(desk)
    window.act("call")
    settle(desk)
    assert window.navigation.page is not None
    assert window.navigation.page.tabs["overview"].editor.isVisible()  # type: ignore[attr-defined]
