"""A portfolio is closed while other threads still read it: the statement ends, and the process with its exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cs_workbench.services import portfolios
from tests.builders_store import NOW

_CLOSED_WHILE_READ = """
import sys, threading
from cs_workbench.services.workbench import Workbench
LONG = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000) select sum(i) from n"
for turn in range(12):
    wb = Workbench.open(sys.argv[1])
    begun, told = threading.Barrier(4), []
    def read():
        wb.reads.scalar("select 1")
        begun.wait()
        try:
            while True:
                told.append(wb.reads.scalar(LONG))
        except RuntimeError as error:
            told.append(str(error))
    readers = [threading.Thread(target=read) for _ in range(3)]
    for one in readers:
        one.start()
    begun.wait()
    wb.close()
    for one in readers:
        one.join()
    assert told.count("the portfolio is closed") == 3, told
    assert set(told) <= {"the portfolio is closed", 80000200000}, told
print("whole")
"""


def test_who_reads_while_it_is_closed_ends_in_order(tmp_path: Path) -> None:
    path = tmp_path / "p.csw"
    portfolios.create(str(path), now=NOW, language="en").close()
    ran = subprocess.run(
        [sys.executable, "-c", _CLOSED_WHILE_READ, str(path)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "whole\n", "")
    assert not Path(f"{path}-wal").exists(), "the last one to go takes the log home"
