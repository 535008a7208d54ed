"""The writer's place: at most one process changes a portfolio. The system frees it when a process dies."""

from __future__ import annotations

import os
import sys

from cs_workbench.store import files, problems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from filelock import BaseFileLock

_LINKS_REFUSED = getattr(os, "O_NOFOLLOW", 0)


def lock_file(path: str) -> str:
    """Where the lock of the portfolio at *path* lies. The file stays; what counts is who holds it."""
    return path + ".lock"


class WriterPlace:
    """Held from the first change until the portfolio is closed."""

    __slots__ = ("_descriptor", "_lock", "_path")

    def __init__(self, path: str) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._lock: BaseFileLock | None = None

    def take(self) -> None:
        """Take the place, or raise PortfolioProblem at once where another process has it.

        Where the system has a plain lock it is asked directly; anything unusual about the file or the file system is
        the library's, whose import would cost every start as much as reading the accounts does.
        """
        if self._descriptor is not None or self._lock is not None:
            return
        name = lock_file(self._path)
        try:
            if not os.path.lexists(name):
                _create(name)
            self._descriptor = _held(name)
            if self._descriptor is None:
                self._take_by_library(name)
        except BlockingIOError:
            raise problems.locked(self._path) from None
        except OSError as error:
            raise problems.unreadable(self._path, error) from error

    def free(self) -> None:
        """Give the place back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _take_by_library(self, name: str) -> None:
        from filelock import FileLock, Timeout

        lock = FileLock(name, timeout=0, mode=files.FILE_MODE, thread_local=False)
        try:
            lock.acquire()
        except Timeout as taken:
            raise BlockingIOError(str(taken)) from taken
        self._lock = lock


def _held(name: str) -> int | None:
    """A descriptor that holds the lock file, or None where the plain way does not serve. Raises BlockingIOError."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        descriptor = os.open(name, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | _LINKS_REFUSED)
    except OSError:
        return None
    holds = False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        holds = os.fstat(descriptor).st_nlink > 0
    except BlockingIOError:
        raise
    except OSError:
        return None
    finally:
        if not holds:
            os.close(descriptor)
    return descriptor if holds else None


def _create(name: str) -> None:
    try:
        files.create_private(name)
    except FileExistsError:
        return
