"""The palette: finds accounts, people and actions; keys alone are enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cs_workbench.services.accounts import account_list
from cs_workbench.ui import palette_lines
from cs_workbench.ui.actions import action
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.palette import LinesModel, Palette
from cs_workbench.ui.palette_lines import Line, matched

Settle = Callable[[Desk], None]


@pytest.fixture
def palette(window: MainWindow) -> Palette:
    window.act("palette")
    found = window.findChild(Palette)
    assert found is not None
    assert found.isVisible()
    return found


def kinds(palette: Palette) -> list[str]:
    return [line.kind for line in palette.model.lines]


def test_it_opens_with_the_actions_that_have_an_answer(palette: Palette, window: MainWindow) -> None:
    assert kinds(palette)[0] == "heading"
    verbs = {line.verb for line in palette.model.lines if line.kind == "action"}
    assert verbs
    assert all(window.answers(action(verb).verb) for verb in verbs)
    assert palette.field.hasFocus()
    assert palette.scrim.isVisible()


def test_an_account_is_found_by_part_of_its_name(
    palette: Palette, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    row = account_list(desk.workbench.reads, desk.today())[3]
    qtbot.keyClicks(palette.field, "")
    palette.field.setText(row.name[:4])
    settle(desk)
    found = [line for line in palette.model.lines if line.kind == "account"]
    assert row.id in {line.account_id for line in found}
    line = next(line for line in found if line.account_id == row.id)
    assert line.spans[0] == (0, len(row.name[:4].rstrip()))
    assert line.account is not None
    assert line.account.score == row.score


def test_enter_opens_the_account_found(
    palette: Palette, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    desk.went.connect(lambda page, arguments: went.append((page, arguments)))
    row = account_list(desk.workbench.reads, desk.today())[0]
    palette.field.setText(row.name.split()[0])
    settle(desk)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert went == [("account", {"account_id": row.id, "tab": "overview"})]
    assert not palette.isVisible()
    assert not palette.scrim.isVisible()


def test_an_action_is_done_by_its_name(
    palette: Palette, window: MainWindow, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    palette.field.setText("go to renewals")
    settle(desk)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.navigation.page_id == "renewals"


def test_arrows_pass_over_headings_and_go_round(palette: Palette, qtbot: QtBot) -> None:
    rows = [n for n, kind in enumerate(kinds(palette)) if kind != "heading"]
    seen = [palette.list.currentIndex().row()]
    for _n in rows:
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
        seen.append(palette.list.currentIndex().row())
    assert seen == [*rows, rows[0]]
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == rows[-1]


def test_tab_offers_what_can_be_done_with_an_account(
    palette: Palette, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    row = account_list(desk.workbench.reads, desk.today())[0]
    palette.field.setText(row.name.split()[0])
    settle(desk)
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert palette.model.lines[0] == Line("heading", row.name)
    assert all(line.account_id == row.id for line in palette.model.lines[1:])
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    settle(desk)
    assert palette.isVisible()
    assert any(line.kind == "account" for line in palette.model.lines)


def test_escape_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    window.rail.items["accounts"].setFocus()
    window.act("palette")
    palette = window.findChild(Palette)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    assert window.rail.items["accounts"].hasFocus()


def test_words_that_fit_nothing_say_so(palette: Palette, desk: Desk, settle: Settle) -> None:
    palette.field.setText("zzzzqqqq")
    settle(desk)
    assert [line.kind for line in palette.model.lines] == ["heading"]
    assert palette._chosen() is None


@pytest.mark.parametrize("words", ["<b>x</b>", "%", "'; drop table account", "\\", "𠮷"])
def test_hostile_words_are_only_words(palette: Palette, desk: Desk, settle: Settle, words: str) -> None:
    palette.field.setText(words)
    settle(desk)
    assert palette.model.lines


@pytest.mark.parametrize(
    ("words", "name", "spans"),
    [
        ("ren", "go_renewals", ((6, 9),)),
        ("to go", "go_today", ((3, 5), (0, 2))),
        ("PACK", "prepare_pack", ((8, 12),)),
        ("nothing like it", "go_today", None),
        ("", "undo", ()),
    ],
)
def test_words_match_an_action_s_name(words: str, name: str, spans: object) -> None:
    assert matched(words, action(name)) == spans


def test_an_account_found_brings_its_own_actions() -> None:
    account = Line("account", "Acme", account_id=7)
    found = palette_lines.action_lines("acme", lambda _verb: True, account)
    assert [(line.verb, line.second, line.account_id) for line in found] == [
        ("log_contact", "Acme", 7), ("prepare_pack", "Acme", 7),
    ]  # fmt: skip


def test_the_model_keeps_the_rules(palette: Palette, desk: Desk, settle: Settle) -> None:
    tester = QAbstractItemModelTester(palette.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    palette.field.setText("a")
    settle(desk)
    model: LinesModel = palette.model
    assert model.rowCount(model.index(0)) == 0
    assert model.data(QModelIndex()) is None
    names = [model.data(model.index(n), Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]
    assert all(names)
    tester.deleteLater()


def test_an_account_with_a_call_shows_the_hand(desk: Desk) -> None:
    from cs_workbench.services import health_calls
    from cs_workbench.ui import palette_lines

    today = desk.today()
    known = next(iter(palette_lines.read(desk.workbench, "Tarnwick", today).accounts))
    health_calls.set_call(desk.workbench, known, "red", "Champion leaves", today=today, now=desk.now())
    found = palette_lines.read(desk.workbench, "Tarnwick", today)
    shown = [
        line for line in palette_lines.lines(found, today, lambda _verb: False) if line.kind == "account"
    ]
    assert [line.called for line in shown if line.account_id == known] == ["red"]
    assert palette_lines.read(desk.workbench, "  ", today).called == {}
