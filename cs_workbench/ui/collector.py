"""Collects garbage on the window's thread only: Qt's objects may not be taken away on another.

Python collects on whichever thread happens to allocate. A cycle that holds a widget, collected on a pool thread,
deletes the widget there while the window's thread may be using it. So automatic collection stays off while the window
lives, and this looks at the same counters Python does.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY = 1_000
"""Milliseconds between two looks."""
OFTEN = 100
"""The same while much is being planned: what a second of it makes takes too long to look through at once."""
_OLDER = gc.get_threshold()[1:]
_NEVER = 2**31 - 1


def spare_old(*, spared: bool) -> None:
    """Whether only what is new is looked through: while a plan of millions of objects stands, a walk over it holds the
    window up for half a second and more, and finds nothing.
    """
    gc.set_threshold(gc.get_threshold()[0], *((_NEVER, _NEVER) if spared else _OLDER))


class Collector(QObject):
    """Begins with ``begin``; ``close`` leaves automatic collection as it was found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: bool | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Collect once, leave what is there now out of later looks, and look from now on."""
        if self._found is None:
            self._found = gc.isenabled()
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()

    def close(self) -> None:
        """Look no more; what was left out is looked at again."""
        self._timer.stop()
        gc.unfreeze()
        if self._found:
            gc.enable()
        self._found = None

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        pause = OFTEN if gc.get_threshold()[1] == _NEVER else EVERY
        if pause != self._timer.interval():
            self._timer.setInterval(pause)
        for generation in (2, 1, 0):
            most = gc.get_threshold()[generation]
            if most and gc.get_count()[generation] > most:
                gc.collect(generation)
                return
