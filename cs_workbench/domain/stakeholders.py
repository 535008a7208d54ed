"""The people at an account: who of those needed is there, who reports to whom, and what breaks when one leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Gap: TypeAlias = Literal["role_missing", "role_not_met", "single_thread", "nobody", "unknown"]
MET_WITHIN = 180
"""Days within which a person counts as met (domain.md §3, decision maker met)."""
STANDS_FOR = {"decision_maker": frozenset({"decision_maker", "economic_buyer"})}
"""Roles that fill another one too: whoever holds the budget decides."""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One person. ``roles`` are keys of the role list, ``influence`` 1–5, ``met_on`` the last two-way contact."""

    id: int
    name: str
    roles: frozenset[str] = frozenset()
    influence: int | None = None
    sentiment: str | None = None
    reports_to: int | None = None
    met_on: dt.date | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """A role that is required: who has it, and which of them were met lately."""

    role: str
    people: tuple[int, ...]
    met: tuple[int, ...]

    @property
    def gap(self) -> Gap | None:
        """What is wanting: nobody has the role, or nobody who has it was met."""
        if not self.people:
            return "role_missing"
        return None if self.met else "role_not_met"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wanting at an account: the required role it is about ("" for none), and the people it hangs on."""

    gap: Gap
    role: str = ""
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """What breaks when a person leaves: roles nobody else has, people left without a line, and whether one thread
    or none stays. ``score`` 0–1 is how much of the account's influence goes with them.
    """

    roles: tuple[str, ...]
    orphans: tuple[int, ...]
    threads_left: int
    score: float


def coverage(people: Iterable[Stakeholder], required: Sequence[str], as_of: dt.date) -> tuple[Coverage, ...]:
    """Every required role in order, with those who have it and those met in the last 180 days."""
    here = [one for one in people if not one.left]
    found = []
    for role in required:
        having = [one for one in here if has(one, role)]
        met = [one.id for one in having if met_lately(one, as_of)]
        found.append(Coverage(role, tuple(one.id for one in having), tuple(met)))
    return tuple(found)


def has(one: Stakeholder, role: str) -> bool:
    """Whether that role is filled by this person, by another of theirs where it stands for it."""
    return bool(STANDS_FOR.get(role, frozenset((role,))) & one.roles)


def findings(people: Sequence[Stakeholder], required: Sequence[str], as_of: dt.date) -> tuple[Finding, ...]:
    """What is wanting, the worst first: nobody known; nobody in touch; required roles without anybody; one thread;
    required roles whose people were not met lately (left out where nobody was: that is said once).
    """
    here = [one for one in people if not one.left]
    if not here:
        return (Finding("unknown"),)
    touched = tuple(one.id for one in here if met_lately(one, as_of))
    covered = coverage(here, required, as_of)
    found = [] if touched else [Finding("nobody", people=tuple(one.id for one in here))]
    found += [Finding("role_missing", one.role) for one in covered if one.gap == "role_missing"]
    if len(touched) == 1:
        found.append(Finding("single_thread", people=touched))
    if touched:
        found += [
            Finding("role_not_met", one.role, one.people) for one in covered if one.gap == "role_not_met"
        ]
    return tuple(found)


def met_lately(one: Stakeholder, as_of: dt.date) -> bool:
    """Whether there was two-way contact in the 180 days up to *as_of*."""
    return one.met_on is not None and 0 <= (as_of - one.met_on).days <= MET_WITHIN


def threads(people: Iterable[Stakeholder], as_of: dt.date) -> int:
    """How many people we are in touch with. One is a single thread."""
    return sum(not one.left and met_lately(one, as_of) for one in people)


def loss(people: Sequence[Stakeholder], leaving: int, as_of: dt.date) -> Loss:
    """What happens when the person with that id leaves. Raises KeyError for nobody with that id."""
    by_id = {one.id: one for one in people}
    gone = by_id[leaving]
    rest = [one for one in people if one.id != leaving and not one.left]
    lost = sorted(role for role in gone.roles if not any(has(one, role) for one in rest))
    whole = sum(one.influence or 1 for one in rest) + (gone.influence or 1)
    return Loss(
        tuple(lost),
        tuple(one.id for one in rest if one.reports_to == leaving),
        threads(rest, as_of),
        (gone.influence or 1) / whole,
    )


def would_loop(reports_to: Mapping[int, int | None], person: int, boss: int | None) -> bool:
    """Whether *person* reporting to *boss* would close a circle of reporting lines."""
    seen: set[int] = set()
    above = boss
    while above is not None and above not in seen:
        if above == person:
            return True
        seen.add(above)
        above = reports_to.get(above)
    return False


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in the reporting tree: ``level`` rows from the top, ``at`` columns from the left."""

    person: int
    level: int
    at: float


def tree(people: Collection[Stakeholder]) -> tuple[Seat, ...]:
    """The reporting tree laid out: nobody overlaps, a boss stands over the middle of those below.

    Somebody whose boss is not among *people*, or who is part of a circle, stands at the top.
    """
    below: dict[int | None, list[Stakeholder]] = {}
    lines = {one.id: one.reports_to for one in people}
    for one in sorted(people, key=lambda each: (-(each.influence or 0), each.name, each.id)):
        known = one.reports_to in lines and not would_loop(lines, one.id, one.reports_to)
        below.setdefault(one.reports_to if known else None, []).append(one)
    seats: dict[int, Seat] = {}
    waiting: list[tuple[Stakeholder, int, bool]] = [
        (root, 0, False) for root in reversed(below.get(None, []))
    ]
    free = 0
    while waiting:  # children before their boss; without recursion, for lines may be long
        one, level, seated = waiting.pop()
        children = below.get(one.id, [])
        if children and not seated:
            waiting.append((one, level, True))
            waiting += [(child, level + 1, False) for child in reversed(children)]
        elif children:
            at = (seats[children[0].id].at + seats[children[-1].id].at) / 2
            seats[one.id] = Seat(one.id, level, at)
        else:
            seats[one.id] = Seat(one.id, level, float(free))
            free += 1
    return tuple(sorted(seats.values(), key=lambda seat: (seat.level, seat.at)))
