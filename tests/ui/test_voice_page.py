"""The Voice page by keyboard: figures with their count, loops taken and closed, themes sorted; each with undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain.surveys import result
from cs_workbench.services.voice_cases import CaseRow, Heard
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.voice import VoicePage, words
from cs_workbench.ui.pages.voice.forms import AnswerForm, ComplaintForm, TakeForm, TellForm, ThemeForm

Settle = Callable[[Desk], None]


@pytest.fixture
def page(make_page: Callable[..., VoicePage]) -> VoicePage:
    return make_page(VoicePage)


def form(page: VoicePage, kind: type[QWidget]) -> QWidget:
    found: list[QWidget] = page.findChildren(kind)
    return next(one for one in found if one.isVisible())


@pytest.mark.parametrize(
    ("kind", "scores", "text"),
    [("nps", (0,), "−100"), ("nps", (10, 9, 0, 7), "+25"), ("csat", (4, 5, 1), "67%"), ("ces", (5, 6), "5.5"),
     ("success", (), "–")],
)  # fmt: skip
def test_figures_as_they_are_written(kind: str, scores: tuple[float, ...], text: str) -> None:
    assert words.figure(result(kind, scores)) == text  # type: ignore[arg-type]


def test_few_answers_are_said_to_be_few() -> None:
    assert "few" in words.counted(result("nps", (1, 2)))
    assert "few" not in words.counted(result("nps", (1,) * 5))


def test_surveys_show_figure_count_and_comments(page: VoicePage, desk: Desk, settle: Settle) -> None:
    found = page.scores.found
    assert found is not None
    assert str(found.result.answers) in page.header.fact.text()
    assert len(page.scores.model.rows) == len(found.answers)
    page.scores.which.setCurrentIndex(1)
    page.scores.filter_rows()
    low = len(page.scores.model.rows)
    assert 0 < low < len(found.answers)
    page.scores.words.setText("zzzz")
    assert not page.scores.model.rows
    page.scores.words.clear()
    page.scores.kind.choose("csat")
    settle(desk)
    assert page.scores.found is not None
    assert page.scores.found.kind == "csat"
    assert len(page.scores.frame.facts.rows) == len(page.scores.found.months)
    QAbstractItemModelTester(page.scores.model)


def test_an_answer_is_entered_and_taken_back(
    page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    wb = desk.workbench
    before = wb.reads.scalar("select count(*) from survey")
    page.verbs()["enter_answer"]()
    asked = form(page, AnswerForm)
    assert isinstance(asked, AnswerForm)
    name = next(iter(page.scores.known.values()))
    asked.parts["account"].edit.setText(name)
    asked.parts["score"].edit.setText("11")
    asked.answer()
    assert asked.isVisible()
    assert asked.parts["score"].problem.text()
    asked.parts["score"].edit.setText("3")
    qtbot.keyClick(asked.parts["score"].edit, Qt.Key.Key_Return)
    settle(desk)
    assert wb.reads.scalar("select count(*) from survey") == before + 1
    wb.undo()
    assert wb.reads.scalar("select count(*) from survey") == before


def test_a_suggestion_is_taken_told_back_and_undone(page: VoicePage, desk: Desk, settle: Settle) -> None:
    page.open(tab="loops")
    settle(desk)
    loops = page.loops
    assert loops.found is not None
    assert loops.found.overdue
    assert loops.found.suggested
    place = next(n for n, row in enumerate(loops.model.rows) if isinstance(row, Heard))
    loops.table.choose(place)
    count = len(loops.found.cases)
    page.verbs()["done"]()
    form(page, TakeForm).answer()  # type: ignore[attr-defined]
    settle(desk)
    assert loops.found is not None
    assert len(loops.found.cases) == count + 1
    case = next(n for n, row in enumerate(loops.model.rows) if isinstance(row, CaseRow))
    loops.table.choose(case)
    chosen = loops.table.chosen()
    page.verbs()["done"]()
    asked = form(page, TellForm)
    assert isinstance(asked, TellForm)
    asked.action.setPlainText("")
    asked.answer()
    assert asked.isVisible()
    assert asked.problem.text()
    asked.action.setPlainText("Mended <b>it</b>.")
    asked.answer()
    settle(desk)
    status = "select status from voice_case where id = ?"
    assert desk.workbench.reads.scalar(status, (chosen.id,)) == "done"
    desk.workbench.undo()
    assert desk.workbench.reads.scalar(status, (chosen.id,)) == chosen.status


def test_cases_are_edited_where_they_stand_and_refusals_say_why(
    page: VoicePage, desk: Desk, settle: Settle
) -> None:
    page.open(tab="loops")
    settle(desk)
    row = page.loops.model.rows[0]
    assert isinstance(row, CaseRow)
    assert page.loops.refusal(row, "promised_on", "1999-01-01")
    assert page.loops.refusal(row, "promised_on", "soonish")
    assert not page.loops.refusal(row, "promised_on", "2099-01-01")
    page.loops.edit(row, "owner", "Ito <img src=x>")
    settle(desk)
    assert (
        desk.workbench.reads.scalar("select owner from voice_case where id = ?", (row.id,))
        == "Ito <img src=x>"
    )
    for verb in ("snooze", "hand_over", "delete"):
        page.loops.table.choose(0)
        page.verbs()[verb]()
        settle(desk)
        desk.workbench.undo()
        settle(desk)
    page.verbs()["copy_rows"]()
    assert QGuiApplication.clipboard().text()
    assert page.printable() is not None


def test_a_complaint_is_written_down(page: VoicePage, desk: Desk, settle: Settle) -> None:
    page.open(tab="loops")
    settle(desk)
    page.verbs()["new_row"]()
    asked = form(page, ComplaintForm)
    assert isinstance(asked, ComplaintForm)
    asked.answer()
    assert asked.parts["account"].problem.text()
    asked.parts["account"].edit.setText(next(iter(page.loops.known.values())))
    asked.said.setPlainText("Too slow")
    asked.parts["promised_on"].edit.setText("2001-01-01")
    asked.answer()
    assert asked.parts["promised_on"].problem.text()
    asked.parts["promised_on"].edit.setText("")
    asked.answer()
    settle(desk)
    assert desk.workbench.reads.scalar("select said from voice_case order by id desc limit 1") == "Too slow"


def test_themes_are_sorted_ruled_and_told(page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page.open(tab="themes")
    settle(desk)
    themes = page.themes
    assert themes.lines
    assert themes.proposed
    themes.take_all()
    settle(desk)
    assert not themes.proposed
    desk.workbench.undo()
    settle(desk)
    themes.pane.rule.setPlainText("zzzz")
    qtbot.waitUntil(lambda: themes.pane.found.text().startswith("This rule finds 0"))
    themes.pane.show_line(themes.pane.line)
    assert themes.pane.rule.toPlainText() == "zzzz"
    chosen = themes.table.currentIndex().row()
    themes.table.choose(chosen + 1)
    assert themes.pane.rule.toPlainText() != "zzzz"
    themes.table.choose(chosen)
    assert themes.pane.rule.toPlainText() == "zzzz"
    themes.keep_rule()
    settle(desk)
    place = next(n for n, line in enumerate(themes.lines) if line.to_tell)
    themes.table.choose(place)
    page.verbs()["done"]()
    settle(desk)
    assert not themes.lines[place].to_tell
    page.verbs()["new_row"]()
    asked = form(page, ThemeForm)
    assert isinstance(asked, ThemeForm)
    asked.answer()
    assert asked.isVisible()
    asked.parts["name"].edit.setText("<b>New</b>")
    asked.answer()
    settle(desk)
    assert desk.workbench.reads.scalar("select count(*) from theme where name = '<b>New</b>'") == 1


def test_an_empty_portfolio_offers_the_import(page: VoicePage, tmp_path: Path) -> None:
    page._fill(False)
    assert page.empty.isVisible()
    assert page.first_focus() is page.empty.button
    assert page.printable() is None
    page.show_tab("loops")
    assert not page.empty.isVisible()
