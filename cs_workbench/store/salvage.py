"""Reading what can still be read of a damaged portfolio: from a private copy, never from the file itself."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.store import files, gate, problems
from cs_workbench.store.connection import DriverError, connect
from cs_workbench.store.database import unlock

if TYPE_CHECKING:
    from sqlite3 import Connection
    from types import TracebackType

    from cs_workbench.store.queries.export import TableInfo

_OURS = re.compile(r"wreck\.csw(-wal|-shm|-journal|\.key)?")
_LAST = 2**63 - 1
_GAPS = 64
"""How many stretches of damage in one table are looked into before the rest between them is given up."""


@dataclass(slots=True)
class Loss:
    """What could not be read of one table: ``gaps`` stretches between rows that could, and the first reason."""

    gaps: int = 0
    reason: str = ""


class Wreck:
    """A damaged portfolio's copy in a temporary folder, opened so that SQLite shows whatever pages are left."""

    def __init__(self, path: str, *, passphrase: str | None = None) -> None:
        self.path = path
        self._passphrase = passphrase
        self._workshop = ""
        self._connection: Connection | None = None

    def __enter__(self) -> Wreck:
        """Copy and open. Raises FileProblem where it cannot be copied, PortfolioProblem where nothing can be read."""
        opened = False
        try:
            self._open()
            opened = True
        except OSError as error:
            raise problems.unreadable(self.path, error) from error
        finally:
            if not opened:
                self._clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._clear()

    def columns(self, table: TableInfo) -> list[str]:
        """The columns of *table* the file has, in the order they are exported; none where the table is not there."""
        assert self._connection is not None
        try:
            there = {row[1] for row in self._connection.execute(f'pragma table_info("{table.name}")')}
        except DriverError:
            return []
        return [column.name for column in table.columns if column.name in there]

    def rows(self, table: str, columns: list[str], loss: Loss) -> Iterator[tuple[Any, ...]]:
        """Every row of *table* that can be read; what could not is counted in *loss*.

        Damage is stepped over: rows are read from both ends towards it, and the middle is looked into again.
        """
        gaps = [(-_LAST, _LAST)]
        tried = 0
        while gaps and tried < _GAPS:
            low, high = gaps.pop(0)
            tried += 1
            reached = yield from self._read(table, columns, (low, high), loss, backwards=False)
            if reached is None:
                continue
            stopped = yield from self._read(table, columns, (reached + 1, high), loss, backwards=True)
            loss.gaps += 1
            if stopped is not None and stopped - reached > 2:
                middle = (reached + stopped) // 2
                gaps += [(reached + 1, middle), (middle + 1, stopped - 1)]

    def _read(
        self, table: str, columns: list[str], between: tuple[int, int], loss: Loss, *, backwards: bool
    ) -> Generator[tuple[Any, ...], None, int | None]:
        """Rows of a stretch of keys from one end; returns the last key read before damage, None for no damage."""
        assert self._connection is not None
        named = ", ".join(f'"{name}"' for name in columns)
        key = self._key(table, columns)
        order = "desc" if backwards else "asc"
        low, high = between
        last = high if backwards else low
        statement = f'select {key}, {named} from "{table}" where {key} between ? and ? order by {key} {order}'
        try:
            for found, *row in self._connection.execute(statement, (low, high)):
                last = found
                yield tuple(row)
        except DriverError as error:
            loss.reason = loss.reason or str(error)
            return last
        return None

    def _key(self, table: str, columns: list[str]) -> str:
        """What numbers the rows: the row id, or the leading key column (a number) of a table that has none."""
        assert self._connection is not None
        (listed,) = self._connection.execute(f'pragma table_list("{table}")').fetchall()
        return f'"{columns[0]}"' if listed[4] else "rowid"

    def _open(self) -> None:
        self._workshop = tempfile.mkdtemp(prefix="cs-workbench-salvage-")
        files.clear_abandoned(self._workshop, _OURS)
        copy = os.path.join(self._workshop, "wreck.csw")
        for suffix in ("", "-wal", "-journal", ".key"):
            if os.path.isfile(self.path + suffix):
                shutil.copyfile(self.path + suffix, copy + suffix)
                os.chmod(copy + suffix, files.FILE_MODE)
        raw_key = None
        if self._passphrase is not None and not gate.is_plain(copy):
            raw_key = unlock(copy, self._passphrase)
        try:
            connection = connect(copy, mode="rw", raw_key=raw_key)
            connection.text_factory = _readable
            self._connection = connection
            connection.execute(
                "pragma writable_schema=on"
            )  # a file shorter than it says is read as far as it goes
            connection.execute("select count(*) from sqlite_schema").fetchone()
        except DriverError as error:
            raise problems.damaged(self.path, str(error)) from error

    def _clear(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._workshop:
            shutil.rmtree(self._workshop, ignore_errors=True)


def _readable(raw: bytes) -> str:
    """Text as far as it is text: damage shows as replacement marks."""
    return raw.decode("utf-8", errors="replace")
