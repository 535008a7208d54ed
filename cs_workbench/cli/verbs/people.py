"""The verb that shows an account's people: required roles, what is wanting, the map, the lines, and who-leaves."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.domain.text import name_key
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from cs_workbench.services.stakeholders import Departure, StakeholderMap, StakeholderRow


def run(words: argparse.Namespace) -> int:
    """Show the account's stakeholder map, or with --leaves what breaks when somebody goes."""
    from cs_workbench.services import accounts, stakeholders

    with opening.opened(words) as workbench:
        account_id = accounts.find_account(workbench.reads, words.account)
        found = stakeholders.stakeholder_map(workbench.reads, account_id, opening.as_of(words))
        lost = None
        if words.leaves:
            person = _find(found, words.leaves)
            lost = stakeholders.departure(workbench.reads, person.id, found.as_of)
    if opening.wants_json(words):
        output.show_json(_data(found) | ({"leaves": _departure(lost)} if lost else {}))
    elif lost is not None:
        _tell_loss(lost, found)
    else:
        _tell(found)
    return 0


def _find(found: StakeholderMap, text: str) -> StakeholderRow:
    key = name_key(text)
    fits = [one for one in found.people if str(one.id) == text or (key and one.name_key == key)]
    fits = fits or [one for one in found.people if key and key in one.name_key]
    if len(fits) == 1:
        return fits[0]
    told = (
        _("“{name}” fits more than one person.") if fits else _("Nobody called “{name}” is on record here.")
    )
    raise NotFound(
        told.format(name=text[:80]), _("Type the whole name, or the number before it in the list."),
        candidates=[one.name for one in fits or found.people],
    )  # fmt: skip


def _tell(found: StakeholderMap) -> None:
    from cs_workbench.services import people_words

    output.show(f"{found.account} · {people_words.threads(found.threads)}")
    for one in found.coverage:
        names = _(", ").join(found.name(each) for each in one.people) or _("nobody")
        state = {"role_missing": "✗", "role_not_met": "△", None: "✓"}.get(one.gap, "✓")
        output.show(f"{state} {found.labels.of('role', one.role)}: {names}")
    for gap in found.findings:
        output.show(f"! {people_words.gap(gap, found)} → {people_words.action(gap, found)}")
    if not found.people:
        return
    header = (
        "",
        _("Name"),
        _("Roles"),
        _("Reports to"),
        _("Influence"),
        _("Mood"),
        _("Last two-way contact"),
        _("Status"),
    )
    output.show(
        output.table(header, [_row(found, one) for one in found.people], right=frozenset((0, 4)), give=(1, 2))
    )
    for one_elsewhere in found.elsewhere:
        output.show(f"{found.name(one_elsewhere.person_id)}: {people_words.elsewhere(one_elsewhere)}")
    for pair in found.doubles:
        output.show(_("{one} and {other} may be one person.").format(
            one=found.name(pair.keep), other=found.name(pair.gone)))  # fmt: skip


def _row(found: StakeholderMap, one: StakeholderRow) -> tuple[str, ...]:
    from cs_workbench.services import people_words

    return (
        str(one.id), one.name, _(", ").join(found.labels.of("role", role) for role in one.roles),
        found.name(one.boss_id), "" if one.influence is None else str(one.influence),
        people_words.mood(one.sentiment), people_words.day(one.last) if one.last else _("never"),
        people_words.status(one),
    )  # fmt: skip


def _tell_loss(lost: Departure, found: StakeholderMap) -> None:
    from cs_workbench.services import people_words

    output.show(_("What if {person} leaves?").format(person=lost.person.name))
    for line in people_words.departure(lost, found):
        output.show(f"- {line}")
    for one in lost.open:
        output.show(
            f"  {_(people_words.OPEN[one.kind])}: {one.title} {people_words.day(one.due_on)}".rstrip()
        )


def _data(found: StakeholderMap) -> dict[str, object]:
    from cs_workbench.services import people_words

    return {
        "account_id": found.account_id, "account": found.account, "tier": found.tier, "as_of": found.as_of,
        "threads": found.threads,
        "required": [
            {"role": one.role, "people": list(one.people), "in_touch": list(one.met), "gap": one.gap}
            for one in found.coverage
        ],
        "gaps": [
            {"gap": one.gap, "role": one.role or None, "people": list(one.people),
             "text": people_words.gap(one, found), "action": people_words.action(one, found)}
            for one in found.findings
        ],
        "people": [_person(found, one) for one in found.people],
        "tree": [{"person": one.person, "level": one.level, "at": one.at} for one in found.seats],
        "doubles": [{"keep": one.keep, "gone": one.gone, "reason": one.reason} for one in found.doubles],
    }  # fmt: skip


def _person(found: StakeholderMap, one: StakeholderRow) -> dict[str, object]:
    return {
        "id": one.id, "name": one.name, "title": one.title, "department": one.department, "roles": list(one.roles),
        "influence": one.influence, "sentiment": one.sentiment, "reports_to": one.boss_id,
        "last_two_way": one.last, "in_touch": found.met(one) and not one.left, "left": one.left,
        "left_on": one.left_on, "moved_to": one.moved_to or None, "moved_to_account_id": one.moved_to_id,
        "elsewhere": [
            {"account_id": each.account_id, "account": each.account, "person_id": each.other_id, "how": each.how}
            for each in found.elsewhere if each.person_id == one.id
        ],
    }  # fmt: skip


def _departure(lost: Departure) -> dict[str, object]:
    return {
        "person_id": lost.person.id, "name": lost.person.name, "roles": list(lost.loss.roles),
        "required_roles": list(lost.required), "threads_now": lost.threads, "threads_left": lost.loss.threads_left,
        "influence_share": round(lost.loss.score, 6), "orphans": [one.id for one in lost.orphans],
        "open": [{"kind": one.kind, "id": one.id, "title": one.title, "due_on": one.due_on} for one in lost.open],
    }  # fmt: skip
