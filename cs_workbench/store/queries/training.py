"""Training sessions, who of which account came, and the seats to compare with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import as_of_params
from cs_workbench.store.queries.terms import RUNNING

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session. ``means`` and ``step`` name the success means and the map's step it belongs to, "" for none."""

    id: int
    title: str
    kind: str
    held_on: dt.date
    minutes: int | None
    means_id: int | None
    means: str
    step: str
    note: str


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Who came: a person, or so many heads of an account."""

    id: int
    session_id: int
    account_id: int
    account: str
    person_id: int | None
    person: str
    heads: int
    completed: bool


@dataclass(frozen=True, slots=True)
class MeansRow:
    """A success means of a map in use: what a session can be tied to."""

    id: int
    title: str
    step: str
    persona: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How far an account is trained: named people count once, head counts by their largest session."""

    account_id: int
    account: str
    seats: int | None
    trained: int
    completed: int
    sessions: int
    last_on: dt.date | None


_SESSIONS = """
select t.id, t.title, t.kind, t.held_on, t.minutes, t.means_id, coalesce(m.title, ''), coalesce(s.name, ''), t.note
from training_session t left join success_means m on m.id = t.means_id left join map_step s on s.id = m.step_id
where :a is null or exists (select 1 from training_attendee x where x.session_id = t.id and x.account_id = :a)
order by t.held_on desc, t.id desc"""

_ATTENDEES = """
select x.id, x.session_id, x.account_id, a.name, x.person_id, coalesce(p.name, ''), x.heads, x.completed
from training_attendee x join account a on a.id = x.account_id left join person p on p.id = x.person_id
where (:a is null or x.account_id = :a) order by x.session_id, a.name_key, x.id"""

_COVERAGE = f"""
with came as (
    select x.account_id, x.person_id, max(x.heads) as heads, max(x.completed) as completed,
        max(case when x.completed then x.heads else 0 end) as finished, max(t.held_on) as held_on
    from training_attendee x join training_session t on t.id = x.session_id and t.held_on <= :t
    group by x.account_id, x.person_id),
summed as (
    select account_id, sum(case when person_id is null then heads else 1 end) as trained,
        sum(case when person_id is null then finished else completed end) as completed, max(held_on) as last_on
    from came group by account_id)
select a.id, a.name, (select sum(c.seats) from contract c
        where c.account_id = a.id and c.is_trial = 0 and {RUNNING}),
    coalesce(s.trained, 0), coalesce(s.completed, 0),
    (select count(distinct x.session_id) from training_attendee x join training_session t on t.id = x.session_id
     where x.account_id = a.id and t.held_on <= :t), s.last_on
from account a left join summed s on s.account_id = a.id
where a.archived_at is null and a.churned_on is null and (:a is null or a.id = :a)
order by a.name_key, a.id"""


def sessions(db: Reads, account_id: int | None = None) -> tuple[SessionRow, ...]:
    """Every session (or those somebody of the account attended), the newest first."""
    return tuple(
        SessionRow(*(*row[:3], dt.date.fromisoformat(row[3]), *row[4:]))
        for row in db.all(_SESSIONS, {"a": account_id})
    )


def attendees(db: Reads, account_id: int | None = None) -> dict[int, tuple[AttendeeRow, ...]]:
    """Who came, by session."""
    found: dict[int, list[AttendeeRow]] = {}
    for row in db.all(_ATTENDEES, {"a": account_id}):
        made = AttendeeRow(*(*row[:7], bool(row[7])))
        found.setdefault(made.session_id, []).append(made)
    return {key: tuple(rows) for key, rows in found.items()}


def coverage(db: Reads, as_of: dt.date, account_id: int | None = None) -> tuple[CoverageRow, ...]:
    """How far each customer is trained, by name."""
    rows = db.all(_COVERAGE, {**as_of_params(db, as_of), "a": account_id})
    return tuple(
        CoverageRow(*(*row[:6], None if row[6] is None else dt.date.fromisoformat(row[6]))) for row in rows
    )


def means(db: Reads) -> tuple[MeansRow, ...]:
    """The success means of the maps in use, in the order of personas and steps."""
    rows = db.all(
        """select m.id, m.title, s.name, p.name from success_means m join map_step s on s.id = m.step_id
           join success_map v on v.id = s.map_id and v.retired_on is null join persona p on p.id = v.persona_id
           where p.archived_at is null order by p.position, p.id, s.position, m.position, m.id"""
    )
    return tuple(MeansRow(*row) for row in rows)


def people(db: Reads, account_id: int) -> tuple[tuple[int, str], ...]:
    """Who works at an account today: id and name."""
    rows = db.all(
        "select id, name from person where account_id = :a and status = 'active' order by name_key, id",
        {"a": account_id},
    )
    return tuple((int(row[0]), str(row[1])) for row in rows)


def same_attendee(db: Reads, session_id: int, account_id: int, person_id: int | None) -> int | None:
    """The row of a person (or of an account's head count) in a session, if there is one."""
    found: int | None = db.scalar(
        """select id from training_attendee
           where session_id = :s and account_id = :a and person_id is :p limit 1""",
        {"s": session_id, "a": account_id, "p": person_id},
    )
    return found
