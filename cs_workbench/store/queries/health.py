"""Every measure of the scorecard for all accounts as one aggregate: the same text for all, for one, for any date.

Each text gives (account_id, numerator, denominator, day) and reads ``:t`` (the as-of date, ISO), ``:day`` (the
same as days since 1970), ``:tomorrow`` (the UTC instant at which the local day after it begins), ``:window`` (days),
``:since`` (the instant at which the first day of the window begins), ``:subject``, ``:aggregation`` and ``:feed``;
``{w}`` is empty for all accounts and ``and a.id = :a`` for one. Facts are honest at ``:t``: what was opened, solved,
started or left after it counts as not yet so. Readings are always found by seek from ``account``.

The texts named in ``BY_INSTANT`` give the instant of the newest record in place of its day (none: today), which
``measured`` turns into a day of the portfolio's time zone.

Two kinds of metric are told apart. A *level* (seats, active users, hand-made grades) is dated by the account's own
newest reading. A *count* (usage, features, mails, events) leaves no row where nothing happened, so it is dated by
the newest reading of anyone (``:feed``), and an account that once had readings and now has none counts 0. Windows
end at that date, so that an export of last week does not look like a fall.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

from cs_workbench.store.queries.local_days import EPOCH, as_of_params, local_days
from cs_workbench.store.queries.terms import RUNNING, TWO_WAY

if TYPE_CHECKING:
    from cs_workbench.domain.local_days import LocalDays
    from cs_workbench.store.reads import Reads

LIVE = "(a.archived_at is null or a.archived_at >= :tomorrow)"

_SEATS = f"""(select sum(c.seats) from contract c
    where c.account_id = a.id and c.is_trial = 0 and {RUNNING})"""

_NEWEST = """select a.id as account_id, m.id as metric_id, m.role as role, m.feature as feature,
        m.aggregation as aggregation,
        (select max(r.day) from reading r
         where r.account_id = a.id and r.metric_id = m.id and r.day <= :day) as day
    from account a cross join metric m"""
"""The newest reading of each account and metric not after ``:day``."""

_USAGE_METRIC = """(m.role = 'usage'
    or (m.role = 'feature' and not exists (select 1 from metric u where u.role = 'usage')))"""

_FEATURE_METRIC = "(m.role = 'feature' or (m.role = 'usage' and m.feature is not null))"

_DAY_OF_DATE = "cast(julianday({column}) - 2440587.5 as integer)"

_SEATS_USED = f"""
with newest as materialized ({_NEWEST} where m.role in ('seats_used', 'active_users') {{w}}),
used as (
    select n.account_id, n.role, sum(r.value) as seats, max(n.day) as day
    from newest n cross join reading r
    where r.account_id = n.account_id and r.metric_id = n.metric_id and r.day = n.day
    group by n.account_id, n.role)
select a.id, u.seats, {_SEATS}, u.day
from used u join account a on a.id = u.account_id
where {LIVE} and (u.role = 'seats_used' or not exists (
    select 1 from used s where s.account_id = u.account_id and s.role = 'seats_used'))"""

_ACTIVE_USERS = f"""
with newest as materialized ({_NEWEST} where m.role = 'active_users' {{w}}),
active as (
    select n.account_id, max(n.day) as day, case n.aggregation
        when 'last' then max(case when r.day = n.day then r.value end)
        when 'mean' then avg(r.value) else max(r.value) end as users
    from newest n cross join reading r
    where r.account_id = n.account_id and r.metric_id = n.metric_id
      and r.day > n.day - :window and r.day <= n.day
    group by n.account_id, n.metric_id)
select a.id, max(u.users), {_SEATS}, max(u.day)
from active u join account a on a.id = u.account_id where {LIVE} group by a.id"""

_FEATURES_USED = f"""
with known as materialized (
    select m.id, coalesce(m.feature, m.key) as feature from metric m
    where {_FEATURE_METRIC} and exists (
        select 1 from account x cross join reading r
        where r.account_id = x.id and r.metric_id = m.id and r.day <= :feed))
