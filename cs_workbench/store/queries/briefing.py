"""What a renewal briefing reads of one account: a handful of statements, each found by the account's own index.

Everything is honest at ``:t`` (the as-of date): what was opened, answered or done after it counts as not yet so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from cs_workbench.domain.local_days import LocalDays
from cs_workbench.store.queries.briefing_rows import (
    AccountRow,
    ContractRow,
    EventRow,
    FeatureRow,
    InteractionRow,
    MeetingRow,
    MonthRow,
    OpportunityRow,
    PersonRow,
    SurveyRow,
    TaskRow,
    TicketRow,
)
from cs_workbench.store.queries.terms import TWO_WAY

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

Row = TypeVar("Row")
_EPOCH = dt.date(1970, 1, 1).toordinal()


_DATE = dt.date.fromisoformat


def _money(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-4)


def _day(value: str | None) -> dt.date | None:
    return None if value is None else _DATE(value[:10])


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _as_is(value: Any) -> Any:
    return value


_KINDS: dict[str, Callable[[Any], Any]] = {".": _as_is, "$": _money, "d": _day, "?": _flag}


def _rows(db: Reads, made: Callable[..., Row], kinds: str, sql: str, params: dict[str, object]) -> list[Row]:
    """The rows of *sql* as *made*, each column read by its letter: . as is, $ money, d date, ? yes or no."""
    readers = [_KINDS[kind] for kind in kinds]
    return [
        made(*[read(value) for read, value in zip(readers, row, strict=True)]) for row in db.all(sql, params)
    ]


def params(account_id: int, as_of: dt.date, zone: str = "UTC") -> dict[str, object]:
    """The parameters every query here reads; the day ends where the portfolio lives (*zone*, IANA)."""
    return {"a": account_id, "t": as_of.isoformat(), "tomorrow": LocalDays(zone).ends(as_of)}


def account(db: Reads, account_id: int) -> AccountRow | None:
    """The account, None if there is none of that id."""
    found = _rows(
        db, AccountRow, "...d....d",
        """select id, name, industry, customer_since, stage, tier, owner, note,
                  case when (select s.data ->> 'closed' from list_item s where s.list = 'stage' and s.key = a.stage)
                       then coalesce(churned_on, '0001-01-01') end
           from account a where id = :a""",
        {"a": account_id},
    )  # fmt: skip
    return found[0] if found else None


def contracts(db: Reads, given: dict[str, object]) -> list[ContractRow]:
    """Every contract of the account, the newest first."""
    return _rows(
        db, ContractRow, ".....$$$..dd...?.?.",
        """select c.id, c.name, p.name, c.plan, c.seats, c.arr, c.mrr, c.amount, c.currency, c.billing, c.start_on,
                  c.end_on, c.term_months, c.notice_days, c.notice_months, c.auto_renew, c.status, c.is_trial, c.note
           from contract c left join product p on p.id = c.product_id
           where c.account_id = :a order by c.start_on desc, c.id desc""",
        {"a": given["a"]},
    )  # fmt: skip


def events(db: Reads, given: dict[str, object]) -> list[EventRow]:
    """Movements of the two years before the as-of date, the newest first."""
    return _rows(
        db, EventRow, "..d$..",
        """select id, kind, on_date, amount, currency, note from contract_event
           where account_id = :a and on_date <= :t and on_date > date(:t, '-2 years') order by on_date desc, id desc""",
        {"a": given["a"], "t": given["t"]},
    )  # fmt: skip


def opportunities(db: Reads, given: dict[str, object]) -> list[OpportunityRow]:
    """Sales of the account known at the date, the latest to close first."""
    return _rows(
        db, OpportunityRow, ".....$..d.",
        """select o.id, o.name, o.stage, o.outcome, coalesce(p.name, o.product_text), o.amount, o.currency,
                  o.probability, o.close_on, o.next_step
           from opportunity o left join product p on p.id = o.product_id
           where o.account_id = :a and (o.opened_on is null or o.opened_on <= :t)
           order by o.close_on desc, o.id desc""",
        {"a": given["a"], "t": given["t"]},
    )  # fmt: skip


def people(db: Reads, given: dict[str, object]) -> list[PersonRow]:
    """People of the account with their roles, the most influential first."""
    return _rows(
        db, PersonRow, "......d?...",
        f"""select p.id, p.name, p.title, p.department, p.influence, p.sentiment, p.left_on,
                  p.status = 'left' and (p.left_on is null or p.left_on <= :t), p.note,
                  (select group_concat(r.role) from person_role r where r.person_id = p.id),
                  (select max(i.at) from interaction_person ip join interaction i on i.id = ip.interaction_id
                   where ip.person_id = p.id and {TWO_WAY})
           from person p where p.account_id = :a order by p.influence is null, p.influence desc, p.id""",
        given,
    )  # fmt: skip


def interactions(db: Reads, given: dict[str, object], limit: int = 400) -> list[InteractionRow]:
    """Contacts up to the date, the newest first."""
    return _rows(
        db, InteractionRow, "........?..?",
        f"""select i.id, i.at, i.channel, i.direction, i.subject, i.body, i.duration_min, i.sentiment, i.shareable,
                  (select group_concat(p.name, char(10))
                   from interaction_person ip join person p on p.id = ip.person_id where ip.interaction_id = i.id),
                  (select group_concat(t.tag, char(10)) from interaction_tag t where t.interaction_id = i.id),
                  {TWO_WAY}
           from interaction i where i.account_id = :a and i.at < :tomorrow
           order by i.at desc, i.id desc limit :limit""",
        {"a": given["a"], "tomorrow": given["tomorrow"], "limit": limit},
    )  # fmt: skip


def tasks(db: Reads, given: dict[str, object]) -> list[TaskRow]:
    """Tasks and promises: the open ones by date, then those done in the year before the date."""
    return _rows(
        db, TaskRow, ".....dd?.",
        """select t.id, t.kind, t.title, t.owner, p.name, t.due_on,
                  case when t.done_on <= :t then t.done_on end, t.shareable, t.note
           from task t left join person p on p.id = t.person_id
           where t.account_id = :a and t.created_at < :tomorrow
             and (t.done_on is null or t.done_on > date(:t, '-1 year'))
           order by t.done_on is not null, t.due_on is null, t.due_on, t.id""",
        given,
    )  # fmt: skip


def tickets(db: Reads, given: dict[str, object]) -> list[TicketRow]:
    """Tickets opened up to the date, the newest first."""
    return _rows(
        db, TicketRow, "............?",
        """select id, external_id, subject, status, priority, kind, assignee, opened_at, solved_at, first_reply_min,
                  resolution_min, satisfaction, escalated
           from ticket where account_id = :a and opened_at < :tomorrow
           order by opened_at desc, id desc limit 5000""",
        {"a": given["a"], "tomorrow": given["tomorrow"]},
    )  # fmt: skip


def surveys(db: Reads, given: dict[str, object]) -> list[SurveyRow]:
    """Survey answers of the two years before the date, the newest first."""
    return _rows(
        db, SurveyRow, "....d?.",
        """select s.id, s.kind, s.score, s.comment, s.answered_on, s.shareable, p.name
           from survey s left join person p on p.id = s.person_id
           where s.account_id = :a and s.answered_on <= :t and s.answered_on > date(:t, '-2 years')
           order by s.answered_on desc, s.id desc""",
        {"a": given["a"], "t": given["t"]},
    )  # fmt: skip


def meetings(db: Reads, account_id: int) -> list[MeetingRow]:
    """What is fixed for the account's renewals, the one that ends first in front; people who left are not asked."""
    rows = db.all(
        """select p.term_end, p.meeting_at, p.approval_days, (
               select group_concat(name, char(10)) from (
                   select who.name from renewal_attendee t join person who on who.id = t.person_id
                   where t.plan_id = p.id and who.status <> 'left' order by who.influence desc, who.id))
           from renewal_plan p where p.account_id = :a order by p.term_end""",
        {"a": account_id},
    )
    return [
        MeetingRow(
            _DATE(end), dt.datetime.fromisoformat(at) if at else None, days, tuple((names or "").splitlines())
        )
        for end, at, days, names in rows
    ]


