"""Writing onboardings: start one, tick and edit its checklist, note the first value, finish, decide A or B.

Each verb is one undoable change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from cs_workbench.domain.text import name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.onboarding_templates import Template, template, templates
from cs_workbench.services.typed_days import possible_day, typed_day
from cs_workbench.store.queries import onboarding as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.tables import Onboarding, OnboardingItem

__all__ = [
    "ItemField", "Plan", "Started", "Template", "add_item", "decide", "edit_item", "finish", "move_item",
    "remove", "remove_item", "reopen", "set_first_value", "start", "template", "templates", "tick",
]  # fmt: skip

ItemField: TypeAlias = Literal["title", "due_on", "side", "milestone"]
SIDES = ("ours", "theirs")


@dataclass(frozen=True, slots=True)
class Started:
    """What was started."""

    id: int
    account: str
    items: int
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done about an onboarding that did not end in time: A ("go_on") or B ("extend", with a new end).

    ``follow_up`` becomes a task due on ``follow_up_on``.
    """

    decision: Literal["go_on", "extend"]
    reason: str
    follow_up: str = ""
    follow_up_on: dt.date | None = None
    extended_to: dt.date | None = None


def start(wb: Workbench, account_id: int, key: str, *, starts_on: dt.date, language: str) -> Started:
    """Start an onboarding from a template; its days count from *starts_on* in working days.

    Raises NotFound for the account or template, InvalidValue (code ``under_way``) where one is running there.
    """
    from cs_workbench.store.tables import Onboarding, OnboardingItem

    possible_day(starts_on, "starts_on")
    chosen = template(key, language)
    known = queries.account_known(wb.reads, account_id)
    if known is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    if queries.open_of(wb.reads, account_id) is not None:
        raise InvalidValue(
            _("An onboarding of {account} is under way.").format(account=known[0]),
            _("Finish it first, or decide how it goes on. Nothing was added."),
            code="under_way", field="account",
        )  # fmt: skip
    with wb.change(_("Start onboarding – {account}").format(account=known[0])) as db:
        ends = chosen.ends(starts_on)
        row = Onboarding(account_id=account_id, started_on=starts_on, ends_on=ends)
        db.session.add(row)
        db.session.flush()
        db.session.add_all(
            OnboardingItem(onboarding_id=row.id, position=n, title=one.title, side=one.side,
                           milestone=one.milestone, due_on=due)
            for n, (one, due) in enumerate(zip(chosen.items, chosen.dues(starts_on), strict=True))
        )  # fmt: skip
        return Started(row.id, known[0], len(chosen.items), ends)


def tick(wb: Workbench, item_id: int, *, on: dt.date) -> bool:
    """Mark a line done on that day, or take that back; returns whether it is done now. Raises NotFound."""
    done = queries.is_done(wb.reads, item_id)
    with wb.change(_("Reopen onboarding step") if done else _("Complete onboarding step")) as db:
        row = _item(db, item_id)
        row.done_on = None if row.done_on else on
        return row.done_on is not None


