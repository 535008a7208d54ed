"""Alt alone shows the menu bar and hides it: pressed and let go, with no other key or window in between."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

_ENDS = (QEvent.Type.WindowDeactivate, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class MenuKey(QObject):
    """Hears the keys that reach *window*; Alt with an arrow, Alt Tab or Alt held for the mouse leave the bar alone."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._alone = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Remember the press, act on the release."""
        if isinstance(event, QKeyEvent):
            is_alt = event.key() == Qt.Key.Key_Alt
            if event.type() == QEvent.Type.KeyRelease:
                if is_alt and self._alone:
                    self._toggle()
                self._alone = False
            else:  # a press, or the question whether it is a shortcut
                self._alone = is_alt
        elif event.type() in _ENDS:
            self._alone = False
        return super().eventFilter(watched, event)

    def _toggle(self) -> None:
        bar = self._window.menuBar()
        if not bar.isNativeMenuBar():
            bar.setVisible(not bar.isVisible())
