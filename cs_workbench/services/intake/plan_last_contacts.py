"""Planning of the last contact that a list of accounts tells of: one entry of the contact log, told once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cs_workbench.i18n import _
from cs_workbench.intake.past_days import settled
from cs_workbench.services.intake.context import Context, Values, stored
from cs_workbench.services.intake.ledger import At, Body
from cs_workbench.store.intake import lookups
from cs_workbench.store.reads import Reads

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIELDS = {"last_visit": "visit", "last_contact": ""}
"""The fields of accounts that tell of one, and its channel; "" where the list does not say which."""


class LastContacts:
    """Collects them row by row; ``plan`` makes entries of those the log does not hold yet.

    A day on which the log has any contact of the account is told already: nothing is counted twice.
    """

    def __init__(self, context: Context, zone: ZoneInfo) -> None:
        self._context = context
        self._zone = zone
        self._today = dt.datetime.fromisoformat(context.now).astimezone(zone).date()
        self._found: dict[tuple[int, dt.date], tuple[At, str]] = {}

    def note(self, at: At, account: int, values: Values) -> None:
        """Take in what one row says; a day that is still to come is left out with a warning."""
        for field, channel in FIELDS.items():
            told = values.get(field)
            day = settled(told, self._today) if told is not None else None
            if day is None:
                continue
            if day > self._today:
                self._context.batch(at.batch).warn("contact_ahead", day.isoformat())
            else:
                self._found.setdefault((account, day), (at, channel))

    def plan(self, db: Reads) -> None:
        """Plan an entry for every day the portfolio has no contact of the account on."""
        known = {account for account, _day in self._found if account > 0}
        logged = {
            (account, self._day(at)) for account, at in lookups.contact_instants(db, sorted(known)) if known
        }
        for (account, day), (at, channel) in self._found.items():
            if (account, day) not in logged:
                self._put(at, account, day, channel)

    def _put(self, at: At, account: int, day: dt.date, channel: str) -> None:
        context = self._context
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=self._zone)
        columns: dict[str, Any] = {
            "account_id": account,
            "at": stored(moment),
            "created_at": context.now,
            "updated_at": context.now,
        }
        subject = _("Last visit, from the list") if channel else _("Last contact, from the list")
        body = Body(columns, assumed={"channel": channel or _("Contact"), "subject": subject})
        source, accounts = context.sources[at.batch], context.directory.accounts
        whose = accounts.sources_of.get(account, {}).get(source) or accounts.keys[account]
        key = f"{whose}#{channel or 'contact'}:{day.isoformat()}"
        if context.ledger.put_keyed("interaction", at, source, key, body):
            context.batch(at.batch).warn("contact_logged")

    def _day(self, instant: str) -> dt.date:
        return dt.datetime.fromisoformat(instant).astimezone(self._zone).date()
