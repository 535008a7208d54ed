"""Success × satisfaction: where every account stands, how it moved, and what each corner asks for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain import quadrant as rules
from cs_workbench.domain.objective import Goal, attained, extent
from cs_workbench.domain.quadrant import Corner, Point
from cs_workbench.i18n import mark
from cs_workbench.services import account_list, plan_share
from cs_workbench.services.departed import departed
from cs_workbench.store.queries import voice as queries

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

LOOKS_BACK = 180
"""Days of answers that count as how satisfied an account is."""
SUCCEEDS, SATISFIED = 0.5, 0.6
"""From where on an account counts as succeeding, and as happy: half of what was agreed; as good as a 6 of 10."""
CORNERS: dict[Corner, str] = {
    "advocate": mark("Thriving"),
    "happy_not_succeeding": mark("Happy, not succeeding"),
    "succeeding_not_happy": mark("Succeeding, grumbling"),
    "at_risk": mark("Failing"),
}
MOVES: dict[Corner, str] = {
    "advocate": mark("Expand, ask for a reference"),
    "happy_not_succeeding": mark("Show the gap, reset the goal"),
    "succeeding_not_happy": mark("Fix the irritant, report back"),
    "at_risk": mark("Rescue, or part well"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An account on the quadrant; ``before`` where it stood on the earlier day, ``arr`` its size.

    ``success_from`` says what the first measure rests on: "plan", "metric", or "" where there is none.
    """

    account_id: int
    name: str
    arr: Decimal | None
    currency: str | None
    now: Point
    before: Point | None
    corner: Corner | None
    success_from: str


def place(
    reads: Reads, as_of: dt.date, since: dt.date | None = None, *, today: dt.date | None = None
) -> tuple[Placed, ...]:
    """Every customer with its two measures as of a day, and where it stood on *since*; a constant number of statements.
    Who left by then is not on it; *today* is said where *as_of* lies before it.

    Success: the mean of how far each agreed objective got (0–1) where there is a plan, else the newest reading of the
    metric of role "objectives". Satisfaction: the answers of the last 180 days.
    """
    now, before = _points(reads, as_of), ({} if since is None else _points(reads, since))
    away = departed(reads, as_of, today)
    found = []
    for row in account_list.rows(reads, as_of.isoformat()):
        number = int(row[account_list.ID])
        if number in away:
            continue
        point, source = now.get(number, (Point(None, None), ""))
        earlier = before.get(number)
        arr = row[account_list.ARR]
        found.append(
            Placed(
                number,
                str(row[account_list.NAME]),
                None if arr is None else Decimal(arr).scaleb(-4),
                row[account_list.CURRENCY],
                point,
                earlier[0] if earlier else None,
                rules.corner(point, SUCCEEDS, SATISFIED),
                source,
            )
        )
    return tuple(found)


def _points(reads: Reads, as_of: dt.date) -> dict[int, tuple[Point, str]]:
    happy = queries.satisfactions(reads, as_of - dt.timedelta(days=LOOKS_BACK), as_of)
    planned = _attained(reads, as_of)
    shares = queries.objective_shares(reads, as_of)
    found = {}
    for number in happy.keys() | planned.keys() | shares.keys():
        said = happy.get(number)
        satisfied = None if said is None else rules.satisfaction(said.nps, said.csat, said.ticket)
        success = planned.get(number, shares.get(number))
        source = "plan" if number in planned else "metric" if number in shares else ""
        found[number] = (Point(None if success is None else min(max(success, 0.0), 1.0), satisfied), source)
    return found


def _attained(reads: Reads, as_of: dt.date) -> dict[int, float]:
    """How far the objectives of each account's active plans got, as the list of plans counts it. Accounts none of
    whose objectives was ever measured are left out.
    """
    parts: dict[int, list[float | None]] = defaultdict(list)
    for account, baseline, target, direction, _starts, _due, status, value, _day in plan_share.tracked(
        reads, as_of
    ):
        if status != "dropped":
            parts[account].append(extent(Goal(baseline, target, direction), value, status))
    found = {account: attained(extents) for account, extents in parts.items()}
    return {account: share for account, share in found.items() if share is not None}
