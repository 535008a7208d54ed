"""Going from page to page: what a page is asked before it is left, what a new day and another language change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.navigation import Navigation
from cs_workbench.ui.page import Page

Settle = Callable[[Desk], None]


def test_a_page_with_unsaved_text_keeps_the_person_on_the_way_back(window: MainWindow) -> None:
    """Esc and Back ask it, as every other way out does."""
    window.go("keyboard")
    window.go("about")
    page = window.page
    assert page is not None
    page.leave = lambda: False  # type: ignore[method-assign]
    assert not window.navigation.back()
    assert window.navigation.page_id == "about"
    assert window.navigation.can_go_back
    page.leave = lambda: True  # type: ignore[method-assign]
    assert window.navigation.back()
    assert window.navigation.page_id == "keyboard"


def test_a_new_day_is_read_at_once_where_it_is_seen(desk: Desk, make_page: Callable[..., Page]) -> None:
    """And later where it is not."""

    class Counting(Page):
        id = "counting"
        read = 0

        def refresh(self) -> None:
            self.read += 1

    page = make_page(Counting)
    assert isinstance(page, Counting)
    before = page.read
    desk.day_changed.emit()
    assert page.read == before + 1
    page.hide()
    desk.day_changed.emit()
    assert (page.read, page.stale) == (before + 1, True)


def test_the_first_page_of_a_visible_window_is_opened_before_it_is_shown(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first reading is of what it was opened for, and it does not stay stale."""
    seen: list[str] = []

    class Telling(Page):
        id = "first_run"

        def open(self, **arguments: object) -> None:
            seen.append(f"open {arguments['path']}")

        def refresh(self) -> None:
            seen.append("refresh")

    monkeypatch.setattr("cs_workbench.ui.navigation.found", lambda _name: Telling)
    navigation = Navigation()
    qtbot.addWidget(navigation)
    navigation.show()
    navigation.attach(desk)
    navigation.go("first_run", {"path": "x"})
    page = navigation.page
    assert page is not None
    assert (seen, page.stale) == (["open x", "refresh"], False)


def test_pages_are_called_by_their_names_in_the_language_of_now(desk: Desk) -> None:
    navigation = Navigation()
    navigation.attach(desk)
    navigation.go("keyboard")
    page = navigation.page
    assert page is not None
    english = page.accessibleName()
    try:
        desk.speak("ja")
        i18n.set_language("ja")
        navigation.changeEvent(_language_change())
        assert page.accessibleName() not in {"", english}
    finally:
        i18n.set_language("en")
        navigation.deleteLater()


def _language_change() -> object:
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.LanguageChange)


def test_the_pages_are_there_as_soon_as_a_window_on_screen_is_completed(desk: Desk, qtbot: QtBot) -> None:
    """Coming to the front in between, the window would give the focus to the rail: Enter would do nothing."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.complete()
    assert window.navigation.isVisible()
    assert not window.navigation.isHidden()
