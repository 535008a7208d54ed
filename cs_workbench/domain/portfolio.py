"""The portfolio over time: months looked back on and ahead, scores that slid, accounts that moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from cs_workbench.domain.months import add_months, month_length

Order: TypeAlias = Literal["fall", "score", "arr", "name"]
ORDERS: tuple[Order, ...] = ("fall", "score", "arr", "name")
BANDS = ("green", "yellow", "red", "none")
"""From the best to the worst, then what was not measured: the order of every bar."""
MONTHS = 12
SPAN = 6
"""A slide is looked for over so many months."""
SLIDE = 10.0
"""An account has slid when its score lost at least so many points over ``SPAN`` months."""
OLDEST = 45
"""A score computed more days before a date does not stand for that date."""


class Cell(NamedTuple):
    """The score an account had at the end of a month, and its band. ``score`` None: measured too little."""

    score: float | None
    band: str


class Window(NamedTuple):
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Move:
    """An account whose score differs between two dates."""

    account_id: int
    before: float
    after: float

    @property
    def delta(self) -> float:
        """Score points, negative for a fall."""
        return round(self.after - self.before, 1)


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of every account's score: ``down`` and ``up`` largest first, ``steady`` unmoved, ``gained`` and
    ``lost`` have a score at one of the two dates only, ``unknown`` at neither.
    """

    down: tuple[Move, ...] = ()
    up: tuple[Move, ...] = ()
    steady: tuple[int, ...] = ()
    gained: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


def months_until(as_of: dt.date, count: int = MONTHS) -> tuple[Window, ...]:
    """The calendar months that end with the one of *as_of*, oldest first; the last one ends on *as_of*."""
    firsts = [add_months(as_of.replace(day=1), n - count + 1) for n in range(count)]
    firsts = [day.replace(day=1) for day in firsts]
    return tuple(Window(day, min(_end(day), as_of)) for day in firsts)


def months_from(as_of: dt.date, count: int = MONTHS) -> tuple[Window, ...]:
    """The calendar months that begin with the one of *as_of*, each complete."""
    firsts = [add_months(as_of.replace(day=1), n).replace(day=1) for n in range(count)]
    return tuple(Window(day, _end(day)) for day in firsts)


def standing(as_of: dt.date) -> Window:
    """The days whose newest score stands for *as_of*."""
    return Window(as_of - dt.timedelta(days=OLDEST), as_of)


def usual_since(as_of: dt.date) -> dt.date:
    """What a portfolio is compared with unless somebody says otherwise: the end of the month three months before."""
    return _end(add_months(as_of.replace(day=1), -3).replace(day=1))


def fall(cells: Sequence[Cell | None], span: int = SPAN) -> float | None:
    """Points between the last month's score and the one *span* months before (negative: lower now); None where one
    of the two is missing.
    """
    if len(cells) <= span:
        return None
    now, then = cells[-1], cells[-1 - span]
    if now is None or then is None or now.score is None or then.score is None:
        return None
    return round(now.score - then.score, 1)


def slid(cells: Sequence[Cell | None]) -> bool:
    """Whether the score lost at least ``SLIDE`` points over ``SPAN`` months."""
    moved = fall(cells)
    return moved is not None and moved <= -SLIDE


def moves(before: Mapping[int, float | None], after: Mapping[int, float | None]) -> Moves:
    """Compare two dates; both mappings hold every account (None or absent: no score)."""
    down: list[Move] = []
    up: list[Move] = []
    others: dict[str, list[int]] = {"steady": [], "gained": [], "lost": [], "unknown": []}
    for account in dict.fromkeys((*after, *before)):
        was, now = before.get(account), after.get(account)
        if was is None or now is None:
            kind = "unknown" if was is None and now is None else "gained" if was is None else "lost"
            others[kind].append(account)
            continue
        move = Move(account, was, now)
        if not move.delta:
            others["steady"].append(account)
        else:
            (down if move.delta < 0 else up).append(move)
    down.sort(key=lambda move: move.delta)
    up.sort(key=lambda move: -move.delta)
    return Moves(tuple(down), tuple(up), **{kind: tuple(ids) for kind, ids in others.items()})


def _end(first: dt.date) -> dt.date:
    return first.replace(day=month_length(first.year, first.month))
