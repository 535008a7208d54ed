"""The account list in as few statements as it takes: the fast path of the command line.

Plain tuples and only ``terms`` imported, so that nothing heavy stands between the shell and the first line.
"""

from __future__ import annotations

from cs_workbench.store.queries.terms import RUNNING, TWO_WAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cs_workbench.store.reads import Reads

    Params = dict[str, object]

_VALUE = "case when c.arr is not null then c.arr else c.mrr * 12 end"

_ORDER = "case when a.reading <> '' then a.reading else a.name_key end, a.id"

_LIVE = "(a.archived_at is null or a.archived_at >= :tomorrow)"

_LATEST = """select {} from snapshot x where x.account_id = a.id and x.as_of <= :t
    order by x.as_of desc, x.id desc limit 1"""

_SNAPSHOT = f"""left join snapshot s on s.account_id = a.id and s.as_of = ({_LATEST.format("x.as_of")})
    and +s.id = ({_LATEST.format("x.id")})"""
"""The plus keeps SQLite on the covering index: by id it would read a page of details for every account."""

_ACCOUNTS = f"""
select a.id, a.name, a.stage, s.score, s.band, s.coverage, a.tier, a.owner, a.reading, s.as_of
from account a {_SNAPSHOT} where {_LIVE} {{w}} order by {_ORDER}"""

_HEALTH = """(
    select json_quote(x.score) || ',"band":"' || x.band || '","coverage":' || x.coverage from snapshot x
    where x.account_id = a.id and x.as_of <= :t order by x.as_of desc, x.id desc limit 1)"""
"""All from the index, where it covers the score, without touching the pages that hold the details."""

_PIECES = f"""
select a.id, '{{"id":' || a.id || ',"name":' || json_quote(a.name) || ',"source_ids":{{',
    ',"stage":' || json_quote(a.stage) || ',"health":{{"score":'
    || ifnull({_HEALTH}, 'null,"band":"none","coverage":null') || '}}}}'
from account a where {_LIVE} order by {_ORDER}"""

_CONTRACTS = f"""
select c.account_id, sum({_VALUE}), c.currency,
    min(case when c.end_on >= :t then c.end_on
        || (99999 - max(ifnull(c.notice_months, 0) * 31, ifnull(c.notice_days, 0))) end),
    c.notice_months, c.notice_days, sum(c.end_on is null or c.end_on < :t), sum(c.seats), {{mixed}}
from contract c where c.is_trial = 0 and {RUNNING} {{w}}
group by c.account_id"""
"""One row an account. The notice period is that of the contract that ends first, the longest among equals: with a
single ``min()``, SQLite takes plain columns from the row that holds the minimum."""

_ROLLING = f"""
select c.account_id, c.start_on, c.end_on, c.term_months, c.billing, c.auto_renew, c.notice_months,
    c.notice_days
from contract c where c.is_trial = 0 and (c.end_on is null or c.end_on < :t) and {RUNNING} {{w}}"""

_BY_CURRENCY = f"""
select c.account_id, coalesce(c.currency, ''), sum({_VALUE})
from contract c where c.is_trial = 0 and {_VALUE} is not null and {RUNNING} {{w}}
group by c.account_id, 2 having 1"""

_SOURCES = """
select account_id, json_quote(source) || ':' || json_quote(external_id), source, external_id
from account_source {w} order by id"""


def accounts(db: Reads, params: Params, only: str = "") -> list[tuple[Any, ...]]:
    """(id, name, stage, score, band, coverage, tier, owner, reading, scored on) by reading, then name.

    ``params`` holds ``t``, ``tomorrow`` (ISO dates) and ``a``; *only* restricts to the account ``a``.
    """
    return db.all(_ACCOUNTS.format(w="and a.id = :a" if only else ""), params)


def pieces(db: Reads, params: Params) -> list[tuple[Any, ...]]:
    """(id, JSON text up to the source ids, JSON text from the stage on), in the same order."""
    return db.all(_PIECES, params)


def contracts(db: Reads, params: Params, only: str = "") -> list[tuple[Any, ...]]:
    """Running paid contracts by account: (account, yearly value in 1/10000, currency, first end + sort suffix, its
    notice months, days, number of contracts whose end must be counted on, seats, number of currencies).
    """
    several = db.scalar(
        """select 1 from contract c where ifnull(c.currency, '') <> (
               select ifnull(x.currency, '') from contract x limit 1) limit 1"""
    )
    mixed = "count(distinct ifnull(c.currency, ''))" if several else "1"
    return db.all(_CONTRACTS.format(mixed=mixed, w="and c.account_id = :a" if only else ""), params)


def rolling(db: Reads, params: Params, only: str = "") -> list[tuple[Any, ...]]:
    """Running paid contracts without an end ahead: (account, start, end, term months, billing, auto-renewal, notice
    months, days).
    """
    return db.all(_ROLLING.format(w="and c.account_id = :a" if only else ""), params)


def by_currency(db: Reads, params: Params, only: str = "") -> list[tuple[Any, ...]]:
    """(account, currency, yearly value in 1/10000) of running paid contracts."""
    return db.all(_BY_CURRENCY.format(w="and c.account_id = :a" if only else ""), params)


def stages(db: Reads, language: str) -> dict[str, str]:
    """The portfolio's own words for its stages: key → label in *language* (en or ja)."""
    rows = db.all("select key, label_en, label_ja from list_item where list = 'stage'")
    return {key: ja if language == "ja" else en for key, en, ja in rows}


def sources(db: Reads, params: Params, only: str = "") -> list[tuple[Any, ...]]:
    """(account, JSON member "source":"id", source, external id), in a stable order."""
    return db.all(_SOURCES.format(w="where account_id = :a" if only else ""), params if only else {})


def last_contacts(db: Reads, params: Params) -> dict[int, str]:
    """The instant of each account's newest two-way contact.

    All in one row: the driver takes the interpreter lock back at every row, and while the window is being built that
    made this statement three times as long.
    """
    import json

    pairs = db.scalar(
        f"""with newest as materialized (
               select a.id, (select i.at from interaction i where i.account_id = a.id and {TWO_WAY}
                             order by i.at desc limit 1) as at
               from account a where :a is null or a.id = :a)
            select json_group_array(json_array(id, at)) from newest where at is not null""",
        params,
    )
    return dict(json.loads(pairs))


def rates(db: Reads, params: Params) -> list[tuple[Any, ...]]:
    """(currency, rate text, date) of every rate not after ``t``, newest last; and the portfolio's currency first."""
    own = db.scalar("select value ->> '$' from setting where key = 'currency'")
    rows = db.all(
        "select currency, rate, on_date from currency_rate where on_date <= :t order by on_date", params
    )
    return [(own or "", "1", ""), *rows]


def count(db: Reads, params: Params) -> int:
    """How many accounts :func:`accounts` would return."""
    return int(db.scalar(f"select count(*) from account a where {_LIVE}", params))


def has_accounts(db: Reads) -> bool:
    """Whether there is any account."""
    return bool(db.scalar("select exists(select 1 from account)"))
