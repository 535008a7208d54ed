"""The Plan tab: an outline written from the keyboard, refused in place, with dates, versions and templates."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import drafts, plan_reading, plan_versions, plans
from cs_workbench.services.plan_reading import PlanView
from cs_workbench.services.plans import Ref
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.plan_model import DUE, OWNER, STATUS, TITLE, WAY, Pending, PlanModel
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.plan import PlanTab
from cs_workbench.ui.widgets.gantt import Bar, Gantt
from tests.builders_plans import NOW, TODAY, aoba_plan, large_plan

Make = Callable[..., Any]
Settle = Callable[[Desk], None]
KEY = Qt.Key


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Without the sample's own plans."""
    with desk.workbench.change("empty") as db:
        db.execute("delete from success_plan")
        db.forget_history()
    return desk


@pytest.fixture
def tab(desk: Desk, make_page: Make, settle: Settle) -> PlanTab:
    """The Plan tab of account 1 with the plan of the mock-up."""
    aoba_plan(desk.workbench, 1)
    page = make_page(AccountPage, account_id=1, tab="plan")
    settle(desk)
    made = page.tabs["plan"]
    assert isinstance(made, PlanTab)
    made.tree.setFocus()
    return made


def view(desk: Desk) -> PlanView:
    found = plan_reading.first_view(desk.workbench.reads, 1, TODAY)
    assert found is not None
    return found


def newest(desk: Desk, table: str) -> int:
    return int(desk.workbench.reads.scalar(f"select max(id) from {table}"))


def outline(desk: Desk) -> list[str]:
    return ["  " * node.level + node.row.title for node in view(desk).nodes]


def field(tab: PlanTab) -> QLineEdit:
    """The field being typed in."""
    found = tab.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def on(tab: PlanTab, title: str) -> None:
    """Put the keyboard on a line."""
    for node in tab.model.nodes:
        if node.row.title == title:
            tab.tree.choose(node.ref)


