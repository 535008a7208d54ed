"""What is done on the People tab: each verb one named step with Undo, refused in place where it cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services import (
    account_edits,
    people_edits,
    people_words,
    required_roles,
    stakeholders,
    tasks,
)
from cs_workbench.services.stakeholders import Double, Finding
from cs_workbench.services.workbench import Workbench

if TYPE_CHECKING:
    from cs_workbench.ui.pages.account.people import PeopleTab

TASK_DAYS = 7
"""A task made of a gap is due this many days ahead."""


class PeopleActs(QObject):
    """The verbs of a People tab."""

    def __init__(self, tab: PeopleTab) -> None:
        super().__init__(tab)
        self.tab = tab
        self.desk = tab.desk

    def write(self, work: Callable[[Workbench], Any], told: str, where: str = "") -> None:
        """Do it on the writer thread and tell it; what is refused is said at *where* in the pane."""
        workbench = self.desk.workbench

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self.desk.tasks.failed.emit(error)
            elif where:
                self.tab.pane.refuse(where, error.message, error.remedy)
                self.tab.refill()
            else:
                self.desk.tell(error.message, error.remedy, tone="bad")
                self.tab.refill()

        def done(_nothing: object) -> None:
            if where in self.tab.pane.editors:
                self.tab.pane.close_editors()
            self.desk.tell(told, self.tab.account, undo=True)

        self.desk.tasks.write(lambda: work(workbench), done=done, failed=failed)

    def place(self, person: int, influence: int | None, mood: str | None) -> None:
        """Another place on the map."""
        now = self.desk.now()
        name = self._name(person)
        self.write(
            lambda wb: people_edits.place(wb, person, influence, mood, now=now),
            _("{person} moved on the map").format(person=name),
        )

    def hang(self, person: int, boss: int | None) -> None:
        """Another boss, dropped or chosen; a circle is refused beside the field."""
        now = self.desk.now()
        self.tab.choose(person)
        self.write(
            lambda wb: people_edits.set_boss(wb, person, boss, now=now), _("Reporting line changed"), "boss"
        )

    def field(self, person: int, field: str, text: str) -> None:
        """A field of the pane."""
        if field == "boss":
            self.hang(person, int(text) if text else None)
        else:
            self.tab.edit("person", person, field, text)

    def status(self, person: int, status: str) -> None:
        """Left today, or still there: chosen in the list."""
        now, today = self.desk.now(), self.desk.today()
        if status == "left":
            self.write(lambda wb: people_edits.leave(wb, person, today, now=now), _("Departure noted"))
        else:
            self.write(lambda wb: people_edits.come_back(wb, person, now=now), _("Still there"))

    def entered(self, verb: str, person: int, what: dict[str, Any]) -> None:
        """What an editor of the pane handed over."""
        now = self.desk.now()
        if verb == "leave":
            on: dt.date = what["on"]
            self.write(lambda wb: people_edits.leave(wb, person, on, now=now), _("Departure noted"), verb)
        elif verb == "move":
            self.write(
                lambda wb: people_edits.move(
                    wb, person, what["company"], what["on"], account=what["account"], title=what["title"], now=now
                ),
                _("Move to {company} noted").format(company=what["company"].strip()), verb,
            )  # fmt: skip
        elif verb == "merge":
            gone: int = what["gone"]
            self.write(lambda wb: people_edits.merge(wb, person, gone, now=now), _("People merged"), verb)

    def merge(self, pair: Double) -> None:
        """A pair offered above."""
        now = self.desk.now()
        self.write(lambda wb: people_edits.merge(wb, pair.keep, pair.gone, now=now), _("People merged"))

    def part(self, pair: Double) -> None:
        """They are two people: never asked again."""
        workbench, now = self.desk.workbench, self.desk.now()
        self.desk.tasks.write(
            lambda: stakeholders.apart(workbench, pair.keep, pair.gone, now=now),
            done=lambda _none: self.tab.load(),
        )

    def task(self, finding: Finding) -> None:
        """The task that mends a gap, due in a week."""
        shown = self.tab.shown
        if shown is None:
            return
        title, now = people_words.action(finding, shown), self.desk.now()
        due = self.desk.today() + dt.timedelta(days=TASK_DAYS)
        person = finding.people[0] if len(finding.people) == 1 else None
        account = self.tab.account_id
        self.write(
            lambda wb: tasks.add(wb, account, title, due_on=due, person_id=person, now=now),
            _("Task added: {title}").format(title=title),
        )

    def role(self, person: int, held: tuple[str, ...], role: str, on: bool) -> None:
        """A role ticked or not."""
        roles = tuple(one for one in (*held, role) if on or one != role)
        now = self.desk.now()
        self.write(lambda wb: account_edits.set_roles(wb, person, roles, now=now), _("Roles changed"))

    def require(self, role: str, on: bool) -> None:
        """A role the account's tier needs from now on, or no longer."""
        shown = self.tab.shown
        if shown is None or shown.tier is None:
            return
        tier, roles = shown.tier, [one for one in (*shown.required, role) if on or one != role]
        self.write(
            lambda wb: required_roles.set_required(wb, tier, roles),
            _("Required roles of {tier} changed").format(tier=shown.labels.of("tier", tier)),
        )

    def _name(self, person: int) -> str:
        return self.tab.shown.name(person) if self.tab.shown is not None else ""
