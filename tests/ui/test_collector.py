"""Garbage is collected on the window's thread only, as often as Python itself would, and not at all by itself."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.ui.collector import EVERY, OFTEN, Collector, spare_old
from tests.ui.reception_fixtures import opened, shell

__all__ = ["shell"]


class Ring:
    """A cycle, which only a collection takes away; says on which thread it went."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """One that has begun; collection as before afterwards."""
    made = Collector(QObject(qapp))
    made.begin()
    yield made
    made.close()


def test_nothing_is_collected_by_itself(collector: Collector) -> None:
    assert not gc.isenabled()
    watched = weakref.ref(Ring())

    kept: list[list[int]] = []

    def allocate() -> None:
        kept.extend([] for _number in range(20_000))

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert watched() is not None, "the worker did not collect it"
    collector.look()
    assert watched() is None


def test_a_look_collects_on_the_windows_thread(collector: Collector, qtbot: QtBot) -> None:
    went: list[threading.Thread] = []
    watched = Ring()
    weakref.finalize(watched, lambda: went.append(threading.current_thread()))
    del watched
    kept: list[list[int]] = [[] for _number in range(5_000)]
    qtbot.waitUntil(lambda: bool(went), timeout=30_000)
    assert went == [threading.main_thread()]
    assert kept


def test_what_is_old_is_spared_while_a_plan_stands(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Walking a plan of hundreds of thousands of objects held the window up for half a second and more."""
    looked: list[int] = []
    kept: list[list[int]] = []

    def long_due() -> None:
        for _time in range(12):
            gc.collect(0)
        kept.extend([] for _number in range(2_000))
        with monkeypatch.context() as patched:
            patched.setattr(gc, "collect", looked.append)
            collector.look()

    spare_old(spared=True)
    long_due()
    assert collector._timer.interval() == OFTEN
    spare_old(spared=False)
    long_due()
    assert collector._timer.interval() == EVERY
    assert looked == [0, 1]


def test_the_end_leaves_it_as_it_was(qapp: QApplication) -> None:
    before = gc.isenabled()
    made = Collector(QObject(qapp))
    made.begin()
    made.begin()
    made.close()
    assert gc.isenabled() == before


def test_an_open_window_collects_by_its_own_thread(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    gc.enable()
    opened(shell, qtbot, portfolio)
    qtbot.waitUntil(lambda: "collector" in shell.__dict__, timeout=60_000)
    assert not gc.isenabled()
    shell.close()
    assert gc.isenabled()
