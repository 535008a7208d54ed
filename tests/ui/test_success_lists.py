"""The Success page's lists: plans, onboarding, lifecycle and training, driven by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.lifecycle import Criterion, StageRule
from cs_workbench.services import lifecycle_rules, onboarding, onboarding_reading, plans, training
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.onboarding_start import StartSheet
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.success import SuccessPage
from cs_workbench.ui.pages.success.onboarding import OnboardingView
from cs_workbench.ui.pages.success.onboarding_decide import DecideSheet
from cs_workbench.ui.pages.success.plans import PlansView
from cs_workbench.ui.pages.success.stages import StagesView
from cs_workbench.ui.pages.success.stages_criteria import CriteriaSheet
from cs_workbench.ui.pages.success.training import TrainingView
from cs_workbench.ui.widgets.two_lines import broken
from tests.ui.conftest import NOW

KEY = Qt.Key
TODAY = NOW.date()
HOSTILE = "<img src=x onerror=alert(1)>\u202e" + "長" * 10_000
Settle = Callable[[Desk], None]


@pytest.fixture
def go(window: MainWindow, desk: Desk, settle: Settle) -> Callable[..., QWidget]:
    """Show a view of the Success page in the window."""

    def show(view: str, **arguments: object) -> QWidget:
        window.go("success", view=view, **arguments)
        settle(desk)
        page = window.findChild(SuccessPage)
        assert isinstance(page, SuccessPage)
        return page.views[view]

    return show


def sole(window: MainWindow, kind: type[QWidget]) -> QWidget:
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def test_plans_are_listed_filtered_and_opened(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    plan = plans.create(desk.workbench, 13, "Fewer faults", purpose="Stop fixing twice", now=NOW)
    ref = plans.add(desk.workbench, plan, "Rework", now=NOW)
    plans.edit_fields(desk.workbench, "objective", ref.id, {"baseline": "40", "target": "20"}, now=NOW)
    plans.add_reading(desk.workbench, ref.id, TODAY, 35, now=NOW)
    view = go("plans", account_id=13)
    assert isinstance(view, PlansView)
    chosen = view.table.chosen()
    assert (chosen.row.account_id, chosen.progress, chosen.goal) == (13, 0.25, "Stop fixing twice")
    assert "under way" in view.fact()
    view.words.setText("stop fixing twice")
    assert [row.id for row in view.model.rows] == [plan]
    view.words.setText("nothing of the kind")
    assert view.nothing.isVisible()
    qtbot.keyClick(view.nothing.button, KEY.Key_Space)
    assert view.table.isVisible()
    view.words.setText("stop fixing twice")
    view.copy()
    assert "25%" in QGuiApplication.clipboard().text()
    paper = view.printable()
    assert paper is not None
    assert len(paper.rows) == 1
    with qtbot.waitSignal(desk.went) as went:
        view.table.setFocus()
        qtbot.keyClick(view.table, KEY.Key_Return)
    assert went.args[1] == {"account_id": 13, "tab": "plan"}


def test_every_overdue_plan_says_its_state_and_sentences_have_two_lines(
    window: MainWindow, desk: Desk, go: Callable[..., QWidget]
) -> None:
    window.resize(1440, 900)
    view = go("plans")
    assert isinstance(view, PlansView)
    states = [view.model.index(n, view.model.place("state")).data() for n in range(view.model.rowCount())]
    told = {one.partition(" · ")[0] for one in states if "overdue" in one}
    assert told
    assert not any("overdue" in one for one in told)
    assert all(
        view.table.rowHeight(n) >= 2 * themes.current().line("small") for n in range(view.model.rowCount())
    )
    cell = view.table.columnWidth(view.model.place("goal")) - 2 * themes.current().px(12)
    shown = [broken(row.goal, "small", cell) for row in view.model.rows]
    whole = [lines for lines in shown if _width(lines[-1]) <= cell]
    assert len(whole) > len(shown) * 2 / 3, "most goals can be read"


def _width(text: str) -> int:
    return QFontMetrics(themes.current().font("small")).horizontalAdvance(text)


def test_how_long_in_the_stage_stands_at_the_right_as_figures_do(go: Callable[..., QWidget]) -> None:
    view = go("stages")
    assert isinstance(view, StagesView)
    assert view.model.columns[view.model.place("days")].right


def test_starting_an_onboarding_can_be_cancelled_with_a_button(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    go("onboarding")
    desk.act("new_row")
    settle(desk)
    sheet = sole(window, StartSheet)
    assert isinstance(sheet, StartSheet)
    assert sheet.keep.keys == "Ctrl ↵"
    assert sheet.account.edit.placeholderText() != sheet.account.edit.accessibleName()
    qtbot.keyClick(sheet.stay, KEY.Key_Space)
    assert not sheet.isVisible()


def test_an_onboarding_from_start_to_decision_by_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("onboarding")
    assert isinstance(view, OnboardingView)
    view.table.setFocus()
    desk.act("new_row")
    settle(desk)
    sheet = sole(window, StartSheet)
    assert isinstance(sheet, StartSheet)
    qtbot.keyClicks(sheet.account.edit, "no such account")
    sheet.answer()
    assert sheet.account.problem.isVisible()
    sheet.account.edit.setText("Hexley & Dune Architects")
    sheet.template.choose("days_30")
    assert "8 steps" in sheet.ends.text()
    qtbot.keyClick(sheet.keep, KEY.Key_Space)
    settle(desk)
    view = go("onboarding", account_id=27)
    run = view.chosen()
    assert run is not None
    assert (run.row.account, len(run.items)) == ("Hexley & Dune Architects", 8)
    qtbot.keyClick(view.table, KEY.Key_Return)
    checklist = view.card.list
    assert window.focusWidget() is checklist
    qtbot.keyClick(checklist, KEY.Key_Space)
    settle(desk)
    assert view.chosen().done == 1
    qtbot.keyClick(checklist, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(desk)
    qtbot.keyClicks(view.card.line, "Extra step")
    qtbot.keyClick(view.card.line, KEY.Key_Return)
    settle(desk)
    assert [one.title for one in view.chosen().items][-1] == "Extra step"
    desk.tasks.write(desk.workbench.undo)
    settle(desk)
    assert len(view.chosen().items) == 8
    view.deeds()["decide"]()
    decide = sole(window, DecideSheet)
    assert isinstance(decide, DecideSheet)
    decide.answer()
    assert decide.reason.problem.isVisible()
    qtbot.keyClicks(decide.reason.edit, "They already work with it")
    qtbot.keyClicks(decide.follow_up.edit, "Train the rest")
    qtbot.keyClick(decide.keep, KEY.Key_Space)
    settle(desk)
    closed = onboarding_reading.latest_of(desk.workbench.reads, 27, TODAY)
    assert closed is not None
    assert closed.outcome == "went_on"
    assert desk.workbench.reads.scalar("select count(*) from task where title = 'Train the rest'") == 1


def test_what_stands_in_the_pane_is_edited_there(
    qtbot: QtBot, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("onboarding", account_id=8)
    assert isinstance(view, OnboardingView)
    run = view.chosen()
    assert run is not None
    assert view.card.buttons["decide"].kind == "filled"  # past its end
    item = run.items[0]
    assert view.acts.refusal(item, "due_on", "someday")
    assert not view.acts.refusal(item, "due_on", "+3")
    view.acts.edit(item, "title", "Another title")
    settle(desk)
    assert view.chosen().items[0].title == "Another title"
    view.card.list.deleted.emit(view.chosen().items[-1])
    settle(desk)
    assert len(view.chosen().items) == len(run.items) - 1
    question = view.acts.ask_value(run, view.card.buttons["value"])
    question.answer()
    settle(desk)
    assert view.chosen().row.first_value_on == TODAY
    view.deeds()["finish"]()
    settle(desk)
    assert onboarding_reading.latest_of(desk.workbench.reads, 8, TODAY).row.finished_on == TODAY
    view.which.setCurrentIndex(2)
    view.filter_rows()
    view.want(run.row.account_id)
    view.deeds()["reopen"]()
    settle(desk)
    view.which.setCurrentIndex(0)
    view.filter_rows()
    view.want(run.row.account_id)
    view.delete_row()
    settle(desk)
    assert onboarding_reading.latest_of(desk.workbench.reads, 8, TODAY) is None


def test_cohorts(qtbot: QtBot, desk: Desk, go: Callable[..., QWidget]) -> None:
    view = go("onboarding")
    assert isinstance(view, OnboardingView)
    view.shape.choose("cohorts")
    assert view.cohorts.isVisible()
    quarters = len(view.cohorts.model.rows)
    view.cohorts.cut.choose("month")
    assert len(view.cohorts.model.rows) >= quarters > 1
    assert sum(one.started for one in view.cohorts.model.rows) == len(view.rows or ())
    view.verbs()["copy_rows"]()
    assert "Median" in QGuiApplication.clipboard().text()
    paper = view.printable()
    assert paper is not None
    assert len(paper.rows) == len(view.cohorts.model.rows)
    assert view.first_focus() is view.cohorts.table


def test_a_proposal_is_confirmed_with_one_key(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("stages", which="proposed")
    assert isinstance(view, StagesView)
    proposed = len(view.model.rows)
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.proposal is not None
    view.table.setFocus()
    desk.act("done")
    settle(desk)
    stage = desk.workbench.reads.scalar("select stage from account where id = ?", (chosen.id,))
    assert stage == chosen.proposal.stage
    assert len(view.model.rows) == proposed - 1
    following = view.chosen()
    assert following is not None
    assert following.proposal is not None
    desk.tasks.write(desk.workbench.undo)
    settle(desk)
    assert len(view.model.rows) == proposed
    desk.act("snooze")
    settle(desk)
    assert len(view.model.rows) == proposed - 1
    view.all.click()
    settle(desk)
    assert desk.workbench.reads.scalar(
        "select count(*) from stage_move where moved_on = ?", (TODAY.isoformat(),)
    )
    assert view.found is not None
    assert not view.all.isEnabled() or view.found.proposals


def test_the_next_proposal_is_chosen_and_in_sight(
    window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("stages")
    assert isinstance(view, StagesView)
    view.table.setFocus()
    expected = [row.id for row in view.model.rows if row.proposal is not None and row.put_off is None]
    view.table.choose(1)
    settled = []
    for verb in ("done", "snooze", "done"):
        chosen = view.chosen()
        assert chosen is not None
        settled.append(chosen.id)
        desk.act(verb)
        settle(desk)
        following = view.chosen()
        assert following is not None
        assert following.proposal is not None
        assert following.put_off is None
        row = view.table.visualRect(view.table.currentIndex())
        assert view.table.viewport().rect().contains(row.center())
    assert settled == expected[1:4]


def test_the_funnel_lists_and_the_pane_explains(
    qtbot: QtBot, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("stages")
    assert isinstance(view, StagesView)
    assert view.found is not None
    assert sum(one.step.accounts for one in view.found.funnel) == len(view.rows or ())
    box = next(one for one in view.funnel.boxes if one.step.key == "grow")
    box.setFocus()
    qtbot.keyClick(box, KEY.Key_Space)
    assert {row.stage for row in view.model.rows} == {"grow"}
    qtbot.keyClick(box, KEY.Key_Left)
    view.show_all()
    assert len(view.model.rows) == len(view.rows or ())
    menu = view.choose_stage()
    assert menu is not None
    assert menu.actions()
    menu.close()
    before = view.chosen_stage()
    view.move_to("won_back", "by hand")
    settle(desk)
    moved = desk.workbench.reads.one(
        "select from_stage, to_stage, reason from stage_move order by id desc limit 1"
    )
    assert moved == (before, "won_back", "by hand")


def test_criteria_are_edited_in_a_sheet(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("stages")
    assert isinstance(view, StagesView)
    sheet = view.edit_criteria("renewal")
    assert isinstance(sheet, CriteriaSheet)
    sheet.enter.rows[0].number.edit.setText("many")
    sheet.answer()
    assert sheet.enter.rows[0].number.problem.isVisible()
    sheet.enter.rows[0].number.edit.setText("30")
    sheet.leave.rows[0].cross.click()
    sheet.enter.add.click()
    sheet.usual.edit.setText("0")
    sheet.answer()
    assert sheet.usual.problem.isVisible()
    sheet.usual.edit.setText("")
    qtbot.keyClick(sheet.keep, KEY.Key_Space)
    settle(desk)
    kept = next(one for one in lifecycle_rules.rules(desk.workbench.reads) if one.key == "renewal")
    assert kept == StageRule(
        "renewal",
        ("adoption", "grow"),
        (Criterion("renewal_within", 30.0), Criterion("score_at_least", 70.0)),
    )
    again = view.edit_criteria("renewal")
    assert again is not None
    again.back.click()
    settle(desk)
    assert not lifecycle_rules.is_own(desk.workbench.reads, "renewal")


def test_a_session_by_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("training")
    assert isinstance(view, TrainingView)
    view.table.setFocus()
    desk.act("new_row")
    settle(desk)
    assert window.focusWidget() is view.card.title
    qtbot.keyClicks(view.card.title, "Night shift")
    qtbot.keyClick(view.card.title, KEY.Key_Return)
    settle(desk)
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.row.title == "Night shift"
    view.card.edited.emit("minutes", "long")
    assert view.card.problem.isVisible()
    view.card.edited.emit("minutes", "1:30")
    settle(desk)
    assert view.chosen().row.minutes == 90
    for account, who in (("Nobody at all", "3"), ("Hexley", "Nobody")):
        view.card.account.edit.setText(account)
        view.card.who.edit.setText(who)
        qtbot.keyClick(view.card.who.edit, KEY.Key_Return)
        settle(desk)
    assert view.card.account.problem.isVisible()
    assert view.card.who.problem.isVisible()
    view.card.who.edit.setText("12")
    qtbot.keyClick(view.card.who.edit, KEY.Key_Return)
    settle(desk)
    assert view.chosen().heads == 12
    view.card.list.setFocus()
    view.card.list.choose(0)
    qtbot.keyClick(view.card.list, KEY.Key_Space)
    settle(desk)
    assert view.chosen().completed == 0  # what was held counts as completed until said otherwise
    view.card.model.edited.emit(view.card.attendee(), "heads", "9")
    settle(desk)
    assert view.chosen().heads == 9
    qtbot.keyClick(view.card.list, KEY.Key_Delete)
    settle(desk)
    assert view.chosen().heads == 0
    view.table.setFocus()
    view.delete_row()
    settle(desk)
    assert "Night shift" not in [row.row.title for row in view.model.rows]


def test_coverage_leads_to_the_sessions_of_an_account(
    qtbot: QtBot, desk: Desk, settle: Settle, go: Callable[..., QWidget]
) -> None:
    view = go("training")
    assert isinstance(view, TrainingView)
    view.shape.choose("coverage")
    assert view.coverage.isVisible()
    shares = [row.trained / row.seats for row in view.coverage.model.rows if row.seats]
    assert shares == sorted(shares)
    view.verbs()["copy_rows"]()
    assert "Seats" in QGuiApplication.clipboard().text()
    assert view.printable() is not None
    name = next(row.account for row in view.coverage.model.rows if row.sessions)
    view.coverage.opened.emit(name)
    assert view.table.isVisible()
    assert view.model.rows
    assert all(name in row.accounts for row in view.model.rows)


@pytest.mark.parametrize("view", ["plans", "onboarding", "stages", "training"])
def test_empty_views_say_what_to_do(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget], view: str
) -> None:
    with desk.workbench.change("nobody") as db:
        db.execute("delete from account")
        db.execute("delete from training_session")
    shown = go(view)
    assert shown.empty.isVisible()
    assert shown.first_focus() is shown.empty.button
    assert shown.printable() is None
    assert shown.fact() in {"", "0 under way", "0 plans under way"}


@pytest.mark.parametrize("view", ["plans", "onboarding", "stages", "training"])
def test_hostile_names_stay_text_and_the_language_switches(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, desk: Desk, settle: Settle, go: Callable[..., QWidget],
    view: str,
) -> None:  # fmt: skip
    with desk.workbench.change("hostile") as db:
        db.execute("update account set name = ? where id = 8", (HOSTILE,))
    plans.create(desk.workbench, 8, "<b>plan</b>", purpose=HOSTILE, now=NOW)
    number = training.add(desk.workbench, HOSTILE[:200], held_on=TODAY)
    training.add_attendee(desk.workbench, number, 8, "3")
    shown = go(view, **({} if view == "training" else {"account_id": 8}))
    tester = ModelTester(shown.model)
    tester.check(shown.model)
    tester._cleanup()
    i18n.set_language("ja")
    qapp.sendEvent(shown, QEvent(QEvent.Type.LanguageChange))
    settle(desk)
    assert shown.table.accessibleName() != ""
    assert any("\u3040" < letter < "\u9fff" for letter in shown.words.placeholderText())
    assert shown.grab().width() > 0


def test_the_dialog_opens_for_the_account_shown(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.go("account", account_id=12)
    settle(desk)
    assert window.page is not None
    window.page.verbs()["start_onboarding"]()
    settle(desk)
    sheet = sole(window, StartSheet)
    assert isinstance(sheet, StartSheet)
    name = desk.workbench.reads.scalar("select name from account where id = 12")
    assert sheet.account.edit.text() == name
    onboarding.start(desk.workbench, 12, "days_30", starts_on=TODAY, language="en")
    sheet.answer()  # meanwhile somebody else began one: said at the field, the sheet stays
    settle(desk)
    assert sheet.account.problem.isVisible()
    sheet.reject()
