"""The frame around the pages: it looks after the pages have, again after changes, and never twice for one."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue
from cs_workbench.services import account_list, account_views, accounts, today
from cs_workbench.services.account_views import SavedView
from cs_workbench.store.once import Once
from cs_workbench.ui import overview
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages import PAGES

Settle = Callable[[Desk], None]
TODAY = dt.date(2026, 11, 24)


class Reading(Page):
    """A page that counts its readings and its texts."""

    id = "reading"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.read = 0
        self.spoken = 0

    def refresh(self) -> None:
        self.read += 1

    def retranslate(self) -> None:
        self.spoken += 1


def views(window: MainWindow) -> list[tuple[str, int | None]]:
    return [(item._words, item.number) for item in window.rail._view_items]


def looked(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    """Wait until nothing is due any more."""
    lookout = window._lookout
    assert lookout is not None
    qtbot.waitUntil(lambda: not lookout._due, timeout=10_000)
    assert window.desk is not None
    settle(window.desk)


def test_views_and_counts_are_there_after_the_start(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    looked(window, qtbot, settle)
    expected = account_views.rail(desk.workbench.reads, desk.today())
    assert views(window) == [(name, number) for _id, name, number in expected]
    assert len(expected) == 3
    assert window.rail.items["accounts"].number == 30
    assert window.rail.items["today"].number == today.pressing(desk.workbench.reads, desk.today())
    assert window.rail.views_title.isVisible()


def test_a_saved_view_comes_into_the_rail_and_opens(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    looked(window, qtbot, settle)
    account_views.save(desk.workbench, SavedView("", "<b>Mine</b>", "band:red"))
    desk.views_changed.emit()
    qtbot.waitUntil(lambda: len(views(window)) == 4, timeout=10_000)
    assert views(window)[-1][0] == "<b>Mine</b>"
    window.rail._view_items[-1].click()
    assert window.navigation.page_id == "accounts"


def test_a_change_moves_counts_and_keeps_the_lines(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    looked(window, qtbot, settle)
    before = list(window.rail._view_items)
    account = account_list.rows(desk.workbench.reads, TODAY.isoformat())[0][account_list.ID]
    accounts.archive(desk.workbench, account, now=desk.now())
    qtbot.waitUntil(lambda: window.rail.items["accounts"].number == 29, timeout=10_000)
    assert window.rail._view_items == before
    assert window.commands.actions["undo"].text().startswith("Undo ")


def test_pages_read_first(window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    looked(window, qtbot, settle)
    gate, seen = threading.Event(), []
    lookout = window._lookout
    assert lookout is not None
    lookout._patience.setInterval(60_000)
    desk.tasks.run(lambda: gate.wait(20), done=lambda _ok: seen.append(lookout._due))
    lookout.look()
    qtbot.wait(50)
    assert lookout._due
    gate.set()
    qtbot.waitUntil(lambda: not lookout._due, timeout=10_000)
    assert seen == [True]


def test_it_does_not_wait_for_ever(window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    looked(window, qtbot, settle)
    gate = threading.Event()
    lookout = window._lookout
    assert lookout is not None
    lookout._patience.setInterval(20)
    desk.tasks.run(lambda: gate.wait(20))
    lookout.look()
    qtbot.waitUntil(lambda: not lookout._due, timeout=10_000)
    assert desk.tasks.busy
    gate.set()
    settle(desk)


def test_a_page_whose_count_fails_has_none(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(window, qtbot, settle)

    def broken(*_arguments: object) -> int:
        raise InvalidValue("The rule cannot be used.", "", code="signal_rule")

    monkeypatch.setattr(today, "pressing", broken)
    seen = overview.read(desk.workbench, TODAY)
    assert "today" not in seen.counts
    assert seen.counts["accounts"] == 30


def test_counting_accounts_is_one_row(desk: Desk) -> None:
    reads = Once(desk.workbench.reads)
    assert account_list.count(reads, TODAY) == len(account_list.rows(reads, TODAY.isoformat()))


def test_another_portfolio_takes_over(window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    looked(window, qtbot, settle)
    first = window._lookout
    window._watch(desk)
    assert window._lookout is not first
    looked(window, qtbot, settle)
    assert len(window.findChildren(overview.Lookout)) == 1


def test_a_new_day_and_a_new_language_are_read_again(desk: Desk, qtbot: QtBot) -> None:
    page = Reading(desk)
    qtbot.addWidget(page)
    page.show()
    assert (page.read, page.spoken) == (1, 0)
    desk.day_changed.emit()
    assert page.read == 2
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert (page.read, page.spoken) == (3, 1)
    page.hide()
    desk.day_changed.emit()
    assert page.read == 3
    page.show()
    assert page.read == 4


def test_views_speak_the_language_of_now(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    looked(window, qtbot, settle)
    i18n.set_language("ja")
    try:
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        qtbot.waitUntil(lambda: views(window)[2][0] != "Onboarding", timeout=10_000)
    finally:
        i18n.set_language("en")


def test_today_s_board_is_not_read_a_second_time_while_today_is_shown(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(window, qtbot, settle)
    number = window.rail.items["today"].number
    asked: list[dt.date] = []
    real = today.pressing

    def counted(reads: object, on: dt.date) -> int:
        asked.append(on)
        return real(reads, on)  # type: ignore[arg-type]

    monkeypatch.setattr(today, "pressing", counted)
    window.go("today")
    settle(desk)
    lookout = window._lookout
    assert lookout is not None
    lookout.look()
    looked(window, qtbot, settle)
    assert asked == []
    assert window.rail.items["today"].number == number  # the page told it itself
    window.go("keyboard")
    lookout.look()
    looked(window, qtbot, settle)
    assert asked == [TODAY]
    assert window.rail.items["today"].number == number


def test_every_page_that_counts_itself_has_a_count(desk: Desk) -> None:
    counting = {page.id for page in PAGES if page.count}
    assert counting >= overview.COUNT_THEMSELVES
    for page in overview.COUNT_THEMSELVES:
        there = overview.read(desk.workbench, TODAY, page)
        elsewhere = overview.read(desk.workbench, TODAY, "keyboard")
        assert page not in there.counts
        assert elsewhere.counts[page] >= 0
        assert there.counts.keys() | {page} == elsewhere.counts.keys()
