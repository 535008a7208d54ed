"""The accounts page's table: every line with what it shows and is filtered by, and the sums below it.

A constant number of statements, however many accounts there are.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_workbench.domain.account_filter_vocabulary import Vocabulary
from cs_workbench.domain.money import Amount, Rate, Total, total
from cs_workbench.domain.text import fold
from cs_workbench.services import health_calls
from cs_workbench.services.account_rows import AccountRow, account_list, last_contacts
from cs_workbench.services.own_fields import OwnColumns
from cs_workbench.store.queries import account_list as list_queries
from cs_workbench.store.queries import account_table as queries
from cs_workbench.store.whole import Whole

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

STALE_DAYS = 45
"""A score that was computed longer ago says how things were, not how they are."""

_NO_TOUCH: dict[str, Any] = {"contacted_on": None, "contact_days": None, "touch": ""}

BANDS = ("red", "yellow", "green", "none")
GONE = "churned"
"""The stage of those who are customers no longer."""


class Entry(NamedTuple):
    """An entry of the stage or tier list in both languages."""

    key: str
    en: str
    ja: str
    cadence_days: int | None = None

    def label(self, language: str) -> str:
        """The label in *language*."""
        return self.ja if language == "ja" else self.en


@dataclass(eq=False)  # nobody changes one; frozen, two thousand would take three times as long to make
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
    stale: bool
    tags: tuple[str, ...] = ()
    trend: tuple[float | None, ...] = ()
    next_step: str = ""
    next_due: dt.date | None = None
    called: str | None = None
    """The band of the CSM's call in force; None: the final band is the computed one."""

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
        """The final band: the CSM's call where one is in force."""
        return self.called or self.row.band

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
    def gone(self) -> bool:
        """Whether this is a customer no longer: its health asks for nothing."""
        return self.row.stage == GONE

    @property
    def owner(self) -> str | None:
        return self.row.owner

    @property
    def notice_date(self) -> dt.date | None:
        return self.row.notice_date

    @property
    def renewal_date(self) -> dt.date | None:
        return self.row.renewal_date

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The yearly value by currency."""
        row = self.row
        if row.arr_parts:
            return row.arr_parts
        return () if row.arr is None else (Amount(row.arr, row.currency or ""),)

    @cached_property
    def folded(self) -> str:
        """What bare words are looked for in: name, reading, ids of other systems."""
        return _folded(" ".join((self.row.name, self.row.reading, *self.row.source_ids.values())))

    @cached_property
    def folded_next(self) -> str:
        """The next step, folded."""
        return _folded(self.next_step)


class AccountTable(NamedTuple):
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
    zone: str = ""
    """The portfolio's time zone (IANA), "" for UTC."""
    contacts: bool = True
    """Whether the last contacts were read; without them nobody is said to be late."""
    own: OwnColumns = OwnColumns()
    """The fields of one's own: read by the page apart, and their values only where one is shown."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands in the totals bar: count, yearly value, mean of the measured scores, accounts by band."""

    count: int
    arr: Total
    without_arr: int
    mean: float | None
    measured: int
    bands: Mapping[str, int]
    left: int = 0
    """How many of them are customers no longer, and in none of the figures of health."""


def load(reads: Reads, today: dt.date) -> AccountTable:
    """Read the whole table as of *today*."""
    return complete(reads, first(reads, today))


def first_rows(reads: Reads, now: dt.datetime) -> AccountTable:
    """What the list can show before anything else is read, as of the day of *now*."""
    return first(Whole(reads), now.date(), contacts=False)


def first(reads: Reads, today: dt.date, *, contacts: bool = True) -> AccountTable:
    """The table without trends, next steps and tags, and without last contacts where they are not asked for: a third
    of the work, for the first rows on the screen.
    """
    kept = queries.portfolio(reads)
    settings = {key: json.loads(value) for key, value in kept.items() if value is not None}
    entries: dict[str, list[Entry]] = {"stage": [], "tier": []}
    for name, key, en, ja, cadence in queries.entries(reads):
        entries[name].append(Entry(key, en, ja, None if cadence is None else int(cadence)))
    rates = [
        Rate(code, dt.date.fromisoformat(day), Decimal(rate))
        for code, rate, day in list_queries.rates(reads, {"t": today.isoformat()})[1:]
    ]
    maker = _Maker(today, str(settings.get("time_zone") or ""), str(settings.get("currency") or ""))
    maker.cadence = {tier.key: tier.cadence_days for tier in entries["tier"] if tier.cadence_days}
    maker.factors = {rate.currency: rate.rate for rate in rates}
    calls = health_calls.in_force(reads, today)
    maker.called = {account: call.band for account, call in calls.items()}
    maker.talks = contacts
    rows = account_list(reads, today, contacts=contacts)
    lines = tuple(maker.line(place, row) for place, row in enumerate(rows))
    vocabulary = Vocabulary(
        stages=_spellings(entries["stage"]),
        tiers=_spellings(entries["tier"]),
        owners=tuple(sorted({line.owner for line in lines if line.owner})),
        me=str(settings.get("own_name") or ""),
    )
    views = settings.get("account_views")
    return AccountTable(
        today=today,
        lines=lines,
        stages=tuple(entries["stage"]),
        tiers=tuple(entries["tier"]),
        currency=maker.currency,
        rates=tuple(rates),
        vocabulary=vocabulary,
        views=None if views is None else json.dumps(views),
        zone=maker.zone,
        contacts=contacts,
    )


