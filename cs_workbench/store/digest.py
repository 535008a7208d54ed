"""A digest of a portfolio's content, table by table: what a backup must equal, and what bit-rot changes."""

from __future__ import annotations

import hashlib
import marshal
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

_ROWS_A_GO = 2000
_MARSHAL_VERSION = 2  # the last one that writes equal values equally, whatever object they share
_DERIVED = ("interaction_tri", "interaction_short", "ticket_tri", "ticket_short")


@dataclass(frozen=True, slots=True)
class TableDigest:
    """Rows of one table and the SHA-256 over them in key order, as hex."""

    rows: int
    sha256: str


def content(connection: Connection, tables: Iterable[str] | None = None) -> dict[str, TableDigest]:
    """The digest of every table (or of *tables*), as the connection sees it now; about 1 s a million rows.

    Search indexes are left out: they follow from the tables.
    """
    names = content_tables(connection) if tables is None else list(tables)
    return {name: _of_table(connection, name) for name in names}


def content_tables(connection: Connection) -> list[str]:
    """The ordinary tables of the file, search indexes and SQLite's own left out."""
    rows = connection.execute(
        "select name from pragma_table_list where schema='main' and type='table' and name not glob 'sqlite_*'"
        " order by name"
    )
    return [name for (name,) in rows if not name.startswith(_DERIVED)]


def _of_table(connection: Connection, name: str) -> TableDigest:
    digest = hashlib.sha256()
    count = 0
    cursor = connection.execute(f'select * from "{name}" order by {_key(connection, name)}')
    while rows := cursor.fetchmany(_ROWS_A_GO):
        for row in rows:
            digest.update(marshal.dumps(row, _MARSHAL_VERSION))
        count += len(rows)
    return TableDigest(count, digest.hexdigest())


def _key(connection: Connection, name: str) -> str:
    columns = connection.execute(f'pragma main.table_xinfo("{name}")').fetchall()
    key = [f'"{row[1]}"' for row in sorted(columns, key=lambda row: row[5]) if row[5]]
    return ", ".join(key) or "rowid"
