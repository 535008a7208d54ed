"""What to remind somebody of, and when to keep quiet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["task", "promise_ours", "promise_theirs", "notice", "meeting"]
NOTICE_DAYS = (30, 7)
"""Days before a notice deadline at which it is spoken of."""
MEETING_MINUTES = 15
FORGET_AFTER = 400
"""Days after which what was said is forgotten."""
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Due:
    """An open task or promise with a date."""

    id: int
    account_id: int
    account: str
    kind: Kind
    title: str
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which an account's next renewal can be spoken against."""

    account_id: int
    account: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conversation that is about to begin; ``at`` is an aware instant."""

    id: int
    account_id: int
    account: str
    subject: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to speak of. ``key`` is the same for the same thing; ``days`` until it is due (negative: late)."""

    key: str
    kind: Kind
    account_id: int
    account: str
    title: str
    days: int
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day without reminders, from ``start`` to before ``end``, across midnight where ``end`` is earlier.

    Equal times are no quiet hours.
    """

    start: dt.time
    end: dt.time

    def holds(self, at: dt.time) -> bool:
        """Whether *at* is quiet."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


USUAL_QUIET = Quiet(dt.time(19), dt.time(8))


def clock(text: object, usual: dt.time) -> dt.time:
    """A time of day as "HH:MM"; *usual* where it is none."""
    found = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    return usual if found is None else dt.time(int(found[1]), int(found[2]))


def reminders(
    dues: Iterable[Due], deadlines: Iterable[Deadline], meetings: Iterable[Meeting], now: dt.datetime
) -> list[Reminder]:
    """Everything to speak of at the local instant *now*, the most pressing first."""
    today = now.date()
    found = [*_meetings(meetings, now), *_deadlines(deadlines, today), *_dues(dues, today)]
    order = ("meeting", "notice", "promise_ours", "task", "promise_theirs")
    return sorted(found, key=lambda one: (order.index(one.kind), one.days, one.key))


def unsaid(found: Iterable[Reminder], said: Mapping[str, str]) -> list[Reminder]:
    """Those that were not spoken of yet."""
    return [one for one in found if one.key not in said]


def remembered(said: Mapping[str, str], now_said: Iterable[Reminder], today: dt.date) -> dict[str, str]:
    """What was spoken of, and on which day, with *now_said* added; what is long past is forgotten."""
    oldest = (today - dt.timedelta(days=FORGET_AFTER)).isoformat()
    kept = {key: day for key, day in said.items() if day >= oldest}
    return kept | {one.key: today.isoformat() for one in now_said}


def _dues(dues: Iterable[Due], today: dt.date) -> Iterator[Reminder]:
    """Once on the day, once when it is late."""
    for one in dues:
        days = (one.due_on - today).days
        if days <= 0:
            when = "late" if days < 0 else "today"
            key = f"task:{one.id}:{one.due_on.isoformat()}:{when}"
            yield Reminder(key, one.kind, one.account_id, one.account, one.title, days)


def _deadlines(deadlines: Iterable[Deadline], today: dt.date) -> Iterator[Reminder]:
    """Once from each step before the deadline on: a machine that was off on the day speaks of it the next time."""
    for one in deadlines:
        days = (one.on - today).days
        step = min((step for step in NOTICE_DAYS if 0 <= days <= step), default=None)
        if step is not None:
            key = f"notice:{one.account_id}:{one.on.isoformat()}:{step}"
            yield Reminder(key, "notice", one.account_id, one.account, "", days)


def _meetings(meetings: Iterable[Meeting], now: dt.datetime) -> Iterator[Reminder]:
    soon = now + dt.timedelta(minutes=MEETING_MINUTES)
    for one in meetings:
        if now <= one.at <= soon:
            key = f"meeting:{one.id}:{one.at.isoformat()}"
            yield Reminder(key, "meeting", one.account_id, one.account, one.subject, 0, one.at)
