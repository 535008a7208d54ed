"""The day a ledger was begun: nothing was known of it before, so nothing of it is told as of an earlier day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day
from cs_workbench.store.queries import value as queries
from cs_workbench.store.queries.settings import setting

if TYPE_CHECKING:
    from cs_workbench.store.queries.value import LedgerRow
    from cs_workbench.store.reads import Reads


def known(reads: Reads, heads: Iterable[LedgerRow], as_of: dt.date) -> tuple[LedgerRow, ...]:
    """Those that were begun by *as_of*, in their order; no statement but for those of a later day here."""
    return tuple(head for head in heads if _here(head) <= as_of or begun_on(reads, head) <= as_of)


def begun_on(reads: Reads, head: LedgerRow) -> dt.date:
    """The day it was begun: where the portfolio lives or on this computer, whichever is earlier. A ledger of today is
    never one of tomorrow.
    """
    made_at = head.made_at
    if made_at is None:
        return dt.date.min
    try:
        home = ZoneInfo(str(setting(reads, "time_zone", "") or "UTC"))
    except (ValueError, ZoneInfoNotFoundError):
        home = ZoneInfo("UTC")
    return min(made_at.astimezone(home).date(), _here(head))


def _here(head: LedgerRow) -> dt.date:
    """The day it was begun by this computer's clock."""
    return head.made_at.astimezone().date() if head.made_at is not None else dt.date.min


def check(reads: Reads, account_id: int, as_of: dt.date, ledger_id: int | None = None) -> None:
    """Raise InvalidValue (code ``before_ledger``) where an account's ledgers, or the one that is named, were all begun
    after *as_of*; the first of those days is named.
    """
    heads = [one for one in queries.ledgers(reads, account_id) if ledger_id in {None, one.id}]
    if not heads or known(reads, heads, as_of):
        return
    first = min(begun_on(reads, head) for head in heads)
    raise InvalidValue(
        _("On {day} there was no value ledger here: it was begun on {begun}.").format(
            day=day(as_of), begun=day(first)
        ),
        _("Ask for {begun} or a later day.").format(begun=day(first)),
        code="before_ledger",
        begun=first,
        as_of=as_of,
    )
