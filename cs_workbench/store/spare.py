"""A small file beside the portfolio for what is typed while the writer is busy with something long.

It is a database of its own with the portfolio's own key, for its owner only, and gone again as soon as the portfolio
holds what it held.
"""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from cs_workbench.store import files, problems
from cs_workbench.store.connection import DriverError, connect

if TYPE_CHECKING:
    from sqlite3 import Connection

SUFFIX = ".typed"
_LOG = "-journal"
_NOT_OURS = frozenset(("file is not a database", "no such table: draft"))
"""What the driver says of a file of another key, and of one made and not filled any more."""
_TABLE = "create table if not exists draft (key text primary key, body text not null, at text not null)"
_PUT = """insert into draft (key, body, at) values (:key, :body, :at)
          on conflict (key) do update set body = excluded.body, at = excluded.at"""


def spare_of(path: str) -> str:
    """Where the spare of the portfolio at *path* lies."""
    return path + SUFFIX


def put(path: str, raw_key: str | None, key: str, body: str, at: str) -> None:
    """Keep *body* under *key* as of the instant *at*, on the disk when this returns; "" says that there is none.

    Raises OSError and the driver's errors where it cannot be kept.
    """
    name = spare_of(path)
    if not os.path.lexists(name):
        files.create_private(name)
        files.sync_folder(name)
    with closing(_opened(name, raw_key)) as connection:
        connection.execute(_TABLE)
        connection.execute(_PUT, {"key": key, "body": body, "at": at})


def rows(path: str, raw_key: str | None) -> list[tuple[str, str, str]]:
    """(key, body, instant) of everything kept beside the portfolio at *path*; none where it is of another key.

    Raises FileProblem and PortfolioProblem where it cannot be read now.
    """
    name = spare_of(path)
    if not os.path.isfile(name) or os.path.islink(name) or not os.path.getsize(name):
        return []
    try:
        with closing(_opened(name, raw_key)) as connection:
            return connection.execute("select key, body, at from draft order by at, key").fetchall()
    except DriverError as error:
        if str(error) in _NOT_OURS:
            return []
        raise problems.from_driver(error, path) or error from error


def clear(path: str) -> None:
    """Take the spare away. Raises OSError."""
    name = spare_of(path)
    for one in (name, name + _LOG):
        files.remove(one)


def _opened(name: str, raw_key: str | None) -> Connection:
    connection = connect(name, mode="rw", raw_key=raw_key)
    for pragma in ("trusted_schema=off", "cell_size_check=on", "secure_delete=on", "synchronous=extra"):
        connection.execute(f"pragma {pragma}")
    return connection
