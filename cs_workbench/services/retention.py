"""Retention of the portfolio over a period, from contracts and the events that moved them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.exchange import Exchange, exchange
from cs_workbench.domain.money import Amount, Rate
from cs_workbench.domain.renewal import runs_at
from cs_workbench.domain.retention import (
    AccountMovement,
    Refusal,
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

_UNMOVED: Refusal = "no_movements_on_record"
_LOST = frozenset({"churn"})
_DUE = frozenset({"churn", "renewal"})


@dataclass(frozen=True, slots=True)
class PortfolioRetention:
    """Retention of the accounts that paid on the day before ``start``, and the renewals that came up until ``end``.

    ``by_number`` counts renewals, ``by_value`` their amounts; ``currencies`` names the currencies that took part:
    with more than one, the money rates are refused unless every other one has an entered rate. Amounts are in
    ``exchange``'s currency. ``movements`` are the accounts of the cohort, ``events`` what moved in the period.
    """

    start: dt.date
    end: dt.date
    accounts: int
    cohort: Retention
    by_number: Share
    by_value: Share
    currencies: tuple[str, ...]
    exchange: Exchange
    movements: Mapping[int, AccountMovement] = field(default_factory=dict)
    events: tuple[EventRow, ...] = ()


def portfolio_retention(
    reads: Reads,
    start: dt.date,
    end: dt.date,
    *,
    own: str = "",
    rates: Iterable[Rate] = (),
    among: Collection[int] | None = None,
) -> PortfolioRetention:
    """GRR, NRR, logo churn and renewal rates from *start* to *end*, both inclusive, of all accounts or those *among*.

    Several currencies are told in the portfolio's *own* through *rates*, the newest not after *end* for every amount,
    so that no exchange rate moves the figure. A rate that cannot be computed honestly carries the reason instead:
    "lost_without_amount" where a lost account or contract has no amount, "mixed_currencies", "nothing_at_start",
    "nothing_renewable", "no_renewals_on_record" where only losses were ever recorded: that is no list of renewals, and
    "no_movements_on_record" where nothing ever was: a list of today's customers cannot tell who left.
    """
    starts = _starts(reads, start - dt.timedelta(days=1), among)
    events = [one for one in queries.events(reads, start, end) if among is None or one.account_id in among]
    currencies = {amount.currency for amounts in starts.values() for amount in amounts}
    currencies |= {event.currency or "" for event in events if event.amount}
    told = exchange(currencies, own, rates, end)
    events = [_told(event, told) for event in events]
    of_account: dict[int, list[EventRow]] = defaultdict(list)
    for event in events:
        of_account[event.account_id].append(event)
    movements = {
        account: _movement(_sum(amounts, told), of_account[account]) for account, amounts in starts.items()
    }
    moved = bool(events) or queries.movements_on_record(reads)
    cohort = retention(movements.values()) if moved else _unmoved(retention(movements.values()))
    by_number, by_value = _renewed(reads, events)
    if told.missing:
        cohort = Retention(_refused(cohort.gross), _refused(cohort.net), cohort.logo_churn)
        by_value = _refused(by_value)
    named = tuple(sorted(code for code in currencies if code))
    return PortfolioRetention(
        start, end, len(starts), cohort, by_number, by_value, named, told, movements, tuple(events)
    )


def _unmoved(cohort: Retention) -> Retention:
    """Money rates refused where no movement was ever recorded."""
    gross, net = (
        replace(one, rate=None, refused=one.refused or _UNMOVED) for one in (cohort.gross, cohort.net)
    )
    return replace(cohort, gross=gross, net=net)


def _starts(reads: Reads, day: dt.date, among: Collection[int] | None) -> dict[int, list[Amount]]:
    """What ran and was paid on *day*, by account."""
    found: dict[int, list[Amount]] = {}
    for contract in queries.contracts(reads):
        counts = among is None or contract.account_id in among
        if counts and contract.yearly and not contract.term.is_trial and runs_at(contract.term, day):
            found.setdefault(contract.account_id, []).append(Amount(contract.yearly, contract.currency or ""))
    return found


def _renewed(reads: Reads, events: list[EventRow]) -> tuple[Share, Share]:
    by_number, by_value = renewal_rates(_outcome(event) for event in events if event.kind in _DUE)
    if not by_number.refused and not queries.renewals_on_record(reads):
        by_number = replace(by_number, rate=None, refused="no_renewals_on_record")
        by_value = replace(by_value, rate=None, refused="no_renewals_on_record")
    return by_number, by_value


def _sum(amounts: list[Amount], told: Exchange) -> Decimal:
    """In one currency; where a rate is missing the plain sum, which is then never shown as a rate."""
    return sum(
        (amount.value if (value := told.value(amount)) is None else value for amount in amounts), Decimal(0)
    )


def _told(event: EventRow, told: Exchange) -> EventRow:
    if not event.amount:
        return event
    value = told.value(Amount(event.amount, event.currency or ""))
    return event if value is None else replace(event, amount=value, currency=told.currency)


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
