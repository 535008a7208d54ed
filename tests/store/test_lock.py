"""One writer among all processes; a dead one's place is free at once; readers need no place."""

from __future__ import annotations

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
