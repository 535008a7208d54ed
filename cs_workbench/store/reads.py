"""The one way of reading: SQL text with bound values, plain tuples back."""

from __future__ import annotations

from cs_workbench.store.connection import DriverError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from sqlite3 import Connection, Cursor
    from typing import Any

    Params = Mapping[str, object] | Sequence[object]


class Reads:
    """What every query function takes first. A reader sees what is committed; a change also its own writes."""

    __slots__ = ()

    def cursor(self, sql: str, params: Params = ()) -> Cursor:
        """Run *sql* and return its cursor. Raises UserError where the file is damaged or busy."""
        raise NotImplementedError

    def all(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Every row of *sql*."""
        return self.cursor(sql, params).fetchall()

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of *sql*, or None."""
        row: tuple[Any, ...] | None = self.cursor(sql, params).fetchone()
        return row

    def scalar(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row of *sql*, or None."""
        row = self.cursor(sql, params).fetchone()
        return None if row is None else row[0]

    def each(self, sql: str, params: Params = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of *sql*, one at a time."""
        return iter(self.cursor(sql, params))


class Readers(Reads):
    """Reads on reader connections, one for each thread that asks."""

    __slots__ = ("_connection", "_path")

    def __init__(self, path: str, connection: ConnectionOfThread) -> None:
        self._path = path
        self._connection = connection

    def cursor(self, sql: str, params: Params = ()) -> Cursor:
        """Run *sql* on this thread's reader connection."""
        try:
            return self._connection().execute(sql, params)
        except DriverError as error:
            from cs_workbench.store.problems import from_driver

            told = from_driver(error, self._path)
            if told is None:
                raise
            raise told from error


if TYPE_CHECKING:
    from collections.abc import Callable

    ConnectionOfThread = Callable[[], Connection]
