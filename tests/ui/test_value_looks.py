"""The value page to look at: the guide is filled however it is reached, dates stand whole, Esc closes one thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models.value_model import BenefitLine, Group
from cs_workbench.ui.pages.value import ValuePage

Settle = Callable[[Desk], None]
Make = Callable[..., ValuePage]
PROVEN, OPEN = 11, 9
"""Accounts of the sample with a ledger."""


def test_the_guide_is_filled_when_navigation_comes_to_it(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.open(account_id=PROVEN, screen="guide")
    assert page.guide.isVisible()
    assert page.guide.table.facts.rows
    assert page.guide.whom.currentIndex() >= 0
    assert page.guide.due.value is not None
    page.guide.mechanism.edit.setText("half a sen")
    page.open(account_id=PROVEN, screen="guide")
    settle(desk)
    assert page.guide.mechanism.edit.text() == "half a sen"
    page.open(account_id=OPEN, screen="guide")
    settle(desk)
    assert page.guide.account_id == OPEN
    assert page.guide.table.facts.rows
    assert page.guide.mechanism.edit.text() != "half a sen"


def test_the_guide_is_filled_through_the_window(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.go("value", account_id=PROVEN)
    settle(desk)
    window.go("value", account_id=PROVEN, screen="guide")
    settle(desk)
    page = window.page
    assert isinstance(page, ValuePage)
    assert page.guide.isVisible()
    assert page.guide.table.facts.rows


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_dates_of_the_tests_stand_whole(
    make_page: Make, desk: Desk, qapp: QApplication, settle: Settle, language: str, scale: float
) -> None:
    """At the narrowest window: 1100 px, less the rail's 56."""
    themes.wear(qapp, themes.load("light", scale))
    i18n.set_language(language)
    try:
        page = make_page(ValuePage, account_id=PROVEN, screen="tests")
        page.resize(round(1044 * scale), round(636 * scale))
        settle(desk)
        for box in (page.workshop.card.a, page.workshop.card.b):
            edit = box.on.edit
            room = edit.width() - edit.textMargins().left() - 2 * themes.current().px(9)
            assert edit.text()
            assert edit.fontMetrics().horizontalAdvance(edit.text()) <= room
            assert box.by.width() >= themes.current().px(120)
            who = box.on.parentWidget()
            assert who is not None
            assert box.on.geometry().right() <= who.width()
            assert box.answer.geometry().right() <= box.width()
    finally:
        i18n.set_language("en")


def test_the_answer_wraps_where_it_is_narrow(make_page: Make) -> None:
    page = make_page(ValuePage, account_id=PROVEN, screen="tests")
    box = page.workshop.card.a
    who = box.on.parentWidget()
    assert who is not None
    page.resize(1500, 800)
    assert who.y() == box.grade.y()
    page.resize(1044, 636)
    assert who.y() > box.grade.y()
    assert who.width() == box.answer.width()


def test_escape_restores_then_closes_the_editor_before_it_leaves_the_ledger(
    make_page: Make, qtbot: QtBot
) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.activateWindow()
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, Qt.Key.Key_Return)
    note = page.body.editor.texts["note"].edit
    note.setFocus()
    kept = note.text()
    qtbot.keyClicks(note, "ask in May")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    assert (note.text(), page.body.editor.isHidden()) == (kept, False)
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    assert page.body.editor.isHidden()
    assert page.account_id == PROVEN
    page.body.open_line()
    qtbot.keyClick(page.body.editor.picks["category"], Qt.Key.Key_Escape)
    assert page.body.editor.isHidden()


def test_the_formula_outlives_confidence_and_risk_where_it_is_narrow(make_page: Make, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    table = page.body.benefits

    def shown() -> list[str]:
        keys = [column.key for column in table.facts.columns]
        return [key for n, key in enumerate(keys) if not table.isColumnHidden(n)]

    page.resize(1232, 800)
    assert "confidence" in shown()
    page.resize(872, 800)
    assert shown() == ["title", "formula", "counts", "logic", "fact", "agreed"]
    assert table.columnWidth(0) >= 216


def test_the_two_tests_are_a_shape_and_a_letter_said_in_words(make_page: Make) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    facts = page.body.benefits.facts
    at = next(n for n, row in enumerate(facts.rows) if isinstance(row, BenefitLine) and row.fact == "proved")
    cell = facts.index(at, facts.place("fact"))
    assert cell.data() == "● B"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "B: is it proved by fact? proved by fact"
    heading = next(n for n, row in enumerate(facts.rows) if isinstance(row, Group))
    assert facts.index(heading, facts.place("fact")).data(Qt.ItemDataRole.ToolTipRole) == ""
    heights = [page.body.benefits.rowHeight(n) for n in (heading, at)]
    assert heights == [themes.current().row(32), themes.current().row(40)]


def test_nothing_is_cut_at_the_right_of_the_narrowest_window(make_page: Make) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.resize(1044, 636)
    assert page.body.width() <= 1044
    assert all(cell.figure.width() >= cell.figure.sizeHint().width() for cell in page.body.figures.cells)


def test_return_on_investment_has_one_name(make_page: Make) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.body.working_asked.emit("roi")
    pane = page.split.steps
    shown = pane.shown()
    assert shown is not None
    assert page.body.figures.cells[3].name.text() == shown.title == shown.steps[-1].name


def test_a_shorter_title_takes_no_more_room_than_its_words(
    make_page: Make, desk: Desk, settle: Settle
) -> None:
    page = make_page(ValuePage, account_id=PROVEN, screen="guide")
    page.open(account_id=PROVEN, screen="tests")
    settle(desk)
    title = page.header.title
    assert title.minimumWidth() <= title.fontMetrics().horizontalAdvance(title.text()) + 4
