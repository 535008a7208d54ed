"""The window: rail, pages, status bar, menus, narrow and wide, both languages, names for everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import contacts
from cs_workbench.services.accounts import account_list
from cs_workbench.ui import overview
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.navigation import Navigation, UnbuiltPage
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages import PAGES, PageEntry
from cs_workbench.ui.rail import View
from cs_workbench.ui.rail_items import RailItem
from cs_workbench.ui.status_bar import StatusBar
from cs_workbench.ui.widgets.button import Button

Settle = Callable[[Desk], None]


class Looking(Page):
    """A page that counts how often it looked."""

    id = "looking"
    cares_about = frozenset({"account"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked = 0
        self.translated = 0
        self.stays = False

    def refresh(self) -> None:
        self.looked += 1

    def retranslate(self) -> None:
        self.translated += 1

    def leave(self) -> bool:
        return not self.stays


def test_the_rail_lists_the_pages_and_marks_where_one_is(window: MainWindow) -> None:
    assert list(window.rail.items) == [page.id for page in PAGES if page.in_rail or page.id == "settings"]
    window.rail.items["value"].click()
    assert window.navigation.page_id == "value"
    assert [name for name, item in window.rail.items.items() if item._here] == ["value"]


def test_every_page_of_the_table_opens(window: MainWindow, desk: Desk, settle: Settle) -> None:
    account = account_list(desk.workbench.reads, desk.today())[0]
    for page in PAGES:
        window.go(page.id, **({"account_id": account.id} if page.id == "account" else {}))
        settle(desk)
        assert window.navigation.page_id == page.id
        assert window.page is not None
        assert window.page.isVisible()


def test_a_page_without_its_module_says_one_sentence_and_offers_one_action(desk: Desk, qtbot: QtBot) -> None:
    entry = PageEntry("ghost", "Ghost", "sun", "", "cs_workbench.ui.pages.ghost:GhostPage", empty="Nobody yet.",
                      offer="keyboard")  # fmt: skip
    page = UnbuiltPage(desk, entry)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.sentence.text().startswith("Nobody yet. This page comes with a later version")
    with qtbot.waitSignal(desk.acted) as acted:
        page.empty.button.click()
    assert acted.args == ["keyboard"]


def test_counts_and_views_are_shown(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.count("today", 12)
    assert window.rail.items["today"].accessibleName() == "Today, 12"
    window.rail.set_views([View("notice", "Notice within 90 days", 6), View("debt", "Touch & debt")])
    went: list[dict[str, object]] = []
    window.navigation.arrived.connect(lambda _page: went.append(window.navigation._here[1]))  # type: ignore[index]
    window.rail._view_items[0].click()
    assert went == [{"view": "notice"}]
    assert window.rail._view_items[1].accessibleName() == "Touch & debt"


def test_a_narrow_window_collapses_the_rail(window: MainWindow) -> None:
    window.resize(1300, 800)
    assert not window.rail.collapsed
    assert window.rail.width() == 208
    window.resize(1100, 700)
    assert window.rail.collapsed
    assert window.rail.width() == 56
    assert window.rail.items["accounts"].toolTip().startswith("Accounts")
    assert not window.rail.search.isVisible()


def test_the_status_bar_says_saved_backup_and_count(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    today = dt.date(2026, 11, 24)
    bar.set_saved(dt.datetime(2026, 11, 24, 10, 42))  # noqa: DTZ001 - local time of day
    bar.set_backup(dt.datetime(2026, 11, 24, 8, 2), today)  # noqa: DTZ001
    bar.set_accounts(30)
    assert [bar.saved.words.text(), bar.backup.words.text(), bar.count.text()] == [
        "Saved 10:42", "Backup verified today 08:02", "30 accounts",
    ]  # fmt: skip
    bar.set_unsaved(dt.datetime(2026, 11, 24, 10, 50))  # noqa: DTZ001
    bar.set_backup(dt.datetime(2026, 11, 20, 8, 2), today)  # noqa: DTZ001
    assert bar.saved.words.text() == "Not saved since 10:50"
    assert bar.saved.icon_name == "triangle-alert"
    assert bar.backup.words.text() == "Backup verified 20 Nov 2026"
    bar.set_backup(None, today)
    assert bar.backup.words.text() == "No backup yet"


def test_undo_in_the_menu_names_the_step(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    assert window.commands.actions["undo"].text() == "Undo"
    account = account_list(desk.workbench.reads, desk.today())[0]
    contacts.log(desk.workbench, "call", account_id=account.id, now=desk.now(), today=desk.today())
    overview.show(overview.read(desk.workbench, desk.today()), window, desk.today())
    step = desk.workbench.history()[0].name
    assert window.commands.actions["undo"].text() == f"Undo {step}"
    desk.workbench.undo()
    overview.show(overview.read(desk.workbench, desk.today()), window, desk.today())
    assert window.commands.actions["redo"].text() == f"Redo {step}"
    assert window.rail.items["accounts"].number == 30


def test_a_hidden_page_looks_again_when_shown(
    desk: Desk, make_page: Callable[..., Page], qtbot: QtBot
) -> None:
    page = make_page(Looking)
    assert isinstance(page, Looking)
    assert page.looked == 1

    def rename(name: str) -> None:
        with desk.workbench.change("Rename") as db:
            db.execute("update account set name = ? where id = (select min(id) from account)", (name,))

    rename("One")
    qtbot.waitUntil(lambda: page.looked == 2)
    page.hide()
    rename("Two")
    qtbot.waitUntil(lambda: page.stale)
    assert page.looked == 2
    page.show()
    assert page.looked == 3
    assert not page.stale


def test_a_change_elsewhere_leaves_a_page_alone(
    desk: Desk, make_page: Callable[..., Page], qtbot: QtBot
) -> None:
    page = make_page(Looking)
    with qtbot.waitSignal(desk.bus.changed), desk.workbench.change("Note") as db:
        db.execute("insert into setting (key, value) values ('test', '1')")
    assert isinstance(page, Looking)
    assert page.looked == 1


def test_a_page_may_keep_the_person(desk: Desk, qtbot: QtBot) -> None:
    stack = Navigation()
    qtbot.addWidget(stack)
    stack.attach(desk)
    stack.show()
    keeping = Looking(desk)
    stack._pages["today"] = keeping
    stack.addWidget(keeping)
    assert stack.go("today")
    keeping.stays = True
    assert not stack.go("accounts")
    assert stack.page_id == "today"
    keeping.stays = False
    assert stack.go("accounts")
    assert stack.can_go_back
    assert stack.back()
    assert stack.page_id == "today"
    assert not stack.back()


def test_the_language_changes_while_the_window_is_open(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    item = window.rail.items["accounts"]
    for language, word in (("ja", "顧客"), ("en", "Accounts")):
        i18n.set_language(language)
        qapp.sendEvent(qapp, QEvent(QEvent.Type.LanguageChange))
        qtbot.waitUntil(lambda word=word: item.accessibleName().startswith(word))


def test_a_window_asked_to_close_lets_the_page_finish(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = window.page
    assert page is not None
    page.leave = lambda: False  # type: ignore[method-assign]
    assert not window.close()
    page.leave = lambda: True  # type: ignore[method-assign]
    with qtbot.waitSignal(window.closing):
        assert window.close()


def unnamed(root: QWidget) -> list[str]:
    """Controls a screen reader would have no word for."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
        and not (
            widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QComboBox | QLineEdit)
        )
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]


