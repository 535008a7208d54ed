"""The open portfolio: reads for everyone, one writer, named changes with undo."""

from __future__ import annotations

import os
from _thread import allocate_lock

from cs_workbench.store.database import Database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Any, TypeVar

    from cs_workbench.errors import UserError
    from cs_workbench.services.turn import Turns
    from cs_workbench.store.change import Change, Changes
    from cs_workbench.store.history import Step
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.writer import Writer

    T = TypeVar("T")


class Workbench:
    """One open portfolio. Any thread may read; changes wait for one another and never for readers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._making = allocate_lock()
        self._queue: Turns | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._callbacks: dict[object, Callable[[Changes], None]] = {}
        self._former: list[Database] = []

    @classmethod
    def open(
        cls, path: str, *, key: str | None = None, create: bool = False, read_only: bool = False
    ) -> Workbench:
        """Open the portfolio at *path*; ``create`` makes a new, empty one. ``key`` is its passphrase.

        Raises FileProblem and PortfolioProblem; a file that is refused is left byte for byte as it was.
        """
        return cls(Database.open(path, key, create=create, read_only=read_only))

    def __enter__(self) -> Workbench:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> str:
        """The portfolio file."""
        return self.database.path

    @property
    def reads(self) -> Reads:
        """Reads of what is committed, from any thread."""
        return self.database.reads

    def claim(self) -> None:
        """Take the writer's place before the first change, as a window does. Raises PortfolioProblem if taken."""
        self.database.claim()

    @property
    def refusal(self) -> UserError | None:
        """What every change is refused with in a portfolio opened for reading; None where it can be changed."""
        if not self.database.read_only:
            return None
        from cs_workbench.store.problems import for_reading

        return for_reading(self.path)

    def change(self, name: str) -> AbstractContextManager[Change]:
        """A named, atomic change: one undo step when the block ends, nothing at all when it raises."""
        return self._turns().change(name, evidence=False)

    def evidence(self, name: str) -> AbstractContextManager[Change]:
        """An atomic write outside undo: snapshots, drafts, pack records, saved mappings. Nothing else may move."""
        return self._turns().change(name, evidence=True)

    def undo(self) -> str | None:
        """Take back the newest step and return its name; None where there is nothing to undo."""
        return self._turns().replay("undo")

    def redo(self) -> str | None:
        """Put the last undone step in again and return its name; None where there is nothing to redo."""
        return self._turns().replay("redo")

    def history(self) -> list[Step]:
        """The steps that can be undone or redone, newest first."""
        from cs_workbench.store.history import steps

        return steps(self.reads)

    def write(self, work: Callable[[], T]) -> Future[T]:
        """Run *work* on the one writer thread, after whatever is there already."""
        with self._making:
            if self._pool is None:
                from concurrent.futures import ThreadPoolExecutor

                self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
            return self._pool.submit(work)

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Call *callback* after every commit, on the thread that wrote; the returned function ends it."""
        token = object()
        self._callbacks[token] = callback
        return lambda: self._callbacks.pop(token, None) and None

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of the portfolio, or *default*."""
        from cs_workbench.store.queries.settings import setting

        return setting(self.reads, key, default)

    def on_writer(self, look: Callable[[Writer], T]) -> T:
        """Let *look* use the writer connection between two changes: checks and upkeep, not edits."""
        return self._turns().look(look)

    def held(self) -> AbstractContextManager[None]:
        """Nothing is written by anybody until the block ends."""
        return self._turns().hold()

    def continue_in(self, path: str) -> None:
        """Go on in the whole copy at *path*: whoever holds this workbench reads and writes there from now on.

        Inside ``held``. Reads under way end in the file before; ``let_former_go`` closes it. Raises FileProblem and
        PortfolioProblem where the copy cannot be written; then nothing has changed.
        """
        following = Database(os.path.realpath(path), self.database.raw_key, read_only=False)
        ready = False
        try:
            following.claim()
            following.reader()
            ready = True
        finally:
            if not ready:
                following.close()
        with self._making:
            self._former.append(self.database)
            self.database = following
            self._queue = None

    def let_former_go(self) -> None:
        """Close the files this workbench went on from, once nothing reads them any more."""
        former, self._former = self._former, []
        for database in former:
            database.close()

    def close(self) -> None:
        """Finish the writes that wait, then close the file. Closing twice is harmless."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        self.let_former_go()
        self.database.close()

    def _turns(self) -> Turns:
        """The queue at the writer, made by whoever writes first; reading never pays for its imports."""
        with self._making:
            if self._queue is None:
                from cs_workbench.services.turn import Turns

                self._queue = Turns(self.database, self._tell)
            return self._queue

    def _tell(self, changes: Changes) -> None:
        for callback in list(self._callbacks.values()):
            callback(changes)
