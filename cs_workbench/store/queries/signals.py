"""What signal rules look at: one aggregate a rule over all accounts, so that their number never changes the count."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.renewal import Term
from cs_workbench.domain.signal_facts import (
    AnswerFact,
    ContractFact,
    Customer,
    HealthFact,
    OnboardingFact,
    PeopleFact,
    SeatFact,
    TaskFact,
    TicketCount,
    TicketFact,
    TouchFact,
    UsageFact,
)
from cs_workbench.store.queries.health import FEEDS, LIVE, feed_day, measured
from cs_workbench.store.queries.local_days import EPOCH, as_of_params, local_days
from cs_workbench.store.queries.terms import RUNNING, called

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

_NEWEST = "x.account_id = a.id and x.as_of <= :t order by x.as_of desc, x.id desc limit 1"

_CUSTOMERS = f"""
select a.id, a.name, a.tier, a.stage,
    coalesce(a.customer_since, (select min(c.start_on) from contract c
                                where c.account_id = a.id and c.is_trial = 0 and c.status <> 'draft'
                                  and c.start_on <= :t)),
    coalesce(a.churned_on <= :t, 0) or coalesce(st.data ->> 'closed', 0),
    s.score, coalesce(s.band, 'none'), coalesce(ti.data ->> 'cadence_days', :cadence), st.data ->> 'months',
    a.created_at
from account a
left join snapshot s on s.id = (select x.id from snapshot x where {_NEWEST})
left join list_item ti on ti.list = 'tier' and ti.key = a.tier
left join list_item st on st.list = 'stage' and st.key = a.stage
where {LIVE}"""

_CONTRACTS = f"""
select c.id, c.account_id, coalesce({called("c")}, ''),
    case when c.arr is not null then c.arr else c.mrr * 12 end, coalesce(c.currency, ''),
    c.start_on, c.end_on, c.term_months, c.billing, c.auto_renew, c.notice_months, c.notice_days, c.status, c.is_trial
from contract c where c.is_trial = 0 and {RUNNING}"""

_HEALTH = f"""
with pair as materialized (
    select a.id as account_id, (select x.id from snapshot x where {_NEWEST}) as now_id,
        coalesce(
            (select x.id from snapshot x where x.account_id = a.id and x.as_of <= date(:t, -:window || ' days')
             order by x.as_of desc, x.id desc limit 1),
            (select x.id from snapshot x where x.account_id = a.id order by x.as_of, x.id limit 1)) as before_id
    from account a where {LIVE})
select p.account_id, n.id, n.score, n.band, b.id, b.score, b.band, b.as_of,
    coalesce((
        select min(x.as_of) from snapshot x
        where x.account_id = p.account_id and x.as_of > b.as_of and x.as_of <= n.as_of
          and case when n.band <> b.band then x.band = n.band else x.score <= b.score - :points end), n.as_of),
    (select group_concat(x.value ->> 'key') from json_each(n.detail, '$.axes') x
     where instr(n.detail, '"band":"red"') and x.value ->> 'band' = 'red' and not exists (
        select 1 from json_each(b.detail, '$.axes') y
        where y.value ->> 'key' = x.value ->> 'key' and y.value ->> 'band' = 'red'))
from pair p join snapshot n on n.id = p.now_id join snapshot b on b.id = p.before_id
where b.as_of < n.as_of"""
"""The newest snapshot against that of ``:window`` days ago, or against the first one of a younger history."""

_USAGE = f"""
with used as (
    select a.id as account_id, min(r.day) as first,
        sum(case when r.day > :feed - :window then r.value else 0 end) as now,
        sum(case when r.day <= :feed - :window then r.value else 0 end) as before,
        sum(case when r.day > :feed - :short then r.value else 0 end) as lately,
        max(case when r.value > 0 then r.day end) as last
    from account a cross join metric m cross join reading r
    where {FEEDS["usage_trend"]} and r.account_id = a.id and r.metric_id = m.id
      and r.day > :feed - 2 * :window and r.day <= :feed
    group by a.id)
select a.id, coalesce(u.now, 0), case when u.first <= :feed - 2 * :window + 7 then u.before else 0 end,
    coalesce(u.lately, 0), coalesce(u.last, (
        select max(r.day) from metric m cross join reading r
        where {FEEDS["usage_trend"]} and r.account_id = a.id and r.metric_id = m.id and r.day <= :feed
          and r.value > 0))
from account a left join used u on u.account_id = a.id where {LIVE}"""
"""An account that was never measured has no newest day of use; one that was measured too shortly no earlier use."""

_ACTIVE = "(p.status = 'active' or p.left_on > :t)"

_CHAMPIONS = "p.id in (select person_id from person_role where role = 'champion')"
_DECIDERS = "p.id in (select person_id from person_role where role in ('decision_maker', 'economic_buyer'))"

_PEOPLE = f"""
select p.account_id, sum({_ACTIVE}), max(case when {_ACTIVE} then p.id end), max(case when {_ACTIVE} then p.name end),
    sum({_ACTIVE} and {_CHAMPIONS}),
    max(case when not {_ACTIVE} and {_CHAMPIONS} then coalesce(p.left_on, '') || '|' || p.id || '|' || p.name end),
    sum({_ACTIVE} and {_DECIDERS}), max(case when {_ACTIVE} and {_DECIDERS} then p.name end),
    p.account_id in (
        select q.account_id from person_role pr join person q on q.id = pr.person_id
        where pr.role in ('decision_maker', 'economic_buyer') and exists (
            select 1 from interaction_person ip join interaction i on i.id = ip.interaction_id
            where ip.person_id = q.id and i.direction = 'both' and i.channel <> 'note' and i.at < :tomorrow))