def add_item(
    wb: Workbench, onboarding_id: int, title: str, *, due_on: dt.date | None = None, side: str = "ours",
    milestone: bool = False,
) -> int:  # fmt: skip
    """Add a line at the end and return its id. Raises InvalidValue without a title."""
    from cs_workbench.store.tables import OnboardingItem

    words = _title(title)
    with wb.change(_("Add onboarding step")) as db:
        _run(db, onboarding_id)
        row = OnboardingItem(
            onboarding_id=onboarding_id, position=queries.next_position(db, onboarding_id), title=words,
            due_on=due_on, side=side, milestone=milestone,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def read_item(field: ItemField, text: str, today: dt.date) -> object:
    """What was typed as the value to keep. Raises InvalidValue with what to type instead."""
    if field == "title":
        return _title(text)
    if field == "side":
        if text not in SIDES:
            raise InvalidValue(_("“{value}” is not on the list.").format(value=text[:80]), field=field)
        return text
    if field == "milestone":
        return text == "yes"
    words = seen(text).strip()
    return typed_day(words, today, field) if words else None


def edit_item(wb: Workbench, item_id: int, field: ItemField, text: str, *, today: dt.date) -> None:
    """Keep one field of a line as typed. Raises InvalidValue, NotFound."""
    value = read_item(field, text, today)
    with wb.change(_("Edit onboarding step")) as db:
        setattr(_item(db, item_id), field, value)


def move_item(wb: Workbench, item_id: int, by: int) -> bool:
    """Move a line up (−1) or down (1) among its own; whether it could move."""
    order = [one for one, _place in queries.siblings(wb.reads, item_id)]
    if item_id not in order or not 0 <= order.index(item_id) + by < len(order):
        return False
    with wb.change(_("Move onboarding step")) as db:
        place = order.index(item_id)
        order.insert(place + by, order.pop(place))
        for position, one in enumerate(order):
            _item(db, one).position = position
    return True


def remove_item(wb: Workbench, item_id: int) -> None:
    """Take a line off the checklist. Raises NotFound."""
    with wb.change(_("Delete onboarding step")) as db:
        db.session.delete(_item(db, item_id))


def set_first_value(wb: Workbench, onboarding_id: int, on: dt.date | None, *, today: dt.date) -> None:
    """Note the day of the first measured outcome; None takes it back. Raises InvalidValue for a day to come."""
    if on is not None and on > today:
        raise InvalidValue(
            _("The first value cannot lie in the future."),
            _("Type a day up to today."),
            field="first_value_on",
        )
    with wb.change(_("Note first value") if on else _("Take back first value")) as db:
        _run(db, onboarding_id).first_value_on = on


def finish(wb: Workbench, onboarding_id: int, *, on: dt.date) -> None:
    """Close it: everything agreed is done. Raises InvalidValue where it began later, NotFound."""
    with wb.change(_("Finish onboarding")) as db:
        row = _run(db, onboarding_id)
        _after_start(row, on)
        row.finished_on = on


def reopen(wb: Workbench, onboarding_id: int) -> None:
    """Open a closed one again; a decision to go on is taken back with it. Raises InvalidValue where another runs."""
    with wb.change(_("Reopen onboarding")) as db:
        row = _run(db, onboarding_id)
        other = queries.open_of(db, row.account_id)
        if other is not None and other != row.id:
            raise InvalidValue(_("Another onboarding of this account is under way."), code="under_way")
        row.finished_on = None
        if row.decision == "go_on":
            row.decision = row.decided_on = None
            row.reason = row.follow_up = ""


def decide(wb: Workbench, onboarding_id: int, plan: Plan, *, today: dt.date, now: dt.datetime) -> int | None:
    """Decide how an onboarding ends: A closes it today, B moves its end. Returns the id of the follow-up's task.

    Raises InvalidValue without a reason, for B without a later end, for a follow-up without a day; NotFound.
    """
    _refuse(plan)
    with wb.change(_("Decide: go on") if plan.decision == "go_on" else _("Decide: extend onboarding")) as db:
        row = _run(db, onboarding_id)
        if plan.decision == "go_on":
            _after_start(row, today)
            row.finished_on = today
        else:
            row.extended_to = _later_end(row, plan, today)
            row.finished_on = None
        row.decision, row.decided_on = plan.decision, today
        row.reason, row.follow_up = seen(plan.reason).strip(), name_of(plan.follow_up)
        return _follow_up(db, row, plan, now) if row.follow_up else None


def remove(wb: Workbench, onboarding_id: int) -> None:
    """Delete an onboarding with its checklist. Raises NotFound."""
    with wb.change(_("Delete onboarding")) as db:
        db.session.delete(_run(db, onboarding_id))


def _refuse(plan: Plan) -> None:
    if not plan.reason.strip():
        raise InvalidValue(
            _("The decision needs a reason."), _("Write why it did not end in time."), field="reason"
        )
    if plan.decision == "extend" and plan.extended_to is None:
        raise InvalidValue(_("Extending needs a new end."), _("Choose a day."), field="extended_to")
    if name_of(plan.follow_up) and plan.follow_up_on is None:
        raise InvalidValue(_("The follow-up needs a day."), _("Choose a day."), field="follow_up_on")


def _later_end(row: Onboarding, plan: Plan, today: dt.date) -> dt.date:
    before = max(one for one in (row.ends_on, row.extended_to, today) if one is not None)
    if plan.extended_to is None or plan.extended_to <= before:
        raise InvalidValue(
            _("The new end must be later than {date}.").format(date=before.isoformat()),
            _("Choose a later day."), field="extended_to",
        )  # fmt: skip
    return plan.extended_to


def _follow_up(db: Change, row: Onboarding, plan: Plan, now: dt.datetime) -> int:
    from cs_workbench.store.tables import Task

    known = queries.account_known(db, row.account_id)
    note = _("Onboarding: {reason}").format(reason=row.reason)
    task = Task(
        account_id=row.account_id, kind="task", title=row.follow_up, due_on=plan.follow_up_on, note=note,
        owner=(known[1] if known else "") or None, created_at=now,
    )  # fmt: skip
    db.session.add(task)
    db.session.flush()
    return task.id


def _after_start(row: Onboarding, on: dt.date) -> None:
    if on < row.started_on:
        raise InvalidValue(_("It begins on {date}.").format(date=row.started_on.isoformat()),
                           _("Wait until then, or delete it."), field="finished_on")  # fmt: skip


def _title(text: str) -> str:
    words = name_of(text)
    if not words:
        raise InvalidValue(_("A step needs a title."), _("Write what is to be done."), field="title")
    return words


def _run(db: Change, onboarding_id: int) -> Onboarding:
    from cs_workbench.store.tables import Onboarding

    row = db.session.get(Onboarding, onboarding_id)
    if row is None:
        raise _gone(onboarding_id)
    return row


def _item(db: Change, item_id: int) -> OnboardingItem:
    from cs_workbench.store.tables import OnboardingItem

    row = db.session.get(OnboardingItem, item_id)
    if row is None:
        raise _gone(item_id)
    return row


def _gone(record_id: int) -> NotFound:
    return NotFound(
        _("It is not there any more."), _("It may have been deleted; Undo brings it back."), id=record_id
    )
