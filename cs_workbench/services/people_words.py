"""The stakeholder map in words of the current language: what is wanting, what to do about it, why somebody is known
elsewhere, what hangs on a person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain.stakeholders import MET_WITHIN, STANDS_FOR
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
    "role_not_met": mark("{role} out of touch: {names}"),
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
    """What is wanting, short: "No champion"; of people not in touch also for how long, and as what they count."""
    met = [
        one.last for each in found.people if (one := shown.person(each)) is not None and one.last is not None
    ]
    days = (shown.as_of - max(met)).days if met and found.gap == "nobody" else MET_WITHIN
    named = (
        [_silent(found, one, shown) for one in found.people[:_NAMED]] if found.gap == "role_not_met" else None
    )
    listed = names(found, shown, named)
    return _(_GAPS[found.gap]).format(role=_role(found, shown), names=listed, days=days)


def action(found: Finding, shown: StakeholderMap) -> str:
    """What to do about it, as the title of a task."""
    return _(_ACTIONS[found.gap]).format(role=_role(found, shown), names=names(found, shown))


def names(found: Finding, shown: StakeholderMap, said: list[str] | None = None) -> str:
    """The first two people it is about (or what is *said* of them), and how many more."""
    first = said or [_("{person}").format(person=shown.name(one)) for one in found.people[:_NAMED]]
    more = len(found.people) - len(first)
    listed = _(", ").join(first)
    if more <= 0:
        return listed
    return ngettext("{names} and {n} other", "{names} and {n} others", more).format(names=listed, n=more)


def stands_for(role: str, person: int, shown: StakeholderMap) -> str:
    """By which other role somebody counts as having *role*; "" where it is their own."""
    one = shown.person(person)
    if one is None or role in one.roles:
        return ""
    other = next((each for each in one.roles if each in STANDS_FOR.get(role, ())), "")
    return shown.labels.of("role", other) if other else ""


def _silent(found: Finding, person: int, shown: StakeholderMap) -> str:
    """ "Saeki (184 days without contact)"; "Komiya (as economic buyer, no contact on record)"."""
    one = shown.person(person)
    last = None if one is None else one.last
    said = []
    if other := stands_for(found.role, person, shown):
        said.append(_("as {role}").format(role=other))
    if last is None:
        said.append(_("no contact on record"))
    else:
        days = (shown.as_of - last).days
        said.append(ngettext("{n} day without contact", "{n} days without contact", days).format(n=days))
    name = _("{person}").format(person=shown.name(person))
    return _("{person} ({what})").format(person=name, what=_(", ").join(said))


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
        return (
            _("Nothing further is lost: no role, contact or open matter is left without anybody."),
            _("{share} of the account's influence goes").format(share=f"{lost.loss.score:.0%}"),
        )
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
