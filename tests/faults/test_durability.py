"""Killed while saving: whatever was acknowledged is there, nothing is half there, and the next start just works."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import check
from tests.builders_store import count

KILLS = int(os.environ.get("CS_WORKBENCH_KILLS", "50"))

CHILD = """
import sys
from cs_workbench.services.workbench import Workbench

wb = Workbench.open(sys.argv[1])
wb.claim()
start = wb.reads.scalar("select coalesce(max(cast(name as integer)), 0) from account")
for number in range(start + 1, start + 10_000):
    with wb.change(f"Save {number}") as db:
        account = db.lastrowid(
            "insert into account (name, name_key, created_at, updated_at) values (?, ?, 'x', 'x')", (str(number),) * 2
        )
        for _ in range(3):
            db.execute(
                "insert into interaction (account_id, at, channel, folded, created_at, updated_at)"
                " values (?, 'x', 'call', ?, 'x', 'x')",
                (account, "更新の相談" * 20),
            )
        db.execute("update account set stage=? where id<?", (str(number), 4))
    if number % 7 == 0:
        wb.undo()
        wb.redo()
    sys.stdout.write(f"{number}\\n")  # one write: an unbuffered print makes two, and a kill between them tears the word
    sys.stdout.flush()
"""


def kill_while_saving(path: str, after: float) -> list[int]:
    """Start the child, kill it *after* seconds of saving, and return what it had acknowledged."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, path], stdout=subprocess.PIPE)
    assert child.stdout is not None
    descriptor = child.stdout.fileno()
    said = b""
    while not said:
        said += os.read(descriptor, 65_536)
        assert said, "the child could not start"
    deadline = time.monotonic() + after
    while (left := deadline - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            said += os.read(descriptor, 65_536)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    while more := os.read(descriptor, 65_536):
        said += more
    child.stdout.close()
    return [int(line) for line in said.split(b"\n")[:-1]]


def examine(path: str, acknowledged: int) -> None:
    """Every acknowledged change is whole, at most one unacknowledged one is whole too, and nothing is damaged."""
    with Workbench.open(path) as wb:
        numbers = [int(name) for (name,) in wb.reads.all("select name from account order by id")]
        assert numbers in (list(range(1, acknowledged + 1)), list(range(1, acknowledged + 2)))
        assert count(wb, "interaction") == 3 * len(numbers)
        assert wb.reads.scalar("select stage from account where id=1") == str(numbers[-1])
        top = wb.history()[0]
        undone = top.side == "redo"  # killed between the undo and the redo of the next one
        assert top.name == f"Save {numbers[-1] + undone}"
        report = check.check_reader(wb.database.reader(), keyed=False)
        assert report.findings == ()
        assert wb.on_writer(check.check_writer) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL and pipes as here are POSIX")
def test_killed_while_saving_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    Workbench.open(path, create=True).close()
    chance = random.Random(20260304)
    acknowledged = 0
    for number in range(KILLS):
        said = kill_while_saving(path, chance.uniform(0.0, 0.12))
        assert said == list(range(said[0], said[0] + len(said)))
        assert said[0] in (acknowledged + 1, acknowledged + 2)
        acknowledged = said[-1]
        if number % 10 == 9:
            examine(path, acknowledged)
    examine(path, acknowledged)


IMPORT = """
import sys
from cs_workbench.services.workbench import Workbench

wb = Workbench.open(sys.argv[1])
with wb.change("Import") as db:
    batch = db.lastrowid(
        "insert into import_batch (at, file_name, sha256, source, kind, mapping,"
        " rows, created, updated, unchanged, rejected) values ('x', 'f', '', 's', 'readings', '{}', 0, 0, 0, 0, 0)"
    )
    db.batch(batch)
    print("begun", flush=True)
    db.execute(
        "insert into reading with recursive n(d) as (values (1) union all select d + 1 from n where d < 400000)"
        " select 1, 1, d, d, ? from n", (batch,)
    )
print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL as here is POSIX")
@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.3])
def test_killed_while_importing_all_or_nothing(tmp_path: Path, after: float) -> None:
    path = str(tmp_path / "p.csw")
    with Workbench.open(path, create=True) as wb, wb.change("Set up") as db:
        db.execute("insert into account (name, name_key, created_at, updated_at) values ('A', 'a', 'x', 'x')")
        db.execute("insert into metric (key, name, family) values ('m', 'm', 'm')")
    child = subprocess.Popen([sys.executable, "-c", IMPORT, path], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    time.sleep(after)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    done = child.stdout.read() == b"done\n"
    child.stdout.close()
    with Workbench.open(path) as wb:
        found = count(wb, "reading")
        assert found in (0, 400_000)
        assert not done or found
        assert (count(wb, "import_batch") == 1) is bool(found)
        assert len(wb.history()) == (2 if found else 1)
        with wb.change("Next") as db:
            db.execute("update account set stage='grow'")
        assert wb.undo() == "Next"
