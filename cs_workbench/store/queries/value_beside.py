"""What stands beside a value ledger: the contracts of its account, and what readings say of value ÷ cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.contract_standing import Known, settled
from cs_workbench.domain.contract_terms import Term
from cs_workbench.store.queries.local_days import EPOCH
from cs_workbench.store.queries.terms import called

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class RatioReading:
    """Verified value ÷ cost as it was read on a day."""

    on: dt.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Signed:
    """The contracts of an account, oldest first, and the last day it was a customer; None while it is one.

    ``dated`` is False where it has left on a day nobody wrote down: then ``left`` is the day asked for.
    """

    terms: tuple[Term, ...] = ()
    left: dt.date | None = None
    dated: bool = True


_MOST_TIMES = 1_000_000
_CALLED_OFF = """from audit l where l.entity_id = c.id and l.entity = 'contract' and l.field = 'status'
                     and l.new not in ('active', 'trial', 'draft')"""
TERMS = f"""select a.id, c.id, c.start_on, c.end_on, coalesce(c.arr, c.mrr * 12), coalesce(c.currency, ''),
           coalesce({called("c")}, ''), coalesce(c.product_id, '') || '/' || coalesce(c.plan, ''), c.status,
           case when coalesce(a.churned_on, '') <= :known
                    and (select s.data ->> 'closed' from list_item s where s.list = 'stage' and s.key = a.stage)
                then coalesce(a.churned_on, '') end,
           coalesce((select 'a' || substr(l.at, 1, 10) {_CALLED_OFF} and l.old in ('active', 'trial')
                     order by l.id desc limit 1),
                    (select 'c' {_CALLED_OFF} and l.old = 'draft'), 'c' || substr(c.created_at, 1, 10)), :known
       from account a left join contract c on c.account_id = a.id
           and ((c.is_trial = 0 and c.status <> 'trial') or c.id in (select contract_id from value_cost))
       where a.id in ({{accounts}}) order by a.id, coalesce(c.start_on, ''), c.id"""
RATIOS = """select r.account_id, max(r.day), r.value from reading r join metric m on m.id = r.metric_id
       where m.role = 'value_ratio' and r.day <= :day and r.account_id in ({accounts})
       group by r.account_id"""


def contract_terms(db: Reads, account_ids: Iterable[int], as_of: dt.date) -> dict[int, Signed]:
    """Every paid contract of some accounts, by account: what a cost goes through over time; and who has left."""
    return terms_from(db.all(TERMS.format(accounts=_listed(account_ids)), {"known": as_of.isoformat()}))


def terms_from(rows: Iterable[Sequence[Any]]) -> dict[int, Signed]:
    """What TERMS gave. What is signed is paid to its end; nothing is assumed to go on beyond it for a customer who is
    recorded as lost by then. What we expect of a renewal does not enter.
    """
    found: dict[int, Signed] = {}
    known: dict[int, list[Known]] = {}
    rows = tuple(rows)
    for row in rows:
        own = found.setdefault(
            row[0], Signed((), _day(row[9] or row[11]) if row[9] is not None else None, row[9] != "")
        )
        if row[1] is not None:
            known.setdefault(row[0], []).append(_known(row, own.left))
    as_of = {row[0]: dt.date.fromisoformat(row[11]) for row in rows}
    return {key: replace(own, terms=settled(known.get(key, ()), as_of[key])) for key, own in found.items()}


def _known(row: Sequence[Any], left: dt.date | None) -> Known:
    """One contract. It never ran where it is a draft, or was called off before it began: so recorded before its first
    day, or its customer has left before. One that is over without a last day counts until the customer left, or until
    the day asked for. A change of anything else than its status says nothing of it.
    """
    yearly = None if row[4] is None else Decimal(row[4]).scaleb(-4)
    product, _, plan = row[7].partition("/")
    starts_on, ends_on = _day(row[2]), _day(row[3])
    active, alive = row[8] == "active", row[8] in {"active", "trial"}
    seen, off_on = row[10][:1] == "a", row[10][1:]
    off = not alive and starts_on is not None and row[2] > off_on
    gone = left is not None and starts_on is not None and starts_on > left
    over = (left or _day(row[11])) if ends_on is None and (not alive or left is not None) else None
    term = Term(
        row[1], starts_on, ends_on, yearly, row[5], row[6], product, plan, active and left is None, over,
        row[8] == "draft" or off or gone, not alive and row[8] != "draft",
    )  # fmt: skip
    return Known(term, _day(off_on or None), seen and not off, row[8] == "churned")


def metrics_of_role(db: Reads, role: str) -> frozenset[int]:
    """Every metric of that role."""
    return frozenset(int(key) for (key,) in db.all("select id from metric where role = :r", {"r": role}))


def ratio_readings(db: Reads, account_ids: Iterable[int], as_of: dt.date) -> dict[int, RatioReading]:
    """The newest reading of verified value ÷ cost of some accounts, by account."""
    day = {"day": as_of.toordinal() - EPOCH}
    return ratios_from(db.all(RATIOS.format(accounts=_listed(account_ids)), day))


def ratios_from(rows: Iterable[Sequence[Any]]) -> dict[int, RatioReading]:
    """What RATIOS gave; a figure nobody can mean is no reading."""
    return {
        account: RatioReading(dt.date.fromordinal(EPOCH + day), Decimal(repr(value)))
        for account, day, value in rows
        if abs(value) < _MOST_TIMES
    }


def situation(db: Reads, account_id: int) -> tuple[str, str]:
    """What models are matched with: the account's industry, and its persona with its definition of success."""
    row = db.one(
        """select coalesce(a.industry, ''), trim(coalesce(p.name, '') || ' ' || coalesce(p.definition, ''))
           from account a left join map_place m on m.account_id = a.id left join persona p on p.id = m.persona_id
           where a.id=:a""",
        {"a": account_id},
    )
    return ("", "") if row is None else (str(row[0]), str(row[1]))


def records(db: Reads, account_id: int, most: int) -> list[tuple[str, int, str, str]]:
    """What can be named as evidence, newest first: kind, id, words, day; tickets, contacts and survey answers."""
    return db.all(
        """select * from (
             select 'contact', id, subject, substr(at, 1, 10) as day from interaction where account_id=:a
             union all select 'ticket', id, subject, substr(opened_at, 1, 10) from ticket where account_id=:a
             union all select 'survey', id, upper(kind) || ' ' || cast(score as integer), answered_on
                       from survey where account_id=:a)
           order by day desc, 2 desc limit :most""",
        {"a": account_id, "most": most},
    )


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(one)) for one in ids) or "null"


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
