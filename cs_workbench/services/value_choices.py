"""What a value ledger can refer to: the account's people and the metrics it was read by; and a portfolio's accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.services import account_rows, value_reading
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.store.queries import plans as queries
from cs_workbench.store.queries import value as value_queries
from cs_workbench.store.queries.value import CostRow, EvidenceRow, InputRow, LineRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

__all__ = ["AccountValue", "Choices", "CostRow", "EvidenceRow", "InputRow", "LineRow", "choices", "portfolio"]


MOST_RECORDS = 60
"""As many as a list can be looked through."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Who can have agreed, which metrics an input can follow, and the records that can be named as evidence.

    ``records`` are (kind, id, words, day), the newest first; ``roles`` what each person is for the account.
    """

    people: tuple[tuple[int, str], ...] = ()
    metrics: tuple[tuple[int, str], ...] = ()
    roles: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[tuple[str, int, str, str], ...] = ()

    def first_with(self, *roles: str) -> int | None:
        """The first person who has one of *roles*, the earlier role first; None where nobody has."""
        return next(
            (person for role in roles for person, _name in self.people if role in self.roles.get(person, ())), None
        )


@dataclass(frozen=True, slots=True)
class AccountValue:
    """An account and its newest ledger (None without one), with the day by which notice is given."""

    account_id: int
    name: str
    deadline: dt.date | None
    view: LedgerView | None

    @property
    def proven(self) -> bool:
        """Whether one line at least counts."""
        return self.view is not None and bool(self.view.outcome.proven)


def choices(reads: Reads, account_id: int) -> Choices:
    """The people, metrics, roles and records of one account; four statements."""
    people = tuple((int(row[0]), str(row[1])) for row in queries.people(reads, account_id))
    return Choices(
        people,
        queries.metrics(reads, account_id),
        value_queries.roles(reads, account_id),
        tuple(value_queries.records(reads, account_id, MOST_RECORDS)),
    )


def portfolio(reads: Reads, as_of: dt.date) -> tuple[AccountValue, ...]:
    """Every account with its newest ledger: those without a proven line first, the next deadline first."""
    views = {view.head.account_id: view for view in value_reading.portfolio_views(reads, as_of)}
    found = [
        AccountValue(row.id, row.name, row.notice_date or row.renewal_date, views.get(row.id))
        for row in account_rows.account_list(reads, as_of, contacts=False)
    ]
    found.sort(key=lambda one: (one.proven, one.deadline or dt.date.max))
    return tuple(found)
