"""A whole copy of an open portfolio under another name: proved before it is named, never over what is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cs_workbench.errors import FileProblem
from cs_workbench.store import backup, digest, files, key, problems
from cs_workbench.store.connection import DriverError, connect
from cs_workbench.store.workshop import workshop_for

if TYPE_CHECKING:
    from sqlite3 import Connection

    from cs_workbench.store.database import Database

_PAGES_A_GO = 4096


def copy_to(database: Database, path: str) -> None:
    """Copy what is committed in *database* to *path*, with its key file; the copy appears whole or not at all.

    Works from a connection that is open already where the file itself has vanished. Raises FileProblem where
    something lies at *path* or it cannot be written, PortfolioProblem where the copy does not equal its source.
    """
    if os.path.lexists(path) or os.path.lexists(key.key_file(path)):
        raise problems.exists(path)
    with workshop_for(path, "copy") as temporary:
        expected = _copy(database, temporary)
        files.sync(temporary)
        backup.verify(temporary, database.raw_key, expected)
        if os.path.exists(key.key_file(database.path)):
            with open(key.key_file(database.path), "rb") as file:
                files.write_private(key.key_file(path), file.read())
        files.put_in_place(temporary, path)


def _copy(database: Database, temporary: str) -> dict[str, digest.TableDigest] | None:
    """Copy the pages; the digest of exactly what was copied, or None where only a connection was left to read."""
    try:
        source = database.reader()
    except (DriverError, FileProblem):
        left = database.standing()
        if left is None:
            raise
        _copy_pages(left, temporary, database.raw_key)
        return None
    source.execute("begin")
    try:
        expected = digest.content(source)
        _copy_pages(source, temporary, database.raw_key)
    finally:
        source.execute("rollback")
    return expected


def _copy_pages(source: Connection, temporary: str, raw_key: str | None) -> None:
    target = connect(temporary, mode="rw", raw_key=raw_key)
    try:
        target.execute("pragma synchronous=full")
        source.backup(target, pages=_PAGES_A_GO)
        target.execute("pragma journal_mode=delete").fetchone()
    finally:
        target.close()
