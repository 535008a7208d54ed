"""What is on record about renewals: calls, plans, steps, and what proves a step; one statement each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_workbench.store.queries.local_days import as_of_params, local_days

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

Key = tuple[int, dt.date]
"""A renewal: account, and the last day of the term."""

_CALL = "id, account_id, term_end, category, likelihood, reason, said_on"
_DECIDES = "role in ('decision_maker', 'economic_buyer')"


@dataclass(frozen=True, slots=True)
class RenewalCallRow:
    """One forecast by the CSM: a category (commit, probable, best_case, at_risk, monitor) and a likelihood 0–1."""

    id: int
    account_id: int
    term_end: dt.date
    category: str
    likelihood: float
    reason: str
    said_on: dt.date


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What is fixed for a renewal. ``decider`` says that somebody who decides is among the attendees."""

    id: int
    meeting_at: dt.datetime | None
    approval_days: int | None
    attendees: int
    decider: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as a person marked, moved or noted it."""

    done_on: dt.date | None
    due_on: dt.date | None
    note: str


class Touch(NamedTuple):
    """A conversation about the renewal."""

    on: dt.date
    channel: str


def calls(db: Reads, as_of: dt.date) -> dict[Key, RenewalCallRow]:
    """The newest call on each renewal that was made by *as_of*."""
    rows = db.all(
        f"""select {_CALL} from renewal_call where id in (
                select max(id) from renewal_call where said_on <= :t group by account_id, term_end)""",
        {"t": as_of.isoformat()},
    )
    return {(row[1], dt.date.fromisoformat(row[2])): _call(row) for row in rows}


def call_history(db: Reads, account_id: int, term_end: dt.date) -> list[RenewalCallRow]:
    """Every call on one renewal, newest first."""
    rows = db.all(
        f"select {_CALL} from renewal_call where account_id = :a and term_end = :e order by id desc",
        {"a": account_id, "e": term_end.isoformat()},
    )
    return [_call(row) for row in rows]


def plans(db: Reads) -> dict[Key, PlanRow]:
    """What is fixed, by renewal."""
    rows = db.all(
        f"""select p.account_id, p.term_end, p.id, p.meeting_at, p.approval_days,
                   (select count(*) from renewal_attendee t where t.plan_id = p.id),
                   exists (select 1 from renewal_attendee t join person_role r on r.person_id = t.person_id
                           where t.plan_id = p.id and r.{_DECIDES})
            from renewal_plan p"""
    )
    return {
        (row[0], dt.date.fromisoformat(row[1])): PlanRow(
            row[2], _instant(row[3]), row[4], row[5], bool(row[6])
        )
        for row in rows
    }


def attendees(db: Reads, account_id: int, term_end: dt.date) -> frozenset[int]:
    """The people asked to the meeting of one renewal."""
    rows = db.all(
        """select t.person_id from renewal_attendee t join renewal_plan p on p.id = t.plan_id
           where p.account_id = :a and p.term_end = :e""",
        {"a": account_id, "e": term_end.isoformat()},
    )
    return frozenset(row[0] for row in rows)


def steps(db: Reads) -> dict[Key, dict[int, StepRow]]:
    """What was marked, moved or noted, by renewal and step."""
    found: dict[Key, dict[int, StepRow]] = {}
    for account, end, number, done, due, note in db.all(
        "select account_id, term_end, step, done_on, due_on, note from renewal_step order by step"
    ):
        found.setdefault((account, dt.date.fromisoformat(end)), {})[number] = StepRow(
            _date(done), _date(due), note
        )
    return found


def touches(db: Reads, since: dt.date, as_of: dt.date) -> dict[int, tuple[Touch, ...]]:
    """Conversations that speak of the renewal, by account, oldest first: ours or both ways, notes left out."""
    days = local_days(db)
    rows = db.all(
        """select account_id, at, channel from interaction
           where at >= :since and at < :tomorrow and direction in ('out', 'both') and channel <> 'note'
             and (instr(folded, 'renew') or instr(folded, '更新')) order by at""",
        {**as_of_params(db, as_of), "since": since.isoformat()},
    )
    found: dict[int, list[Touch]] = {}
    for account, at, channel in rows:
        found.setdefault(account, []).append(Touch(days.day_of(at), channel))
    return {account: tuple(ones) for account, ones in found.items()}


def packs(db: Reads, since: dt.date, as_of: dt.date) -> dict[int, tuple[dt.date, ...]]:
    """The days on which a renewal pack was made, by account, oldest first."""
    found: dict[int, list[dt.date]] = {}
    for account, at in db.all(
        """select account_id, at from pack_record
           where template like 'renewal%' and at >= :since and at < :tomorrow order by at""",
        {**as_of_params(db, as_of), "since": since.isoformat()},
    ):
        found.setdefault(account, []).append(dt.date.fromisoformat(at[:10]))
    return {account: tuple(days) for account, days in found.items()}


def outcomes(db: Reads, as_of: dt.date) -> list[tuple[float, bool]]:
    """(likelihood said last before the end, whether it renewed) of every called renewal whose outcome is on record.

    An outcome is the newest event of the account from 180 days before to 60 days after the end of the term.
    """
    rows = db.all(
        """select c.likelihood, (
               select e.kind from contract_event e
               where e.account_id = c.account_id and e.on_date <= :t and e.kind in ('renewal', 'expansion',
                     'contraction', 'churn')
                 and e.on_date between date(c.term_end, '-180 days') and date(c.term_end, '+60 days')
                 and e.on_date >= c.said_on
               order by e.on_date desc, e.id desc limit 1) as kind
           from renewal_call c where c.category <> 'monitor' and c.said_on <= :t and c.id in (
               select max(id) from renewal_call where said_on <= min(:t, term_end) group by account_id, term_end)""",
        {"t": as_of.isoformat()},
    )
    return [(likely, kind != "churn") for likely, kind in rows if kind is not None]


def open_complaints(db: Reads, account_id: int, as_of: dt.date) -> list[tuple[str, str, str]]:
    """(kind, day, words) of what the customer is unhappy about: open tickets, low survey answers of half a year."""
    return db.all(
        """select 'ticket', substr(opened_at, 1, 10), subject from ticket
           where account_id = :a and opened_at < :tomorrow and (solved_at >= :tomorrow
                 or (solved_at is null and status not in ('done', 'no_action')))
           union all
           select kind, answered_on, comment from survey
           where account_id = :a and answered_on <= :t and answered_on > date(:t, '-180 days') and comment <> ''
             and ((kind = 'nps' and score <= 6) or (kind = 'csat' and score <= 2))
           order by 2 desc limit 20""",
        {**as_of_params(db, as_of), "a": account_id},
    )


def put_plan(db: Change, account_id: int, term_end: dt.date) -> int:
    """The id of a renewal's plan, made where there is none."""
    key = {"a": account_id, "e": term_end.isoformat()}
    found = db.scalar("select id from renewal_plan where account_id = :a and term_end = :e", key)
    if found is not None:
        return int(found)
    return db.lastrowid("insert into renewal_plan (account_id, term_end) values (:a, :e)", key)


