"""The closed loop: who complained, who owns it, by when, what was done, and that they were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.domain import loops
from cs_workbench.domain.loops import Closing
from cs_workbench.domain.months import add_months
from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.store.queries import voice_loops as queries
from cs_workbench.store.queries.voice_loops import CaseRow, Heard

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import VoiceCase

__all__ = ["CaseRow", "Heard", "Loops", "loops_of"]

STATUSES: dict[str, str] = {
    "open": mark("To answer"), "hold": mark("On hold"), "done": mark("Done"), "no_action": mark("No action"),
}  # fmt: skip
LOOKS_BACK_MONTHS = 12
SUGGESTS_DAYS = 90
"""Days back in which what was said still proposes a case."""
_LONGEST = 20_000
_DATES = {"promised_on", "acted_on", "told_back_on", "said_on"}
_TEXTS = {"said", "owner", "action", "note"}


@dataclass(frozen=True, slots=True)
class Loops:
    """Cases (those waiting first), what proposes one, and how well loops were closed over twelve months."""

    cases: tuple[CaseRow, ...]
    suggested: tuple[Heard, ...]
    closing: Closing
    today: dt.date

    @property
    def overdue(self) -> tuple[CaseRow, ...]:
        """Those past their day."""
        return tuple(one for one in self.cases if is_overdue(one, self.today))


def is_overdue(case: CaseRow, today: dt.date) -> bool:
    """Whether a case is past its promised day, or past 48 hours without one."""
    return loops.overdue(case.status, case.said_on, case.promised_on, today)


def loops_of(reads: Reads, today: dt.date, account_id: int | None = None) -> Loops:
    """Every case and suggestion, of one account where asked; a constant number of statements."""
    cases = queries.cases(reads, account_id=account_id, until=today)
    since = add_months(today, -LOOKS_BACK_MONTHS)
    proposed = tuple(
        one
        for one in queries.heard(reads, today - dt.timedelta(days=SUGGESTS_DAYS), today)
        if loops.proposes(one.kind, one.score) and account_id in {None, one.account_id}
    )
    counted = [(one.status, one.said_on, one.told_back_on) for one in cases if one.said_on > since]
    return Loops(tuple(cases), proposed, loops.closing(counted), today)


def overdue_count(reads: Reads, today: dt.date) -> int:
    """How many loops are past their day."""
    return sum(1 for one in queries.cases(reads, until=today) if is_overdue(one, today))


def anything(reads: Reads) -> bool:
    """Whether any customer said anything that is on record."""
    return queries.anything(reads)


def take(
    wb: Workbench,
    heard: Sequence[Heard],
    *,
    owner: str | None = None,
    promised_on: dt.date | None = None,
    now: dt.datetime,
    status: str = "open",
) -> tuple[int, ...]:
    """Make a case of each suggestion, as one step; ``status`` "no_action" says that none is needed.

    What became a case meanwhile is left alone. Without an owner it is the account's.
    """
    with wb.change(_("Take up {count}").format(count=len(heard))) as db:
        return tuple(made for one in heard if (made := _taken(db, one, owner, promised_on, now, status)))


def add(
    wb: Workbench, account_id: int, said: str, *, said_on: dt.date, now: dt.datetime, person_id: int | None = None,
    owner: str | None = None, promised_on: dt.date | None = None,
) -> int:  # fmt: skip
    """Write down a complaint by hand; returns its id. Raises InvalidValue without words or for a day before them."""
    from cs_workbench.store.tables import VoiceCase

    words = _words("said", said)
    _in_order(said_on, promised_on)
    with wb.change(_("Add complaint")) as db:
        of = _owner(db, account_id)
        row = VoiceCase(
            account_id=account_id, person_id=person_id, said=words, said_on=said_on, owner=owner or of,
            promised_on=promised_on, created_at=now,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def edit(wb: Workbench, case_id: int, field: str, value: str | dt.date | None) -> None:
    """Keep one field. Raises InvalidValue with the reason (dates before they spoke, done without having told them).

    The day they were told closes the loop; taking it away opens it again.
    """
    if field == "status":
        set_status(wb, [case_id], str(value))
        return
    with wb.change(_("Edit case")) as db:
        row = _row(db, case_id)
        if field in _DATES:
            day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value) if value else None
            _check_day(row, field, day)
            setattr(row, field, day)
            if field == "told_back_on":
                row.status = "done" if day is not None else "open" if row.status == "done" else row.status
        elif field in _TEXTS:
            text = _words(field, str(value or ""))
            setattr(row, field, (text or None) if field == "owner" else text)
        else:
            raise InvalidValue(_("A case has no field “{field}”.").format(field=field), code="field")


def tell_back(wb: Workbench, case_id: int, action: str, on: dt.date) -> None:
    """Close the loop: what was done, and that they were told on that day.

    Raises InvalidValue where nothing is said to have been done, or the day is before they spoke.
    """
    words = _words("action", action)
    if not words:
        raise InvalidValue(
            _("What was done is not written down."),
            _("Write one sentence the customer may read."),
            field="action",
        )
    with wb.change(_("Tell back")) as db:
        row = _row(db, case_id)
        _check_day(row, "told_back_on", on)
        row.action, row.told_back_on, row.status = words, on, "done"
        row.acted_on = row.acted_on or on


def set_status(wb: Workbench, case_ids: Sequence[int], status: str) -> None:
    """Put cases on hold, open them, or say that no action is needed, as one step.

    Raises InvalidValue for "done" where they were not told: that is what closes a loop.
    """
    if status not in STATUSES:
        raise InvalidValue(_("There is no status “{status}”.").format(status=status), code="status")
    with wb.change(_("Change status – {status}").format(status=_(STATUSES[status]))) as db:
        for case_id in case_ids:
            row = _row(db, case_id)
            if status == "done" and row.told_back_on is None:
                raise InvalidValue(
                    _("They were not told yet, so the loop is still open."),
                    _("Enter what was done and the day they were told."),
                    field="told_back_on",
                )
            row.status = status


def delete(wb: Workbench, case_ids: Sequence[int]) -> None:
    """Delete cases; what they rest on may be suggested again."""
    name = ngettext("Delete {count} case", "Delete {count} cases", len(case_ids)).format(count=len(case_ids))
    with wb.change(name) as db:
        for case_id in case_ids:
            db.session.delete(_row(db, case_id))


def _taken(  # noqa: PLR0917 - one field of the row each
    db: Change, heard: Heard, owner: str | None, promised_on: dt.date | None, now: dt.datetime, status: str
) -> int | None:  # fmt: skip
    from cs_workbench.store.tables import VoiceCase

    column = "survey_id" if heard.source == "survey" else "ticket_id"
    if queries.has_case(db, heard.source, heard.id):
        return None
    _in_order(heard.said_on, promised_on)
    row = VoiceCase(
        account_id=heard.account_id, person_id=heard.person_id, said=heard.said, said_on=heard.said_on,
        owner=owner or _owner(db, heard.account_id), promised_on=promised_on, status=status, created_at=now,
        **{column: heard.id},
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def _owner(db: Change, account_id: int) -> str | None:
    from cs_workbench.store.tables import Account

    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    return account.owner


def _row(db: Change, case_id: int) -> VoiceCase:
    from cs_workbench.store.tables import VoiceCase

    row = db.session.get(VoiceCase, case_id)
    if row is None:
        raise NotFound(_("This case is gone."), id=case_id)
    return row


def _check_day(row: Any, field: str, day: dt.date | None) -> None:
    if field == "said_on":
        if day is None:
            raise InvalidValue(_("A case needs the day it was said."), _("Enter a day."), field=field)
        return
    _in_order(row.said_on, day, field)


def _in_order(said_on: dt.date, day: dt.date | None, field: str = "promised_on") -> None:
    if day is not None and day < said_on:
        raise InvalidValue(
            _("This day is before they spoke ({day}).").format(day=said_on.isoformat()),
            _("Choose a later day."),
            field=field,
        )


def _words(field: str, text: str) -> str:
    words = seen(text).strip()
    if field == "said" and not words:
        raise InvalidValue(_("What they said is missing."), _("Write it in their own words."), field=field)
    if len(words) > _LONGEST:
        raise InvalidValue(
            _("This text is too long."), _("Keep it under {count} characters.").format(count=f"{_LONGEST:,}"),
            field=field,
        )  # fmt: skip
    return words
