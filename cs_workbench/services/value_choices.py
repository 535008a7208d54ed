"""What a value ledger can refer to: the account's people and the metrics it was read by; and a portfolio's accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.services import account_rows, value_reading
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.store.queries import plans as queries
from cs_workbench.store.queries.value import CostRow, EvidenceRow, InputRow, LineRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

__all__ = ["AccountValue", "Choices", "CostRow", "EvidenceRow", "InputRow", "LineRow", "choices", "portfolio"]


@dataclass(frozen=True, slots=True)
class Choices:
    """Who can have agreed and which metrics an input can follow, by id."""

    people: tuple[tuple[int, str], ...] = ()
    metrics: tuple[tuple[int, str], ...] = ()


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
    """The people and metrics of one account; two statements."""
    people = tuple((int(row[0]), str(row[1])) for row in queries.people(reads, account_id))
    return Choices(people, queries.metrics(reads, account_id))


def portfolio(reads: Reads, as_of: dt.date) -> tuple[AccountValue, ...]:
    """Every account with its newest ledger: those without a proven line first, the next deadline first."""
    views = {view.head.account_id: view for view in value_reading.portfolio_views(reads, as_of)}
    found = [
        AccountValue(row.id, row.name, row.notice_date or row.renewal_date, views.get(row.id))
        for row in account_rows.account_list(reads, as_of, contacts=False)
    ]
    found.sort(key=lambda one: (one.proven, one.deadline or dt.date.max))
    return tuple(found)
