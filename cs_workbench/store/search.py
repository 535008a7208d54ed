"""The full-text indexes over interactions and tickets: schema, upkeep, check and rebuild.

Two FTS5 tables a base table. ``<t>_tri`` holds trigrams of ``<t>.folded`` without copying it (external
content) and answers words of three and more characters; ``<t>_short`` holds the distinct one- and
two-character pieces and answers shorter ones, Japanese two-character words above all. Both keep no
positions (``detail=none``): a match is only a candidate, the query confirms it with ``instr``.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain.text import grams
from cs_workbench.store.connection import DriverError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

INDEXED = ("interaction", "ticket")
"""The tables that have a ``folded`` column and a pair of indexes."""
_BROKEN = ("malformed", "fts5", "no such table", "logic error", "vtable constructor failed")
"""What the driver says of an index, rather than of the disk or of another writer."""


def _schema(table: str) -> tuple[str, str]:
    # C* keeps characters newer than SQLite's Unicode table searchable: only Z* (spaces) separates.
    return (
        f"create virtual table {table}_tri using fts5(folded, content='{table}', content_rowid='id',"
        " tokenize='trigram', detail='none')",
        f"create virtual table {table}_short using fts5(grams, content='', contentless_delete=1,"
        " detail='none', tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* S* P* C*'\")",
    )


SCHEMA: tuple[str, ...] = tuple(statement for table in INDEXED for statement in _schema(table))
"""Statements that create the empty indexes; run once after the tables exist."""

DROP: tuple[str, ...] = tuple(
    f"drop table if exists {table}_{kind}" for table in INDEXED for kind in ("tri", "short")
)
"""Statements that take the indexes away again (a migration that changes them)."""

TRIGGERS: tuple[str, ...] = tuple(f"search_{table}_{event}" for table in INDEXED for event in "idu")
"""Names of the temporary triggers that :func:`install` makes, for the count check at open."""


def _add(table: str) -> str:
    return (
        f"insert into main.{table}_tri(rowid, folded) values (new.id, new.folded);"
        f"insert into main.{table}_short(rowid, grams) values (new.id, grams(new.folded));"
    )


def _remove(table: str) -> str:
    return (
        f"insert into main.{table}_tri({table}_tri, rowid, folded) values ('delete', old.id, old.folded);"
        f"delete from main.{table}_short where rowid = old.id;"
    )


def install(connection: Connection) -> None:
    """Make ``grams()`` and the temporary triggers that keep both indexes; safe to call again.

    For the one writer connection: ``trusted_schema=OFF`` lets temporary triggers, and only those, call a
    function of ours. Readers need neither.
    """
    connection.create_function("grams", 1, grams, deterministic=True)
    for table in INDEXED:
        changed = "old.id is not new.id or old.folded is not new.folded"
        for event, clause, body in (
            ("i", f"after insert on main.{table}", _add(table)),
            ("d", f"after delete on main.{table}", _remove(table)),
            ("u", f"after update of id, folded on main.{table} when {changed}", _remove(table) + _add(table)),
        ):
            connection.execute(
                f"create temp trigger if not exists search_{table}_{event} {clause} begin {body} end"
            )


@contextmanager
def newest_together(connection: Connection, table: str) -> Iterator[None]:
    """Index the rows that the block adds to *table*, behind all that are there, in one go at its end.

    At each row's trigger FTS5 writes out what it has gathered: measured, 100,000 tickets take 1.8 s so and 5.2 s row by
    row. What the block raises must end the transaction: the upkeep comes back with its rollback.
    """
    last = connection.execute(f"select coalesce(max(id), 0) from {table}").fetchone()[0]
    connection.execute(f"drop trigger if exists temp.search_{table}_i")
    yield
    rows = f"from {table} where id > ? order by id"
    connection.execute(f"insert into {table}_tri(rowid, folded) select id, folded {rows}", (last,))
    connection.execute(f"insert into {table}_short(rowid, grams) select id, grams(folded) {rows}", (last,))
    install(connection)


def suspend(connection: Connection) -> None:
    """Stop the upkeep before a bulk load on the writer connection; :func:`rebuild` ends it.

    Inside a transaction a rollback brings the upkeep back too.
    """
    for name in TRIGGERS:
        connection.execute(f"drop trigger if exists temp.{name}")


def rebuild(connection: Connection) -> None:
    """Make every index afresh from its base table (about 0.2 ms a row) and resume the upkeep."""
    install(connection)
    for table in INDEXED:
        connection.execute(f"insert into {table}_tri({table}_tri) values ('rebuild')")
        connection.execute(f"insert into {table}_short({table}_short) values ('delete-all')")
        connection.execute(
            f"insert into {table}_short(rowid, grams) select id, grams(folded) from {table} order by id"
        )


def mend(connection: Connection) -> None:
    """Make every index afresh on the writer connection, as one transaction; one too broken for that is made anew.

    Raises the driver's error where the base tables cannot be read or the disk is full; then nothing has changed.
    """
    connection.execute("begin immediate")
    try:
        connection.execute("savepoint afresh")
        try:
            rebuild(connection)
        except DriverError:
            connection.execute("rollback to afresh")
            suspend(connection)
            for statement in (*DROP, *SCHEMA):
                connection.execute(statement)
            rebuild(connection)
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


def scrub(connection: Connection) -> None:
    """Merge the indexes into one segment each, so that pieces of deleted text leave the file.

    Needed after a person is erased; FTS5 only marks entries as deleted until then.
    """
    for table in INDEXED:
        for kind in ("tri", "short"):
            connection.execute(f"insert into {table}_{kind}({table}_{kind}) values ('optimize')")


@dataclass(frozen=True, slots=True)
class IndexProblem:
    """One index that does not agree with its table: ``code`` is ``damaged``, ``rows`` or ``terms``."""

    index: str
    code: str
    count: int


def check(connection: Connection, *, deep: bool = True) -> list[IndexProblem]:
    """Compare the indexes with their tables on the writer connection; an empty list means they agree.

    ``deep`` also compares contents (about 0.15 ms a row); without it only the structure and the rows held.
    Any problem is repaired by :func:`mend`.
    """
    problems: list[IndexProblem] = []
    for table in INDEXED:
        for kind in ("tri", "short"):
            content = 1 if deep and kind == "tri" else 0
            if not _sound(connection, f"{table}_{kind}", content):
                problems.append(IndexProblem(f"{table}_{kind}", "damaged", 1))
                continue
            if rows := _rows_apart(connection, table, kind):
                problems.append(IndexProblem(f"{table}_{kind}", "rows", rows))
            elif deep and kind == "short" and (terms := _terms_apart(connection, table)):
                problems.append(IndexProblem(f"{table}_{kind}", "terms", terms))
    return problems


def _sound(connection: Connection, index: str, content: int) -> bool:
    try:
        connection.execute(f"insert into {index}({index}, rank) values ('integrity-check', {content})")
    except DriverError as error:
        if not any(said in str(error).casefold() for said in _BROKEN):
            raise
        return False
    return True


def _rows_apart(connection: Connection, table: str, kind: str) -> int:
    held = f"select id from main.{table}_{kind}_docsize"
    row = connection.execute(
        f"select (select count(*) from ({held} except select id from {table}))"
        f" + (select count(*) from (select id from {table} except {held}))"
    ).fetchone()
    return int(row[0])


def _terms_apart(connection: Connection, table: str) -> int:
    """How many one- and two-character pieces stand in another number of documents than the table says."""
    wanted: Counter[str] = Counter()
    for (folded,) in connection.execute(f"select folded from {table}"):
        wanted.update(set(grams(folded).split(" ")))
    del wanted[""]
    connection.execute(
        f"create virtual table temp.{table}_vocab using fts5vocab('main', '{table}_short', 'row')"
    )
    try:
        held = dict(connection.execute(f"select term, doc from temp.{table}_vocab"))
    finally:
        connection.execute(f"drop table temp.{table}_vocab")
    return sum(1 for term in held.keys() | wanted.keys() if held.get(term, 0) != wanted.get(term, 0))
