"""Retention of the portfolio over a period, from contracts and the events that moved them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.renewal import runs_at
from cs_workbench.domain.retention import (
    AccountMovement,
    RenewalOutcome,
    Retention,
    Share,
    renewal_rates,
    retention,
)
from cs_workbench.store.queries import contracts as queries

if TYPE_CHECKING:
    from cs_workbench.store.queries.contracts import EventRow
    from cs_workbench.store.reads import Reads

_LOST = frozenset({"churn"})
_DUE = frozenset({"churn", "renewal"})


@dataclass(frozen=True, slots=True)
class PortfolioRetention:
    """Retention of the accounts that paid on the day before ``start``, and the renewals that came up until ``end``.

    ``by_number`` counts renewals, ``by_value`` their amounts; ``currencies`` names the currencies that took part:
    with more than one, the money rates are refused.
    """

    start: dt.date
    end: dt.date
    accounts: int
    cohort: Retention
    by_number: Share
    by_value: Share
    currencies: tuple[str, ...]


def portfolio_retention(reads: Reads, start: dt.date, end: dt.date) -> PortfolioRetention:
    """GRR, NRR, logo churn and renewal rates from *start* to *end*, both inclusive.

    A rate that cannot be computed honestly carries the reason instead: "lost_without_amount" where a lost account
    or contract has no amount, "mixed_currencies", "nothing_at_start", "nothing_renewable", and
    "no_renewals_on_record" where only losses were ever recorded: that is no list of renewals.
    """
    before = start - dt.timedelta(days=1)
    starts: dict[int, Decimal] = defaultdict(Decimal)
    currencies: set[str] = set()
    for contract in queries.contracts(reads):
        if contract.yearly and not contract.term.is_trial and runs_at(contract.term, before):
            starts[contract.account_id] += contract.yearly
            currencies.add(contract.currency or "")
    events = queries.events(reads, start, end)
    currencies |= {event.currency or "" for event in events if event.amount}
    of_account: dict[int, list[EventRow]] = defaultdict(list)
    for event in events:
        of_account[event.account_id].append(event)
    cohort = retention(_movement(starts[account], of_account[account]) for account in sorted(starts))
    by_number, by_value = renewal_rates(_outcome(event) for event in events if event.kind in _DUE)
    if not by_number.refused and not queries.renewals_on_record(reads):
        by_number = replace(by_number, rate=None, refused="no_renewals_on_record")
        by_value = replace(by_value, rate=None, refused="no_renewals_on_record")
    if len(currencies) > 1:
        cohort = Retention(_refused(cohort.gross), _refused(cohort.net), cohort.logo_churn)
        by_value = _refused(by_value)
    return PortfolioRetention(
        start,
        end,
        len(starts),
        cohort,
        by_number,
        by_value,
        tuple(sorted(code for code in currencies if code)),
    )


def _movement(start: Decimal, events: list[EventRow]) -> AccountMovement:
    moved: dict[str, Decimal] = defaultdict(Decimal)
    lost = unknown = False
    for event in events:
        moved[event.kind] += abs(event.amount or Decimal(0))
        if event.kind in _LOST:
            lost = True
            unknown = unknown or not event.amount
        elif event.kind == "reactivation":
            lost = False
    return AccountMovement(start, moved["expansion"], moved["contraction"], moved["churn"], lost, unknown)


def _outcome(event: EventRow) -> RenewalOutcome:
    renewed = event.kind == "renewal"
    amount = None if event.amount is None else abs(event.amount)
    return RenewalOutcome(renewed, amount, amount if renewed else None)


def _refused(share: Share) -> Share:
    return share if share.refused else replace(share, rate=None, refused="mixed_currencies")
