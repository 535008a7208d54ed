"""P starts a playbook: from a line of Today and from the account; the fitting one first; one step to undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import playbooks, tasks
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.dialogs.playbook import PlaybookQuestion
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.widgets.label import Label

Settle = Callable[[Desk], None]


def asked(window: MainWindow, desk: Desk, settle: Settle) -> PlaybookQuestion:
    """The question on the screen."""
    settle(desk)
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, PlaybookQuestion) and one.isVisible()
    ]
    assert len(found) == 1
    return found[0]


def words(question: PlaybookQuestion) -> list[str]:
    """What its steps say."""
    return [label.text() for label in question.area.findChildren(Label) if label.isVisible()]


@pytest.fixture
def account(window: MainWindow, desk: Desk, settle: Settle) -> None:
    """The window on an account."""
    window.go("account", account_id=1, tab="overview")
    settle(desk)


def test_p_on_a_line_of_today_offers_what_fits_its_signal(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window.go("today")
    settle(desk)
    page = window.page
    known = {rule for one in playbooks.playbooks("en") for rule in one.signals}
    items = page.board.items  # type: ignore[union-attr]
    item = next(one for one in items if one.signal.rule in known)
    page.list.choose(page.model.row_of(item.signal.key))  # type: ignore[union-attr]
    qtbot.keyClick(page.list, Qt.Key.Key_P)  # type: ignore[union-attr]
    question = asked(window, desk, settle)
    assert item.signal.rule in question.chosen.playbook.signals
    assert question.reason.text() == "Suggested by a signal of today"
    question.close()


@pytest.mark.usefixtures("account")
def test_enter_makes_the_tasks_and_undo_takes_them_back(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    before = len(tasks.open_tasks(desk.workbench.reads, 1))
    window.act("start_playbook")
    question = asked(window, desk, settle)
    assert question.choice.hasFocus()
    question.choice.setCurrentIndex(question.choice.findData("quarterly_review"))
    assert "Hold the review" in words(question)
    assert any("15 Dec" in line and "Management" in line for line in words(question))
    qtbot.keyClick(question.choice, Qt.Key.Key_Return)
    settle(desk)
    assert len(tasks.open_tasks(desk.workbench.reads, 1)) == before + 5
    assert (told[-1].text, told[-1].second) == ("Playbook started: Quarterly review", "5 tasks added")
    assert told[-1].undo
    assert told[-1].on_link is not None
    told[-1].on_link()
    settle(desk)
    assert window.page.bar.current == "tasks"  # type: ignore[union-attr]
    desk.workbench.undo()
    assert len(tasks.open_tasks(desk.workbench.reads, 1)) == before


@pytest.mark.usefixtures("account")
def test_one_under_way_can_be_looked_at_only(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    playbooks.start(desk.workbench, 1, "escalation", today=desk.today(), now=desk.now(), language="en")
    settle(desk)
    window.act("start_playbook")
    question = asked(window, desk, settle)
    question.choice.setCurrentIndex(question.choice.findData("escalation"))
    heard: list[str] = []
    question.answered.connect(heard.append)
    assert not question.save.isEnabled()
    assert question.reason.text().startswith("Under way")
    qtbot.keyClick(question.choice, Qt.Key.Key_Return)
    assert heard == []
    qtbot.keyClick(question.choice, Qt.Key.Key_Escape)
    assert not question.isVisible()


@pytest.mark.usefixtures("account")
def test_the_menu_of_the_account_offers_it(window: MainWindow, desk: Desk, settle: Settle) -> None:
    menu = window.page.header.open_menu()  # type: ignore[union-attr]
    next(one for one in menu.actions() if one.text() == "Start playbook").trigger()
    menu.hide()
    asked(window, desk, settle).close()


@pytest.mark.usefixtures("account")
def test_it_speaks_japanese(window: MainWindow, desk: Desk, settle: Settle) -> None:
    i18n.set_language("ja")
    try:
        window.act("start_playbook")
        question = asked(window, desk, settle)
        question.choice.setCurrentIndex(question.choice.findData("win_back"))
        assert question.choice.currentText() == "解約後の再契約"
        assert "解約時の面談（決め手を聞く）" in words(question)
        assert question.exit.text().startswith("完了の目安")
        question.close()
    finally:
        i18n.set_language("en")
