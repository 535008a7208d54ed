"""What customers said: survey answers, how many were asked, ticket satisfaction; one statement each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import EPOCH, local_days

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a survey; ``person`` is "" where nobody is named, ``case_id`` the closed-loop case, if any."""

    id: int
    account_id: int
    account: str
    person: str
    kind: str
    score: float
    comment: str
    on: dt.date
    campaign: str | None
    shareable: bool
    case_id: int | None
    case_status: str = ""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Means of an account's answers in a period; None where there were none."""

    nps: float | None
    csat: float | None
    ticket: float | None


def answers(db: Reads, kind: str, since: dt.date, until: dt.date) -> list[Answer]:
    """Answers of one kind from *since* to *until*, both included, newest first; those without a score left out."""
    return [
        Answer(*(*row[:7], dt.date.fromisoformat(row[7]), row[8], bool(row[9]), row[10], row[11]))
        for row in db.all(
            """select s.id, s.account_id, a.name, coalesce(p.name, ''), s.kind, s.score, s.comment, s.answered_on,
                   s.campaign, s.shareable, (select min(c.id) from voice_case c where c.survey_id = s.id),
                   coalesce((select c.status from voice_case c where c.survey_id = s.id order by c.id limit 1), '')
               from survey s join account a on a.id = s.account_id left join person p on p.id = s.person_id
               where s.kind = :kind and s.score is not null and s.answered_on between :since and :until
               order by s.answered_on desc, s.id desc""",
            {"kind": kind, "since": since.isoformat(), "until": until.isoformat()},
        )
    ]


def people(db: Reads) -> dict[int, dict[int, str]]:
    """Who can have answered, by account: person → name; those who left come last."""
    found: dict[int, dict[int, str]] = {}
    for account_id, number, name in db.all(
        "select account_id, id, name from person order by account_id, left_on is not null, name, id"
    ):
        found.setdefault(account_id, {})[number] = name
    return found


def owners(db: Reads) -> dict[int, str]:
    """Who looks after each account; accounts without an owner left out."""
    return dict(db.all("select id, owner from account where owner is not null and owner != ''"))


def asked(db: Reads, kind: str, since: dt.date, until: dt.date) -> list[tuple[str, dt.date, int]]:
    """The rounds of that time, oldest first: name ("" for none), day, how many were asked."""
    rows = db.all(
        """select coalesce(campaign, ''), sent_on, sent from survey_round
           where kind = :kind and sent_on between :since and :until order by sent_on, id""",
        {"kind": kind, "since": since.isoformat(), "until": until.isoformat()},
    )
    return [(campaign, dt.date.fromisoformat(on), sent) for campaign, on, sent in rows]


def satisfactions(db: Reads, since: dt.date, until: dt.date) -> dict[int, Satisfaction]:
    """How satisfied each account was from *since* to *until*: mean NPS answer, CSAT and ticket satisfaction."""
    days = local_days(db)
    found: dict[int, dict[str, float]] = {}
    for account_id, kind, mean in db.all(
        """select account_id, kind, avg(score) from survey
           where kind in ('nps', 'csat') and score is not null and answered_on between :since and :until
           group by account_id, kind
           union all
           select account_id, 'ticket', avg(satisfaction) from ticket
           where satisfaction is not null and coalesce(solved_at, opened_at) >= :from_at
               and coalesce(solved_at, opened_at) < :to_at
           group by account_id""",
        {
            "since": since.isoformat(),
            "until": until.isoformat(),
            "from_at": days.begins(since),
            "to_at": days.ends(until),
        },
    ):
        found.setdefault(account_id, {})[kind] = mean
    return {
        account_id: Satisfaction(means.get("nps"), means.get("csat"), means.get("ticket"))
        for account_id, means in found.items()
    }


def objective_shares(db: Reads, as_of: dt.date) -> dict[int, float]:
    """The newest reading of the metric of role "objectives" (a share, 0–1) of each account by that day."""
    rows = db.all(
        """select account_id, value from (
               select r.account_id, r.value, row_number() over (partition by r.account_id order by r.day desc) as nth
               from reading r join metric m on m.id = r.metric_id
               where m.role = 'objectives' and r.day <= :day)
           where nth = 1""",
        {"day": as_of.toordinal() - EPOCH},
    )
    return dict(rows)
