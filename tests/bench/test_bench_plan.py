"""A plan of 200 lines: from the key to the tree that shows what it did, written and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cs_workbench.services import plan_moves, plan_reading, plans, portfolios
from cs_workbench.services.plans import Place
from cs_workbench.ui.models.plan_model import PlanModel
from tests.bench.conftest import Note, Timed
from tests.builders_plans import NOW, TODAY, large_plan
from tests.builders_store import add_account

AIM = "≤ 50 ms"


def test_a_key_in_a_plan_of_200(tmp_path: Path, note: Note, timed: Timed) -> None:
    """Issue: a plan of 200 nodes edits within 50 ms a key; floor: reading the plan alone."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
        plan = large_plan(workbench, 1, 200)
        model = PlanModel()
        node = plan_reading.plan_view(workbench.reads, plan, TODAY).nodes[101].ref

        def shown() -> None:
            model.fill(plan_reading.plan_view(workbench.reads, plan, TODAY).nodes)

        floor = timed(shown, rounds=7, warmup_rounds=1)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("title kept", lambda: plans.edit(workbench, "item", node.id, "title", "Other words", now=NOW)),
            ("new line", lambda: plans.add(workbench, plan, "New", Place("after", node), now=NOW)),
            ("moved down", lambda: plan_moves.move(workbench, node, 1, now=NOW)),
            ("done", lambda: plans.tick(workbench, node, now=NOW)),
        )
        for name, act in acts:
            took = _measured(timed, act, shown)
            note(
                f"plan of 200, {name}",
                took * 1000,
                "ms",
                aim=AIM,
                floor=floor.wall * 1000,
                floor_name="read and show",
            )
        assert model.rowCount() >= 200


def _measured(timed: Timed, act: Callable[[], object], shown: Callable[[], None]) -> float:
    import statistics
    import time

    walls = []
    for _round in range(7):
        begin = time.perf_counter()
        act()
        shown()
        walls.append(time.perf_counter() - begin)
    return statistics.median(walls)
