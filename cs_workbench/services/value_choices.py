"""What a value ledger can refer to: the account's people and the metrics it was read by; and a portfolio's accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.services import account_rows, value_follow, value_reading
from cs_workbench.services.value_follow import Followable
from cs_workbench.services.value_rates import Rates
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.store.queries import plans as queries
from cs_workbench.store.queries import value as value_queries
from cs_workbench.store.queries import value_beside
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.queries.value import CostRow, EvidenceRow, InputRow, LineRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

__all__ = ["AccountValue", "Choices", "CostRow", "EvidenceRow", "InputRow", "LineRow", "choices", "portfolio"]


WITHIN = 120
"""Days before its deadline from which an account without a proven line presses."""
MOST_RECORDS = 60
"""As many as a list can be looked through."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Who can have agreed, which metrics an input can follow, and the records that can be named as evidence.

    ``records`` are (kind, id, words, day), the newest first; ``roles`` what each person is for the account.
    """

    people: tuple[tuple[int, str], ...] = ()
    metrics: tuple[Followable, ...] = ()
    roles: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[tuple[str, int, str, str], ...] = ()

    def first_with(self, *roles: str) -> int | None:
        """The first person who has one of *roles*, the earlier role first; None where nobody has."""
        return next(
            (person for role in roles for person, _name in self.people if role in self.roles.get(person, ())),
            None,
        )


@dataclass(frozen=True, slots=True)
class AccountValue:
    """An account and its newest ledger (None without one), with the day by which notice is given.

    Without such a day ahead the deadline is the end of the term, and ``by_notice`` is False.
    """

    account_id: int
    name: str
    deadline: dt.date | None
    view: LedgerView | None
    by_notice: bool = True

    def presses(self, today: dt.date) -> bool:
        """Whether it has no proven line and its deadline is as near as Today looks ahead."""
        near = self.deadline is not None and 0 <= (self.deadline - today).days <= WITHIN
        return near and not self.proven

    @property
    def proven(self) -> bool:
        """Whether one line at least counts."""
        return self.view is not None and bool(self.view.outcome.proven)


@dataclass(frozen=True, slots=True)
class ValueTotals:
    """All ledgers together in the portfolio's currency: proven value a year after risk, and present values.

    ``missing`` are currencies without a rate; their ledgers are left out of the sums. ``unknown`` ledgers prove value
    but do not know their cost: they are in ``yearly`` alone.
    """

    currency: str
    yearly: Decimal
    benefits: Decimal
    costs: Decimal
    missing: tuple[str, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Quality:
    """What the proven value of a ledger rests on: the share proved by fact, and how many pieces of evidence."""

    proved: Decimal
    evidence: int


def quality(view: LedgerView) -> Quality | None:
    """How well the headline is proved, weighted by worth; None without a proven line."""
    lines = view.outcome.proven
    total = sum((one.yearly for one in lines), Decimal(0))
    if not total:
        return None
    proved = sum((one.yearly for one in lines if one.benefit.fact == "proved"), Decimal(0))
    return Quality(proved / total, sum(len(one.benefit.evidence) for one in lines))


def totals(reads: Reads, rows: Sequence[AccountValue], as_of: dt.date) -> ValueTotals:
    """The sums below the portfolio of value, through the rates entered."""
    own = str(setting(reads, "currency", "") or "")
    rates, missing = Rates(reads, as_of), set()
    yearly = benefits = costs = Decimal(0)
    unknown = 0
    for row in rows:
        if row.view is None:
            continue
        worth = rates.worth(row.view.head.currency, own)
        if worth is None:
            missing.add(row.view.head.currency)
            continue
        yearly += row.view.outcome.delay * 12 * worth.factor
        if row.view.outcome.result is not None:
            benefits += row.view.outcome.result.benefits * worth.factor
            costs += row.view.outcome.result.costs * worth.factor
        elif row.view.outcome.proven:
            unknown += 1
    return ValueTotals(own, yearly, benefits, costs, tuple(sorted(missing)), unknown)


def pressing_of(rows: Sequence[AccountValue], today: dt.date) -> int:
    """How many accounts have no proven line and their next deadline within the days that Today looks ahead."""
    return sum(row.presses(today) for row in rows)


def pressing(reads: Reads, today: dt.date) -> int:
    """The same, read from the portfolio: the count beside the page's name."""
    return pressing_of(portfolio(reads, today), today)


def choices(reads: Reads, account_id: int) -> Choices:
    """The people, metrics, roles and records of one account; four statements."""
    people = tuple((int(row[0]), str(row[1])) for row in queries.people(reads, account_id))
    return Choices(
        people,
        value_follow.followable(reads, account_id),
        value_queries.roles(reads, account_id),
        tuple(value_beside.records(reads, account_id, MOST_RECORDS)),
    )


def portfolio(reads: Reads, as_of: dt.date) -> tuple[AccountValue, ...]:
    """Every account with its newest ledger: those without a proven line first, the next deadline first."""
    views = {view.head.account_id: view for view in value_reading.portfolio_views(reads, as_of)}
    found = [
        AccountValue(row.id, row.name, _deadline(row, as_of), views.get(row.id), _noticed(row, as_of))
        for row in account_rows.account_list(reads, as_of, contacts=False)
    ]
    found.sort(key=lambda one: (one.proven, one.deadline or dt.date.max))
    return tuple(found)


def _deadline(row: account_rows.AccountRow, as_of: dt.date) -> dt.date | None:
    """The last day to give notice, or the end of the term once that has passed."""
    return row.notice_date if _noticed(row, as_of) else row.renewal_date


def _noticed(row: account_rows.AccountRow, as_of: dt.date) -> bool:
    """Whether the day to give notice is still to come."""
    return row.notice_date is not None and row.notice_date >= as_of