@pytest.mark.parametrize("page", ["keyboard", "about"])
def test_every_control_has_a_name(window: MainWindow, desk: Desk, settle: Settle, page: str) -> None:
    window.go(page)
    window.act("palette")
    settle(desk)
    assert unnamed(window) == []


def cut(root: QWidget) -> list[str]:
    """Controls and labels that are smaller than their words."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, Button | RailItem):
            continue
        need = widget.sizeHint()
        room = widget.size()
        if isinstance(widget, RailItem):
            need.setWidth(min(need.width(), room.width()))
        if room.width() < need.width() or room.height() < need.height():
            found.append(f"{widget.accessibleName() or widget.text()}: {room} < {need}")
    return found


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 2.0])
def test_nothing_is_cut_at_any_scale(
    desk: Desk, qtbot: QtBot, wardrobe: themes.Wardrobe, settle: Settle, language: str, scale: float
) -> None:
    wardrobe.resize(scale)
    i18n.set_language(language)
    window = MainWindow()
    qtbot.addWidget(window)
    window.attach(desk)
    window.resize(round(1440 * scale), round(900 * scale))
    window.show()
    window.go("keyboard")
    settle(desk)
    assert cut(window) == []
    metrics = window.rail.items["accounts"].fontMetrics()
    for item in window.rail.items.values():
        assert item.height() >= metrics.height()
        words = metrics.horizontalAdvance(item._words)
        assert words <= item.width() - themes.current().px(44), item._words
    i18n.set_language("en")


def test_alt_shows_the_menu_bar(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.menuBar().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Alt)
    assert window.menuBar().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Alt)
    assert not window.menuBar().isVisible()


def test_alt_with_another_key_or_window_leaves_the_menu_bar_alone(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not window.menuBar().isVisible()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not window.menuBar().isVisible()
