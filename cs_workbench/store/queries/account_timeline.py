"""Everything that happened at one account, as rows of four kinds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store.queries.local_days import as_of_params
from cs_workbench.store.queries.terms import TWO_WAY

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

MOST = 3000
"""The newest of each kind; more is not read by anybody in one sitting and found by search."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One record. ``at`` is an instant or a date as text; ``kind`` interaction, ticket, survey, event, audit, health.

    ``what`` is the channel, priority, survey kind, event kind, changed field or band; ``people`` and ``tags`` are
    joined by newlines; ``figure`` is minutes, a score or money units.
    """

    kind: str
    id: int
    at: str
    what: str
    title: str
    text: str
    people: str
    tags: str
    figure: float | None
    state: str


_INTERACTIONS = """
select 'interaction', i.id, i.at, i.channel, i.subject, i.body,
    coalesce((select group_concat(p.name, char(10)) from interaction_person ip join person p on p.id = ip.person_id
              where ip.interaction_id = i.id), ''),
    coalesce((select group_concat(t.tag, char(10)) from interaction_tag t where t.interaction_id = i.id), ''),
    i.duration_min, i.direction
from interaction i where i.account_id = :a and i.at < :tomorrow order by i.at desc, i.id desc limit :most"""

_TICKETS = """
select 'ticket', k.id, k.opened_at, coalesce(k.priority, ''), coalesce(k.external_id, ''),
    case when k.subject <> '' then k.subject else k.body end, coalesce(p.name, ''), coalesce(k.assignee, ''),
    k.satisfaction, coalesce(k.solved_at, case when k.status in ('done', 'no_action') then 'done' else '' end)
from ticket k left join person p on p.id = k.person_id
where k.account_id = :a and k.opened_at < :tomorrow order by k.opened_at desc, k.id desc limit :most"""

_SURVEYS = """
select 'survey', s.id, s.answered_on, s.kind, coalesce(s.campaign, ''), s.comment, coalesce(p.name, ''), '',
    s.score, ''
from survey s left join person p on p.id = s.person_id
where s.account_id = :a and s.answered_on <= :t order by s.answered_on desc, s.id desc limit :most"""

CHANGES = """
    select 'event' as kind, e.id, e.on_date as at, e.kind as what, coalesce(e.currency, '') as title, e.note as text,
        '' as people, '' as tags, e.amount as figure, coalesce(e.reason, '') as state
    from contract_event e where e.account_id = :a and e.on_date <= :t
    union all
    select 'audit', u.id, u.at, u.entity || '.' || u.field, u.step, coalesce(u.new, ''), '', '', null,
        coalesce(u.old, '')
    from audit u
    where u.field <> 'done_on' and (
        (u.entity = 'account' and u.entity_id = :a)
        or (u.entity = 'person' and u.entity_id in (select id from person where account_id = :a))
        or (u.entity = 'contract' and u.entity_id in (select id from contract where account_id = :a)))
    union all
    select 'health', h.id, h.as_of, h.band, h.before, '', '', '', h.score, ''
    from (select s.id, s.as_of, s.band, s.score, lag(s.band) over (order by s.as_of, s.id) as before
          from snapshot s where s.account_id = :a and s.as_of <= :t) h
    where h.before is not null and h.before <> h.band"""
"""Contract events, changed fields and changes of band; reads ``:a`` and ``:t``."""

_NEWEST_CHANGES = f"select * from ({CHANGES}) order by at desc, id desc limit :most"


def happenings(db: Reads, account_id: int, as_of: dt.date) -> list[Happening]:
    """What is on record up to a date, kind by kind, each the newest first."""
    params = {**as_of_params(db, as_of), "a": account_id, "most": MOST}
    rows: list[Happening] = []
    for sql in (_INTERACTIONS, _TICKETS, _SURVEYS, _NEWEST_CHANGES):
        rows += [Happening(*row) for row in db.all(sql, params)]
    return rows


def two_way(db: Reads, account_id: int, as_of: dt.date, since: dt.date) -> list[str]:
    """The instants of two-way contact from about *since* (the UTC day) up to a date."""
    params = {**as_of_params(db, as_of), "a": account_id, "since": since.isoformat()}
    rows = db.all(
        f"select i.at from interaction i where i.account_id = :a and i.at >= :since and {TWO_WAY}", params
    )
    return [at for (at,) in rows]