def press(
    qtbot: QtBot, widget: QWidget, *keys: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    for key in keys:
        qtbot.keyClick(widget, key, modifier)


def test_the_tab_shows_the_plan(tab: PlanTab) -> None:
    rows = [[str(tab.model.index(row, column).data()) for column in (TITLE, OWNER, DUE, WAY, STATUS)]
            for row in range(tab.model.rowCount())]  # fmt: skip
    assert rows[0] == ["Rework on line 1 falls from 46 to 20", "Ishii", "31 Mar", "104%", "reached"]
    assert rows[2][0] == "Time for one report falls from 40 to 20 min"
    assert rows[2][3:] == ["25%", "behind"]
    assert rows[4][:3] == ["Collect ten reports as samples", "theirs: Morita", "27 Nov"]
    assert rows[7][3:] == ["−14%", "off track"]
    assert rows[8][4] == "4 d late"
    assert tab.head.purpose.text().startswith("“Stop fixing")
    assert tab.pane.title.text() == "Objective 1"


def test_enter_writes_siblings_one_after_the_other(
    qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle
) -> None:
    on(tab, "Training, line 3 night shift")
    press(qtbot, tab.tree, KEY.Key_Return)
    qtbot.keyClicks(field(tab), "Day shift")
    press(qtbot, field(tab), KEY.Key_Return)
    qtbot.keyClicks(field(tab), "Early shift")
    press(qtbot, field(tab), KEY.Key_Return)
    press(qtbot, field(tab), KEY.Key_Escape)
    settle(desk)
    at = outline(desk).index("  Training, line 3 night shift")
    assert outline(desk)[at + 1 : at + 3] == ["  Day shift", "  Early shift"]
    assert not tab.model.pending
    assert [step.name for step in desk.workbench.history()[:2]] == ["Add milestone", "Add milestone"]


def test_tab_in_a_new_line_makes_it_an_action(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    on(tab, "Training, line 3 night shift")
    press(qtbot, tab.tree, KEY.Key_Return)
    qtbot.keyClicks(field(tab), "Book the room")
    press(qtbot, field(tab), KEY.Key_Tab)
    assert field(tab).text() == "Book the room"
    press(qtbot, field(tab), KEY.Key_Backtab)
    press(qtbot, field(tab), KEY.Key_Tab)
    press(qtbot, field(tab), KEY.Key_Return)
    press(qtbot, field(tab), KEY.Key_Escape)
    settle(desk)
    assert "    Book the room" in outline(desk)


def test_an_empty_new_line_leaves_nothing(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    steps = len(desk.workbench.history())
    before = tab.model.rowCount()
    press(qtbot, tab.tree, KEY.Key_Return)
    assert tab.model.rowCount() == before + 1
    press(qtbot, field(tab), KEY.Key_Return)
    settle(desk)
    assert tab.model.rowCount() == before
    assert len(desk.workbench.history()) == steps


def test_tab_and_alt_arrows_rearrange(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    on(tab, "Training, line 3 night shift")
    press(qtbot, tab.tree, KEY.Key_Tab)
    settle(desk)
    assert "    Training, line 3 night shift" in outline(desk)
    press(qtbot, tab.tree, KEY.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    settle(desk)
    chosen = tab.tree.chosen()
    assert chosen is not None
    assert chosen.row.title == "Training, line 3 night shift"
    assert outline(desk)[5] == "    Training, line 3 night shift"
    press(qtbot, tab.tree, KEY.Key_Backtab)
    settle(desk)
    assert "  Training, line 3 night shift" in outline(desk)


def test_space_ticks_and_delete_removes_with_undo(
    qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle
) -> None:
    on(tab, "Collect ten reports as samples")
    press(qtbot, tab.tree, KEY.Key_Space)
    settle(desk)
    chosen = tab.tree.chosen()
    assert chosen is not None
    assert chosen.row.status == "done"
    on(tab, "Templates for lines 1–3")
    told: list[Any] = []
    desk.told.connect(told.append)
    press(qtbot, tab.tree, KEY.Key_Delete)
    settle(desk)
    assert len(tab.model.nodes) == 7
    assert told[-1].undo
    desk.tasks.write(desk.workbench.undo)
    settle(desk)
    qtbot.waitUntil(lambda: len(tab.model.nodes) == 10)


def test_what_cannot_be_done_is_said_below_the_tree(
    qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle
) -> None:
    on(tab, "Time for one report")
    press(qtbot, tab.tree, KEY.Key_Tab)
    settle(desk)
    assert tab.below.trouble.isVisible()
    assert "stays at the top" in tab.below.trouble.words.text()
    press(qtbot, tab.tree, KEY.Key_Space)
    settle(desk)
    assert not tab.below.trouble.isVisible()


def test_a_date_that_is_none_is_refused_where_it_is_typed(qtbot: QtBot, desk: Desk, tab: PlanTab) -> None:
    on(tab, "Templates for lines 1–3")
    index = tab.tree.currentIndex().siblingAtColumn(DUE)
    tab.tree.setCurrentIndex(index)
    tab.tree.edit(index)
    edit = field(tab)
    edit.setText("2026-10-01")
    press(qtbot, edit, KEY.Key_Return)
    assert edit.property("error")
    assert "ends before" in edit.accessibleDescription() or "end before" in edit.accessibleDescription()
    press(qtbot, edit, KEY.Key_Escape)
    assert view(desk).nodes[3].row.due_on == dt.date(2026, 12, 12)


def test_the_sentence_is_edited_in_its_words(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    on(tab, "Time for one report")
    sentence = tab.pane.sentence
    target = sentence.fields["target"]
    target.setFocus()
    target.selectAll()
    qtbot.keyClicks(target, "15")
    press(qtbot, target, KEY.Key_Return)
    settle(desk)
    assert view(desk).objectives[1].row.target == 15
    target.selectAll()
    qtbot.keyClicks(target, "40")
    press(qtbot, target, KEY.Key_Return)
    assert "nothing to reach" in sentence.trouble.words.text()
    target.selectAll()
    qtbot.keyClicks(target, "60")
    press(qtbot, target, KEY.Key_Return)
    assert "is to fall" in sentence.trouble.words.text()
    sentence.trouble.remedy.click()
    settle(desk)
    row = view(desk).objectives[1].row
    assert (row.target, row.direction) == (60, "up")


def test_a_reading_is_added_beside_the_line(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    on(tab, "Time for one report")
    pane = tab.pane
    qtbot.keyClicks(pane.value, "30")
    qtbot.keyClicks(pane.day, "2030-01-01")
    press(qtbot, pane.day, KEY.Key_Return)
    assert "day to come" in pane.reading_trouble.words.text()
    pane.day.clear()
    press(qtbot, pane.value, KEY.Key_Return)
    settle(desk)
    assert pane.way.text() == "50% of the way"
    assert pane.value.text() == ""
    assert "30 min" in pane.chart.accessibleName()


def test_a_name_nobody_has_is_refused_beside_the_field(qtbot: QtBot, desk: Desk, tab: PlanTab) -> None:
    on(tab, "Time for one report")
    line = tab.pane.lists["objective"].lines["owner_theirs"]
    assert line.edit is not None
    line.edit.setFocus()
    qtbot.keyClicks(line.edit, "Nobody at all")
    press(qtbot, line.edit, KEY.Key_Return)
    assert not line.trouble.isHidden()
    assert view(desk).objectives[1].row.owner_theirs == ""


def test_typing_is_a_draft_until_it_is_kept(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    on(tab, "Templates for lines 1–3")
    press(qtbot, tab.tree, KEY.Key_F2)
    press(qtbot, field(tab), KEY.Key_End)
    qtbot.keyClicks(field(tab), " and 4")
    tab.draft.flush()
    settle(desk)
    assert "and 4" in drafts.draft(desk.workbench.reads, "plan:1")
    press(qtbot, field(tab), KEY.Key_Return)
    settle(desk)
    assert view(desk).nodes[3].row.title == "Templates for lines 1–3 and 4"
    assert drafts.draft(desk.workbench.reads, "plan:1") == ""


def test_words_of_a_window_that_went_away_come_back(
    qtbot: QtBot, desk: Desk, make_page: Make, settle: Settle
) -> None:
    plan = aoba_plan(desk.workbench, 1)
    first = plan_reading.plan_view(desk.workbench.reads, plan, TODAY).objectives[0].row.id
    left = json.dumps({"how": "after", "kind": "objective", "id": first, "text": "Half a thou"})
    drafts.keep(desk.workbench, "plan:1", left, now=NOW)
    tree = make_page(AccountPage, account_id=1, tab="plan").tabs["plan"].tree
    settle(desk)
    assert tree.is_typing()
    assert tree.editor().text() == "Half a thou"
    qtbot.keyClicks(tree.editor(), "ght")
    press(qtbot, tree.editor(), KEY.Key_Return)
    settle(desk)
    assert "Half a thought" in outline(desk)
    assert (
        plan_reading.plan_view(desk.workbench.reads, plan, TODAY).objectives[1].row.title == "Half a thought"
    )


def test_leaving_a_field_keeps_it(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    on(tab, "Templates for lines 1–3")
    press(qtbot, tab.tree, KEY.Key_F2)
    field(tab).setText("Templates for line 1")
    tab.pane.value.setFocus()
    tab.pane.lists["item"].lines["title"].setFocus()
    settle(desk)
    assert view(desk).nodes[3].row.title == "Templates for line 1"


def test_arrows_fold_and_open_the_pane(qtbot: QtBot, tab: PlanTab) -> None:
    on(tab, "Time for one report")
    shown = tab.model.rowCount()
    press(qtbot, tab.tree, KEY.Key_Left)
    assert tab.model.rowCount() == shown - 4
    press(qtbot, tab.tree, KEY.Key_Right)
    assert tab.model.rowCount() == shown
    on(tab, "Collect ten reports as samples")
    press(qtbot, tab.tree, KEY.Key_Left)
    chosen = tab.tree.chosen()
    assert chosen is not None
    assert chosen.row.title == "Templates for lines 1–3"
    press(qtbot, tab.tree, KEY.Key_Right)
    assert tab.pane.isVisible()
    assert tab.pane.isAncestorOf(tab.window().focusWidget())


def test_dates_are_bars_with_words(qtbot: QtBot, tab: PlanTab) -> None:
    tab.head.views.choose("dates")
    assert len(tab.gantt.bars) == 10
    assert [bar.tone for bar in tab.gantt.bars].count("late") == 1
    assert "15 Dec 2026" in next(bar.words for bar in tab.gantt.bars if bar.title.startswith("Training"))
    tab.gantt.setFocus()
    press(qtbot, tab.gantt, KEY.Key_Down, KEY.Key_Return)
    chosen = tab.tree.chosen()
    assert chosen is not None
    assert chosen.ref == tab.gantt.bars[1].key


def test_a_review_keeps_a_version_and_shows_what_moved(
    qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle
) -> None:
    tab.head.views.choose("versions")
    assert tab.review.empty.isVisible()
    tab.head.review.click()
    settle(desk)
    assert not tab.review.empty.isVisible()
    plans.add(desk.workbench, newest(desk, "success_plan"), "New aim", now=NOW)
    settle(desk)
    qtbot.waitUntil(lambda: [one.title for one in tab.review.model.rows] == ["New aim"])
    assert "version 1" in tab.head.fact.text()


def test_an_account_without_a_plan_is_offered_templates(desk: Desk, make_page: Make, settle: Settle) -> None:
    page = make_page(AccountPage, account_id=2, tab="plan")
    tab = page.tabs["plan"]
    assert len(tab.chooser.buttons) >= 4
    tab.chooser.buttons["operations"].click()
    settle(desk)
    assert tab.model.rowCount() > 5
    assert tab.stack.currentWidget() is tab.split
    desk.tasks.write(desk.workbench.undo)
    settle(desk)
    assert tab.stack.currentWidget() is tab.chooser
    tab.chooser.empty.click()
    settle(desk)
    assert tab.model.rowCount() == 0
    assert tab.view.head.name == "Success plan 2026"


def test_risks_and_promises_stand_below(qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle) -> None:
    assert tab.below.model.rows[0].response == "Meet Mr Saeki by 11 Dec"
    tab.below.add_risk.click()
    settle(desk)
    assert len(tab.below.model.rows) == 2
    tab.below.model.ticked.emit(tab.below.model.rows[0], True)
    settle(desk)
    assert view(desk).risks[0].shareable


def test_the_tab_speaks_japanese(desk: Desk, tab: PlanTab) -> None:
    i18n.set_language("ja")
    try:
        tab.retranslate()
        words = {key: line.word.text() for key, line in tab.pane.lists["item"].lines.items()}
        assert (words["title"], words["starts_on"]) == (
            "件名",
            "開始日",
        )  # not a person's rank, not "at the start"
        assert tab.head.review.words() != "Review"
    finally:
        i18n.set_language("en")
        tab.retranslate()


HOSTILE = ["<img src=x onerror=alert(1)>", "\u202eabc", "x" * 10_000]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_titles_are_only_shown(
    qtbot: QtBot, desk: Desk, tab: PlanTab, settle: Settle, name: str
) -> None:
    plan = newest(desk, "success_plan")
    plans.edit(desk.workbench, "objective", newest(desk, "objective"), "title", name, now=NOW)
    plans.edit(desk.workbench, "plan", plan, "purpose", name, now=NOW)
    plan_versions.review(desk.workbench, plan, name, now=NOW)
    settle(desk)
    qtbot.waitUntil(lambda: name.strip("\u202e")[:50] in tab.head.purpose.text())
    assert "\u202e" not in tab.head.purpose.text()
    for key in ("steps", "dates", "versions"):
        tab.head.views.choose(key)
        settle(desk)
        assert not tab.grab().isNull()


def test_the_model_tells_only_what_moved(desk: Desk) -> None:
    plan = large_plan(desk.workbench, 3, 50)
    nodes = plan_reading.plan_view(desk.workbench.reads, plan, TODAY).nodes
    model = PlanModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fill(nodes)
    told: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _p, first, last: told.append((first, last)))
    model.rowsInserted.connect(lambda _p, first, last: told.append((first, last)))
    model.fill((*nodes[:7], *nodes[8:]))
    model.fill(nodes)
    assert told == [(7, 7), (7, 7)]
    pending = Pending("after", nodes[1].ref, 1)
    assert model.begin(pending) == 2
    assert model.index(2, TITLE).data() == ""
    pending.title, pending.ref = "stored", Ref("item", 999)
    model.drop(pending)
    model.fold(nodes[0].ref, folded=True)
    assert model.rowCount() == 41
    model.fill(())
    assert model.rowCount() == 0


def test_the_gantt_places_days_in_order(shown: Callable[[QWidget], QWidget]) -> None:
    gantt = Gantt()
    gantt.show_bars((Bar(1, "A", 0, dt.date(2026, 4, 1), dt.date(2027, 3, 31), "open", "A"),
                     Bar(2, "B", 1, None, None, "open", "no date")), TODAY, None, None)  # fmt: skip
    gantt.resize(900, 200)
    shown(gantt)
    assert gantt.x_of(dt.date(2026, 4, 1)) < gantt.x_of(TODAY) < gantt.x_of(dt.date(2027, 3, 31)) < 900
    assert gantt.sizeHint().height() > 60
    assert not gantt.grab().isNull()
