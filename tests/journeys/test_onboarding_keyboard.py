"""A customer is onboarded by keyboard alone: started on its page, ticked, finished, and moved on by its criteria."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cs_workbench.services import accounts, lifecycle, onboarding_reading
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.onboarding_start import StartSheet
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.success import SuccessPage
from cs_workbench.ui.pages.success.onboarding import OnboardingView
from cs_workbench.ui.pages.success.stages import StagesView
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
ACCOUNT = 13


def test_from_start_to_the_next_stage(
    qtbot: QtBot,
    desk: Desk,  # noqa: F811
    window: MainWindow,  # noqa: F811
    settle: Callable[[Desk], None],  # noqa: F811
) -> None:
    reads = desk.workbench.reads
    accounts.set_stage(desk.workbench, ACCOUNT, "onboarding", now=NOW)
    window.go("account", account_id=ACCOUNT)
    settle(desk)
    desk.act("start_onboarding")
    settle(desk)
    (sheet,) = [one for one in window.findChildren(StartSheet) if one.isVisible()]
    qtbot.keyClick(sheet.template._segments["days_60"], KEY.Key_Left)
    assert sheet.plan.key == "days_30"
    qtbot.keyClick(sheet.keep, KEY.Key_Space)
    settle(desk)
    window.go("success", view="onboarding", account_id=ACCOUNT)
    settle(desk)
    page = window.findChild(SuccessPage)
    assert isinstance(page, SuccessPage)
    view = page.views["onboarding"]
    assert isinstance(view, OnboardingView)
    qtbot.keyClick(view.table, KEY.Key_Return)
    checklist = view.card.list
    run = view.chosen()
    assert run is not None
    checklist.choose(0)
    for number in range(len(run.items)):
        assert checklist.currentIndex().row() == number
        qtbot.keyClick(checklist, KEY.Key_Space)
        settle(desk)
        qtbot.keyClick(checklist, KEY.Key_Down)
    assert view.card.buttons["finish"].kind == "filled"
    view.card.buttons["finish"].setFocus()  # elsewhere Space is the list's
    qtbot.keyClick(view.card.buttons["finish"], KEY.Key_Space)
    settle(desk)
    done = onboarding_reading.latest_of(reads, ACCOUNT, NOW.date())
    assert done is not None
    assert (done.outcome, done.done) == ("in_time", 8)

    window.go("success", view="stages", account_id=ACCOUNT, which="proposed")
    settle(desk)
    stages = page.views["stages"]
    assert isinstance(stages, StagesView)
    chosen = stages.chosen()
    assert chosen is not None
    assert chosen.id == ACCOUNT
    desk.act("done")
    settle(desk)
    assert reads.scalar("select stage from account where id = ?", (ACCOUNT,)) == "adoption"
    newest = lifecycle.history(reads, ACCOUNT)[0]
    assert newest.reason == "The onboarding is finished, or decided to go on"
    for _step in range(11):  # the move, finishing, eight ticks, the start
        desk.tasks.write(desk.workbench.undo)
        settle(desk)
    assert onboarding_reading.latest_of(reads, ACCOUNT, NOW.date()) != done
    assert reads.scalar("select stage from account where id = ?", (ACCOUNT,)) == "onboarding"
