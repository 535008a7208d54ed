"""What a line of the accounts page shows beside the list itself: trend, next step, tags. One statement each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain.months import add_months
from cs_workbench.store.queries.local_days import local_days

if TYPE_CHECKING:
    from typing import Any

    from cs_workbench.store.reads import Reads

MONTHS = 12

_MONTH = """(
    select x.score from snapshot x where x.account_id = a.id and x.as_of > :d{first} and x.as_of <= :d{last}
    order by x.as_of desc, x.id desc limit 1)"""
_TREND = f"""
select a.id, {", ".join(_MONTH.format(first=n, last=n + 1) for n in range(MONTHS))}
from account a where a.archived_at is null or a.archived_at >= :tomorrow"""
"""One row an account, each month from the covering index: a third of the time of a row for every month."""

_STEPS = """
select account_id, title, due_on, min(coalesce(due_on, '9999-12-31') || printf('%012d', id)), kind from task
where kind <> 'promise_theirs' and created_at < :tomorrow and (done_on is null or done_on > :t)
group by account_id"""
"""With a single ``min()``, SQLite takes the plain columns from the row that holds the minimum."""


def trends(db: Reads, as_of: dt.date) -> dict[int, tuple[float | None, ...]]:
    """The score of each account at the ends of the twelve months that end on *as_of*, oldest first.

    A month is represented by its newest snapshot; None where it has none.
    """
    days = [as_of if n == MONTHS else add_months(as_of, n - MONTHS) for n in range(MONTHS + 1)]
    params: dict[str, object] = {f"d{n}": day.isoformat() for n, day in enumerate(days)}
    rows = db.all(_TREND, {**params, "tomorrow": local_days(db).ends(as_of)})
    return {account: tuple(scores) for account, *scores in rows}


def next_steps(db: Reads, as_of: dt.date) -> dict[int, tuple[str, str | None]]:
    """The title and due date (ISO text) of each account's most urgent open task or promise of ours."""
    rows = db.all(_STEPS, {"t": as_of.isoformat(), "tomorrow": local_days(db).ends(as_of)})
    return {account: (title, due) for account, title, due, _sort, _kind in rows}


def tags(db: Reads) -> dict[int, tuple[str, ...]]:
    """Every account's tags in order."""
    found: dict[int, list[str]] = {}
    for account, tag in db.all("select account_id, tag from account_tag order by tag"):
        found.setdefault(account, []).append(tag)
    return {account: tuple(words) for account, words in found.items()}


def entries(db: Reads) -> list[tuple[Any, ...]]:
    """(list, key, English label, Japanese label, cadence in days or None) of stages and tiers, in their order."""
    return db.all(
        """select list, key, label_en, label_ja, data ->> '$.cadence_days' from list_item
           where list in ('stage', 'tier') and archived = 0 order by list, position, id"""
    )


def portfolio(db: Reads) -> dict[str, str | None]:
    """The settings the list needs: own_name, time_zone, currency, account_views (JSON text)."""
    rows = db.all(
        "select key, value from setting where key in ('own_name', 'time_zone', 'currency', 'account_views')"
    )
    return dict(rows)
