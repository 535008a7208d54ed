"""A backup cut off at any moment: there is always a verified one to restore, and never fewer than before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cs_workbench.services import backups
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup
from tests.builders_store import NOW, add_account, add_interaction

CHILD = """
import datetime as dt, sys
from cs_workbench.services import backups
from cs_workbench.services.workbench import Workbench

few = backups.Policy(newest=2, days=0, weeks=0, months=0, minimum=2)
with Workbench.open(sys.argv[1], read_only=True) as wb:
    print("begun", flush=True)
    while True:
        backups.backup(wb, now=dt.datetime(2026, 3, 4, tzinfo=dt.UTC), policy=few)
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "p.csw")
    with Workbench.open(path, create=True) as wb:
        with wb.change("Fill") as db:
            for number in range(200):
                add_interaction(db, add_account(db, f"A{number}"), "更新の相談" * 50)
        for _ in range(2):
            backups.backup(wb, now=NOW)
    return path


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL as here is POSIX")
def test_killed_at_any_moment_of_making_and_rotating(path: str) -> None:
    for number in range(8):
        child = subprocess.Popen([sys.executable, "-c", CHILD, path], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        time.sleep(0.02 + 0.03 * number)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        found = backups.list_backups(path)
        assert len(found) >= 2
        for info in found:
            backup.verify(info.path, None, info.digests)
    with Workbench.open(path) as wb:
        made = backups.backup(
            wb, now=NOW, policy=backups.Policy(newest=2, days=0, weeks=0, months=0, minimum=2)
        )
    assert backups.list_backups(path)[0] == made
    assert not [
        name
        for name in os.listdir(path + "-backups")
        if name.endswith(".part") and name.startswith(f"p-{made.number:06}")
    ]
