"""The portfolio page: health and its money, renewals ahead, scores by month, movers, retention, coverage.

A constant number of statements, however many accounts there are. Every figure names its accounts, and, where the
account filter can say the same, the filter that finds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain import portfolio as rules
from cs_workbench.domain.account_filter import keep
from cs_workbench.domain.account_filter_parser import parse
from cs_workbench.domain.exchange import Exchange, exchange
from cs_workbench.domain.months import add_months
from cs_workbench.domain.portfolio import BANDS, Cell, Moves, Order, Window
from cs_workbench.domain.score_change import MeasureChange, what_changed
from cs_workbench.domain.score_record import score_from_json
from cs_workbench.services import account_table
from cs_workbench.services.account_table import AccountLine, AccountTable
from cs_workbench.services.departed import departed
from cs_workbench.services.retention import PortfolioRetention, portfolio_retention
from cs_workbench.store.queries import portfolio as queries

if TYPE_CHECKING:
    from cs_workbench.domain.money import Amount
    from cs_workbench.store.reads import Reads

EXPLAINED = 5
"""So many falls and so many rises are shown with their cause."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked for: a date, one to compare with, and whose accounts (a filter of tier, stage …)."""

    as_of: dt.date
    since: dt.date
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some accounts and their yearly value in the view's currency.

    ``apart`` is what no entered rate converts; ``unknown`` counts accounts without any amount. ``part`` is the filter
    that finds the same accounts, "" where there is none.
    """

    ids: tuple[int, ...]
    value: Decimal
    apart: tuple[Amount, ...]
    unknown: int
    part: str = ""

    @property
    def count(self) -> int:
        """How many accounts."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Month:
    """What falls into one month: everything, and the same by band (in the order of ``BANDS``)."""

    window: Window
    whole: Slice
    bands: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A year ahead by one date ("renewal": the notice deadline, else the end of the term; "ends": the end)."""

    key: str
    months: tuple[Month, ...]
    passed: Slice
    later: Slice
    undated: Slice


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far scores can be relied on: ``fresh`` and ``stale`` are measured, ``missing`` is not.

    ``share`` is the mean part of the scorecards that was measured, 0–1, over accounts with a score.
    """

    fresh: Slice
    stale: Slice
    missing: Slice
    share: float | None


@dataclass(frozen=True, eq=False)
class PortfolioView:
    """Everything the page shows, as of one date.

    ``lines`` and every count of health are of customers; who ``left`` is apart, and ``everyone`` is both: what yearly
    value and retention are about.
    """

    today: dt.date
    asked: Asked
    table: AccountTable
    lines: Mapping[int, AccountLine]
    exchange: Exchange
    everyone: Slice
    whole: Slice
    left: Slice
    bands: tuple[Slice, ...]
    schedules: Mapping[str, Schedule]
    months: tuple[Window, ...]
    history: Mapping[int, tuple[Cell | None, ...]]
    moves: Moves
    causes: Mapping[int, MeasureChange]
    coverage: Coverage
    retention: PortfolioRetention

    @property
    def slid(self) -> tuple[int, ...]:
        """Accounts whose score slid for half a year, the largest fall first."""
        found = [account for account in self.lines if rules.slid(self.history[account])]
        return tuple(sorted(found, key=lambda account: rules.fall(self.history[account]) or 0.0))


def usual(today: dt.date) -> Asked:
    """Today, compared with the end of the month three months before."""
    return Asked(today, rules.usual_since(today))


