"""An import that is killed leaves all or nothing, and the same file again adds nothing twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cs_workbench.errors import Cancelled
from cs_workbench.services.workbench import Workbench
from tests.builders_import import content, counts, portfolio, table, take_in

ROWS = 30_000
KILLS = 8
CHILD = """
import sys, datetime as dt
from cs_workbench.services.intake import import_files
from cs_workbench.services.workbench import Workbench
with Workbench.open(sys.argv[1]) as wb:
    print("open", flush=True)
    import_files(wb, sys.argv[2:], now=dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
                 progress=lambda done, total, label: print(label, done, flush=True))
    print("done", flush=True)
"""


def _files(folder: Path) -> list[str]:
    accounts = "account_id,account_name\n" + "".join(f"A{n},Customer number {n}\n" for n in range(100))
    usage = "account_id,date,metric,value\n" + "".join(
        f"A{n % 100},2026-{n // 100 % 12 + 1:02d}-{n // 1200 % 28 + 1:02d},logins,{n}\n" for n in range(ROWS)
    )
    tickets = "ticket_id,account_id,submitted_at,subject\n" + "".join(
        f"T{n},A{n % 100},2026-03-01,Question {n}\n" for n in range(3_000)
    )
    return [
        table(folder, "usage.csv", usage),
        table(folder, "tickets.csv", tickets),
        table(folder, "accounts.csv", accounts),
    ]


def _run_and_kill(portfolio_path: str, files: list[str], after: int, delay: float) -> bool:
    """Start an import, kill it after some lines of progress and a delay; True if it had said it was done."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, portfolio_path, *files],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    said: list[str] = []
    for line in child.stdout:
        said.append(line)
        if len(said) > after:
            break
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    rest, _errors = child.communicate()
    return "done\n" in [*said, *rest.splitlines(keepends=True)]


def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    files = _files(tmp_path)
    chance = random.Random(20260401)
    with portfolio(tmp_path) as wb:
        empty, path = counts(wb), wb.path
    with portfolio(_made(tmp_path / "whole")) as wb:
        take_in(wb, *files)
        whole = counts(wb)
    for _kill in range(KILLS):
        done = _run_and_kill(path, files, chance.randrange(12), chance.random() * 0.3)
        with Workbench.open(path) as wb:
            found = counts(wb)
            assert found in (empty, whole)
            if done:
                assert found == whole
            assert wb.reads.scalar("pragma integrity_check") == "ok"
            assert wb.reads.all("pragma foreign_key_check") == []
            while wb.undo():
                pass
            assert counts(wb) == empty
    with Workbench.open(path) as wb:
        take_in(wb, *files)
        assert counts(wb) == whole
        assert take_in(wb, *files).step_id is None
        assert counts(wb) == whole


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("seed", range(6))
def test_a_stopped_import_leaves_nothing(tmp_path: Path, seed: int) -> None:
    files = _files(tmp_path)
    told = 0

    def count(_done: int, _total: int, _label: str) -> None:
        nonlocal told
        told += 1

    with portfolio(_made(tmp_path / "whole")) as wb:
        take_in(wb, *files, progress=count)
    left = random.Random(seed).randrange(told)

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    with portfolio(tmp_path) as wb:
        before = content(wb)
        with pytest.raises(Cancelled):
            take_in(wb, *files, cancelled=stop)
        assert content(wb) == before
        assert wb.history() == []
        assert wb.reads.scalar("select count(*) from saved_mapping") == 0
