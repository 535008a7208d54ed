"""Killed while something long holds the writer: what was typed meanwhile is there at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from cs_workbench import app as composition
from cs_workbench.services import drafts, portfolios
from cs_workbench.store import check, spare
from cs_workbench.ui import opening
from cs_workbench.ui import theme as themes
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.tasks import Tasks
from tests.builders_store import NOW, add_account

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL as here is POSIX")

CHILD = """
import datetime as dt, os, sys, time
from PySide6.QtCore import QCoreApplication, QTimer
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.tasks import Tasks

app = QCoreApplication([])
workbench, bus, tasks = Workbench.open(sys.argv[1]), Bus(), Tasks()
bus.attach(workbench)
tasks.attach(workbench)
desk = Desk(workbench, bus, tasks, None, lambda: dt.datetime.now(dt.UTC))

def long_import():
    with workbench.change("Import") as db:
        db.execute("update account set name = 'half'")
        os.write(1, b"writing\\n")
        time.sleep(600)

tasks.write(long_import)
at = 0

def type_on():
    global at
    at += 1
    desk.keep_draft("account:1:note", "letters " * at)
    spared = os.path.exists(sys.argv[1] + ".typed")
    os.write(1, f"typed {at} {int(spared)}\\n".encode())

typing = QTimer(interval=100)
typing.timeout.connect(type_on)
typing.start()
app.exec()
"""


def test_a_kill_while_an_import_writes_takes_no_typing_along(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench, workbench.change("Add") as db:
        add_account(db, "Acme")
    child = subprocess.Popen([sys.executable, "-c", CHILD, path], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    typed = 0
    for line in child.stdout:
        if line.startswith("typed"):
            typed = int(line.split()[1])
            if typed >= 15:
                break
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    found = opening.opened(path, None, NOW, "en")
    with found.workbench as workbench:
        kept = drafts.draft(workbench.reads, "account:1:note")
        assert kept.count("letters ") >= typed - 10, "a second of typing at most"
        assert workbench.reads.scalar("select name from account") == "Acme"
        assert check.check_reader(workbench.database.reader(), keyed=False).findings == ()
    assert not os.path.exists(spare.spare_of(path))


def test_nothing_stays_beside_once_the_writer_is_free(tmp_path: Path) -> None:
    app = composition.application(["typing"])
    path = str(tmp_path / "p.csw")
    workbench, bus, tasks = portfolios.create(path, now=NOW, language="en"), Bus(), Tasks()
    bus.attach(workbench)
    tasks.attach(workbench)
    desk = Desk(workbench, bus, tasks, themes.Wardrobe(app, "light"), lambda: NOW)
    desk.keep_draft("note", "the writer is free")
    assert not tasks.writing
    free = threading.Event()
    tasks.write(free.wait)
    for number in range(4):
        desk.keep_draft("note", f"the writer is busy {number}")
    until_it_holds(lambda: [body for _key, body, _at in spare.rows(path, None)] == ["the writer is busy 3"])
    free.set()
    while tasks.busy:
        app.processEvents()
    assert drafts.draft(workbench.reads, "note") == "the writer is busy 3"
    assert not os.path.exists(spare.spare_of(path))
    tasks.close()
    bus.detach()
    workbench.close()


def until_it_holds(holds: Callable[[], bool]) -> None:
    """Wait for another thread."""
    for _n in range(3_000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to pass")
