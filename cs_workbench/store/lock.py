"""The writer's place: at most one process changes a portfolio. The system frees it when a process dies."""

from __future__ import annotations

import os

from cs_workbench.store import files, problems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from filelock import BaseFileLock


def lock_file(path: str) -> str:
    """Where the lock of the portfolio at *path* lies. The file stays; what counts is who holds it."""
    return path + ".lock"


class WriterPlace:
    """Held from the first change until the portfolio is closed."""

    __slots__ = ("_lock", "_path")

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock: BaseFileLock | None = None

    def take(self) -> None:
        """Take the place, or raise PortfolioProblem at once where another process has it."""
        if self._lock is not None:
            return
        from filelock import FileLock, Timeout

        name = lock_file(self._path)
        try:
            if not os.path.lexists(name):
                _create(name)
            lock = FileLock(name, timeout=0, mode=files.FILE_MODE, thread_local=False)
            lock.acquire()
        except Timeout:
            raise problems.locked(self._path) from None
        except OSError as error:
            raise problems.unreadable(self._path, error) from error
        self._lock = lock

    def free(self) -> None:
        """Give the place back."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _create(name: str) -> None:
    try:
        files.create_private(name)
    except FileExistsError:
        return
