"""The one way of reading: SQL text with bound values, plain tuples back."""

from __future__ import annotations

from cs_workbench.store.connection import DriverError
from cs_workbench.store.late import Late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from sqlite3 import Connection, Cursor
    from typing import Any, NoReturn

    from cs_workbench.store import fit

    Params = Mapping[str, object] | Sequence[object]
else:
    fit = Late("cs_workbench.store.fit")


class Reads:
    """What every query function takes first. A reader sees what is committed; a change also its own writes.

    Every method raises UserError where the file turns out damaged or busy, and the driver's error for wrong SQL.
    """

    __slots__ = ("_connection_of", "_path")

    def __init__(self, path: str, connection_of: Callable[[], Connection]) -> None:
        self._path = path
        self._connection_of = connection_of

    def all(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Every row of *sql*."""
        try:
            return self._run(sql, params).fetchall()
        except DriverError as error:
            self._tell(error)

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of *sql*, or None."""
        try:
            cursor = self._run(sql, params)
            row: tuple[Any, ...] | None = cursor.fetchone()
            cursor.close()
        except DriverError as error:
            self._tell(error)
        return row

    def scalar(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row of *sql*, or None."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def each(self, sql: str, params: Params = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of *sql*, one at a time, without holding them all."""
        try:
            yield from self._run(sql, params)
        except DriverError as error:
            self._tell(error)

    def width(self, sql: str, params: Params = ()) -> int:
        """How many columns *sql* has; no row is read."""
        try:
            cursor = self._run(f"select * from ({sql}) limit 0", params)
            columns = len(cursor.description)
            cursor.close()
        except DriverError as error:
            self._tell(error)
        return columns

    def _run(self, sql: str, params: Params) -> Cursor:
        return self._connection_of().execute(sql, params)

    def _tell(self, error: Exception) -> NoReturn:
        told = fit.told(error, self._path, self._connection_of)
        if told is None:
            raise error
        raise told from error
