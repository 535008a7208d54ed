"""Success plans in words of the current language: the sentence of an objective, standings, and what a redline tells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.services.signal_words import short

if TYPE_CHECKING:
    from cs_workbench.domain.plan_redline import Mark
    from cs_workbench.services.plan_reading import Node, ObjectiveView
    from cs_workbench.store.queries.plans import ObjectiveRow

MINUS = "−"
STANDINGS = {
    "reached": mark("reached"), "on_track": mark("on track"), "behind": mark("behind"), "off_track": mark("off track"),
    "missed": mark("missed"), "overdue": mark("overdue"), "not_reached": mark("not reached yet (no baseline)"),
    "not_measured": mark("not measured"), "dropped": mark("dropped"),
}  # fmt: skip
BANDS = {
    "reached": "green", "on_track": "green", "behind": "yellow", "off_track": "red", "missed": "red",
    "overdue": "red", "not_reached": "none", "not_measured": "none", "dropped": "none",
}  # fmt: skip
"""The health band whose shape and colour a standing wears."""
PLAN_STATUSES = {
    "draft": mark("draft"), "active": mark("under way"), "done": mark("completed"), "dropped": mark("dropped"),
}  # fmt: skip
ITEM_STATUSES = {"open": mark("open"), "done": mark("done"), "dropped": mark("dropped")}
SIDES = {"ours": mark("ours"), "theirs": mark("theirs")}
PARTS = {
    "plan": mark("Success plan"), "objective": mark("Objective"), "milestone": mark("Milestone"),
    "action": mark("Action"), "risk": mark("Risk"), "reading": mark("Reading"),
}  # fmt: skip
CHANGES = {"added": mark("added"), "removed": mark("removed"), "changed": mark("changed")}
FIELD_NAMES = {
    "name": mark("Name"), "purpose": mark("Purpose"), "sponsor_ours": mark("Sponsor, ours"),
    "sponsor_theirs": mark("Sponsor, theirs"), "starts_on": mark("Start date"), "ends_on": mark("End date"),
    "status": mark("Status"), "note": mark("Internal note"), "title": mark("Subject"), "measure": mark("Measured by"),
    "metric": mark("Follows metric"), "unit": mark("Unit"), "direction": mark("Direction"),
    "baseline": mark("Baseline"), "target": mark("Target"), "due_on": mark("Due"),
    "owner_ours": mark("Owner, ours"), "owner_theirs": mark("Owner, theirs"), "verified_by": mark("Verified by"),
    "verified_on": mark("Verified on"), "side": mark("Side"), "owner": mark("Owner"), "person": mark("Owner, theirs"),
    "done_on": mark("Done on"), "likelihood": mark("Likelihood"), "impact": mark("Impact"),
    "response": mark("Answer"), "closed_on": mark("Closed on"), "shareable": mark("Shown to the customer"),
    "on": mark("Date"), "value": mark("Value"),
    "source": mark("Source"), "place": mark("Place in the plan"),
}  # fmt: skip


def number(value: float | None, unit: str = "") -> str:
    """A figure with its unit: "40 min", "40分", "104%"; "" where there is none."""
    if value is None:
        return ""
    digits = f"{round(value, 4):,.10g}".replace("-", MINUS)
    tight = not unit or unit[0] in "%％°" or i18n.language() == "ja"
    return f"{digits}{unit}" if tight else f"{digits} {unit}"


def percent(share: float | None) -> str:
    """A share of the way: "25%", "−14%"; "" where it is not measured."""
    return "" if share is None else f"{round(share * 100):,}%".replace("-", MINUS)


def sentence(row: ObjectiveRow, *, by: dt.date | None = None) -> str:
    """ "Time for one report falls from 40 to 20 min by 31 Mar 2027"; the title alone where a figure is missing.

    The date only where *by* is given.
    """
    if row.baseline is None or row.target is None:
        return row.title
    first = number(
        row.baseline, row.unit if number(1, row.unit).endswith("%") or i18n.language() == "ja" else ""
    )
    parts = {"title": row.title, "baseline": first, "target": number(row.target, row.unit)}
    if by is None:
        words = (
            _("{title} rises from {baseline} to {target}")
            if row.direction == "up"
            else _("{title} falls from {baseline} to {target}")
        )
        return words.format(**parts)
    words = (
        _("{title} rises from {baseline} to {target} by {date}")
        if row.direction == "up"
        else _("{title} falls from {baseline} to {target} by {date}")
    )
    return words.format(**parts, date=day(by))


def sum_of_way(row: ObjectiveRow, value: float) -> str:
    """How progress comes about: "(35 − 40) ÷ (20 − 40)"."""
    if row.baseline is None or row.target is None:
        return ""
    base = number(row.baseline)
    return f"({number(value)} {MINUS} {base}) ÷ ({number(row.target)} {MINUS} {base})"


def day(when: dt.date | None) -> str:
    """A day with its year: 31 Mar 2027, 2027/3/31; "" for none."""
    if when is None:
        return ""
    if i18n.language() == "ja":
        return f"{when.year}/{when.month}/{when.day}"
    return f"{short(when)} {when.year}"


def period(starts: dt.date | None, ends: dt.date | None) -> str:
    """From when to when: "14 Apr 2026 – 31 Mar 2027"; "" where neither is set."""
    if starts is None and ends is None:
        return ""
    return f"{day(starts)} – {day(ends)}" if i18n.language() == "en" else f"{day(starts)}〜{day(ends)}"


def standing(node: Node) -> str:
    """The state of a line of the tree: "behind", "4 d late", "done"."""
    if node.view is not None:
        return _(STANDINGS[shown(node.view)])
    if node.late:
        return _("{days} d late").format(days=node.late)
    return _(ITEM_STATUSES.get(str(node.row.status), "open"))


def owner(node: Node) -> str:
    """Who does it; an action says on which side."""
    from cs_workbench.store.queries.plans import ObjectiveRow

    row = node.row
    if isinstance(row, ObjectiveRow):
        return row.owner_theirs or row.owner_ours
    name = row.person or row.owner
    if row.kind == "milestone" and row.side == "ours":
        return name
    side = _(SIDES[row.side])
    return _("{side}: {name}").format(side=side, name=name) if name else side


def shown(view: ObjectiveView) -> str:
    """The standing as it is shown: behind the baseline is not merely behind the pace."""
    backwards = view.standing == "behind" and view.progress is not None and view.progress < 0
    return "off_track" if backwards else view.standing


def change(one: Mark) -> str:
    """One line of a redline: "Target: 20 → 15"; "added"; what was removed."""
    if one.kind != "changed":
        said = one.after or one.before
        word = _(CHANGES[one.kind])
        return f"{word} · {said}" if said else word
    field = _(FIELD_NAMES.get(one.field, one.field))
    if one.field == "place":
        return _("moved to another place")
    before, after = _said(one.field, one.before), _said(one.field, one.after)
    return _("{field}: {before} → {after}").format(field=field, before=before or "–", after=after or "–")


_DIRECTIONS = {"up": mark("rises"), "down": mark("falls")}
_VALUES = {
    "status": {**PLAN_STATUSES, **ITEM_STATUSES, "reached": mark("reached"), "missed": mark("missed")},
    "side": SIDES,
    "direction": _DIRECTIONS,
}


def _said(field: str, value: str) -> str:
    if field.endswith("_on") and value:
        return day(dt.date.fromisoformat(value))
    words = _VALUES.get(field, {}).get(value)
    return _(words) if words else value
