"""What is done while the person looks at the first page: one small piece a turn, never beside anybody's work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from cs_workbench.ui.tasks import Tasks

PAUSE = 20
"""ms between two pieces: a key pressed meanwhile goes first."""
LATER = 300
"""ms until it is tried again where somebody is waiting for something."""


class Afterwards(QObject):
    """Runs *pieces* on the pool, one after the other while nothing else runs there, and calls *then*."""

    def __init__(
        self,
        tasks: Tasks,
        pieces: Iterable[Callable[[], object]],
        then: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pieces = deque(pieces)
        self._then = then

    def go_on(self, _why: object = None) -> None:
        """Do the next piece, or wait while there is other work. What fails is met again by whoever needs it."""
        if self._tasks.busy:
            QTimer.singleShot(LATER, self, self.go_on)
        elif self._pieces:
            work = self._pieces.popleft()
            self._tasks.run(work, done=self._on_done, failed=self._on_done, owner=self)
        else:
            self._then()
            self.deleteLater()

    def _on_done(self, _answer: object) -> None:
        QTimer.singleShot(PAUSE, self, self.go_on)
