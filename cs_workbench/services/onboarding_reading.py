"""Reading onboardings: those under way with where they stand, the closed ones, and what came of each cohort.

Three statements for the board, however many accounts there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from cs_workbench.domain import onboarding as rules
from cs_workbench.domain.onboarding import Cohort, Decision, Ended, Line, Outcome, Run, Span, Verdict
from cs_workbench.store.queries import onboarding as queries
from cs_workbench.store.queries.onboarding import ItemRow, OpenRow, RunRow

__all__ = [
    "Board",
    "ItemRow",
    "RunView",
    "Startable",
    "Underway",
    "board",
    "cohorts",
    "latest_of",
    "startable",
    "underway",
]

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class RunView:
    """An onboarding as of a day. ``next`` is the open line due first; ``late`` the ids of lines overdue.

    ``day`` counts from 1 on the day it began, out of ``length``; ``to_value`` is the days to the first value.
    """

    row: RunRow
    items: tuple[ItemRow, ...]
    verdict: Verdict
    outcome: Outcome
    end: dt.date
    day: int
    length: int
    next: ItemRow | None
    late: frozenset[int]
    to_value: int | None

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(one.done_on is not None for one in self.items)

    @property
    def open(self) -> bool:
        """Whether it is under way."""
        return self.verdict.standing in rules.OPEN


@dataclass(frozen=True, slots=True)
class Board:
    """All onboardings as of a day: under way (the most pressing first) and closed (the last closed first)."""

    as_of: dt.date
    running: tuple[RunView, ...]
    closed: tuple[RunView, ...]

    def find(self, account_id: int) -> RunView | None:
        """The account's onboarding: the one under way, else the last closed."""
        return next((one for one in (*self.running, *self.closed) if one.row.account_id == account_id), None)


@dataclass(frozen=True, slots=True)
class Underway:
    """An onboarding under way in short: where it stands, its end, the open line due first ("" for none), how many of
    ``all`` lines are done.
    """

    verdict: Verdict
    end: dt.date
    extended: bool
    next: str
    due: dt.date | None
    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Startable:
    """An account that can be onboarded; ``since`` is when it became a customer."""

    id: int
    name: str
    since: dt.date | None


_URGENCY = {"decide": 0, "late": 1, "behind": 2, "on_track": 3}


def board(reads: Reads, as_of: dt.date) -> Board:
    """Every onboarding of accounts not archived."""
    found = _views(reads, as_of)
    running = [one for one in found if one.open]
    closed = [one for one in found if not one.open]
    running.sort(key=lambda one: (_URGENCY[one.verdict.standing], one.end, one.row.id))
    closed.sort(key=lambda one: (one.row.finished_on or dt.date.min, one.row.id), reverse=True)
    return Board(as_of, tuple(running), tuple(closed))


def latest_of(reads: Reads, account_id: int, as_of: dt.date) -> RunView | None:
    """The account's onboarding under way, else its last one; two statements."""
    found = _views(reads, as_of, account_id)
    return next((one for one in found if one.open), found[0] if found else None)


def underway(row: OpenRow | None, as_of: dt.date) -> Underway | None:
    """Where an onboarding stands that was read with its account; None for none."""
    if row is None:
        return None
    decision = cast("Decision | None", row.decision)
    lines = [Line(due, done, milestone) for _title, milestone, due, done in row.items]
    waiting = [(due, title) for title, _milestone, due, done in row.items if done is None]
    first = min(waiting, key=lambda one: one[0] or dt.date.max, default=(None, ""))
    run = Run(row.started_on, row.ends_on, None, decision, row.extended_to)
    return Underway(
        rules.verdict(run, lines, as_of), run.end, decision == "extend", first[1], first[0],
        len(lines) - len(waiting), len(lines),
    )  # fmt: skip


def cohorts(board: Board, span: Span) -> tuple[Cohort, ...]:
    """What came of the onboardings by when they began, the newest first."""
    return rules.cohorts(
        (
            Ended(one.row.started_on, one.outcome, one.to_value, one.row.score, one.row.renewed)
            for one in (*board.running, *board.closed)
        ),
        span,
    )


def startable(reads: Reads) -> tuple[Startable, ...]:
    """Accounts that have no onboarding under way, those who became customers last first."""
    return tuple(
        Startable(number, name, dt.date.fromisoformat(since) if since else None)
        for number, name, since in queries.startable(reads)
    )


def _views(reads: Reads, as_of: dt.date, account_id: int | None = None) -> list[RunView]:
    lists = queries.items(reads, account_id)
    return [_view(row, lists.get(row.id, ()), as_of) for row in queries.runs(reads, as_of, account_id)]


def _view(row: RunRow, items: Sequence[ItemRow], as_of: dt.date) -> RunView:
    decision = cast("Decision | None", row.decision)
    run = Run(row.started_on, row.ends_on, row.finished_on, decision, row.extended_to)
    lines = [Line(one.due_on, one.done_on, one.milestone) for one in items]
    waiting = [one for one in items if one.done_on is None]
    dated = [one for one in waiting if one.due_on is not None]
    first = min(dated, key=lambda one: (one.due_on or as_of, one.position), default=None)
    late = frozenset(one.id for one, line in zip(items, lines, strict=True) if rules.is_late(line, as_of))
    return RunView(
        row, tuple(items), rules.verdict(run, lines, as_of), rules.outcome(run), run.end,
        (as_of - row.started_on).days + 1, (run.end - row.started_on).days + 1,
        first or (waiting[0] if waiting else None), late,
        rules.days_to_value(row.first_value_on, row.contract_on, row.started_on),
    )  # fmt: skip
