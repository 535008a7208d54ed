"""What a person works in stays where it stands on the screen while what is above it grows or goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

_SETTLED = 250
"""So long, ms, after the data changed the layout may still move things."""


class KeptPlace(QObject):
    """Scrolls *area* along with the part of it that is held, so that the next press does not hit another control."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._part: QWidget | None = None
        self._at = 0
        self._release = QTimer(self, singleShot=True, interval=_SETTLED)
        self._release.timeout.connect(self.let_go)

    def hold(self, part: QWidget | None) -> None:
        """Keep *part* where it stands through what is shown next; None, and a part not on the screen, is not held."""
        if part is None or part is not self._part or not part.isVisible():
            self.let_go()
        if part is None or not part.isVisible():
            return
        if self._part is None:
            self._part, self._at = part, self._top(part)
            part.installEventFilter(self)
        self._release.start()

    def let_go(self) -> None:
        """Leave the scrolling to the person again."""
        part, self._part = self._part, None
        self._release.stop()
        if part is not None and isValid(part):
            part.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """It moved: the area follows once its range is right, too."""
        if event.type() == QEvent.Type.Move:
            QTimer.singleShot(0, self, self._follow)
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        part = self._part
        if part is None or not isValid(part) or not part.isVisible():
            return
        moved, self._at = self._top(part) - self._at, self._top(part)
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + moved)

    def _top(self, part: QWidget) -> int:
        """How far below the top of what is scrolled it begins, px."""
        inner = self._area.widget()
        return 0 if inner is None else part.mapTo(inner, QPoint(0, 0)).y()
