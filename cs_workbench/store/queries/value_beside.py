"""What stands beside a value ledger: the contracts of its account, and what readings say of value ÷ cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.contract_terms import Term
from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class RatioReading:
    """Verified value ÷ cost as it was read on a day."""

    on: dt.date
    value: Decimal


TERMS = """select c.account_id, c.id, c.start_on, c.end_on, coalesce(c.arr, c.mrr * 12), coalesce(c.currency, ''),
           coalesce(c.name, c.external_id, c.plan, ''), coalesce(c.product_id, '') || '/' || coalesce(c.plan, ''),
           case when coalesce(a.churned_on, '') <= :known
                    and (select s.data ->> 'closed' from list_item s where s.list = 'stage' and s.key = a.stage)
                then 'churned' else c.status end
       from contract c join account a on a.id = c.account_id where c.account_id in ({accounts})
           and ((c.is_trial = 0 and c.status <> 'trial') or c.id in (select contract_id from value_cost))
       order by c.account_id, coalesce(c.start_on, ''), c.id"""
RATIOS = """select r.account_id, max(r.day), r.value from reading r join metric m on m.id = r.metric_id
       where m.role = 'value_ratio' and r.day <= :day and r.account_id in ({accounts})
       group by r.account_id"""


def contract_terms(db: Reads, account_ids: Iterable[int], as_of: dt.date) -> dict[int, tuple[Term, ...]]:
    """Every paid contract of some accounts, by account, oldest first: what a cost goes through over time."""
    return terms_from(db.all(TERMS.format(accounts=_listed(account_ids)), {"known": as_of.isoformat()}))


def terms_from(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[Term, ...]]:
    """What TERMS gave. What is signed is paid to its end; nothing is assumed to go on beyond it for a customer who is
    recorded as lost by then. What we expect of a renewal does not enter.
    """
    found: dict[int, list[Term]] = {}
    for row in rows:
        yearly = None if row[4] is None else Decimal(row[4]).scaleb(-4)
        product, _, plan = row[7].partition("/")
        runs_on = row[8] == "active"
        term = Term(row[1], _day(row[2]), _day(row[3]), yearly, row[5], row[6], product, plan, runs_on)
        found.setdefault(row[0], []).append(term)
    return {key: tuple(terms) for key, terms in found.items()}


def metrics_of_role(db: Reads, role: str) -> frozenset[int]:
    """Every metric of that role."""
    return frozenset(int(key) for (key,) in db.all("select id from metric where role = :r", {"r": role}))


def ratio_readings(db: Reads, account_ids: Iterable[int], as_of: dt.date) -> dict[int, RatioReading]:
    """The newest reading of verified value ÷ cost of some accounts, by account."""
    day = {"day": as_of.toordinal() - EPOCH}
    return ratios_from(db.all(RATIOS.format(accounts=_listed(account_ids)), day))


def ratios_from(rows: Iterable[Sequence[Any]]) -> dict[int, RatioReading]:
    """What RATIOS gave."""
    return {
        account: RatioReading(dt.date.fromordinal(EPOCH + day), Decimal(repr(value)))
        for account, day, value in rows
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
