"""The account list in as few statements as it takes: the fast path of the command line.

Plain tuples and only ``terms`` imported, so that nothing heavy stands between the shell and the first line.
"""

from __future__ import annotations

from cs_workbench.store.queries.terms import RUNNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

    Params = dict[str, object]

_VALUE = "case when c.arr is not null then c.arr else c.mrr * 12 end"

_ACCOUNTS = """
select a.id, a.name, json_quote(a.name), json_quote(a.stage), json_quote(s.score), s.band, s.coverage,
    a.stage, a.tier, a.owner, a.reading, s.as_of
from account a left join snapshot s on s.id = (
    select x.id from snapshot x where x.account_id = a.id and x.as_of <= :t order by x.as_of desc, x.id desc limit 1)
where (a.archived_at is null or a.archived_at >= :tomorrow) {w}
order by case when a.reading <> '' then a.reading else a.name_key end, a.id"""

_CONTRACTS = f"""
select c.account_id, sum({_VALUE}), c.currency, count(distinct coalesce(c.currency, '')),
    min(case when c.end_on >= :t then c.end_on || printf('%05d', 99999
        - max(coalesce(c.notice_months, 0) * 31, coalesce(c.notice_days, 0))) end) as first,
    c.notice_months, c.notice_days, sum(c.end_on is null or c.end_on < :t), sum(c.seats)
from contract c where c.is_trial = 0 and {RUNNING} {{w}}
group by c.account_id"""
"""One row an account. The notice period is that of the contract that ends first, the longest among equals: with a
single ``min()``, SQLite takes plain columns from the row that holds the minimum."""

_ROLLING = f"""
select c.account_id, c.start_on, c.end_on, c.term_months, c.billing, c.notice_months, c.notice_days
from contract c where c.is_trial = 0 and (c.end_on is null or c.end_on < :t) and {RUNNING} {{w}}"""

_BY_CURRENCY = f"""
select c.account_id, coalesce(c.currency, ''), sum({_VALUE})
from contract c where c.is_trial = 0 and {_VALUE} is not null and {RUNNING} {{w}}
group by c.account_id, 2 having 1"""

_SOURCES = """
select account_id, json_quote(source) || ':' || json_quote(external_id), source, external_id
from account_source {w} order by source, id"""


def accounts(db: Reads, params: Params, only: str = "") -> list[tuple[object, ...]]:
    """(id, name, name as JSON, stage as JSON, score as JSON, band, coverage, stage, tier, owner, reading, scored on).

    ``params`` holds ``t``, ``tomorrow`` (ISO dates) and, with *only* "a.id = :a", ``a``.
    """
    return db.all(_ACCOUNTS.format(w="and a.id = :a" if only else ""), params)


def contracts(db: Reads, params: Params, only: str = "") -> list[tuple[object, ...]]:
    """Running paid contracts by account: (account, yearly value in 1/10000, currency, number of currencies, first
    end + sort suffix, its notice months, days, number of contracts whose end must be counted on, seats).
    """
    return db.all(_CONTRACTS.format(w="and c.account_id = :a" if only else ""), params)


def rolling(db: Reads, params: Params, only: str = "") -> list[tuple[object, ...]]:
    """Running paid contracts without an end ahead: (account, start, end, term months, billing, notice months, days)."""
    return db.all(_ROLLING.format(w="and c.account_id = :a" if only else ""), params)


def by_currency(db: Reads, params: Params, only: str = "") -> list[tuple[object, ...]]:
    """(account, currency, yearly value in 1/10000) of running paid contracts."""
    return db.all(_BY_CURRENCY.format(w="and c.account_id = :a" if only else ""), params)


def sources(db: Reads, params: Params, only: str = "") -> list[tuple[object, ...]]:
    """(account, JSON member "source":"id", source, external id), in a stable order."""
    return db.all(_SOURCES.format(w="where account_id = :a" if only else ""), params if only else {})


def last_contacts(db: Reads, params: Params) -> list[tuple[object, ...]]:
    """(account, instant of the newest interaction that is no note)."""
    return db.all(
        """select a.id, (select i.at from interaction i where i.account_id = a.id and i.at < :tomorrow
                         and i.channel <> 'note' and i.direction <> 'none' order by i.at desc limit 1) as at
           from account a where at is not null""",
        params,
    )


def rates(db: Reads, params: Params) -> list[tuple[object, ...]]:
    """(currency, rate text, date) of every rate not after ``t``, newest last; and the portfolio's currency first."""
    own = db.scalar("select value ->> '$' from setting where key = 'currency'")
    rows = db.all(
        "select currency, rate, on_date from currency_rate where on_date <= :t order by on_date", params
    )
    return [(own or "", "1", ""), *rows]