select a.id, count(distinct case when exists (
        select 1 from reading r where r.account_id = a.id and r.metric_id = m.id
          and r.day > :feed - :window and r.day <= :feed and r.value > 0) then m.feature end) as used,
    (select count(distinct feature) from known), :feed
from account a cross join known m
where :feed is not null and {LIVE} {{w}}
group by a.id
having used > 0 or exists (
    select 1 from known k cross join reading r
    where r.account_id = a.id and r.metric_id = k.id and r.day <= :feed)"""

_USAGE_TREND = f"""
select a.id, coalesce(sum((
        select sum(r.value) from reading r where r.account_id = a.id and r.metric_id = m.id
          and r.day > :feed - :window and r.day <= :feed)), 0),
    coalesce(sum((
        select sum(r.value) from reading r where r.account_id = a.id and r.metric_id = m.id
          and r.day > :feed - 2 * :window and r.day <= :feed - :window)), 0), :feed
from account a cross join metric m
where :feed is not null and {_USAGE_METRIC} and {LIVE} {{w}}
group by a.id
having exists (
    select 1 from metric m cross join reading r
    where {_USAGE_METRIC} and r.account_id = a.id and r.metric_id = m.id and r.day <= :feed - 2 * :window + 7)"""

_MAILS_AND_EVENTS = f"""
select a.id, coalesce(sum((
        select sum(r.value) from reading r where r.account_id = a.id and r.metric_id = m.id
          and r.day > :feed - :window and r.day <= :feed)), 0) as times, null, :feed
from account a cross join metric m
where :feed is not null and m.role in ('mail_opens', 'events_attended') and {LIVE} {{w}}
group by a.id
having times > 0 or exists (
    select 1 from metric m cross join reading r
    where m.role in ('mail_opens', 'events_attended')
      and r.account_id = a.id and r.metric_id = m.id and r.day <= :feed)"""

_LAST_CONTACT = f"""
with newest as materialized (
    select a.id, (select i.at from interaction i
                  where i.account_id = a.id and {TWO_WAY} order by i.at desc limit 1) as at
    from account a where {LIVE} {{w}})
select id, null, null, at from newest where at is not null"""
"""Materialized, for else SQLite looks for each contact twice: once to show it and once to see whether there is one."""

_DECISION_MAKER_MET = f"""
select id, met is not null, null, met from (
    select a.id, (
        select i.at from interaction i
        where i.account_id = a.id and i.direction = 'both' and i.channel <> 'note' and i.at < :tomorrow
          and i.at >= :since and exists (
            select 1 from interaction_person ip join person_role pr on pr.person_id = ip.person_id
            where ip.interaction_id = i.id and pr.role in ('decision_maker', 'economic_buyer'))
        order by i.at desc limit 1) as met
    from account a where {LIVE} {{w}} and exists (
        select 1 from person p join person_role pr on pr.person_id = p.id
        where p.account_id = a.id and pr.role in ('decision_maker', 'economic_buyer')
          and (p.status = 'active' or p.left_on > :t)))
where exists (select 1 from interaction_person ip join interaction i on i.id = ip.interaction_id
              where i.at < :tomorrow)"""

_OPEN_SEVERE_TICKETS = f"""
with feed as materialized (
    select coalesce(k.source, '') as source,
        max(max(k.opened_at), coalesce(max(case when k.solved_at < :tomorrow then k.solved_at end), '')) as at,
        coalesce((select max(b.at) from import_batch b where b.kind = 'tickets' and b.source = k.source), '9') as told
    from ticket k where k.opened_at < :tomorrow group by k.source),
