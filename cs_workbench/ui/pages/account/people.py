"""People: who decides, who uses, who left; edited where they stand."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import account_edits, account_tabs
from cs_workbench.services.account_tabs import People, Person
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.pages.account.table_tab import TableTab

QUIET_DAYS = 90
_MOODS = {"positive": mark("positive"), "neutral": mark("neutral"), "negative": mark("negative")}
_MOOD_INKS = {"positive": "health.green.text", "negative": "health.red.text"}
_STATUSES = {"active": mark("still there"), "left": mark("left the company")}


class PeopleTab(TableTab):
    """The table of the account's people."""

    key: ClassVar[str] = "people"
    entity = "person"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.people: People | None = None
        self._new = False
        super().__init__(desk, self._columns(), "users", parent)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("name", mark("Name"), lambda one: one.name, typed=lambda one: one.name, style=_name_style),
            Column("roles", mark("Roles"), self._roles, 190, asks=True),
            Column("title", mark("Title"), _title, drop=4, typed=lambda one: one.title, style=_quiet),
            Column("influence", mark("Influence"), _influence, 96, drop=3, typed=lambda one: str(one.influence or ""),
                   choices=_influences),
            Column("sentiment", mark("Mood"), lambda one: _(_MOODS[one.sentiment]) if one.sentiment else "", 96,
                   typed=lambda one: one.sentiment or "", choices=_moods, style=_mood_style),
            Column("last", mark("Last two-way contact"), self._last, 150, right=True, style=self._last_style),
            Column("email", mark("Mail"), lambda one: one.email, 210, drop=2,
                   typed=lambda one: one.email, style=_quiet),
            Column("phone", mark("Phone"), lambda one: one.phone, 130, drop=1,
                   typed=lambda one: one.phone, style=_quiet),
            Column("status", mark("Status"), _status, 130, drop=5, typed=lambda one: "left" if one.left else "active",
                   choices=lambda: [(key, _(words)) for key, words in _STATUSES.items()], style=_quiet),
        )  # fmt: skip

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> People:
        """The account's people."""
        return account_tabs.people(workbench.reads, account_id, today)

    def fill(self, data: Any) -> None:
        """Show them."""
        self.people = data
        self.show_rows(data.people)
        there = [one for one in data.people if not one.left]
        quiet = sum(self._silent(one) for one in there)
        words = ngettext("{n} person", "{n} people", len(there)).format(n=len(there))
        if quiet:
            silent = ngettext(
                "{n} not spoken with for {days} days", "{n} not spoken with for {days} days", quiet
            )
            words = f"{words}{_(' · ')}{silent.format(n=quiet, days=QUIET_DAYS)}"
        self.fact.setText(words)
        if self._new:
            self._new = False
            newest = max(range(len(data.people)), key=lambda n: data.people[n].id)
            self.table.setFocus()
            self.table.edit_cell(newest, "name")

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.table.setAccessibleName(_("People"))
        self.add.setText(_("Add person"))
        self.empty.say(_("Nobody is known at this account yet."), _("Add person"))
        if self.people is not None:
            self.fill(self.people)

    def start_new(self) -> None:
        """Somebody new, whose name is typed at once."""
        workbench, account_id, now = self.desk.workbench, self.account_id, self.desk.now()
        self._new = True
        self.desk.tasks.write(
            lambda: account_edits.add_person(workbench, account_id, _("New person"), now=now)
        )

    def ask(self, row: Any, key: str) -> None:
        """Which roles, as a menu of ticks."""
        if self.people is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for role, words in self.people.labels.choices("role"):
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(role in row.roles)
            action.triggered.connect(lambda on, role=role: self._set_role(row, role, on))
        cell = self.table.visualRect(self.table.currentIndex())
        menu.popup(self.table.viewport().mapToGlobal(cell.bottomLeft()))

    def _set_role(self, person: Person, role: str, on: bool) -> None:
        roles = tuple(one for one in (*person.roles, role) if on or one != role)
        now = self.desk.now()
        self.change(lambda wb: account_edits.set_roles(wb, person.id, roles, now=now), _("Roles changed"))

    def _roles(self, one: Person) -> str:
        labels = self.people.labels if self.people else None
        return _(", ").join(labels.of("role", role) if labels else role for role in one.roles)

    def _last(self, one: Person) -> str:
        return wording.ago(one.last_two_way, self.desk.today()) or _("never")

    def _silent(self, one: Person) -> bool:
        return one.last_two_way is None or (self.desk.today() - one.last_two_way).days > QUIET_DAYS

    def _last_style(self, one: Person) -> tuple[str, str]:
        if one.left:
            return "body", "text.tertiary"
        return ("strong", "health.red.text") if self._silent(one) else ("body", "text.secondary")


def _influence(one: Person) -> str:
    return "" if one.influence is None else "●" * one.influence + "○" * (5 - one.influence)


def _influences() -> list[tuple[str, str]]:
    return [("", "–"), *((str(n), "●" * n + "○" * (5 - n)) for n in range(1, 6))]


def _moods() -> list[tuple[str, str]]:
    return [("", "–"), *((key, _(words)) for key, words in _MOODS.items())]


def _title(one: Person) -> str:
    return _(" · ").join(part for part in (one.department, one.title) if part)


def _status(one: Person) -> str:
    if not one.left:
        return _(_STATUSES["active"])
    return _("left {date}").format(date=wording.date(one.left_on)) if one.left_on else _(_STATUSES["left"])


def _name_style(one: Person) -> tuple[str, str]:
    return "body", "text.tertiary" if one.left else "text.primary"


def _quiet(_one: Person) -> tuple[str, str]:
    return "body", "text.secondary"


def _mood_style(one: Person) -> tuple[str, str]:
    return "body", _MOOD_INKS.get(one.sentiment or "", "text.secondary")
