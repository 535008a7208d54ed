"""Success plans: written as named steps, refused where typed, read in a constant number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    plan_moves,
    plan_reading,
    plan_templates,
    plan_versions,
    plan_words,
    plans,
    portfolios,
    tasks,
)
from cs_workbench.services.plans import Entity, Place, Ref
from cs_workbench.services.workbench import Workbench
from tests.builders_plans import NOW, TODAY, aoba_plan, large_plan, objective, step
from tests.builders_store import add_account, add_metric, add_person, count, state

Fields = dict[str, str]


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
            add_account(db, "Birch")
            add_person(db, 1, "石井 健一")
            add_person(db, 1, "森田 由美")
            add_metric(db, "report_minutes")
            for day in range(20600, 20780, 3):
                db.execute("insert into reading (account_id, metric_id, day, value) values (1, 1, ?, ?)",
                           (day, 40 - (day - 20600) / 20))  # fmt: skip
        yield workbench


@pytest.fixture
def plan(wb: Workbench) -> int:
    """An empty plan of account 1."""
    return plans.create(wb, 1, "2026", starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2027, 3, 31), now=NOW)


def view(wb: Workbench, plan: int, as_of: dt.date = TODAY) -> plan_reading.PlanView:
    return plan_reading.plan_view(wb.reads, plan, as_of)


def outline(wb: Workbench, plan: int) -> list[str]:
    """The tree as indented titles."""
    return ["  " * node.level + node.row.title for node in view(wb, plan).nodes]


CHECKS = [(35.0, 0.25, "25%"), (45.0, -0.25, "−25%"), (20.0, 1.0, "100%"), (19.2, 1.04, "104%")]


@pytest.mark.parametrize(("current", "share", "words"), CHECKS)
def test_the_check_values_through_the_service(
    wb: Workbench, plan: int, current: float, share: float, words: str
) -> None:
    goal = objective(wb, plan, "Time for one report", baseline="40", target="20", unit="min")
    plans.add_reading(wb, goal, dt.date(2026, 11, 2), current, now=NOW)
    (found,) = view(wb, plan).objectives
    assert found.row.direction == "down"
    assert found.progress == pytest.approx(share)
    assert plan_words.percent(found.progress) == words


def test_the_plan_of_the_mock_up(wb: Workbench) -> None:
    found = view(wb, aoba_plan(wb, 1))
    assert [(one.standing, plan_words.percent(one.progress)) for one in found.objectives] == [
        ("reached", "104%"), ("behind", "25%"), ("behind", "−14%"),
    ]  # fmt: skip
    assert found.attainment == pytest.approx(1 / 3)
    assert [node.late for node in found.nodes if node.late] == [4]
    assert [node.level for node in found.nodes] == [0, 1, 0, 1, 2, 2, 1, 0, 1, 1]


def test_a_plan_as_of_an_earlier_day_knows_only_its_readings(wb: Workbench) -> None:
    found = view(wb, aoba_plan(wb, 1), dt.date(2026, 7, 1)).objectives[1]
    assert found.current is not None
    assert found.current.value == 38
    assert found.progress == pytest.approx(0.1)


def test_the_tree_is_read_in_a_constant_number_of_statements(wb: Workbench) -> None:
    counts = []
    for nodes in (10, 200):
        plan = large_plan(wb, 1, nodes)
        asked: list[str] = []
        reads = wb.reads
        plain = reads.all

        def heard(sql: str, params: object = (), plain: object = plain, asked: list[str] = asked) -> object:
            asked.append(sql)
            return plain(sql, params)  # type: ignore[operator]

        reads_type = type(reads)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reads_type, "all", lambda _self, sql, params=(): heard(sql, params))
            assert len(plan_reading.plan_view(reads, plan, TODAY).nodes) == nodes
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_readings_follow_the_metric_once_one_is_chosen(wb: Workbench, plan: int) -> None:
    goal = objective(wb, plan, "Time for one report", baseline="40", target="20")
    plans.edit(wb, "objective", goal, "metric", "1", now=NOW)
    (found,) = view(wb, plan).objectives
    assert len(found.readings) > 20
    assert found.current is not None
    assert found.current.on <= TODAY
    with pytest.raises(InvalidValue, match="come from a metric"):
        plans.add_reading(wb, goal, TODAY, 30, now=NOW)
    plans.edit(wb, "objective", goal, "metric", "", now=NOW)
    assert view(wb, plan).objectives[0].readings == ()


def test_a_second_reading_of_a_day_replaces_the_first(wb: Workbench, plan: int) -> None:
    goal = objective(wb, plan, "Reports", baseline="40", target="20")
    plans.add_reading(wb, goal, TODAY, 30, now=NOW)
    plans.add_reading(wb, goal, TODAY, 29, now=NOW)
    assert [one.value for one in view(wb, plan).objectives[0].readings] == [29]


REFUSED: list[tuple[Entity, Fields, str]] = [
    ("objective", {"target": "40"}, "target_is_baseline"),
    ("objective", {"target": "60"}, "against_direction"),
    ("objective", {"due_on": "2026-01-01"}, "dates_reversed"),
    ("objective", {"title": "  "}, "needs a name"),
    ("objective", {"baseline": "forty"}, "is no number"),
    ("objective", {"baseline": "nan"}, "is no number"),
    ("objective", {"baseline": "1e400"}, "is no number"),
    ("objective", {"due_on": "31 Feb"}, "is not a date"),
    ("objective", {"owner_theirs": "Nobody"}, "Nobody called"),
    ("objective", {"metric": "clicks"}, "no metric"),
    ("objective", {"status": "done"}, "not on the list"),
    ("plan", {"ends_on": "2026-01-01"}, "dates_reversed"),
    ("plan", {"name": ""}, "needs a name"),
    ("item", {"starts_on": "2026-12-01", "due_on": "2026-11-01"}, "dates_reversed"),
    ("item", {"title": "x" * 20_001}, "too long"),
    ("risk", {"impact": "6"}, "from 1 to 5"),
]


@pytest.mark.parametrize(("entity", "fields", "why"), REFUSED)
def test_what_cannot_stand_is_refused_and_nothing_kept(
    wb: Workbench, plan: int, entity: Entity, fields: Fields, why: str
) -> None:
    goal = objective(wb, plan, "Time for one report", baseline="40", target="20")
    item = step(wb, plan, "Templates", Ref("objective", goal))
    risk = plans.add_risk(wb, plan, "Champion leaves", now=NOW)
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as caught:
        plans.edit_fields(wb, entity, {"plan": plan, "objective": goal, "item": item.id, "risk": risk}[entity], fields,
                          now=NOW)  # fmt: skip
    assert why in caught.value.message or why == caught.value.code
    assert state(wb.reads) == before


def test_a_sentence_turns_round_in_one_step(wb: Workbench, plan: int) -> None:
    goal = objective(wb, plan, "Users", baseline="40", target="20")
    plans.edit_fields(wb, "objective", goal, {"target": "60", "direction": "up"}, now=NOW)
    row = view(wb, plan).objectives[0].row
    assert (row.target, row.direction) == (60, "up")


def test_a_date_outside_the_period_is_only_a_warning(wb: Workbench, plan: int) -> None:
    goal = objective(wb, plan, "Users", due_on="2027-06-30")
    step(wb, plan, "Late", Ref("objective", goal), due_on="2026-01-01")
    assert [[one.code for one in node.problems] for node in view(wb, plan).nodes] == [["outside_period"]] * 2
    assert not any(one.grave for node in view(wb, plan).nodes for one in node.problems)


def test_a_reading_of_tomorrow_is_refused(wb: Workbench, plan: int) -> None:
    goal = objective(wb, plan, "Users")
    with pytest.raises(InvalidValue, match="day to come"):
        plans.add_reading(wb, goal, TODAY + dt.timedelta(days=1), 1, now=NOW)
    with pytest.raises(InvalidValue, match="no number"):
        plans.add_reading(wb, goal, TODAY, float("inf"), now=NOW)


def test_new_nodes_stand_where_they_were_asked_for(wb: Workbench, plan: int) -> None:
    first = plans.add(wb, plan, "A", now=NOW)
    third = plans.add(wb, plan, "C", now=NOW)
    second = plans.add(wb, plan, "B", Place("after", first), now=NOW)
    one = plans.add(wb, plan, "b1", Place("under", second), now=NOW)
    plans.add(wb, plan, "b3", Place("under", second), now=NOW)
    plans.add(wb, plan, "b2", Place("after", one), now=NOW)
    plans.add(wb, plan, "b1a", Place("under", one), now=NOW)
    assert outline(wb, plan) == ["A", "B", "  b1", "    b1a", "  b2", "  b3", "C"]
    assert [node.row.kind for node in view(wb, plan).nodes if node.view is None] == [  # type: ignore[union-attr]
        "milestone", "action", "milestone", "milestone",
    ]  # fmt: skip
    assert third == Ref("objective", 2)


def test_moving_deeper_higher_up_and_down(wb: Workbench, plan: int) -> None:
    goal = Ref("objective", objective(wb, plan, "A"))
    one, two = step(wb, plan, "one", goal), step(wb, plan, "two", goal)
    assert plan_moves.deeper(wb, two, now=NOW) == two
    assert outline(wb, plan) == ["A", "  one", "    two"]
    plan_moves.higher(wb, two, now=NOW)
    assert plan_moves.move(wb, two, -1, now=NOW)
    assert not plan_moves.move(wb, two, -1, now=NOW)
    assert outline(wb, plan) == ["A", "  two", "  one"]
    raised = plan_moves.higher(wb, one, now=NOW)
    assert raised.kind == "objective"
    assert outline(wb, plan) == ["A", "  two", "one"]
    lowered = plan_moves.deeper(wb, raised, now=NOW)
    assert lowered.kind == "item"
    assert outline(wb, plan) == ["A", "  two", "  one"]


def test_what_hangs_on_a_node_goes_along(wb: Workbench, plan: int) -> None:
    _first, second = (Ref("objective", objective(wb, plan, name)) for name in ("A", "B"))
    top = step(wb, plan, "top", second)
    step(wb, plan, "below", top)
    plan_moves.deeper(wb, second, now=NOW)
    assert outline(wb, plan) == ["A", "  B", "    top", "      below"]
    plan_moves.higher(wb, top, now=NOW)
    assert outline(wb, plan) == ["A", "  B", "  top", "    below"]
    plan_moves.higher(wb, top, now=NOW)
    assert outline(wb, plan) == ["A", "  B", "top", "  below"]


def test_moves_that_make_no_sense_are_refused(wb: Workbench, plan: int) -> None:
    goal = Ref("objective", objective(wb, plan, "A"))
    measured = Ref("objective", objective(wb, plan, "B", baseline="1", target="2"))
    top = step(wb, plan, "top", goal)
    step(wb, plan, "below", top)
    before = state(wb.reads)
    for act, code in (
        (lambda: plan_moves.deeper(wb, goal, now=NOW), "first"),
        (lambda: plan_moves.deeper(wb, measured, now=NOW), "has_figures"),
        (lambda: plan_moves.deeper(wb, top, now=NOW), "first"),
        (lambda: plan_moves.higher(wb, goal, now=NOW), "top"),
    ):
        with pytest.raises(InvalidValue) as caught:
            act()
        assert caught.value.code == code
    assert state(wb.reads) == before


def test_a_plan_is_at_most_four_steps_deep(wb: Workbench, plan: int) -> None:
    node = Ref("objective", objective(wb, plan, "A"))
    for level in range(4):
        node = step(wb, plan, str(level), node)
    with pytest.raises(InvalidValue, match="at most 4"):
        plans.add(wb, plan, "too deep", Place("under", node), now=NOW)


def test_done_and_not_done_again(wb: Workbench, plan: int) -> None:
    goal = Ref("objective", objective(wb, plan, "A"))
    item = step(wb, plan, "one", goal)
    assert plans.tick(wb, item, now=NOW)
    row = view(wb, plan).node(item)
    assert row is not None
    assert row.row.status == "done"
    assert row.row.done_on == TODAY  # type: ignore[union-attr]
    assert not plans.tick(wb, item, now=NOW)
    assert plans.tick(wb, goal, now=NOW)
    assert view(wb, plan).objectives[0].standing == "reached"


def test_an_owner_of_theirs_is_a_person_where_the_name_is_known(wb: Workbench, plan: int) -> None:
    item = step(wb, plan, "one", Ref("objective", objective(wb, plan, "A")), owner="森田由美")
    rows = [node.row for node in view(wb, plan).nodes if node.ref == item]
    assert [(one.owner, one.person) for one in rows] == [("森田由美", "")]  # type: ignore[union-attr]
    plans.edit(wb, "item", item.id, "side", "theirs", now=NOW)
    rows = [node.row for node in view(wb, plan).nodes if node.ref == item]
    assert [(one.owner, one.person) for one in rows] == [("", "森田 由美")]  # type: ignore[union-attr]


def test_every_write_is_one_named_step_and_undo_brings_back_every_bit(wb: Workbench) -> None:
    states = [state(wb.reads)]
    plan = plans.create(wb, 1, "2026", now=NOW)
    states.append(state(wb.reads))
    goal = plans.add(wb, plan, "A", now=NOW)
    states.append(state(wb.reads))
    plans.edit(wb, "objective", goal.id, "baseline", "3", now=NOW)
    states.append(state(wb.reads))
    item = plans.add(wb, plan, "a", Place("under", goal), now=NOW)
    states.append(state(wb.reads))
    plan_moves.higher(wb, item, now=NOW)
    states.append(state(wb.reads))
    plan_versions.review(wb, plan, now=NOW)
    states.append(state(wb.reads))
    plans.remove(wb, "plan", plan, now=NOW)
    assert [step.name for step in wb.history()][:7] == [
        "Delete plan", "Keep plan version", "Move plan step higher", "Add milestone", "Edit objective",
        "Add objective", "Start success plan",
    ]  # fmt: skip
    for expected in reversed(states):
        wb.undo()
        assert state(wb.reads) == expected
    for _again in range(6):
        wb.redo()
    assert state(wb.reads) == states[-1]


def test_gone_is_said(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        plans.edit(wb, "item", 99, "title", "x", now=NOW)
    with pytest.raises(NotFound):
        plans.add(wb, 99, "x", now=NOW)
    with pytest.raises(NotFound):
        plan_reading.plan_view(wb.reads, 99, TODAY)
    with pytest.raises(NotFound):
        plan_versions.changes(wb.reads, 99)


def test_the_sentence_in_both_languages(wb: Workbench, plan: int) -> None:
    objective(wb, plan, "Time for one report", baseline="40", target="20", unit="min", due_on="2027-03-31")
    objective(wb, plan, "Active users", baseline="40", target="62.5", unit="%")
    objective(wb, plan, "To be measured")
    rows = [one.row for one in view(wb, plan).objectives]
    assert [plan_words.sentence(row) for row in rows] == [
        "Time for one report falls from 40 to 20 min", "Active users rises from 40% to 62.5%", "To be measured",
    ]  # fmt: skip
    assert plan_words.sentence(rows[0], by=rows[0].due_on).endswith("by 31 Mar 2027")
    i18n.set_language("ja")
    try:
        assert plan_words.number(40, "分") == "40分"
        assert "2027/3/31" in plan_words.sentence(rows[0], by=rows[0].due_on)
    finally:
        i18n.set_language("en")


def test_promises_both_ways_stand_beside(wb: Workbench, plan: int) -> None:
    tasks.add(wb, 1, "Send the list", kind="promise_ours", due_on=TODAY, now=NOW)
    tasks.add(wb, 1, "Name a successor", kind="promise_theirs", now=NOW)
    tasks.add(wb, 1, "Not a promise", now=NOW)
    tasks.add(wb, 2, "Of another account", kind="promise_ours", now=NOW)
    assert [one.title for one in view(wb, plan).promises] == ["Send the list", "Name a successor"]


def test_a_version_keeps_what_was_and_the_redline_says_what_moved(wb: Workbench) -> None:
    plan = aoba_plan(wb, 1)
    assert plan_versions.review(wb, plan, "Half-year review", now=NOW) == 1
    (version,) = view(wb, plan).versions
    assert plan_versions.changes(wb.reads, version.id) == ()
    before = view(wb, plan).objectives
    plans.edit(wb, "objective", before[1].row.id, "target", "15", now=NOW)
    plans.remove(wb, "objective", before[2].row.id, now=NOW)
    plans.add(wb, plan, "New aim", now=NOW)
    plans.add_reading(wb, before[0].row.id, TODAY, 18, now=NOW)
    found = [(one.kind, one.part, one.title, plan_words.change(one))
             for one in plan_versions.changes(wb.reads, version.id)]  # fmt: skip
    assert ("changed", "objective", "Time for one report", "Target: 20 → 15") in found
    assert ("added", "objective", "New aim", "added") in found
    assert ("added", "reading", "Rework on line 1", "added · 2026-11-24: 18") in found
    assert {one[1] for one in found if one[0] == "removed"} == {"objective", "milestone", "reading"}
    assert plan_versions.review(wb, plan, now=NOW) == 2
    second = view(wb, plan).versions[0]
    assert len(plan_versions.changes(wb.reads, version.id, second.id)) == len(found)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_template_starts_a_whole_plan(wb: Workbench, language: str) -> None:
    offered = plan_templates.templates(language)
    assert len(offered) >= 4
    assert len({one.key for one in offered}) == len(offered)
    for one in offered:
        plan = plan_templates.start(
            wb, 1, one.key, language=language, starts_on=dt.date(2026, 12, 1), now=NOW
        )
        found = view(wb, plan)
        assert [each.row.title for each in found.objectives] == list(one.objectives)
        assert len(found.nodes) == len(one.objectives) + one.steps
        assert not [each for node in found.nodes for each in node.problems]
        assert found.risks
        assert found.head.purpose == one.purpose
        sides = {node.row.side for node in found.nodes if node.view is None}  # type: ignore[union-attr]
        assert sides == {"ours", "theirs"}
    wb.undo()
    assert count(wb, "success_plan") == len(offered) - 1
    with pytest.raises(NotFound):
        plan_templates.start(wb, 1, "nonsense", language=language, starts_on=TODAY, now=NOW)


def test_the_active_plan_comes_first(wb: Workbench) -> None:
    old = plans.create(wb, 1, "old", now=NOW)
    new = plans.create(wb, 1, "new", now=NOW)
    assert [one.id for one in plan_reading.account_plan(wb.reads, 1, TODAY).plans] == [new, old]
    plans.edit(wb, "plan", new, "status", "done", now=NOW)
    assert [one.id for one in plan_reading.account_plan(wb.reads, 1, TODAY).plans] == [old, new]
    shown = plan_reading.account_plan(wb.reads, 1, TODAY, new).view
    assert shown is not None
    assert shown.head.id == new
    assert plan_reading.first_view(wb.reads, 2, TODAY) is None


HOSTILE = ["<img src=x onerror=alert(1)>", "\u202eabc", "=cmd|' /C calc'!A0", "x" * 10_000, "a\nb\tc", "🙂〓"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_titles_come_back_as_what_can_be_seen_of_them(wb: Workbench, plan: int, name: str) -> None:
    plans.add(wb, plan, name, now=NOW)
    plan_versions.review(wb, plan, name, now=NOW)
    assert view(wb, plan).nodes[0].row.title == " ".join(name.split()).lstrip("\u202e")
    assert view(wb, plan).versions[0].label == name.strip().lstrip("\u202e")
