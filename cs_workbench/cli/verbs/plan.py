"""The verb that shows a success plan: where each objective stands and who does what, or its sheet as files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from cs_workbench.services.plan_reading import Node, ObjectiveView, PlanView


def run(words: argparse.Namespace) -> int:
    """Show the account's active plan, newest first, or write its sheet with --export."""
    from cs_workbench.services import accounts, plan_reading

    with opening.opened(words) as workbench:
        account_id = accounts.find_account(workbench.reads, words.account)
        view = plan_reading.first_view(workbench.reads, account_id, opening.as_of(words))
    if view is None:
        raise NotFound(
            _("This account has no success plan yet."),
            _("Start one on its Plan tab in the window."),
            code="no_plan",
            candidates=[],
        )
    if words.export:
        return _export(words, account_id)
    if opening.wants_json(words):
        output.show_json(_data(view))
    else:
        _tell(view)
    return 0


def _export(words: argparse.Namespace, account_id: int) -> int:
    from cs_workbench.services import packs

    with opening.opened(words, to_write=True) as workbench:
        language = words.lang or workbench.setting("language", "en")
        result = packs.make_pack(
            workbench, account_id, template="success_plan", edition=words.edition, language=language,
            formats=words.export, as_of=opening.as_of(words), out_dir=words.out, now=opening.now(),
        )  # fmt: skip
    if opening.wants_json(words):
        output.show_json({"files": list(result.files)})
    else:
        for file in result.files:
            output.show(file)
    return 0


def _tell(view: PlanView) -> None:
    from cs_workbench.services import plan_words

    head = view.head
    output.show(f"{head.account} · {head.name}")
    if head.purpose:
        output.show(_("“{words}”").format(words=head.purpose))
    period = plan_words.period(head.starts_on, head.ends_on)
    if period:
        output.show(period)
    table = (_("Objective, milestone, action"), _("Owner"), _("Due"), _("Way"), _("Status"))
    output.show(output.table(table, [_row(node) for node in view.nodes], right=frozenset((3,)), give=(0,)))
    if view.risks:
        output.show(output.table((_("Risk"), _("Answer")), [(one.title, one.response) for one in view.risks]))
    waiting = [one for one in view.promises if one.done_on is None]
    if waiting:
        rows = [
            (
                one.title,
                _("us") if one.kind == "promise_ours" else one.person or _("them"),
                plan_words.day(one.due_on),
            )
            for one in waiting
        ]
        output.show(output.table((_("Promise"), _("By"), _("Due")), rows))
    output.say(_("Way = (now − baseline) ÷ (target − baseline), by the newest reading up to {date}.").format(
        date=plan_words.day(view.as_of)))  # fmt: skip


def _row(node: Node) -> tuple[str, str, str, str, str]:
    from cs_workbench.services import plan_words

    row, one = node.row, node.view
    title = plan_words.sentence(row) if one is not None else row.title  # type: ignore[arg-type]
    due = one.due if one is not None else row.due_on
    return (
        "  " * node.level + title, plan_words.owner(node), plan_words.day(due),
        plan_words.percent(one.progress) if one is not None else "", plan_words.standing(node),
    )  # fmt: skip


def _data(view: PlanView) -> dict[str, object]:
    head = view.head
    return {
        "id": head.id, "account_id": head.account_id, "account": head.account, "name": head.name,
        "purpose": head.purpose, "status": head.status, "starts_on": head.starts_on, "ends_on": head.ends_on,
        "sponsor_ours": head.sponsor_ours, "sponsor_theirs": head.sponsor_theirs, "as_of": view.as_of,
        "attainment": view.attainment, "on_track": view.on_track,
        "objectives": [_objective(view, one) for one in view.objectives],
        "risks": [
            {"id": one.id, "title": one.title, "likelihood": one.likelihood, "impact": one.impact,
             "response": one.response, "closed_on": one.closed_on}
            for one in view.risks
        ],
        "promises": [
            {"id": one.id, "side": one.kind.removeprefix("promise_"), "title": one.title, "owner": one.owner,
             "person": one.person, "due_on": one.due_on, "done_on": one.done_on}
            for one in view.promises
        ],
        "versions": [
            {"id": one.id, "number": one.number, "made_on": one.made_on, "label": one.label} for one in view.versions
        ],
    }  # fmt: skip


def _objective(view: PlanView, one: ObjectiveView) -> dict[str, object]:
    from cs_workbench.services import plan_words

    row = one.row
    return {
        "id": row.id, "title": row.title, "sentence": plan_words.sentence(row, by=one.due), "unit": row.unit,
        "direction": row.direction, "baseline": row.baseline, "target": row.target,
        "current": one.current.value if one.current else None, "current_on": one.current.on if one.current else None,
        "progress": None if one.progress is None else round(one.progress, 6), "standing": one.standing,
        "due_on": one.due, "owner_ours": row.owner_ours, "owner_theirs": row.owner_theirs, "metric": row.metric,
        "verified_by": row.verified_by, "verified_on": row.verified_on,
        "readings": [{"on": each.on, "value": each.value, "source": each.source} for each in one.readings],
        "steps": [_step(node) for node in view.nodes if getattr(node.row, "objective_id", None) == row.id],
    }  # fmt: skip


def _step(node: Node) -> dict[str, object]:
    from cs_workbench.services.plan_reading import ItemRow

    row = node.row
    assert isinstance(row, ItemRow)
    return {
        "id": row.id, "parent_id": row.parent_id, "level": node.level, "kind": row.kind, "title": row.title,
        "side": row.side, "owner": row.person or row.owner, "starts_on": row.starts_on, "due_on": row.due_on,
        "done_on": row.done_on, "status": row.status, "days_late": node.late,
    }  # fmt: skip
