"""What is loaded after the first page: a piece a turn, never beside other work, and an error stops nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cs_workbench.ui import afterwards
from cs_workbench.ui.afterwards import Afterwards
from cs_workbench.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tasks]:
    monkeypatch.setattr(afterwards, "LATER", 5)
    monkeypatch.setattr(afterwards, "PAUSE", 1)
    made = Tasks()
    yield made
    made.close()


def test_pieces_come_in_order_and_then_the_rest(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[str] = []
    parent = QObject()

    def fail() -> None:
        done.append("broken")
        raise ImportError("gone")

    pieces = [lambda: done.append("first"), fail, lambda: done.append("last")]
    Afterwards(tasks, pieces, lambda: done.append("then"), parent).go_on()
    qtbot.waitUntil(lambda: "then" in done)
    assert done == ["first", "broken", "last", "then"]


def test_other_work_goes_first(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[str] = []
    parent, free = QObject(), threading.Event()
    tasks.run(free.wait, done=lambda _answer: done.append("work"))
    Afterwards(tasks, [lambda: done.append("piece")], lambda: done.append("then"), parent).go_on()
    qtbot.wait(30)
    assert done == []
    free.set()
    qtbot.waitUntil(lambda: "then" in done)
    assert done == ["work", "piece", "then"]


def test_nothing_is_done_once_its_owner_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[str] = []
    parent, free = QObject(), threading.Event()
    tasks.run(free.wait)
    Afterwards(tasks, [lambda: done.append("piece")], lambda: done.append("then"), parent).go_on()
    parent.deleteLater()
    free.set()
    qtbot.wait(50)
    assert done == []
