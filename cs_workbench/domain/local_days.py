"""The days of the place a portfolio lives in: when each begins in UTC, and on which one an instant falls.

Instants are UTC text (``YYYY-MM-DDTHH:MM:SSZ``), so that they compare as text. On the command line's fast path:
``zoneinfo`` is only imported for a zone other than UTC.
"""

from __future__ import annotations

import datetime as dt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Turn: TypeAlias = tuple[dt.date, str, dt.date]

_NO_SHIFT = frozenset(("", "UTC", "Etc/UTC"))
_EPOCH = dt.date(1970, 1, 1).toordinal()
_DAY = dt.timedelta(days=1)
_FIRST = dt.date(2, 1, 1)
_LAST = dt.date(9998, 12, 31)


class LocalDays:
    """The calendar of one IANA time zone. A name nobody knows counts as UTC, as it does wherever times are shown."""

    __slots__ = ("_turns", "_zone")

    def __init__(self, name: str = "UTC") -> None:
        self._zone = None if name in _NO_SHIFT else _zone(name)
        self._turns: dict[str, Turn] = {}

    def begins(self, day: dt.date) -> str:
        """The instant at which *day* begins: its first midnight, or the moment the clock skips over it."""
        day = min(max(day, _FIRST), _LAST)
        if self._zone is None:
            return f"{day.isoformat()}T00:00:00Z"
        midnight = dt.datetime(day.year, day.month, day.day, tzinfo=self._zone)
        return midnight.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"

    def ends(self, day: dt.date) -> str:
        """The instant at which the day after *day* begins: what happened on *day* was before it."""
        return self.begins(min(day, _LAST - _DAY) + _DAY)

    def day_of(self, instant: str) -> dt.date:
        """The day on which *instant* falls."""
        date = instant[:10]
        turn = self._turns.get(date) or self._turns.setdefault(date, self._turn(date))
        before, at, after = turn
        return after if instant >= at else before

    def number_of(self, instant: str) -> int:
        """The same day as days since 1970-01-01."""
        return self.day_of(instant).toordinal() - _EPOCH

    def same_hour(self, moment: dt.datetime, day: dt.date) -> dt.datetime:
        """The instant on *day* at the local time of day of *moment*."""
        zone = self._zone or dt.UTC
        return dt.datetime.combine(day, moment.astimezone(zone).time(), zone).astimezone(dt.UTC)

    def _turn(self, date: str) -> Turn:
        """The local day at the beginning of a UTC day, when it changes, and the local day at its end."""
        day = dt.date.fromisoformat(date)
        if self._zone is None or not _FIRST < day < _LAST:
            return day, "", day
        first = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        last = first.replace(hour=23, minute=59, second=59)
        before, after = (at.astimezone(self._zone).date() for at in (first, last))
        return before, self.begins(before + _DAY), after


def _zone(name: str) -> dt.tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