from person p where p.account_id is not null group by p.account_id"""

_OPEN = "(k.solved_at >= :tomorrow or (k.solved_at is null and k.status not in ('done', 'no_action')))"

_TICKETS = f"""
select k.account_id, k.id, k.subject, min(k.opened_at), count(*) from ticket k
where k.opened_at < :tomorrow and {_OPEN} and k.priority in (
    select key from list_item where list = 'ticket_priority' and data ->> 'severity' = 'high')
group by k.account_id"""
"""The oldest stands for all: with a single ``min()``, SQLite takes plain columns from the row that holds it."""

_TICKET_COUNTS = """
select a.id, sum(k.opened_at >= :lately) as lately, count(*) from account a
cross join ticket k
where k.account_id = a.id and k.opened_at < :tomorrow
  and k.opened_at >= :before
group by a.id having lately >= :least"""

_ANSWERS = """
select s.account_id, s.id, s.kind, s.score, s.comment, coalesce(p.name, ''), s.answered_on, v.promised_on, (
    select max(i.at) from interaction i where i.account_id = s.account_id and i.at < :tomorrow
      and i.direction in ('both', 'out') and i.channel <> 'note')
from survey s left join person p on p.id = s.person_id left join voice_case v on v.survey_id = s.id
where coalesce(v.status, 'open') in ('open', 'hold')
  and s.answered_on <= :t and s.answered_on > date(:t, -:window || ' days')
  and ((s.kind = 'nps' and s.score <= :nps) or (s.kind = 'csat' and s.score <= :csat))"""

_TASKS = """
select t.account_id, t.id, t.kind, t.title, coalesce(p.name, ''), t.due_on, t.created_at
from task t left join person p on p.id = t.person_id
where t.done_on is null and t.due_on <= date(:t, :ahead || ' days')"""

_ONBOARDINGS = """
select o.account_id, o.id, max(o.started_on), max(o.ends_on, coalesce(o.extended_to, o.ends_on)),
    coalesce(o.finished_on <= :t, 0)