covered as materialized (
    select a.id, max(f.at) as at from account a cross join feed f
    where {LIVE} {{w}} and (
        exists (select 1 from ticket k where k.account_id = a.id and k.opened_at < :tomorrow
                and coalesce(k.source, '') = f.source)
        or a.created_at <= f.told and exists (
            select 1 from account_source s where s.account_id = a.id and s.source = f.source))
    group by a.id)
select c.id, (
    select count(*) from ticket k
    where k.account_id = c.id and k.opened_at < :tomorrow and k.priority in ('high', 'urgent')
      and (k.solved_at >= :tomorrow or (k.solved_at is null and k.status not in ('done', 'no_action')))),
    null, c.at
from covered c"""
"""None open is 0 only where somebody would have told: the account has a ticket, or is known to the system the tickets
come from and was so when its newest ticket file came. Others are not measured, and are dated by their own systems.
"""

_ROLE_LATEST = f"""
with newest as materialized ({_NEWEST} where m.role = :subject {{w}})
select n.account_id, r.value, null, max(n.day)
from newest n cross join reading r join account a on a.id = n.account_id
where r.account_id = n.account_id and r.metric_id = n.metric_id and r.day = n.day and {LIVE}
group by n.account_id"""

_METRIC = f"""
with newest as materialized ({_NEWEST} where m.key = :subject {{w}})
select n.account_id, case :aggregation
        when 'last' then max(case when r.day = n.day then r.value end)
        when 'mean' then avg(r.value) when 'max' then max(r.value) else sum(r.value) end, null, n.day
from newest n cross join reading r join account a on a.id = n.account_id
where r.account_id = n.account_id and r.metric_id = n.metric_id and {LIVE}
  and r.day > n.day - case :aggregation when 'last' then 1 else :window end and r.day <= n.day
group by n.account_id"""

_SURVEY = f"""
select s.account_id, avg(s.score), null, max({_DAY_OF_DATE.format(column="s.answered_on")})
from account a cross join survey s
where s.account_id = a.id and s.kind = :subject and s.score is not null and s.answered_on <= :t
  and s.answered_on > date(:t, -:window || ' days') and {LIVE} {{w}}
