"""The settings page by keyboard: sections, search, saving at once, undo, both languages, links to a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import company
from cs_workbench.services.portfolio_settings import setting
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages.settings import SettingsPage
from cs_workbench.ui.pages.settings.contents import PLACES, SECTIONS
from cs_workbench.ui.pages.settings.rows import SettingRow

Settle = Callable[[Desk], None]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil\u202c", "x" * 200, '<b>bold</b> & "quoted"')


@pytest.fixture
def page(make_page: Callable[..., Page]) -> SettingsPage:
    made = make_page(SettingsPage)
    assert isinstance(made, SettingsPage)
    return made


@pytest.fixture
def japanese() -> Iterator[None]:
    i18n.set_language("ja")
    yield
    i18n.set_language("en")


def shown_sections(page: SettingsPage) -> list[str]:
    """Ids of the sections that can be seen."""
    return [one.id for one in SECTIONS if one.id in page.sections and page.sections[one.id].isVisible()]


def shown_rows(page: SettingsPage) -> list[str]:
    """Keys of the rows that can be seen."""
    return [row.key for key in shown_sections(page) for row in page.sections[key].rows if row.isVisible()]


def test_one_section_at_a_time_and_made_when_needed(page: SettingsPage) -> None:
    assert shown_sections(page) == ["company"]
    assert list(page.sections) == ["company"]
    page.list.choose("appearance")
    assert shown_sections(page) == ["appearance"]
    assert page.desk.property("settings_section") == "appearance"


def test_arrows_walk_the_sections_and_right_goes_in(page: SettingsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.first_focus().setFocus()
    qtbot.keyClick(page.list.entries["company"], Qt.Key.Key_Down)
    assert shown_sections(page) == ["region"]
    for _n in range(20):
        qtbot.keyClick(page.list.entries[page.list.taken], Qt.Key.Key_Down)
    assert page.list.taken == "about"
    qtbot.keyClick(page.list.entries["about"], Qt.Key.Key_Up)
    assert page.list.taken == "data"
    page.list.choose("company")
    qtbot.keyClick(page.list.entries["company"], Qt.Key.Key_Right)
    assert page.focusWidget() is page.sections["company"].names["own_name", "ja"]


def test_every_section_can_be_shown_and_filled(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    for one in SECTIONS:
        page.list.choose(one.id)
        settle(desk)
        assert shown_rows(page), one.id
        assert page.sections[one.id].heading.text()


@pytest.mark.parametrize("text", ["", " "])
def test_names_and_lines_are_all_there(page: SettingsPage, text: str) -> None:
    page.search.setText("e")
    page.search.setText(text)
    keys = [row.key for section in page.sections.values() for row in section.rows]
    assert len(keys) == len(set(keys))
    assert set(PLACES) - {"signals"} <= set(keys)
    for section in page.sections.values():
        for row in section.rows:
            assert row.label.text()


def test_typing_saves_at_once_as_a_named_step(
    page: SettingsPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    edit = page.sections["company"].names["company", "en"]
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Aoba Ltd")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(desk)
    assert setting(desk.workbench.reads, "company_en") == "Aoba Ltd"
    assert desk.workbench.history()[0].name == "Change company"
    assert page.saved.isVisible()
    assert page.undo.isVisible()
    assert desk.workbench.undo() == "Change company"
    qtbot.waitUntil(lambda: edit.text() != "Aoba Ltd")


def test_leaving_keeps_what_was_typed_and_escape_restores(
    page: SettingsPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    edit = page.sections["company"].names["own_name", "en"]
    before = edit.text()
    edit.setFocus()
    qtbot.keyClicks(edit, "zzz")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == before
    edit.setFocus()
    edit.setText("Somebody Else")
    assert page.leave()
    settle(desk)
    assert setting(desk.workbench.reads, "own_name_en") == "Somebody Else"


def test_what_is_being_typed_is_not_overwritten(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    page.activateWindow()
    edit = page.sections["company"].names["own_name", "en"]
    edit.setFocus()
    edit.setText("half typ")
    company.set_name(desk.workbench, "company", "en", "Elsewhere Inc")
    settle(desk)
    QApplication.processEvents()
    settle(desk)
    assert edit.text() == "half typ"
    assert page.sections["company"].names["company", "en"].text() == "Elsewhere Inc"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_typed(
    page: SettingsPage, desk: Desk, settle: Settle, name: str, qtbot: QtBot
) -> None:
    company.set_name(desk.workbench, "company", "en", name)
    kept = " ".join(name.split()).strip("\u202e\u202c")
    qtbot.waitUntil(lambda: page.sections["company"].names["company", "en"].text() == kept)
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


def test_a_name_too_long_is_refused_in_its_row(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    edit = page.sections["company"].names["company", "en"]
    before = setting(desk.workbench.reads, "company_en")
    edit.setText("x" * 300)
    edit.commit()
    settle(desk)
    row = page.row("company")
    assert row is not None
    assert "200" in row.wrong
    assert setting(desk.workbench.reads, "company_en") == before


@pytest.mark.parametrize(
    ("words", "key"),
    [("exchange", "rates"), ("logo", "logo"), ("dark", "theme"), ("quiet", "quiet"), ("backup now", ""), ("nps", ""),
     ("fiscal", "fiscal_year"), ("touch debt", "cadence"), ("rotation", "backups_kept")],
)  # fmt: skip
def test_the_search_looks_over_all_rows(page: SettingsPage, words: str, key: str) -> None:
    page.search.setText(words)
    found = shown_rows(page)
    assert (key in found) if key else not found
    assert page.none.isVisible() is (not found)
    page.search.clear()
    assert shown_sections(page) == ["company"]
    assert len(shown_rows(page)) == 4


@pytest.mark.parametrize("words", ["為替", "かわせ", "カワセ", "kawase", "fx", "exchange"])
def test_japanese_rows_are_found_by_kanji_kana_and_romaji(
    japanese: None, make_page: Callable[..., Page], words: str
) -> None:
    page = make_page(SettingsPage)
    assert isinstance(page, SettingsPage)
    page.search.setText(words)
    assert "rates" in shown_rows(page)


def test_enter_jumps_to_the_row_found(page: SettingsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.verbs()["filter"]()
    qtbot.keyClicks(page.search, "theme")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.search.text() == ""
    assert shown_sections(page) == ["appearance"]
    row = page.row("theme")
    assert row is not None
    assert row.isAncestorOf(page.focusWidget())


def test_escape_ends_the_search(page: SettingsPage, qtbot: QtBot) -> None:
    page.search.setText("theme")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert shown_sections(page) == ["company"]


def test_enter_on_nothing_found_stays(page: SettingsPage, qtbot: QtBot) -> None:
    page.search.setText("qqqq")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.search.text() == "qqqq"


@pytest.mark.parametrize(
    ("asked", "section", "row"),
    [
        ("backup", "data", "backup"),
        ("rates", "region", "rates"),
        ("health", "health", ""),
        ("nonsense", "company", ""),
    ],
)
def test_other_pages_link_to_a_section_or_a_row(
    make_page: Callable[..., Page], asked: str, section: str, row: str, desk: Desk, settle: Settle
) -> None:
    page = make_page(SettingsPage, section=asked)
    assert isinstance(page, SettingsPage)
    settle(desk)
    assert shown_sections(page) == [section]
    if row:
        found = page.row(row)
        assert found is not None
        assert found.isAncestorOf(page.focusWidget())


def test_ctrl_comma_opens_it(window: MainWindow, desk: Desk, settle: Settle) -> None:
    action = next(one for one in window.findChildren(QAction) if one.shortcut().toString() == "Ctrl+,")
    action.trigger()
    settle(desk)
    assert window.navigation.page_id == "settings"
    assert isinstance(window.page, SettingsPage)


def test_another_language_builds_it_anew_and_the_keyboard_stays(
    page: SettingsPage, desk: Desk, settle: Settle, japanese: None
) -> None:
    page.list.choose("region")
    page.sections["region"].language.setFocus()
    before = page.sections["region"]
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    settle(desk)
    assert page.header.title.text() == "設定"
    assert page.sections["region"] is not before
    assert shown_sections(page) == ["region"]
    assert page.list.entries["region"].text() == "言語と地域"
    assert page.sections["region"].currency.currentData() == "USD"


def test_labels_stand_above_where_there_is_little_room(page: SettingsPage, qtbot: QtBot) -> None:
    page.resize(1200, 800)
    QApplication.processEvents()
    row = page.row("own_name")
    assert row is not None
    wide = row.height()
    page.resize(560, 800)
    qtbot.waitUntil(lambda: page.list.collapsed and row.height() > wide)
    page.resize(1200, 800)
    qtbot.waitUntil(lambda: not page.list.collapsed and row.height() == wide)


def test_everything_has_a_name_and_the_order_is_the_reading_order(
    page: SettingsPage, desk: Desk, settle: Settle
) -> None:
    page.search.setText("e")
    page.search.clear()
    for one in SECTIONS:
        page.list.choose(one.id)
        settle(desk)
        controls = [row.first_control() for row in page.sections[one.id].rows]
        for control in (one for one in controls if one is not None):
            assert named(control), control
        tops = [
            control.mapTo(page.body, control.rect().topLeft()).y()
            for control in controls
            if control is not None
        ]
        assert tops == sorted(tops)


def named(widget: QWidget) -> str:
    """What a control, or what holds it, is called."""
    at: QWidget | None = widget
    while at is not None and not isinstance(at, SettingRow):
        if at.accessibleName() or getattr(at, "words", str)():
            return at.accessibleName() or str(at.words())  # type: ignore[attr-defined]
        at = at.parentWidget()
    return ""


def test_the_saved_note_goes_by_itself(page: SettingsPage) -> None:
    page.keeper.kept.emit(False)
    assert page.saved.isVisible()
    assert not page.undo.isVisible()
    page._hide_saved()
    assert not page.saved.isVisible()
