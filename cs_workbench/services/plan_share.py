"""Objectives on track, from the success plans: what the scorecard reads in place of a figure entered by hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cs_workbench.domain import objective as rules
from cs_workbench.domain.objective import Goal, Reading, Standing
from cs_workbench.store.queries import plans as queries

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


_UNJUDGED: frozenset[Standing] = frozenset(("not_measured", "not_reached", "dropped"))


def measured_share(
    reads: Reads, as_of: dt.date, account_id: int | None = None
) -> dict[int, tuple[float, int | None]]:
    """Share of objectives on track by account with an active plan, with the day of the newest reading behind it.

    What the scorecard's "objectives on track" reads; an account none of whose objectives can be judged (not measured,
    or short of the target without a baseline) is left out.
    """
    standings: dict[int, list[Standing]] = defaultdict(list)
    days: dict[int, int] = {}
    for account, baseline, target, direction, starts, due, status, value, day in tracked(
        reads, as_of, account_id
    ):
        goal = Goal(baseline, target, direction, _date(starts), _date(due), dropped=status == "dropped")
        readings = () if value is None else (Reading(_of_number(day), value),)
        standings[account].append(standing_of(goal, readings, status, as_of))
        if day is not None:
            days[account] = max(day, days.get(account, day))
    shares = {account: rules.on_track_share(found) for account, found in standings.items()}
    return {
        account: (share, days.get(account))
        for account, share in shares.items()
        if share is not None and any(one not in _UNJUDGED for one in standings[account])
    }


def tracked(reads: Reads, as_of: dt.date, account_id: int | None = None) -> list[tuple[Any, ...]]:
    """Every objective of active plans with its newest value: (account, baseline, target, direction, starts, due,
    status, value, day of the value). Verified value ÷ cost is the ledger's, where there is one.
    """
    from cs_workbench.services import value_ratio

    rows = queries.tracked(reads, as_of, account_id)
    follow = any(row[9] == value_ratio.ROLE for row in rows)
    ledgers = value_ratio.measured(reads, as_of, account_id) if follow else {}
    return [
        (*row[:7], *_known(ledgers[row[0]])) if row[9] == value_ratio.ROLE and row[0] in ledgers else row[:9]
        for row in rows
    ]


def _known(found: tuple[float | None, int]) -> tuple[float | None, int | None]:
    return found if found[0] is not None else (None, None)


def standing_of(goal: Goal, readings: Sequence[Reading], status: str, as_of: dt.date) -> Standing:
    """What the CSM settled by hand stands before what the figures say."""
    if status == "reached":
        return "reached"
    if status == "missed":
        return "overdue"
    return rules.standing(goal, readings, as_of)


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _of_number(day: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=day)
