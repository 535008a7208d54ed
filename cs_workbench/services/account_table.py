"""The accounts page's table: every line with what it shows and is filtered by, and the sums below it.

A constant number of statements, however many accounts there are.
"""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from cs_workbench.domain.account_filter_parser import Vocabulary
from cs_workbench.domain.money import Amount, Rate, Total, total
from cs_workbench.domain.text import fold
from cs_workbench.services.accounts import AccountRow, account_list
from cs_workbench.store.queries import account_list as list_queries
from cs_workbench.store.queries import account_table as queries

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

STALE_DAYS = 45
"""A score that was computed longer ago says how things were, not how they are."""

BANDS = ("red", "yellow", "green", "none")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the stage or tier list in both languages."""

    key: str
    en: str
    ja: str
    cadence_days: int | None = None

    def label(self, language: str) -> str:
        """The label in *language*."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, eq=False)
class AccountLine:
    """One line as of the table's date: the account's row and what it is judged by.

    ``arr`` is in the portfolio's currency (None: unknown or no rate). ``deadline`` is the notice date, else the end
    of the term; ``days_left`` may be negative. ``touch`` is "late" where nobody spoke for longer than the tier's
    cadence, "ok" where somebody did, "" without a cadence. ``trend`` is oldest first.
    """

    row: AccountRow
    place: int
    arr: Decimal | None
    deadline: dt.date | None
    days_left: int | None
    contacted_on: dt.date | None
    contact_days: int | None
    touch: str
    tags: tuple[str, ...]
    trend: tuple[float | None, ...]
    next_step: str
    next_due: dt.date | None
    next_late: bool
    stale: bool

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def score(self) -> float | None:
        return self.row.score

    @property
    def coverage(self) -> float | None:
        return self.row.coverage

    @property
    def band(self) -> str:
        return self.row.band

    @property
    def seats(self) -> int | None:
        return self.row.seats

    @property
    def tier(self) -> str | None:
        return self.row.tier

    @property
    def stage(self) -> str | None:
        return self.row.stage

    @property
    def owner(self) -> str | None:
        return self.row.owner

    @property
    def notice_date(self) -> dt.date | None:
        return self.row.notice_date

    @property
    def renewal_date(self) -> dt.date | None:
        return self.row.renewal_date

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The yearly value by currency."""
        row = self.row
        if row.arr_parts:
            return row.arr_parts
        return () if row.arr is None else (Amount(row.arr, row.currency or ""),)

    @cached_property
    def folded(self) -> str:
        """What bare words are looked for in: name, reading, ids of other systems."""
        return fold(" ".join((self.row.name, self.row.reading, *self.row.source_ids.values())))

    @cached_property
    def folded_next(self) -> str:
        """The next step, folded."""
        return fold(self.next_step)


@dataclass(frozen=True, slots=True)
class AccountTable:
    """Every account not archived, in reading order, and the portfolio's lists."""

    today: dt.date
    lines: tuple[AccountLine, ...]
    stages: tuple[Entry, ...]
    tiers: tuple[Entry, ...]
    currency: str
    rates: tuple[Rate, ...]
    vocabulary: Vocabulary
    views: str | None
    """The saved views as stored; see services.account_views."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands in the totals bar: count, yearly value, mean of the measured scores, accounts by band."""

    count: int
    arr: Total
    without_arr: int
    mean: float | None
    measured: int
    bands: Mapping[str, int]


