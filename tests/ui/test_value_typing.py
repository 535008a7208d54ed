"""Typing on the value page while the portfolio changes under it: whatever is being typed stays, and in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import tasks, value_heads, value_ledgers, value_reading
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.value import ValuePage
from cs_workbench.ui.pages.value.editor import LineEditor
from cs_workbench.ui.pages.value.head import HeadQuestion
from cs_workbench.ui.pages.value.questions import BenefitQuestion, CostQuestion
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import LineEdit

Settle = Callable[[Desk], None]
Make = Callable[..., ValuePage]
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def ledger(desk: Desk) -> int:
    """A ledger of account 1 with two benefits, two pieces of evidence, two costs."""
    i18n.set_language("en")
    wb = desk.workbench
    made = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=dt.date(2027, 4, 1), now=NOW)
    for cost in value_reading.ledger_view(wb.reads, made, TODAY).costs:
        value_ledgers.remove(wb, "cost", cost.id)
    value_ledgers.add_cost(wb, made, "Set-up", "setup", "2000000")
    value_ledgers.add_cost(wb, made, "Training", "training", "300000")
    for title in ("Reports take less time", "Faster quotes"):
        line = value_ledgers.add_line(wb, made, title, "hours * price")
        for text in ("Time sheet of June", "Mail of 3 July"):
            value_ledgers.add_evidence(wb, line, "record", text, on=TODAY, person_id=None)
    return made


@pytest.fixture
def page(ledger: int, make_page: Make, desk: Desk) -> ValuePage:
    made = make_page(ValuePage, account_id=1)
    made.activateWindow()
    made.body.open_line()
    return made


@pytest.fixture
def editor(page: ValuePage) -> LineEditor:
    assert page.body.editor.isVisible()
    return page.body.editor


def read(desk: Desk, ledger: int) -> LedgerView:
    return value_reading.ledger_view(desk.workbench.reads, ledger, TODAY)


def type_in(edit: QLineEdit, text: str, qtbot: QtBot) -> None:
    """As by hand: all of it replaced."""
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    assert edit.text() == text


def elsewhere(desk: Desk, page: ValuePage, settle: Settle, qtbot: QtBot) -> None:
    """A change of another table that the page reads again for."""
    before = page.data
    with desk.workbench.change("Rename account") as db:
        db.execute("update account set name = name || '.' where id = 1")
    qtbot.waitUntil(lambda: page.data is not before, timeout=10_000)
    settle(desk)


def open_cell(table: FactTable, row: int, key: str) -> QLineEdit:
    table.setFocus()
    table.edit_cell(row, key)
    found = table.indexWidget(table.currentIndex())
    assert isinstance(found, QLineEdit)
    return found


FIELDS = ("title", "mechanism", "formula", "attribution", "ramp", "baseline", "ask", "note")


@pytest.mark.parametrize("key", FIELDS)
def test_a_field_of_a_benefit(
    page: ValuePage, editor: LineEditor, desk: Desk, qtbot: QtBot, settle: Settle, key: str
) -> None:
    edit = editor.texts[key].edit
    type_in(edit, "hours * 12", qtbot)
    elsewhere(desk, page, settle, qtbot)
    assert edit.text() == "hours * 12"
    assert edit.hasFocus()


def test_a_field_that_was_refused_and_left(
    page: ValuePage, editor: LineEditor, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    field = editor.texts["attribution"]
    type_in(field.edit, "a lot", qtbot)
    editor.texts["note"].edit.setFocus()
    said = field.said.text()
    assert said
    elsewhere(desk, page, settle, qtbot)
    assert (field.edit.text(), field.said.text()) == ("a lot", said)
    field.edit.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.edit.text() == "100%"


def test_a_kept_field_shows_what_was_made_of_it(
    page: ValuePage, editor: LineEditor, ledger: int, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    edit = editor.texts["attribution"].edit
    type_in(edit, "0.5", qtbot)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edit.text() == "50%", timeout=10_000)
    settle(desk)
    assert any(str(line.attribution) == "0.5" for line in read(desk, ledger).lines)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: edit.text() == "100%", timeout=10_000)
    desk.workbench.redo()
    qtbot.waitUntil(lambda: edit.text() == "50%", timeout=10_000)


def test_what_was_refused_does_not_go_over_to_another_benefit(
    page: ValuePage, editor: LineEditor, ledger: int, desk: Desk, qtbot: QtBot
) -> None:
    type_in(editor.texts["attribution"].edit, "a lot", qtbot)
    page.body.benefits.setFocus()
    assert editor.line is not None
    first = editor.line.id
    page.body.benefits.step(1)
    assert editor.line is not None
    assert editor.line.id != first
    assert editor.texts["attribution"].edit.text() == "100%"


@pytest.mark.parametrize(
    ("table", "key"),
    [("inputs", "value"), ("inputs", "unit"), ("inputs", "low"), ("evidence", "text"), ("costs", "title"),
     ("costs", "amounts")],
)  # fmt: skip
def test_a_cell(page: ValuePage, desk: Desk, qtbot: QtBot, settle: Settle, table: str, key: str) -> None:
    shown = page.body.costs if table == "costs" else getattr(page.body.editor, table)
    edit = open_cell(shown, 1, key)
    type_in(edit, "1234", qtbot)
    elsewhere(desk, page, settle, qtbot)
    now = shown.indexWidget(shown.currentIndex())
    assert isinstance(now, QLineEdit)
    assert now.text() == "1234"
    assert now.hasFocus()


@pytest.mark.parametrize(("table", "key"), [("evidence", "text"), ("costs", "title"), ("costs", "amounts")])
@pytest.mark.parametrize("more", [True, False])
def test_a_cell_while_rows_come_and_go(
    page: ValuePage, ledger: int, desk: Desk, qtbot: QtBot, settle: Settle, table: str, key: str, more: bool
) -> None:
    shown: FactTable = page.body.costs if table == "costs" else page.body.editor.evidence
    edit = open_cell(shown, 1, key)
    mine = shown.chosen().id
    type_in(edit, "1234", qtbot)
    rows, wb = shown.facts.rows, desk.workbench
    if not more:
        value_ledgers.remove(wb, "cost" if table == "costs" else "evidence", rows[0].id)
    elif table == "costs":
        value_ledgers.add_cost(wb, ledger, "Hours", "internal", "1")
    else:
        assert page.body.editor.line is not None
        value_ledgers.add_evidence(
            wb, page.body.editor.line.id, "record", "One more", on=TODAY, person_id=None
        )
    qtbot.waitUntil(lambda: len(shown.facts.rows) != len(rows), timeout=10_000)
    settle(desk)
    now = shown.indexWidget(shown.currentIndex())
    assert isinstance(now, QLineEdit)
    assert (now.text(), shown.chosen().id) == ("1234", mine)
    qtbot.keyClick(now, Qt.Key.Key_Escape)
    assert shown.indexWidget(shown.currentIndex()) is None


def test_a_cell_whose_row_went_is_gone(
    page: ValuePage, ledger: int, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    costs = page.body.costs
    type_in(open_cell(costs, 1, "title"), "1234", qtbot)
    value_ledgers.remove(desk.workbench, "cost", costs.chosen().id)
    qtbot.waitUntil(lambda: costs.facts.rowCount() == 1, timeout=10_000)
    settle(desk)
    assert [one.title for one in read(desk, ledger).costs] == ["Set-up"]
    assert [one for one in costs.findChildren(QLineEdit) if one.isVisible()] == []


def test_the_day_of_the_agreement(
    page: ValuePage, editor: LineEditor, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    edit = editor.agreed_on.edit
    type_in(edit, "2026-11-0", qtbot)
    elsewhere(desk, page, settle, qtbot)
    assert edit.text() == "2026-11-0"
    editor.texts["note"].edit.setFocus()  # refused: it is no day
    elsewhere(desk, page, settle, qtbot)
    assert edit.text() == "2026-11-0"
    assert not editor.agreed_on.problem.isHidden()


@pytest.mark.parametrize("key", ["mechanism", "missing", "ask"])
def test_a_field_of_a_claim_in_the_workshop(
    page: ValuePage, desk: Desk, qtbot: QtBot, settle: Settle, key: str
) -> None:
    page.open_tests()
    edit = getattr(page.workshop.card, key).edit
    type_in(edit, "half a sentence", qtbot)
    elsewhere(desk, page, settle, qtbot)
    assert edit.text() == "half a sentence"


def test_the_head_and_the_questions(page: ValuePage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    for ask, kind, name in (
        (page.menu.edit, HeadQuestion, "name"),
        (page.new_benefit, BenefitQuestion, "name"),
        (page.body.ask_cost, CostQuestion, "name"),
    ):
        ask()
        (question,) = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
        ]
        edit = getattr(question, name)
        edit = getattr(edit, "edit", edit)
        type_in(edit, "Half a na", qtbot)
        elsewhere(desk, page, settle, qtbot)
        assert question.isVisible()
        assert edit.text() == "Half a na"
        question.close()


def test_a_task_added_elsewhere_does_not_even_make_it_read(
    page: ValuePage, editor: LineEditor, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    before = page.data
    type_in(editor.texts["note"].edit, "half a note", qtbot)
    tasks.add(desk.workbench, 1, "Call", now=NOW)
    qtbot.wait(50)
    settle(desk)
    assert page.data is before
    assert editor.texts["note"].edit.text() == "half a note"


def cell(table: FactTable, key: str) -> QModelIndex:
    return table.facts.index(0, table.facts.place(key))


def test_a_digit_on_a_figure_begins_it_anew_and_letters_stay_verbs(
    page: ValuePage, editor: LineEditor, desk: Desk, ledger: int, settle: Settle, qtbot: QtBot
) -> None:
    table = editor.inputs
    table.setFocus()
    table.setCurrentIndex(cell(table, "value"))
    qtbot.keyClicks(table, "4")
    field = table.indexWidget(table.currentIndex())
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "000")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.facts.rows[0].value == 4000, timeout=10_000)
    table.setCurrentIndex(cell(table, "value"))
    qtbot.keyClicks(table, "x")
    assert table.indexWidget(table.currentIndex()) is None
    table.setCurrentIndex(cell(table, "source"))
    qtbot.keyClicks(table, "4")
    assert table.indexWidget(table.currentIndex()) is None


def test_a_refused_unit_stays_in_its_cell_until_it_is_mended_or_given_up(
    page: ValuePage, editor: LineEditor, desk: Desk, ledger: int, settle: Settle, qtbot: QtBot
) -> None:
    table = editor.inputs
    table.edit_cell(0, "unit")
    field = table.indexWidget(cell(table, "unit"))
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "bananas")
    table.setCurrentIndex(cell(table, "low"))
    settle(desk)
    held = table.unkept.of(cell(table, "unit"))
    assert held is not None
    assert held[0] == "bananas"
    assert "no unit" in held[1]
    assert read(desk, ledger).inputs[editor.line.id][0].unit == ""
    table.edit_cell(0, "unit")
    field = table.indexWidget(cell(table, "unit"))
    assert isinstance(field, LineEdit)
    assert field.text() == "bananas"
    assert field.property("error")
    field.setText("枚/月")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.facts.rows[0].unit == "枚/月", timeout=10_000)
    assert table.unkept.of(cell(table, "unit")) is None
    table.edit_cell(0, "unit")
    again = table.indexWidget(cell(table, "unit"))
    assert isinstance(again, QLineEdit)
    qtbot.keyClicks(again, "furlongs")
    table.setCurrentIndex(cell(table, "low"))
    table.edit_cell(0, "unit")
    last = table.indexWidget(cell(table, "unit"))
    assert isinstance(last, QLineEdit)
    assert last.text() == "furlongs"
    qtbot.keyClick(last, Qt.Key.Key_Escape)
    assert table.unkept.of(cell(table, "unit")) is None
