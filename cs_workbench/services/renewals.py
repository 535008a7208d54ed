"""Renewals: what ends when, how the steps stand, what is expected; as one reading of the portfolio.

A renewal is an account and the last day of a running term: contracts that end on one day renew together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from cs_workbench.domain import forecast as forecasting
from cs_workbench.domain import runway as runways
from cs_workbench.domain.forecast import Calibration, Chance, Forecast
from cs_workbench.domain.money import Amount, Rate
from cs_workbench.domain.renewal import renewal, runs_at
from cs_workbench.domain.renewals_due import Due, dues
from cs_workbench.domain.runway import Known, Runway
from cs_workbench.services import health_calls
from cs_workbench.store.once import Once
from cs_workbench.store.queries import account_list, settings
from cs_workbench.store.queries import renewals as queries
from cs_workbench.store.queries import signals as signal_queries
from cs_workbench.store.queries.health_calls import HealthCallRow
from cs_workbench.store.queries.renewals import Key, PlanRow, RenewalCallRow, StepRow

if TYPE_CHECKING:
    from cs_workbench.domain.signal_facts import ContractFact
    from cs_workbench.store.reads import Reads

NEAR = 90
HORIZONS = (90, 180, 365)
APPROVAL_SETTING = "renewal_approval_days"
_PROOF_DAYS = 180
_CADENCE = 45
GroupKey = Literal["passed", "near", "next", "later"]


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """One renewal as of a day.

    ``deadline`` is what the steps count back from: the last day to give notice, or the end of the term where that has
    passed (``notice_passed``). ``value`` is in the portfolio's currency, None where nothing is recorded or a rate is
    missing; ``amounts`` are as recorded. ``band`` is final, ``called`` the CSM's health call behind it, if any.
    ``likelihood`` is that of the call, else (``call`` None or "monitor") what health suggests.
    """

    account_id: int
    name: str
    tier: str | None
    term_end: dt.date
    notice_on: dt.date | None
    deadline: dt.date
    notice_passed: bool
    auto_renew: bool
    amounts: tuple[Amount, ...]
    value: Decimal | None
    score: float | None
    band: str
    called: HealthCallRow | None
    call: RenewalCallRow | None
    category: str
    likelihood: float
    way: Runway
    known: dict[int, StepRow]
    plan: PlanRow | None
    proven: frozenset[int]
    """Steps that are done because a record says so, not because somebody marked them."""

    @property
    def key(self) -> Key:
        """The account and the end of its term."""
        return self.account_id, self.term_end

    @property
    def is_called(self) -> bool:
        """Whether the CSM made a forecast; "monitor" is none."""
        return self.call is not None and self.call.category != "monitor"

    def days_left(self, today: dt.date) -> int:
        """Days until the deadline."""
        return (self.deadline - today).days

    def group(self, today: dt.date) -> GroupKey:
        """Under which heading it stands."""
        if self.notice_passed:
            return "passed"
        left = self.days_left(today)
        return "near" if left <= NEAR else "next" if left <= 2 * NEAR else "later"


@dataclass(frozen=True, slots=True)
class Missing:
    """An account under contract whose next renewal cannot be told: ``gap`` is end_date."""

    account_id: int
    name: str
    contract: str


@dataclass(frozen=True, slots=True)
class Renewals:
    """Everything the page shows as of ``today``: rows by deadline, what lacks data, the forecast of the next 90 days.

    ``forecast`` is None where a rate is missing (``no_rate`` names the currencies); ``not_called`` counts the rows in
    it whose likelihood is only what health suggests, ``without_value`` those left out for want of an amount.
    """

    today: dt.date
    within: int
    currency: str
    rows: tuple[RenewalRow, ...]
    missing: tuple[Missing, ...]
    forecast: Forecast | None
    no_rate: tuple[str, ...]
    not_called: int
    without_value: int
    record: Calibration | None
    assumed: int = 0
    """Of the not called, those without a health either: their likelihood is only assumed."""
    measured: int = 0
    """How many of the forecast have a health or a call behind them."""

    @property
    def near(self) -> int:
        """How many have their deadline within 90 days: the count beside the page's name."""
        return sum(row.days_left(self.today) <= NEAR for row in self.rows)

    def row_of(self, key: Key) -> RenewalRow | None:
        """The row of that renewal, if it is listed."""
        return next((row for row in self.rows if row.key == key), None)


def load(reads: Reads, today: dt.date, within: int = 180) -> Renewals:
    """Renewals whose deadline lies within *within* days of *today*; a constant number of statements."""
    db = Once(reads)
    book = _Book(db, today)
    rows, missing = book.rows(today + dt.timedelta(days=within))
    near = [row for row in rows if row.days_left(today) <= NEAR]
    valued = [row for row in near if row.value is not None]
    no_rate = sorted({one.currency for row in near if row.value is None for one in row.amounts})
    return Renewals(
        today=today,
        within=within,
        currency=book.own,
        rows=tuple(rows),
        missing=tuple(missing),
        forecast=None if no_rate else forecasting.forecast(_chances(valued)),
        no_rate=tuple(no_rate),
        not_called=sum(not row.is_called for row in valued),
        without_value=sum(not row.amounts for row in near),
        record=forecasting.calibration(queries.outcomes(db, today)),
        assumed=sum(not row.is_called and row.band == "none" for row in valued),
        measured=sum(row.is_called or row.band != "none" for row in valued),
    )


