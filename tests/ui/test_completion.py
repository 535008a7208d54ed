"""The field of a line that is read while typed, its chips and the pieces below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain.mentions import Known
from cs_workbench.domain.quicklog import parse
from cs_workbench.services.account_page import Labels
from cs_workbench.ui.dialogs.quick_log_parts import ChipsRow, LineProblem, StoredNote
from cs_workbench.ui.widgets.completion_text import CompletionText
from cs_workbench.ui.widgets.note_chips import NoteChip, line_chips

Shown = Callable[[QWidget], QWidget]
TODAY = dt.date(2026, 11, 24)
LABELS = Labels({
    ("channel", "call"): ("Call", "電話", False),
    ("channel", "note"): ("Note", "メモ", False),
})  # fmt: skip


@pytest.fixture
def field(shown: Shown) -> CompletionText:
    """An empty field."""
    made = CompletionText(name="Line")
    shown(made)
    made.setFocus()
    return made


class TestField:
    """Its own keys, and places counted in characters."""

    @pytest.mark.parametrize(
        ("text", "place", "pairs"),
        [("abc", 2, 2), ("𠮷a", 1, 2), ("😀😀x", 2, 4), ("か\u3099x", 2, 2), ("", 0, 0)],
    )
    def test_places_are_characters_where_qt_counts_pairs(
        self, field: CompletionText, text: str, place: int, pairs: int
    ) -> None:
        field.setPlainText(text)
        field.stand(place)
        assert field.textCursor().position() == pairs
        assert field.place() == place

    def test_writing_into_the_middle_is_one_step_back(self, field: CompletionText) -> None:
        field.setPlainText("𠮷 @ac call")
        field.put('@"Acme Inc."', 2, 5)
        assert field.toPlainText() == '𠮷 @"Acme Inc." call'
        assert field.place() == 2 + len('@"Acme Inc."')
        field.undo()
        assert field.toPlainText() == "𠮷 @ac call"
        field.put("")
        assert field.toPlainText() == ""

    @pytest.mark.parametrize(
        ("held", "ctrl"),
        [(Qt.KeyboardModifier.NoModifier, False), (Qt.KeyboardModifier.ControlModifier, True),
         (Qt.KeyboardModifier.KeypadModifier, False)],
    )  # fmt: skip
    def test_enter(self, field: CompletionText, qtbot: QtBot, held: Qt.KeyboardModifier, ctrl: bool) -> None:
        with qtbot.waitSignal(field.entered) as entered:
            qtbot.keyClick(field, Qt.Key.Key_Enter, held)
        assert entered.args == [ctrl]
        assert field.toPlainText() == ""

    def test_it_grows_with_its_lines_up_to_six(self, field: CompletionText, qtbot: QtBot) -> None:
        heights = []
        for _n in range(9):
            heights.append(field.height())
            qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert heights == sorted(heights)
        assert heights[0] < heights[3] < heights[5] == heights[8]
        assert field.toPlainText() == "\n" * 9

    def test_arrows_and_tab_are_its_own_only_while_something_is_offered(
        self, field: CompletionText, qtbot: QtBot
    ) -> None:
        heard: list[object] = []
        field.stepped.connect(heard.append)
        field.completed.connect(lambda: heard.append("tab"))
        qtbot.keyClick(field, Qt.Key.Key_Down)
        assert heard == []
        field.offering = True
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab):
            qtbot.keyClick(field, key)
        assert heard == [1, -1, "tab"]

    def test_letters_still_arrive_while_composing(self, field: CompletionText, qtbot: QtBot) -> None:
        heard: list[str] = []
        field.composed.connect(heard.append)
        QApplication.sendEvent(field, QInputMethodEvent("に", []))
        qtbot.keyClick(field, Qt.Key.Key_A)
        qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert heard == ["に"]
        assert "a" in field.toPlainText()
        assert not field.textCursor().hasSelection()


@pytest.mark.parametrize(
    ("line", "chips"),
    [
        ("hello", [("Note", "field", False), ("today 10:42", "field", False)]),
        (
            "call 20m #risk #win x",
            [("Call", "field", True), ("20 min", "field", True), ("risk", "red", True), ("win", "green", True),
             ("today 10:42", "field", False)],
        ),
        (
            "call 11/19 +石井 x",
            [("Call", "field", True), ("石井 健一", "field", True), ("19 Nov 10:42", "field", True)],
        ),
        ("call +nobody x", [("Call", "field", True), ("nobody", "red", True), ("today 10:42", "field", False)]),
        (
            "x !2026-12-01",
            [("Note", "field", False), ("Follow-up 1 Dec", "field", True), ("today 10:42", "field", False)],
        ),
    ],
)  # fmt: skip
def test_the_chips_of_a_line_know_their_place(line: str, chips: list[tuple[str, str, bool]]) -> None:
    known = (Known(1, "石井 健一"),)
    found = list(line_chips(parse(line, TODAY, LABELS.channel_words()), known, LABELS, TODAY, "10:42"))
    assert [(one.text, one.tone, one.place != (-1, -1)) for one in found] == chips
    for one in found:
        start, end = one.place
        assert (start, end) == (-1, -1) or line[start:end].strip()


def test_chips_that_stay_keep_their_widgets(shown: Shown, qtbot: QtBot) -> None:
    row = ChipsRow()
    shown(row)
    row.show_chips([NoteChip("Call", "field", "phone", (0, 4)), NoteChip("today", "field")])
    before = list(row.chips)
    row.show_chips([NoteChip("Call", "field", "phone", (3, 7)), NoteChip("today", "field")])
    assert row.chips == before
    with qtbot.waitSignal(row.removed) as removed:
        qtbot.keyClick(row.chips[0], Qt.Key.Key_Delete)
    assert removed.args == [(3, 7)]
    row.show_chips([])
    assert row.texts() == []


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("one", "one"),
        ("<b>x</b>", "<b>x</b>"),
        ("a\nb\nc\nd\ne", "a\nb\nc\nd…"),
        ("x" * 10_000, "x" * 280 + "…"),
    ],
)
def test_a_long_note_is_shown_by_its_beginning(shown: Shown, note: str, words: str) -> None:
    well = StoredNote()
    shown(well)
    well.show_note(note)
    assert well.words.text() == words
    well.show_note("")
    assert well.isHidden()


def test_a_problem_offers_ways_and_is_red_once_refused(shown: Shown) -> None:
    host = QWidget()
    problem = LineProblem(host)
    shown(host)
    done: list[str] = []
    problem.say("No.", [("<i>A", lambda: done.append("a"))], [("B", lambda: done.append("b"))])
    assert not problem.shape.isVisible()
    for way in problem.ways:
        way.click()
    assert done == ["a", "b"]
    problem.say("No.", refused=True)
    assert problem.shape.isVisible()
    assert problem.ways == []
    problem.say("")
    assert problem.isHidden()
