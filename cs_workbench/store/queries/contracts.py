"""Contracts and what happened to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.renewal import Term

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract with its term. Money keeps the contract's currency."""

    id: int
    account_id: int
    external_id: str | None
    name: str | None
    product: str | None
    plan: str | None
    seats: int | None
    arr: Decimal | None
    mrr: Decimal | None
    amount: Decimal | None
    currency: str | None
    note: str
    term: Term

    @property
    def yearly(self) -> Decimal | None:
        """The value of a year: as stated, else twelve months of the monthly value."""
        if self.arr is not None:
            return self.arr
        return None if self.mrr is None else self.mrr * 12


@dataclass(frozen=True, slots=True)
class EventRow:
    """One dated movement of value. ``amount`` is None where the source named none."""

    id: int
    account_id: int
    contract_id: int | None
    kind: str
    on_date: dt.date
    amount: Decimal | None
    currency: str | None
    reason: str | None
    note: str


def contracts(db: Reads, account_id: int | None = None) -> tuple[ContractRow, ...]:
    """The contracts of one account, or of all, newest term first."""
    rows = db.all(
        """select c.id, c.account_id, c.external_id, c.name, p.name, c.plan, c.seats, c.arr, c.mrr, c.amount,
                  c.currency, c.note, c.start_on, c.end_on, c.term_months, c.billing, c.auto_renew,
                  c.notice_months, c.notice_days, c.status, c.is_trial
           from contract c left join product p on p.id = c.product_id
           where :a is null or c.account_id = :a
           order by c.account_id, c.end_on is not null, c.end_on desc, c.start_on desc, c.id""",
        {"a": account_id},
    )
    return tuple(_contract(row) for row in rows)


def events(db: Reads, start: dt.date, end: dt.date, account_id: int | None = None) -> tuple[EventRow, ...]:
    """Contract events from *start* to *end*, both inclusive, oldest first."""
    rows = db.all(
        """select id, account_id, contract_id, kind, on_date, amount, currency, reason, note from contract_event
           where on_date between :s and :e and (:a is null or account_id = :a) order by on_date, id""",
        {"s": start.isoformat(), "e": end.isoformat(), "a": account_id},
    )
    return tuple(
        EventRow(*[*row[:4], dt.date.fromisoformat(row[4]), _money(row[5]), *row[6:]]) for row in rows
    )


def movements_on_record(db: Reads) -> bool:
    """Whether anything that moves retention was ever recorded: an event of a contract, or somebody who left."""
    return bool(
        db.scalar(
            """select exists (select 1 from contract_event)
               or exists (select 1 from account where churned_on is not null)"""
        )
    )


def renewals_on_record(db: Reads) -> bool:
    """Whether any renewal was ever recorded."""
    return db.scalar("select 1 from contract_event where kind = 'renewal' limit 1") is not None


def _contract(row: tuple[Any, ...]) -> ContractRow:
    renews = None if row[16] is None else bool(row[16])
    term = Term(
        _date(row[12]), _date(row[13]), row[14], row[15], renews, row[17], row[18], row[19], bool(row[20])
    )
    return ContractRow(*[*row[:7], *map(_money, row[7:10]), row[10], row[11], term])


def _money(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units).scaleb(-4)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
