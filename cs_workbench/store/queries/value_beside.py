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


TERMS = """select account_id, id, start_on, end_on, coalesce(arr, mrr * 12), coalesce(currency, ''),
           coalesce(name, external_id, plan, ''), coalesce(product_id, '') || '/' || coalesce(plan, ''),
           case when account_id in (select id from account where churned_on is not null) then 'churned' else status end
       from contract where account_id in ({accounts})
           and ((is_trial = 0 and status <> 'trial') or id in (select contract_id from value_cost))
       order by account_id, coalesce(start_on, ''), id"""
RATIOS = """select r.account_id, max(r.day), r.value from reading r join metric m on m.id = r.metric_id
       where m.role = 'value_ratio' and r.day <= :day and r.account_id in ({accounts})
       group by r.account_id"""


def contract_terms(db: Reads, account_ids: Iterable[int]) -> dict[int, tuple[Term, ...]]:
    """Every paid contract of some accounts, by account, oldest first: what a cost goes through over time."""
    return terms_from(db.all(TERMS.format(accounts=_listed(account_ids))))


def terms_from(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[Term, ...]]:
    """What TERMS gave."""
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


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(one)) for one in ids) or "null"


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
