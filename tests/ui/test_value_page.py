"""The value page: the portfolio of value, a ledger started, filled, graded, exported; refusals where typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import pack_archive, value_choices, value_heads, value_ledgers, value_reading
from cs_workbench.services.value_follow import Followable
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.models.value_model import BenefitLine, Group, shown
from cs_workbench.ui.pages.value import ValuePage, figures, reading
from cs_workbench.ui.pages.value import exporting as exporting_module
from cs_workbench.ui.pages.value.evidence import EvidenceQuestion
from cs_workbench.ui.pages.value.ledger import warnings
from cs_workbench.ui.pages.value.questions import (
    BenefitQuestion,
    CostQuestion,
    ExportQuestion,
)
from cs_workbench.ui.widgets.fields import Choice

Settle = Callable[[Desk], None]
Make = Callable[..., ValuePage]
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
FIGURES = {"users": ("58", "people"), "hours": ("1.5", "hours/week/person"), "weeks": ("48", "weeks/year"),
           "price": ("3400", "JPY/hour"), "capture": ("50%", "%")}  # fmt: skip


@pytest.fixture
def ledger(desk: Desk) -> int:
    """A ledger of account 1: a benefit that counts, one that is potential, a cost at the start."""
    wb = desk.workbench
    made = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=dt.date(2027, 4, 1), now=NOW)
    for cost in value_reading.ledger_view(wb.reads, made, NOW.date()).costs:
        value_ledgers.remove(wb, "cost", cost.id)
    value_ledgers.add_cost(wb, made, "Set-up", "setup", "2000000 1000000")
    for title in ("Reports take less time", "Faster quotes"):
        line = value_ledgers.add_line(wb, made, title, "users * hours * weeks * price * capture")
        for row in value_reading.ledger_view(wb.reads, made, NOW.date()).inputs[line]:
            value, unit = FIGURES[row.name]
            value_ledgers.edit(wb, "input", row.id, "value", value, now=NOW)
            value_ledgers.edit(wb, "input", row.id, "unit", unit, now=NOW)
            if row.name == "capture":
                value_ledgers.edit(wb, "input", row.id, "low", "30%", now=NOW)
                value_ledgers.edit(wb, "input", row.id, "high", "70%", now=NOW)
        if title.startswith("Reports"):
            value_ledgers.edit(wb, "line", line, "confidence", "measured", now=NOW)
            value_ledgers.agree(wb, line, on=NOW.date(), person_id=None, now=NOW)
    return made


@pytest.fixture
def page(ledger: int, make_page: Make) -> ValuePage:
    return make_page(ValuePage, account_id=1)


def read(desk: Desk, ledger: int) -> LedgerView:
    return value_reading.ledger_view(desk.workbench.reads, ledger, NOW.date())


def benefits(page: ValuePage) -> list[str]:
    return [row.title for row in page.body.benefits.facts.rows]


def test_the_portfolio_puts_accounts_without_a_proven_line_first(ledger: int, make_page: Make) -> None:
    page = make_page(ValuePage)
    rows = page.portfolio.model.rows
    mine = next(row for row in rows if row.account_id == 1)
    words = {column.key: column.words(mine) for column in page.portfolio.model.columns}
    assert (words["proven"], words["evidence"]) == ("¥6.7M", "0% proved by fact, 0 records")
    proven = [row.proven for row in rows]
    assert proven == sorted(proven)
    open_ones = [row for row in rows if not row.proven]
    told = {column.key: column.words(open_ones[1]) for column in page.portfolio.model.columns}
    assert (told["evidence"], told["proven"]) == ("no ledger", "–")
    days = [row.deadline or dt.date.max for row in open_ones]
    assert days == sorted(days)
    assert page.header.fact.text() == f"{sum(proven)} of {len(rows)} accounts have a line that counts"


def test_search_and_enter_open_an_account(ledger: int, make_page: Make, desk: Desk, qtbot: QtBot) -> None:
    page = make_page(ValuePage)
    name = next(row.name for row in page.portfolio.model.rows if row.account_id == 1)
    page.portfolio.words.setText("nobody of that name")
    assert page.portfolio.nothing.isVisible()
    page.portfolio.words.setText(name)
    assert page.portfolio.table.chosen().account_id == 1
    page.activateWindow()
    page.portfolio.words.setFocus()
    QTest.keyClick(page.portfolio.words, Qt.Key.Key_Down)
    assert page.portfolio.table.hasFocus()
    with qtbot.waitSignal(desk.went) as went:
        qtbot.keyClick(page.portfolio.table, Qt.Key.Key_Return)
    assert went.args == ["value", {"account_id": 1}]


def test_the_ledger_says_its_key_figures(page: ValuePage) -> None:
    words = [figure.text() for figure in page.body.figures.figures]
    assert words[0] == "¥6.7M"
    assert all(word not in {"", "–"} for word in words[1:4])
    assert page.body.figures.made[0].text() == "1 of 2 lines count"
    assert [made.text() for made in page.body.figures.made[2:4]] == [
        page.body.figures.made[2].text(), "net ÷ cost",
    ]  # fmt: skip
    view = page.body.view
    assert view is not None
    assert view.outcome.result is not None
    assert page.body.figures.made[2].text() == (
        f"benefits {wording.money(view.outcome.result.benefits, 'JPY')} − costs {words[1]}"
    )
    QAbstractItemModelTester(page.body.benefits.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_benefits_stand_under_their_headings_and_the_keys_step_over_them(
    page: ValuePage, qtbot: QtBot
) -> None:
    assert benefits(page) == [
        "In the headline", "Reports take less time", "Potential, not counted", "Faster quotes",
    ]  # fmt: skip
    rows = page.body.benefits.facts.rows
    assert isinstance(rows[0], Group)
    assert isinstance(rows[1], BenefitLine)
    words = {column.key: column.words(rows[1]) for column in page.body.benefits.facts.columns}
    assert words["formula"] == "58 people × 1.5 h × 48 wk × ¥3,400 × 50%"
    assert (words["gross"], words["risk"], words["counts"]) == ("¥7,099,200", "−5%", "¥6,744,240")
    page.body.benefits.setFocus()
    chosen = page.body.benefits.benefit()
    assert chosen is not None
    assert chosen.title == "Reports take less time"
    qtbot.keyClick(page.body.benefits, Qt.Key.Key_Down)
    moved = page.body.benefits.benefit()
    assert moved is not None
    assert moved.title == "Faster quotes"
    page.verbs()["previous_row"]()
    assert page.body.benefits.benefit() == chosen


def test_enter_opens_a_benefit_and_escape_closes_it(page: ValuePage, qtbot: QtBot) -> None:
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, Qt.Key.Key_Return)
    assert page.body.editor.isVisible()
    assert page.body.editor.texts["formula"].edit.text() == "users * hours * weeks * price * capture"
    assert page.body.editor.texts["attribution"].edit.text() == "100%"
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, Qt.Key.Key_Escape)
    assert page.body.editor.isHidden()


@pytest.mark.parametrize(
    ("formula", "said", "wrong"),
    [
        ("users * hours * weeks * price", "= ¥14,198,400 a year", False),
        ("users * (hours", "not closed", True),
        ("users + price", "cannot be added", True),
        ("users * hours", "not an amount of money", True),
        ("users * margin", "no input named “margin” yet", False),
        ("users / (price - price)", "divides by zero", True),
        ("", "", False),
    ],
)
def test_a_formula_is_checked_while_it_is_typed(
    page: ValuePage, formula: str, said: str, wrong: bool
) -> None:
    page.body.open_line()
    sentence, red = page.body.editor.check(formula)
    assert said in sentence
    assert red is wrong
    page.body.editor.texts["formula"].edit.setText(formula)
    assert page.body.editor.texts["formula"].said.text() == sentence


def test_an_edit_is_kept_as_one_step_and_undone(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle, qtbot: QtBot
) -> None:
    page.body.open_line()
    field = page.body.editor.texts["mechanism"].edit
    field.setFocus()
    qtbot.keyClicks(field, "Reports fill themselves")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(desk)
    assert read(desk, ledger).lines[0].mechanism == "Reports fill themselves"
    desk.workbench.undo()
    settle(desk)
    assert read(desk, ledger).lines[0].mechanism == ""
    qtbot.waitUntil(lambda: field.text() == "")


def test_a_share_above_one_is_refused_where_it_is_typed(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle
) -> None:
    page.body.open_line()
    field = page.body.editor.texts["attribution"]
    field.edit.setText("180%")
    field.edit.commit()
    settle(desk)
    assert "between 0 and 100%" in field.said.text()
    assert read(desk, ledger).lines[0].attribution == "1"
    field.edit.restore()
    field.edit.setText("80%")
    field.edit.commit()
    settle(desk)
    assert read(desk, ledger).lines[0].attribution == "0.8"


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [("value", "-5", "negative"), ("value", "many", "no number"), ("unit", "bananas", "no unit"), ("value", "60", "")],
)  # fmt: skip
def test_inputs_are_refused_in_their_cell(page: ValuePage, key: str, text: str, why: str) -> None:
    page.body.open_line()
    table = page.body.editor.inputs
    said = table.refused(table.facts.index(0, table.facts.place(key)), text)
    assert why in said
    assert bool(said) is bool(why)


def test_an_input_edited_moves_the_figures(page: ValuePage, desk: Desk, ledger: int, settle: Settle) -> None:
    page.body.open_line()
    table = page.body.editor.inputs
    table.facts.setData(table.facts.index(0, table.facts.place("value")), "29")
    settle(desk)
    assert page.body.benefits.facts.columns[2].words(page.body.benefits.facts.rows[1]) == "¥3,549,600"


def test_an_input_follows_a_metric_and_stops(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle
) -> None:
    page.body.open_line()
    table = page.body.editor.inputs
    chosen = page.body.known.metrics[0]
    metric, name = chosen.id, chosen.name
    table.facts.setData(table.facts.index(0, table.facts.place("metric")), str(metric))
    settle(desk)
    line = read(desk, ledger).lines[0]
    assert read(desk, ledger).inputs[line.id][0].metric_id == metric
    assert table.facts.index(0, table.facts.place("metric")).data() == name
    table.facts.setData(table.facts.index(0, table.facts.place("metric")), "")
    settle(desk)
    assert read(desk, ledger).inputs[line.id][0].metric_id is None


def test_a_metric_in_another_unit_is_refused_where_it_is_chosen(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle
) -> None:
    page.body.open_line()
    table, known = page.body.editor.inputs, page.body.known
    calls = Followable(known.metrics[0].id, "API calls", "pieces")
    page.body.editor.known = replace(known, metrics=(calls,))
    place = next(n for n, row in enumerate(table.facts.rows) if row.unit == "JPY/hour")
    table.edit_cell(place, "metric")
    editor = table.findChild(Choice)
    assert editor is not None
    QTest.qWait(0)
    editor.hidePopup()
    editor.setCurrentIndex(editor.findData(str(calls.id)))
    editor.activated.emit(editor.currentIndex())
    settle(desk)
    said = editor.accessibleDescription()
    assert said.startswith("“API calls” is read in pieces, “price” is in JPY per hour:")
    assert editor.currentData() == ""
    line = read(desk, ledger).lines[0]
    assert [row.metric_id for row in read(desk, ledger).inputs[line.id]] == [None] * 5


def test_bounds_beside_today_s_reading_are_told_where_they_are_typed(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle
) -> None:
    page.body.open_line()
    editor = page.body.editor
    table, metric = editor.inputs, page.body.known.metrics[0].id
    table.facts.setData(table.facts.index(0, table.facts.place("metric")), str(metric))
    settle(desk)
    assert editor.outside.isHidden()
    row = read(desk, ledger).inputs[read(desk, ledger).lines[0].id][0]
    assert row.followed is not None
    table.facts.setData(table.facts.index(0, table.facts.place("low")), str(row.followed + 10))
    settle(desk)
    assert not editor.outside.isHidden()
    assert f"lies below its low figure {shown(row.followed + 10)}" in editor.outside.text()
    assert editor.outside.text() in warnings(read(desk, ledger))
    table.facts.setData(table.facts.index(0, table.facts.place("low")), "")
    settle(desk)
    assert editor.outside.isHidden()


def test_grades_and_agreement_decide_what_counts(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle
) -> None:
    page.body.open_line()
    page.body.editor.agreed_on.picked.emit(None)
    settle(desk)
    assert read(desk, ledger).outcome.proven == ()
    assert benefits(page)[0] == "Potential, not counted"
    for key, value in (("logic", "accepted"), ("fact", "proved")):
        page.body.editor.picks[key].picked.emit(value)
        settle(desk)
    assert len(read(desk, ledger).outcome.proven) == 1
    page.body.editor.agreed_by.picked.emit(page.body.known.people[0][0])
    settle(desk)
    line = next(one for one in read(desk, ledger).lines if one.agreed_on is not None)
    assert line.agreed_by == page.body.known.people[0][1]


def test_a_new_benefit_is_asked_for_and_opened(
    page: ValuePage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page.verbs()["new_row"]()
    question = page.findChild(BenefitQuestion)
    assert question is not None
    question.answer()
    assert "needs a name" in question.name.problem.text()
    question.name.edit.setText("Fewer errors")
    question.answer()
    settle(desk)
    qtbot.waitUntil(page.body.editor.isVisible)
    assert page.body.editor.heading.text() == "Fewer errors"
    assert "Left out" in benefits(page)
    assert "There is no formula yet." in page.body.notice.second.text()


def test_a_calculator_brings_formula_inputs_and_a_name(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle, qtbot: QtBot
) -> None:
    page.verbs()["new_row"]()
    question = page.findChild(BenefitQuestion)
    assert question is not None
    question.way.picked.emit("extra_revenue")
    assert question.kind.currentData() == "revenue"
    assert question.about.text() == "extra_deals × deal_value × gross_margin"
    question.answer()
    settle(desk)
    qtbot.waitUntil(page.body.editor.isVisible)
    assert page.body.editor.heading.text() == "Margin of extra deals"
    line = next(one for one in read(desk, ledger).lines if one.title == "Margin of extra deals")
    assert [row.name for row in read(desk, ledger).inputs[line.id]] == [
        "extra_deals",
        "deal_value",
        "gross_margin",
    ]


def test_nobody_agrees_on_a_day_that_cannot_be_read(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle, qtbot: QtBot
) -> None:
    page.body.benefits.choose(benefits(page).index("Faster quotes"))
    page.body.open_line()
    editor = page.body.editor
    editor.agreed_on.edit.setText("11/31")
    qtbot.keyClick(editor.agreed_on.edit, Qt.Key.Key_Return)
    assert editor.agreed_on.is_refused
    editor.agreed_by.picked.emit(page.body.known.people[0][0])
    settle(desk)
    line = next(one for one in read(desk, ledger).lines if one.title == "Faster quotes")
    assert (line.agreed_on, line.agreed_by) == (None, "")


def test_what_is_left_out_says_why(page: ValuePage, desk: Desk, ledger: int, settle: Settle) -> None:
    lines = read(desk, ledger).lines
    value_ledgers.edit(desk.workbench, "line", lines[1].id, "logic", "rejected", now=NOW)
    page.look_again()
    settle(desk)
    heads = [row.about for row in page.body.benefits.facts.rows if isinstance(row, Group)]
    assert heads[-1] == "logic rejected"
    value_ledgers.add_line(desk.workbench, ledger, "New", "x")
    page.look_again()
    settle(desk)
    heads = [row.about for row in page.body.benefits.facts.rows if isinstance(row, Group)]
    assert heads[-1] == "logic rejected, or not computable yet"


def test_removing_a_benefit_says_so_with_undo(
    page: ValuePage, desk: Desk, ledger: int, settle: Settle, qtbot: QtBot
) -> None:
    told: list[Told] = []
    desk.told.connect(told.append)
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, Qt.Key.Key_Delete)
    settle(desk)
    assert [line.title for line in read(desk, ledger).lines] == ["Faster quotes"]
    assert told[-1].undo
    assert told[-1].second == "Reports take less time"


def test_costs_are_added_edited_and_removed(page: ValuePage, desk: Desk, ledger: int, settle: Settle) -> None:
    page.body.ask_cost()
    question = page.findChild(CostQuestion)
    assert question is not None
    question.name.edit.setText("Training")
    question.amounts.edit.setText("-5")
    question.answer()
    assert "negative" in question.amounts.problem.text()
    question.amounts.edit.setText("300000")
    question.answer()
    settle(desk)
    assert [cost.title for cost in read(desk, ledger).costs] == ["Set-up", "Training"]
    costs = page.body.costs
    costs.facts.setData(costs.facts.index(1, costs.facts.place("amounts")), "400000 1")
    settle(desk)
    assert read(desk, ledger).costs[1].amounts == "400000 1"
    costs.choose(1)
    costs.setFocus()
    page.verbs()["delete"]()
    settle(desk)
    assert [cost.title for cost in read(desk, ledger).costs] == ["Set-up"]


def test_evidence_is_added(page: ValuePage, desk: Desk, ledger: int, settle: Settle) -> None:
    page.body.open_line()
    page.body.editor.ask_evidence()
    question = page.findChild(EvidenceQuestion)
    assert question is not None
    question.answer()
    assert question.text.problem.text()
    question.text.edit.setText("<img src=x>")
    question.answer()
    settle(desk)
    line = read(desk, ledger).lines[0]
    assert [row.text for row in read(desk, ledger).evidence[line.id]] == ["<img src=x>"]
    assert page.body.editor.evidence.isVisible()


def test_charts_agree_with_the_figures_and_have_tables(page: ValuePage, qtbot: QtBot) -> None:
    view = page.view
    assert view is not None
    assert view.outcome.result is not None
    falls = page.body.waterfall.falls
    assert Decimal(str(falls[-1].amount)) == pytest.approx(view.outcome.result.npv, rel=Decimal("1e-9"))
    assert page.body.waterfall.spans()[-2][1] == pytest.approx(falls[-1].amount)
    assert "is left after risk and cost" in page.body.fall_frame.title.text()
    assert len(page.body.fall_frame.facts.rows) == 5
    assert page.body.swing_frame.facts.rows[0].words[:3] == ("capture", "30%", "70%")
    swing = page.body.tornado.swings[0]
    assert swing.worse < page.body.tornado.middle < swing.better
    page.body.tornado.opened.emit(swing.opens)
    assert page.body.editor.isVisible()
    page.body.swing_frame.copy_data()
    assert "capture\t0.3\t0.7" in QGuiApplication.clipboard().text()


def test_a_save_leaves_the_benefit_where_it_stands(
    page: ValuePage, ledger: int, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    """What is added above it (here a benefit) does not push what is about to be pressed away."""
    page.resize(1200, 500)
    page.body.open_line()
    qtbot.waitUntil(page.body.editor.isVisible)
    bar = page.split.place._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400)
    bar.setValue(300)
    page.body.editor.add.setFocus()
    qtbot.wait(100)  # the opened benefit finds its height

    def seen() -> int:
        return page.body.editor.mapTo(page, page.body.editor.rect().topLeft()).y()

    before, top = seen(), page.body.editor.y()
    value_ledgers.add_line(desk.workbench, ledger, "One more", "x")
    settle(desk)
    qtbot.waitUntil(lambda: page.body.editor.y() > top + 40)
    qtbot.waitUntil(lambda: seen() == before)


def test_rows_are_copied(page: ValuePage) -> None:
    page.verbs()["copy_rows"]()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("Benefit\tFormula and inputs")


def test_an_account_without_a_ledger_starts_one(
    make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = make_page(ValuePage, account_id=2)
    assert page.begin.isVisible()
    assert page.first_focus() is None
    assert len(page.begin.models) == 5
    told: list[Told] = []
    desk.told.connect(told.append)
    page.begin.button.click()
    qtbot.waitUntil(lambda: page.view is not None)
    settle(desk)
    assert [(one.text, one.second, one.undo) for one in told] == [("Ledger started", "Value 2026", True)]
    assert page.view is not None
    assert page.view.head.currency == "JPY", "as the contracts, not as the portfolio"
    assert page.view.cost_troubles == {}
    assert page.body.no_line.isVisible()
    assert "new_row" in page.verbs()


def test_a_second_ledger_is_never_started_by_the_button(
    page: ValuePage, ledger: int, desk: Desk, settle: Settle
) -> None:
    page.start("")
    page.account_id, page.data = 2, None
    page.start("")
    settle(desk)
    assert [one.head.id for one in value_reading.account_views(desk.workbench.reads, 1, NOW.date())] == [
        ledger
    ]
    assert value_reading.account_views(desk.workbench.reads, 2, NOW.date()) == ()


def test_n_pressed_twice_starts_one_ledger_and_undo_takes_it_back(
    make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = make_page(ValuePage, account_id=2)
    start = page.verbs()["new_row"]
    for _press in range(3):
        start()
    settle(desk)
    qtbot.waitUntil(lambda: page.view is not None)
    assert len(value_reading.account_views(desk.workbench.reads, 2, NOW.date())) == 1
    assert page.begin.isEnabled()
    desk.tasks.write(desk.workbench.undo, saves=False)
    settle(desk)
    qtbot.waitUntil(lambda: page.view is None)
    assert page.begin.isEnabled()


def test_a_ledger_from_a_model_is_one_step(make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page = make_page(ValuePage, account_id=2)
    before = len(desk.workbench.history())
    page.start(page.models()[0].key)
    settle(desk)
    qtbot.waitUntil(lambda: page.view is not None and bool(page.view.lines))
    assert len(desk.workbench.history()) == before + 1


def test_what_could_not_be_started_can_be_tried_again(
    make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = make_page(ValuePage, account_id=2)
    with qtbot.waitSignal(desk.tasks.failed):
        page.start("no such model")
    settle(desk)
    assert page.view is None
    assert page.begin.isEnabled()


def test_a_model_brings_its_benefits(make_page: Make, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page = make_page(ValuePage, account_id=2)
    page.begin.models[0].click()
    qtbot.waitUntil(lambda: page.view is not None and bool(page.view.lines))
    settle(desk)
    assert page.view is not None
    before = len(page.view.lines)
    menu = page.menu.open()
    (models,) = [action.menu() for action in menu.actions() if action.menu() is not None]
    assert len(models.actions()) == 5
    models.actions()[1].trigger()
    settle(desk)
    assert len(page.view.lines) > before
    menu.close()


def test_the_workbook_is_written_and_its_folder_shown(
    page: ValuePage, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Told] = []
    opened: list[str] = []
    desk.told.connect(told.append)
    monkeypatch.setattr(exporting_module, "open_path", opened.append)
    page.exporting.ask()
    question = page.findChild(ExportQuestion)
    assert question is not None
    assert question.folder.edit.text()
    question.folder.edit.setText("")
    question.answer()
    assert question.folder.problem.text()
    question.folder.edit.setText(str(tmp_path / "out"))
    question.edition.chosen.emit("internal")
    question.answer()
    settle(desk)
    (path,) = (tmp_path / "out").iterdir()
    assert page.export.words() == "Export"
    assert path.suffix == ".xlsx"
    assert told[-1].second == path.name
    assert told[-1].on_link is not None
    told[-1].on_link()
    assert opened == [str(tmp_path / "out")]


def test_reading_the_portfolio_does_not_grow_with_accounts(desk: Desk, ledger: int) -> None:
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(desk.workbench.reads, name)

    value_choices.portfolio(Counting(), NOW.date())  # type: ignore[arg-type]
    assert len(asked) <= 20


@pytest.mark.parametrize("name", ["<img src=x>", "\u202etxt.exe", "長" * 10_000])
def test_names_are_text(ledger: int, make_page: Make, desk: Desk, name: str) -> None:
    with desk.workbench.change("Rename") as db:
        db.execute("update value_line set title = ?", (name,))
        db.execute("update account set name = ? where id = 1", (name,))
    page = make_page(ValuePage, account_id=1)
    page.body.open_line()
    page.grab()
    assert page.body.editor.heading.text() == name
    assert page.body.editor.heading.textFormat() == Qt.TextFormat.PlainText


def test_everything_is_said_in_japanese(page: ValuePage) -> None:
    i18n.set_language("ja")
    try:
        page.retranslate()
        assert page.header.title.text() == "価値台帳"
        assert page.add.words() != "Add benefit"
        assert page.body.benefits.facts.columns[2].words(page.body.benefits.facts.rows[1]) == "7,099,200円"
    finally:
        i18n.set_language("en")


def test_a_ledger_without_a_counted_line_is_not_measured_and_lost_years_are_said(desk: Desk) -> None:
    wb = desk.workbench
    made = value_heads.create(wb, 2, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    value_ledgers.add_cost(wb, made, "Licence", "other", "0 1000 1000 1000 9000000")
    for title in ("One", "Two"):
        line = value_ledgers.add_line(wb, made, title, "gain")
        (row,) = value_reading.ledger_view(wb.reads, made, NOW.date()).inputs[line]
        value_ledgers.edit(wb, "input", row.id, "value", "900", now=NOW)
        value_ledgers.edit(wb, "input", row.id, "unit", "JPY/year", now=NOW)
    view = value_reading.ledger_view(wb.reads, made, NOW.date())
    words = [figure for _name, figure, _made in figures.key_figures(view)]
    assert words[0] == "not measured yet"
    assert words[2:] == ["–"] * 4
    assert figures.waterfall(view)[0].title == "Nothing counts yet: only the cost is known"
    said = " ".join(warnings(view))
    assert "One, Two have the same formula and figures" in said
    assert "“Licence” has amounts after the last year" in said


def test_where_a_cost_is_not_known_no_net_is_drawn(desk: Desk) -> None:
    """Less cost would only look like a better return."""
    from cs_workbench.domain import sensitivity
    from tests.builders_value import add_ledger

    view = value_reading.ledger_view(desk.workbench.reads, add_ledger(desk.workbench, 1), NOW.date())
    moved = tuple(sensitivity.tornado(view.ledger))
    assert len(figures.waterfall(view)[1]) == 5
    assert figures.tornado(view, moved)[1]
    value_ledgers.add_cost(desk.workbench, view.head.id, "Licence", "other", "")
    view = value_reading.ledger_view(desk.workbench.reads, view.head.id, NOW.date())
    assert view.outcome.result is None
    caption, falls, _twin = figures.waterfall(view)
    assert caption.title.endswith("of value after risk; a cost is not known")
    assert [one.name for one in falls] == ["Gross benefit", "Risk adjustment", "After risk"]
    about, swings, table = figures.tornado(view, moved)
    assert (swings, table.rows) == ((), ())
    assert about.about == "A cost is not known: without it there is no net to move."


def test_documents_go_where_all_documents_go(desk: Desk, tmp_path: Path) -> None:
    wb = desk.workbench
    assert reading.read_account(wb, 1, NOW.date()).folder == pack_archive.default_folder()
    pack_archive.keep_folder(wb, str(tmp_path))
    assert reading.read_account(wb, 1, NOW.date()).folder == str(tmp_path)