def load(reads: Reads, today: dt.date, asked: Asked) -> PortfolioView:
    """Read the portfolio as it stood at ``asked.as_of``; a scope that cannot be read lets every account through."""
    table = account_table.first(reads, asked.as_of)
    shown = parse(asked.scope, table.vocabulary, asked.as_of)
    chosen = [table.lines[place] for place in keep(table.lines, shown.root, asked.as_of)]
    away = departed(reads, asked.as_of, today)
    stayed = [line for line in chosen if line.id not in away]
    left = [line for line in chosen if line.id in away]
    lines = {line.id: line for line in stayed}
    codes = {amount.currency for line in chosen for amount in line.amounts}
    told = exchange(codes, table.currency, table.rates, asked.as_of)
    months = rules.months_until(asked.as_of)
    windows = (*months, rules.standing(asked.since), rules.standing(asked.as_of))
    scores = queries.scores(reads, windows)
    nothing: tuple[Cell | None, ...] = (None,) * len(windows)
    found = {account: scores.get(account, nothing) for account in lines}
    moves = rules.moves(
        {account: _score(cells[-2]) for account, cells in found.items()},
        {account: _score(cells[-1]) for account, cells in found.items()},
    )
    summer = _Summer(told, chosen, lines)
    return PortfolioView(
        today=today, asked=asked, table=table, lines=lines, exchange=told,
        everyone=summer.slice(chosen),
        whole=summer.slice(stayed, f"not stage:{account_table.GONE}" if left else "*"),
        left=summer.slice(left, f"stage:{account_table.GONE}"),
        bands=summer.bands(stayed),
        schedules={key: summer.schedule(key, asked.as_of) for key in ("renewal", "ends")},
        months=months,
        history={account: cells[: len(months)] for account, cells in found.items()},
        moves=moves,
        causes=_causes(reads, moves, asked),
        coverage=summer.coverage(),
        retention=portfolio_retention(
            reads, year_before(asked.as_of), asked.as_of, own=table.currency, rates=table.rates,
            among=[line.id for line in chosen] if asked.scope else None,
        ),
    )  # fmt: skip


def year_before(as_of: dt.date) -> dt.date:
    """The first of the twelve months that end on *as_of*."""
    return add_months(as_of, -12) + dt.timedelta(days=1)


def scope_filter(chosen: Mapping[str, str]) -> str:
    """The filter of a choice by key (band, tier, stage, owner → value), as ``Asked.scope`` wants it."""
    words = []
    for key, value in chosen.items():
        if not value:
            continue
        opening, closing = ('"', '"') if '"' not in value else ("「", "」")
        plain = value.replace("-", "").replace("_", "").isalnum()
        words.append(f"{key}:{value}" if plain else f"{key}:{opening}{value}{closing}")
    return " ".join(words)


def filter_for(view: PortfolioView, part: str, ids: Iterable[int]) -> str:
    """The account filter that shows exactly the accounts *ids* on the accounts page now; "" where there is none.

    The filter is read and run over the same lines before it is handed out. Of an earlier date there is none: the
    accounts page shows today.
    """
    if view.asked.as_of != view.today or not part:
        return ""
    text = " ".join(word for word in (view.asked.scope, part) if word and word != "*")
    read = parse(text, view.table.vocabulary, view.today)
    if read.problems:
        return ""
    lines = view.table.lines
    found = {lines[place].id for place in keep(lines, read.root, view.today)}
    return text if found == set(ids) else ""


def ordered(view: PortfolioView, order: Order) -> list[int]:
    """The accounts of the heat map: by fall, lowest score, yearly value or name; what was not measured comes last."""
    lines, history = view.lines, view.history

    def fall(account: int) -> tuple[bool, float, float]:
        moved, score = rules.fall(history[account]), lines[account].score
        return score is None, 999.0 if moved is None else moved, 999.0 if score is None else score

    def score(account: int) -> tuple[bool, float]:
        found = lines[account].score
        return found is None, found or 0.0

    def money(account: int) -> tuple[bool, Decimal]:
        amounts = lines[account].amounts
        return not amounts, -view.exchange.worth(amounts)[0]

    keys: dict[Order, Callable[[int], object]] = {
        "fall": fall,
        "score": score,
        "arr": money,
        "name": lambda account: lines[account].place,
    }
    return sorted(lines, key=keys[order])  # type: ignore[arg-type]


def shown_moves(moves: Moves) -> tuple[rules.Move, ...]:
    """The moves that are listed: the largest falls, then the largest rises last."""
    return (*moves.down[:EXPLAINED], *reversed(moves.up[:EXPLAINED]))


