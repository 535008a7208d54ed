"""N adds an account by its name; → shows what is known of one beside the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue
from cs_workbench.services import account_list, accounts
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.pages.accounts import AccountsPage
from tests.ui.conftest import NOW

Make = Callable[..., Any]


@pytest.fixture
def page(make_page: Make) -> AccountsPage:
    made = cast("AccountsPage", make_page(AccountsPage))
    made.activateWindow()
    made.list.setFocus()
    return made


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


def names(desk: Desk) -> list[str]:
    rows = account_list.rows(desk.workbench.reads, NOW.date().isoformat())
    return [row[account_list.NAME] for row in rows]


@pytest.mark.parametrize("name", ["青葉 製作所", "<b>x</b> & Co", "\u202eabc"])
def test_a_name_makes_an_account_and_undo_takes_it_away(
    page: AccountsPage, desk: Desk, told: list[Told], qtbot: QtBot, name: str
) -> None:
    page.verbs()["new_row"]()
    field = page.fresh.field.edit
    assert field.hasFocus()
    field.setText(name)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    name = seen(name)  # what reads backwards is not stored
    assert (told[-1].text, seen(told[-1].second), told[-1].undo) == ("Account added", name, True)
    assert page.fresh.isHidden()

    def stands_on() -> str:
        line = page.model.line(page.list.currentIndex().row())
        return "" if line is None else line.name

    qtbot.waitUntil(lambda: stands_on() == name, timeout=10_000)
    assert page.list.hasFocus()
    assert desk.workbench.undo() == "Add account"
    assert name not in names(desk)


def test_a_name_there_is_already_is_refused_with_a_way_on(
    page: AccountsPage, desk: Desk, told: list[Told], qtbot: QtBot
) -> None:
    known = names(desk)[0]
    page.verbs()["new_row"]()
    field = page.fresh.field
    field.edit.setText(known.upper())
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(field.problem.isVisible, timeout=10_000)
    assert field.problem.text() == "There is an account of this name already."
    assert field.remedy.words() == "Add another"
    assert len(names(desk)) == 30
    field.remedy.click()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert len(names(desk)) == 31


def test_an_empty_name_is_refused_and_escape_leaves(page: AccountsPage, desk: Desk, qtbot: QtBot) -> None:
    page.verbs()["new_row"]()
    field = page.fresh.field
    page.fresh.add.click()
    qtbot.waitUntil(field.problem.isVisible, timeout=10_000)
    assert field.problem.text() == "An account needs a name."
    qtbot.keyClicks(field.edit, "Half a na")
    assert not field.problem.isVisible()
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert page.fresh.isHidden()
    assert page.list.hasFocus()
    assert len(names(desk)) == 30


def test_white_space_is_one_blank(desk: Desk) -> None:
    made = accounts.create(desk.workbench, "  Two \t words\n", now=NOW)
    assert accounts.names(desk.workbench.reads)[made] == "Two words"
    with pytest.raises(InvalidValue) as refused:
        accounts.create(desk.workbench, "two words", now=NOW)
    assert refused.value.code == "taken"


def test_the_arrow_opens_the_pane_and_it_follows(page: AccountsPage, qtbot: QtBot) -> None:
    pane = page.sheets.pane
    assert pane.isHidden()
    page.list.go_to(0)
    qtbot.keyClick(page.list, Qt.Key.Key_Right)
    assert pane.isVisible()
    assert page.window().focusWidget() is pane.open
    first = page.model.line(0)
    assert first is not None
    assert pane.name.text() == first.name
    page.list.go_to(1)
    second = page.model.line(1)
    assert second is not None
    assert pane.name.text() == second.name
    assert pane.badge.accessibleName().startswith("Health ")
    assert not pane.facts["stage"][1].isHidden()
    assert {one.textFormat() for one in pane.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    opened: list[int] = []
    pane.opened.connect(opened.append)
    pane.open.click()
    assert opened == [second.id]


def test_the_pane_closes_with_its_key_and_stays_closed(page: AccountsPage) -> None:
    page.verbs()["details"]()
    assert page.sheets.pane.isVisible()
    page.verbs()["details"]()
    assert page.sheets.pane.isHidden()
