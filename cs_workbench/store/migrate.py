"""Bringing an older portfolio up to date: a verified backup first, then every revision in one transaction."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from cs_workbench.errors import PortfolioProblem
from cs_workbench.i18n import _
from cs_workbench.store import backup, gate, journal, problems, schema
from cs_workbench.store.connection import DriverError, connect

if TYPE_CHECKING:
    from sqlite3 import Connection


def bring_up_to_date(path: str, raw_key: str | None) -> str | None:
    """Migrate the portfolio at *path*; returns the backup made before, or None where it was up to date already.

    The caller holds the writer's place. Raises UserError where the backup fails (then nothing was touched) and
    PortfolioProblem where a revision fails (then nothing was changed).
    """
    connection = connect(path, mode="rw", raw_key=raw_key)
    try:
        if _version(connection) >= gate.SCHEMA_VERSION:
            return None
        at = dt.datetime.fromisoformat(
            connection.execute("select strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')").fetchone()[0]
        )
        kept = backup.make(path, raw_key, at=at, reason="before migration").path
        connection.execute("pragma foreign_keys=off")
        connection.execute("pragma synchronous=full")
        connection.execute("begin immediate")
        upgrade(connection)
        connection.execute("commit")
    except DriverError as error:
        raise problems.from_driver(error, path) or _failed(path, error) from error
    finally:
        if connection.in_transaction:
            connection.execute("rollback")
        connection.close()
    return kept


def upgrade(connection: Connection) -> None:
    """Run every revision the file lacks, inside the caller's transaction with foreign keys off.

    The undo history does not survive: its images have the old shape. Raises PortfolioProblem where a revision
    leaves broken references.
    """
    from cs_workbench.store.tables import Base

    journal.drop_tables(connection)
    _run_revisions(connection)
    if connection.execute("pragma foreign_key_check").fetchone() is not None:
        raise _failed("", "foreign_key_check")
    journal.create_tables(connection, Base.metadata.tables)
    schema.mark(connection)


def _run_revisions(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    from cs_workbench.store.session import joined_engine

    config = Config()
    config.set_main_option("script_location", os.path.join(os.path.dirname(__file__), "migrations"))
    with joined_engine(connection).connect() as joined:
        config.attributes["connection"] = joined
        try:
            command.upgrade(config, "head")
        except DBAPIError as error:
            raise (error.orig or error) from error


def _version(connection: Connection) -> int:
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return version


def _failed(path: str, reason: object) -> PortfolioProblem:
    return PortfolioProblem(
        _("The portfolio could not be brought up to date ({reason}).").format(reason=reason),
        _("It was left as it was, and a backup was made before. Please report this."),
        code="migration",
        path=path,
    )