class _Summer:
    """Sums accounts up in one currency."""

    def __init__(
        self, told: Exchange, everyone: Iterable[AccountLine], lines: Mapping[int, AccountLine]
    ) -> None:
        self.lines = lines
        self.worth = {line.id: told.worth(line.amounts) for line in everyone}

    def slice(self, lines: Sequence[AccountLine], part: str = "*") -> Slice:
        found = [self.worth[line.id] for line in lines]
        value = sum((value for value, _apart in found), Decimal(0))
        apart = [amount for _value, left in found for amount in left]
        return Slice(
            tuple(line.id for line in lines),
            value,
            _joined(apart),
            sum(not line.amounts for line in lines),
            part,
        )

    def bands(self, lines: Sequence[AccountLine], part: str = "") -> tuple[Slice, ...]:
        sorted_out: dict[str, list[AccountLine]] = {band: [] for band in BANDS}
        for line in lines:
            sorted_out[line.band if line.band in sorted_out else "none"].append(line)
        return tuple(self.slice(found, f"band:{band} {part}".strip()) for band, found in sorted_out.items())

    def schedule(self, key: str, as_of: dt.date) -> Schedule:
        windows = rules.months_from(as_of)
        first, last = windows[0].first, windows[-1].last
        piles: dict[object, list[AccountLine]] = {}
        for line in self.lines.values():
            day = line.deadline if key == "renewal" else line.renewal_date
            place = (
                "undated" if day is None else "passed" if day < first else "later" if day > last
                else (day.year, day.month)
            )  # fmt: skip
            piles.setdefault(place, []).append(line)
        months = []
        for window in windows:
            there = piles.get((window.first.year, window.first.month), [])
            part = f"{key}:{window.first.year}-{window.first.month:02}"
            months.append(Month(window, self.slice(there, part), self.bands(there, part)))
        return Schedule(
            key,
            tuple(months),
            self.slice(piles.get("passed", []), f"{key}<{first.isoformat()}"),
            self.slice(piles.get("later", []), f"{key}>{last.isoformat()}"),
            self.slice(piles.get("undated", []), f"{key}:none"),
        )

    def coverage(self) -> Coverage:
        everyone = list(self.lines.values())
        measured = [line for line in everyone if line.score is not None]
        stale = [line for line in measured if line.stale]
        shares = [line.coverage for line in measured if line.coverage is not None]
        return Coverage(
            fresh=self.slice([line for line in measured if not line.stale], "" if stale else "health:any"),
            stale=self.slice(stale, ""),
            missing=self.slice([line for line in everyone if line.score is None], "health:none"),
            share=sum(shares) / len(shares) if shares else None,
        )


def _causes(reads: Reads, moves: Moves, asked: Asked) -> dict[int, MeasureChange]:
    """The measure that moved each listed account most."""
    ids = [move.account_id for move in shown_moves(moves)]
    if not ids:
        return {}
    before = queries.details(reads, ids, rules.standing(asked.since))
    after = queries.details(reads, ids, rules.standing(asked.as_of))
    found = {}
    for account in ids:
        try:
            changes = what_changed(score_from_json(before[account]), score_from_json(after[account]))
        except (KeyError, ValueError, TypeError):  # a snapshot of another program: no cause, but a move
            continue
        delta = next(move.delta for move in shown_moves(moves) if move.account_id == account)
        same_way = [one for one in changes if one.delta and (one.delta < 0) == (delta < 0)]
        told = [one for one in same_way if one.kind != "reweighted" and abs(one.delta or 0.0) >= 1.0]
        if told or same_way:
            found[account] = (told or same_way)[
                0
            ]  # what somebody did says more than a share that moved with it
    return found


def _score(cell: Cell | None) -> float | None:
    return None if cell is None else cell.score


def _joined(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """One amount a currency."""
    from cs_workbench.domain.money import Amount

    sums: dict[str, Decimal] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Decimal(0)) + amount.value
    return tuple(Amount(value, code) for code, value in sorted(sums.items()))