from onboarding o where o.started_on <= :t group by o.account_id"""
"""The one begun last; of two begun on a day, any."""

_DAY = """
select i.id, i.account_id, a.name, i.at, i.subject, i.channel, coalesce(c.data ->> 'two_way', 0) and i.channel <> 'call'
from account a cross join interaction i left join list_item c on c.list = 'channel' and c.key = i.channel
where i.account_id = a.id and i.at >= :start and i.at < :end and i.channel <> 'note' and i.direction <> 'none'
order by i.at, i.id"""


def customers(db: Reads, as_of: dt.date, default_cadence: int) -> dict[int, Customer]:
    """Every account that is not archived, by id."""
    days = local_days(db)
    rows = db.all(_CUSTOMERS, as_of_params(db, as_of, days) | {"cadence": default_cadence})
    day_of = days.day_of
    return {
        row[0]: Customer._make(
            (*row[:4], _date(row[4]), bool(row[5]), *row[6:8], int(row[8]), row[9], day_of(row[10]))
        )
        for row in rows
    }


def contracts(db: Reads, as_of: dt.date) -> list[ContractFact]:
    """The paid contracts that run, with the value of a year."""
    return [_contract(row) for row in db.all(_CONTRACTS, as_of_params(db, as_of))]


def health(db: Reads, as_of: dt.date, window: int, points: float) -> list[HealthFact]:
    """Each account's newest snapshot against the one *window* days before; accounts with one snapshot only are absent.

    Without a change of band, ``turned_on`` is the first day on which at least *points* were lost.
    """
    params = as_of_params(db, as_of) | {"window": window, "points": points}
    return [
        HealthFact._make((*row[:7], _date(row[7]), _date(row[8]), tuple(row[9].split(",")) if row[9] else ()))
        for row in db.all(_HEALTH, params)
    ]


def usage(db: Reads, as_of: dt.date, window: int, short: int) -> list[UsageFact]:
    """Use in the last *window* days, the *window* before, and the last *short*; windows end at the newest reading."""
    feed = feed_day(db, "usage_trend", as_of)
    if feed is None:
        return []
    on = _epoch(feed)
    rows = db.all(_USAGE, as_of_params(db, as_of) | {"feed": feed, "window": window, "short": short})
    return [UsageFact._make((*row[:4], on, _epoch(row[4]))) for row in rows if row[4] is not None]


def seats(db: Reads, as_of: dt.date) -> list[SeatFact]:
    """Seats in use against contracted seats, where both are known."""
    rows = measured(db, "seats_used", as_of, window=1)
    return [
        SeatFact(account, used, contracted, _epoch(day))
        for account, used, contracted, day in rows
        if used is not None and contracted and day is not None
    ]


def touches(db: Reads, as_of: dt.date) -> dict[int, TouchFact]:
    """Days since the last two-way contact, by account; accounts without any are absent."""
    rows = measured(db, "last_contact", as_of, window=1)
    return {
        account: TouchFact(account, int(days), _epoch(day))
        for account, days, _none, day in rows
        if days is not None and day is not None
    }


def recorded(db: Reads) -> tuple[dt.date | None, bool]:
    """The first day with a contact on record (None: there is none), and whether anybody is recorded as taking part."""
    row = db.one("select min(at), exists (select 1 from interaction_person) from interaction")
    first, attended = row if row is not None else (None, 0)
    return None if first is None else local_days(db).day_of(first), bool(attended)


def people(db: Reads, as_of: dt.date) -> list[PeopleFact]:
    """Who is left to talk to, by account."""
    return [_people(row) for row in db.all(_PEOPLE, as_of_params(db, as_of))]


def tickets(db: Reads, as_of: dt.date) -> list[TicketFact]:
    """The oldest open high-severity ticket of every account that has one."""
    rows = db.all(_TICKETS, as_of_params(db, as_of))
    day_of = local_days(db).day_of
    return [TicketFact._make((*row[:3], day_of(row[3]), row[4])) for row in rows]


def ticket_counts(db: Reads, as_of: dt.date, *, window: int, before: int, least: int) -> list[TicketCount]:
    """Accounts with at least *least* tickets in the last *window* days, and their count in the *before* days before."""
    days = local_days(db)
    lately = as_of - dt.timedelta(days=window - 1)
    params = {
        "tomorrow": days.ends(as_of), "lately": days.begins(lately),
        "before": days.begins(lately - dt.timedelta(days=before)), "least": least,
    }  # fmt: skip
    return [TicketCount(row[0], row[1], row[2] - row[1]) for row in db.all(_TICKET_COUNTS, params)]


def answers(db: Reads, as_of: dt.date, *, window: int, nps: float, csat: float) -> list[AnswerFact]:
    """Survey answers at or under the bounds in the last *window* days that nobody has come back to.

    Telling them back in a case, or deciding there that no action is needed, ends one as a contact does.
    """
    rows = db.all(_ANSWERS, as_of_params(db, as_of) | {"window": window, "nps": nps, "csat": csat})
    begins = local_days(db).begins
    dated = [(*row[:6], dt.date.fromisoformat(row[6]), _date(row[7]), row[8]) for row in rows]
    return [AnswerFact._make(row[:8]) for row in dated if row[8] is None or row[8] < begins(row[6])]


def tasks(db: Reads, as_of: dt.date, ahead: int) -> list[TaskFact]:
    """Open tasks and promises due by *ahead* days from now."""
    rows = db.all(_TASKS, as_of_params(db, as_of) | {"ahead": ahead})
    day_of = local_days(db).day_of
    return [TaskFact._make((*row[:5], _date(row[5]), day_of(row[6]))) for row in rows]


def onboardings(db: Reads, as_of: dt.date) -> dict[int, OnboardingFact]:
    """The onboarding every account began last, by account; accounts that never began one are absent."""
    rows = db.all(_ONBOARDINGS, {"t": as_of.isoformat()})
    day = dt.date.fromisoformat
    return {row[0]: OnboardingFact(row[0], row[1], day(row[2]), day(row[3]), bool(row[4])) for row in rows}


def contacts_of_day(db: Reads, start: dt.datetime, end: dt.datetime) -> list[tuple[Any, ...]]:
    """Contacts from *start* to before *end*: (id, account, name, instant, subject, channel, whether they meet)."""
    return db.all(_DAY, {"start": _instant(start), "end": _instant(end)})


def done_on(db: Reads, day: dt.date) -> dict[str, int]:
    """How many tasks and promises were completed on *day*, by kind."""
    rows = db.all("select kind, count(*) from task where done_on = :t group by kind", {"t": day.isoformat()})
    return dict(rows)


def _contract(row: tuple[Any, ...]) -> ContractFact:
    renews = None if row[9] is None else bool(row[9])
    term = Term(
        _date(row[5]), _date(row[6]), row[7], row[8], renews, row[10], row[11], row[12], bool(row[13])
    )
    value = None if row[3] is None else Decimal(row[3]).scaleb(-4)
    return ContractFact(row[0], row[1], row[2], value, row[4], term)


def _people(row: tuple[Any, ...]) -> PeopleFact:
    left_on, left_id, left_name = (row[5] or "|0|").split("|", 2)
    who = (row[2] or 0, row[3] or "", row[4], int(left_id), left_name, _date(left_on))
    return PeopleFact._make((*row[:2], *who, row[6], row[7] or "", bool(row[8])))


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _epoch(day: int) -> dt.date:
    return dt.date.fromordinal(day + EPOCH)


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
