"""What the window keeps in memory once 2,000 accounts are on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench.portfolio import ROOT, fill, history

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.conftest import Note

WAIT = 6_000
"""ms after the rows: the writing half and what is loaded ahead are in memory by then."""

_OPEN = """
import datetime as dt, gc, os, sys
gc.disable()
from cs_workbench import app as composition
app = composition.application(sys.argv)
shell = composition.Shell(app, clock=lambda: dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))
shell.show()
from PySide6.QtCore import QTimer
def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
def told():
    rows = shell.window.page.model.rowCount()
    assert rows == 2000, rows
    print(filled[0], resident(), flush=True)
    os._exit(0)
filled = []
def look():
    table = getattr(shell.window.page, "table", None)
    if table is not None and table.lines[0].trend:
        timer.stop()
        filled.append(resident())
        QTimer.singleShot(int(sys.argv[2]), told)
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
shell.window.painted.connect(lambda: shell.open(sys.argv[1]))
app.exec()
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="resident memory is read from /proc")
def test_2000_accounts_in_memory(note: Note, tmp_path: Path) -> None:
    """Aim: ≤ 300 MiB resident with 2,000 accounts open, with everything that is loaded after the start."""
    path, home = str(tmp_path / "p.csw"), tmp_path / "home"
    fill(path, 2_000, 1)
    history(path)
    home.mkdir()
    environment = os.environ | {"CS_WORKBENCH_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    keep = "from cs_workbench.ui import session; session.keep({'page': 'accounts'})"
    subprocess.run([sys.executable, "-c", keep], env=environment, check=True, cwd=ROOT)
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, path, str(WAIT)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    rows, later = (float(one) for one in done.stdout.split())
    note("resident, 2,000 accounts on the screen", rows, "MiB", aim="≤ 300 MiB")
    note("  with writing half and drawings loaded", later, "MiB", aim="≤ 300 MiB")
