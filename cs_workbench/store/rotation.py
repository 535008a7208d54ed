"""Which backups may go. Pure: order is the sequence number alone, so a clock that jumps deletes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """A verified backup: its sequence number and the instant it was taken."""

    number: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """How many to keep: the newest ones, then one for each of the last days, weeks and months that have any.

    ``minimum`` is never undercut, whatever the others say.
    """

    newest: int = 10
    days: int = 14
    weeks: int = 8
    months: int = 12
    minimum: int = 3


def to_delete(backups: Sequence[Dated], policy: Policy) -> list[int]:
    """Numbers of the backups that may be deleted, oldest first. Raises ValueError for a negative policy."""
    if min(policy.newest, policy.days, policy.weeks, policy.months, policy.minimum) < 0:
        raise ValueError("a policy counts from 0")
    ordered = sorted(backups, key=lambda backup: backup.number, reverse=True)
    kept = {backup.number for backup in ordered[: max(policy.newest, policy.minimum, 1)]}
    for count, period in ((policy.days, _day), (policy.weeks, _week), (policy.months, _month)):
        kept |= _newest_of_each(ordered, period, count)
    return sorted(backup.number for backup in ordered if backup.number not in kept)


def _newest_of_each(
    ordered: Sequence[Dated], period: Callable[[dt.datetime], Hashable], count: int
) -> set[int]:
    found: dict[Hashable, int] = {}
    for backup in ordered:
        found.setdefault(period(backup.at), backup.number)
    return set(list(found.values())[:count])


def _day(at: dt.datetime) -> Hashable:
    return at.date()


def _week(at: dt.datetime) -> Hashable:
    return at.isocalendar()[:2]


def _month(at: dt.datetime) -> Hashable:
    return at.year, at.month
