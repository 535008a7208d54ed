"""The Voice page by keyboard alone: from the filter to the list, to the answer's place, through a form and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.timeline import TimelineTab
from cs_workbench.ui.pages.voice import VoicePage
from cs_workbench.ui.pages.voice.forms import TakeForm, TellForm

Settle = Callable[[Desk], None]


@pytest.fixture
def page(make_page: Callable[..., VoicePage]) -> VoicePage:
    return make_page(VoicePage)


def form(page: VoicePage, kind: type[QWidget]) -> Any:
    return next(one for one in page.findChildren(kind) if one.isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
@pytest.mark.parametrize("tab", ["scores", "loops"])
def test_the_filter_leads_on_to_the_list(
    page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot, tab: str, key: Qt.Key
) -> None:
    page.open(tab=tab)
    settle(desk)
    part: Any = page.part
    part.words.setFocus()
    qtbot.keyClick(part.words, key)
    assert part.table.hasFocus()
    part.words.setFocus()
    part.words.setText("no such account")
    qtbot.keyClick(part.words, key)
    assert part.words.hasFocus()  # there is nothing to go to


def test_enter_on_an_answer_opens_the_history_at_it(
    page: VoicePage, desk: Desk, settle: Settle, make_page: Callable[..., AccountPage]
) -> None:
    went: list[dict[str, object]] = []
    desk.went.connect(lambda _page, arguments: went.append(dict(arguments)))
    page.scores.table.choose(len(page.scores.model.rows) - 1)
    row = page.scores.table.chosen()
    page.scores.open_row()
    assert went[-1] == {"account_id": row.account_id, "tab": "timeline", "entry": ("survey", row.id)}
    account = make_page(AccountPage, **went[-1])
    settle(desk)
    assert isinstance(account.tab, TimelineTab)
    chosen = account.tab.list.chosen()
    assert chosen is not None
    assert (chosen.record, chosen.id) == ("survey", row.id)


def test_the_chip_says_what_enter_does_and_the_keys_come_back_to_the_list(
    page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.open(tab="loops")
    settle(desk)
    part = page.loops
    place = next(n for n, row in enumerate(part.model.rows) if getattr(row, "status", "") == "open")
    part.table.choose(place)
    part.act()
    asked = form(page, TellForm)
    assert asked.save.keys == "Ctrl ↵"
    asked.action.setPlainText("Mended")
    qtbot.keyClick(asked.action, Qt.Key.Key_Return)
    assert asked.isVisible()  # a line, no answer
    qtbot.keyClick(asked.action, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    part.add.setFocus()  # where the window puts the keys once the form is gone
    settle(desk)
    qtbot.waitUntil(lambda: page.window().focusWidget() is part.table, timeout=20_000)


def test_a_form_of_single_lines_is_answered_by_enter(page: VoicePage, desk: Desk, settle: Settle) -> None:
    page.open(tab="loops")
    settle(desk)
    part = page.loops
    place = next(n for n, row in enumerate(part.model.rows) if not hasattr(row, "status"))
    part.table.choose(place)
    part.act()
    asked = form(page, TakeForm)
    assert asked.save.keys == "Enter"
    asked.close()
