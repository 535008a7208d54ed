"""The Voice page in depth: corrections, rounds, feedback by hand, drafts, figures that open, single suggestions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain import surveys
from cs_workbench.services import accounts, drafts, survey_entry
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.voice import VoicePage
from cs_workbench.ui.pages.voice.entry_forms import CorrectForm, FeedbackForm, RoundForm
from cs_workbench.ui.pages.voice.form import Form
from cs_workbench.ui.pages.voice.forms import AnswerForm
from cs_workbench.ui.widgets.shadow import MARGIN

Settle = Callable[[Desk], None]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil", "x" * 10_000)


@pytest.fixture
def page(make_page: Callable[..., VoicePage]) -> VoicePage:
    return make_page(VoicePage)


def form(page: VoicePage, kind: type[QWidget]) -> Any:
    found: list[QWidget] = page.findChildren(kind)
    return next(one for one in found if one.isVisible())


def show(page: VoicePage, desk: Desk, settle: Settle, tab: str, **arguments: object) -> None:
    page.open(tab=tab, **arguments)
    settle(desk)


@pytest.mark.parametrize("side", ["high", "middle", "low"])
def test_a_figure_opens_the_answers_it_counts(page: VoicePage, qtbot: QtBot, side: str) -> None:
    found, button = page.scores.found, page.scores.sides.buttons[side]
    assert found is not None
    count = {"high": found.result.high, "middle": found.result.middle, "low": found.result.low}[side]
    assert button.text().startswith(f"{count} ")
    assert button.accessibleName()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    rows = page.scores.model.rows
    assert len(rows) == count > 0
    assert all(surveys.side(found.kind, one.score) == side for one in rows)
    assert button.isChecked()
    page.scores.sides.buttons[""].click()
    assert len(page.scores.model.rows) == len(found.answers)
    assert not button.isChecked()


def test_the_filter_speaks_the_words_of_the_survey(page: VoicePage, desk: Desk, settle: Settle) -> None:
    which = page.scores.which
    assert which.itemText(which.findData("low")) == "Detractors"
    page.scores.kind.choose("csat")
    settle(desk)
    assert which.itemText(which.findData("low")) == "Dissatisfied"


def test_an_answer_is_put_right_and_taken_back(page: VoicePage, desk: Desk, settle: Settle) -> None:
    page.scores.table.choose(0)
    row = page.scores.table.chosen()
    page.verbs()["edit"]()
    asked = form(page, CorrectForm)
    asked.parts["score"].edit.setText("77")
    asked.answer()
    assert asked.isVisible()
    assert "0" in asked.parts["score"].problem.text()
    asked.parts["score"].edit.setText("7")
    asked.parts["on"].edit.setText("")
    asked.answer()
    assert asked.parts["on"].problem.text()
    asked.parts["on"].edit.setText(row.on.isoformat())
    asked.long["comment"].setPlainText(HOSTILE[0])
    asked.answer()
    settle(desk)
    read = "select score, comment, answered_on from survey where id = ?"
    assert desk.workbench.reads.one(read, (row.id,)) == (7, HOSTILE[0], row.on.isoformat())
    desk.workbench.undo()
    assert desk.workbench.reads.one(read, (row.id,)) == (row.score, row.comment, row.on.isoformat())
    desk.workbench.redo()
    assert desk.workbench.reads.scalar(read, (row.id,)) == 7


def test_rounds_are_listed_changed_and_deleted(
    page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    wb = desk.workbench
    made = survey_entry.add_round(wb, "nps", 40, on=desk.today(), campaign=HOSTILE[0])
    page.scores.round.click()
    settle(desk)
    asked = form(page, RoundForm)
    assert asked.model.rows[0].id == made
    QAbstractItemModelTester(asked.model)
    assert asked.refusal(asked.model.rows[0], "sent", "none")
    assert asked.refusal(asked.model.rows[0], "on", "")
    assert not asked.refusal(asked.model.rows[0], "on", "2026-11-01")
    index = asked.model.index(0, asked.model.place("sent"))
    asked.model.setData(index, "55")
    settle(desk)
    assert asked.model.rows[0].sent == 55
    count = len(asked.model.rows)
    asked.table.choose(0)
    qtbot.keyClick(asked.table, Qt.Key.Key_Delete)
    settle(desk)
    assert len(asked.model.rows) == count - 1
    for sent in (55, 40):
        wb.undo()
        assert wb.reads.scalar("select sent from survey_round where id = ?", (made,)) == sent
    asked.close()


def test_feedback_is_written_down_on_the_theme_chosen(page: VoicePage, desk: Desk, settle: Settle) -> None:
    show(page, desk, settle, "themes")
    themes = page.themes
    themes.table.choose(0)
    theme = themes.table.chosen().theme
    themes.hear.click()
    asked = form(page, FeedbackForm)
    assert asked.picks["theme"].currentData() == theme.id
    account, name = next(iter(themes.known.items()))
    asked.parts["account"].edit.setText(name)
    asked.answer()
    assert asked.isVisible()
    assert asked.problem.text()
    asked.long["said"].setPlainText(HOSTILE[2])
    asked.answer()
    settle(desk)
    newest = "select account_id, theme_id, said from feedback order by id desc limit 1"
    assert desk.workbench.reads.one(newest) == (account, theme.id, HOSTILE[2])
    desk.workbench.undo()
    assert desk.workbench.reads.one(newest) != (account, theme.id, HOSTILE[2])


def test_what_is_typed_outlives_the_form(page: VoicePage, desk: Desk, settle: Settle) -> None:
    """As after a kill: the form is gone without an answer, another brings the words back; saving takes them away."""
    page.scores.ask_answer()
    settle(desk)
    asked = form(page, AnswerForm)
    asked.long["comment"].setPlainText(HOSTILE[0])
    asked.parts["score"].edit.setText("3")
    assert asked.draft is not None
    asked.draft.flush()
    settle(desk)
    assert HOSTILE[0] in drafts.draft(desk.workbench.reads, "voice:answer")
    asked.close()
    page.scores.ask_answer()
    settle(desk)
    again = form(page, AnswerForm)
    assert again.long["comment"].toPlainText() == HOSTILE[0]
    assert again.text("score") == "3"
    again.parts["account"].edit.setText(next(iter(page.scores.known.values())))
    again.answer()
    settle(desk)
    assert drafts.draft(desk.workbench.reads, "voice:answer") == ""


def test_closing_a_form_keeps_what_was_typed_just_now(page: VoicePage, desk: Desk, settle: Settle) -> None:
    show(page, desk, settle, "themes")
    page.themes.ask_theme()
    settle(desk)
    asked = form(page, Form)
    asked.parts["name"].edit.setText("Slow")
    asked.close()
    settle(desk)
    assert "Slow" in drafts.draft(desk.workbench.reads, "voice:theme")


def test_suggestions_are_gone_through_one_by_one(
    page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    show(page, desk, settle, "themes")
    themes, wb = page.themes, desk.workbench
    count = len(themes.proposed)
    themes.single.click()
    one = themes.suggestions
    assert page.first_focus() is one.table
    assert len(one.model.rows) == count > 2
    words_found = one.model.index(0, one.model.place("found")).data()
    assert words_found
    assert all(word in words_found for word in one.model.rows[0].found)
    before = wb.reads.scalar("select count(*) from feedback")
    row = one.table.chosen()
    page.verbs()["done"]()
    settle(desk)
    newest = "select theme_id from feedback order by id desc limit 1"
    assert wb.reads.scalar(newest) == row.theme.id
    qtbot.keyClick(one.table, Qt.Key.Key_Delete)
    settle(desk)
    assert wb.reads.scalar(newest) is None
    assert len(one.model.rows) == count - 2
    wb.undo()
    wb.undo()
    settle(desk)
    assert wb.reads.scalar("select count(*) from feedback") == before
    assert page.printable() is not None
    QAbstractItemModelTester(one.model)
    themes.single.click()
    assert page.first_focus() is themes.table


@pytest.mark.parametrize("tab", ["scores", "loops", "themes"])
def test_the_page_can_be_about_one_account(
    page: VoicePage, desk: Desk, settle: Settle, qtbot: QtBot, tab: str
) -> None:
    account = page.scores.model.rows[0].account_id
    show(page, desk, settle, tab, account_id=account)
    assert page.only.isVisible()
    assert page.only.text() == accounts.names(desk.workbench.reads)[account]
    assert page.standing()["account_id"] == account
    rows = page.part.table.facts.rows
    if tab == "themes":
        assert all(any(said.account_id == account for said in line.said) for line in rows)
    else:
        assert {row.account_id for row in rows} <= {account}
    few = len(rows)
    qtbot.keyClick(page.only, Qt.Key.Key_Delete)
    settle(desk)
    assert len(page.part.table.facts.rows) > few
    assert not page.only.isVisible()


def test_hostile_names_and_words_are_shown_as_they_are(page: VoicePage, desk: Desk, settle: Settle) -> None:
    account = page.scores.model.rows[0].account_id
    with desk.workbench.change("hostile") as db:
        db.execute("update account set name = ? where id = ?", (HOSTILE[0] + HOSTILE[1], account))
        db.execute("update survey set comment = ? where account_id = ?", (HOSTILE[2], account))
        db.execute("update voice_case set said = ?, owner = ?", (HOSTILE[2], HOSTILE[1]))
        db.execute("update theme set name = name || ?", (HOSTILE[0],))
        db.execute("update feedback set said = ?", (HOSTILE[2],))
    show(page, desk, settle, "scores", account_id=account)
    assert page.only.text().startswith("<img src=x")
    assert "<img" not in page.only.toolTip()
    for tab, only in (("scores", account), ("loops", 0), ("themes", 0)):
        show(page, desk, settle, tab, account_id=only)
        assert page.part.table.facts.rows
        page.part.table.choose(0)
        assert not page.grab().isNull()
    show(page, desk, settle, "scores", account_id=account)
    page.scores.ask_answer()
    settle(desk)
    asked = form(page, AnswerForm)
    assert asked.text("account") == HOSTILE[0] + HOSTILE[1]
    asked.close()


def test_a_rule_being_typed_outlives_the_window(
    page: VoicePage, make_page: Callable[..., VoicePage], desk: Desk, settle: Settle
) -> None:
    page.open(tab="themes")
    settle(desk)
    pane = page.themes.pane
    assert pane.line is not None
    assert pane.line.theme is not None
    assert pane._draft is not None
    stored = pane.line.theme.keywords
    pane.rule.insertPlainText("export+PDF\n")
    typed = pane.rule.toPlainText()
    assert typed != stored
    assert pane._draft._timer.isActive()
    pane._draft.flush()
    settle(desk)
    second = make_page(VoicePage, tab="themes")
    settle(desk)
    again = second.themes.pane
    assert again.rule.toPlainText() == typed
    again.save.click()
    settle(desk)
    settle(desk)
    assert again._draft is not None
    assert drafts.draft(desk.workbench.reads, again._draft.key) == ""
    assert again.rule.toPlainText().split() == typed.split()


def test_down_offers_the_people_of_the_account_and_no_hint_repeats_a_label(
    page: VoicePage, desk: Desk, settle: Settle
) -> None:
    account = next(one for one, people in page.scores.people.items() if len(people) > 1)
    show(page, desk, settle, "scores", account_id=account)
    page.scores.ask_answer()
    settle(desk)
    asked = form(page, AnswerForm)
    person = asked.parts["person"].edit
    person.setFocus()
    QTest.keyClick(person, Qt.Key.Key_Down)
    first, *_rest = page.scores.people[account].values()
    assert asked.offered["person"].is_open
    QTest.keyClick(person, Qt.Key.Key_Return)
    assert person.text() == first
    assert asked.isVisible(), "Enter in the list does not answer the form"
    assert not asked.problem.isVisible()
    assert not asked.parts["score"].problem.text()
    assert {one.edit.placeholderText() for one in asked.parts.values()} == {""}
    right = asked.mapToGlobal(asked.rect().topRight()).x() - themes.current().px(MARGIN)
    assert right <= page.window().mapToGlobal(page.window().rect().topRight()).x() - 16
    asked.close()
