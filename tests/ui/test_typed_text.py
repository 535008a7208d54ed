"""What is typed into any field outlives the window: kept within a second, offered at the next start, put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench.errors import FileProblem
from cs_workbench.services import drafts, typed_left
from cs_workbench.services.typed_left import Left
from cs_workbench.ui import typed_text
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.typed_left import LeftSheet
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE, RECORD
from cs_workbench.ui.typed_text import TypedText, where
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.question import AskPopover

Settle = Callable[[Desk], None]


@pytest.fixture
def typed(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> Iterator[TypedText]:
    """The keeper of the window, once it knows that nothing was left."""
    assert window.typed is not None
    settle(desk)
    qtbot.waitUntil(lambda: window.typed is not None and window.typed._kept == "", timeout=20_000)
    return window.typed


def placed(window: MainWindow, edit: QWidget, record: str = "line 1") -> QWidget:
    """*edit* on the page shown, as a field of a record."""
    assert window.page is not None
    box = QWidget(window.page)
    box.setProperty(RECORD, record)
    edit.setParent(box)
    box.resize(300, 80)
    box.show()
    edit.show()
    edit.setFocus()
    return box


def kept(desk: Desk, settle: Settle) -> tuple[Left, ...]:
    """What stands in the file."""
    settle(desk)
    return typed_left.read(desk.workbench.reads)


def test_every_field_is_kept_while_it_is_typed_into(
    window: MainWindow, desk: Desk, typed: TypedText, settle: Settle, qtbot: QtBot
) -> None:
    long = QPlainTextEdit()
    long.setAccessibleName("Sum")
    assert typed_text.WAIT <= 1_000
    for edit in (LineEdit(name="Sum"), KeptEdit(name="Sum"), long):
        box = placed(window, edit)
        QTest.keyClicks(edit, "12 hours")
        qtbot.waitUntil(lambda: [one.text for one in kept(desk, settle)] == ["12 hours"], timeout=10_000)
        (one,) = kept(desk, settle)
        assert (one.page, one.name, one.record) == ("keyboard", "Sum", "line 1")
        box.hide()
        box.deleteLater()
        qtbot.wait(1)
        typed.flush()
        assert kept(desk, settle) == ()


def test_steady_typing_does_not_put_it_off(window: MainWindow, typed: TypedText) -> None:
    edit = LineEdit(name="Sum")
    placed(window, edit)
    QTest.keyClicks(edit, "a")
    first = typed._timer.remainingTime()
    QTest.qWait(50)
    QTest.keyClicks(edit, "b")
    assert typed._timer.isActive()
    assert typed._timer.remainingTime() <= first


def test_taken_back_it_is_kept_no_longer(
    window: MainWindow, desk: Desk, typed: TypedText, settle: Settle
) -> None:
    edit = KeptEdit(name="Sum")
    placed(window, edit)
    QTest.keyClicks(edit, "12")
    typed.flush()
    assert len(kept(desk, settle)) == 1
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    typed.flush()
    assert kept(desk, settle) == ()


def test_what_was_saved_is_kept_no_longer(
    window: MainWindow, desk: Desk, typed: TypedText, settle: Settle
) -> None:
    edit, nothing = LineEdit(name="Sum"), LineEdit(name="Other")
    placed(window, edit)
    edit.editingFinished.connect(lambda: desk.tasks.write(lambda: None))
    QTest.keyClicks(edit, "12")
    typed.flush()
    assert len(kept(desk, settle)) == 1
    placed(window, nothing)
    settle(desk)
    typed.flush()
    assert kept(desk, settle) == ()


def test_what_was_refused_stays_kept(
    window: MainWindow, desk: Desk, typed: TypedText, settle: Settle
) -> None:
    edit = LineEdit(name="Sum")
    placed(window, edit)
    edit.editingFinished.connect(lambda: edit.set_wrong(True))
    QTest.keyClicks(edit, "abc")
    placed(window, LineEdit(name="Other"))
    desk.tasks.write(lambda: None)
    settle(desk)
    typed.flush()
    assert [one.text for one in kept(desk, settle)] == ["abc"]


def test_secrets_searches_and_fields_with_drafts_are_left_alone(
    window: MainWindow, desk: Desk, typed: TypedText, settle: Settle
) -> None:
    secret, search, own = LineEdit(name="Key"), LineEdit(name="Find", icon="search"), LineEdit(name="Note")
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    own.setProperty(KEPT_ELSEWHERE, True)
    for edit in (secret, search, own):
        placed(window, edit)
        QTest.keyClicks(edit, "correct horse")
    typed.flush()
    settle(desk)
    assert drafts.draft(desk.workbench.reads, typed_left.KEY) == ""


def test_all_fields_of_a_question_stand_until_it_is_closed(
    window: MainWindow, desk: Desk, typed: TypedText, settle: Settle, qtbot: QtBot
) -> None:
    assert window.page is not None
    question = AskPopover("Cost", "Add", "plus", window.page)
    edits = LineEdit(name="What"), LineEdit(name="Amount")
    for edit in edits:
        question.fields.addWidget(edit)
    question.ask(window.mapToGlobal(window.rect().center()), window)
    for edit, text in zip(edits, ("Licence", "1 200"), strict=True):
        edit.setFocus()
        qtbot.waitUntil(edit.hasFocus)
        QTest.keyClicks(edit, text)
    typed.flush()
    found = kept(desk, settle)
    assert [(one.title, one.name, one.text) for one in found] == [
        ("Cost", "What", "Licence"), ("Cost", "Amount", "1 200"),
    ]  # fmt: skip
    question.close()
    qtbot.wait(1)
    typed.flush()
    assert kept(desk, settle) == ()


def left_behind(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot, *left: Left) -> TypedText:
    """The window as it begins after it went down over *left*."""
    desk.keep_draft(typed_left.KEY, typed_left.body_of(left))
    settle(desk)
    window._watch(desk)
    window.go("keyboard")
    desk.tasks.run(lambda: None)
    qtbot.waitUntil(lambda: window.typed is not None and window.typed._kept is not None, timeout=20_000)
    assert window.typed is not None
    return window.typed


SUM = Left("keyboard", "", "Sum", "line 1", "1,200 hours <img src=x>", "2026-11-24 10:42")


def test_it_is_offered_at_the_next_start_and_put_back_where_it_was_typed(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    typed = left_behind(window, desk, settle, qtbot, SUM)
    band = window.bands.notices["kept"]
    assert band.isVisible()
    assert "1,200 hours <img src=x>" in band.second.text()
    other, same = LineEdit(name="Sum"), LineEdit("900 hours", name="Sum")
    placed(window, other, "line 2")
    assert other.text() == ""
    placed(window, same, "line 1")
    assert same.text() == SUM.text
    assert same.isModified()
    assert not band.isVisible()
    assert [one.text for one in kept(desk, settle)] == [
        SUM.text
    ]  # not saved yet: a second crash keeps it too
    assert typed.left == ()


def test_new_typing_does_not_push_out_what_was_left(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    typed = left_behind(window, desk, settle, qtbot, SUM)
    edit = LineEdit(name="Other")
    placed(window, edit, "line 9")
    QTest.keyClicks(edit, "new")
    typed.flush()
    assert [one.text for one in kept(desk, settle)] == [SUM.text, "new"]


def test_the_sheet_shows_copies_goes_there_and_throws_away(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    long = Left("success", "Map", "Exit", "", "x" * 10_000, "", {"view": "training"})
    typed = left_behind(window, desk, settle, qtbot, SUM, long)
    typed.show_left()
    (sheet,) = window.ground.findChildren(LeftSheet)
    assert [one.words.toPlainText() for one in sheet.texts] == [long.text, SUM.text]
    sheet.texts[1].copy.click()
    sheet.texts[0].go.click()
    settle(desk)
    assert window.navigation.page_id == "success"
    assert typed.left == (SUM, long)
    typed.show_left()
    qtbot.waitUntil(lambda: len(window.ground.findChildren(LeftSheet)) == 1)
    window.ground.findChildren(LeftSheet)[0].away.click()
    assert kept(desk, settle) == ()
    assert not window.bands.notices["kept"].isVisible()


def test_a_place_is_told_in_words() -> None:
    assert where(Left("value", "Cost", "Amount", "", "1")) == "Value, Cost, Amount"
    assert where(Left("gone", "", "", "", "1")) == ""


def test_a_full_disk_is_tried_again_and_the_text_stays(
    window: MainWindow,
    desk: Desk,
    typed: TypedText,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit = KeptEdit(name="Sum")
    placed(window, edit)
    QTest.keyClicks(edit, "12 hours")

    def full(*_given: object, **_more: object) -> None:
        raise FileProblem("The disk is full.", code="disk_full")

    keep = drafts.keep
    monkeypatch.setattr(drafts, "keep", full)
    told: list[object] = []
    desk.tasks.unsaved.connect(lambda _task, error: told.append(error))
    typed.flush()
    settle(desk)
    assert told
    assert edit.text() == "12 hours"
    monkeypatch.setattr(drafts, "keep", keep)
    qtbot.waitUntil(lambda: [one.text for one in kept(desk, settle)] == ["12 hours"], timeout=10_000)


def test_a_field_that_let_go_of_its_signals_is_left_without_a_word(
    window: MainWindow, typed: TypedText, recwarn: pytest.WarningsRecorder
) -> None:
    edit, long, other = LineEdit(name="Sum"), QPlainTextEdit(), LineEdit(name="Other")
    for one in (edit, long):
        placed(window, one)
        assert typed._watched is one
        QTest.keyClicks(one, "12")
        for signal in (one.textEdited, one.editingFinished) if one is edit else (long.textChanged,):
            signal.disconnect()  # as an editor of a cell does while it goes
        typed._watch(None)
        assert typed._wires == []
    placed(window, other)
    placed(window, LineEdit(name="Third"))
    typed._fields.clear()
    QTest.keyClicks(other, "3")
    assert other not in typed._fields  # nobody watches it any more
    assert [str(one.message) for one in recwarn if "disconnect" in str(one.message)] == []


def test_it_is_stopped_twice_without_a_word_even_when_its_field_is_gone(
    window: MainWindow, typed: TypedText, qtbot: QtBot, recwarn: pytest.WarningsRecorder
) -> None:
    edit = LineEdit(name="Sum")
    placed(window, edit)
    QTest.keyClicks(edit, "12")
    edit.setParent(None)
    edit.deleteLater()
    qtbot.waitUntil(lambda: not isValid(edit), timeout=10_000)
    typed.stop()
    typed.stop()
    assert typed._wires == typed._ties == []
    assert [str(one.message) for one in recwarn if "disconnect" in str(one.message)] == []
