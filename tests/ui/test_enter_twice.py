"""Enter opens, and Enter again, at once or a moment later, changes nothing: no page has a trap under that key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench.services import value_heads
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.navigation import Place
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.pages.value import ValuePage
from tests.ui.conftest import NOW

Settle = Callable[[Desk], None]

ELSEWHERE = {"first_run"}
"""Pages without a portfolio behind them: they are shown before one is open."""
DELIBERATE = {"today"}
"""Here a line says on its button what Enter does: once it is read a person means it. Pressed twice, they do not."""
ACCOUNT = ("overview", "use", "people", "timeline", "plan", "contracts", "tasks", "documents")
SUCCESS = ("map", "quadrant", "plans", "onboarding", "stages", "training")
VOICE = ("scores", "loops", "themes")
PLAIN = [one.id for one in PAGES if one.id not in {*ELSEWHERE, "account"}]
LISTS = ("accounts", "renewals", "value", "voice", "documents", "trash", "portfolio")
SHOWN: list[Place] = [(page, {}) for page in PLAIN]
SHOWN += [("account", {"account_id": 1, "tab": tab}) for tab in ACCOUNT]
SHOWN += [("success", {"view": view}) for view in SUCCESS]
SHOWN += [("voice", {"tab": tab}) for tab in VOICE]
SHOWN += [("value", {"account_id": account}) for account in (1, 2)]
SHOWN += [("value", {"account_id": 2, "screen": screen}) for screen in ("tests", "guide")]
LATER = (0, 50, None)
"""ms after the page was opened; None: once everything is read."""


@pytest.fixture
def ready(window: MainWindow, desk: Desk, qtbot: QtBot) -> MainWindow:
    """The window with the keyboard, account 1 with a ledger, account 2 without one."""
    value_heads.create(desk.workbench, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    qtbot.waitActive(window)
    return window


def steps(desk: Desk) -> list[str]:
    return [f"{one.id} {one.name}" for one in desk.workbench.history()]


def enter(window: MainWindow) -> None:
    """Enter, to whoever has the keyboard; what it asks is not answered."""
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return)
    for _once in range(3):
        asked = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if asked is not None:
            QTest.keyClick(asked, Qt.Key.Key_Escape)


def again(window: MainWindow, desk: Desk, settle: Settle, later: int | None) -> None:
    """Enter once more, so much later."""
    QTest.qWait(later) if later is not None else settle(desk)
    enter(window)
    settle(desk)


@pytest.mark.parametrize("place", SHOWN, ids=lambda place: "-".join(map(str, (place[0], *place[1].values()))))
def test_no_page_changes_anything_on_an_enter_too_many(
    ready: MainWindow, desk: Desk, settle: Settle, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Enter that opened it again: at once, after 50 ms, and once everything is read."""
    settle(desk)
    before = steps(desk)
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)
    for later in LATER:
        if later is None and place[0] in DELIBERATE:
            continue
        ready.go("keyboard")
        settle(desk)
        ready.go(place[0], **place[1])
        again(ready, desk, settle, later)
        assert steps(desk) == before, later


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("page", LISTS)
def test_enter_on_a_row_and_enter_again(
    ready: MainWindow, desk: Desk, settle: Settle, page: str, later: int | None
) -> None:
    """From a list to what the row opens, and once more."""
    ready.go(page)
    settle(desk)
    before = steps(desk)
    enter(ready)
    again(ready, desk, settle, later)
    assert steps(desk) == before


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("account", [1, 2], ids=["ledger", "none"])
def test_a_ledger_opened_from_the_list_stays_the_only_one(
    ready: MainWindow, desk: Desk, settle: Settle, account: int, later: int | None
) -> None:
    ready.go("value")
    settle(desk)
    shown = ready.page
    assert isinstance(shown, ValuePage)
    name = next(row.name for row in shown.portfolio.model.rows if row.account_id == account)
    shown.portfolio.words.setText(name)
    shown.portfolio.table.setFocus()
    before = steps(desk)
    enter(ready)
    assert shown.account_id == account
    again(ready, desk, settle, later)
    again(ready, desk, settle, later)
    assert steps(desk) == before
    if account == 1:
        assert shown.body.isVisible()
        assert ready.focusWidget() is not shown.begin.button
