"""What is done on the Plan tab: every key and field becomes one named step, refused in place where it cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from cs_workbench import i18n
from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services import (
    plan_checks,
    plan_moves,
    plan_templates,
    plan_trial,
    plan_versions,
    plans,
    tasks,
)
from cs_workbench.services.plan_reading import AccountPlan, Node
from cs_workbench.services.plan_values import read
from cs_workbench.services.plans import Place, Ref
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import reading_only
from cs_workbench.ui.models.plan_model import Line, Pending
from cs_workbench.ui.pages.account.plan_draft import Typed

if TYPE_CHECKING:
    from cs_workbench.ui.pages.account.plan import PlanTab


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tab shows: the account's plans, and what was being typed when it was left."""

    plans: AccountPlan
    draft: Typed | None


@dataclass(frozen=True, slots=True)
class Written:
    """A write that was kept: what it made, what is told (with Undo), and the plan read afresh."""

    made: Any
    told: str
    shown: Shown


class PlanActs(QObject):
    """The verbs of a Plan tab. ``write`` does each on the writer thread and shows the plan it left behind."""

    def __init__(self, tab: PlanTab) -> None:
        super().__init__(tab)
        self.tab = tab
        self.desk = tab.desk

    def do(self, verb: str, node: Node) -> None:
        """What a key means for a node."""
        now, ref = self.desk.now(), node.ref
        if verb == "pane":
            self.tab.split.open_pane()
            self.tab.pane.first().setFocus()
        elif verb in {"deeper", "higher"}:
            turn = plan_moves.deeper if verb == "deeper" else plan_moves.higher
            self.write(lambda wb: turn(wb, ref, now=now))
        elif verb in {"up", "down"}:
            self.write(lambda wb: plan_moves.move(wb, ref, 1 if verb == "down" else -1, now=now))
        elif verb == "done":
            self.write(lambda wb: plans.tick(wb, ref, now=now))
        elif verb == "delete":
            entity: plans.Entity = ref.kind
            told = _("Deleted: {title}").format(title=node.row.title[:80])
            self.write(lambda wb: plans.remove(wb, entity, ref.id, now=now), told)

    def ask(self, verb: str) -> None:
        """A verb of the plan itself."""
        view, now = self.tab.view, self.desk.now()
        if verb == "new":
            self.tab.choosing = True
            self.tab.refill()
        elif view is None:
            return
        elif verb == "review":
            self.write(lambda wb: plan_versions.review(wb, view.head.id, now=now), _("Version kept"))
        elif verb == "delete":
            self.tab.plan_id = None
            self.write(lambda wb: plans.remove(wb, "plan", view.head.id, now=now), _("Plan deleted"))
        elif verb == "plan":
            self.tab.tree.clearSelection()
            self.tab.pane.show_node(view, None)
            self.tab.split.open_pane()
            self.tab.pane.first().setFocus()
        elif verb == "sheet":
            opener: Callable[..., bool] | None = getattr(self.tab.window(), "open_dialog", None)
            if opener is not None:
                opener("prepare_pack", account_id=self.tab.account_id, template="success_plan")

    def start(self, key: str) -> None:
        """A plan from a template, or an empty one, from the first of this month."""
        account_id, now, language = self.tab.account_id, self.desk.now(), i18n.language()
        begin = self.desk.today().replace(day=1)
        self.tab.choosing, self.tab.plan_id = False, None
        if key:
            self.write(
                lambda wb: plan_templates.start(
                    wb, account_id, key, language=language, starts_on=begin, now=now
                ),
                _("Plan started"),
            )
            return
        name = _("Success plan {year}").format(year=begin.year)
        self.write(
            lambda wb: plans.create(wb, account_id, name, starts_on=begin, ends_on=_year_on(begin), now=now),
            _("Plan started"),
        )

    def add_risk(self) -> None:
        """A risk to be typed over."""
        view, now = self.tab.view, self.desk.now()
        if view is not None:
            self.write(lambda wb: NewRisk(plans.add_risk(wb, view.head.id, _("New risk"), now=now)))

    def write(self, work: Callable[[Workbench], Any], told: str = "", pending: Pending | None = None) -> None:
        """Do *work* on the writer thread, read the plan there and show it; a refusal is said in place."""
        workbench, account_id, today = self.desk.workbench, self.tab.account_id, self.desk.today()

        def job() -> Written:
            made = work(workbench)
            return Written(made, told, self.tab.read(workbench, account_id, today))

        failed = self._on_refused if pending is None else lambda error: self._on_unkept(pending, error)
        self.desk.tasks.write(job, done=self._on_kept, failed=failed).insists = pending is None

    def _on_kept(self, written: Written) -> None:
        self.tab.below.trouble.clear()
        self.tab.fill(written.shown)
        self.tab.pane.say_saved(
            _("✓ Saved {time}").format(time=self.desk.now().astimezone().strftime("%H:%M"))
        )
        if isinstance(written.made, Ref) and not self.tab.tree.is_typing():
            self.tab.tree.choose(written.made)
        if isinstance(written.made, NewRisk):
            self.tab.below.edit_last_risk()
        if written.told:
            self.desk.tell(written.told, self.tab.account, undo=True)
        if self.tab.hasFocus():
            self.tab.first_focus().setFocus()

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.tab.below.refuse(error.message, error.remedy)
            self.tab.refill()
        else:
            self.desk.tasks.failed.emit(error)

    def _on_unkept(self, pending: Pending, error: BaseException) -> None:
        """A new line that was refused stays open with what was typed."""
        self._on_refused(error)
        self.tab.model.drop(pending)
        if isinstance(error, UserError) and isinstance(pending.node, Ref | None):
            self.tab.tree.begin(Pending(pending.how, pending.node, pending.level), pending.title)

    def on_written_line(self, line: Line, field: str, text: str) -> None:
        view, now = self.tab.view, self.desk.now()
        if view is None:
            return
        self.tab.draft.clear()
        if isinstance(line, Pending):
            plan_id = view.head.id
            self.write(lambda wb: _store(wb, plan_id, line, now), pending=line)
        elif text.strip() != _typed(line, field).strip() and not self.refusal(line, field, text):
            entity: plans.Entity = line.ref.kind
            self.write(lambda wb: plans.edit(wb, entity, line.ref.id, field, text, now=now))

    def refusal(self, line: Line, field: str, text: str) -> str:
        if self.tab.view is None:
            return ""
        if why := reading_only.why(self.tab):
            return why
        row = None if isinstance(line, Pending) else line.row
        try:
            if row is None:
                read("item", field, text, self.desk.today())
                return ""
        except UserError as problem:
            return f"{problem.message} {problem.remedy}".strip()
        found = plan_trial.trial(row, self.tab.view.head, {field: text}, self.desk.today())
        return f"{found.message} {found.remedy}".strip() if found is not None else ""

    def on_fields(self, entity: plans.Entity, number: int, fields: dict[str, str]) -> None:
        now = self.desk.now()
        self.write(lambda wb: plans.edit_fields(wb, entity, number, fields, now=now))

    def on_measured(self, objective: int, value: str, day: str) -> None:
        now, today = self.desk.now(), self.desk.today()
        if why := reading_only.why(self.tab):
            self.tab.pane.refuse_reading(why, "")
            return
        try:
            figure = read("reading", "value", value, today)
            on = read("reading", "on_date", day, today) if day.strip() else today
            plan_checks.measured(on, figure, today)
        except UserError as problem:
            self.tab.pane.refuse_reading(problem.message, problem.remedy)
            return
        self.tab.pane.reading_kept()
        self.write(lambda wb: plans.add_reading(wb, objective, on, figure, source=_("by hand"), now=now))

    def on_risk(self, row: Any, field: str, text: str) -> None:
        now = self.desk.now()
        self.write(lambda wb: plans.edit(wb, "risk", row.id, field, text, now=now))

    def on_risk_removed(self, row: Any) -> None:
        now = self.desk.now()
        told = _("Deleted: {title}").format(title=row.title[:80])
        self.write(lambda wb: plans.remove(wb, "risk", row.id, now=now), told)

    def on_promise(self, promise: Any) -> None:
        on = self.desk.today()
        self.write(
            lambda wb: tasks.done(wb, promise.id, on=on), _("Done: {title}").format(title=promise.title)
        )


@dataclass(frozen=True, slots=True)
class NewRisk:
    """A risk just added, to be typed over."""

    id: int


def _store(wb: Workbench, plan_id: int, line: Pending, now: dt.datetime) -> Ref:
    """Keep a new line; the one it was begun from may have been stored just before, on this same thread."""
    node = line.node.ref if isinstance(line.node, Pending) else line.node
    how = "under" if line.how == "under" else "after"
    line.ref = plans.add(
        wb, plan_id, line.title, Place("under" if how == "under" else "after", node), now=now
    )
    return line.ref


def _typed(node: Node, field: str) -> str:
    row: Any = node.row
    if field == "owner":
        return str(row.person or row.owner)
    value = getattr(row, field)
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def _year_on(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 1) - dt.timedelta(days=1)