def complete(reads: Reads, table: AccountTable) -> AccountTable:
    """The table with trends, next steps and tags, and with last contacts where they are missing."""
    touched = {} if table.contacts else _touched(reads, table)
    trends = queries.trends(reads, table.today)
    steps = queries.next_steps(reads, table.today)
    tags = queries.tags(reads)
    lines = []
    for line in table.lines:
        title, due_text = steps.get(line.id, ("", None))
        due = dt.date.fromisoformat(due_text) if due_text else None
        lines.append(
            replace(
                line,
                trend=trends.get(line.id, ()),
                tags=tags.get(line.id, ()),
                next_step=title,
                next_due=due,
                **touched.get(line.id, {}),
            )
        )
    for line in lines:
        _ = line.folded  # here, on the thread that reads, not at the first letter typed
    known = tuple(sorted({tag for words in tags.values() for tag in words}))
    words = table.vocabulary._replace(tags=known)
    return table._replace(lines=tuple(lines), vocabulary=words, contacts=True)


def _touched(reads: Reads, table: AccountTable) -> dict[int, dict[str, Any]]:
    """What each line says about its last contact."""
    maker = _Maker(table.today, table.zone, table.currency)
    maker.cadence = {tier.key: tier.cadence_days for tier in table.tiers if tier.cadence_days}
    talked = last_contacts(reads, table.today)
    return {line.id: maker.touched(line.row, talked.get(line.id)) for line in table.lines}


def sums(table: AccountTable, lines: Iterable[AccountLine]) -> Sums:
    """Add up *lines*: money in one currency where rates allow it, else by currency; health without those who left."""
    shown = list(lines)
    stayed = [line for line in shown if line.row.stage != GONE]
    scores = [score for score in [line.row.score for line in stayed] if score is not None]
    bands = Counter([line.called or line.row.band for line in stayed])
    by_currency: dict[str, list[Decimal]] = {}
    without = 0
    for row in [line.row for line in shown]:
        if row.arr_parts:
            for part in row.arr_parts:
                by_currency.setdefault(part.currency, []).append(part.value)
        elif row.arr is not None:
            by_currency.setdefault(row.currency or "", []).append(row.arr)
        else:
            without += 1
    amounts = [Amount(sum(values, Decimal(0)), currency) for currency, values in by_currency.items()]
    return Sums(
        count=len(shown),
        arr=total(amounts, table.currency, table.rates, table.today),
        without_arr=without,
        mean=sum(scores) / len(scores) if scores else None,
        measured=len(scores),
        bands={band: bands.get(band, 0) for band in BANDS},
        left=len(shown) - len(stayed),
    )


class _Maker:
    """Makes lines of rows: what is the same for all of them."""

    def __init__(self, today: dt.date, zone: str, currency: str) -> None:
        self.today = today
        self.zone = zone
        self.currency = currency
        self.cadence: dict[str, int] = {}
        self.factors: dict[str, Decimal] = {}
        self.called: dict[int, str] = {}
        self.talks = True

    def line(self, place: int, row: AccountRow) -> AccountLine:
        deadline = row.notice_date or row.renewal_date
        touched = self.touched(row, row.last_contact) if self.talks else _NO_TOUCH
        return AccountLine(
            row=row,
            place=place,
            arr=self._own(row),
            deadline=deadline,
            days_left=None if deadline is None else (deadline - self.today).days,
            **touched,
            stale=row.scored_on is not None and (self.today - row.scored_on).days > STALE_DAYS,
            called=self.called.get(row.id),
        )

    @cached_property
    def _place(self) -> dt.tzinfo:
        return _zone(self.zone)

    def touched(self, row: AccountRow, at: dt.datetime | None) -> dict[str, Any]:
        """The fields of a line that tell of the last contact."""
        contacted = None if at is None else at.astimezone(self._place).date()
        silent = None if contacted is None else max((self.today - contacted).days, 0)
        return {"contacted_on": contacted, "contact_days": silent, "touch": self._touch(row, silent)}

    def _touch(self, row: AccountRow, silent: int | None) -> str:
        cadence = self.cadence.get(row.tier or "")
        if cadence is None or row.stage == GONE:
            return ""
        return "ok" if silent is not None and silent <= cadence else "late"

    def _own(self, row: AccountRow) -> Decimal | None:
        """In the portfolio's currency; an amount without a currency, or a portfolio without one, is taken as it is."""
        if row.arr is None or not self.currency or (row.currency or self.currency) == self.currency:
            return row.arr
        factor = self.factors.get(row.currency or "")
        return None if factor is None else row.arr * factor


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    """Folded once a text, however often the table is read."""
    return fold(text)


def _spellings(entries: Iterable[Entry]) -> dict[str, str]:
    return {word: entry.key for entry in entries for word in (entry.key, entry.en, entry.ja)}


def _zone(name: str) -> dt.tzinfo:
    """Imported for the last contacts only: the first rows do without."""
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name) if name else dt.UTC
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.UTC
