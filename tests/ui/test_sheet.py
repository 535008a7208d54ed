"""The sheet over the window: veil, keys, size; the scan's line and the outcome that stand in it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench.errors import FileProblem, TemplateProblem
from cs_workbench.reports.blocks import Document
from cs_workbench.reports.leaks import Leak
from cs_workbench.services.pack_proof import Made, Proof
from cs_workbench.services.pack_results import PackResult
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.pack_leaks import MOST, LeakLine, LeakList, leak_words
from cs_workbench.ui.dialogs.pack_result import PackResultView
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.widgets import floats, shadow
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.sheet import Sheet

DOCUMENT = Document("Briefing", "Sorane", "en", "customer", None, ())
DAY = dt.date(2026, 11, 24)


def leak(number: int = 1, kind: str = "other_customer", words: str = "Midori Foods") -> Leak:
    return Leak(kind, words, f"ticket/{number}", "document", "as at Midori Foods")  # type: ignore[arg-type]


def proof(*leaks: Leak, held_back: int = 3) -> Proof:
    return Proof(1, "Aoba", (b"",), leaks, held_back, ("Briefing.pdf",), ())


def result(*files: str, leaks: tuple[Leak, ...] = ()) -> PackResult:
    return PackResult(1, "Aoba", files, leaks, DOCUMENT)


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Iterator[Sheet]:
    made = Sheet(window, "A question", "about one thing", size=(600, 400))
    made.main = Button("Do it", "filled")
    made.foot.addWidget(made.main)
    made.unfold()
    yield made
    if isValid(made):
        made.done(0)


def test_it_lies_inside_the_window_and_darkens_the_rest(sheet: Sheet, window: MainWindow) -> None:
    assert not sheet.isWindow()  # a window of its own has a black frame where nothing composes
    assert sheet.parentWidget() is window.ground
    assert (sheet.geometry().center() - window.ground.rect().center()).manhattanLength() <= 2
    assert sheet._scrim is not None
    assert sheet._scrim.geometry() == window.ground.rect()
    shown = window.grab().toImage()
    theme = themes.current()
    assert shown.pixelColor(sheet.mapTo(window, QPoint(40, 120))) == theme.colour("bg.raised")
    assert shown.pixelColor(sheet.mapTo(window, QPoint(1, 1))) == shown.pixelColor(
        sheet.mapTo(window, QPoint(-30, 1))
    )


def test_it_stays_in_the_middle_of_a_window_that_grows(sheet: Sheet, window: MainWindow) -> None:
    window.resize(window.width() + 200, window.height() + 100)
    assert (sheet.geometry().center() - window.ground.rect().center()).manhattanLength() <= 2


def test_tab_goes_round_inside(sheet: Sheet, window: MainWindow, qtbot: QtBot) -> None:
    assert sheet.main is not None
    field = QLineEdit(sheet.body)
    field.show()
    field.setFocus()
    seen = set()
    for key in [Qt.Key.Key_Tab] * 4 + [Qt.Key.Key_Backtab] * 3:
        at = window.focusWidget()
        assert at is not None
        assert sheet.isAncestorOf(at)
        seen.add(at)
        qtbot.keyClick(at, key)
    assert seen == {field, sheet.main}


def test_the_keys_of_the_window_keep_still(sheet: Sheet, window: MainWindow, qtbot: QtBot) -> None:
    wanted: list[str] = []
    window.commands.wanted.connect(wanted.append)
    assert sheet.main is not None
    sheet.main.setFocus()
    window.activateWindow()
    qtbot.keyClick(sheet.main, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(sheet.main, Qt.Key.Key_F1)
    assert wanted == []
    qtbot.keyClick(sheet.main, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert wanted != []


def test_a_page_behind_does_not_take_the_keyboard(sheet: Sheet, window: MainWindow) -> None:
    assert sheet.main is not None
    sheet.main.setFocus()
    behind = QLineEdit(window.ground)
    behind.show()
    behind.setFocus()
    assert window.focusWidget() is sheet.main
    sheet.reject()
    behind.setFocus()
    assert window.focusWidget() is behind


def test_it_gives_the_keyboard_back(window: MainWindow) -> None:
    behind = QLineEdit(window.ground)
    behind.show()
    behind.setFocus()
    made = Sheet(window, "A question", size=(600, 0))
    made.main = Button("Do it", "filled")
    made.foot.addWidget(made.main)
    made.unfold()
    assert window.focusWidget() is made.main
    assert made.height() < 300  # what there is, no more
    made.reject()
    assert window.focusWidget() is behind


@pytest.mark.parametrize("there", [True, False])
def test_a_popover_has_no_margin_where_nothing_composes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    for module in (shadow, floats):
        monkeypatch.setattr(module, "composed", lambda: there)
    popover = Popover(300)
    qtbot.addWidget(popover)
    popover.resize(300, 100)
    edge = popover.column.contentsMargins().left()
    assert edge == (24 if there else 0)
    assert popover.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground) is there
    shown = popover.grab().toImage()
    assert shown.pixelColor(edge + 3, 50) == themes.current().colour("bg.raised")
    assert there or shown.pixelColor(0, 0) == themes.current().colour("line.strong")


def test_it_never_grows_over_the_window(window: MainWindow, qtbot: QtBot) -> None:
    large = Sheet(window, "Large", size=(5000, 5000))
    large.unfold()
    assert large.width() <= window.width()
    assert large.height() <= window.height()
    large.done(0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_presses_the_main_button(sheet: Sheet, qtbot: QtBot, key: Qt.Key) -> None:
    assert sheet.main is not None
    with qtbot.waitSignal(sheet.main.clicked, timeout=5000):
        qtbot.keyClick(sheet, key, Qt.KeyboardModifier.ControlModifier)


def test_a_main_button_that_is_grey_is_not_pressed(sheet: Sheet, qtbot: QtBot) -> None:
    assert sheet.main is not None
    pressed: list[bool] = []
    sheet.main.clicked.connect(pressed.append)
    sheet.main.setEnabled(False)
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet.main.setEnabled(True)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)  # Enter alone presses nothing
    assert pressed == []


def test_esc_and_the_cross_close_it_and_lift_the_veil(sheet: Sheet, qtbot: QtBot) -> None:
    scrim = sheet._scrim
    assert scrim is not None
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert not isValid(scrim) or scrim.isHidden()


def test_the_line_says_what_was_found(qtbot: QtBot) -> None:
    line = LeakLine()
    qtbot.addWidget(line)
    line.say(proof(held_back=1), "customer")
    assert line.words.text() == "Leak scan: nothing internal found; 1 internal note left out"
    line.say(proof(leak(1), leak(2)), "customer")
    assert "2 things must not leave the house" in line.words.text()
    assert not line.more.isHidden()
    line.say(proof(leak()), "internal")
    assert "not scanned" in line.words.text()
    assert line.more.isHidden()
    line.clear()
    assert line.words.text() == ""


def test_each_find_is_listed_with_its_record(qtbot: QtBot) -> None:
    listed = LeakList()
    qtbot.addWidget(listed)
    listed.fill([leak(n) for n in range(MOST + 3)])
    assert len(listed.lines) == MOST + 2
    assert "ticket/0" in listed.lines[0].text()
    assert listed.lines[MOST].text() == "and 3 more"
    listed.fill([leak(7)])
    assert len(listed.lines) == 2


@pytest.mark.parametrize("words", ["<b>x</b>", "a\nb", "長" * 500])
def test_a_find_is_one_short_line_of_text(words: str) -> None:
    told = leak_words(leak(words=words, kind="internal_text"))
    assert told.startswith("an internal note: “")
    assert "\n" not in told
    assert len(told) < 200


def test_the_outcome_lists_files_and_verbs(qtbot: QtBot) -> None:
    opened: list[str] = []
    view = PackResultView(opened.append)
    qtbot.addWidget(view)
    path, other = os.path.join(os.sep, "out", "a.pdf"), os.path.join(os.sep, "out", "a.docx")
    view.show_made(Made([result(path, other)]), "/out")
    assert view.sentence.text() == "2 files made"
    assert [len(row.buttons) for row in view.rows] == [3, 2]  # only what is pages can be printed
    printed: list[int] = []
    view.printed.connect(printed.append)
    for button in view.rows[0].buttons:
        button.click()
    assert opened == [path, os.path.join(os.sep, "out")]
    assert printed == [1]
    assert view.first_focus() is view.rows[0].buttons[0]
    assert view.rows[0].buttons[0].accessibleName() == "Open: a.pdf"


def test_the_outcome_tells_what_was_not_made(qtbot: QtBot) -> None:
    view = PackResultView()
    qtbot.addWidget(view)
    made = Made(
        [result(leaks=(leak(),))],
        failed=[("Midori", FileProblem("The disk is full.", "Make room."))],
        archived=False,
        stopped=True,
        problem=TemplateProblem("The template failed at a.md.j2:3.", "Correct that line."),
    )
    view.show_made(made, "/out")
    assert view.sentence.text() == "0 files made"
    assert "Stopped" in view.second.text()
    assert "cannot be written at the moment" in view.second.text()
    told = [f"{notice.first.text()} {notice.second.text()}" for notice in view.notices]
    assert len(told) == 3
    assert "was stopped" in told[0]
    assert told[1] == "Midori: The disk is full. Make room."
    assert "a.md.j2:3" in told[2]
    assert view.first_focus() is view.again
    view.show_made(Made(), "/out")
    assert (view.rows, view.notices) == ([], [])
