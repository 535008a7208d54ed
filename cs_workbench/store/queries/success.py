"""Personas, their maps as kept, and where each account stands; one statement each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A persona; ``map_id`` is its map in use with ``version`` and ``made_on``, None where it has none."""

    id: int
    name: str
    definition: str
    archived: bool
    map_id: int | None
    version: int | None
    made_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MapRow:
    """A version of a persona's map; ``retired_on`` is empty for the one in use."""

    id: int
    persona_id: int
    version: int
    made_on: dt.date
    retired_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MeansRow:
    """A success means of a step."""

    id: int
    kind: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with its means, in order."""

    id: int
    name: str
    exit_text: str
    exit_kind: str
    exit_metric: str
    exit_at_least: float | None
    usual_days: int | None
    means: tuple[MeansRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where an account stands."""

    account_id: int
    persona_id: int
    step_id: int | None
    wanted_step_id: int | None
    wanted_by: dt.date | None
    entered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of an account; a name is "" where it came from, or went to, no step."""

    from_step: str
    to_step: str
    on: dt.date


def personas(db: Reads) -> list[PersonaRow]:
    """Every persona in order, archived ones last."""
    rows = db.all(
        """select p.id, p.name, p.definition, p.archived_at is not null, m.id, m.version, m.made_on
           from persona p left join success_map m on m.persona_id = p.id and m.retired_on is null
           order by p.archived_at is not null, p.position, p.id"""
    )
    return [PersonaRow(*(*row[:3], bool(row[3]), *row[4:6], _day(row[6]))) for row in rows]


def maps(db: Reads, persona_id: int) -> list[MapRow]:
    """The versions of a persona's map, newest first."""
    rows = db.all(
        """select id, persona_id, version, made_on, retired_on from success_map
           where persona_id=:p order by version desc""",
        {"p": persona_id},
    )
    return [_map(row) for row in rows]


def map_of(db: Reads, map_id: int) -> MapRow | None:
    """One version; None where it is gone."""
    row = db.one(
        "select id, persona_id, version, made_on, retired_on from success_map where id=:m", {"m": map_id}
    )
    return None if row is None else _map(row)


def steps(db: Reads, map_id: int) -> tuple[StepRow, ...]:
    """The steps of a version in order, with their means; two statements."""
    means: dict[int, list[MeansRow]] = defaultdict(list)
    for step, *rest in db.all(
        """select m.step_id, m.id, m.kind, m.title, m.detail
           from success_means m join map_step s on s.id = m.step_id
           where s.map_id=:m order by m.step_id, m.position, m.id""",
        {"m": map_id},
    ):
        means[step].append(MeansRow(*rest))
    rows = db.all(
        """select id, name, exit_text, exit_kind, coalesce(exit_metric, ''), exit_at_least, usual_days
           from map_step where map_id=:m order by position, id""",
        {"m": map_id},
    )
    return tuple(StepRow(*(*row, tuple(means[row[0]]))) for row in rows)


def places(db: Reads) -> dict[int, PlaceRow]:
    """Where every account with a persona stands, by account."""
    rows = db.all(
        "select account_id, persona_id, step_id, wanted_step_id, wanted_by, entered_on from map_place"
    )
    return {row[0]: PlaceRow(*(*row[:4], _day(row[4]), _day(row[5]))) for row in rows}


def moves(db: Reads, account_id: int) -> list[MoveRow]:
    """The moves of an account, newest first."""
    rows = db.all(
        """select coalesce(from_step, ''), coalesce(to_step, ''), moved_on from map_move
           where account_id=:a order by moved_on desc, id desc""",
        {"a": account_id},
    )
    return [MoveRow(row[0], row[1], dt.date.fromisoformat(row[2])) for row in rows]


def used_means(db: Reads, persona_id: int) -> dict[int, frozenset[str]]:
    """Titles of the means each account of a persona was trained with, of whatever version of the map."""
    found: dict[int, set[str]] = defaultdict(set)
    for account, title in db.all(
        """select distinct t.account_id, m.title
           from training_attendee t join training_session s on s.id = t.session_id
           join success_means m on m.id = s.means_id
           join map_place p on p.account_id = t.account_id
           where p.persona_id=:p""",
        {"p": persona_id},
    ):
        found[account].add(title)
    return {account: frozenset(titles) for account, titles in found.items()}


def metric_values(
    db: Reads, persona_id: int, keys: Iterable[str], as_of: dt.date
) -> dict[tuple[int, str], float]:
    """The newest reading of some metrics not after a day, by (account of the persona, key of the metric)."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    marks = ", ".join(f":k{number}" for number in range(len(wanted)))
    rows = db.all(
        f"""select p.account_id, m.key, (
               select r.value from reading r where r.account_id = p.account_id and r.metric_id = m.id
               and r.day <= :day order by r.day desc limit 1)
           from map_place p cross join metric m where p.persona_id = :p and m.key in ({marks})""",
        {"p": persona_id, "day": as_of.toordinal() - EPOCH}
        | {f"k{number}": key for number, key in enumerate(wanted)},
    )
    return {(account, key): value for account, key, value in rows if value is not None}


def metrics(db: Reads) -> list[tuple[str, str, str]]:
    """(key, name, role) of every metric, by name."""
    rows = db.all("select key, name, coalesce(role, '') from metric order by name, key")
    return [(str(key), str(name), str(role)) for key, name, role in rows]


def next_position(db: Reads) -> int:
    """The position after the last persona."""
    return int(db.scalar("select coalesce(max(position), -1) + 1 from persona"))


def _map(row: tuple[int, int, int, str, str | None]) -> MapRow:
    return MapRow(*row[:3], dt.date.fromisoformat(row[3]), _day(row[4]))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
