"""Where the keyboard stands on the accounts page while there is no list: the name asked for, or the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.accounts import AccountsPage
from cs_workbench.ui.pages.first_run import FirstRunPage
from tests.ui.reception_fixtures import settled, shell
from tests.ui.test_first_run import welcome

__all__ = ["shell", "welcome"]


def test_tab_reaches_clear_filter_where_nothing_fits(
    make_page: Callable[..., Any], desk: Desk, settle: Callable[[Desk], None], qtbot: QtBot
) -> None:
    page: AccountsPage = make_page(AccountsPage)
    page.line.set_text("zzzz")
    settle(desk)
    qtbot.waitUntil(lambda: page.sheets.stack.currentWidget() is page.sheets.nothing, timeout=5_000)
    page.line.setFocus()
    clear, passed = page.sheets.nothing.button, []
    for _step in range(4):
        here = QApplication.focusWidget()
        assert here is not None
        passed.append(here)
        if here is clear:
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert passed[-1] is clear
    assert page.first_focus() is clear
    QTest.keyClick(clear, Qt.Key.Key_Space)
    settle(desk)
    qtbot.waitUntil(lambda: page.sheets.stack.currentWidget() is page.list, timeout=5_000)
    assert page.first_focus() is page.list
    assert page.sheets.stack.focusProxy() is page.list


def test_the_name_of_the_first_account_has_the_keyboard(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    welcome.empty.button.click()
    qtbot.waitUntil(lambda: shell.window.navigation.page_id == "accounts", timeout=60_000)
    settled(shell, qtbot)
    page = shell.window.navigation.page
    assert isinstance(page, AccountsPage)
    qtbot.waitUntil(lambda: page.table is not None and not page.fresh.isHidden(), timeout=20_000)
    settled(shell, qtbot)
    assert page.sheets.stack.currentWidget() is page.sheets.nobody
    assert shell.window.focusWidget() is page.fresh.field.edit
    QTest.keyClicks(page.fresh.field.edit, "Kitahoshi")
    QTest.keyClick(page.fresh.field.edit, Qt.Key.Key_Escape)
    assert page.first_focus() is page.sheets.nobody.button
