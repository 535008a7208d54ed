"""Search queries: candidates from the full-text indexes, names by comparison, and the rows to show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

TextKind = Literal["interaction", "ticket"]
NEWEST = 500
"""How many of the newest matching rows are ranked; ranking all hits of a frequent word costs 200–300 ms."""

_FEW = 2_000
_READ = 4_000
_PIECES = 40
_AT = {"interaction": "at", "ticket": "opened_at"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matching interaction or ticket, before ranking. ``at`` is the stored instant text."""

    kind: TextKind
    id: int
    account_id: int
    at: str
    subject: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """What is shown of an interaction or ticket."""

    kind: TextKind
    id: int
    account_id: int
    account_name: str
    at: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """An account or person whose name (or reading, alias, domain, source id, mail) matches.

    ``rank`` 0 is the exact name, 1 a beginning, 2 a part, 3 another field; ``also`` says more about it.
    """

    id: int
    account_id: int | None
    account_name: str
    name: str
    also: str
    rank: int


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word as names are compared: folded without legal form, and as kana of both kinds ("" when none)."""

    plain: str
    key: str
    hiragana: str
    katakana: str


def candidates(
    db: Reads, kind: TextKind, words: Sequence[str], accounts: Sequence[int] | None = None
) -> list[Candidate]:
    """The newest 500 rows of *kind* with every folded word (longest first): by id, in a few accounts by date.

    With *accounts*, only rows of those: read one by one where that is quick, else told by the index.
    """
    if not words:
        return []
    at = _AT[kind]
    columns = f"select t.id, t.account_id, t.{at}, t.subject"
    params: dict[str, object] = {f"w{n}": word for n, word in enumerate(words)}
    if accounts is not None:
        params["accounts"] = json.dumps(list(accounts))
    if accounts is not None and (len(accounts) == 1 or _quickly_read(db, kind, params)):
        holds = " and ".join(f"instr(t.folded, :w{n}) > 0" for n in range(len(words)))
        sql = (
            f"{columns} from {kind} t where t.account_id in {_THESE} and {holds}"
            f" order by t.{at} desc, t.id desc limit {NEWEST}"
        )
    else:
        source = _source(db, kind, words, params)
        if accounts is not None:
            source = (
                f"select f.rowid from ({source}) f cross join {kind} o"
                f" where o.id = f.rowid and +o.account_id in {_THESE}"
            )
        sql = (
            f"{columns} from ({source} order by rowid desc limit {NEWEST}) x join {kind} t on t.id = x.rowid"
        )
    return [Candidate(kind, *row) for row in db.all(sql, params)]


_THESE = "(select value from json_each(:accounts))"


def _quickly_read(db: Reads, kind: TextKind, params: dict[str, object]) -> bool:
    """Whether the accounts have so few rows that reading them all costs less than asking the index."""
    sql = f"select count(*) from (select 1 from {kind} where account_id in {_THESE} limit {_READ})"
    return int(db.scalar(sql, params)) < _READ


def accounts_named_by(db: Reads, words: Sequence[NameWord]) -> dict[int, int]:
    """Accounts whose name, reading or confirmed alias some of the words fit: id → bits of the words that do."""
    bits = [
        f"((:k{n} <> '' and ({_name_fits('a', n)}))"
        f" or (:k{n} <> '' and a.id in (select account_id from account_alias where instr(name_key, :k{n}) > 0)))"
        f" * {1 << n}"
        for n in range(len(words))
    ]
    sql = f"select id, bits from (select a.id, {' + '.join(bits)} as bits from account a) where bits <> 0"
    return {row[0]: row[1] for row in db.all(sql, _name_params(words))}


def _source(db: Reads, kind: TextKind, words: Sequence[str], params: dict[str, object]) -> str:
    """The cheapest select of matching rowids: the index that drives, and the confirming ``instr``."""
    holds = " and ".join(f"instr(folded, :w{n}) > 0" for n in range(len(words)))
    long = [word for word in words if len(word) >= 3]
    short = [word for word in words if len(word) < 3]
    by_long = f"select rowid from {kind}_tri where {kind}_tri match :match"
    by_short = f"select rowid from {kind}_short where {kind}_short match :match"
    trigrams = _all_of(piece for word in long for piece in _pieces(word, 3))
    if not short or (long and _is_few(db, by_long, trigrams)):
        params["match"] = trigrams
        return f"{by_long} and {holds}"
    # Either index alone would leave too much to confirm: the pairs of the long words narrow the short ones.
    params["match"] = _all_of((*short, *(piece for word in long for piece in _pieces(word, 2))))
    return f"select id as rowid from {kind} where id in ({by_short}) and {holds}" if long else by_short


def _is_few(db: Reads, select: str, match: str) -> bool:
    count = db.scalar(f"select count(*) from ({select} limit {_FEW})", {"match": match})
    return int(count) < _FEW


def _pieces(word: str, size: int) -> list[str]:
    return [word[at : at + size] for at in range(len(word) - size + 1)][:_PIECES]


def _all_of(terms: Iterable[str]) -> str:
    return " AND ".join(dict.fromkeys(map(_quoted, terms)))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def text_rows(db: Reads, kind: TextKind, ids: Sequence[int]) -> dict[int, TextRow]:
    """The rows of *ids*, by id; an id that is gone is left out."""
    if not ids:
        return {}
    rows = db.all(
        f"select t.id, t.account_id, a.name, t.{_AT[kind]}, t.subject, t.body"
        f" from json_each(:ids) j join {kind} t on t.id = j.value join account a on a.id = t.account_id",
        {"ids": json.dumps(list(ids))},
    )
    return {row[0]: TextRow(kind, *row) for row in rows}


def accounts_named(db: Reads, words: Sequence[NameWord], account_id: int | None, limit: int) -> list[NameRow]:
    """Accounts that every word fits: name, reading, confirmed alias, domain or an id in another system."""
    if not words:
        return []
    params = _name_params(words)
    clauses = [
        f"({_name_fits('a', n)}"
        f" or a.id in (select account_id from account_alias where instr(name_key, :k{n}) > 0)"
        f" or a.id in (select account_id from account_domain where instr(domain, :p{n}) > 0)"
        f" or a.id in (select account_id from account_source where lower(external_id) = :p{n}))"
        for n in range(len(words))
    ]
    if account_id is not None:
        clauses.append("a.id = :account")
        params["account"] = account_id
    sql = (
        f"select a.id, a.id, a.name, a.name, coalesce(a.industry, ''), {_rank('a')} as rank"
        f" from account a where {' and '.join(clauses)}"
        " order by rank, a.archived_at is not null, a.name_key, a.id limit :limit"
    )
    return [NameRow(*row) for row in db.all(sql, {**params, "limit": limit})]


def people_named(
    db: Reads, words: Sequence[NameWord], accounts: Sequence[int] | None, limit: int
) -> list[NameRow]:
    """People (of *accounts*) that every word fits: name, reading, mail address, department or title."""
    if not words:
        return []
    params = _name_params(words)
    clauses = [
        f"({_name_fits('p', n)} or instr(p.email, :p{n}) > 0 or instr(lower(p.title), :p{n}) > 0"
        f" or instr(lower(p.department), :p{n}) > 0)"
        for n in range(len(words))
    ]
    if accounts is not None:
        clauses.append(f"p.account_id in {_THESE}")
        params["accounts"] = json.dumps(list(accounts))
    sql = (
        "select p.id, p.account_id, coalesce(a.name, ''), p.name,"
        " trim(coalesce(p.department, '') || ' ' || coalesce(p.title, '')), " + _rank("p") + " as rank"
        " from person p left join account a on a.id = p.account_id"
        f" where {' and '.join(clauses)} order by rank, p.status <> 'active', p.name_key, p.id limit :limit"
    )
    return [NameRow(*row) for row in db.all(sql, {**params, "limit": limit})]


def _name_params(words: Sequence[NameWord]) -> dict[str, object]:
    params: dict[str, object] = {"whole": "".join(word.key for word in words)}
    for n, word in enumerate(words):
        params |= {f"p{n}": word.plain, f"k{n}": word.key, f"h{n}": word.hiragana, f"t{n}": word.katakana}
    return params


def _name_fits(alias: str, n: int) -> str:
    reading = f"replace({alias}.reading, 'ー', '')"
    return (
        f"instr({alias}.name_key, :k{n}) > 0 or (:h{n} <> '' and {alias}.reading <> ''"
        f" and (instr({reading}, :h{n}) > 0 or instr({reading}, :t{n}) > 0))"
        f" or (:h{n} <> '' and instr({alias}.name_key, :h{n}) > 0)"
    )


def _rank(alias: str) -> str:
    begins = f"instr(replace({alias}.reading, 'ー', ''), "
    return (
        f"case when {alias}.name_key = :whole then 0 when instr({alias}.name_key, :k0) = 1"
        f" or (:h0 <> '' and ({begins}:h0) = 1 or {begins}:t0) = 1)) then 1"
        f" when instr({alias}.name_key, :k0) > 0 then 2 else 3 end"
    )
