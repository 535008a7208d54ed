"""The accounts page by keyboard and mouse: filter, order, groups, columns, many at once, views, sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import account_views, accounts
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models.account_model import Group
from cs_workbench.ui.pages import accounts_remove
from cs_workbench.ui.pages.accounts import USUAL, AccountsPage
from cs_workbench.ui.pages.accounts_bulk import Ask
from cs_workbench.ui.widgets.tips import plain

Make = Callable[..., AccountsPage]
Settle = Callable[[Desk], None]


@pytest.fixture
def page(make_page: Make) -> AccountsPage:
    """The page on the sample portfolio, filled, with the keyboard in the list."""
    made = make_page(AccountsPage)
    made.activateWindow()
    made.list.setFocus()
    return made


def names(page: AccountsPage) -> list[str]:
    return [line.name for line in page.model.shown]


def type_filter(qtbot: QtBot, page: AccountsPage, text: str) -> None:
    page.line.setFocus()
    page.line.field.clear()
    qtbot.keyClicks(page.line.field, text)


def menu_texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def open_menu(page: AccountsPage) -> QMenu:
    """The menu just opened."""
    shown = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert shown, "no menu is open"
    return shown[-1]


def choose(menu: QMenu, *path: str) -> None:
    """Trigger an entry, through submenus."""
    for name in path[:-1]:
        action = next(one for one in menu.actions() if one.text() == name)
        found = action.menu()
        assert isinstance(found, QMenu)
        menu = found
    next(one for one in menu.actions() if one.text() == path[-1]).trigger()
    for other in QApplication.topLevelWidgets():
        if isinstance(other, QMenu):
            other.close()


def test_it_opens_sorted_by_days_left_with_its_sums(page: AccountsPage) -> None:
    days = [line.days_left for line in page.model.shown if line.days_left is not None]
    assert days == sorted(days)
    assert page.top.header.fact.text() == "30 of 30"
    assert page.sheets.totals.count.text() == "30 accounts"
    bands = {band: button.text() for band, button in page.sheets.totals.bands.items()}
    stayed = [line for line in page.model.shown if line.stage != "churned"]
    assert sum(map(int, bands.values())) == len(stayed) == 29
    assert page.list.shown_columns() == list(USUAL)


def test_typing_filters_at_once_and_enter_makes_chips(qtbot: QtBot, page: AccountsPage) -> None:
    type_filter(qtbot, page, "health<60 tier:A")
    shown = list(page.model.shown)
    assert 0 < len(shown) < 30
    assert all(line.score is not None and line.score < 60 and line.tier == "A" for line in shown)
    qtbot.keyClick(page.line.field, Qt.Key.Key_Return)
    assert page.line.texts() == ["health < 60", "tier A"]
    assert page.line.field.text() == ""
    assert page.line.text() == "health<60 tier:A"
    assert names(page) == [line.name for line in shown]
    assert page.top.header.fact.text() == f"{len(shown)} of 30"
    assert page.sheets.totals.count.text() == f"{len(shown)} accounts"


def test_tab_completes_and_backspace_takes_a_chip_back(qtbot: QtBot, page: AccountsPage) -> None:
    type_filter(qtbot, page, "ti")
    qtbot.keyClick(page.line.field, Qt.Key.Key_Tab)
    assert page.line.field.text() == "tier:"
    qtbot.keyClick(page.line.field, Qt.Key.Key_Down)
    qtbot.keyClick(page.line.field, Qt.Key.Key_Tab)
    assert page.line.field.text() == "tier:B "
    assert page.line.field.hasFocus()
    qtbot.keyClick(page.line.field, Qt.Key.Key_Return)
    assert page.line.texts() == ["tier B"]
    qtbot.keyClick(page.line.field, Qt.Key.Key_Backspace)
    assert page.line.texts() == []
    assert len(page.model.shown) == 30


def test_a_click_on_a_chip_edits_it(qtbot: QtBot, page: AccountsPage) -> None:
    page.line.set_text("tier:A health<60")
    page.line.chips[0].click()
    assert page.line.texts() == ["health < 60"]
    assert page.line.field.text() == "tier:A"


def test_a_key_being_typed_is_no_name_yet(qtbot: QtBot, page: AccountsPage) -> None:
    page.line.set_text("tier:A")
    shown = names(page)
    for typed in ("h", "hea", "health", "health<"):
        page.line.setFocus()
        page.line.field.setText(typed)
        assert names(page) == shown, typed
    page.line.field.setText("health<60")
    assert len(names(page)) < len(shown)
    page.line.field.setText("quill")
    assert names(page) == ["Quillmarsh Logistics Ltd"]


def test_a_fault_is_said_below_and_mended_in_one_click(qtbot: QtBot, page: AccountsPage) -> None:
    type_filter(qtbot, page, "helth<60")
    assert not page.top.problem.isVisible()  # it may still become something
    qtbot.keyClick(page.line.field, Qt.Key.Key_Return)
    assert page.top.problem.isVisible()
    assert page.top.problem.sentence.text() == "“helth” is nothing accounts can be filtered by."
    assert len(page.model.shown) == 30  # what can be read goes on to filter: here nothing
    qtbot.mouseClick(page.top.problem.remedy, Qt.MouseButton.LeftButton)
    assert not page.top.problem.isVisible()
    assert page.line.texts() == ["health < 60"]
    assert 0 < len(page.model.shown) < 30


def test_letters_are_text_in_the_field_and_verbs_in_the_list(qtbot: QtBot, page: AccountsPage) -> None:
    type_filter(qtbot, page, "jkxet")
    assert page.line.field.text() == "jkxet"
    assert page.list.selected_ids() == []
    page.clear_filter()
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    first = page.list.current_id()
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.current_id() != first
    qtbot.keyClick(page.list, Qt.Key.Key_K)
    assert page.list.current_id() == first
    opened: list[int] = []
    page.desk.went.connect(lambda where, how: opened.append(how["account_id"]))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert opened == [first]


def test_esc_and_arrow_leave_the_field_for_the_list(qtbot: QtBot, page: AccountsPage) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
        page.line.setFocus()
        qtbot.keyClick(page.line.field, key)
        assert page.list.hasFocus()


def test_a_click_on_a_header_sorts_and_the_next_one_turns_it_round(page: AccountsPage) -> None:
    page.sort_by("health")
    assert (page.model.sort_column, page.model.descending) == ("health", False)
    page.sort_by("health")
    assert page.model.descending
    page.sort_by("arr")
    assert page.model.descending  # the most money first
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == "ARR"


def test_groups_open_and_close_by_key(qtbot: QtBot, page: AccountsPage) -> None:
    page.group_by("band")
    assert page.top.group.words() == "Group: health"
    assert isinstance(page.model.rows[0], Group)
    page.list.go_to(0)
    rows = page.model.rowCount()
    qtbot.keyClick(page.list, Qt.Key.Key_Left)
    assert page.model.rowCount() < rows
    assert page.list.currentIndex().row() == 0
    qtbot.keyClick(page.list, Qt.Key.Key_Right)
    assert page.model.rowCount() == rows
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.model.rowCount() < rows


def test_many_are_tagged_as_one_step(qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle) -> None:
    chosen = [line.id for line in page.model.shown[:5]]
    page.list.select_ids(chosen)
    assert page.bar.isVisible()
    assert page.bar.count.text() == "5 selected"
    steps = len(desk.workbench.history())
    page.bulk.add_tag("risk")
    settle(desk)
    qtbot.waitUntil(lambda: sum("risk" in line.tags for line in page.model.shown) == 5)
    assert len(desk.workbench.history()) == steps + 1
    assert page.list.selected_ids() == chosen  # what was chosen stays chosen
    page.open_tags()
    menu = open_menu(page)
    assert next(one for one in menu.actions() if one.text() == "risk").isChecked()
    menu.close()
    assert desk.workbench.undo() == "Tag 5 accounts"
    qtbot.waitUntil(lambda: not any("risk" in line.tags for line in page.model.shown))


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        (("Stage", "Onboarding"), "stage", "onboarding"),
        (("Tier", "B – mid touch"), "tier", "B"),
        (("Owner", "No owner"), "owner", None),
    ],
)
def test_e_sets_stage_tier_and_owner(
    qtbot: QtBot,
    desk: Desk,
    page: AccountsPage,
    settle: Settle,
    path: tuple[str, str],
    field: str,
    value: str | None,
) -> None:
    chosen = [line.id for line in page.model.shown if getattr(line, field) != value][:3]
    page.list.select_ids(chosen)
    told: list[object] = []
    desk.told.connect(told.append)
    page.open_fields()
    choose(open_menu(page), *path)
    settle(desk)
    for account in chosen:
        row = accounts.account_row(desk.workbench.reads, account, desk.today())
        assert row is not None
        assert getattr(row, field) == value
    assert len(told) == 1
    assert getattr(told[0], "undo", False)


def test_what_is_done_to_one_account_names_it(desk: Desk, page: AccountsPage, settle: Settle) -> None:
    one, two = page.model.shown[:2]
    said: list[Told] = []
    desk.told.connect(said.append)
    page.list.select_ids([one.id])
    page.bulk.add_tag("Lighthouse <b>")
    settle(desk)
    page.list.select_ids([one.id, two.id])
    page.bulk.set_owner("Nobody <b>")
    settle(desk)
    page.list.select_ids([one.id])
    accounts_remove.archive(page)
    settle(desk)
    page.list.select_ids([two.id])
    accounts_remove.delete(page)
    settle(desk)
    assert [(toast.text, toast.second) for toast in said] == [
        ("Tagged 1 account", f"{one.name}, Lighthouse <b>"),
        ("Owner of 2 accounts changed", ""),
        ("1 account archived", one.name),
        ("1 account deleted", f"{two.name} Kept in the trash."),
    ]


def test_the_same_value_again_is_no_step(
    qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle
) -> None:
    page.list.select_ids([line.id for line in page.model.shown if line.tier == "A"])
    steps = len(desk.workbench.history())
    page.bulk.set_tier("A")
    settle(desk)
    assert len(desk.workbench.history()) == steps


def test_a_new_owner_is_asked_for(qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle) -> None:
    page.list.go_to(0)
    account = page.list.current_id()
    page.open_fields()
    choose(open_menu(page), "Owner", "Another owner…")
    ask = next(one for one in page.findChildren(Ask) if one.isVisible())
    qtbot.keyClick(ask.field.edit, Qt.Key.Key_Return)
    assert ask.isVisible()  # an empty line is refused
    ask.field.edit.setText("佐藤")
    qtbot.keyClick(ask.field.edit, Qt.Key.Key_Return)
    settle(desk)
    assert account is not None
    row = accounts.account_row(desk.workbench.reads, account, desk.today())
    assert row is not None
    assert row.owner == "佐藤"


def test_copying_puts_a_table_on_the_clipboard(qtbot: QtBot, page: AccountsPage) -> None:
    page.list.select_ids([line.id for line in page.model.shown[:2]])
    qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert len(text.splitlines()) == 3
    assert text.splitlines()[1].split("\t")[0] == names(page)[0]


def test_boxes_and_x_choose_rows(qtbot: QtBot, page: AccountsPage) -> None:
    page.list.go_to(0)
    qtbot.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.selected_ids()) == 30
    rect = page.list.visualRect(page.model.index(2, 0))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(30, 15))
    assert len(page.list.selected_ids()) == 29
    qtbot.keyClick(page.list, Qt.Key.Key_X)
    assert len(page.list.selected_ids()) == 28
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.list.selected_ids() == []
    assert not page.bar.isVisible()


def test_views_are_saved_opened_changed_and_deleted(
    qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle
) -> None:
    page.line.set_text("health<60")
    page.group_by("tier")
    page.list.want(("name", "owner"))
    page.view_verbs.save_as("Worries")
    settle(desk)
    saved = account_views.views(desk.workbench.reads)[-1]
    assert (saved.name, saved.filter, saved.group) == ("Worries", "health<60", "tier")
    assert set(saved.columns) == {"name", "health", "left", "owner"}
    qtbot.waitUntil(lambda: page.table is not None and page.table.views is not None)
    page.open(filter="", group="")
    assert len(page.model.shown) == 30
    page.open(view=saved.id)
    assert page.line.texts() == ["health < 60"]
    assert page.model.group == "tier"
    assert page.top.header.fact.text().startswith("Worries · ")
    page.open_views()
    choose(open_menu(page), "Delete view")
    settle(desk)
    assert saved.id not in [one.id for one in account_views.views(desk.workbench.reads)]


def test_a_view_whose_saving_is_undone_is_not_shown_any_more(
    page: AccountsPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.view_verbs.save_as("Worries")
    settle(desk)
    assert page.top.header.fact.text().startswith("Worries · ")
    desk.workbench.undo()
    qtbot.waitUntil(lambda: page.view_shown is None, timeout=20_000)
    assert not page.top.header.fact.text().startswith("Worries")


def test_a_view_can_be_asked_for_before_the_list_is_read(make_page: Make) -> None:
    page = make_page(AccountsPage, view="onboarding")
    assert page.line.text() == "stage:onboarding"
    assert {line.stage for line in page.model.shown} == {"onboarding"}


def test_a_count_of_the_totals_filters_by_its_band(qtbot: QtBot, page: AccountsPage) -> None:
    qtbot.mouseClick(page.sheets.totals.bands["red"], Qt.MouseButton.LeftButton)
    assert page.line.texts() == ["band red"]
    assert {line.band for line in page.model.shown} == {"red"}


def test_nothing_found_offers_to_clear_the_filter(qtbot: QtBot, page: AccountsPage) -> None:
    page.line.set_text("health<0")
    assert page.sheets.stack.currentWidget() is page.sheets.nothing
    qtbot.mouseClick(page.sheets.nothing.button, Qt.MouseButton.LeftButton)
    assert page.sheets.stack.currentWidget() is page.list
    assert len(page.model.shown) == 30


def test_no_accounts_offer_an_import(qtbot: QtBot, desk: Desk, make_page: Make, settle: Settle) -> None:
    with desk.workbench.change("empty") as db:
        db.execute("delete from account")
    page = make_page(AccountsPage)
    assert page.sheets.stack.currentWidget() is page.sheets.nobody
    assert not page.sheets.totals.isVisible()
    acted: list[str] = []
    desk.acted.connect(acted.append)
    qtbot.mouseClick(page.sheets.nobody.button, Qt.MouseButton.LeftButton)
    assert acted == ["import_files"]


def test_columns_go_in_the_order_of_the_design(page: AccountsPage) -> None:
    gone: list[str] = []
    for width in range(1300, 380, -10):
        page.resize(width, 700)
        QApplication.processEvents()
        shown = page.list.shown_columns()
        gone += [name for name in USUAL if name not in shown and name not in gone]
        used = sum(page.list.columnWidth(n) for n in range(page.model.columnCount()))
        assert used <= page.list.viewport().width() or shown == ["name", "health", "left"]
    assert gone == ["next", "stage", "tier", "trend", "contact", "notice", "arr"]
    page.resize(1300, 700)
    QApplication.processEvents()
    assert page.list.shown_columns() == list(USUAL)


def test_a_change_elsewhere_is_seen_and_the_place_kept(
    qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle
) -> None:
    page.list.go_to(12)
    chosen = page.list.current_id()
    assert chosen is not None
    page.list.verticalScrollBar().setValue(120)
    accounts.rename(desk.workbench, chosen, "Renamed <b>bold</b>", now=desk.now())
    qtbot.waitUntil(lambda: "Renamed <b>bold</b>" in names(page))
    assert page.list.current_id() == chosen
    assert page.list.verticalScrollBar().value() == 120


def test_a_hidden_page_waits_until_it_is_shown(
    qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle
) -> None:
    page.hide()
    accounts.rename(desk.workbench, page.model.shown[0].id, "Later", now=desk.now())
    qtbot.waitUntil(lambda: page.stale)
    assert "Later" not in names(page)
    page.show()
    qtbot.waitUntil(lambda: "Later" in names(page))


def test_order_groups_and_columns_are_remembered(make_page: Make, desk: Desk) -> None:
    first = make_page(AccountsPage)
    first.sort_by("arr")
    first.group_by("owner")
    first.list.want((*USUAL, "tags"))
    first.leave()
    again = make_page(AccountsPage)
    assert (again.model.sort_column, again.model.descending, again.model.group) == ("arr", True, "owner")
    assert "tags" in again.list.wanted


def test_names_with_markup_are_shown_as_typed(
    qtbot: QtBot, desk: Desk, page: AccountsPage, settle: Settle
) -> None:
    first = page.model.shown[0].id
    accounts.rename(desk.workbench, first, "<img src=x> & <b>A</b>" + "x" * 90, now=desk.now())
    qtbot.waitUntil(lambda: any("<img" in name for name in names(page)))
    index = page.model.index(page.model.row_of(first), 0)
    assert str(page.model.data(index)).startswith("<img src=x> & <b>A</b>")


def test_tool_tips_show_markup_as_typed() -> None:
    assert plain("A & B") == "<span>A &amp; B</span>"
    assert plain("<b>x</b>") == "<span>&lt;b&gt;x&lt;/b&gt;</span>"
    assert plain("アオバ") == "アオバ"


def test_the_language_changes_while_it_is_shown(page: AccountsPage) -> None:
    page.line.set_text("health<60 stage:renewal")
    shown = names(page)
    i18n.set_language("ja")
    page.retranslate()
    assert page.line.texts() == ["ヘルス < 60", "段階 更新"]
    assert page.line.text() == "health<60 stage:renewal"
    assert names(page) == shown
    assert page.model.text(0, 5) == "更新"
    page.line.set_text("")
    assert page.line.field.placeholderText().startswith("ヘルス<60")


def test_many_conditions_never_push_the_page_wider(page: AccountsPage) -> None:
    width = page.minimumSizeHint().width()
    page.line.set_text(" ".join(f'name:"a very long name number {n}"' for n in range(12)))
    QApplication.processEvents()
    assert len(page.line.chips) == 1
    assert page.line.text().count("name:") == 12
    assert page.minimumSizeHint().width() <= width + 10


def test_every_control_has_a_name(page: AccountsPage) -> None:
    page.list.select_ids([line.id for line in page.model.shown[:3]])
    page.line.set_text("health<90")
    silent = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if isinstance(one, QAbstractButton) and one.isVisible() and not (one.accessibleName() or one.text())
    ]
    assert silent == []
    assert page.list.accessibleName()
    assert page.line.field.accessibleName()


def test_in_the_window_keys_reach_the_page_and_not_the_fields(
    qtbot: QtBot, desk: Desk, window: MainWindow, settle: Settle
) -> None:
    window.go("accounts")
    settle(desk)
    page = window.page
    assert isinstance(page, AccountsPage)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    first = page.list.currentIndex().row()
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.currentIndex().row() == first + 1
    qtbot.keyClick(page.list, Qt.Key.Key_Slash)
    assert page.line.field.hasFocus()
    qtbot.keyClicks(page.line.field, "tje")
    assert page.line.field.text() == "tje"
    assert not [menu for menu in page.findChildren(QMenu) if menu.isVisible()]


@pytest.mark.parametrize("scale", [0.9, 1.0, 2.0])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_paints_in_every_theme_and_size(
    qtbot: QtBot,
    qapp: QApplication,
    desk: Desk,
    make_page: Make,
    theme: themes.Name,
    scale: float,
    tmp_path: Path,
) -> None:
    themes.wear(qapp, themes.load(theme, scale))
    page = make_page(AccountsPage)
    page.group_by("band")
    page.list.select_ids([line.id for line in page.model.shown[:3]])
    picture = page.grab()
    assert picture.save(str(tmp_path / "page.png"))
    ground = picture.toImage().pixelColor(3, int(picture.height() * 0.05))
    assert ground.name() == themes.load(theme).colour("bg.surface").name()
    themes.wear(qapp, themes.load("light"))


def test_the_foot_is_the_bar_of_several_while_it_floats(page: AccountsPage, qtbot: QtBot) -> None:
    sums = page.foot()
    assert sums == page.sheets.totals.height()
    page.list.select_ids([line.id for line in page.model.shown[:3]])
    qtbot.waitUntil(lambda: page.sheets.has("bar") and page.bar.isVisible(), timeout=5_000)
    assert page.foot() == page.height() - page.bar.mapTo(page, QPoint(0, 0)).y() > sums
