"""The account list from the shell, against an interpreter that does nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs_workbench.services import health
from tests.bench.portfolio import NOW, TODAY, fill, open_at

if TYPE_CHECKING:
    from tests.bench.conftest import Note

_ROUNDS = 15


def test_listing_2000_accounts(note: Note, tmp_path: Path) -> None:
    """Aim: ``cs-workbench accounts`` on 2,000 accounts ≤ 3 × ``python -c pass``, both with compiled modules."""
    path = str(tmp_path / "p.csw")
    fill(path, 2_000, 3)
    with open_at(path) as workbench:
        health.score_all(workbench, TODAY, now=NOW)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path / "compiled")
    nothing = [sys.executable, "-c", "pass"]
    listing = [sys.executable, "-m", "cs_workbench", "--portfolio", path, "accounts"]
    commands = (nothing, listing, [*listing, "--json"])
    taken: tuple[list[float], ...] = ([], [], [])
    for _ in range(_ROUNDS + 2):
        for command, times in zip(commands, taken, strict=True):
            times.append(_milliseconds(command, environment))
    floor, table, plain = (statistics.median(times[2:]) for times in taken)
    note(
        "cs-workbench accounts, 2,000 accounts",
        table,
        "ms",
        floor=floor,
        floor_name="python -c pass",
        aim="≤ 3 ×",
    )
    note("cs-workbench accounts --json", plain, "ms", floor=floor, floor_name="python -c pass", aim="≤ 3 ×")


def _milliseconds(command: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    taken = (time.perf_counter() - start) * 1000
    assert done.stdout or "-c" in command
    return taken
