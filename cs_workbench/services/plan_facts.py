"""A success plan as a document may show it: what was agreed, without notes and without risks kept to ourselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cs_workbench.reports.plan_facts import Objective, PlanRisk, PlanStep, SuccessPlan
from cs_workbench.services.plan_reading import ItemRow, Node, ObjectiveView, PlanView


def success(view: PlanView | None) -> SuccessPlan | None:
    """The facts of a plan; None where there is none, or it was dropped or is only a draft of ours."""
    if view is None or view.head.status in {"dropped", "draft"}:
        return None
    head = view.head
    version = view.versions[0] if view.versions else None
    risks = tuple(
        PlanRisk(one.title, one.response, one.owner, f"plan_risk/{one.id}")
        for one in view.risks
        if one.shareable and one.closed_on is None
    )
    objectives = tuple(_objective(view, one) for one in view.objectives if one.standing != "dropped")
    steps = [step for one in objectives for step in one.steps]
    return SuccessPlan(
        head.name, head.purpose, head.sponsor_theirs, head.sponsor_ours, head.starts_on, head.ends_on, objectives,
        risks, version.number if version else 0, version.made_on if version else None, f"success_plan/{head.id}",
        len(steps), sum(step.state == "late" for step in steps),
    )  # fmt: skip


def shown_texts(view: PlanView) -> Iterator[str]:
    """The free texts of a plan that may stand before the customer."""
    yield from (view.head.name, view.head.purpose)
    for node in view.nodes:
        yield node.row.title
    for one in view.objectives:
        yield from (one.row.measure, one.row.verified_by)
    for risk in view.risks:
        if risk.shareable:
            yield from (risk.title, risk.response)


def held_texts(view: PlanView) -> Iterator[tuple[str, str]]:
    """The record and words of what stays with us: notes, risks not shared."""
    yield f"success_plan/{view.head.id}", view.head.note
    for node in view.nodes:
        yield f"{'objective' if node.view is not None else 'plan_item'}/{node.ref.id}", node.row.note
    for risk in view.risks:
        if not risk.shareable:
            yield f"plan_risk/{risk.id}", risk.title
            yield f"plan_risk/{risk.id}", risk.response


def _objective(view: PlanView, one: ObjectiveView) -> Objective:
    row = one.row
    nodes = _below(view, row.id)
    return Objective(
        row.title, _decimal(row.baseline), _decimal(row.target),
        _decimal(one.current.value) if one.current else None, one.current.on if one.current else None, row.unit,
        row.direction, one.progress, one.standing, one.due, row.owner_theirs, row.owner_ours, row.verified_by,
        row.verified_on, row.measure, tuple(_step(node) for node in nodes if node.row.status != "dropped"),
        f"objective/{row.id}", row.id in view.by_ledger,
    )  # fmt: skip


def _below(view: PlanView, objective_id: int) -> list[Node]:
    return [
        node for node in view.nodes if isinstance(node.row, ItemRow) and node.row.objective_id == objective_id
    ]


def _step(node: Node) -> PlanStep:
    row = node.row
    assert isinstance(row, ItemRow)
    state = "done" if row.status == "done" else "late" if node.late else "open"
    return PlanStep(
        row.title, row.kind, row.side, row.person or row.owner, row.due_on, row.done_on, state, node.level,
        f"plan_item/{row.id}",
    )  # fmt: skip


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(round(value, 6)))
