"""Ctrl Z where the keyboard stands in a field: an empty one leaves it to the window, one typed in keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.timeline import TimelineTab

Settle = Callable[[Desk], None]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def undone(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window was asked for."""
    asked: list[str] = []
    window.commands.wanted.disconnect()
    window.commands.wanted.connect(asked.append)
    return asked


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_an_empty_field_lets_go_of_undo_and_one_typed_in_keeps_it(
    window: MainWindow, undone: list[str], qtbot: QtBot, kind: type[QLineEdit]
) -> None:
    field = kind(window.ground)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert undone == ["undo"]
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert undone == ["undo"]
    assert (field.text() if isinstance(field, QLineEdit) else field.toPlainText()) == ""
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert undone == ["undo"], "what was typed can still come back"


def test_a_contact_just_written_is_undone_from_its_note(
    window: MainWindow, undone: list[str], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window.go("account", account_id=20, tab="timeline")
    settle(desk)
    note = cast("TimelineTab", cast("AccountPage", window.page).tab).note
    before = len(desk.workbench.history())
    note.text.setFocus()
    qtbot.keyClicks(note.text, "Call with Grace about the renewal")
    qtbot.keyClick(note.text, Qt.Key.Key_Return, CONTROL)
    settle(desk)
    assert len(desk.workbench.history()) == before + 1
    assert note.text.hasFocus()
    qtbot.keyClick(note.text, Qt.Key.Key_Z, CONTROL)
    assert undone == ["undo"]
