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

import pytest

from cs_workbench.services import health
from tests.bench.portfolio import NOW, ROOT, TODAY, fill, open_at

if TYPE_CHECKING:
    from tests.bench.conftest import Note

ROUNDS = 21
SCRIPT = "import sys\nfrom cs_workbench.__main__ import command_line\nsys.exit(command_line())\n"
"""What the installed command ``cs-workbench`` holds."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """2,000 scored accounts."""
    path = str(tmp_path_factory.mktemp("accounts") / "p.csw")
    fill(path, 2_000, 3)
    with open_at(path) as workbench:
        health.score_all(workbench, TODAY, now=NOW)
    return path


def test_listing_2000_accounts(note: Note, path: str, tmp_path: Path) -> None:
    """Aim: ``cs-workbench accounts`` on 2,000 accounts ≤ 3 × ``python -c pass``, both with compiled modules.

    As the installed command starts it, and as ``python -m`` does.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "PYTHONPATH": str(ROOT)}
    script = tmp_path / "cs-workbench"
    script.write_text(SCRIPT, encoding="utf-8")
    listing = ["--portfolio", path, "accounts"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "cs-workbench accounts, 2,000 accounts": [sys.executable, str(script), *listing],
        "cs-workbench accounts --json": [sys.executable, str(script), *listing, "--json"],
        "  python -m cs_workbench accounts": [sys.executable, "-m", "cs_workbench", *listing],
        "  python -m cs_workbench accounts --json": [
            sys.executable,
            "-m",
            "cs_workbench",
            *listing,
            "--json",
        ],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS + 2):
        for name, command in commands.items():
            taken[name].append(_milliseconds(command, environment))
    medians = {name: statistics.median(times[2:]) for name, times in taken.items()}
    floor = medians.pop("python -c pass")
    for name, value in medians.items():
        aim = "" if name.startswith(" ") else "≤ 3 ×"
        note(name, value, "ms", floor=floor, floor_name="python -c pass", aim=aim)


@pytest.mark.parametrize("option", [[], ["--json"]], ids=["table", "json"])
def test_nothing_heavy_is_imported_for_it(path: str, option: list[str]) -> None:
    code = (
        "import os, sys\nfrom cs_workbench.cli import quick\n"
        "assert quick.run(sys.argv[1:]) == 0\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--portfolio", path, "accounts", *option],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    brought = {name.partition(".")[0] for name in done.stderr.split()}
    assert "sqlcipher3" in brought
    assert not brought & {"PySide6", "sqlalchemy", "matplotlib", "alembic", "jinja2", "argparse", "re"}


def _milliseconds(command: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    taken = (time.perf_counter() - start) * 1000
    assert done.stdout.count(b"\n") >= 2_000 or command[1] == "-c"
    return taken
