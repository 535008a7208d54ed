"""Tasks and promises: Space ticks, everything else is edited where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import account_tabs, signal_words, tasks
from cs_workbench.services.account_page import TaskRow
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.pages.account.tab import Verbs
from cs_workbench.ui.pages.account.table_tab import TableTab

_KINDS = {
    "task": mark("task"),
    "promise_ours": mark("our promise"),
    "promise_theirs": mark("their promise"),
}


class TasksTab(TableTab):
    """Open ones first, then those of the last 30 days that are done."""

    key: ClassVar[str] = "tasks"
    entity = "task"
    names: ClassVar[str] = "title"
    added: ClassVar[str] = mark("Task added")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.rows: tuple[TaskRow, ...] | None = None
        super().__init__(desk, self._columns(), "square-check", parent)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("done", "", lambda one: _("done") if one.done_on else "", 44, checked=lambda one: bool(one.done_on),
                   spoken=mark("done")),
            Column("title", mark("Task"), lambda one: one.title, typed=lambda one: one.title, style=_title_style),
            Column("kind", mark("Kind"), lambda one: _(_KINDS.get(one.kind, one.kind)), 130, drop=2, style=_quiet),
            Column("person", mark("With"), lambda one: one.person or "", 150, drop=1, style=_quiet),
            Column("owner", mark("Owner"), lambda one: one.owner or "", 150, drop=3, typed=lambda one: one.owner or "",
                   style=_quiet),
            Column("due_on", mark("Due"), lambda one: wording.date(one.due_on), 120, right=True,
                   typed=lambda one: wording.date(one.due_on), style=self._due_style),
            Column("late", mark("State"), self._state, 120, right=True, style=self._due_style),
        )  # fmt: skip

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> tuple[TaskRow, ...]:
        """Tasks and promises."""
        return account_tabs.tasks(workbench.reads, account_id, today)

    def fill(self, data: Any) -> None:
        """Show them."""
        self.rows = data
        self.show_rows(data)
        waiting = [one for one in data if one.done_on is None]
        late = sum(self._late(one) > 0 for one in waiting)
        words = ngettext("{n} open", "{n} open", len(waiting)).format(n=len(waiting))
        if late:
            behind = ngettext("{n} late", "{n} late", late).format(n=late)
            words = _(" · ").join((words, behind))
        self.fact.setText(words)

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.table.setAccessibleName(_("Tasks"))
        self.add.setText(_("Add task"))
        self.empty.say(_("Nothing is planned for this account."), _("Add task"))
        if self.rows is not None:
            self.fill(self.rows)

    def verbs(self) -> Verbs:
        """Space as well."""
        row = self.table.chosen()
        return dict(super().verbs()) | ({} if row is None else {"done": self.table.tick})

    def unnamed(self) -> TaskRow:
        """A task without a title."""
        return TaskRow(0, "task", "", None, None, None, None, "")

    def place_of_new(self, rows: Sequence[TaskRow]) -> int:
        """The last of the open ones: it is due on no day."""
        return sum(one.done_on is None for one in rows)

    def make(self, workbench: Workbench, account_id: int, row: TaskRow, now: dt.datetime) -> int:
        """A task of that title."""
        return tasks.add(workbench, account_id, row.title, now=now)

    def tick(self, row: Any, on: bool) -> None:
        """Done, or open again."""
        today = self.desk.today()
        if on:
            self.change(
                lambda wb: tasks.done(wb, row.id, on=today), _("Done: {title}").format(title=row.title)
            )
        else:
            self.change(lambda wb: tasks.reopen(wb, row.id), _("Open again: {title}").format(title=row.title))

    def _late(self, one: TaskRow) -> int:
        return 0 if one.due_on is None or one.done_on else (self.desk.today() - one.due_on).days

    def _state(self, one: TaskRow) -> str:
        if one.done_on:
            return _("done {date}").format(date=signal_words.short(one.done_on))
        late = self._late(one)
        if late > 0:
            return _("{n} d late").format(n=late)
        return wording.days_left(one.due_on, self.desk.today())

    def _due_style(self, one: TaskRow) -> tuple[str, str]:
        if self._late(one) > 0:
            return "strong", "health.red.text"
        return "body", "text.tertiary" if one.done_on else "text.secondary"


def _title_style(one: TaskRow) -> tuple[str, str]:
    return "body", "text.tertiary" if one.done_on else "text.primary"


def _quiet(one: TaskRow) -> tuple[str, str]:
    return "body", "text.tertiary" if one.done_on else "text.secondary"
