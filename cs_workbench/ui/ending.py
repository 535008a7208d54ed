"""The system ends the program (logging out, shutting down): it is left in order, and asks nothing."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow

ENDED = 128 + signal.SIGTERM
"""The exit code of a program that was told to end."""


class Shell(Protocol):
    """What is to be ended."""

    app: QApplication
    desk: Desk | None
    window: MainWindow


class Ending(QObject):
    """Calls *end* on the window's thread when SIGTERM comes; a second one ends the program as it stands.

    Python hears of a signal only when it runs: a pipe wakes the event loop for it.
    """

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._end = end
        self._read, self._write = os.pipe()
        for one in (self._read, self._write):
            os.set_blocking(one, False)
        self._former = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        signal.signal(signal.SIGTERM, self._on_signal)

    def close(self) -> None:
        """Leave the signal to the system again."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.set_wakeup_fd(self._former)
        self._notifier.setEnabled(False)
        os.close(self._read)
        os.close(self._write)

    def _on_woken(self) -> None:
        os.read(self._read, 64)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._end()


def listen(end: Callable[[], object], parent: QObject) -> Ending | None:
    """Hear the signal from now on; None where the system knows no such signal."""
    return None if sys.platform == "win32" else Ending(end, parent)


def end(shell: Shell) -> None:
    """Keep what is being typed, finish no more than must be, and leave the event loop without a question."""
    if shell.window.has("navigation"):
        shell.window.leave_page()
    if shell.desk is not None and shell.desk.importing is not None:
        shell.desk.importing.stop()
    shell.window.closing.emit()
    shell.app.exit(ENDED)
