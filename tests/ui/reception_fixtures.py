"""A whole running shell for tests of the door: first run, opening, saving elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[composition.Shell]:
    """The window as at a start, English, light, the clock standing at NOW; nothing opened yet."""
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    session.keep({"theme": "light"})
    made = composition.Shell(qapp, clock=lambda: NOW)
    qtbot.addWidget(made.window)
    made.show()
    qtbot.waitExposed(made.window)
    yield made
    made.close()
    themes.wear(qapp, themes.load("light"))


def settled(shell: composition.Shell, qtbot: QtBot) -> None:
    """Wait until nothing runs any more and has been shown."""
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=60_000)


def opened(shell: composition.Shell, qtbot: QtBot, path: str) -> None:
    """Open the portfolio at *path* and wait for its first page."""
    shell.open(path)
    qtbot.waitUntil(
        lambda: shell.desk is not None and shell.window.is_complete and not shell.tasks.busy, timeout=60_000
    )
