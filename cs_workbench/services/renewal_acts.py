"""What a person says and does about a renewal: the call, steps, the meeting. Each is one undoable change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain import forecast as forecasting
from cs_workbench.domain import runway as runways
from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.store.queries import contacts as account_queries
from cs_workbench.store.queries import renewals as queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cs_workbench.services.renewals import RenewalRow
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.queries.renewals import Key, RenewalCallRow
    from cs_workbench.store.reads import Reads

MONITOR = "monitor"
LONGEST_APPROVAL = 120
_REASON_MAX = 2000
_NOTE_MAX = 20_000
STEP_NAMES = {
    1: mark("First-touch mail"),
    2: mark("Attendees and date"),
    3: mark("Data for the meeting"),
    4: mark("ROI from the data"),
    5: mark("Questions: way of working"),
    6: mark("Questions: upsell"),
    7: mark("Opinions and complaints"),
    8: mark("Proposal for the customer"),
}
"""The eight steps, as they are called in lists and in Undo."""


def history(reads: Reads, key: Key) -> list[RenewalCallRow]:
    """Every call on one renewal, newest first."""
    return queries.call_history(reads, *key)


def needs_reason(row: RenewalRow, category: str, likelihood: float | None = None) -> bool:
    """Whether that would change a call already made: then a reason is wanted."""
    return row.call is not None and not _same(row.call, category, _likely(category, likelihood, row))


def set_call(
    wb: Workbench,
    row: RenewalRow,
    category: str,
    *,
    reason: str = "",
    likelihood: float | None = None,
    today: dt.date,
    now: dt.datetime,
) -> None:
    """Say how likely a renewal is; *likelihood* None takes the category's own (commit 0.95 … at risk 0.15).

    The same again changes nothing; a change is kept beside the calls before it. Raises InvalidValue: ``category``
    unknown, ``monitor`` three months before the deadline, ``likelihood`` outside 0–1, ``reason`` missing where a call
    is changed; NotFound for the account.
    """
    _check(row, category, likelihood, today)
    share = _likely(category, likelihood, row)
    before = next(iter(history(wb.reads, row.key)), None)
    if before is not None and _same(before, category, share):
        return
    if before is not None and not seen(reason).strip():
        raise InvalidValue(
            _("Changing a call needs a reason."), _("Write what has changed."), code="reason", field="reason"
        )
    _there(wb, row.account_id)
    from cs_workbench.store.tables import RenewalCall

    with wb.change(_("Set renewal call – {account}").format(account=row.name)) as db:
        db.session.add(
            RenewalCall(
                account_id=row.account_id,
                term_end=row.term_end,
                category=category,
                likelihood=share,
                reason=seen(reason).strip()[:_REASON_MAX],
                said_on=today,
                created_at=now,
            )
        )


def mark_step(wb: Workbench, key: Key, number: int, done_on: dt.date | None, *, now: dt.datetime) -> None:
    """Say that a step was done on a day, or (None) that it is not. Raises InvalidValue, NotFound."""
    name = _step(number)
    _there(wb, key[0])
    words = _("Step done – {step}") if done_on is not None else _("Step not done – {step}")
    with wb.change(words.format(step=name)) as db:
        queries.put_step(
            db, key, number, at=_at(now), done_on=None if done_on is None else done_on.isoformat()
        )


def move_step(wb: Workbench, key: Key, number: int, due_on: dt.date | None, *, now: dt.datetime) -> None:
    """Put a step on another day; None puts it back where the runway counts it. Raises InvalidValue, NotFound."""
    name = _step(number)
    _there(wb, key[0])
    with wb.change(_("Move step – {step}").format(step=name)) as db:
        queries.put_step(db, key, number, at=_at(now), due_on=None if due_on is None else due_on.isoformat())


def keep_note(
    wb: Workbench, key: Key, number: int, note: str, *, now: dt.datetime, done_on: dt.date | None = None
) -> None:
    """Keep what was written for a step (a question list, a hearing sheet), and with *done_on* mark it done."""
    name = _step(number)
    _there(wb, key[0])
    values: dict[str, object] = {"note": seen(note).strip()[:_NOTE_MAX]}
    if done_on is not None:
        values["done_on"] = done_on.isoformat()
    with wb.change(_("Keep notes – {step}").format(step=name)) as db:
        queries.put_step(db, key, number, at=_at(now), **values)


def set_meeting(
    wb: Workbench,
    key: Key,
    at: dt.datetime | None,
    people: Iterable[int] = (),
    *,
    now: dt.datetime,
    approval_days: int | None = None,
    done_on: dt.date | None = None,
) -> None:
    """Fix the meeting: when (aware; None: not fixed), who of the customer is asked, how long they need to approve;
    with *done_on* step 2 is marked done in the same change.

    Raises InvalidValue for approval days outside 0–120, NotFound for the account.
    """
    if approval_days is not None and not 0 <= approval_days <= LONGEST_APPROVAL:
        raise InvalidValue(
            _("The approval takes between 0 and {most} working days.").format(most=LONGEST_APPROVAL),
            code="approval_days",
            field="approval_days",
        )
    _there(wb, key[0])
    with wb.change(_("Fix renewal meeting")) as db:
        plan = queries.put_plan(db, *key)
        queries.fix_plan(db, plan, None if at is None else _at(at), approval_days)
        queries.put_attendees(db, plan, frozenset(people))
        if done_on is not None:
            queries.put_step(db, key, 2, at=_at(now), done_on=done_on.isoformat())


def _check(row: RenewalRow, category: str, likelihood: float | None, today: dt.date) -> None:
    if category not in (*forecasting.CATEGORIES, MONITOR):
        raise InvalidValue(
            _("There is no category {name}.").format(name=category), code="category", field="category"
        )
    if category == MONITOR and not runways.may_monitor(row.deadline, today):
        raise InvalidValue(
            _("Three months before the deadline, watching is no choice any more."),
            _("Choose commit, probable, best case or at risk."),
            code="monitor",
            field="category",
        )
    if likelihood is not None and not 0 <= likelihood <= 1:
        raise InvalidValue(
            _("A likelihood lies between 0 % and 100 %."), code="likelihood", field="likelihood"
        )


def _same(held: RenewalCallRow, category: str, likelihood: float) -> bool:
    return (held.category, held.likelihood) == (category, likelihood)


def _likely(category: str, likelihood: float | None, row: RenewalRow) -> float:
    if likelihood is not None:
        return likelihood
    if category == MONITOR:
        return forecasting.LIKELIHOOD[forecasting.computed_category(row.band)]
    return forecasting.LIKELIHOOD[category]


def _step(number: int) -> str:
    if number not in STEP_NAMES:
        raise InvalidValue(_("There are eight steps."), code="step", field="step")
    return _(STEP_NAMES[number])


def _there(wb: Workbench, account_id: int) -> None:
    if account_queries.account_name(wb.reads, account_id) is None:
        raise NotFound(
            _("The account is not there any more."),
            _("It may have been deleted; Undo or the trash brings it back."),
            id=account_id,
        )


def _at(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
