"""Making a new portfolio file: every table, index and journal twin at once, then put in place whole."""

from __future__ import annotations

import os

from cs_workbench.store import files, gate, journal, problems
from cs_workbench.store.connection import connect, journal_mode
from cs_workbench.store.defaults import fill
from cs_workbench.store.workshop import workshop_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

    from cs_workbench.store.defaults import Defaults

HEAD = "0003"
"""The Alembic revision a fresh schema has."""

_STAMP = (
    "CREATE TABLE alembic_version ("
    "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create_portfolio(path: str, passphrase: str | None = None, defaults: Defaults | None = None) -> None:
    """Make a portfolio at *path*, readable by its owner only, without accounts; without *defaults* quite empty.

    It is built beside its place, in a folder no other process knows, and moved there when whole. Raises FileProblem
    where something lies there already or the place cannot be written.
    """
    if os.path.lexists(path):
        raise problems.exists(path)
    with workshop_for(path, "new", make_folder=True) as temporary:
        raw_key = _new_key(temporary, passphrase)
        _build(temporary, raw_key, defaults)
        files.sync(temporary)
        files.put_in_place(temporary, path)
        if passphrase is not None:
            os.replace(temporary + ".key", path + ".key")
            files.sync_folder(path)


def create_schema(connection: Connection) -> None:
    """Create all tables from the mapped classes, the search indexes and the journal, and mark the file as ours."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from cs_workbench.store import search
    from cs_workbench.store.tables import Base

    dialect = sqlite.dialect()
    for table in Base.metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    for statement in search.SCHEMA:
        connection.execute(statement)
    journal.create_tables(connection, Base.metadata.tables)
    connection.execute(_STAMP)
    connection.execute("insert into alembic_version values (?)", (HEAD,))
    mark(connection)


def mark(connection: Connection) -> None:
    """Write into the file's header whose it is and which version of the schema it holds."""
    connection.execute(f"pragma application_id={gate.APPLICATION_ID}")
    connection.execute(f"pragma user_version={gate.SCHEMA_VERSION}")


def _build(path: str, raw_key: str | None, defaults: Defaults | None) -> None:
    connection = connect(path, mode="rw", raw_key=raw_key)
    try:
        connection.execute(f"pragma page_size={gate.PAGE_SIZE}")
        connection.execute("pragma synchronous=full")
        connection.execute("begin immediate")
        create_schema(connection)
        if defaults is not None:
            fill(connection, defaults)
        connection.execute("commit")
        connection.execute(f"pragma journal_mode={journal_mode()}").fetchone()
    finally:
        connection.close()


def _new_key(path: str, passphrase: str | None) -> str | None:
    if passphrase is None:
        return None
    from cs_workbench.store import key

    return key.new_key(path, passphrase)
