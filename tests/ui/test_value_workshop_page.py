"""Working, workshop, guide and menu of the value page, by the keys; what is refused beside its neighbours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cs_workbench.services import tasks, trash, value_reading
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.pages.value import ValuePage
from cs_workbench.ui.pages.value.evidence import EvidenceQuestion
from cs_workbench.ui.pages.value.head import HeadQuestion
from cs_workbench.ui.pages.value.working import StepRow

Settle = Callable[[Desk], None]
Make = Callable[..., ValuePage]
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
PROVEN, OPEN, BARE = 11, 9, 1
"""Accounts of the sample: three proven lines and a potential one; open ones only; no ledger."""
KEY = Qt.Key


def view(desk: Desk, account: int = PROVEN) -> LedgerView:
    return value_reading.account_views(desk.workbench.reads, account, NOW.date())[0]


def steps(page: ValuePage) -> str:
    rows = [row for row in page.split.steps.steps.findChildren(StepRow) if not row.isHidden()]
    return "\n".join(label.text() for row in rows for label in row.findChildren(QLabel))


def test_w_shows_the_working_of_what_the_keys_are_on(make_page: Make, qtbot: QtBot) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.body.benefits.setFocus()
    page.verbs()["working"]()
    pane = page.split.steps
    assert pane.isVisible()
    line = page.body.benefits.benefit()
    assert line is not None
    assert pane.key == f"line:{line.id}"
    assert "48 wk" in steps(page)
    qtbot.keyClick(pane.area, KEY.Key_Escape)
    assert pane.isHidden()
    cell = page.body.figures.cells[3]
    cell.setFocus()
    qtbot.keyClick(cell, KEY.Key_Return)
    shown = pane.shown()
    assert shown is not None
    assert shown.key == "roi"
    assert shown.result == page.body.figures.figures[3].text()
    page.verbs()["working"]()
    assert pane.isHidden()
    page.body.costs.choose(0)
    page.body.costs.setFocus()
    page.verbs()["working"]()
    assert pane.key.startswith("cost:")
    assert "contract as of 24 Nov 2026" in steps(page)


def test_a_figure_is_chosen_in_the_pane_and_copied(make_page: Make) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.split.show_working("npv")
    pane = page.split.steps
    pane.choice.picked.emit("payback")
    assert "cumulated" in steps(page)
    pane.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Payback"
    assert all(line.count("\t") == 4 for line in lines[1:])


def test_the_working_follows_an_edit(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.split.show_working("roi")
    before = page.split.steps.result.text()
    page.acts.edit("line", view(desk).lines[0].id, "confidence", "assumption")
    settle(desk)
    assert page.split.steps.key == "roi"
    assert page.split.steps.result.text() != before


def test_claims_are_walked_answered_and_asked_by_the_keys(
    make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = make_page(ValuePage, account_id=OPEN)
    page.verbs()["two_tests"]()
    shop = page.workshop
    assert shop.isVisible()
    QAbstractItemModelTester(shop.table.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.header.title.text() == "Two tests"
    first = shop.claim()
    assert first is not None
    assert first.line.fact == "partly"
    assert "proved in part only" in shop.card.b.gaps.text()
    page.verbs()["next_row"]()
    second = shop.claim()
    assert second is not None
    assert second.line.id != first.line.id
    page.verbs()["previous_row"]()
    page.verbs()["done"]()
    settle(desk)
    line = next(one for one in view(desk, OPEN).lines if one.id == first.line.id)
    assert (line.fact, line.fact_on) == ("proved", NOW.date() - dt.timedelta(days=30))
    assert line.fact_by == first.line.fact_by, "as it was named before"
    assert view(desk, OPEN).outcome.proven, "accepted and proved: it counts"
    assert desk.workbench.undo() == "Answer test B"
    settle(desk)
    assert view(desk, OPEN).outcome.proven == ()


def test_nobody_is_named_who_was_not_chosen(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=OPEN, screen="tests")
    card = page.workshop.card
    assert card.claim is not None
    number = card.claim.line.id
    card.b.by.picked.emit(None)
    card.b.take("open")
    settle(desk)
    card.b.take("proved")
    settle(desk)
    line = next(one for one in view(desk, OPEN).lines if one.id == number)
    assert (line.fact, line.fact_by, line.fact_on) == ("proved", "", desk.today())


def test_the_question_becomes_a_task_with_one_key(
    make_page: Make, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.date(2026, 11, 22)
    monkeypatch.setattr(Desk, "today", lambda _desk: day)
    told: list[Told] = []
    desk.told.connect(told.append)
    page = make_page(ValuePage, account_id=OPEN, screen="tests")
    shop = page.workshop
    shop.choose(next(one.id for one in view(desk, OPEN).lines if one.ask))
    known = {one.id for one in tasks.open_tasks(desk.workbench.reads, OPEN)}
    before = len(known)
    page.verbs()["hand_over"]()
    settle(desk)
    found = tasks.open_tasks(desk.workbench.reads, OPEN)
    assert len(found) == before + 1
    assert told[-1].text == "Task made"
    assert told[-1].undo
    (made,) = (one for one in found if one.id not in known)
    assert made.due_on == dt.date(2026, 11, 30), "a Sunday a week on: the Monday after"
    shop.choose(next(one.id for one in view(desk, OPEN).lines if not one.ask))
    page.verbs()["hand_over"]()
    assert "no question yet" in shop.card.ask.said.text()
    assert len(tasks.open_tasks(desk.workbench.reads, OPEN)) == before + 1


def test_the_card_keeps_what_is_typed_and_picked(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=OPEN, screen="tests")
    card = page.workshop.card
    assert card.claim is not None
    number = card.claim.line.id
    card.missing.kept.emit("their time sheets")
    settle(desk)
    person = page.workshop.known.people[0]
    card.whom.picked.emit(person[0])
    settle(desk)
    card.a.take("rejected")
    settle(desk)
    line = next(one for one in view(desk, OPEN).lines if one.id == number)
    assert (line.missing, line.ask_name, line.logic) == ("their time sheets", person[1], "rejected")
    card.a.take("open")
    settle(desk)
    line = next(one for one in view(desk, OPEN).lines if one.id == number)
    assert (line.logic, line.logic_by, line.logic_on) == ("open", "", None)


def test_evidence_is_picked_from_the_records(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=OPEN, screen="tests")
    page.workshop.card.ask_evidence()
    question = page.findChild(EvidenceQuestion)
    assert question is not None
    question.kind.choose("record")
    assert question.record.isVisible()
    kind, number, words, day = question.known.records[0]
    question.record.picked.emit(f"{kind}/{number}")
    assert words in question.text.edit.text()
    assert question.on.value == dt.date.fromisoformat(day)
    question.answer()
    settle(desk)
    claim = page.workshop.claim()
    assert claim is not None
    (proof,) = view(desk, OPEN).evidence[claim.line.id][-1:]
    assert f"{kind}/{number}" in proof.text


def test_escape_goes_from_the_card_to_the_claims_to_the_ledger(make_page: Make, qtbot: QtBot) -> None:
    page = make_page(ValuePage, account_id=OPEN, screen="tests")
    page.workshop.card.ask.edit.setFocus()
    qtbot.keyClick(page.workshop.card.ask.edit, KEY.Key_Escape)
    qtbot.keyClick(page.workshop, KEY.Key_Escape)
    qtbot.keyClick(page.workshop, KEY.Key_Escape)
    assert page.shows == "ledger"


def test_the_guide_ties_a_figure_in_one_step_and_shows_its_tests(
    make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = make_page(ValuePage, account_id=BARE)
    page.begin.guide.click()
    guide = page.guide
    assert guide.isVisible()
    QAbstractItemModelTester(guide.table.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert guide.table.facts.rows[0].fits
    assert guide.mechanism.edit.text()
    assert guide.ask.edit.text().endswith("?")
    qtbot.keyClicks(guide.words.edit, "Errors")
    assert [row.title for row in guide.table.facts.rows] == ["Errors, rework, complaints a year"]
    qtbot.keyClick(guide, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    qtbot.waitUntil(lambda: page.shows == "tests" and page.workshop.claim() is not None)
    claim = page.workshop.claim()
    assert claim is not None
    assert (claim.line.title, claim.line.logic, claim.line.fact) == ("Errors avoided", "open", "open")
    assert page.window().focusWidget() is page.workshop.table, "not a test of another claim"
    assert desk.workbench.undo() == "Tie value to a business figure"
    settle(desk)
    assert value_reading.account_views(desk.workbench.reads, BARE, NOW.date()) == ()


def test_the_guide_refuses_in_place_and_takes_own_words(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=BARE, screen="guide")
    guide = page.guide
    guide.words.edit.setText("Complaints of their guests")
    assert guide.table.facts.rows == ()
    assert guide.mechanism.edit.text() == ""
    guide.tie()
    assert "how we contribute" in guide.mechanism.problem.text()
    guide.mechanism.edit.setText("Rooms are ready on time.")
    guide.ask.edit.clear()
    guide.tie()
    assert "no question" in guide.ask.problem.text()
    guide.ask.edit.setText("How many?")
    guide.task.setChecked(False)
    guide.tie()
    settle(desk)
    (line,) = view(desk, BARE).lines
    assert (line.title, line.mechanism, line.ask) == (
        "Complaints of their guests", "Rooms are ready on time.", "How many?",
    )  # fmt: skip


def test_the_head_is_edited_and_refused_where_typed(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    page.verbs()["edit_ledger"]()
    question = page.findChild(HeadQuestion)
    assert question is not None
    assert question.rate.edit.text() == "10%"
    question.years.edit.setText("99")
    question.rate.edit.setText("200%")
    question.answer()
    assert "whole years" in question.years.problem.text()
    assert "between 0 and 100%" in question.rate.problem.text()
    question.years.edit.setText("5")
    question.rate.edit.setText("8%")
    question.answer()
    settle(desk)
    assert (view(desk).head.years, str(view(desk).head.rate)) == (5, "0.08")
    assert "5 years at 8%" in page.body.figures.made[1].text()


def test_ledgers_are_added_copied_chosen_and_thrown_away(make_page: Make, desk: Desk, settle: Settle) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    told: list[Told] = []
    desk.told.connect(told.append)
    page.menu.copy()
    question = page.findChild(HeadQuestion)
    assert question is not None
    assert question.currency.isHidden()
    question.name.edit.setText("Next year")
    question.answer()
    settle(desk)
    assert told[-1].second.startswith("Next year. Paid once, so not in the copy: ")
    assert page.view is not None
    assert page.view.head.name == "Next year"
    assert page.ledgers.isVisible()
    assert page.view.outcome.proven, "graded lines still count; the agreement is of the old period"
    names = [page.ledgers.itemText(n) for n in range(page.ledgers.count())]
    assert len({name[:11] for name in names}) == len(names) > 1, "told apart by their first day"
    page.menu.delete()
    settle(desk)
    assert told[-1].undo
    assert [line.entity for line in trash.lines(desk.workbench.reads, NOW)] == ["value_ledger"]
    assert page.view is not None
    assert page.view.head.name != "Next year"
    assert not page.ledgers.isVisible()
    page.menu.new()
    fresh = page.findChildren(HeadQuestion)[-1]
    fresh.name.edit.setText("Other")
    fresh.currency.edit.setText("")
    fresh.answer()
    settle(desk)
    assert page.view.head.name == "Other"
    assert page.view.head.currency == "JPY"


def test_neighbours_refuse_units_rates_and_crossed_bounds(make_page: Make, desk: Desk) -> None:
    page = make_page(ValuePage, account_id=PROVEN)
    rework = next(one for one in view(desk).lines if "-" in one.formula)
    page.body.open_line_of(rework.id)
    editor = page.body.editor
    table = editor.inputs

    def refused(row: int, key: str, text: str) -> str:
        return table.refused(table.facts.index(row, table.facts.place(key)), text)

    assert "cannot be added" in refused(0, "unit", "people")
    assert "no exchange rate from CHF" in refused(3, "unit", "CHF/piece")
    assert refused(3, "unit", "EUR/piece") == "", "the sample has a rate for euros"
    assert "above the high" in refused(1, "low", "999")
    assert refused(1, "low", "16") == ""
    field = editor.texts["formula"]
    field.edit.setText("rework_before + cost_each")
    field.edit.commit()
    assert "cannot be added" in field.said.text()
    assert view(desk).lines[1].formula == rework.formula


def test_the_portfolio_shows_who_presses(make_page: Make, desk: Desk, qtbot: QtBot) -> None:
    page = make_page(ValuePage)
    whole = len(page.portfolio.model.rows)
    page.portfolio.which.choose("near")
    rows = page.portfolio.model.rows
    assert 0 < len(rows) < whole
    assert all(row.presses(NOW.date()) for row in rows)
    page.portfolio.which.choose("open")
    assert not any(row.proven for row in page.portfolio.model.rows)
    assert "counted a year" in page.portfolio.sums.text()
    assert f"{len(rows)} accounts without a line that counts" in page.portfolio.sums_about.text()
    page.portfolio.words.setText("nobody of that name")
    assert page.portfolio.nothing.isVisible()


@pytest.mark.parametrize("name", ["<img src=x>", "\u202etxt.exe", "長" * 10_000])
def test_names_are_text_on_every_screen(make_page: Make, desk: Desk, name: str) -> None:
    with desk.workbench.change("Rename") as db:
        db.execute("update value_line set title = ?, ask = ?, missing = ?, mechanism = ?", (name,) * 4)
        db.execute("update value_input set label = ?, source = ?", (name, name))
        db.execute("update person set name = ?", (name,))
        db.execute("update value_ledger set name = ?", (name,))
    page = make_page(ValuePage, account_id=PROVEN)
    page.split.show_working(f"line:{view(desk).lines[0].id}")
    page.grab()
    page.open_tests()
    page.grab()
    assert page.workshop.card.heading.textFormat() == Qt.TextFormat.PlainText
    page.open_guide()
    page.grab()
