"""The disk fills up while somebody types: told in place, the text stays, and it is kept as soon as there is room."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from cs_workbench import app as composition
from cs_workbench.services import drafts, portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import check
from cs_workbench.ui import theme as themes
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.quick_log import open_quick_log
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.tasks import Tasks
from tests.builders_store import NOW, add_account
from tests.faults.test_disk import fill, small_disk

__all__ = ["small_disk"]


def until(app: QApplication, holds: Callable[[], bool]) -> None:
    """Let the program run until *holds*."""
    for _n in range(3_000):
        app.processEvents()
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to pass")


@pytest.mark.root
def test_a_full_disk_while_typing(small_disk: Path) -> None:
    app = composition.application(["typing"])
    themes.wear(app, themes.load("light"))
    path = str(small_disk / "p.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench, workbench.change("Add") as db:
        add_account(db, "Acme")
    workbench, bus, tasks = Workbench.open(path), Bus(), Tasks()
    bus.attach(workbench)
    tasks.attach(workbench)
    workbench.claim()
    workbench.on_writer(lambda _writer: None)
    window = MainWindow()
    window.attach(Desk(workbench, bus, tasks, themes.Wardrobe(app, "light"), lambda: dt.datetime.now(dt.UTC)))
    window.show()
    assert window.desk is not None
    log = open_quick_log(window.desk, window)
    until(app, lambda: log.words is not None and not tasks.busy)
    ballast = fill(small_disk)
    text = "@acme call " + "更新の相談 " * 20_000
    log.text.setPlainText(text)
    log.keeper.keep()
    until(app, lambda: log.keeper.failing)
    assert log.state.text().startswith("Not saved: ")
    assert log.text.toPlainText() == text
    log.leave()
    assert log.text.toPlainText() == text
    ballast.unlink()
    log.keeper.keep()
    until(app, lambda: not log.keeper.failing)
    until(app, lambda: not tasks.busy)
    assert [one.text for one in drafts.unsaved(workbench.reads)] == [text]
    assert check.check_reader(workbench.database.reader(), keyed=False).findings == ()
    tasks.close()
    bus.detach()
    workbench.close()
    window.hide()
    window.deleteLater()
