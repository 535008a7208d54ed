"""The keyboard stays on the page: hidden parts hand it on within the page, one that just read takes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.page import Page

Settle = Callable[[Desk], None]


class TwoParts(Page):
    """A page of a field and a button; ``wanted`` gets the focus first."""

    id = "trash"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field, self.button = QLineEdit(), QPushButton("Go")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.wanted: QWidget | None = self.field

    def first_focus(self) -> QWidget | None:
        return self.wanted


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TwoParts:
    """The page in the window, its field with the focus."""
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    monkeypatch.setattr("cs_workbench.ui.navigation.found", lambda _factory: TwoParts)
    window.go("trash")
    shown = window.page
    assert isinstance(shown, TwoParts)
    qtbot.waitUntil(shown.field.hasFocus)
    return shown


def test_a_part_that_hides_hands_the_focus_on_within_the_page(page: TwoParts, qtbot: QtBot) -> None:
    page.button.setEnabled(False)  # so that Qt itself passes it over
    page.field.hide()
    page.button.setEnabled(True)
    page.wanted = page.button
    qtbot.waitUntil(page.button.hasFocus)


def test_without_a_part_that_can_have_it_the_page_has_it(page: TwoParts, qtbot: QtBot) -> None:
    page.button.hide()
    page.field.hide()
    qtbot.waitUntil(page.hasFocus)


def test_whoever_goes_to_the_rail_stays_there(page: TwoParts, window: MainWindow, qtbot: QtBot) -> None:
    item = window.rail.items["today"]
    item.setFocus()
    qtbot.wait(1)
    assert item.hasFocus()


def test_a_page_just_shown_takes_the_keyboard_back_from_the_rail(
    page: TwoParts, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    """While a page fills, Qt may have put the focus on the rail: Down would do nothing."""
    window.go("keyboard")
    settle(desk)
    page.wanted = None
    window.go("trash")
    window.rail.items["today"].setFocus()
    page.wanted = page.field
    desk.tasks.run(lambda: None)
    settle(desk)
    qtbot.waitUntil(page.field.hasFocus)


def test_a_page_that_has_read_gives_the_focus_to_its_first_part(
    page: TwoParts, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.setFocus()
    desk.tasks.run(lambda: None)
    settle(desk)
    qtbot.waitUntil(page.field.hasFocus)


def test_having_read_takes_the_focus_from_nobody(page: TwoParts, desk: Desk, settle: Settle) -> None:
    page.button.setFocus()
    desk.tasks.run(lambda: None)
    settle(desk)
    assert page.button.hasFocus()
