"""The tray: menu, reminders or toasts, quiet hours, the turn of the day, drafts offered; nothing left behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from cs_workbench import settings
from cs_workbench.services import drafts, reminders, tasks
from cs_workbench.ui import tray as trays
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.quick_log import QuickLog
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.today.page import TodayPage
from cs_workbench.ui.tray import Tray
from tests.ui.conftest import NOW

Settle = Callable[[Desk], None]


@pytest.fixture
def no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop without a system tray; reminders wanted at every hour."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    settings.keep(reminders=True, quiet_from="00:00", quiet_to="00:00")


@pytest.fixture
def place(no_place: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A desktop with one; what is said there is kept."""
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _self: None)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, title, text, *_more: said.append((title, text))
    )
    return said


@pytest.fixture
def tray(window: MainWindow, desk: Desk, no_place: None, settle: Settle) -> Iterator[Tray]:
    """A tray without a place for its icon, started."""
    made = Tray(desk, lambda: window)
    made.start()
    settle(desk)
    yield made
    made.stop()
    settle(desk)


@pytest.fixture
def icon_tray(window: MainWindow, desk: Desk, place: list[tuple[str, str]], settle: Settle) -> Iterator[Tray]:
    """A tray with its icon, started."""
    made = Tray(desk, lambda: window)
    made.start()
    settle(desk)
    yield made
    made.stop()
    settle(desk)


def texts(tray: Tray) -> list[str]:
    assert tray.menu is not None
    return [action.text() for action in tray.menu.actions() if not action.isSeparator()]


