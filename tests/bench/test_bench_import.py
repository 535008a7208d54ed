"""A million usage readings taken in, against the driver alone putting the same rows into the same table."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.bench.portfolio import ROOT, TODAY

if TYPE_CHECKING:
    from tests.bench.conftest import Note

ACCOUNTS = 500
METRICS = ("logins", "seats used", "reports", "exports")
DAYS = int(os.environ.get("CS_WORKBENCH_BENCH_DAYS", "500"))
ROWS = ACCOUNTS * len(METRICS) * DAYS
ROUNDS = 3

IMPORT = """
import datetime as dt, json, sys, time
from cs_workbench.services import portfolios
from cs_workbench.services.intake import import_files

def peak():  # VmHWM starts afresh with the program; getrusage would count the parent's memory at the fork
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
path, accounts, usage = sys.argv[1:]
with portfolios.create(path, now=now, language="en") as wb:
    import_files(wb, [accounts], now=now)
    took = {}
    start = time.perf_counter()
    result = import_files(wb, [usage], now=now)
    took["import"] = time.perf_counter() - start
    took["peak"] = peak()
    for name in ("undo", "redo"):
        start = time.perf_counter()
        assert getattr(wb, name)() == result.name
        took[name] = time.perf_counter() - start
        took["rows after " + name] = wb.reads.scalar("select count(*) from reading")
    took["peak, undo and redo too"] = peak()
    took["created"], took["sum"] = result.created, wb.reads.scalar("select sum(value) from reading")
print(json.dumps(took))
"""

FLOOR = """
import array, datetime as dt, json, random, sys, time
from cs_workbench.services import portfolios
from cs_workbench.store.connection import connect, set_up_writer
path, accounts, metrics, days, last, ordered = sys.argv[1], *map(int, sys.argv[2:])
now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
portfolios.create(path, now=now, language="en").close()
connection = connect(path, mode="rw")
set_up_writer(connection)
connection.executemany(
    "insert into account(id, name, name_key, created_at, updated_at) values (?, ?, ?, '', '')",
    [(n, str(n), str(n)) for n in range(1, accounts + 1)])
connection.executemany(
    "insert into metric(id, key, name, family) values (?, ?, ?, '')",
    [(n, "bench %d" % n, "") for n in range(1001, 1001 + metrics)])
rows = [(account, 1000 + metric, day, float(day % 30), 1)
        for day in range(last - days + 1, last + 1)
        for account in range(1, accounts + 1) for metric in range(1, metrics + 1)]
if ordered:
    rows.sort()
start = time.perf_counter()
connection.execute("begin immediate")
connection.executemany(
    "insert into reading(account_id, metric_id, day, value, batch_id) values (?, ?, ?, ?, ?)", rows)
connection.execute("commit")
took = time.perf_counter() - start
assert connection.execute("select count(*) from reading").fetchone()[0] == len(rows)
print(json.dumps({"seconds": took}))
"""


@dataclass(frozen=True, slots=True)
class Files:
    """The two exports, and what the readings add up to."""

    accounts: str
    usage: str
    total: int


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Exports as a product writes them: day by day, every account and metric of a day together."""
    folder, chance, total = tmp_path_factory.mktemp("exports"), random.Random(5), 0
    accounts, usage = folder / "accounts.csv", folder / "usage.csv"
    lines = (f"A{n:04d},Customer {n:04d}\n" for n in range(ACCOUNTS))
    accounts.write_text("account_id,account_name\n" + "".join(lines), encoding="utf-8")
    with usage.open("w", encoding="utf-8") as file:
        file.write("account_id,date,metric,value\n")
        for back in reversed(range(DAYS)):
            day = TODAY - dt.timedelta(days=back)
            values = [chance.randrange(400) for _ in range(ACCOUNTS * len(METRICS))]
            total += sum(values)
            file.writelines(
                f"A{n // len(METRICS):04d},{day},{METRICS[n % len(METRICS)]},{value}\n"
                for n, value in enumerate(values)
            )
    return Files(str(accounts), str(usage), total)


def test_a_million_readings(files: Files, note: Note, tmp_path: Path) -> None:
    """Aims: import ≤ 3 × the driver's plain executemany, peak ≤ 250 MiB; undo and redo beside it."""
    last = (TODAY - dt.date(1970, 1, 1)).days
    sizes = [str(number) for number in (ACCOUNTS, len(METRICS), DAYS, last)]
    runs, plain, ordered = [], [], []
    for number in range(ROUNDS):
        plain.append(_child(FLOOR, str(tmp_path / f"f{number}.csw"), *sizes, "0")["seconds"])
        run = _child(IMPORT, str(tmp_path / f"i{number}.csw"), files.accounts, files.usage)
        ordered.append(_child(FLOOR, str(tmp_path / f"o{number}.csw"), *sizes, "1")["seconds"])
        assert (run["created"], run["rows after undo"], run["rows after redo"]) == (ROWS, 0, ROWS)
        assert run["sum"] == files.total
        runs.append(run)
    floor, sorted_floor = statistics.median(plain), statistics.median(ordered)
    took = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    what = f"{ROWS:,} readings"
    note(f"import {what}", took["import"], "s", aim="≤ 3 ×", floor=floor, floor_name="executemany")
    note(
        "  the same, rows in key order",
        took["import"],
        "s",
        aim="",
        floor=sorted_floor,
        floor_name="executemany",
    )
    note("  undo of that import", took["undo"], "s", aim="", floor=floor, floor_name="executemany")
    note("  redo of that import", took["redo"], "s", aim="", floor=floor, floor_name="executemany")
    note("  peak memory of the importing process", took["peak"], "MiB", aim="≤ 250 MiB")
    note("  peak memory with undo and redo", took["peak, undo and redo too"], "MiB", aim="≤ 250 MiB")


def _child(code: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
