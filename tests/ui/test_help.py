"""The manual's page: chapters, search, links, both languages, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import manual
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.manual_model import ManualModel
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages.help import HelpPage
from cs_workbench.ui.widgets.article import Article


@pytest.fixture
def page(make_page: Callable[..., Page]) -> HelpPage:
    """The manual as F1 opens it."""
    made = make_page(HelpPage)
    assert isinstance(made, HelpPage)
    return made


def shown(page: HelpPage) -> str:
    """The chapter's text as read."""
    return page.article.toPlainText()


def test_it_opens_at_the_beginning(page: HelpPage) -> None:
    assert shown(page).startswith("First steps")
    assert page.model.rowCount() == len(manual.chapters("en"))


def test_it_opens_at_the_chapter_of_the_page_the_person_came_from(make_page: Callable[..., Page]) -> None:
    page = make_page(HelpPage, about="accounts")
    assert isinstance(page, HelpPage)
    assert shown(page).startswith("Accounts")


def test_a_page_without_a_chapter_shows_the_first(make_page: Callable[..., Page]) -> None:
    page = make_page(HelpPage, about="about")
    assert isinstance(page, HelpPage)
    assert shown(page).startswith("First steps")


def test_typing_narrows_arrows_choose_escape_clears(page: HelpPage, qtbot: QtBot) -> None:
    page.field.setFocus()
    qtbot.keyClicks(page.field, "backup")
    found = page.model.rowCount()
    assert 0 < found < len(page.model.chapters)
    first = shown(page)
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert shown(page) != first
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == ""
    assert page.model.rowCount() == len(page.model.chapters)


def test_words_found_nowhere_are_said(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.field, "zebra")
    assert page.nothing.isVisible()
    page.field.clear()
    assert not page.nothing.isVisible()


def test_the_place_found_is_selected(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.field, "ibus")
    assert page.article.textCursor().selectedText().lower() == "ibus"


def test_links_go_do_and_turn_the_page(page: HelpPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.went) as went:
        page.article.anchorClicked.emit(QUrl("page:today"))
    assert went.args == ["today", {}]
    with qtbot.waitSignal(desk.acted) as acted:
        page.article.anchorClicked.emit(QUrl("do:import_files"))
    assert acted.args == ["import_files"]
    page.article.anchorClicked.emit(QUrl("help:health"))
    assert shown(page).startswith("How health is computed")


def test_the_language_changes_while_it_is_open(
    page: HelpPage, desk: Desk, settle: Callable[[Desk], None], qtbot: QtBot
) -> None:
    try:
        page.article.anchorClicked.emit(QUrl("help:renewals"))
        i18n.set_language("ja")
        page.retranslate()
        settle(desk)
        assert shown(page).startswith("更新")
        assert page.header.title.text() == "マニュアル"
    finally:
        i18n.set_language("en")


def test_the_contents_are_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = ManualModel()
    model.set_chapters(manual.chapters("en"))
    qtmodeltester.check(model)
    model.search("backup")
    qtmodeltester.check(model)


def test_each_row_is_named_with_the_place_found() -> None:
    model = ManualModel()
    model.set_chapters(manual.chapters("en"))
    model.search("fcitx5")
    name = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert name.startswith("Keyboard\nJapanese input on Linux\n")


def test_an_article_reads_no_file(qtbot: QtBot, tmp_path: object) -> None:
    article = Article(name="Chapter")
    qtbot.addWidget(article)
    loaded = article.loadResource(2, QUrl("file:///etc/hostname"))
    assert isinstance(loaded, QImage)
    assert loaded.isNull()
