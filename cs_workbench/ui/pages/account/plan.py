"""The Plan tab: the tree of a success plan, its dates and versions, written from the keyboard and kept as typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services import (
    plan_moves,
    plan_reading,
    plan_templates,
    plan_trial,
    plan_versions,
    plans,
    tasks,
)
from cs_workbench.services.plan_reading import AccountPlan, Node, PlanView
from cs_workbench.services.plan_values import read
from cs_workbench.services.plans import Place, Ref
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.plan_model import Line, Pending, PlanModel
from cs_workbench.ui.pages.account.plan_below import PlanBelow
from cs_workbench.ui.pages.account.plan_chooser import PlanChooser
from cs_workbench.ui.pages.account.plan_dates import bars
from cs_workbench.ui.pages.account.plan_draft import PlanDraft, Typed
from cs_workbench.ui.pages.account.plan_head import PlanHead
from cs_workbench.ui.pages.account.plan_pane import PlanPane
from cs_workbench.ui.pages.account.plan_review import PlanReview
from cs_workbench.ui.pages.account.tab import Tab, Verbs, scrolled
from cs_workbench.ui.widgets.gantt import Gantt
from cs_workbench.ui.widgets.plan_tree import PlanTree
from cs_workbench.ui.widgets.split import DetailSplit


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


class PlanTab(Tab):
    """Head, tree with risks and promises below, dates, versions; the fields of what is chosen beside it."""

    key: ClassVar[str] = "plan"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self.plan_id: int | None = None
        self.choosing = False
        self.draft = PlanDraft(desk, self)
        self.head, self.pane = PlanHead(), PlanPane()
        self.model = PlanModel(self)
        self.tree = PlanTree(self.model, refuse=self._refusal)
        self.below, self.review = PlanBelow(), PlanReview()
        self.gantt, self.chooser = Gantt(), PlanChooser()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        steps = QWidget()
        column = QVBoxLayout(steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.tree, self.below):
            column.addWidget(part)
        column.addStretch(1)
        self.area: QScrollArea = scrolled(steps)
        self.tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dates = scrolled(self.gantt)
        holder = QWidget()
        self.views = QStackedLayout(holder)
        self.pages = {"steps": self.area, "dates": dates, "versions": self.review}
        for page in self.pages.values():
            self.views.addWidget(page)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.head)
        inner.addWidget(holder, 1)
        self.split = DetailSplit(content, self.pane)
        blank = QWidget()
        self.stack = QStackedLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        for view in (blank, self.split, self.chooser):
            self.stack.addWidget(view)

    def _connect(self) -> None:
        self.tree.written.connect(self._on_written_line)
        self.tree.asked.connect(self.do)
        self.tree.moved.connect(self._on_moved)
        self.tree.typing.connect(self._on_typing)
        self.tree.customContextMenuRequested.connect(self.open_menu)
        self.model.rowsInserted.connect(self._fit)
        self.model.rowsRemoved.connect(self._fit)
        self.head.asked.connect(self.ask)
        self.head.viewed.connect(self.show_view)
        self.head.switched.connect(self.switch_plan)
        self.below.asked.connect(self._on_key)
        self.below.risk_edited.connect(self._on_risk)
        self.below.risk_added.connect(self.add_risk)
        self.below.risk_removed.connect(self._on_risk_removed)
        self.below.ticked.connect(self._on_promise)
        self.pane.edited.connect(self._on_fields)
        self.pane.measured.connect(self._on_measured)
        self.review.wanted.connect(self._on_wanted)
        self.review.asked.connect(lambda: self.ask("review"))
        self.gantt.chosen.connect(self._on_bar)
        self.chooser.chosen.connect(self.start)
        self.chooser.left.connect(self._leave_chooser)

    @property
    def view(self) -> PlanView | None:
        """The plan shown."""
        return self.shown.plans.view if self.shown is not None else None

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> Shown:
        """The account's plans and the one shown."""
        draft = self.draft.read(workbench, account_id)
        return Shown(plan_reading.account_plan(workbench.reads, account_id, today, self.plan_id), draft)

    def fill(self, data: Any) -> None:
        """Show it; the line chosen stays chosen and a field being typed in stays open."""
        first = self.shown is None
        self.shown = data
        view = self.view
        self.counted.emit(self.key, len(view.objectives) if view is not None else 0)
        if view is None or self.choosing:
            self.chooser.begin(others=view is not None)
            self.stack.setCurrentWidget(self.chooser)
            return
        self.plan_id = view.head.id
        self.stack.setCurrentWidget(self.split)
        self.head.show_plan(view, self.shown.plans.plans)
        self.model.fill(view.nodes)
        self._fit()
        self.below.show_plan(view)
        if not self.tree.is_typing():
            self.tree.choose(None)
        self.pane.show_node(view, view.node(self._chosen()) if self._chosen() else None)
        self._show_more(view)
        if first and data.draft is not None:
            self._resume(data.draft)

    def forget(self) -> None:
        """Nothing of the account before."""
        self.shown, self.plan_id, self.choosing = None, None, False
        self.model.pending.clear()
        self.model.fill(())
        self.counted.emit(self.key, 0)

    def retranslate(self) -> None:
        """Fixed words, and the plan again."""
        self.tree.setAccessibleName(_("Steps of the plan"))
        self.gantt.setAccessibleName(_("Dates of the plan"))
        for part in (self.head, self.below, self.review, self.chooser, self.pane):
            part.retranslate()
        if self.shown is not None:
            self.fill(self.shown)

    def verbs(self) -> Verbs:
        """Keys of the tree."""
        if self.view is None or self.choosing:
            return {}
        found: dict[str, Callable[[], object]] = {
            "new_row": self.tree.begin_inside, "next_row": lambda: self.tree.step(1),
            "previous_row": lambda: self.tree.step(-1), "details": self.split.toggle,
        }  # fmt: skip
        node = self.tree.chosen()
        if node is not None:
            found |= {
                "edit": self.tree.edit_title, "done": lambda: self.do("done", node),
                "delete": lambda: self.do("delete", node),
            }  # fmt: skip
        return found

    def first_focus(self) -> QWidget:
        """The tree, or the first template."""
        if self.view is None or self.choosing:
            return next(iter(self.chooser.buttons.values()), self.chooser)
        return {"steps": self.tree, "dates": self.gantt, "versions": self.review.before}[self.shown_view]

    @property
    def shown_view(self) -> str:
        """steps, dates or versions."""
        page = self.views.currentWidget()
        return next(key for key, one in self.pages.items() if one is page)

    def leave(self) -> bool:
        """Keep what is being typed: a field loses the keyboard and is kept, the rest is a draft."""
        self.draft.flush()
        return True

    def show_view(self, key: str) -> None:
        """Steps, dates or versions."""
        self.views.setCurrentWidget(self.pages[key])
        if self.view is not None:
            self._show_more(self.view)

    def do(self, verb: str, node: Node) -> None:
        """What a key means for a node."""
        now, ref = self.desk.now(), node.ref
        if verb == "pane":
            self.split.open_pane()
            self.pane.first().setFocus()
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
        view, now = self.view, self.desk.now()
        if verb == "new":
            self.choosing = True
            self._refill()
        elif view is None:
            return
        elif verb == "review":
            self.write(lambda wb: plan_versions.review(wb, view.head.id, now=now), _("Version kept"))
        elif verb == "delete":
            self.plan_id = None
            self.write(lambda wb: plans.remove(wb, "plan", view.head.id, now=now), _("Plan deleted"))
        elif verb == "plan":
            self.tree.clearSelection()
            self.pane.show_node(view, None)
            self.split.open_pane()
            self.pane.first().setFocus()
        elif verb == "sheet":
            opener: Callable[..., bool] | None = getattr(self.window(), "open_dialog", None)
            if opener is not None:
                opener("prepare_pack", account_id=self.account_id, template="success_plan")

    def start(self, key: str) -> None:
        """A plan from a template, or an empty one, from the first of this month."""
        account_id, now, language = self.account_id, self.desk.now(), i18n.language()
        begin = self.desk.today().replace(day=1)
        self.choosing, self.plan_id = False, None
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

    def switch_plan(self, plan_id: int) -> None:
        """Another plan of the account."""
        self.plan_id = plan_id
        self.load()

    def add_risk(self) -> None:
        """A risk to be typed over."""
        view, now = self.view, self.desk.now()
        if view is not None:
            self.write(lambda wb: NewRisk(plans.add_risk(wb, view.head.id, _("New risk"), now=now)))

    def write(self, work: Callable[[Workbench], Any], told: str = "", pending: Pending | None = None) -> None:
        """Do *work* on the writer thread, read the plan there and show it; a refusal is said in place."""
        workbench, account_id, today = self.desk.workbench, self.account_id, self.desk.today()

        def job() -> Written:
            made = work(workbench)
            return Written(made, told, self.read(workbench, account_id, today))

        failed = self._on_refused if pending is None else lambda error: self._on_unkept(pending, error)
        self.desk.tasks.write(job, done=self._on_kept, failed=failed)

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        node = self.tree.chosen()
        menu.addAction(_("Add"), self.tree.begin_inside)
        if node is not None:
            menu.addAction(_("Edit"), self.tree.edit_title)
            for verb, words in (
                ("done", _("Done")), ("deeper", _("Indent")), ("higher", _("Outdent")), ("up", _("Move up")),
                ("down", _("Move down")), ("pane", _("Show details")), ("delete", _("Delete")),
            ):  # fmt: skip
                menu.addAction(words, lambda verb=verb: self.do(verb, node))
        menu.popup(self.tree.viewport().mapToGlobal(at))
        return menu

    def _on_kept(self, written: Written) -> None:
        self.below.trouble.clear()
        self.fill(written.shown)
        self.pane.say_saved(_("✓ Saved {time}").format(time=self.desk.now().astimezone().strftime("%H:%M")))
        if isinstance(written.made, Ref) and not self.tree.is_typing():
            self.tree.choose(written.made)
        if isinstance(written.made, NewRisk):
            self.below.edit_last_risk()
        if written.told:
            self.desk.tell(written.told, self.account, undo=True)
        if self.hasFocus():
            self.first_focus().setFocus()

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.below.refuse(error.message, error.remedy)
            self._refill()
        else:
            self.desk.tasks.failed.emit(error)

    def _on_unkept(self, pending: Pending, error: BaseException) -> None:
        """A new line that was refused stays open with what was typed."""
        self._on_refused(error)
        self.model.drop(pending)
        if isinstance(error, UserError) and isinstance(pending.node, Ref | None):
            self.tree.begin(Pending(pending.how, pending.node, pending.level), pending.title)

    def _on_written_line(self, line: Line, field: str, text: str) -> None:
        view, now = self.view, self.desk.now()
        if view is None:
            return
        self.draft.clear()
        if isinstance(line, Pending):
            plan_id = view.head.id
            self.write(lambda wb: _store(wb, plan_id, line, now), pending=line)
        elif text.strip() != _typed(line, field).strip() and not self._refusal(line, field, text):
            entity: plans.Entity = line.ref.kind
            self.write(lambda wb: plans.edit(wb, entity, line.ref.id, field, text, now=now))

    def _refusal(self, line: Line, field: str, text: str) -> str:
        if self.view is None:
            return ""
        row = None if isinstance(line, Pending) else line.row
        try:
            if row is None:
                read("item", field, text, self.desk.today())
                return ""
        except UserError as problem:
            return f"{problem.message} {problem.remedy}".strip()
        found = plan_trial.trial(row, self.view.head, {field: text}, self.desk.today())
        return f"{found.message} {found.remedy}".strip() if found is not None else ""

    def _on_fields(self, entity: plans.Entity, number: int, fields: dict[str, str]) -> None:
        now = self.desk.now()
        self.write(lambda wb: plans.edit_fields(wb, entity, number, fields, now=now))

    def _on_measured(self, objective: int, value: str, day: str) -> None:
        now, today = self.desk.now(), self.desk.today()
        try:
            figure = read("reading", "value", value, today)
            on = read("reading", "on_date", day, today) if day.strip() else today
            from cs_workbench.services import plan_checks

            plan_checks.measured(on, figure, today)
        except UserError as problem:
            self.pane.refuse_reading(problem.message, problem.remedy)
            return
        self.pane.reading_kept()
        self.write(lambda wb: plans.add_reading(wb, objective, on, figure, source=_("by hand"), now=now))

    def _on_risk(self, row: Any, field: str, text: str) -> None:
        now = self.desk.now()
        self.write(lambda wb: plans.edit(wb, "risk", row.id, field, text, now=now))

    def _on_risk_removed(self, row: Any) -> None:
        now = self.desk.now()
        told = _("Deleted: {title}").format(title=row.title[:80])
        self.write(lambda wb: plans.remove(wb, "risk", row.id, now=now), told)

    def _on_promise(self, promise: Any) -> None:
        on = self.desk.today()
        self.write(
            lambda wb: tasks.done(wb, promise.id, on=on), _("Done: {title}").format(title=promise.title)
        )

    def _on_wanted(self, before: int, after: int) -> None:
        reads = self.desk.workbench.reads
        self.desk.tasks.run(
            lambda: plan_versions.changes(reads, before, after or None), done=self.review.show_marks,
            latest=(id(self), "redline"),
        )  # fmt: skip

    def _on_key(self, key: str) -> None:
        node = self.tree.chosen()
        self.tree.setFocus()
        if key == "add":
            self.tree.begin_inside()
        elif node is not None:
            self.do(key, node)

    def _on_moved(self, line: Line | None) -> None:
        view = self.view
        if view is None or line is None:
            return
        self.pane.show_node(view, line if isinstance(line, Node) else None)
        box = self.tree.visualRect(self.tree.currentIndex())
        top = self.tree.y() + self.tree.horizontalHeader().height() + box.center().y()
        self.area.ensureVisible(0, top, 0, box.height() * 2)

    def _on_typing(self, line: Line, text: str) -> None:
        self.draft.note(self.account_id, line, text)

    def _on_bar(self, key: object) -> None:
        if isinstance(key, Ref):
            self.tree.choose(key)

    def _resume(self, draft: Typed) -> None:
        """Open the field that was being typed in when the window went away, with its words."""
        node = self.view.node(draft.node) if self.view is not None and draft.node is not None else None
        if draft.how == "edit" and node is not None:
            self.tree.choose(node.ref)
            self.tree.edit_title(draft.text)
        elif draft.how in {"after", "under"} and (node is not None or draft.node is None):
            level = (node.level if node is not None else 0) + (draft.how == "under")
            self.tree.begin(Pending(draft.how, draft.node, level), draft.text)

    def _show_more(self, view: PlanView) -> None:
        if self.shown_view == "dates":
            self.gantt.show_bars(bars(view), view.as_of, view.head.starts_on, view.head.ends_on)
        elif self.shown_view == "versions":
            self.review.show_plan(view)

    def _chosen(self) -> Ref | None:
        node = self.tree.chosen()
        return node.ref if node is not None else None

    def _leave_chooser(self) -> None:
        self.choosing = False
        self._refill()

    def _refill(self) -> None:
        if self.shown is not None:
            self.fill(replace(self.shown, draft=None))

    def _fit(self) -> None:
        self.tree.setFixedHeight(self.tree.content_height())


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
