"""Reminders: what is due now and was not spoken of yet, put in words, outside the quiet hours."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.domain import reminders as rules
from cs_workbench.domain.reminders import Deadline, Due, Meeting, Quiet, Reminder
from cs_workbench.domain.renewal import renewal, runs_at
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.store import drafts as stored
from cs_workbench.store.queries import contacts as queries
from cs_workbench.store.queries import signals

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

_MEMORY = "reminded"
_SHOWN = 3
_COUNTED = 2
_DEFAULT_CADENCE = 60
_WORDS = {
    "task": mark("Due today: {title}"),
    "promise_ours": mark("Promised for today: {title}"),
    "promise_theirs": mark("They promised for today: {title}"),
    "meeting": mark("{time} {title}"),
}
_LATE = {
    "task": mark("Overdue: {title}"),
    "promise_ours": mark("Promise overdue: {title}"),
    "promise_theirs": mark("Their promise is overdue: {title}"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message for all that is to be said: a title and at most four lines. ``account_id`` is the one it is about,
    None for several. Where there is room for two lines only: how many of what, and the most pressing of them.
    """

    title: str
    text: str
    account_id: int | None
    counts: str = ""
    first: str = ""


def wanted(settings: Mapping[str, Any], now: dt.datetime) -> bool:
    """Whether the person's settings allow a reminder at the local instant *now*."""
    return settings.get("reminders", True) is True and not quiet_hours(settings).holds(now.time())


def quiet_hours(settings: Mapping[str, Any]) -> Quiet:
    """The quiet hours of the settings ``quiet_from`` and ``quiet_to`` ("HH:MM"); what is no time is as usual."""
    usual = rules.USUAL_QUIET
    return Quiet(
        rules.clock(settings.get("quiet_from"), usual.start), rules.clock(settings.get("quiet_to"), usual.end)
    )


def due(reads: Reads, now: dt.datetime) -> list[Reminder]:
    """What is to be spoken of at the local instant *now* and was not yet, the most pressing first."""
    today = now.date()
    found = rules.reminders(_dues(reads, today), _deadlines(reads, today), _meetings(reads, now), now)
    return rules.unsaid(found, said(reads))


def said(reads: Reads) -> dict[str, str]:
    """What was spoken of already: key → day."""
    try:
        kept = json.loads(stored.draft(reads, _MEMORY) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(wb: Workbench, found: Sequence[Reminder], *, now: dt.datetime) -> None:
    """Never speak of *found* again. Not an edit; a read-only portfolio remembers nothing."""
    if wb.database.read_only or not found:
        return
    kept = rules.remembered(said(wb.reads), found, now.date())
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.evidence(_("Remember reminders")) as db:
        stored.put_draft(db, _MEMORY, json.dumps(kept), at)


def message(found: Sequence[Reminder]) -> Message:
    """Everything in one message. Raises ValueError for nothing."""
    if not found:
        raise ValueError("nothing to remind of")
    if len(found) == 1:
        said_of, whose = sentence(found[0]), found[0].account
        return Message(said_of, whose, found[0].account_id, said_of, whose)
    lines = [f"{sentence(one)} – {one.account}" for one in found[:_SHOWN]]
    more = len(found) - _SHOWN
    if more > 0:
        lines.append(_("and more"))  # no figure: Today counts accounts, this would count days and tasks
    title = _("Reminders")
    accounts = {one.account_id for one in found}
    about = accounts.pop() if len(accounts) == 1 else None
    return Message(title, "\n".join(lines), about, counts(found), lines[0])


def counts(found: Sequence[Reminder]) -> str:
    """How many of what, the two most pressing kinds: “2 notice deadlines, 3 promises overdue”."""
    kinds = Counter([_counted(one) for one in found])
    told = [_number(kind, number) for kind, number in kinds.items()]
    return _(", ").join([*told[:_COUNTED], *([_("and more")] if len(told) > _COUNTED else [])])


def _counted(one: Reminder) -> str:
    what = "promise" if one.kind.startswith("promise") else one.kind
    return what if what in {"notice", "meeting"} else f"{what}_{'late' if one.days < 0 else 'today'}"


def _number(kind: str, n: int) -> str:
    words = {
        "meeting": lambda: ngettext("{n} meeting soon", "{n} meetings soon", n),
        "notice": lambda: ngettext("{n} notice deadline", "{n} notice deadlines", n),
        "promise_late": lambda: ngettext("{n} promise overdue", "{n} promises overdue", n),
        "promise_today": lambda: ngettext("{n} promise due today", "{n} promises due today", n),
        "task_late": lambda: ngettext("{n} task overdue", "{n} tasks overdue", n),
        "task_today": lambda: ngettext("{n} task due today", "{n} tasks due today", n),
    }
    return words[kind]().format(n=f"{n:,}")


def sentence(one: Reminder) -> str:
    """One reminder in words, without its account."""
    if one.kind == "notice":
        return _("Notice deadline in {n} days").format(n=one.days) if one.days else _("Notice deadline today")
    time = "" if one.at is None else one.at.strftime("%H:%M")
    words = _LATE[one.kind] if one.days < 0 else _WORDS[one.kind]
    return _(words).format(title=one.title or _("Meeting"), time=time)


def _dues(reads: Reads, today: dt.date) -> list[Due]:
    rows = queries.tasks(reads)
    return [
        Due(row.id, row.account_id, row.account_name, _kind(row.kind), row.title, row.due_on)
        for row in rows
        if row.due_on is not None and row.due_on <= today
    ]


def _kind(kind: str) -> rules.Kind:
    return (
        "promise_ours" if kind == "promise_ours" else "promise_theirs" if kind == "promise_theirs" else "task"
    )


def _deadlines(reads: Reads, today: dt.date) -> list[Deadline]:
    """The next day to give notice of every customer, contracts without a notice period left out."""
    customers = signals.customers(reads, today, _DEFAULT_CADENCE)
    first: dict[int, dt.date] = {}
    for contract in signals.contracts(reads, today):
        customer = customers.get(contract.account_id)
        if customer is None or customer.gone or contract.term.is_trial or not runs_at(contract.term, today):
            continue
        on = renewal(contract.term, today).notice_on
        if on is not None and on >= today:
            first[contract.account_id] = min(on, first.get(contract.account_id, on))
    return [Deadline(account, customers[account].name, on) for account, on in first.items()]


def _meetings(reads: Reads, now: dt.datetime) -> list[Meeting]:
    rows = signals.contacts_of_day(reads, now, now + dt.timedelta(minutes=rules.MEETING_MINUTES + 1))
    zone = now.tzinfo
    return [
        Meeting(record, account, name, subject, dt.datetime.fromisoformat(at).astimezone(zone))
        for record, account, name, at, subject, _channel, meets in rows
        if meets
    ]