def fix_plan(db: Change, plan_id: int, meeting_at: str | None, approval_days: int | None) -> None:
    """Write when the meeting is (UTC instant as ISO text) and how many working days the approval takes."""
    db.execute(
        "update renewal_plan set meeting_at = ?, approval_days = ? where id = ?",
        (meeting_at, approval_days, plan_id),
    )


def put_step(db: Change, key: Key, number: int, *, at: str, **values: object) -> None:
    """Write *values* (done_on, due_on, note) of one step; the others stay."""
    row = {"a": key[0], "e": key[1].isoformat(), "n": number, "at": at}
    if not db.scalar("select 1 from renewal_step where account_id = :a and term_end = :e and step = :n", row):
        db.execute(
            "insert into renewal_step (account_id, term_end, step, updated_at) values (:a, :e, :n, :at)", row
        )
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(
        f"update renewal_step set {sets}, updated_at = :at where account_id = :a and term_end = :e and step = :n",
        {**row, **values},
    )


def put_attendees(db: Change, plan_id: int, people: frozenset[int]) -> None:
    """Ask exactly *people* to the meeting; who stays keeps their row."""
    held = {row[0] for row in db.all("select person_id from renewal_attendee where plan_id = ?", (plan_id,))}
    for person in sorted(held - people):
        db.execute("delete from renewal_attendee where plan_id = ? and person_id = ?", (plan_id, person))
    for person in sorted(people - held):
        db.execute("insert into renewal_attendee (plan_id, person_id) values (?, ?)", (plan_id, person))


def _call(row: tuple[Any, ...]) -> RenewalCallRow:
    end, said = dt.date.fromisoformat(row[2]), dt.date.fromisoformat(row[6])
    return RenewalCallRow(row[0], row[1], end, row[3], row[4], row[5], said)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _instant(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
