"""The stakeholder map in words of the current language: what is wanting, what to do about it, why somebody is known
elsewhere, what hangs on a person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain.stakeholders import MET_WITHIN
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.plan_words import day as long_day

if TYPE_CHECKING:
    from cs_workbench.domain.stakeholders import Finding
    from cs_workbench.services.stakeholders import Departure, StakeholderMap
    from cs_workbench.store.queries.people import ElsewhereRow, StakeholderRow

MOODS = {"positive": mark("positive"), "neutral": mark("neutral"), "negative": mark("negative")}
OPEN = {
    "task": mark("task"), "promise_ours": mark("our promise"), "promise_theirs": mark("their promise"),
    "plan_item": mark("plan step"), "objective": mark("objective"), "voice_case": mark("complaint"),
}  # fmt: skip
_GAPS = {
    "unknown": mark("Nobody is known here"),
    "nobody": mark("Nobody in touch for {days} days"),
    "role_missing": mark("No {role}"),
    "single_thread": mark("Only one thread: {names}"),
    "role_not_met": mark("{role} not in touch: {names}"),
}
_ACTIONS = {
    "unknown": mark("Ask who uses it and who decides"),
    "nobody": mark("Write to {names}"),
    "role_missing": mark("Find out who is the {role}"),
    "single_thread": mark("Ask {names} to introduce a second contact"),
    "role_not_met": mark("Arrange a conversation with {names}"),
}
_ELSEWHERE = {
    "moved_to": mark("Moved to {account}"), "came_from": mark("Came from {account}"),
    "mail": mark("Also at {account} (same mail address)"), "mobile": mark("Also at {account} (same mobile number)"),
}  # fmt: skip
_NAMED = 2


def gap(found: Finding, shown: StakeholderMap) -> str:
    """What is wanting, short: "No champion"."""
    return _(_GAPS[found.gap]).format(role=_role(found, shown), names=names(found, shown), days=MET_WITHIN)


def action(found: Finding, shown: StakeholderMap) -> str:
    """What to do about it, as the title of a task."""
    return _(_ACTIONS[found.gap]).format(role=_role(found, shown), names=names(found, shown))


def names(found: Finding, shown: StakeholderMap) -> str:
    """The first two people it is about, and how many more."""
    first = [_("{person}").format(person=shown.name(one)) for one in found.people[:_NAMED]]
    more = len(found.people) - len(first)
    listed = _(", ").join(first)
    if more <= 0:
        return listed
    return ngettext("{names} and {n} other", "{names} and {n} others", more).format(names=listed, n=more)


def elsewhere(one: ElsewhereRow) -> str:
    """Why and where somebody is known at another account."""
    return _(_ELSEWHERE[one.how]).format(account=one.account)


def _role(found: Finding, shown: StakeholderMap) -> str:
    label = shown.labels.of("role", found.role)
    return label[:1].lower() + label[1:] if label[1:2].islower() and found.gap == "role_missing" else label


def threads(count: int) -> str:
    """How many people we are in touch with: "In touch with 3 people"."""
    if not count:
        return _("In touch with nobody")
    return ngettext("In touch with {n} person", "In touch with {n} people", count).format(n=count)


def mood(sentiment: str | None) -> str:
    """A sentiment; "" for one that is not known."""
    return _(MOODS[sentiment]) if sentiment in MOODS else ""


def day(on: dt.date | None) -> str:
    """A day as a person reads it; "" for none."""
    return long_day(on)


def status(one: StakeholderRow) -> str:
    """Still there, leaving, left, or where to."""
    if one.left and one.moved_to:
        return _("moved to {company}").format(company=one.moved_to)
    if one.left_on is not None:
        told = _("left {date}") if one.left else _("leaves {date}")
        return told.format(date=long_day(one.left_on))
    return _("left the company") if one.left else _("still there")


def departure(lost: Departure, shown: StakeholderMap) -> tuple[str, ...]:
    """What breaks when somebody leaves, a sentence each; one sentence where nothing does."""
    if lost.harmless:
        return (_("Nothing breaks: every role is covered and nothing is open."),)
    found = []
    for role in lost.required:
        found.append(_("Nobody is left as {role} (required)").format(role=shown.labels.of("role", role)))
    for role in lost.loss.roles:
        if role not in lost.required:
            found.append(_("Nobody is left as {role}").format(role=shown.labels.of("role", role)))
    if lost.loss.threads_left != lost.threads:
        found.append(
            _("Threads: {now} today, {left} after").format(now=lost.threads, left=lost.loss.threads_left)
        )
    found.append(_("{share} of the account's influence goes").format(share=f"{lost.loss.score:.0%}"))
    if lost.orphans:
        named = _(", ").join(_("{person}").format(person=one.name) for one in lost.orphans[:_NAMED])
        more = len(lost.orphans) - _NAMED
        if more > 0:
            named = ngettext("{names} and {n} other", "{names} and {n} others", more).format(
                names=named, n=more
            )
        found.append(_("Without a boss: {names}").format(names=named))
    if lost.open:
        count = len(lost.open)
        found.append(
            ngettext("{n} open thing hangs on them", "{n} open things hang on them", count).format(n=count)
        )
    return tuple(found)
