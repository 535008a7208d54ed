"""Contract rows to what a briefing says of them: what is agreed, when it ends, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cs_workbench.domain import working_days
from cs_workbench.domain.months import period_months
from cs_workbench.domain.renewal import ALIVE, Renewal, Term, renewal, runs_at
from cs_workbench.reports.action_plan_facts import Plan
from cs_workbench.reports.facts import Agreement, Amount, Movement, Opening, Terms
from cs_workbench.store.queries.briefing_rows import ContractRow, EventRow, OpportunityRow

_ROLLING_MONTHS = 3  # a contract that renews this often has no decision to prepare


@dataclass(frozen=True, slots=True)
class Running:
    """A contract in force with its next renewal."""

    row: ContractRow
    renewal: Renewal
    rolling: bool


def term_of(row: ContractRow) -> Term:
    """The recorded term of a contract."""
    return Term(
        row.start_on, row.end_on, row.term_months, row.billing, row.auto_renew, row.notice_months, row.notice_days,
        row.status, row.is_trial,
    )  # fmt: skip


def running(rows: Sequence[ContractRow], as_of: dt.date) -> list[Running]:
    """The contracts in force on *as_of* with their next renewals, the one that ends first in front."""
    found = []
    for row in rows:
        term = term_of(row)
        if runs_at(term, as_of):
            period = period_months(row.term_months, row.billing, row.start_on, row.end_on)
            next_one = renewal(term, as_of)
            found.append(
                Running(row, next_one, period is not None and period <= _ROLLING_MONTHS and next_one.rolled)
            )
    return sorted(found, key=lambda one: (one.rolling, one.renewal.renews_on or dt.date.max, one.row.id))


def yearly(row: ContractRow) -> Decimal | None:
    """What a contract is worth a year: ARR as recorded, else 12 × MRR, else a one-year term's amount."""
    if row.arr is not None:
        return row.arr
    if row.mrr is not None:
        return row.mrr * 12
    return row.amount if row.term_months in (12, None) else row.amount and row.amount * 12 / row.term_months


def terms(
    rows: Sequence[ContractRow], events: Sequence[EventRow], as_of: dt.date, left_on: dt.date | None = None
) -> Terms:
    """What is agreed on *as_of*. The dates are those of the fixed-term contract that ends first; what a customer who
    has left (*left_on*) had signed ends with its term.
    """
    gone = left_on if left_on is not None and left_on <= as_of else None
    rows = [_standing(row, gone) for row in rows if row.status != "draft"]
    active = _without_called_off(running(rows, as_of))
    ended = sum(1 for row in rows if row.end_on is not None and row.end_on < as_of and not _runs(row, active))
    moves = tuple(
        Movement(event.kind, event.on, event.amount, event.currency or "", f"contract_event/{event.id}")
        for event in events
    )
    if not active:
        last = max(
            (row for row in rows if row.end_on and (row.start_on is None or row.start_on <= as_of)),
            key=lambda row: row.end_on or dt.date.min,
            default=None,
        )
        if last is None:
            return Terms(ended=ended, movements=moves)
        return Terms(
            (), ended, end_on=last.end_on, situation="ended", movements=moves, ref=f"contract/{last.id}"
        )
    paid = [one for one in active if not one.row.is_trial] or active
    first = next((one for one in paid if one.row.status in ALIVE), paid[0])
    if first.row.status not in ALIVE and first.row.end_on is not None:
        return _leaving(active, paid, ended, moves, as_of)
    seats = [one.row.seats for one in paid if one.row.seats is not None]
    end, notice = first.renewal.renews_on, first.renewal.notice_on
    if first.rolling:
        end = notice = None
    return Terms(
        tuple(_agreement(one) for one in active), ended, _totals(paid), sum(seats) if seats else None, end, notice,
        first.row.auto_renew, _situation(first, as_of), None if first.rolling else first.renewal.days_left,
        end + dt.timedelta(days=1) if end else None, moves, f"contract/{first.row.id}",
        _assumed(first),
    )  # fmt: skip


def _without_called_off(found: Sequence[Running]) -> list[Running]:
    """Without those that are not active and began while an active one ran: it runs in their place."""
    alive = [one for one in found if one.row.status in ALIVE]
    return [
        one
        for one in found
        if one in alive
        or not any((each.row.start_on or dt.date.min) <= (one.row.start_on or dt.date.min) for each in alive)
    ]


def _leaving(
    active: Sequence[Running],
    paid: Sequence[Running],
    ended: int,
    moves: tuple[Movement, ...],
    as_of: dt.date,
) -> Terms:
    """What still runs though it is called off, or its customer has left: it ends with its term, nothing is renewed."""
    seats = [one.row.seats for one in paid if one.row.seats is not None]
    end = paid[0].row.end_on
    agreements = tuple(replace(_agreement(one), notice_on=None) for one in active)
    return Terms(
        agreements, ended, _totals(paid), sum(seats) if seats else None, end, None, False, "leaving",
        (end - as_of).days if end else None, None, moves, f"contract/{paid[0].row.id}",
    )  # fmt: skip


