"""Print and Export: what the page shows, on paper and as a file; errors in place."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench.i18n import _
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.dialogs.export import ExportDialog, open_export
from cs_workbench.ui.dialogs.print_pages import ListDialog, open_print
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models.account_words import COLUMNS, PLACE
from cs_workbench.ui.pages.accounts import AccountsPage
from cs_workbench.ui.pages.today import TodayPage
from cs_workbench.ui.widgets.sheet import Sheet

Settle = Callable[[Desk], None]


@pytest.fixture
def accounts(window: MainWindow, desk: Desk, settle: Settle) -> Iterator[AccountsPage]:
    """The window on the account list; sheets are closed afterwards."""
    window.go("accounts")
    settle(desk)
    page = window.page
    assert isinstance(page, AccountsPage)
    yield page
    for sheet in window.findChildren(Sheet):
        if isValid(sheet):
            sheet.close()
    settle(desk)


def test_accounts_print_as_shown(accounts: AccountsPage) -> None:
    accounts.line.set_text("health<60")
    sheet = accounts.printable()
    assert sheet is not None
    assert sheet.title == "Accounts"
    assert "health<60" in sheet.subtitle
    assert len(sheet.rows) == len(accounts.model.shown) < 30
    assert [row[0] for row in sheet.rows] == [line.name for line in accounts.model.shown]
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    titles = [column.title for column in sheet.columns]
    titles.insert(titles.index("ARR") + 1, "Currency")  # a file's plain figures need it beside them
    assert titles == list(sheet.exact[0])
    assert "12 months" not in [column.title for column in sheet.columns]  # a trend is a drawing


def test_columns_print_that_are_shown(accounts: AccountsPage) -> None:
    accounts.list.want(["name", "arr"])
    sheet = accounts.printable()
    assert sheet is not None
    assert [column.title for column in sheet.columns] == [
        _(COLUMNS[PLACE[name]].name) for name in accounts.list.wanted
    ]
    assert len(sheet.columns) < 6


def test_today_prints_its_lines_with_their_groups(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.go("today")
    settle(desk)
    page = window.page
    assert isinstance(page, TodayPage)
    sheet = page.printable()
    assert sheet is not None
    assert page.board is not None
    assert len(sheet.rows) == len(page.board.items)
    assert {row[-1] for row in sheet.rows} <= {"Now", "This week", "Later"}
    assert sheet.rows[0][0] == "1"


def test_ctrl_p_shows_the_pages_and_saves_a_pdf(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    window.act("print")
    settle(desk)
    (dialog,) = window.findChildren(ListDialog)
    assert dialog.preview.images
    assert dialog.told.text().endswith("pages") or dialog.told.text() == "1 page"
    dialog.save_to(str(tmp_path / "list.pdf"))
    settle(desk)
    text = PdfReader(tmp_path / "list.pdf").pages[0].extract_text()
    assert "30 of 30" in text
    dialog.save_to(str(tmp_path / "none" / "list.pdf"))
    settle(desk)
    assert not dialog.problem.isHidden()


def test_a_printer_is_asked_for(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    dialog = open_print(desk, window)
    assert dialog is not None
    settle(desk)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (asked,) = dialog.findChildren(QPrintDialog)
    assert asked.maxPage() == len(dialog.preview.images)
    lies = dialog.preview.images[0].width() > dialog.preview.images[0].height()
    assert lies, "nine columns"
    assert asked.printer().pageLayout().orientation() is QPageLayout.Orientation.Landscape
    asked.reject()
    dialog._on_unprinted("The printer took nothing.")
    assert not dialog.problem.isHidden()


def test_a_page_without_a_list_says_so(window: MainWindow, desk: Desk) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    assert open_print(desk, window) is None  # the keyboard page
    assert told[0].tone == "warn"
    assert told[0].second


def exported(window: MainWindow, desk: Desk, settle: Settle, folder: Path) -> ExportDialog:
    dialog = open_export(desk, window)
    settle(desk)
    dialog.folder.setText(str(folder))
    return dialog


def test_the_list_shown_is_exported_with_exact_figures(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    with desk.workbench.change("Rename") as db:
        db.execute("update account set name = '=cmd()' where id = 1")
    qtbot.waitUntil(lambda: any(line.name == "=cmd()" for line in accounts.model.shown), timeout=10_000)
    accounts.line.set_text("health<99")
    dialog = exported(window, desk, settle, tmp_path)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    path = tmp_path / "Accounts - 2026-11-24.csv"
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(accounts.model.shown) + 1
    assert "'=cmd()" in [row[0] for row in rows]
    assert any(row[rows[0].index("ARR")].isdigit() for row in rows[1:])
    assert "Accounts - 2026-11-24.csv" in os.listdir(tmp_path)
    assert str(tmp_path) in dialog.outcome.text()
    assert dialog.show_it.isVisible()


def test_the_portfolio_is_exported_table_by_table(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    dialog = exported(window, desk, settle, tmp_path)
    dialog.what.choose("tables")
    for name, tick in dialog.ticks.items():
        tick.setChecked(name in {"account", "contract"})
    dialog.start()
    settle(desk)
    assert sorted(os.listdir(dialog.target())) == ["README.md", "account.csv", "contract.csv"]
    dialog.start()  # once more: the folder is there
    settle(desk)
    assert "not empty" in dialog.problem.first.text()
    assert dialog.problem.second.text()


def test_an_export_can_be_stopped_and_leaves_nothing(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    dialog = exported(window, desk, settle, tmp_path / "new")
    dialog.what.choose("tables")
    dialog.start()
    dialog.reject()
    settle(desk)
    assert dialog.isVisible()
    assert "stopped" in dialog.problem.first.text()
    assert not (tmp_path / "new").exists() or os.listdir(tmp_path / "new") == []
    dialog.reject()


def test_nothing_ticked_or_no_folder_cannot_be_exported(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    dialog = exported(window, desk, settle, tmp_path)
    assert dialog.main is not None
    dialog.folder.setText(" ")
    assert not dialog.main.isEnabled()
    dialog.folder.setText(str(tmp_path))
    dialog.what.choose("tables")
    for tick in dialog.ticks.values():
        tick.setChecked(False)
    assert not dialog.main.isEnabled()


def test_a_page_without_a_list_exports_the_portfolio(window: MainWindow, desk: Desk, settle: Settle) -> None:
    dialog = open_export(desk, window)
    settle(desk)
    assert dialog.what.taken == "tables"
    dialog.close()


def test_packs_of_the_chosen_accounts_are_prepared(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    from cs_workbench.ui.dialogs.pack import PackDialog

    accounts.list.selectAll()
    window.act("prepare_pack")
    settle(desk)
    (dialog,) = window.findChildren(PackDialog)
    assert dialog.choices.accounts.ids == accounts.list.selected_ids()
    assert len(dialog.choices.accounts.ids) == 30


def test_the_export_is_as_high_as_what_it_shows_and_waits_for_a_folder(
    accounts: AccountsPage, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    dialog = open_export(desk, window)
    assert dialog.main is not None
    assert not dialog.main.isEnabled(), "no folder is known yet"
    settle(desk)
    assert dialog.main.isEnabled()
    dialog.what.choose("list")
    of_list = dialog.height()
    dialog.what.choose("tables")
    assert dialog.height() > of_list + 150
    assert dialog.folder.geometry().top() - dialog.about.geometry().bottom() > 150
    dialog.what.choose("list")
    assert dialog.height() == of_list
    assert dialog.folder.geometry().top() - dialog.about.geometry().bottom() < 80
    dialog.close()
