"""A change: named, atomic, one undo step; and evidence, atomic but outside undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.store import fit
from cs_workbench.store.connection import DriverError
from cs_workbench.store.reads import Reads

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection, Cursor
    from types import TracebackType

    from sqlalchemy.orm import Session

    from cs_workbench.errors import UserError
    from cs_workbench.store.reads import Params
    from cs_workbench.store.session import JoinedSession
    from cs_workbench.store.writer import Writer

ALLOWED_IN_EVIDENCE = frozenset(("scorecard",))
"""Tracked tables that evidence may also write: a scorecard's version is written once and never changed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step moved: table → ids, None where there were many. ``step_id`` is 0 where nothing can be undone."""

    step_id: int
    name: str
    ids: dict[str, frozenset[int] | None]


class Change(Reads):
    """What ``with wb.change(name) as db`` gives: reads that see its own writes, and the writes.

    It belongs to the thread that opened it and ends with its block: committed, or on any exception rolled back.
    """

    __slots__ = (
        "_batches",
        "_evidence",
        "_forgetting",
        "_moved",
        "_open",
        "_session",
        "_step",
        "_writer",
        "changes",
        "name",
    )

    def __init__(self, writer: Writer, name: str, *, evidence: bool = False) -> None:
        super().__init__(writer.path, self._current)
        self.name = name
        self.changes: Changes | None = None
        self._writer = writer
        self._evidence = evidence
        self._step = 0
        self._open = False
        self._forgetting = False
        self._batches: list[int] = []
        self._moved: dict[str, frozenset[int] | None] = {}
        self._session: JoinedSession | None = None

    def __enter__(self) -> Change:
        connection = self._writer.connection
        try:
            connection.execute("begin immediate")
            if self._evidence:
                self._writer.steps.watch()
            else:
                self._step = self._writer.steps.begin(self.name)
            self._open = True
        except DriverError as error:
            raise self._told(error) or error from error
        finally:
            if not self._open:
                self._roll_back()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
            else:
                self._retell(error)
        except DriverError as failure:
            self._retell(failure)
            raise
        finally:
            self._roll_back()
            self._open = False
            if self._session is not None:
                self._session.close()

    @property
    def session(self) -> Session:
        """An SQLAlchemy session on the writer connection, inside this change; it may neither commit nor roll back."""
        if self._session is None:
            from cs_workbench.store.session import JoinedSession

            self._current()
            self._session = JoinedSession(self._writer.engine())
        return self._session.session

    @property
    def connection(self) -> Connection:
        """The driver's connection, for set statements inside the store. Never begin, commit or roll back on it."""
        self._flush()
        return self._current()

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return self._run(sql, params).rowcount

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each of *rows*."""
        self._flush()
        self._current().executemany(sql, rows)

    def lastrowid(self, sql: str, params: Params = ()) -> int:
        """Run one INSERT and return the new row's id."""
        row = self._run(sql, params).lastrowid
        assert row is not None
        return row

    def batch(self, batch_id: int) -> None:
        """Let this step own the readings of *batch_id* (not 0): from here on they are undone with their batch.

        Whoever writes them keeps each value they replace in ``reading_before``. May be called for several batches.
        """
        if batch_id == 0 or self._evidence:
            raise ValueError("a batch has a number, and belongs to a change")
        if not self._batches:
            self._writer.steps.silence_readings()
        if batch_id not in self._batches:
            self._batches.append(batch_id)

    def gone(self) -> dict[str, Any]:
        """What this change has deleted or cut loose so far, as plain values: see :meth:`Steps.gone`."""
        self._flush()
        self._current()
        return self._writer.steps.gone(self._step)

    def forget_history(self) -> None:
        """Let this change end the undo history, itself included: what it erases must not live on in images."""
        self._forgetting = True

    def moved(self, table: str, ids: Iterable[int] | None = None) -> None:
        """Say that rows of an untracked table moved, so that screens showing them look again."""
        self._moved[table] = None if ids is None else frozenset(ids)

    def _run(self, sql: str, params: Params) -> Cursor:
        self._flush()
        return self._current().execute(sql, params)

    def _current(self) -> Connection:
        if not self._open:
            raise RuntimeError("the change has ended")
        return self._writer.connection

    def _flush(self) -> None:
        if self._session is not None:
            self._session.flush()

    def _finish(self) -> None:
        self._flush()
        if not self._writer.connection.in_transaction:
            raise RuntimeError("the transaction ended before its change")
        ids: dict[str, frozenset[int] | None] | None
        if self._evidence:
            watched = self._writer.steps.watched()
            if forbidden := set(watched) - ALLOWED_IN_EVIDENCE:
                raise RuntimeError(f"evidence may not change {', '.join(sorted(forbidden))}")
            ids = dict.fromkeys(watched)
        else:
            ids = self._writer.steps.end(self._step, self._batches)
            if self._forgetting:
                self._writer.steps.forget_all()
        self._writer.connection.execute("commit")
        step = self._step if ids is not None and not self._evidence and not self._forgetting else 0
        self.changes = Changes(step, self.name, {**(ids or {}), **self._moved})

    def _roll_back(self) -> None:
        connection = self._writer.connection
        if connection.in_transaction:
            connection.execute("rollback")

    def _retell(self, error: BaseException) -> None:
        """A full disk, a broken device, a damaged page are told kindly, also when SQLAlchemy wrapped them."""
        cause: Any = getattr(error, "orig", None) or error
        if isinstance(cause, DriverError) and (told := self._told(cause)) is not None:
            raise told from error

    def _told(self, error: BaseException) -> UserError | None:
        return fit.told(error, self._writer.path, lambda: self._writer.connection)
