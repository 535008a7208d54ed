"""The columns of the People table, and a person as a mark of the map, in words of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import people_words
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.services.stakeholders import StakeholderMap, StakeholderRow
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.widgets.people_marks import Mark, shade

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk

QUIET_DAYS = 90
_MOOD_INKS = {"positive": "health.green.text", "negative": "health.red.text"}
_STATUSES = {"active": mark("still there"), "left": mark("left the company")}


def columns(shown: Callable[[], StakeholderMap | None], today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """The table's columns; *shown* gives the map they speak about."""

    def last(one: StakeholderRow) -> str:
        if not one.id:  # not even named yet
            return ""
        return wording.ago(one.last, today()) or _("never")

    def last_style(one: StakeholderRow) -> tuple[str, str]:
        if one.left:
            return "body", "text.tertiary"
        return ("strong", "health.red.text") if silent(one, today()) else ("body", "text.secondary")

    return (
        Column("name", mark("Name"), lambda one: one.name, 208, snug=True, typed=lambda one: one.name,
               style=_name_style),
        Column("roles", mark("Roles"), lambda one: roles(shown(), one), 208, snug=True, asks=True),
        Column("title", mark("Title"), title, drop=5, typed=lambda one: one.title, style=_quiet),
        Column("influence", mark("Influence"), lambda one: of_five(one.influence), 96, drop=4,
               typed=lambda one: str(one.influence or ""), choices=influences),
        Column("sentiment", mark("Mood"), lambda one: people_words.mood(one.sentiment), 96,
               typed=lambda one: one.sentiment or "", choices=moods, style=_mood_style),
        Column("last", mark("Last two-way contact"), last, 150, right=True, style=last_style),
        Column("email", mark("Mail"), lambda one: one.email, 210, drop=2, typed=lambda one: one.email, style=_quiet),
        Column("phone", mark("Phone"), lambda one: one.phone, 130, drop=1, typed=lambda one: one.phone,
               style=_quiet),
        Column("status", mark("Status"), people_words.status, 130, drop=3,
               typed=lambda one: "left" if one.left_on or one.left else "active",
               choices=lambda: [(key, _(words)) for key, words in _STATUSES.items()], style=_quiet),
    )  # fmt: skip


def unnamed(account_id: int) -> StakeholderRow:
    """Somebody nothing is known of, not even the name."""
    return StakeholderRow(
        0, account_id, "", "", "", "", "", None, None, None, False, None, "", None, "", (), None, 0, 0, ""
    )


def silent(one: StakeholderRow, today: dt.date) -> bool:
    """Whether nobody spoke with them for 90 days."""
    return one.last is None or (today - one.last).days > QUIET_DAYS


def told(shown: StakeholderMap, today: dt.date) -> str:
    """How many are there, and with how many nobody spoke for long."""
    quiet = sum(silent(one, today) for one in shown.here)
    count = len(shown.here)
    words = ngettext("{n} person", "{n} people", count).format(n=count)
    if not quiet:
        return words
    said = ngettext("{n} not spoken with for {days} days", "{n} not spoken with for {days} days", quiet)
    return f"{words}{_(' · ')}{said.format(n=quiet, days=QUIET_DAYS)}"


def roles(shown: StakeholderMap | None, one: StakeholderRow) -> str:
    """Somebody's roles in words."""
    return _(", ").join(shown.labels.of("role", role) if shown else role for role in one.roles)


def title(one: StakeholderRow) -> str:
    """Department and title; a title that begins with the department says both ("Operations director")."""
    if one.department and fold(one.title).startswith(fold(one.department)):
        return one.title
    return _(" · ").join(part for part in (one.department, one.title) if part)


def dots(influence: int | None) -> str:
    """Influence as dots; "" where it is not known."""
    return "" if influence is None else "●" * influence + "○" * (5 - influence)


def of_five(influence: int | None) -> str:
    """Influence in figures, for lists and those who listen; "" where it is not known."""
    return "" if influence is None else f"{influence}/5"


def influences() -> list[tuple[str, str]]:
    """The choice of influence."""
    return [("", "–"), *((str(n), of_five(n)) for n in range(1, 6))]


def moods() -> list[tuple[str, str]]:
    """The choice of sentiment."""
    return [("", "–"), *((key, _(words)) for key, words in people_words.MOODS.items())]


def marks(shown: StakeholderMap) -> tuple[Mark, ...]:
    """Those still there, as the map and the tree paint them."""
    return tuple(_mark(shown, one) for one in shown.here)


def _mark(shown: StakeholderMap, one: StakeholderRow) -> Mark:
    said = roles(shown, one)
    last = wording.ago(one.last, shown.as_of) or _("never")
    boss = shown.name(one.boss_id)
    words = [
        one.name, said, title(one),
        _("influence {n} of 5").format(n=one.influence) if one.influence else _("influence not known"),
        people_words.mood(one.sentiment) or _("mood not known"),
        _("last two-way contact {date}").format(date=last),
        _("reports to {boss}").format(boss=boss) if boss else "",
        _("leaves {date}").format(date=wording.date(one.left_on)) if one.left_on else "",
    ]  # fmt: skip
    return Mark(
        one.id, one.name, said or title(one), one.roles, shade(one.last, shown.as_of),
        _(", ").join(filter(None, words)), one.influence, one.sentiment, one.boss_id,
    )  # fmt: skip


def printable(shown: StakeholderMap, view: str, told: str, desk: Desk) -> Printable | None:
    """The people on paper: as a list, or with *view* "tree" under those they report to; None where nobody is."""
    if not shown.people:
        return None
    lines = shown.outline() if view == "tree" else tuple((0, one) for one in shown.people)
    rows = tuple(
        (
            "\u3000" * level + one.name, roles(shown, one), title(one), dots(one.influence),
            people_words.mood(one.sentiment), wording.date(one.last) or _("never"),
        )
        for level, one in lines
    )  # fmt: skip
    heads = ((_("Name"), 2.2), (_("Roles"), 2.0), (_("Title"), 2.0), (_("Influence"), 1.0), (_("Mood"), 0.9),
             (_("Last two-way contact"), 1.4))  # fmt: skip
    head = _("Reporting lines") if view == "tree" else _("People")
    return Printable(
        f"{shown.account}{_(' · ')}{head}", told, tuple(PrintColumn(words, False, wide) for words, wide in heads), rows,
        source_line(desk.workbench.path, wording.date(desk.today())), i18n.language(),
    )  # fmt: skip


def _name_style(one: StakeholderRow) -> tuple[str, str]:
    return "body", "text.tertiary" if one.left else "text.primary"


def _quiet(_one: StakeholderRow) -> tuple[str, str]:
    return "body", "text.secondary"


def _mood_style(one: StakeholderRow) -> tuple[str, str]:
    return "body", _MOOD_INKS.get(one.sentiment or "", "text.secondary")