def pressing(reads: Reads, today: dt.date) -> int:
    """How many renewals have their deadline within 90 days: the count beside the page's name."""
    last = today + dt.timedelta(days=NEAR)
    customers = signal_queries.customers(reads, today, _CADENCE)
    found = dues(signal_queries.contracts(reads, today), customers, today)
    return sum(one.deadline <= last for one in found)


def approval_days(reads: Reads) -> int:
    """Working days a customer's internal approval takes where nothing else is said for a renewal."""
    found = settings.setting(reads, APPROVAL_SETTING, runways.APPROVAL_DAYS)
    return found if isinstance(found, int) and 0 <= found <= 120 else runways.APPROVAL_DAYS


def _chances(rows: Iterable[RenewalRow]) -> list[Chance]:
    return [Chance(row.value, row.likelihood) for row in rows if row.value is not None]


def _counts(one: ContractFact, today: dt.date) -> bool:
    return not one.term.is_trial and runs_at(one.term, today)


class _Book:
    """All records the rows are made of, read once."""

    def __init__(self, db: Reads, today: dt.date) -> None:
        since = today - dt.timedelta(days=2 * _PROOF_DAYS)
        self.today = today
        self.customers = signal_queries.customers(db, today, _CADENCE)
        self.contracts = signal_queries.contracts(db, today)
        self.bands = health_calls.in_force(db, today)
        self.calls = queries.calls(db, today)
        self.plans = queries.plans(db)
        self.steps = queries.steps(db)
        self.touches = queries.touches(db, since, today)
        self.packs = queries.packs(db, since, today)
        self.approval = approval_days(db)
        own, *rates = account_list.rates(db, {"t": today.isoformat()})
        self.own = str(own[0] or "")
        self._rates = {
            one.currency: one.rate
            for one in (Rate(code, dt.date.fromisoformat(day), Decimal(rate)) for code, rate, day in rates)
        }

    def rows(self, last: dt.date) -> tuple[list[RenewalRow], list[Missing]]:
        """Rows up to *last* by deadline, and accounts with a running contract that names no end."""
        found = dues(self.contracts, self.customers, self.today)
        rows = [self._row(one) for one in found if one.deadline <= last]
        missing: dict[int, Missing] = {}
        for one in self.contracts:
            customer = self.customers.get(one.account_id)
            if customer is None or customer.gone or not _counts(one, self.today):
                continue
            if renewal(one.term, self.today).renews_on is None:
                missing.setdefault(customer.id, Missing(customer.id, customer.name, one.name))
        return (
            sorted(rows, key=lambda row: (row.deadline, row.name, row.account_id)),
            sorted(missing.values(), key=lambda one: (one.name, one.account_id)),
        )

    def _row(self, one: Due) -> RenewalRow:
        key = (one.account_id, one.term_end)
        customer = self.customers[key[0]]
        amounts = self._amounts(one.parts)
        call, health = self.calls.get(key), self.bands.get(key[0])
        band = health_calls.final_band(customer.band, health)
        monitored = call is None or call.category == "monitor"
        category = forecasting.computed_category(band) if monitored or call is None else call.category
        known = self.steps.get(key, {})
        plan = self.plans.get(key)
        done, proven = self._done(key, one.deadline, known, plan)
        way = runways.runway(
            one.deadline,
            self.today,
            Known(
                done,
                {number: one.due_on for number, one in known.items() if one.due_on is not None},
                None if plan is None or plan.meeting_at is None else plan.meeting_at.astimezone().date(),
                self.approval if plan is None or plan.approval_days is None else plan.approval_days,
            ),
            customer.tier,
        )
        return RenewalRow(
            key[0], customer.name, customer.tier, key[1], one.notice_on, one.deadline, one.passed, one.automatic,
            amounts, self._own(amounts), customer.score, band, health, call, category,
            forecasting.LIKELIHOOD[category] if monitored or call is None else call.likelihood,
            way, known, plan, proven,
        )  # fmt: skip

    def _done(
        self, key: Key, deadline: dt.date, known: dict[int, StepRow], plan: PlanRow | None
    ) -> tuple[dict[int, dt.date], frozenset[int]]:
        """When each step was done: as marked, else as a record proves (1 a conversation, 2 the meeting, 8 a pack)."""
        since = deadline - dt.timedelta(days=_PROOF_DAYS)
        done = {number: one.done_on for number, one in known.items() if one.done_on is not None}
        proofs: dict[int, dt.date] = {}
        talk = next((one for one in self.touches.get(key[0], ()) if one.on >= since), None)
        if talk is not None:
            proofs[1] = talk.on
        if plan is not None and plan.meeting_at is not None and plan.decider:
            proofs[2] = min(plan.meeting_at.astimezone().date(), self.today)
        pack = next((day for day in self.packs.get(key[0], ()) if day >= since), None)
        if pack is not None:
            proofs[8] = pack
        proven = {number: day for number, day in proofs.items() if number not in done}
        return {**done, **proven}, frozenset(proven)

    def _amounts(self, parts: Sequence[ContractFact]) -> tuple[Amount, ...]:
        sums: dict[str, Decimal] = {}
        for one in parts:
            if one.value is not None:
                code = one.currency or self.own
                sums[code] = sums.get(code, Decimal(0)) + one.value
        return tuple(Amount(value, code) for code, value in sorted(sums.items()))

    def _own(self, amounts: tuple[Amount, ...]) -> Decimal | None:
        """In the portfolio's currency, through entered rates only."""
        total = Decimal(0)
        for one in amounts:
            rate = Decimal(1) if one.currency == self.own or not self.own else self._rates.get(one.currency)
            if rate is None:
                return None
            total += one.value * rate
        return total.quantize(Decimal("0.0001")) if amounts else None