_MONTHS = """
select m.id, m.name, m.family, m.feature, m.role, m.unit, m.aggregation,
       strftime('%Y-%m', r.day * 86400, 'unixepoch') as month, sum(r.value), count(*), max(r.value), 0, 0
from metric m cross join reading r
where r.account_id = :a and r.metric_id = m.id and r.day >= :first and r.day <= :last
  and m.role in ('active_users', 'seats_used', 'usage', 'feature')
group by m.id, month"""

_LAST_OF_MONTH = """
select r.metric_id, strftime('%Y-%m', r.day * 86400, 'unixepoch') as month, max(r.day), r.value
from metric m cross join reading r
where r.account_id = :a and r.metric_id = m.id and r.day >= :first and r.day <= :last
  and m.role in ('active_users', 'seats_used') group by m.id, month"""


def months(db: Reads, account_id: int, first: dt.date, last: dt.date) -> list[MonthRow]:
    """Monthly readings of the metrics that tell of use, from the month of *first* to the day *last*."""
    span = {"a": account_id, "first": first.toordinal() - _EPOCH, "last": last.toordinal() - _EPOCH}
    ends = {(metric, month): (day, value) for metric, month, day, value in db.all(_LAST_OF_MONTH, span)}
    rows = []
    for row in db.all(_MONTHS, span):
        day, value = ends.get((row[0], row[7]), (0, 0.0))
        rows.append(MonthRow(*(*row[:11], day, value)))
    return rows


