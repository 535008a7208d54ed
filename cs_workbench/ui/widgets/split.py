"""Content with a detail pane at its right; in a narrow window the pane lies over the content."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.ui import theme as themes

NARROW = 1240
OVERLAY = 304


class Pane(QWidget):
    """The pane: sunken ground, a line at the left. Fill it through ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.floating = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        self.column.setSpacing(theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Ground and line; raised while it floats."""
        theme = themes.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("bg.raised" if self.floating else "bg.sunken"))
        painter.fillRect(QRectF(0, 0, 1, self.height()), theme.colour("line.strong"))


class DetailSplit(QWidget):
    """``content`` and ``pane`` side by side. Under 1240 px of window, or where it is not *shown* from the start, the
    pane hides until ``open_pane`` (→). Given what makes it, the pane is not made before it is shown or asked for.
    """

    pane_shown = Signal(bool)

    def __init__(
        self,
        content: QWidget,
        pane: Pane | Callable[[], Pane],
        width: int = 360,
        *,
        shown: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.content = content
        self._given = pane
        self._wide = width
        self._open = False
        self._wanted = shown
        content.setParent(self)
        if isinstance(pane, Pane):
            self.pane.setParent(self)

    @property
    def has_pane(self) -> bool:
        """Whether the pane was made."""
        return "pane" in self.__dict__

    @cached_property
    def pane(self) -> Pane:
        """The pane, inside this from now on."""
        pane = self._given if isinstance(self._given, Pane) else self._given()
        pane.setParent(self)
        pane.installEventFilter(self)
        return pane

    @property
    def narrow(self) -> bool:
        """Whether the pane is an overlay now."""
        return self.window().width() < themes.current().px(NARROW)

    def open_pane(self) -> None:
        """Show the pane (over the content where narrow) and put the focus into it."""
        self._open = self._wanted = True
        self._place()
        self.pane.setFocus()
        self.pane.focusNextChild()

    def close_pane(self) -> None:
        """Hide the overlay; beside the content, hide the pane until opened again."""
        self._open = False
        if not self.narrow:
            self._wanted = False
        self._place()
        self.content.setFocus()

    def toggle(self) -> None:
        """Open or close."""
        self.close_pane() if self.has_pane and self.pane.isVisible() else self.open_pane()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Esc in the overlay closes it."""
        floating = watched is self.pane and self.pane.floating
        if floating and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() != Qt.Key.Key_Escape:
                return False
            self.close_pane()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Side by side or over one another."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        theme = themes.current()
        narrow = self.narrow
        shown = self._open if narrow else self._wanted
        width = theme.px(OVERLAY if narrow else self._wide)
        room = self.width() if narrow or not shown else self.width() - width
        self.content.setGeometry(0, 0, room, self.height())
        if not (shown or self.has_pane):
            return
        self.pane.floating = narrow
        self.pane.setGeometry(self.width() - width, 0, width, self.height())
        before = not self.pane.isHidden()
        self.pane.setVisible(shown)
        self.pane.raise_()
        if before != shown:
            self.pane_shown.emit(shown)
