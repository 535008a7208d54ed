"""The filter line on its own: chips, hints, faults in their time, what goes on to filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.account_filter import Filter, Problem
from cs_workbench.domain.account_filter_parser import Vocabulary
from cs_workbench.ui.pages.accounts_filter import FilterLine
from cs_workbench.ui.pages.accounts_hints import HintList
from cs_workbench.ui.pages.accounts_problem import PROBLEMS, ProblemLine

TODAY = dt.date(2026, 11, 24)
WORDS = Vocabulary(
    stages={"renewal": "renewal", "Renewal": "renewal", "更新": "renewal"},
    tiers={"A": "A", "B": "B"},
    tags=("vip",),
)


class Heard:
    """What a line told."""

    def __init__(self, line: FilterLine) -> None:
        self.filters: list[str] = []
        self.problems: list[str | None] = []
        line.filtered.connect(self._on_filter)
        line.refused.connect(self._on_problem)

    def _on_filter(self, filtered: Filter) -> None:
        self.filters.append(filtered.text)

    def _on_problem(self, problem: Problem | None) -> None:
        self.problems.append(None if problem is None else problem.code)


@pytest.fixture
def line(qtbot: QtBot, shown: Callable[[QWidget], QWidget]) -> Iterator[FilterLine]:
    """A line in a window, 900 wide, with the keyboard in it."""
    window = QWidget()
    made = FilterLine()
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    window.resize(900, 400)
    made.set_words(WORDS, TODAY)
    shown(window)
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    yield made
    window.close()


@pytest.fixture
def heard(line: FilterLine) -> Heard:
    return Heard(line)


def hints_of(line: FilterLine) -> HintList:
    found = line.window().findChild(HintList)
    assert isinstance(found, HintList)
    return found


def test_what_is_typed_is_handed_on_as_far_as_it_can_be_read(
    qtbot: QtBot, line: FilterLine, heard: Heard
) -> None:
    qtbot.keyClicks(line.field, "tier:A health<6")
    assert heard.filters[-1] == "tier:A health<6"
    assert "tier:A health" not in heard.filters
    assert "t" not in heard.filters
    assert set(heard.problems) == {None}  # nothing is said while it may only be unfinished


def test_a_fault_is_said_after_a_while(qtbot: QtBot, line: FilterLine, heard: Heard) -> None:
    qtbot.keyClicks(line.field, "health<x")
    assert heard.problems[-1] is None
    qtbot.waitUntil(lambda: heard.problems[-1] == "not_a_number", timeout=3000)
    qtbot.keyClick(line.field, Qt.Key.Key_Backspace)
    assert heard.problems[-1] is None


def test_enter_says_a_fault_at_once_and_keeps_the_text(qtbot: QtBot, line: FilterLine, heard: Heard) -> None:
    qtbot.keyClicks(line.field, "tier:A health<x")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert heard.problems[-1] == "not_a_number"
    assert line.field.text() == "tier:A health<x"
    assert line.chips == []
    assert heard.filters[-1] == "tier:A"


def test_the_same_filter_is_told_once(line: FilterLine, heard: Heard) -> None:
    line.set_text("tier:A")
    line.set_text("tier:A")
    line.set_words(Vocabulary(tiers={"A": "A"}), TODAY)
    assert heard.filters == ["tier:A", "tier:A"]  # once for each vocabulary


def test_chips_can_be_removed_by_mouse_and_key(qtbot: QtBot, line: FilterLine, heard: Heard) -> None:
    line.set_text("tier:A stage:renewal tag:vip")
    chip = line.chips[1]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
    assert heard.filters[-1] == "tier:A tag:vip"
    line.chips[0].setFocus()
    qtbot.keyClick(line.chips[0], Qt.Key.Key_Delete)
    assert heard.filters[-1] == "tag:vip"
    assert line.texts() == ["tag vip"]


def test_equal_conditions_are_told_apart(line: FilterLine) -> None:
    line.set_text("tier:A tier:A tier:B")
    line.chips[1].removed.emit()
    assert line.text() == "tier:A tier:B"


def test_or_joins_what_stands_in_chips(qtbot: QtBot, line: FilterLine, heard: Heard) -> None:
    line.set_text("tier:A")
    qtbot.keyClicks(line.field, "or stage:renewal")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert line.texts() == ["tier:A or stage:renewal"]
    assert heard.filters[-1] == "tier:A or stage:renewal"


@pytest.mark.parametrize(
    ("language", "typed", "offered"),
    [("en", "st", ["stage:"]), ("ja", "st", ["段階:"]), ("ja", "段", ["段階:"])],
)
def test_hints_speak_the_language(line: FilterLine, language: str, typed: str, offered: list[str]) -> None:
    i18n.set_language(language)
    line.field.setText(typed)
    assert [one.text for one in hints_of(line).entries] == offered


def test_hints_are_taken_by_tab_and_by_mouse_and_left_by_esc(qtbot: QtBot, line: FilterLine) -> None:
    qtbot.keyClicks(line.field, "st")
    assert hints_of(line).isVisible()
    qtbot.keyClick(line.field, Qt.Key.Key_Tab)
    assert line.field.text() == "stage:"
    found = hints_of(line)
    assert found.isVisible()  # its values
    row = found.height() // (len(found.entries) + 2)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton, pos=QPoint(found.width() // 2, 24 + row // 2))
    assert line.field.text() == "stage:renewal "
    assert line.field.hasFocus()
    qtbot.keyClicks(line.field, "ti")
    qtbot.keyClick(line.field, Qt.Key.Key_Escape)
    assert not found.isVisible()
    assert line.field.text() == "stage:renewal ti"


def test_tab_leaves_an_empty_line(qtbot: QtBot, line: FilterLine) -> None:
    qtbot.keyClick(line.field, Qt.Key.Key_Tab)
    assert line.field.text() == ""
    assert line.window().findChild(HintList) is None


def test_arrows_go_round_in_the_hints(qtbot: QtBot, line: FilterLine) -> None:
    qtbot.keyClicks(line.field, "tier:")
    found = hints_of(line)
    size = len(found.entries)
    qtbot.keyClick(line.field, Qt.Key.Key_Up)
    assert found.at == size - 1
    qtbot.keyClick(line.field, Qt.Key.Key_Down)
    assert found.at == 0
    assert found.accessibleName() == found.entries[0].text


def test_composing_japanese_submits_nothing(line: FilterLine, heard: Heard) -> None:
    """Enter that ends a composition belongs to the input method; the line hears committed text only."""
    line.field.setFocus()
    QApplication.sendEvent(line.field, QInputMethodEvent("こうしん", []))
    assert line.text() == ""
    assert line.chips == []
    done = QInputMethodEvent()
    done.setCommitString("アオバ")
    QApplication.sendEvent(line.field, done)
    assert line.chips == []
    assert heard.filters[-1] == "アオバ"


def test_the_example_shows_while_the_line_is_empty(line: FilterLine) -> None:
    assert line.field.placeholderText().startswith("health<60")
    line.set_text("tier:A")
    assert line.field.placeholderText() == ""
    line.chips[0].removed.emit()
    assert line.field.placeholderText().startswith("health<60")


def test_a_text_that_cannot_be_read_stays_text(line: FilterLine, heard: Heard) -> None:
    line.set_text("stage:gone tier:A")
    assert line.field.text() == "stage:gone tier:A"
    assert heard.problems[-1] == "unknown_value"
    line.set_words(Vocabulary(stages={"gone": "gone"}, tiers={"A": "A"}), TODAY)
    assert line.texts() == ["stage gone", "tier A"]
    assert heard.problems[-1] is None


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_each_fault_has_a_sentence(qtbot: QtBot, code: str) -> None:
    said = ProblemLine()
    qtbot.addWidget(said)
    said.say(Problem(code, 0, 5, "<b>x</b>", ("health",)), "<b>x</b> tier:A")  # type: ignore[arg-type]
    assert said.sentence.text()
    assert said.accessibleName() == said.sentence.text()
    assert said.remedy.words() == "Use health"


def test_a_remedy_replaces_the_faulty_words_only(qtbot: QtBot) -> None:
    said = ProblemLine()
    qtbot.addWidget(said)
    fixed: list[str] = []
    said.fixed.connect(fixed.append)
    said.say(Problem("unknown_key", 7, 12, "helth", ("health",)), "tier:A helth<60")
    said.remedy.click()
    assert fixed == ["tier:A health<60"]
    said.say(Problem("unclosed", 0, 1, "("), "(tier:A")
    assert said.remedy.isHidden()
    said.say(None, "")
    assert said.isHidden()
