"""What an import asks of the portfolio before it plans: who is known under which id, name, domain or mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from cs_workbench.store.reads import Reads

_PIECE = 400
BY_SOURCE = ("contract", "contract_event", "opportunity", "interaction", "ticket", "survey")
"""Tables that carry (source, external_id) themselves."""


def accounts(db: Reads) -> list[tuple[int, str, str]]:
    """(id, name, name_key) of every account, archived ones too: an import finds them again."""
    return [(row[0], row[1], row[2]) for row in db.all("select id, name, name_key from account order by id")]


def stage_names(db: Reads) -> list[tuple[str, str, str]]:
    """(key, English label, Japanese label) of every lifecycle stage, those in use last."""
    rows = db.all(
        "select key, label_en, label_ja from list_item where list = 'stage' order by archived desc, position desc"
    )
    return [(r[0], r[1], r[2]) for r in rows]


def account_sources(db: Reads) -> list[tuple[str, str, int]]:
    """(source, external id, account)."""
    return [(r[0], r[1], r[2]) for r in db.all("select source, external_id, account_id from account_source")]


def account_domains(db: Reads) -> list[tuple[str, int]]:
    """(domain, account), in the order they were learnt."""
    return [(r[0], r[1]) for r in db.all("select domain, account_id from account_domain order by id")]


def account_aliases(db: Reads) -> list[tuple[str, int]]:
    """(folded other spelling, account)."""
    return [(r[0], r[1]) for r in db.all("select name_key, account_id from account_alias")]


def account_tags(db: Reads) -> list[tuple[int, str]]:
    """(account, tag)."""
    return [(r[0], r[1]) for r in db.all("select account_id, tag from account_tag")]


def people(db: Reads) -> list[tuple[int, int | None, str, str | None]]:
    """(id, account, name_key, mail) of every person."""
    rows = db.all("select id, account_id, name_key, email from person order by id")
    return [(r[0], r[1], r[2], r[3]) for r in rows]


def person_sources(db: Reads) -> list[tuple[str, str, int]]:
    """(source, external id, person)."""
    return [(r[0], r[1], r[2]) for r in db.all("select source, external_id, person_id from person_source")]


def person_roles(db: Reads) -> list[tuple[int, str]]:
    """(person, role)."""
    return [(r[0], r[1]) for r in db.all("select person_id, role from person_role")]


def contracts(
    db: Reads,
) -> list[tuple[int, int, str | None, str | None, str | None, str | None, str | None, str | None]]:
    """(id, account, source, external id, name, plan or product, first day, last day) of every contract."""
    rows = db.all(
        "select c.id, c.account_id, c.source, c.external_id, c.name, coalesce(c.plan, p.name), c.start_on, c.end_on"
        " from contract c left join product p on p.id = c.product_id order by c.id"
    )
    return [(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]) for r in rows]


def products(db: Reads) -> list[tuple[int, str, str]]:
    """(id, name, name_key) of every product."""
    return [(r[0], r[1], r[2]) for r in db.all("select id, name, name_key from product order by id")]


def metrics(db: Reads) -> dict[str, int]:
    """Metric ids by key."""
    return {r[0]: r[1] for r in db.all("select key, id from metric")}


def aggregations(db: Reads) -> dict[str, str]:
    """How each metric's values of one day go together, by metric key."""
    return {r[0]: r[1] for r in db.all("select key, aggregation from metric")}


def custom_fields(db: Reads) -> dict[tuple[str, str], int]:
    """Custom field ids by (entity, key)."""
    return {(r[0], r[1]): r[2] for r in db.all("select entity, key, id from custom_field")}


def churn_accounts(db: Reads) -> set[int]:
    """Accounts that left at least once: with a churn event, or one of coming back."""
    return {
        r[0]
        for r in db.all(
            "select distinct account_id from contract_event where kind in ('churn', 'reactivation')"
        )
    }


