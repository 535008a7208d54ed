"""The account list as records: one an account as of a date.

Apart from ``services.accounts``, so that the window's first list imports none of the records of a whole account.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cs_workbench.domain.money import Amount
from cs_workbench.services import account_list as listing
from cs_workbench.store.queries import account_list as list_queries
from cs_workbench.store.queries.local_days import local_days

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


class AccountRow(NamedTuple):
    """One line of the account list as of a date.

    ``arr`` is the yearly value of running paid contracts in ``currency``; None where it is unknown or the amounts
    are in currencies without a rate: ``arr_parts`` then names them. Health is that of the newest snapshot.
    """

    id: int
    name: str
    reading: str
    source_ids: dict[str, str]
    arr: Decimal | None
    currency: str | None
    arr_parts: tuple[Amount, ...]
    renewal_date: dt.date | None
    notice_date: dt.date | None
    seats: int | None
    stage: str | None
    tier: str | None
    owner: str | None
    score: float | None
    band: str
    coverage: float | None
    scored_on: dt.date | None
    last_contact: dt.datetime | None


def account_list(reads: Reads, as_of: dt.date, *, contacts: bool = True) -> list[AccountRow]:
    """Every account not archived at *as_of*, by reading, then name. Without *contacts* no ``last_contact`` is read: it
    is what takes longest in a file that was just opened.
    """
    return _account_rows(reads, as_of, None, contacts=contacts)


def last_contacts(reads: Reads, as_of: dt.date, account_id: int | None = None) -> dict[int, dt.datetime]:
    """When each account was last in two-way contact by the end of *as_of*."""
    params: dict[str, object] = {"tomorrow": local_days(reads).ends(as_of), "a": account_id}
    found = list_queries.last_contacts(reads, params)
    return {account: dt.datetime.fromisoformat(text) for account, text in found.items()}


def account_row(reads: Reads, account_id: int, as_of: dt.date) -> AccountRow | None:
    """One line of the list; None where the account is unknown or archived."""
    return next(iter(_account_rows(reads, as_of, account_id)), None)


def _account_rows(
    reads: Reads, as_of: dt.date, account_id: int | None, *, contacts: bool = True
) -> list[AccountRow]:
    day = as_of.isoformat()
    sources = listing.source_ids(reads, account_id)
    talked = last_contacts(reads, as_of, account_id) if contacts else {}
    known = sources.get
    return [
        AccountRow(
            account, name, reading, known(account) or {}, _decimal(arr), currency,
            tuple(Amount(Decimal(units).scaleb(-4), code) for code, units in parts) if parts else (),
            _date(renewal), _date(notice), seats, stage, tier, owner, score, band, coverage, _date(scored),
            talked.get(account),
        )
        for account, name, arr, currency, renewal, notice, stage, score, band, coverage, parts, seats, tier,
            owner, reading, scored in listing.rows(reads, day, account_id)
    ]  # fmt: skip


def _decimal(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units).scaleb(-4)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
