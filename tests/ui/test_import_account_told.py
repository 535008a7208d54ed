"""An account that an import makes beside its rows is told before and after; a short name is a question; a list of
contracts offers the fields of its customers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services.intake import import_files
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.dialogs.import_files import ImportDialog
from cs_workbench.ui.models.import_model import LEAD
from tests.ui.conftest import NOW
from tests.ui.test_import_dialog import file_of, opened, ready, told

__all__ = ["opened", "ready", "told"]

PEOPLE = "Company,Name,Email"
LIST = "会社名,フリガナ,契約開始日,年額,大事さ"
Open = Callable[..., ImportDialog]
Wait = Callable[[ImportDialog], None]


def test_a_new_account_is_told_before_and_after(
    qtbot: QtBot, opened: Open, desk: Desk, told: list[Told], tmp_path: Path, settle: Callable[[Desk], None]
) -> None:
    before = desk.workbench.reads.scalar("select count(*) from account")
    path = file_of(tmp_path, "Zeta Foods,Ann Lee,ann@zeta.example", name="people.csv", header=PEOPLE)
    dialog = opened(path)
    side = dialog.side
    assert dialog.main.words() == "Import 1 account, 1 person"
    assert side.accounts.isVisible()
    assert side.accounts.number.text() == "1"
    assert "Zeta Foods" in side.heeds.text()
    lowest = side.heeds.mapTo(side.viewport(), QPoint(0, 0)).y()
    assert lowest < side.viewport().height()  # in sight without scrolling
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.gone, timeout=20_000)
    settle(desk)
    assert (told[-1].text, told[-1].undo) == ("Imported 1 account, 1 person", True)
    assert [step.name for step in desk.workbench.history()][-1] == "Import 1 account, 1 person"
    assert desk.workbench.reads.scalar("select count(*) from account") == before + 1
    desk.workbench.undo()
    assert desk.workbench.reads.scalar("select count(*) from account") == before


def test_without_a_new_account_nothing_is_said_of_one(opened: Open, desk: Desk, tmp_path: Path) -> None:
    name = desk.workbench.reads.scalar("select name from account where id = 1")
    dialog = opened(file_of(tmp_path, f"{name},Ann Lee,", name="people.csv", header=PEOPLE))
    assert dialog.main.words() == "Import 1 person"
    assert not dialog.side.accounts.isVisible()


def test_a_short_name_is_a_question_answered_by_one_button(
    qtbot: QtBot, opened: Open, ready: Wait, desk: Desk, tmp_path: Path
) -> None:
    own = file_of(tmp_path, "みなと信用金庫,食品", name="own.csv", header="会社名,業種")
    import_files(desk.workbench, [own], now=NOW)
    number = desk.workbench.reads.scalar("select id from account where name = 'みなと信用金庫'")
    lines = ("みなと信金,渡邉 進,", "みなと信金,森 碧,")
    dialog = opened(file_of(tmp_path, *lines, name="people.csv", header="会社名,氏名,メール"))
    row = dialog.rows.chosen()
    assert row is not None
    assert (row.what, row.about) == ("ask", "みなと信金")
    assert dialog.settle.same.isVisible()
    assert dialog.settle.same.words() == "Same account"
    assert dialog.settle.other.isVisible()
    assert "みなと信用金庫" in dialog.settle.words.text()
    assert dialog.main.words() == "Nothing to import"
    qtbot.mouseClick(dialog.settle.same, Qt.MouseButton.LeftButton)
    ready(dialog)
    assert dialog.main.words() == "Import 2 people"
    assert not dialog.side.accounts.isVisible()
    assert row.question is not None
    assert row.question.account_id == number


@pytest.mark.parametrize(("language", "tier"), [("en", "Tier"), ("ja", "ランク")])
def test_a_list_of_contracts_offers_the_fields_of_its_customers(
    language: str, tier: str, qtbot: QtBot, opened: Open, ready: Wait, tmp_path: Path
) -> None:
    rows = ("青葉,アオバ,2026/1/1,100,S", "青葉,アオバ,2025/1/1,90,S", "東北,トウホク,2025/1/1,90,A")
    i18n.set_language(language)
    try:
        dialog = opened(file_of(tmp_path, *rows, name="list.csv", header=LIST))
        assert dialog.offer is not None
        assert dialog.offer.mapping is not None
        assert dialog.offer.mapping.columns[1].field == "account.reading"
        header = dialog.rows.header
        header.setFocus()
        for _n in range(LEAD + 4):
            qtbot.keyClick(header, Qt.Key.Key_Right)
        qtbot.keyClick(header, Qt.Key.Key_Return)
        menu = dialog.menu
        qtbot.waitUntil(menu.isVisible)
        menu.setActiveAction(next(action for action in menu.actions() if action.text() == tier))
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        ready(dialog)
        assert dialog.model.field_words(4) == tier
        assert dialog.offer.mapping.columns[4].field == "account.tier"
    finally:
        i18n.set_language("en")