def features(db: Reads, account_id: int, last: dt.date) -> list[FeatureRow]:
    """Use by feature in the 90 days up to *last* and the 90 before, the most used first."""
    day = last.toordinal() - _EPOCH
    return [
        FeatureRow(*row)
        for row in db.all(
            """select m.id, m.feature, sum(case when r.day > :middle then r.value else 0 end) as now,
                      sum(case when r.day <= :middle then r.value else 0 end),
                      case when m.name in (m.key, m.family || ': ' || m.feature) then '' else m.name end
               from metric m cross join reading r
               where r.account_id = :a and r.metric_id = m.id and r.day > :start and r.day <= :day
                 and m.feature is not null and (m.role = 'feature' or (
                     m.role = 'usage' and not exists (select 1 from metric f where f.role = 'feature')))
               group by m.id order by now desc, m.feature""",
            {"a": account_id, "day": day, "middle": day - 90, "start": day - 180},
        )
    ]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is the same for every account on one date: settings, feeds, names, features there are."""

    settings: dict[str, Any]
    use_until: dt.date | None
    tickets_until: dt.date | None
    features: int
    names: tuple[tuple[int, str], ...]  # (account id, a name it goes by)
    tickets_from: dt.date | None = None


def portfolio(db: Reads, as_of: dt.date) -> Portfolio:
    """Read once for many documents; see Portfolio."""
    from cs_workbench.store.queries.health import feed_days
    from cs_workbench.store.queries.local_days import local_days
    from cs_workbench.store.queries.settings import settings

    feeds = feed_days(db, as_of)
    found = (feeds[source] for source in ("usage_trend", "features_used"))
    day = max((each for each in found if each is not None), default=None)
    days = local_days(db)
    ticket = db.scalar(
        """select max(at) from (select max(opened_at) as at from ticket where opened_at < :tomorrow
           union all select max(solved_at) from ticket where solved_at < :tomorrow)""",
        {"tomorrow": days.ends(as_of)},
    )
    known = db.scalar("select count(distinct feature) from metric where role in ('feature', 'usage')")
    first = db.scalar("select min(opened_at) from ticket")
    names = db.all("select id, name from account union all select account_id, name_key from account_alias")
    until = None if day is None else dt.date.fromordinal(day + _EPOCH)
    return Portfolio(
        settings(db), until, ticket and days.day_of(ticket), int(known or 0),
        tuple((int(a), str(n)) for a, n in names), first and days.day_of(first),
    )  # fmt: skip
