"""What every as-of query is told: the date, and the UTC instants between which it lies where the portfolio lives."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.local_days import LocalDays

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

EPOCH = dt.date(1970, 1, 1).toordinal()
_FARTHEST = 2
"""No clock is more than this many days away from UTC's date at both ends of a day."""


def zone_name(db: Reads) -> str:
    """The portfolio's time zone (IANA)."""
    found = db.scalar("select value ->> '$' from setting where key = 'time_zone'")
    return str(found or "UTC")


def local_days(db: Reads) -> LocalDays:
    """The portfolio's calendar."""
    return LocalDays(zone_name(db))


def as_of_params(db: Reads, as_of: dt.date, days: LocalDays | None = None) -> dict[str, object]:
    """The parameters that every as-of query reads: ``t`` (ISO date), ``day`` (the same as days since 1970-01-01) and
    ``tomorrow`` (the UTC instant at which the local day after it begins). Who holds the calendar already gives it.
    """
    days = days or local_days(db)
    return {"t": as_of.isoformat(), "day": as_of.toordinal() - EPOCH, "tomorrow": days.ends(as_of)}


def listing_tomorrow(db: Reads, as_of: dt.date) -> str:
    """``tomorrow`` for the account list, which reads no instant but that of archiving: unless an account was
    archived around that date, the UTC day says the same and the time zone data need not be loaded.
    """
    name = zone_name(db)
    around = {
        "from": as_of.isoformat(),
        "to": (as_of + dt.timedelta(days=_FARTHEST)).isoformat(),
    }
    near = name != "UTC" and db.scalar(
        "select 1 from account where archived_at >= :from and archived_at < :to limit 1", around
    )
    return LocalDays(name if near else "UTC").ends(as_of)