def pieces(values: Iterable[Any], size: int = _PIECE) -> Iterator[list[Any]]:
    """*values* in lists short enough for one SQL statement."""
    iterator = iter(values)
    while piece := list(islice(iterator, size)):
        yield piece


def ids_by_source(db: Reads, table: str, source: str, external_ids: Sequence[str]) -> dict[str, int]:
    """Which of *external_ids* of *source* the portfolio holds in *table* (one of BY_SOURCE), with their ids."""
    if table not in BY_SOURCE:
        raise ValueError(table)
    found: dict[str, int] = {}
    for piece in pieces(external_ids):
        marks = ",".join("?" * len(piece))
        sql = f"select external_id, id from {table} where source = ? and external_id in ({marks})"
        found.update({row[0]: row[1] for row in db.all(sql, [source, *piece])})
    return found


def contact_instants(db: Reads, accounts: Sequence[int]) -> list[tuple[int, str]]:
    """(account, instant) of every entry of the contact log of *accounts*."""
    found: list[tuple[int, str]] = []
    for piece in pieces(accounts):
        marks = ",".join("?" * len(piece))
        sql = f"select account_id, at from interaction where account_id in ({marks})"
        found += [(row[0], row[1]) for row in db.all(sql, piece)]
    return found


def rows_by_id(
    db: Reads, table: str, columns: Sequence[str], ids: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """The stored values of *columns* (checked names of *table*) for *ids*."""
    found: dict[int, dict[str, Any]] = {}
    for piece in pieces(ids):
        sql = f"select id, {', '.join(columns)} from {table} where id in ({','.join('?' * len(piece))})"
        for row in db.all(sql, piece):
            found[row[0]] = dict(zip(columns, row[1:], strict=True))
    return found


def custom_values(db: Reads, entity: str) -> dict[tuple[int, int], str]:
    """Stored custom values of *entity* (account, person, contract) by (record id, field id)."""
    table, owner = f"{entity}_custom", f"{entity}_id"
    if entity not in ("account", "person", "contract"):
        raise ValueError(entity)
    return {(r[0], r[1]): r[2] for r in db.all(f"select {owner}, field_id, value from {table}")}


def day_values(db: Reads, account: int, metric: int, first: int, last: int) -> dict[int, float]:
    """The stored readings of one account and metric between two days, both included."""
    sql = "select day, value from reading where account_id = ? and metric_id = ? and day between ? and ?"
    return {r[0]: r[1] for r in db.all(sql, [account, metric, first, last])}


def any_readings(db: Reads) -> bool:
    """Whether the portfolio holds a reading at all."""
    return db.one("select 1 from reading limit 1") is not None


def columns(db: Reads, table: str) -> dict[str, Any]:
    """Column names of *table* with the value each takes when the import has none."""
    found: dict[str, Any] = {}
    for _cid, name, _type, _required, default, _key in db.all(f"pragma table_info({table})"):
        found[name] = _literal(default)
    return found


def _literal(default: str | None) -> Any:
    """A column's default as a value: the schema only uses text and whole-number literals."""
    if default is None:
        return None
    text = default.strip("()")
    return text[1:-1].replace("''", "'") if text.startswith("'") else int(text)


def newest_step(db: Reads) -> int:
    """The id of the newest undoable change, 0 where there is none: what an import was planned on."""
    return int(db.scalar("select max(id) from step") or 0)


def moved_since(db: Reads, step: int) -> set[str]:
    """The tables that undoable changes after *step* moved, "reading" included."""
    moved: set[str] = set()
    for kinds, batches in db.all("select kinds, batches from step where id > ?", [step]):
        moved.update(kinds.split(), ("reading",) if batches else ())
    return moved


def next_ids(db: Reads, table: str) -> int:
    """The highest id *table* ever gave: what is inserted next comes after it, undone rows included."""
    used = db.scalar("select seq from sqlite_sequence where name = ?", [table]) or 0
    here = db.scalar(f"select max(id) from {table}") or 0
    return int(max(used, here))