def load(reads: Reads, today: dt.date) -> AccountTable:
    """Read the whole table as of *today*."""
    settings = {
        key: json.loads(value) for key, value in queries.portfolio(reads).items() if value is not None
    }
    entries: dict[str, list[Entry]] = {"stage": [], "tier": []}
    for name, key, en, ja, cadence in queries.entries(reads):
        entries[name].append(Entry(key, en, ja, None if cadence is None else int(cadence)))
    currency = str(settings.get("currency") or "")
    known = [
        Rate(code, dt.date.fromisoformat(day), Decimal(rate))
        for code, rate, day in list_queries.rates(reads, {"t": today.isoformat()})[1:]
    ]
    extras = _Extras(reads, today, _zone(settings.get("time_zone")))
    extras.cadence = {tier.key: tier.cadence_days for tier in entries["tier"] if tier.cadence_days}
    extras.currency, extras.factors = currency, {rate.currency: rate.rate for rate in known}
    lines = tuple(extras.line(place, row) for place, row in enumerate(account_list(reads, today)))
    vocabulary = Vocabulary(
        stages=_spellings(entries["stage"]),
        tiers=_spellings(entries["tier"]),
        tags=tuple(sorted({tag for line in lines for tag in line.tags})),
        owners=tuple(sorted({line.owner for line in lines if line.owner})),
        me=str(settings.get("own_name") or ""),
    )
    views = settings.get("account_views")
    return AccountTable(
        today, lines, tuple(entries["stage"]), tuple(entries["tier"]), currency, tuple(known), vocabulary,
        None if views is None else json.dumps(views),
    )  # fmt: skip


def sums(table: AccountTable, lines: Iterable[AccountLine]) -> Sums:
    """Add up *lines*: money in one currency where rates allow it, else by currency."""
    shown = list(lines)
    scores = [line.score for line in shown if line.score is not None]
    bands = Counter(line.band for line in shown)
    amounts = [amount for line in shown for amount in line.amounts]
    return Sums(
        count=len(shown),
        arr=total(amounts, table.currency, table.rates, table.today),
        without_arr=sum(not line.amounts for line in shown),
        mean=sum(scores) / len(scores) if scores else None,
        measured=len(scores),
        bands={band: bands.get(band, 0) for band in BANDS},
    )


class _Extras:
    """What is read once for all lines."""

    def __init__(self, reads: Reads, today: dt.date, zone: dt.tzinfo) -> None:
        self.today = today
        self.zone = zone
        self.trends = queries.trends(reads, today)
        self.steps = queries.next_steps(reads, today)
        self.tags = queries.tags(reads)
        self.cadence: dict[str, int] = {}
        self.currency = ""
        self.factors: dict[str, Decimal] = {}

    def line(self, place: int, row: AccountRow) -> AccountLine:
        deadline = row.notice_date or row.renewal_date
        contacted = None if row.last_contact is None else row.last_contact.astimezone(self.zone).date()
        silent = None if contacted is None else max((self.today - contacted).days, 0)
        title, due_text = self.steps.get(row.id, ("", None))
        due = dt.date.fromisoformat(due_text) if due_text else None
        return AccountLine(
            row=row,
            place=place,
            arr=self._own(row),
            deadline=deadline,
            days_left=None if deadline is None else (deadline - self.today).days,
            contacted_on=contacted,
            contact_days=silent,
            touch=self._touch(row, silent),
            tags=self.tags.get(row.id, ()),
            trend=self.trends.get(row.id, ()),
            next_step=title,
            next_due=due,
            next_late=due is not None and due < self.today,
            stale=row.scored_on is not None and (self.today - row.scored_on).days > STALE_DAYS,
        )

    def _touch(self, row: AccountRow, silent: int | None) -> str:
        cadence = self.cadence.get(row.tier or "")
        if cadence is None or row.stage == "churned":
            return ""
        return "ok" if silent is not None and silent <= cadence else "late"

    def _own(self, row: AccountRow) -> Decimal | None:
        """In the portfolio's currency; an amount without a currency, or a portfolio without one, is taken as it is."""
        if row.arr is None or not self.currency or (row.currency or self.currency) == self.currency:
            return row.arr
        factor = self.factors.get(row.currency or "")
        return None if factor is None else row.arr * factor


def _spellings(entries: Iterable[Entry]) -> dict[str, str]:
    return {word: entry.key for entry in entries for word in (entry.key, entry.en, entry.ja)}


def _zone(name: object) -> dt.tzinfo:
    try:
        return zoneinfo.ZoneInfo(str(name)) if name else dt.UTC
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.UTC
