"""The CSM's own calls on health, as rows."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

_COLUMNS = "id, account_id, band, reason, made_on, until_on, ended_on, computed_band, computed_score"

NEWEST = f"""(select json_array({_COLUMNS}) from health_call
    where account_id = a.id and made_on <= :t order by id desc limit 1)"""
"""The newest call on account ``a`` made by ``t``, as a column of somebody else's statement; see ``from_column``."""

State = Literal["in_force", "lapsed", "ended"]


class HealthCallRow(NamedTuple):
    """One call: the band the CSM gave, why, and from when until when (both days inclusive).

    ``ended_on`` is the day it was taken back or replaced; ``computed_band`` and ``computed_score`` what the scorecard
    had said when it was made.
    """

    id: int
    account_id: int
    band: str
    reason: str
    made_on: dt.date
    until_on: dt.date
    ended_on: dt.date | None
    computed_band: str | None
    computed_score: float | None

    def state(self, today: dt.date) -> State:
        """Whether it counts on *today*, has run out by itself, or was ended."""
        if self.ended_on is not None and self.ended_on <= today:
            return "ended"
        return "lapsed" if self.until_on < today else "in_force"


def newest(db: Reads, account_id: int, as_of: dt.date) -> HealthCallRow | None:
    """The account's newest call made by *as_of*, whatever became of it."""
    row = db.one(
        f"select {_COLUMNS} from health_call where account_id = :a and made_on <= :t order by id desc limit 1",
        {"a": account_id, "t": as_of.isoformat()},
    )
    return None if row is None else _row(row)


def from_column(text: str | None) -> HealthCallRow | None:
    """What the column ``NEWEST`` holds."""
    return None if text is None else _row(tuple(json.loads(text)))


def history(db: Reads, account_id: int) -> list[HealthCallRow]:
    """All calls on an account, newest first."""
    rows = db.all(
        f"select {_COLUMNS} from health_call where account_id = :a order by id desc", {"a": account_id}
    )
    return [_row(row) for row in rows]


def newest_of_all(db: Reads, as_of: dt.date) -> dict[int, HealthCallRow]:
    """The newest call made by *as_of* of every account that has one."""
    rows = db.all(
        f"""select {_COLUMNS} from health_call
            where id in (select max(id) from health_call where made_on <= :t group by account_id)""",
        {"t": as_of.isoformat()},
    )
    return {row[1]: _row(row) for row in rows}


def end_open(db: Change, account_id: int, on: dt.date) -> int:
    """End whatever call of the account has not ended by hand; returns how many rows that were."""
    return db.execute(
        "update health_call set ended_on = :on where account_id = :a and ended_on is null",
        {"a": account_id, "on": on.isoformat()},
    )


def _row(row: tuple[Any, ...]) -> HealthCallRow:
    ended = dt.date.fromisoformat(row[6]) if row[6] else None
    made, until = dt.date.fromisoformat(row[4]), dt.date.fromisoformat(row[5])
    return HealthCallRow(*[*row[:4], made, until, ended, *row[7:]])
