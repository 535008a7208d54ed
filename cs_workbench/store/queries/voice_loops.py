"""Closed loops: cases, what might become one, survey rounds, themes and the feedback that speaks of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.store.queries.local_days import local_days

if TYPE_CHECKING:
    from cs_workbench.domain.local_days import LocalDays
    from cs_workbench.store.reads import Reads

_DAY = dt.date.fromisoformat


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A complaint or detractor and what became of it; ``kind`` is that of the survey, "ticket", or "" for neither."""

    id: int
    account_id: int
    account: str
    person_id: int | None
    person: str
    survey_id: int | None
    ticket_id: int | None
    said: str
    said_on: dt.date
    owner: str
    promised_on: dt.date | None
    action: str
    acted_on: dt.date | None
    told_back_on: dt.date | None
    status: str
    note: str
    kind: str
    score: float | None
    shareable: bool

    @property
    def waiting(self) -> bool:
        """Whether something is still to be done."""
        return self.status in {"open", "hold"}


@dataclass(frozen=True, slots=True)
class Heard:
    """Something said that has no case yet: a survey answer, or a ticket ("ticket") with its satisfaction 1–5."""

    source: str
    id: int
    account_id: int
    account: str
    person_id: int | None
    person: str
    said: str
    said_on: dt.date
    kind: str
    score: float | None


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme; ``keywords`` are the words that suggest it, one a line."""

    id: int
    name: str
    keywords: str
    status: str
    decided_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One customer's words; ``theme_id`` None where nobody said yet what they are about."""

    id: int
    account_id: int
    account: str
    person_id: int | None
    person: str
    theme_id: int | None
    survey_id: int | None
    ticket_id: int | None
    said: str
    said_on: dt.date
    told_back_on: dt.date | None


@dataclass(frozen=True, slots=True)
class RoundRow:
    """How many were asked on a day."""

    id: int
    kind: str
    campaign: str
    sent_on: dt.date
    sent: int


def cases(
    db: Reads, *, account_id: int | None = None, until: dt.date | None = None, case_id: int | None = None
) -> list[CaseRow]:
    """Cases, those waiting first, then by promised day; of one account, or what was said by a day, where asked."""
    rows = db.all(
        """select c.id, c.account_id, a.name, c.person_id, coalesce(p.name, ''), c.survey_id, c.ticket_id, c.said,
               c.said_on, coalesce(c.owner, ''), c.promised_on, c.action, c.acted_on, c.told_back_on, c.status, c.note,
               case when c.survey_id is not null then coalesce(s.kind, '')
                   when c.ticket_id is not null then 'ticket' else '' end,
               coalesce(s.score, t.satisfaction), coalesce(s.shareable, 1)
           from voice_case c join account a on a.id = c.account_id left join person p on p.id = c.person_id
               left join survey s on s.id = c.survey_id left join ticket t on t.id = c.ticket_id
           where (:account is null or c.account_id = :account) and (:id is null or c.id = :id)
               and (:until is null or c.said_on <= :until) and a.archived_at is null
           order by c.status not in ('open', 'hold'), coalesce(c.promised_on, c.said_on), c.said_on, c.id""",
        {"account": account_id, "id": case_id, "until": None if until is None else until.isoformat()},
    )
    return [CaseRow(*_with_days((*row[:18], bool(row[18])), 8, 10, 12, 13)) for row in rows]


def heard(db: Reads, since: dt.date, until: dt.date) -> list[Heard]:
    """Survey answers and rated or escalated tickets without a case, newest first, whether good or bad."""
    days = local_days(db)
    rows = db.all(
        """select 'survey', s.id, s.account_id, a.name, s.person_id, coalesce(p.name, ''), s.comment, s.answered_on,
               s.kind, s.score
           from survey s join account a on a.id = s.account_id left join person p on p.id = s.person_id
           where s.score is not null and s.answered_on between :since and :until and a.archived_at is null
               and not exists (select 1 from voice_case c where c.survey_id = s.id)
           union all
           select 'ticket', t.id, t.account_id, a.name, t.person_id, coalesce(p.name, ''),
               t.subject, t.opened_at, 'ticket', t.satisfaction
           from ticket t join account a on a.id = t.account_id left join person p on p.id = t.person_id
           where (t.satisfaction is not null or t.escalated) and t.opened_at >= :from_at and t.opened_at < :to_at
               and a.archived_at is null and not exists (select 1 from voice_case c where c.ticket_id = t.id)
           order by 8 desc, 2 desc""",
        {"since": since.isoformat(), "until": until.isoformat(),
         "from_at": days.begins(since), "to_at": days.ends(until)},
    )  # fmt: skip
    return [_heard(row, days) for row in rows]


