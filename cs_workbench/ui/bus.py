"""One signal: what changed in the portfolio, told on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


class Bus(QObject):
    """``changed`` carries a ``Changes`` (step_id, name, ids by table) after each commit, whoever wrote."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave: Callable[[], object] | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def attach(self, workbench: Workbench) -> None:
        """Listen to *workbench* (and no longer to the one before)."""
        self.detach()
        self._leave = workbench.subscribe(self._arrived.emit)

    def detach(self) -> None:
        """Listen to nothing."""
        if self._leave is not None:
            self._leave()
            self._leave = None

    @Slot(object)
    def _deliver(self, changes: object) -> None:
        self.changed.emit(changes)
