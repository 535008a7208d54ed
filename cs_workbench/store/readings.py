"""Writing single readings, inside a change: what a person enters by hand. Imports write theirs in bulk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.store.change import Change


def put_reading(db: Change, account_id: int, role: str, on: dt.date, value: float) -> None:
    """Keep *value* for the newest metric in the *role* on that day; where no metric has the role, one is made."""
    key = {"role": role}
    metric = db.scalar("select id from metric where role = :role order by id desc limit 1", key)
    if metric is None:
        metric = db.lastrowid(
            "insert into metric (key, name, family, role, aggregation)"
            " values ((select case when exists (select 1 from metric where key = :role) then :role || '_by_hand'"
            " else :role end), :role, :role, :role, 'last')",
            key,
        )
    db.execute(
        "insert into reading (account_id, metric_id, day, value) values (:account, :metric, :day, :value)"
        " on conflict (account_id, metric_id, day) do update set value = excluded.value, batch_id = 0",
        {"account": account_id, "metric": metric, "day": on.toordinal() - EPOCH, "value": value},
    )
