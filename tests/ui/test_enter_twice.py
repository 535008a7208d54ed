"""Enter opens, and Enter again – at once or a moment later – changes nothing: no page has a trap under the first key."""

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
from tests.ui.conftest import NOW

Settle = Callable[[Desk], None]

ELSEWHERE = {"first_run"}
"""Pages without a portfolio behind them: they are shown before one is open."""
DELIBERATE = {"today"}
"""Here a line says on its button what Enter does: once it is read a person means it. Pressed twice, they do not."""
ACCOUNT = ("overview", "use", "people", "timeline", "plan", "contracts", "tasks", "documents")
SUCCESS = ("map", "quadrant", "plans", "onboarding", "stages", "training")
VOICE = ("scores", "loops", "themes")
SHOWN: tuple[Place, ...] = (
    *((one.id, {}) for one in PAGES if one.id not in {*ELSEWHERE, "account"}),
    *(("account", {"account_id": 1, "tab": tab}) for tab in ACCOUNT),
    *(("success", {"view": view}) for view in SUCCESS),
    *(("voice", {"tab": tab}) for tab in VOICE),
    ("value", {"account_id": 1}),
    ("value", {"account_id": 2}),
    ("value", {"account_id": 2, "screen": "tests"}),
    ("value", {"account_id": 2, "screen": "guide"}),
)


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


@pytest.mark.parametrize("place", SHOWN, ids=lambda place: "-".join(map(str, (place[0], *place[1].values()))))
def test_no_page_changes_anything_on_an_enter_too_many(
    ready: MainWindow, desk: Desk, settle: Settle, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Enter that opened it again: at once, after 50 ms, and once everything is read."""
    settle(desk)
    before = steps(desk)
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)
    for later in (0, 50, None):
        if later is None and place[0] in DELIBERATE:
            continue
        ready.go("keyboard")
        settle(desk)
        ready.go(place[0], **place[1])
        QTest.qWait(later) if later is not None else settle(desk)
        enter(ready)
        settle(desk)
        assert steps(desk) == before, later
