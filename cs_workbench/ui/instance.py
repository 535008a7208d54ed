"""One window a person: a second start brings the first to the front."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

from cs_workbench import paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 1000
_OPENING = 10.0
_PAUSE = 0.2
_SLICE = 200
_HEARD = b"heard\n"


class InstancePlace(QObject):
    """The place of the first window. ``first`` says whether this process has it.

    A lock file decides (cheap at start); the local socket over which a second start calls is opened by ``listen``,
    after the first paint.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = paths.make_private_dir(paths.config_dir())
        self._lock = QLockFile(os.path.join(folder, "window.lock"))
        self._lock.setStaleLockTime(0)
        self.first = self._lock.tryLock(0)
        self._server: QLocalServer | None = None
        self._call: Callable[[str], None] | None = None

    def listen(self, call: Callable[[str], None]) -> None:
        """Answer later starts: *call* gets the portfolio they named, or ""."""
        if not self.first:
            return
        from PySide6.QtNetwork import QLocalServer

        self._call = call
        QLocalServer.removeServer(_name())
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)
        self._server.listen(_name())

    def hand_over(self, path: str) -> bool:
        """Ask the first to come to the front with *path*; False where it does not answer.

        One that is just opening does not listen yet: it is asked again for ten seconds, unless it ends meanwhile;
        then the place is ours and ``first`` says so.
        """
        until = time.monotonic() + _OPENING
        while not self._called(path, until):
            self.first = self._lock.tryLock(0)
            if self.first or time.monotonic() > until:
                return False
            time.sleep(_PAUSE)
        return True

    def _called(self, path: str, until: float) -> bool:
        """Whether the first said that it heard. What is only written proves nothing: one that hangs takes that too."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(_name())
        if not socket.waitForConnected(_PATIENCE):
            return False
        socket.write(path.encode() + b"\n")
        socket.waitForBytesWritten(_PATIENCE)
        while socket.state() == QLocalSocket.LocalSocketState.ConnectedState and time.monotonic() < until:
            if socket.waitForReadyRead(_SLICE):
                break
        heard = bytes(socket.readAll().data()) == _HEARD
        socket.abort()
        return heard

    def close(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self.first:
            self._lock.unlock()

    def _on_call(self) -> None:
        socket = self._server.nextPendingConnection() if self._server is not None else None
        if socket is None:
            return
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._hear(socket))
        if socket.bytesAvailable():
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        """Take one line, say so, then do it: what it asks for may take a while."""
        if not socket.canReadLine():
            return
        said = bytes(socket.readLine().data()).decode(errors="replace")
        socket.write(_HEARD)
        socket.flush()
        socket.readyRead.disconnect()
        if self._call is not None:
            self._call(said.strip())


def _name() -> str:
    """The same for every start with the same settings folder, another for everyone else's."""
    import hashlib

    return f"{paths.APP}-{hashlib.sha256(paths.config_dir().encode()).hexdigest()[:16]}"
