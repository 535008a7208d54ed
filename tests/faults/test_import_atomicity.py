"""An import that is killed, stopped, out of room or overtaken leaves all or nothing; again it adds nothing twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_workbench.errors import Cancelled, IntakeProblem
from cs_workbench.services.workbench import Workbench
from tests.builders_import import content, counts, portfolio, table, take_in
from tests.builders_store import add_account, add_interaction

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


FULL = """
import datetime as dt, resource, signal, sys
from cs_workbench.errors import FileProblem
from cs_workbench.services.intake import import_files
from cs_workbench.services.workbench import Workbench
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Workbench.open(sys.argv[1]) as wb:
    wb.claim()
    room = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        import_files(wb, sys.argv[3:], now=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    except FileProblem as problem:
        print(problem.code)
        print(wb.reads.scalar("select count(*) from account"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes are limited by the system elsewhere only")
@pytest.mark.parametrize("room", [0, 40_000, 120_000, 200_000, 300_000])
def test_a_disk_that_fills_up_while_merging_leaves_nothing(tmp_path: Path, room: int) -> None:
    files = _files(tmp_path)
    with portfolio(tmp_path) as wb:
        before, path = content(wb), wb.path
    size = Path(path).stat().st_size
    child = subprocess.run(
        [sys.executable, "-c", FULL, path, str(size + room), *files],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout.split() in (["disk_full", "0"], ["device", "0"])
    with Workbench.open(path) as wb:
        assert content(wb) == before
        assert wb.history() == []
        assert wb.reads.scalar("select count(*) from saved_mapping") == 0
        take_in(wb, *files)
        assert counts(wb)["account"] == 100


def _meanwhile(wb: Workbench, act: Callable[[Workbench], object]) -> Callable[[int, int, str], None]:
    """Progress that does something to the portfolio, once, after everything was compared and before it is written."""
    waiting = [act]

    def progress(_done: int, _total: int, label: str) -> None:
        if label == "Comparing" and waiting:
            worker = threading.Thread(target=waiting.pop(), args=(wb,))
            worker.start()
            worker.join()

    return progress


def _insert_account(wb: Workbench) -> None:
    with wb.change("Add by hand") as db:
        add_account(db, "Customer number 3")


def _delete_account(wb: Workbench) -> None:
    with wb.change("Delete") as db:
        db.execute("delete from account where name = 'Known'")


def _log_contact(wb: Workbench) -> None:
    with wb.change("Log a call") as db:
        add_interaction(db, db.scalar("select min(id) from account"))


def _change_nothing(wb: Workbench) -> None:
    with wb.change("Nothing"):
        pass


@pytest.mark.parametrize(
    ("act", "moved"),
    [
        (_insert_account, ["account"]),
        (_delete_account, ["account"]),
        (Workbench.undo, ["account"]),
        (_log_contact, None),
        (_change_nothing, None),
    ],
)
def test_a_change_between_planning_and_writing_is_noticed(
    tmp_path: Path, act: Callable[[Workbench], object], moved: list[str] | None
) -> None:
    files = _files(tmp_path)
    with portfolio(tmp_path) as wb:
        with wb.change("Known") as db:
            add_account(db, "Known")
        if moved:
            with pytest.raises(IntakeProblem) as told:
                take_in(wb, *files, progress=_meanwhile(wb, act))
            assert told.value.code == "changed_meanwhile"
            assert set(moved) <= set(told.value.where["tables"])
            assert counts(wb)["ticket"] == 0
        else:
            take_in(wb, *files, progress=_meanwhile(wb, act))
            assert counts(wb)["ticket"] == 3_000
        assert wb.reads.scalar("pragma integrity_check") == "ok"
        take_in(wb, *files)
        assert counts(wb)["ticket"] == 3_000


def test_readings_that_arrive_meanwhile_are_noticed_by_an_import_of_readings_only(tmp_path: Path) -> None:
    usage, _tickets, accounts = _files(tmp_path)
    more = table(tmp_path, "more.csv", "account_id,date,metric,value\nA1,2026-01-01,logins,7\n")
    contact = table(tmp_path, "t.csv", "ticket_id,account_id,submitted_at\nT1,A1,2026-03-01\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, accounts)
        take_in(wb, more)

        def act(other: Workbench) -> None:
            with other.change("Correct a figure") as db:
                db.execute("update reading set value = 8")

        with pytest.raises(IntakeProblem) as told:
            take_in(wb, usage, progress=_meanwhile(wb, act))
        assert told.value.where["tables"] == ["reading"]
        take_in(wb, contact, kind="tickets", progress=_meanwhile(wb, act))
        assert counts(wb)["ticket"] == 1
