"""Taking turns at the writer: one change at a time, whoever asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from cs_workbench.store.change import Change, Changes
from cs_workbench.store.history import replay_last

if TYPE_CHECKING:
    from cs_workbench.store.database import Database
    from cs_workbench.store.writer import Writer

T = TypeVar("T")


class Turns:
    """The queue at one portfolio's writer. Whoever has the turn may not ask for another: changes do not nest."""

    def __init__(self, database: Database, tell: Callable[[Changes], None]) -> None:
        self._database = database
        self._tell = tell
        self._turn = threading.Lock()
        self._holder: int | None = None

    @contextmanager
    def change(self, name: str, *, evidence: bool) -> Iterator[Change]:
        """A change (or evidence) from its begin to its commit; subscribers hear of it afterwards."""
        with self._mine():
            change = Change(self._database.writer(), name, evidence=evidence)
            with change as db:
                yield db
        self._after(change.changes)

    def replay(self, side: str) -> str | None:
        """Undo (side ``undo``) or redo the newest step: its name, or None."""
        with self._mine():
            changes = replay_last(self._database.writer(), side)
        self._after(changes)
        return None if changes is None else changes.name

    def look(self, work: Callable[[Writer], T]) -> T:
        """Let *work* use the writer connection between two changes."""
        with self._mine():
            return work(self._database.writer())

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let no change begin until the block ends."""
        with self._mine():
            yield

    @contextmanager
    def _mine(self) -> Iterator[None]:
        thread = threading.get_ident()
        if self._holder == thread:
            raise RuntimeError("a change inside a change: pass the open one on instead")
        with self._turn:
            self._holder = thread
            try:
                yield
            finally:
                self._holder = None

    def _after(self, changes: Changes | None) -> None:
        if changes is not None and (changes.step_id or changes.ids):
            self._tell(changes)