group by s.account_id"""

MEASURES: dict[str, str] = {
    "seats_used": _SEATS_USED,
    "last_contact": _LAST_CONTACT,
    "decision_maker_met": _DECISION_MAKER_MET,
    "mails_and_events": _MAILS_AND_EVENTS,
    "open_severe_tickets": _OPEN_SEVERE_TICKETS,
    "active_users": _ACTIVE_USERS,
    "features_used": _FEATURES_USED,
    "usage_trend": _USAGE_TREND,
    "role_latest": _ROLE_LATEST,
    "metric": _METRIC,
    "survey": _SURVEY,
}

BY_INSTANT = frozenset(("last_contact", "decision_maker_met", "open_severe_tickets"))
"""The sources whose newest record is an instant."""


FEEDS: dict[str, str] = {
    "features_used": _FEATURE_METRIC,
    "usage_trend": _USAGE_METRIC,
    "mails_and_events": "m.role in ('mail_opens', 'events_attended')",
}
"""The sources that read counts, with the metrics they read."""

MeasuredRow: TypeAlias = tuple[int, float | None, float | None, int | None]
"""(account_id, numerator, denominator, day of the newest record behind it as days since 1970-01-01)."""


def feed_days(db: Reads, as_of: dt.date) -> dict[str, int | None]:
    """The newest reading of any account behind each counting source (the keys of FEEDS) not after *as_of*.

    One statement. It stops at the first reading of the day itself, which is the usual case and spares a seek for
    every account.
    """
    row = db.one(f"select {', '.join(map(_feed, FEEDS))}", as_of_params(db, as_of))
    return dict(zip(FEEDS, row or (), strict=False))


def feed_day(db: Reads, source: str, as_of: dt.date) -> int | None:
    """The same of one *source*."""
    newest: int | None = db.scalar(f"select {_feed(source)}", as_of_params(db, as_of))
    return newest


def _feed(source: str) -> str:
    return f"""coalesce(
        (select :day from account a cross join metric m where {FEEDS[source]} and exists (
            select 1 from reading r where r.account_id = a.id and r.metric_id = m.id and r.day = :day) limit 1),
        (select max((select max(r.day) from reading r
                     where r.account_id = a.id and r.metric_id = m.id and r.day <= :day))
         from account a cross join metric m where {FEEDS[source]}))"""


def measured(
    db: Reads,
    source: str,
    as_of: dt.date,
    *,
    window: int,
    subject: str = "",
    aggregation: str = "last",
    feed: int | None = None,
    account_id: int | None = None,
) -> list[MeasuredRow]:
    """The values of one *source* (a key of MEASURES) as (account_id, numerator, denominator, day).

    One row an account, none where it is not measured; plain tuples, for there are tens of thousands. ``feed`` is
    what ``feed_days`` gave for the source.
    """
    days = local_days(db)
    first = dt.date.fromordinal(max(as_of.toordinal() - window, EPOCH))
    params: dict[str, object] = {
        "t": as_of.isoformat(), "day": as_of.toordinal() - EPOCH, "tomorrow": days.ends(as_of),
        "window": window, "since": days.begins(first), "subject": subject, "aggregation": aggregation,
        "feed": feed, "a": account_id,
    }  # fmt: skip
    rows = db.all(MEASURES[source].format(w="" if account_id is None else "and a.id = :a"), params)
    return _dated(rows, source, days, as_of) if source in BY_INSTANT else rows


def _dated(rows: list[tuple[Any, ...]], source: str, days: LocalDays, as_of: dt.date) -> list[MeasuredRow]:
    """Rows with the local day of the instant in their last place; for the last contact, how many days ago it was."""
    today, number = as_of.toordinal() - EPOCH, days.number_of
    dated = [(*row[:3], today if row[3] is None else number(row[3])) for row in rows]
    if source == "last_contact":
        return [(account, today - day, None, day) for account, _none, _nothing, day in dated]
    return dated


def account_ids(db: Reads, as_of: dt.date) -> list[int]:
    """The accounts that are scored: those not archived at *as_of*."""
    return [
        row[0]
        for row in db.all(f"select a.id from account a where {LIVE} order by a.id", as_of_params(db, as_of))
    ]


def account_facts(db: Reads, as_of: dt.date, account_id: int | None = None) -> list[tuple[Any, ...]]:
    """What segment rules and ages ask: (id, segment_id, tier, stage, industry, country, known since (ISO or None)).

    Known since: the date on the account, else the start of its first paid contract.
    """
    w = "" if account_id is None else "and a.id = :a"
    return db.all(
        f"""select a.id, a.segment_id, a.tier, a.stage, a.industry, a.country, coalesce(a.customer_since, (
                select min(c.start_on) from contract c
                where c.account_id = a.id and c.is_trial = 0 and c.status <> 'draft' and c.start_on <= :t))
            from account a where {LIVE} {w}""",
        {**as_of_params(db, as_of), "a": account_id},
    )


def account_tags(db: Reads) -> list[tuple[int, str]]:
    """Every (account_id, tag)."""
    return [(row[0], row[1]) for row in db.all("select account_id, tag from account_tag")]


def account_custom(db: Reads) -> list[tuple[int, str, str]]:
    """Every (account_id, field key, canonical text)."""
    rows = db.all("""select v.account_id, f.key, v.value from account_custom v
                     join custom_field f on f.id = v.field_id""")
    return [(row[0], row[1], row[2]) for row in rows]


def segments(db: Reads) -> list[tuple[int, str, str, str]]:
    """The segments in order: (id, key, scorecard key, rule JSON)."""
    rows = db.all("select id, key, scorecard_key, rule from segment order by position, id")
    return [(row[0], row[1], row[2], row[3]) for row in rows]
