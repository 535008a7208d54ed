"""Our own name as a document's language spells it, wherever a record names us by another spelling of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_workbench.reports.plan_facts import Objective, SuccessPlan
    from cs_workbench.reports.voice_facts import InternalLoop, Loop
    from cs_workbench.store.queries.briefing_rows import TaskRow

_KEY = "own_name"
_NAMES = (_KEY, f"{_KEY}_en", f"{_KEY}_ja")


@dataclass(frozen=True, slots=True)
class OwnSpelling:
    """The spellings our name is known by, and the one a document prints; every other name stays as it is."""

    known: frozenset[str]
    wanted: str

    @classmethod
    def of(cls, settings: Mapping[str, Any], language: str) -> OwnSpelling:
        """From the portfolio's settings, for a document in *language*."""
        named = {key: str(settings.get(key) or "") for key in _NAMES}
        wanted = named.get(f"{_KEY}_{language}", "") or named[_KEY]
        return cls(frozenset(filter(None, named.values())) if wanted else frozenset(), wanted)

    def name(self, given: str) -> str:
        """*given*, or our own name in the document's spelling where it is us."""
        return self.wanted if given in self.known else given

    def tasks(self, rows: Sequence[TaskRow]) -> list[TaskRow]:
        """The same tasks with their owners."""
        return [replace(row, owner=self.name(row.owner)) if row.owner in self.known else row for row in rows]

    def plan(self, plan: SuccessPlan | None) -> SuccessPlan | None:
        """The same plan with its sponsor, and the owners of its objectives, steps and risks."""
        if plan is None:
            return None
        return replace(
            plan,
            ours=self.name(plan.ours),
            objectives=tuple(self._objective(one) for one in plan.objectives),
            risks=tuple(replace(risk, owner=self.name(risk.owner)) for risk in plan.risks),
        )

    def _objective(self, one: Objective) -> Objective:
        steps = tuple(replace(step, owner=self.name(step.owner)) for step in one.steps)
        return replace(one, ours=self.name(one.ours), steps=steps)

    def loop(self, loop: tuple[Loop, InternalLoop] | None) -> tuple[Loop, InternalLoop] | None:
        """The same cases with their owners; only our own part names any."""
        if loop is None:
            return None
        told, ours = loop
        return told, replace(
            ours, cases=tuple(replace(one, owner=self.name(one.owner)) for one in ours.cases)
        )
