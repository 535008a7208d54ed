"""SIGTERM ends the window in order: what is typed is kept, files under way are whole or not there."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import pack_files
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.pack import PackDialog, open_pack
from cs_workbench.ui.ending import ENDED, end, listen
from tests.ui.reception_fixtures import NOW, opened

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system knows no such signal")


@pytest.fixture
def shell(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, portfolio: str
) -> Iterator[composition.Shell]:
    """As in life, on the sample portfolio."""
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    session.keep({"theme": "light", "page": "keyboard"})
    made = composition.Shell(qapp, clock=lambda: NOW)
    made.show()
    opened(made, qtbot, portfolio)
    yield made
    made.close()
    themes.wear(qapp, themes.load("light"))


def test_the_signal_is_heard_on_the_windows_thread(qtbot: QtBot, qapp: QApplication) -> None:
    """While the event loop sleeps; once, the next is the system's own."""
    heard: list[threading.Thread] = []
    ending = listen(lambda: heard.append(threading.current_thread()), qapp)
    assert ending is not None
    try:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()
        qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
        assert heard == [threading.main_thread()]
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        ending.close()
    assert signal.set_wakeup_fd(-1) == -1


def test_ending_asks_nothing(shell: composition.Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sits there to answer."""
    codes: list[int] = []
    asked: list[object] = []
    monkeypatch.setattr(shell, "app", type("App", (), {"exit": lambda _app, code: codes.append(code)})())
    monkeypatch.setattr(shell.window, "may_leave", asked.append)
    end(shell)
    assert codes == [ENDED] == [143]
    assert asked == []


@pytest.mark.parametrize("way", ["signal", "window"])
def test_a_pack_under_way_leaves_whole_files_or_none(
    shell: composition.Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The document being written is finished, no other is begun, and nothing lies beside it."""
    assert shell.desk is not None
    dialog: PackDialog = open_pack(shell.desk, shell.window, account_ids=[1, 2, 3])
    qtbot.waitUntil(lambda: dialog.proof is not None and not shell.tasks.busy, timeout=60_000)
    folder = tmp_path / "out"
    dialog.choices.set_folder(str(folder))
    qtbot.waitUntil(lambda: not dialog.choices.settling and not shell.tasks.busy, timeout=60_000)
    begun, gate = threading.Event(), threading.Event()
    real = pack_files._put_in_place

    def wait(made: dict[str, str], into: str) -> tuple[str, ...]:
        begun.set()
        gate.wait(20)
        return real(made, into)

    monkeypatch.setattr(pack_files, "_put_in_place", wait)
    dialog.make()
    assert begun.wait(60)
    assert [name for name in os.listdir(folder) if name.startswith(".pack-")]
    monkeypatch.setattr(shell, "app", type("App", (), {"exit": lambda _app, _code: None})())
    end(shell) if way == "signal" else shell.window.close()
    threading.Timer(0.1, gate.set).start()
    shell.tasks.close()
    (name,) = os.listdir(folder)
    assert name.endswith(".pdf")
