"""The remark on an account: shown on the Overview, changed where it stands, one step to undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cs_workbench.errors import NotFound
from cs_workbench.services import own_fields
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.pages.account.account_note import AccountNote
from cs_workbench.ui.pages.account.page import AccountPage

Settle = Callable[[Desk], None]
HOSTILE = "<img src=x> \u202e" + "あ" * 10_000


@pytest.fixture
def note(make_page: Callable[..., AccountPage], desk: Desk, settle: Settle) -> AccountNote:
    """The remark of the first account, on its Overview."""
    own_fields.keep_note(desk.workbench, 1, "髙橋様が窓口\n二行目", now=desk.now())
    page = make_page(AccountPage, account_id=1)
    page.resize(1500, 900)
    settle(desk)
    found = page.findChild(AccountNote)
    assert found is not None
    return found


def kept(desk: Desk) -> str | None:
    return own_fields.about(desk.workbench.reads, 1).note


def test_a_remark_of_the_list_is_seen_and_changed(
    note: AccountNote, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    assert note.isVisible()
    assert note.words.text() == "髙橋様が窓口\n二行目"
    qtbot.keyClick(note.change, Qt.Key.Key_Space)
    assert note.text.toPlainText() == "髙橋様が窓口\n二行目"
    note.text.setPlainText("窓口は佐藤様")
    qtbot.keyClick(note.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert kept(desk) == "窓口は佐藤様"
    assert not note.text.document().isModified()  # nobody offers it as unsaved later
    assert [(one.text, one.undo) for one in told] == [("Remark changed", True)]
    assert desk.workbench.undo() == "Change the remark"
    assert kept(desk) == "髙橋様が窓口\n二行目"
    assert desk.workbench.redo() == "Change the remark"
    settle(desk)
    qtbot.waitUntil(lambda: note.words.text() == "窓口は佐藤様", timeout=5000)


def test_esc_leaves_it_and_what_is_the_same_is_no_change(note: AccountNote, desk: Desk, qtbot: QtBot) -> None:
    wanted: list[str] = []
    note.wanted.connect(wanted.append)
    note.begin()
    note.text.setPlainText("other")
    qtbot.keyClick(note.text, Qt.Key.Key_Escape)
    assert not note.text.isVisible()
    assert note.words.isVisible()
    note.begin()
    note.save.click()
    assert wanted == []
    assert kept(desk) == "髙橋様が窓口\n二行目"


def test_hostile_remarks_stay_text(note: AccountNote) -> None:
    note.show_note(HOSTILE)
    assert note.words.textFormat() == Qt.TextFormat.PlainText
    assert note.words.text().startswith("<img src=x>")
    assert not note.grab().isNull()
    note.show_note("")
    assert note.words.text() == "–"


def test_an_account_that_is_gone_takes_no_remark(desk: Desk) -> None:
    with pytest.raises(NotFound):
        own_fields.keep_note(desk.workbench, 999_999, "x", now=desk.now())
    assert own_fields.about(desk.workbench.reads, 999_999).note is None
