"""All success plans: how far each is, what is due next, what is overdue; Enter opens the account's Plan tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import plan_list, plan_words
from cs_workbench.services.plan_list import PlanLine
from cs_workbench.services.signal_words import short
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.pages.success.listing import ListView
from cs_workbench.ui.pages.success.marked_table import Marks

_QUIET = ("body", "text.secondary")
_FILTERS = {
    "": mark("Plans under way"), "late": mark("With something overdue"), "behind": mark("Behind or overdue"),
    "unmeasured": mark("Not measured"), "unreviewed": mark("Never reviewed"), "closed": mark("Completed or dropped"),
    "all": mark("All plans"),
}  # fmt: skip


class PlansView(ListView):
    """``open(account_id=…)`` chooses that account's plan."""

    id: ClassVar[str] = "plans"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        (
            "account",
            "success_plan",
            "objective",
            "objective_reading",
            "plan_item",
            "plan_version",
            "reading",
            "task",
        )
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        marks = Marks(
            {"state": lambda row: plan_words.BANDS[row.standing]},
            {"progress": lambda row: (row.progress, None)},
            frozenset(("goal", "next")),
        )
        super().__init__(desk, _columns(self), marks, icon="target", parent=parent)
        self.retranslate()

    def fact(self) -> str:
        """How many are under way, how many of them have something overdue."""
        if self.rows is None:
            return ""
        running = [row for row in self.rows if row.running]
        late = sum(1 for row in running if row.overdue)
        words = ngettext("{n} plan under way", "{n} plans under way", len(running)).format(n=len(running))
        if not late:
            return words
        told = ngettext("{n} with something overdue", "{n} with something overdue", late).format(n=late)
        return _(" · ").join((words, told))

    def open(self, **arguments: object) -> None:
        """Which account's plan is chosen."""
        if "account_id" in arguments:
            self.want(arguments["account_id"])

    def standing(self) -> dict[str, object]:
        """Whose plan is chosen."""
        chosen = self.table.chosen()
        return {} if chosen is None else {"account_id": chosen.row.account_id}

    def refresh(self) -> None:
        """Read every plan in the background."""
        reads, today = self.desk.workbench.reads, self.desk.today()
        self.loading()
        self.desk.tasks.run(
            lambda: plan_list.lines(reads, today), done=self.show_rows, failed=self.failed, latest=self
        )

    def retranslate(self) -> None:
        """Fixed texts, and the rows again."""
        self.words.setAccessibleName(_("Filter plans"))
        self.words.setPlaceholderText(_("Account, goal or next step"))
        self.which.setAccessibleName(_("Which plans"))
        self.refill({key: _(text) for key, text in _FILTERS.items()})
        self.table.setAccessibleName(_("Success plans"))
        self.empty.say(
            _("A success plan says what a customer wants to reach, by when, and who does what."),
            _("Choose an account"),
        )
        self.nothing.say(_("No plan fits."), _("Show plans under way"))
        if self.rows is not None:
            self.filter_rows()

    def paper_title(self) -> str:
        """As the tab."""
        return _("Success plans")

    def passes(self, row: Any, which: str) -> bool:
        """By state."""
        tests: dict[str, Callable[[PlanLine], bool]] = {
            "": lambda one: one.running, "late": lambda one: one.running and one.overdue > 0,
            "behind": lambda one: one.running and one.standing in {"behind", "missed", "overdue"},
            "unmeasured": lambda one: one.running and (one.progress is None or one.unmeasured > 0),
            "unreviewed": lambda one: one.running and one.row.reviewed_on is None,
            "closed": lambda one: not one.running, "all": lambda _one: True,
        }  # fmt: skip
        return tests[which](row)

    def searched(self, row: Any) -> str:
        """Account, plan, goals, next step."""
        title = row.next.title if row.next is not None else ""
        return " ".join((row.row.account, row.row.name, row.goal, *row.goals, title))

    def matches(self, row: Any, wanted: object) -> bool:
        """By account."""
        return bool(row.row.account_id == wanted)

    def begin(self) -> None:
        """Plans are started on an account's page."""
        self.desk.go("accounts")

    def open_row(self) -> None:
        """The Plan tab of the account."""
        row = self.table.chosen()
        if row is not None:
            self.desk.open_account(row.row.account_id, "plan")

    def names(self) -> Mapping[str, str]:
        """For the pointer."""
        return {"open_row": _("Open plan"), "copy_rows": _("Copy as table")}


def _columns(view: PlansView) -> tuple[Column, ...]:
    def due(row: PlanLine) -> str:
        return "" if row.next is None else short(row.next.due_on)

    def due_style(row: PlanLine) -> tuple[str, str]:
        late = row.next is not None and row.running and row.next.due_on < view.desk.today()
        return ("strong", "health.red.text") if late else ("body", "text.secondary")

    return (
        Column("account", mark("Account"), lambda row: row.row.account, 208, snug=True),
        Column("goal", mark("Goal"), lambda row: row.goal, style=lambda _row: _QUIET),
        Column("progress", mark("Progress"), _progress, 124),
        Column("state", mark("State"), _state, 168),
        Column("due", mark("Next due"), due, 80, right=True, drop=4, style=due_style),
        Column("next", mark("Step"), lambda row: "" if row.next is None else row.next.title, drop=3, least=176,
               style=lambda _row: _QUIET),
        Column("promises", mark("Promises"), _promises, 168, drop=2, snug=True, style=lambda _row: _QUIET),
        Column("review", mark("Last review"), lambda row: wording.date(row.row.reviewed_on) or "–", 96, right=True,
               drop=1, style=lambda _row: _QUIET),
    )  # fmt: skip


def _progress(row: PlanLine) -> str:
    return plan_words.percent(row.progress) or "–"


def _state(row: PlanLine) -> str:
    """How it stands, and how much of it is overdue: a goal may be on track while steps are late."""
    if not row.running:
        return _(plan_words.PLAN_STATUSES.get(row.row.status, row.row.status))
    late = ngettext("{n} overdue", "{n} overdue", row.overdue).format(n=row.overdue) if row.overdue else ""
    told = _(plan_words.STANDINGS[row.standing])
    if row.standing == "overdue" and late:
        told = _(plan_words.STANDINGS["missed"])
    if row.standing in {"not_measured", "reached"} and row.progress is not None and row.unmeasured:
        told = _("{n} of {all} not measured").format(n=row.unmeasured, all=row.counted)
    return _(" · ").join((told, late)) if late else told


def _promises(row: PlanLine) -> str:
    """Those open, on which side; a side without any says nothing."""
    ours = _("{n} ours").format(n=row.ours) if row.ours else ""
    theirs = _("{n} theirs").format(n=row.theirs) if row.theirs else ""
    return _(", ").join(filter(None, (ours, theirs)))
