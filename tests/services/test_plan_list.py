"""The list of all plans: progress, what is due and overdue, promises, reviews; as the plan's own page says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services import plan_list, plan_reading, plan_versions, plans, portfolios, quadrant
from cs_workbench.services.plan_list import PlanLine
from cs_workbench.services.plans import Ref
from cs_workbench.services.workbench import Workbench
from tests.builders_plans import NOW, TODAY, aoba_plan, large_plan, objective
from tests.builders_store import add_account, add_batch, add_metric, add_task, put_readings


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Two customers."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        with made.change("fill") as db:
            add_account(db, "Aoba")
            add_account(db, "Birch")
        yield made


def only(wb: Workbench, plan: int, today: dt.date = TODAY) -> PlanLine:
    return next(one for one in plan_list.lines(wb.reads, today) if one.id == plan)


def test_the_plan_of_the_mock_up(wb: Workbench) -> None:
    plan = aoba_plan(wb, 1)
    found = only(wb, plan)
    view = plan_reading.plan_view(wb.reads, plan, TODAY)
    assert found.goal.startswith("Stop fixing")
    assert (found.reached, found.counted) == (1, 3)
    assert found.progress == pytest.approx((1 + 0.25 + 0) / 3)  # 104 % counts as all, −14 % as nothing
    assert found.standing == "behind"
    assert found.overdue == sum(1 for node in view.nodes if node.late) == 1
    assert found.next is not None
    assert (found.next.title, found.next.due_on) == (
        "Audit report feature switched on",
        dt.date(2026, 11, 20),
    )
    assert found.goals[1] == "Time for one report falls from 40 to 20 min by 31 Mar 2027"
    assert found.row.reviewed_on is None


def test_every_standing_agrees_with_the_plan_itself(wb: Workbench) -> None:
    plan = aoba_plan(wb, 1)
    for today in (dt.date(2026, 4, 1), TODAY, dt.date(2027, 3, 31), dt.date(2027, 4, 1)):
        view = plan_reading.plan_view(wb.reads, plan, today)
        found = only(wb, plan, today)
        assert found.reached == sum(one.standing == "reached" for one in view.objectives)
        late = sum(1 for node in view.nodes if node.late)
        assert found.overdue == late


def test_promises_and_reviews(wb: Workbench) -> None:
    plan = aoba_plan(wb, 1)
    with wb.change("promises") as db:
        for kind, done in (("promise_ours", None), ("promise_theirs", None), ("promise_theirs", None),
                           ("promise_ours", "2026-11-01"), ("task", None)):  # fmt: skip
            add_task(db, 1, kind=kind, done_on=done)
    plan_versions.review(wb, plan, now=NOW)
    found = only(wb, plan)
    assert (found.ours, found.theirs) == (1, 2)
    assert found.row.reviewed_on == TODAY


def test_an_objective_that_follows_a_metric(wb: Workbench) -> None:
    plan = plans.create(wb, 2, "Use", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), now=NOW)
    with wb.change("readings") as db:
        metric, batch = add_metric(db), add_batch(db)
        day = (dt.date(2026, 10, 1) - dt.date(1970, 1, 1)).days
        put_readings(db, batch, {(2, metric, day): 50.0, (2, metric, day + 90): 100.0})
    objective(wb, plan, "Logins", baseline="0", target="100", metric=str(metric))
    found = only(wb, plan)
    assert found.progress == 0.5  # what lies ahead does not count
    assert found.next is None
    assert found.goal == "Logins rises from 0 to 100 by 31 Dec 2026"


def test_what_is_not_measured_is_not_nothing(wb: Workbench) -> None:
    plan = plans.create(wb, 2, "Bare", now=NOW)
    empty = only(wb, plan)
    assert (empty.progress, empty.standing, empty.goal, empty.overdue) == (None, "not_measured", "Bare", 0)
    objective(wb, plan, "Someday", target="5")
    assert only(wb, plan).progress is None


def test_those_under_way_come_first_and_closed_ones_are_never_late(wb: Workbench) -> None:
    late = plans.create(wb, 1, "Old", ends_on=dt.date(2026, 1, 31), now=NOW)
    objective(wb, late, "Missed", baseline="1", target="2")
    plans.edit(wb, "plan", late, "status", "dropped", now=NOW)
    running = plans.create(wb, 2, "New", now=NOW)
    found = plan_list.lines(wb.reads, TODAY)
    assert [one.id for one in found] == [running, late]
    assert (found[1].running, found[1].overdue) == (False, 0)
    with wb.change("away") as db:
        db.execute("update account set archived_at = '2026-01-01T00:00:00Z' where id = 1")
    assert [one.id for one in plan_list.lines(wb.reads, TODAY)] == [running]


def test_four_statements_however_many(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    large_plan(wb, 1, 200)
    aoba_plan(wb, 2)
    asked: list[str] = []
    reads = wb.reads
    every = type(reads).all
    monkeypatch.setattr(
        type(reads), "all", lambda self, sql, params=(): asked.append(sql) or every(self, sql, params)
    )
    assert len(plan_list.lines(reads, TODAY)) == 2
    assert len(asked) == 4


def test_the_list_and_the_quadrant_say_the_same(wb: Workbench) -> None:
    plan = plans.create(wb, 2, "Use", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2027, 12, 31), now=NOW)
    reached = objective(wb, plan, "One", baseline="0", target="10")
    plans.tick(wb, Ref("objective", reached), now=NOW)
    objective(wb, plan, "Two", baseline="0", target="10")
    found = only(wb, plan)
    assert (found.progress, found.unmeasured, found.counted) == (0.5, 1, 2)
    placed = next(one for one in quadrant.place(wb.reads, TODAY) if one.account_id == 2)
    assert placed.now.success == found.progress


@pytest.mark.parametrize(
    ("due", "standing", "late"),
    [("2026-11-22", "missed", 0), ("2026-11-21", "overdue", 1), ("2026-12-31", "not_reached", 0)],
)
def test_a_figure_short_of_its_target_is_measured_also_without_a_baseline(
    wb: Workbench, due: str, standing: str, late: int
) -> None:
    today = dt.date(2026, 11, 22)
    plan = plans.create(wb, 2, "Use", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2027, 12, 31), now=NOW)
    number = objective(wb, plan, "Worth it", target="2", due_on=due)
    with wb.change("read") as db:
        db.execute(
            "insert into objective_reading (objective_id, on_date, value) values (:o, '2026-11-01', 1.36)",
            {"o": number},
        )
    (found,) = (one for one in plan_list.lines(wb.reads, today) if one.id == plan)
    assert (found.standing, found.unmeasured, found.progress, found.overdue) == (standing, 0, None, late)
    objective(wb, plan, "Not read yet", target="5")
    (both,) = (one for one in plan_list.lines(wb.reads, today) if one.id == plan)
    assert (both.unmeasured, both.counted, both.standing) == (1, 2, standing)
