"""Random editing of a plan against a plain nested list: the outline is the same after every step, undo and redo."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass, field

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cs_workbench.errors import InvalidValue
from cs_workbench.services import plan_moves, plan_reading, plans, portfolios
from cs_workbench.services.plan_branches import DEEPEST
from cs_workbench.services.plans import Place, Ref
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
picks = st.integers(0, 30)


@dataclass
class Line:
    """A node of the model."""

    title: str
    done: bool = False
    measured: bool = False
    children: list[Line] = field(default_factory=list)

    def height(self) -> int:
        return 1 + max((one.height() for one in self.children), default=0)


def flat(lines: list[Line], level: int = 0) -> list[tuple[int, str, bool]]:
    """Level, title and done of every line in reading order."""
    found = []
    for one in lines:
        found += [(level, one.title, one.done), *flat(one.children, level + 1)]
    return found


class PlanModel(RuleBasedStateMachine):
    """``top`` is what the plan must look like; ``past`` and ``future`` what undo and redo must bring."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.wb: Workbench = portfolios.create(f"{self.folder}/p.csw", now=NOW, language="en")
        with self.wb.change("fill") as db:
            add_account(db)
        self.plan = plans.create(self.wb, 1, "Plan", now=NOW)
        self.top: list[Line] = []
        self.past: list[list[Line]] = []
        self.future: list[list[Line]] = []
        self.made = 0

    def teardown(self) -> None:
        self.wb.close()
        shutil.rmtree(self.folder)

    def view(self) -> plan_reading.PlanView:
        return plan_reading.plan_view(self.wb.reads, self.plan, NOW.date())

    def pick(self, number: int) -> tuple[Ref, Line, list[list[Line]], list[Line]]:
        """A node: its ref, its line, the lists of siblings on the way down, the lines on the way down."""
        node = self.view().nodes[number % len(self.view().nodes)]
        lists, way = [self.top], []

        def search(lines: list[Line]) -> bool:
            for one in lines:
                way.append(one)
                if one.title == node.row.title:
                    return True
                lists.append(one.children)
                if search(one.children):
                    return True
                lists.pop()
                way.pop()
            return False

        assert search(self.top)
        return node.ref, way[-1], lists, way

    def keep(self, before: list[Line]) -> None:
        self.past.append(before)
        self.future.clear()

    @rule()
    def add_objective(self) -> None:
        before = copy.deepcopy(self.top)
        self.made += 1
        plans.add(self.wb, self.plan, f"N{self.made}", now=NOW)
        self.top.append(Line(f"N{self.made}"))
        self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks, under=st.booleans())
    def add_line(self, number: int, under: bool) -> None:
        before = copy.deepcopy(self.top)
        ref, line, lists, way = self.pick(number)
        self.made += 1
        title = f"N{self.made}"
        place = Place("under" if under else "after", ref)
        if under and len(way) > DEEPEST:
            self.refused(lambda: plans.add(self.wb, self.plan, title, place, now=NOW))
            return
        plans.add(self.wb, self.plan, title, place, now=NOW)
        if under:
            line.children.append(Line(title))
        else:
            lists[-1].insert(lists[-1].index(line) + 1, Line(title))
        self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks)
    def go_deeper(self, number: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, lists, way = self.pick(number)
        at = lists[-1].index(line)
        deepest = len(way) - 1 + line.height()
        if at == 0 or deepest > DEEPEST or (len(way) == 1 and line.measured):
            self.refused(lambda: plan_moves.deeper(self.wb, ref, now=NOW))
            return
        plan_moves.deeper(self.wb, ref, now=NOW)
        lists[-1].remove(line)
        lists[-1][at - 1].children.append(line)
        self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks)
    def go_higher(self, number: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, lists, way = self.pick(number)
        if len(way) == 1:
            self.refused(lambda: plan_moves.higher(self.wb, ref, now=NOW))
            return
        plan_moves.higher(self.wb, ref, now=NOW)
        lists[-1].remove(line)
        lists[-2].insert(lists[-2].index(way[-2]) + 1, line)
        self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks, by=st.sampled_from((-1, 1)))
    def move(self, number: int, by: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, lists, _way = self.pick(number)
        at = lists[-1].index(line)
        moved = plan_moves.move(self.wb, ref, by, now=NOW)
        assert moved == (0 <= at + by < len(lists[-1]))
        if moved:
            lists[-1].insert(at + by, lists[-1].pop(at))
            self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks)
    def tick(self, number: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, _lists, _way = self.pick(number)
        line.done = plans.tick(self.wb, ref, now=NOW)
        self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks)
    def measure(self, number: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, _lists, way = self.pick(number)
        if len(way) == 1 and not line.measured:
            plans.edit_fields(self.wb, "objective", ref.id, {"baseline": "40", "target": "20"}, now=NOW)
            line.measured = True
            self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks)
    def rename(self, number: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, _lists, _way = self.pick(number)
        self.made += 1
        line.title = f"R{self.made}"
        plans.edit(self.wb, ref.kind, ref.id, "title", line.title, now=NOW)
        self.keep(before)

    @precondition(lambda self: self.top)
    @rule(number=picks)
    def remove(self, number: int) -> None:
        before = copy.deepcopy(self.top)
        ref, line, lists, _way = self.pick(number)
        plans.remove(self.wb, ref.kind, ref.id, now=NOW)
        lists[-1].remove(line)
        self.keep(before)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.wb.undo()
        self.future.append(self.top)
        self.top = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.wb.redo()
        self.past.append(self.top)
        self.top = self.future.pop()

    def refused(self, act: object) -> None:
        """What makes no sense leaves no step behind."""
        steps = len(self.wb.history())
        try:
            act()  # type: ignore[operator]
        except InvalidValue:
            assert len(self.wb.history()) == steps
        else:
            raise AssertionError("it should have been refused")

    @invariant()
    def the_outline_is_the_same(self) -> None:
        seen = [
            (node.level, node.row.title, node.row.status in {"done", "reached"}) for node in self.view().nodes
        ]
        assert seen == flat(self.top)

    @invariant()
    def siblings_are_numbered_without_doubles(self) -> None:
        places = [(node.parent, node.ref.kind, node.row.position) for node in self.view().nodes]
        assert len(places) == len(set(places))


PlanModel.TestCase.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestPlanEditing = PlanModel.TestCase
