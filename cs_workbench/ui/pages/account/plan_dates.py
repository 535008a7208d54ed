"""The lines of a plan as bars of its dates."""

from __future__ import annotations

from cs_workbench.i18n import _
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import ItemRow, Node, PlanView
from cs_workbench.ui.widgets.gantt import Bar


def bars(view: PlanView) -> tuple[Bar, ...]:
    """One bar a line: an objective from the plan's start, a step from its own start where it has one."""
    return tuple(_bar(view, node) for node in view.nodes)


def _bar(view: PlanView, node: Node) -> Bar:
    row = node.row
    if isinstance(row, ItemRow):
        starts, ends = row.starts_on, row.done_on or row.due_on
        title = row.title
    else:
        starts, ends = view.head.starts_on, node.view.due if node.view is not None else row.due_on
        title = plan_words.sentence(row)
    late = bool(node.late) or (node.view is not None and node.view.standing == "overdue")
    done = row.status in {"done", "dropped", "reached"} or (
        node.view is not None and node.view.standing == "reached"
    )
    parts = (title, plan_words.period(starts, ends) if starts else plan_words.day(ends), plan_words.owner(node),
             plan_words.standing(node))  # fmt: skip
    words = _(", ").join(part for part in parts if part)
    return Bar(
        node.ref, title, node.level, starts, ends, "late" if late else "done" if done else "open", words
    )
