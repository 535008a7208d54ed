"""Exchange rates as they are stored: one for each currency and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class RateRow:
    """What one unit of ``currency`` is worth from ``on_date`` (ISO) on; ``rate`` is decimal text."""

    id: int
    currency: str
    on_date: str
    rate: str


def rates(db: Reads) -> list[RateRow]:
    """Every rate: by currency, newest first."""
    rows = db.all("select id, currency, on_date, rate from currency_rate order by currency, on_date desc")
    return [RateRow(*row) for row in rows]


def currencies_used(db: Reads) -> list[str]:
    """Every currency that contracts are in."""
    return [
        row[0]
        for row in db.all(
            "select distinct currency from contract where currency is not null and currency <> '' order by 1"
        )
    ]


def put_rate(db: Change, currency: str, on_date: str, rate: str) -> None:
    """Keep a rate; one of the same currency and day is replaced."""
    db.execute(
        "insert into currency_rate (currency, on_date, rate) values (:currency, :day, :rate)"
        " on conflict (currency, on_date) do update set rate=excluded.rate",
        {"currency": currency, "day": on_date, "rate": rate},
    )


def remove_rate(db: Change, rate_id: int) -> bool:
    """Take a rate away; whether there was one."""
    return db.execute("delete from currency_rate where id=?", (rate_id,)) > 0


def remove_rates(db: Change) -> None:
    """Take every rate away."""
    db.execute("delete from currency_rate")