def _standing(row: ContractRow, gone: dt.date | None) -> ContractRow:
    """A contract as it stands: one that is over, or whose customer has left (*gone*), does not renew by itself; without
    an end on record it ended that day, where the day is known.
    """
    if gone is None:
        return row if row.status in ALIVE else replace(row, auto_renew=False)
    end = row.end_on or (gone if gone > dt.date.min and (row.start_on or gone) <= gone else None)
    return replace(row, auto_renew=False, status="churned", end_on=end)


def _assumed(one: Running) -> bool:
    """Whether the end of the term only follows from how often the contract is billed."""
    row = one.row
    return (
        not one.rolling
        and one.renewal.renews_on is not None
        and row.end_on is None
        and row.term_months is None
    )


def _runs(row: ContractRow, active: Sequence[Running]) -> bool:
    return any(one.row.id == row.id for one in active)


def _agreement(one: Running) -> Agreement:
    row = one.row
    return Agreement(
        row.id, row.name or "", row.product or row.plan or "", row.seats, yearly(row), row.currency or "",
        row.billing or "", row.start_on, None if one.rolling else one.renewal.renews_on,
        None if one.rolling else one.renewal.notice_on, row.auto_renew, row.is_trial, f"contract/{row.id}",
        row.notice_months, row.notice_days, _assumed(one),
    )  # fmt: skip


def _totals(paid: Sequence[Running]) -> tuple[Amount, ...]:
    """What is paid a year, by currency; none of one in which an amount is below zero: nobody can mean that."""
    sums: dict[str, Decimal] = {}
    below = {one.row.currency for one in paid if (yearly(one.row) or 0) < 0}
    for one in paid:
        value = yearly(one.row)
        if value is not None and one.row.currency and one.row.currency not in below:
            sums[one.row.currency] = sums.get(one.row.currency, Decimal(0)) + value
    ref = f"contract/{paid[0].row.id}"
    return tuple(Amount(total, currency, ref) for currency, total in sorted(sums.items()))


def _situation(first: Running, as_of: dt.date) -> str:
    if first.rolling:
        return "rolling"
    end, notice = first.renewal.renews_on, first.renewal.notice_on
    if end is None:
        return "no_date"
    if notice is not None and notice < as_of:
        return "past_auto" if first.row.auto_renew else "past"
    return "open"  # the plan says whether it is late


def openings(rows: Sequence[OpportunityRow], as_of: dt.date) -> tuple[Opening, ...]:
    """Orders on record: what was won up to *as_of*. Open and lost sales stay with us."""
    return tuple(
        Opening(
            row.name,
            row.product or "",
            "won",
            row.close_on,
            row.amount,
            row.currency or "",
            f"opportunity/{row.id}",
        )
        for row in rows
        if row.outcome == "won" and (row.close_on is None or row.close_on <= as_of)
    )


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of the way to the decision, and whether there is still time for all of them."""

    meeting: dt.date
    approval_start: dt.date
    approval_done: dt.date
    late: bool


def dates_before(anchor: dt.date, approval_days: int, as_of: dt.date) -> Dates:
    """Planned backwards from *anchor* (the last day to give notice, or of the term): approval complete one working
    day before it, begun *approval_days* before that, the meeting three before. Late steps move to the next days.
    """
    done = working_days.minus(anchor, 1)
    start = working_days.minus(done, approval_days)
    meeting = working_days.minus(start, 3)
    if start >= as_of:
        soon = working_days.on_or_after(as_of)
        return Dates(min(max(meeting, soon), start), start, done, late=False)
    first = working_days.on_or_after(as_of)
    return Dates(first, first, max(first, min(done, working_days.plus(first, approval_days))), late=True)


def meeting_fixed(days: Dates, met_on: dt.date, approval_days: int) -> Dates:
    """*days* with the meeting on *met_on*: approval begins there at the earliest, as on the runway (domain.runway)."""
    start = max(days.approval_start, working_days.on_or_after(met_on))
    late = days.late or working_days.between(start, days.approval_done) < approval_days
    return Dates(met_on, start, max(start, days.approval_done), late)


def planned(terms_now: Terms, approval_days: int, known: bool, as_of: dt.date) -> tuple[Plan, Dates | None]:
    """The plan's frame: what it is planned backwards from, and the dates. Without a date there is no frame."""
    situation, notice, end = terms_now.situation, terms_now.notice_on, terms_now.end_on
    if situation not in {"open", "past_auto", "past"} or end is None:
        return Plan(approval_days=approval_days, approval_known=known), None
    anchor, basis = (notice, "notice") if notice is not None and situation == "open" else (end, "end")
    days = dates_before(anchor, approval_days, as_of)
    left = working_days.between(as_of, anchor)
    return Plan((), days.approval_start, approval_days, known, left, basis, anchor), days
