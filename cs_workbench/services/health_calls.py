"""The CSM's call on an account's health: a band with a reason and a last day, beside the computed score.

Three statuses stand side by side: computed, the CSM's call, final. A call is never changed, only ended or replaced,
and when its last day has passed it lapses in sight: ``latest`` goes on returning it with the state ``lapsed``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import health_calls as queries
from cs_workbench.store.queries.health_calls import HealthCallRow, State

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = [
    "BANDS", "DEFAULT_DAYS", "HealthCallRow", "State", "current", "end_call", "final_band", "history", "in_force",
    "latest", "set_call",
]  # fmt: skip

BANDS = ("green", "yellow", "red")
DEFAULT_DAYS = 90
LONGEST_DAYS = 366
_REASON_MAX = 2000


def current(reads: Reads, account_id: int, today: dt.date) -> HealthCallRow | None:
    """The call that counts on *today*; None where there is none, or it has lapsed or was ended."""
    found = queries.newest(reads, account_id, today)
    return found if found is not None and found.state(today) == "in_force" else None


def latest(reads: Reads, account_id: int, today: dt.date) -> HealthCallRow | None:
    """The newest call made by *today*, whatever became of it: a lapsed one is shown as lapsed, not forgotten."""
    return queries.newest(reads, account_id, today)


def in_force(reads: Reads, today: dt.date) -> dict[int, HealthCallRow]:
    """The call that counts on *today* of every account that has one; one statement."""
    found = queries.newest_of_all(reads, today)
    return {account: one for account, one in found.items() if one.state(today) == "in_force"}


def history(reads: Reads, account_id: int) -> list[HealthCallRow]:
    """All calls on an account, newest first."""
    return queries.history(reads, account_id)


def final_band(computed: str, call: HealthCallRow | None) -> str:
    """The band that counts: the CSM's where there is a call in force, else the computed one."""
    return computed if call is None else call.band


def set_call(
    wb: Workbench,
    account_id: int,
    band: str,
    reason: str,
    *,
    today: dt.date,
    now: dt.datetime,
    until: dt.date | None = None,
) -> int:
    """Say what the account's health really is, as one undoable change; returns the call's id.

    It replaces a call in force and counts until *until* inclusive (None: 90 days from *today*). Raises InvalidValue
    for an unknown band (code ``band``), a missing reason (``reason``) or a last day not ahead or more than a year
    away (``until``), NotFound for the account.
    """
    from cs_workbench.store.queries import contacts as account_queries
    from cs_workbench.store.queries import snapshots
    from cs_workbench.store.tables import HealthCall

    until = until or today + dt.timedelta(days=DEFAULT_DAYS)
    reason = _checked(band, reason, until, today)
    if account_queries.account_name(wb.reads, account_id) is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    with wb.change(_("Set health call")) as db:
        queries.end_open(db, account_id, today)
        computed = snapshots.latest_score(db, account_id, today)
        row = HealthCall(
            account_id=account_id,
            band=band,
            reason=reason[:_REASON_MAX],
            made_on=today,
            until_on=until,
            computed_band=None if computed is None else computed[0],
            computed_score=None if computed is None else computed[1],
            created_at=now,
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def end_call(wb: Workbench, account_id: int, *, today: dt.date) -> None:
    """Take the call back: from *today* on the computed band is final again. Raises NotFound where none is in force."""
    if current(wb.reads, account_id, today) is None:
        raise NotFound(
            _("There is no call in force on this account."),
            _("It may have lapsed or been taken back; its history is kept."),
            id=account_id,
        )
    with wb.change(_("End health call")) as db:
        queries.end_open(db, account_id, today)


def _checked(band: str, reason: str, until: dt.date, today: dt.date) -> str:
    """The reason as it is stored."""
    reason = seen(reason).strip()
    if band not in BANDS:
        raise InvalidValue(
            _("“{band}” is no band.").format(band=band),
            _("Choose green, yellow or red."),
            code="band",
            field="band",
        )
    if not reason:
        raise InvalidValue(
            _("A call needs a reason."), _("Write what the score cannot see."), code="reason", field="reason"
        )
    if until <= today:
        raise InvalidValue(
            _("The last day lies not ahead."), _("Choose a later day."), code="until", field="until"
        )
    if (until - today).days > LONGEST_DAYS:
        raise InvalidValue(
            _("A call counts for a year at most."),
            _("Choose an earlier day; it can be made again then."),
            code="until",
            field="until",
        )
    return reason