def rounds(db: Reads, kind: str) -> list[RoundRow]:
    """The survey rounds of a kind, newest first."""
    return [RoundRow(number, of, campaign, _DAY(on), sent) for number, of, campaign, on, sent in db.all(
        """select id, kind, coalesce(campaign, ''), sent_on, sent from survey_round where kind = ?
           order by sent_on desc, id desc""", (kind,))]  # fmt: skip


def themes(db: Reads) -> list[ThemeRow]:
    """Every theme in the order they were made."""
    return [ThemeRow(*_with_days(row, 4)) for row in db.all(
        "select id, name, keywords, status, decided_on, note from theme order by id")]  # fmt: skip


def feedback(db: Reads, feedback_id: int | None = None) -> list[FeedbackRow]:
    """What customers said on the product, newest first."""
    rows = db.all(
        """select f.id, f.account_id, a.name, f.person_id, coalesce(p.name, ''), f.theme_id, f.survey_id, f.ticket_id,
               f.said, f.said_on, f.told_back_on
           from feedback f join account a on a.id = f.account_id left join person p on p.id = f.person_id
           where (:id is null or f.id = :id) and a.archived_at is null order by f.said_on desc, f.id desc""",
        {"id": feedback_id},
    )
    return [FeedbackRow(*_with_days(row, 9, 10)) for row in rows]


def unthemed(db: Reads, since: dt.date, until: dt.date) -> list[Heard]:
    """Survey comments and tickets with words that no feedback rests on yet, newest first."""
    days = local_days(db)
    rows = db.all(
        """select 'survey', s.id, s.account_id, a.name, s.person_id, coalesce(p.name, ''), s.comment, s.answered_on,
               s.kind, s.score
           from survey s join account a on a.id = s.account_id left join person p on p.id = s.person_id
           where trim(s.comment) <> '' and s.answered_on between :since and :until and a.archived_at is null
               and not exists (select 1 from feedback f where f.survey_id = s.id)
           union all
           select 'ticket', t.id, t.account_id, a.name, t.person_id, coalesce(p.name, ''),
               trim(t.subject || char(10) || t.body), t.opened_at, 'ticket', t.satisfaction
           from ticket t join account a on a.id = t.account_id left join person p on p.id = t.person_id
           where t.opened_at >= :from_at and t.opened_at < :to_at and a.archived_at is null
               and not exists (select 1 from feedback f where f.ticket_id = t.id)
           order by 8 desc, 2 desc""",
        {"since": since.isoformat(), "until": until.isoformat(),
         "from_at": days.begins(since), "to_at": days.ends(until)},
    )  # fmt: skip
    return [_heard(row, days) for row in rows]


def has_case(db: Reads, source: str, number: int) -> bool:
    """Whether a survey answer or ticket has a case."""
    column = "survey_id" if source == "survey" else "ticket_id"
    return bool(db.scalar(f"select 1 from voice_case where {column} = ?", (number,)))


def has_feedback(db: Reads, source: str, number: int, theme_id: int | None) -> bool:
    """Whether a survey answer or ticket is on that theme."""
    column = "survey_id" if source == "survey" else "ticket_id"
    return bool(db.scalar(f"select 1 from feedback where {column} = ? and theme_id is ?", (number, theme_id)))


def theme_named(db: Reads, name: str, other_than: int) -> bool:
    """Whether another theme has that name."""
    return bool(db.scalar("select 1 from theme where name = ? and id <> ?", (name, other_than)))


def has_account(db: Reads, account_id: int) -> bool:
    """Whether there is such an account."""
    return bool(db.scalar("select 1 from account where id = ?", (account_id,)))


def own_currency(db: Reads) -> str:
    """The portfolio's currency; "" where it has none."""
    return str(db.scalar("select value ->> '$' from setting where key = 'currency'") or "")


def _heard(row: tuple[Any, ...], days: LocalDays) -> Heard:
    values = list(row)
    values[7] = days.day_of(row[7]) if "T" in row[7] else _DAY(row[7])
    return Heard(*values)


def _with_days(row: tuple[Any, ...], *places: int) -> list[Any]:
    """*row* with the texts at *places* as dates."""
    values = list(row)
    for place in places:
        values[place] = None if row[place] is None else _DAY(row[place])
    return values


def anything(db: Reads) -> bool:
    """Whether a survey answer, a case or feedback is on record."""
    return bool(
        db.scalar(
            """select exists (select 1 from survey) or exists (select 1 from voice_case)
               or exists (select 1 from feedback)"""
        )
    )
