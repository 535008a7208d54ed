"""Menus grey out what has no answer while they are open, and give every shortcut back when they close."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow

Settle = Callable[[Desk], None]


def menus(window: MainWindow) -> list[QMenu]:
    """Those of the bar and the one in the rail."""
    found = [one.menu() for one in window.menuBar().actions()]
    return [*(one for one in found if isinstance(one, QMenu)), window.rail.menu]


def grey(window: MainWindow) -> set[str]:
    """Actions that hear no key."""
    return {name for name, action in window.commands.actions.items() if not action.isEnabled()}


def test_a_menu_that_closed_leaves_no_key_dead(window: MainWindow, qtbot: QtBot) -> None:
    for menu in menus(window):
        menu.popup(window.mapToGlobal(window.rect().center()))
        assert "done" in grey(window)
        menu.hide()
        qtbot.waitUntil(lambda: not grey(window))


def test_going_on_to_the_next_menu_keeps_its_lines_grey(window: MainWindow, qtbot: QtBot) -> None:
    first, second, *_rest = menus(window)
    first.popup(window.mapToGlobal(window.rect().center()))
    first.hide()
    second.popup(window.mapToGlobal(window.rect().center()))
    qtbot.wait(20)
    assert "done" in grey(window)
    second.hide()
    qtbot.waitUntil(lambda: not grey(window))


def test_a_tab_answers_its_keys_after_a_menu_was_open(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    """What had no answer on the tab before may have one on this."""
    window.go("account", account_id=1, tab="overview")
    settle(desk)
    menu = menus(window)[1]
    menu.popup(window.mapToGlobal(window.rect().center()))
    menu.hide()
    qtbot.waitUntil(lambda: not grey(window))
    window.page.bar.set_current("tasks")  # type: ignore[union-attr]
    window.page.look_again()  # type: ignore[union-attr]
    settle(desk)
    deaf = [name for name, one in window.commands.actions.items() if not one.isEnabled()]
    assert [name for name in deaf if window.answers(name)] == []


def test_what_is_chosen_in_a_menu_is_done(window: MainWindow, qtbot: QtBot) -> None:
    menu = next(one for one in menus(window) if window.commands.actions["go_renewals"] in one.actions())
    menu.popup(window.mapToGlobal(window.rect().center()))
    menu.setActiveAction(window.commands.actions["go_renewals"])
    menu.activateWindow()
    window.commands.actions["go_renewals"].trigger()
    menu.hide()
    assert window.navigation.page_id == "renewals"
    qtbot.waitUntil(lambda: not grey(window))
