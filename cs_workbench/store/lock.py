"""The writer's place: at most one process changes a portfolio. The system frees it when a process dies."""

from __future__ import annotations

import errno
import os
import sys

from cs_workbench.store import files, problems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from filelock import BaseFileLock

_TAKEN = frozenset((errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK))
"""What the system says where another process holds the lock."""
_ATTEMPTS = 10
"""How often the file may be another one by the time it is locked."""


def lock_file(path: str) -> str:
    """Where the lock of the portfolio at *path* lies. The file stays; what counts is who holds it."""
    return path + ".lock"


class WriterPlace:
    """Held from the first change until the portfolio is closed."""

    __slots__ = ("_lock", "_path")

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock: int | BaseFileLock | None = None

    def take(self) -> None:
        """Take the place, or raise PortfolioProblem at once where another process has it."""
        if self._lock is not None:
            return
        name = lock_file(self._path)
        try:
            if not os.path.lexists(name):
                _create(name)
            lock = _locked(name)
        except OSError as error:
            raise problems.unreadable(self._path, error) from error
        if lock is None:
            raise problems.locked(self._path)
        self._lock = lock

    def free(self) -> None:
        """Give the place back."""
        lock, self._lock = self._lock, None
        if isinstance(lock, int):
            os.close(lock)  # and with it the lock: nobody else has this descriptor
        elif lock is not None:
            lock.release()


def _create(name: str) -> None:
    try:
        files.create_private(name)
    except FileExistsError:
        return


if sys.platform == "win32":

    def _locked(name: str) -> int | BaseFileLock | None:
        return _by_filelock(name)

else:

    def _locked(name: str) -> int | BaseFileLock | None:
        """The descriptor that holds the lock, None where another process does. Raises OSError.

        The system is asked directly, with the lock filelock would take: importing that costs a start 20 ms.
        """
        import fcntl

        for _attempt in range(_ATTEMPTS):
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, files.FILE_MODE)
            held = False
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                held = _is_at(descriptor, name)
            except OSError as error:
                if error.errno == errno.ENOSYS:
                    return _by_filelock(name)
                if error.errno in _TAKEN:
                    return None
                raise
            finally:
                if not held:
                    os.close(descriptor)
            if held:
                return descriptor
        return None

    def _is_at(descriptor: int, name: str) -> bool:
        """Whether the file locked is the one others find under *name*: somebody may have deleted it meanwhile."""
        try:
            return os.path.samestat(os.fstat(descriptor), os.lstat(name))
        except FileNotFoundError:
            return False


def _by_filelock(name: str) -> BaseFileLock | None:
    """The lock where the system has none of its own that one call takes."""
    from filelock import FileLock, Timeout

    lock = FileLock(name, timeout=0, mode=files.FILE_MODE, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock
