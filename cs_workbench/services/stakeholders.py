"""The stakeholder map of an account: who is there, which required roles are covered, what is wanting, who reports to
whom, and what breaks when somebody leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.domain import stakeholders as rules
from cs_workbench.domain.stakeholders import Coverage, Finding, Loss, Seat, Stakeholder
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services import drafts
from cs_workbench.services.account_page import Labels, labels_of
from cs_workbench.services.people_doubles import Double, doubles
from cs_workbench.services.required_roles import required_for
from cs_workbench.store.once import Once
from cs_workbench.store.queries import people as queries
from cs_workbench.store.queries.people import ElsewhereRow, OpenRow, StakeholderRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = [
    "MOODS", "Departure", "Double", "Finding", "Seat", "StakeholderMap", "StakeholderRow", "apart", "departure",
    "stakeholder_map",
]  # fmt: skip

MOODS = ("negative", "neutral", "positive")
"""Sentiments from left to right; None is not known."""


@dataclass(frozen=True, slots=True)
class StakeholderMap:
    """An account's people as of a day. ``people`` begins with those still there; ``seats`` holds only them."""

    account_id: int
    account: str
    tier: str | None
    as_of: dt.date
    people: tuple[StakeholderRow, ...]
    required: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    findings: tuple[Finding, ...]
    threads: int
    seats: tuple[Seat, ...]
    elsewhere: tuple[ElsewhereRow, ...]
    doubles: tuple[Double, ...]
    labels: Labels
    asked: frozenset[str] = frozenset()  # titles of the account's open tasks
    _by_id: dict[int, StakeholderRow] = field(default_factory=dict, repr=False)

    def person(self, person_id: int | None) -> StakeholderRow | None:
        """Somebody by id."""
        return self._by_id.get(person_id or 0)

    def name(self, person_id: int | None) -> str:
        """Their name, "" for nobody here."""
        found = self.person(person_id)
        return found.name if found is not None else ""

    @property
    def here(self) -> tuple[StakeholderRow, ...]:
        """Those still there."""
        return tuple(one for one in self.people if not one.left)

    @property
    def loose(self) -> tuple[StakeholderRow, ...]:
        """Those still there on no reporting line: no boss here, nobody below."""
        ids = {one.id for one in self.here}
        bosses = {one.boss_id for one in self.here}
        return tuple(one for one in self.here if one.boss_id not in ids and one.id not in bosses)

    @property
    def hierarchy(self) -> tuple[Seat, ...]:
        """The reporting tree of those on a line."""
        loose = {one.id for one in self.loose}
        return rules.tree([stakeholder(one) for one in self.here if one.id not in loose])

    def outline(self) -> tuple[tuple[int, StakeholderRow], ...]:
        """Those still there with their level, each boss before the people below: the tree as a list."""
        below: dict[int | None, list[StakeholderRow]] = {}
        levels = {seat.person: seat.level for seat in self.seats}
        for one in self.here:
            below.setdefault(one.boss_id if levels[one.id] else None, []).append(one)
        found: list[tuple[int, StakeholderRow]] = []
        waiting = list(reversed(below.get(None, [])))
        while waiting:
            one = waiting.pop()
            found.append((levels[one.id], one))
            waiting += reversed(below.get(one.id, []))
        return tuple(found)

    def places(self, person_id: int) -> tuple[ElsewhereRow, ...]:
        """Where else that person is on record."""
        return tuple(one for one in self.elsewhere if one.person_id == person_id)

    def met(self, person: StakeholderRow) -> bool:
        """Whether there was two-way contact in the last 180 days."""
        return rules.met_lately(stakeholder(person), self.as_of)

    def bosses_for(self, person_id: int) -> tuple[StakeholderRow, ...]:
        """Whom that person could report to without closing a circle."""
        lines = {one.id: one.boss_id for one in self.people}
        return tuple(one for one in self.here if not rules.would_loop(lines, person_id, one.id))


@dataclass(frozen=True, slots=True)
class Departure:
    """What is lost when ``person`` leaves: ``required`` are those of ``loss.roles`` the account must have; ``open``
    what hangs on them; ``threads`` how many people we are in touch with now.
    """

    person: StakeholderRow
    loss: Loss
    required: tuple[str, ...]
    threads: int
    orphans: tuple[StakeholderRow, ...]
    open: tuple[OpenRow, ...]

    @property
    def harmless(self) -> bool:
        """Whether nothing breaks."""
        lost = self.loss.roles or self.orphans or self.open
        return not lost and self.loss.threads_left == self.threads


def stakeholder_map(reads: Reads, account_id: int, as_of: dt.date) -> StakeholderMap:
    """Everything the map shows, in a constant number of statements. Raises NotFound."""
    db = Once(reads)
    head = queries.account(db, account_id)
    if head is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    rows = queries.stakeholders(db, account_id, as_of)
    people = [stakeholder(one) for one in rows]
    required = required_for(db, head[1])
    return StakeholderMap(
        account_id, head[0], head[1], as_of, rows, required, rules.coverage(people, required, as_of),
        rules.findings(people, required, as_of), rules.threads(people, as_of),
        rules.tree([one for one in people if not one.left]), queries.elsewhere(db, account_id),
        _offered(db, doubles(rows)), labels_of(db), queries.open_titles(db, account_id), {one.id: one for one in rows},
    )  # fmt: skip


def _offered(db: Reads, found: tuple[Double, ...]) -> tuple[Double, ...]:
    """Without the pairs of which somebody said that they are two people."""
    if not found:
        return ()
    said = queries.said_apart(db)
    return tuple(one for one in found if apart_key(one.keep, one.gone) not in said)


def apart_key(one: int, other: int) -> str:
    """Under which it is kept that two are not one person; like what was looked at it is no edit."""
    return f"{queries.APART}{min(one, other)}-{max(one, other)}"


def apart(wb: Workbench, one: int, other: int, *, now: dt.datetime) -> None:
    """Never ask again whether these two are one person."""
    drafts.keep(wb, apart_key(one, other), "1", now=now)


def departure(reads: Reads, person_id: int, as_of: dt.date) -> Departure:
    """What breaks when that person leaves; nothing is changed. Raises NotFound."""
    db = Once(reads)
    account_id = queries.account_of(db, person_id)
    if account_id is None:
        raise NotFound(_("That person is not there any more."), _("Undo brings them back."), id=person_id)
    rows = {one.id: one for one in queries.stakeholders(db, account_id, as_of)}
    people = [stakeholder(one) for one in rows.values()]
    lost = rules.loss(people, person_id, as_of)
    head = queries.account(db, account_id)
    required = required_for(db, head[1] if head else None)
    rest = [one for one in people if one.id != person_id and not one.left]
    gone = next(one for one in people if one.id == person_id)
    uncovered = tuple(
        role for role in required if rules.has(gone, role) and not any(rules.has(one, role) for one in rest)
    )
    return Departure(
        rows[person_id], lost, uncovered, rules.threads(people, as_of), tuple(rows[one] for one in lost.orphans),
        queries.open_things(db, person_id),
    )  # fmt: skip


def stakeholder(row: StakeholderRow) -> Stakeholder:
    """A row as the rules see it."""
    return Stakeholder(
        row.id, row.name, frozenset(row.roles), row.influence, row.sentiment, row.boss_id, row.last, row.left
    )