def test_without_a_place_reminders_are_a_toast_once(
    tray: Tray, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    assert tray.icon is None
    told = reminders.message(reminders.due(desk.workbench.reads, desk.now().astimezone()))
    tray.tick()
    settle(desk)
    toast = window.toasts.toast
    assert toast is not None
    assert (toast.told.text, toast.told.second) == (told.counts, told.first)
    assert "\n" not in toast.told.second
    toast.link.click()
    settle(desk)
    assert window.navigation.page_id == "today"
    window.toasts.clear()
    tray.look()
    settle(desk)
    assert window.toasts.toast is None
    again = Tray(desk, lambda: window)  # another start: remembered in the portfolio
    again.look()
    settle(desk)
    assert window.toasts.toast is None


def test_a_toast_that_may_hold_undo_is_left_alone(
    tray: Tray, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    desk.tell("Contact logged", undo=True)
    tray.look()
    settle(desk)
    toast = window.toasts.toast
    assert toast is not None
    assert toast.first.text() == "Contact logged"
    window.toasts.clear()
    tray.look()
    settle(desk)
    assert window.toasts.toast is not None


@pytest.mark.parametrize("kept", [{"reminders": False}, {"quiet_from": "00:00", "quiet_to": "23:59"}])
def test_quiet_is_quiet_and_nothing_is_forgotten(
    tray: Tray, window: MainWindow, desk: Desk, settle: Settle, kept: dict[str, object]
) -> None:
    settings.keep(**kept)  # type: ignore[arg-type]
    tray.look()
    settle(desk)
    assert window.toasts.toast is None
    settings.keep(reminders=True, quiet_from="00:00", quiet_to="00:00")
    tray.look()
    settle(desk)
    assert window.toasts.toast is not None


def test_a_settings_file_that_cannot_be_read_is_the_usual_settings(
    tray: Tray, desk: Desk, settle: Settle
) -> None:
    with open(settings.settings_file(), "w", encoding="utf-8") as file:
        file.write("= broken")
    tray.look()
    settle(desk)


def test_the_menu_holds_the_first_lines_of_today(
    icon_tray: Tray,
    window: MainWindow,
    desk: Desk,
    qtbot: QtBot,
    settle: Settle,
    place: list[tuple[str, str]],
) -> None:
    assert texts(icon_tray) == ["Log contact", "Open", "Quit"]
    icon_tray.look()
    settle(desk)
    assert len(texts(icon_tray)) == 6
    assert [title for title, _text in place]
    assert window.toasts.toast is None
    assert icon_tray.menu is not None
    with qtbot.waitSignal(desk.went) as went:
        [one for one in icon_tray.menu.actions() if not one.isSeparator()][2].trigger()
    assert went.args[0] == "account"
    settle(desk)


def test_log_contact_opens_the_quick_log_over_the_window(
    icon_tray: Tray, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    assert icon_tray.menu is not None
    window.showMinimized()
    icon_tray.menu.actions()[0].trigger()
    settle(desk)
    assert not window.isMinimized()
    log = window.ground.findChild(QuickLog)
    assert log is not None
    assert log.isVisible()


def test_quit_closes_the_window(icon_tray: Tray, window: MainWindow) -> None:
    assert icon_tray.menu is not None
    icon_tray.menu.actions()[-1].trigger()
    assert not window.isVisible()


def test_a_click_brings_the_window_back(icon_tray: Tray, window: MainWindow) -> None:
    window.hide()
    assert icon_tray.icon is not None
    icon_tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert not window.isVisible()
    icon_tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()


def test_what_is_said_of_one_account_leads_there(
    icon_tray: Tray, desk: Desk, qtbot: QtBot, settle: Settle, place: list[tuple[str, str]]
) -> None:
    icon_tray.look()
    settle(desk)
    place.clear()
    tasks.add(desk.workbench, 3, "Call <b>back</b> & more", now=NOW, due_on=desk.today())
    icon_tray.look()
    settle(desk)
    assert [title for title, _text in place] == ["Due today: Call <b>back</b> & more"]
    assert icon_tray.icon is not None
    with qtbot.waitSignal(desk.went) as went:
        icon_tray.icon.messageClicked.emit()
    assert went.args[1]["account_id"] == 3
    settle(desk)


def test_a_new_day_is_looked_at_anew(
    tray: Tray, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go("today")
    settle(desk)
    days: list[int] = []
    desk.day_changed.connect(lambda: days.append(desk.today().day))
    tray.tick()
    assert days == []
    monkeypatch.setattr(desk, "_clock", lambda: NOW + dt.timedelta(days=1))
    tray.tick()
    tray.tick()
    assert days == [25]
    settle(desk)
    page = window.page
    assert isinstance(page, TodayPage)
    assert page.board is not None
    assert page.board.today == dt.date(2026, 11, 25)


@pytest.mark.parametrize("key", ["quick_log:0", "quick_log:2", "account:2:note"])
def test_a_draft_that_was_never_saved_is_offered(
    window: MainWindow, desk: Desk, no_place: None, settle: Settle, key: str
) -> None:
    drafts.keep(desk.workbench, key, "call half a thought", now=NOW - dt.timedelta(days=1))
    made = Tray(desk, lambda: window)
    made.start()
    settle(desk)
    toast = window.toasts.toast
    assert toast is not None
    assert (toast.first.text(), toast.second.text()) == ("A contact was not saved", "Draft from 23 Nov 2026")
    toast.link.click()
    settle(desk)
    if key.startswith("quick_log"):
        log = window.ground.findChild(QuickLog)
        assert log is not None
        assert log.text.toPlainText() == "call half a thought"
        assert log.state.text() == "Draft saved"
        assert not log.offer.isVisible()  # it stands in the field already
    else:
        assert window.navigation.page_id == "account"
    made.stop()


def test_it_ticks_until_it_is_stopped_and_leaves_nothing(icon_tray: Tray) -> None:
    assert icon_tray.running
    assert trays.TICK_MS * trays.EVERY <= 5 * 60_000
    icon_tray.stop()
    assert not icon_tray.running
    assert (icon_tray.icon, icon_tray.menu) == (None, None)
    assert [timer for timer in icon_tray.findChildren(QTimer) if timer.isActive()] == []
    icon_tray.stop()  # once more is harmless
