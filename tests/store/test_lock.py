"""One writer among all processes; a dead one's place is free at once; readers need no place."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cs_workbench.errors import PortfolioProblem
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.lock import WriterPlace, lock_file
from tests.builders_store import add_account, count

OTHER = """
import sys
from cs_workbench.services.workbench import Workbench
wb = Workbench.open(sys.argv[1])
with wb.change("Other") as db:
    db.execute("insert into setting (key, value) values ('other', '1')")
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def other_writer(path: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has written and keeps the place."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@pytest.fixture
def portfolio(path: str) -> str:
    Workbench.open(path, create=True).close()
    return path


def test_a_second_writer_is_told_and_may_read(portfolio: str) -> None:
    with other_writer(portfolio), Workbench.open(portfolio) as wb:
        assert count(wb, "setting") == 1
        for write in (lambda: wb.change("Mine").__enter__(), wb.undo, wb.claim):
            with pytest.raises(PortfolioProblem) as caught:
                write()
            assert caught.value.code == "locked"
            assert "Reading still works" in caught.value.remedy
        assert count(wb, "setting") == 1


def test_the_place_is_free_when_the_other_closes(portfolio: str) -> None:
    with Workbench.open(portfolio) as wb:
        with other_writer(portfolio):
            pass
        with wb.change("Mine") as db:
            add_account(db)
        assert wb.undo() == "Mine"
        assert wb.undo() == "Other"


def test_the_place_of_a_killed_writer_is_taken_over_at_once(portfolio: str) -> None:
    with Workbench.open(portfolio) as wb, other_writer(portfolio) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert os.path.exists(lock_file(portfolio))
        with wb.change("Mine") as db:
            add_account(db)
        assert count(wb, "setting") == 1


def test_reading_takes_no_place(portfolio: str) -> None:
    with Workbench.open(portfolio) as first, Workbench.open(portfolio, read_only=True) as second:
        assert count(first, "account") == count(second, "account") == 0
        with first.change("Write") as db:
            add_account(db)
        assert count(second, "account") == 1


def test_opened_for_reading_never_writes(portfolio: str) -> None:
    with Workbench.open(portfolio, read_only=True) as wb:
        for write in (lambda: wb.change("Mine").__enter__(), wb.undo, wb.claim):
            with pytest.raises(PortfolioProblem) as caught:
                write()
            assert caught.value.code == "read_only"
    assert not os.path.exists(lock_file(portfolio))


def test_claiming_keeps_others_out_before_anything_is_written(portfolio: str) -> None:
    with Workbench.open(portfolio) as first, Workbench.open(portfolio) as second:
        first.claim()
        first.claim()
        with pytest.raises(PortfolioProblem):
            second.claim()


def test_a_planted_link_is_not_written_through(portfolio: str) -> None:
    target = portfolio + "-target"
    os.symlink(target, lock_file(portfolio))
    place = WriterPlace(portfolio)
    with pytest.raises(PortfolioProblem if os.path.exists(target) else Exception):
        place.take()
    assert not os.path.exists(target)


def test_a_lock_file_deleted_meanwhile_is_made_again(portfolio: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock on a file nobody finds any more keeps nobody out."""
    name, flock = lock_file(portfolio), fcntl.flock
    gone: list[str] = []

    def deleted_meanwhile(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        if not gone:
            os.unlink(name)
            gone.append(name)

    monkeypatch.setattr(fcntl, "flock", deleted_meanwhile)
    first, second = WriterPlace(portfolio), WriterPlace(portfolio)
    first.take()
    assert gone
    with pytest.raises(PortfolioProblem):
        second.take()
    first.free()
    second.take()
    second.free()


def test_where_the_system_has_no_such_lock_another_is_used(
    portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    class Other:
        def release(self) -> None:
            taken.remove(lock_file(portfolio))

    def refused(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOSYS, "no such call")

    def other(name: str) -> Other | None:
        if name in taken:
            return None
        taken.append(name)
        return Other()

    monkeypatch.setattr(fcntl, "flock", refused)
    monkeypatch.setattr("cs_workbench.store.lock._by_filelock", other)
    first, second = WriterPlace(portfolio), WriterPlace(portfolio)
    first.take()
    with pytest.raises(PortfolioProblem) as caught:
        second.take()
    assert caught.value.code == "locked"
    first.free()
    assert taken == []


def test_no_descriptor_is_left_behind(portfolio: str) -> None:
    place, other = WriterPlace(portfolio), WriterPlace(portfolio)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _time in range(3):
        place.take()
        with pytest.raises(PortfolioProblem):
            other.take()
        place.free()
        place.free()
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after == before


def test_taking_the_place_imports_nothing_heavy(portfolio: str) -> None:
    look = (
        "import sys\nfrom cs_workbench.store.lock import WriterPlace\nWriterPlace(sys.argv[1]).take()\n"
        "print('filelock' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look, portfolio], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_filelock_and_we_keep_each_other_out(portfolio: str) -> None:
    """An older copy of the program may be open on the same portfolio."""
    from filelock import FileLock, Timeout

    place, theirs = WriterPlace(portfolio), FileLock(lock_file(portfolio), timeout=0, thread_local=False)
    place.take()
    with pytest.raises(Timeout):
        theirs.acquire()
    place.free()
    with theirs, pytest.raises(PortfolioProblem):
        place.take()
