"""Where the keyboard is: the ring around the control that has the focus, and the style that leaves it to us."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QProxyStyle, QStyle, QStyleOption, QWidget
from shiboken6 import isValid

from cs_workbench.ui.style import BY_MOUSE, RINGED, by_key, paint_ring


class WorkbenchStyle(QProxyStyle):
    """Fusion, except that focus is a ring drawn from tokens. Nothing asked often is answered in Python."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(  # noqa: N802
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """The focus rectangle as a ring inside; everything else as Fusion does."""
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            if by_key() and (widget is None or not widget.property(RINGED)):
                paint_ring(painter, QRectF(option.rect), 6)
            return
        super().drawPrimitive(element, option, painter, widget)


class Ring(QWidget):
    """The ring around one widget: lies in the nearest ancestor with room for it and lets the mouse through."""

    ROOM = 4

    def __init__(self, target: QWidget) -> None:
        self._ground = _roomy(target, self.ROOM)
        super().__init__(self._ground)
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        moving: QWidget | None = target
        while moving is not None and moving is not self._ground:
            moving.installEventFilter(self)
            moving = moving.parentWidget()
        self._follow()
        self.setVisible(target.isVisible())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move, grow and hide with the target."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Show):
            self.setVisible(event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The ring."""
        paint_ring(QPainter(self), QRectF(self.rect()), 8)

    def _follow(self) -> None:
        room = self.ROOM
        place = QRect(self._target.mapTo(self._ground, QPoint(0, 0)), self._target.size())
        self.setGeometry(place.adjusted(-room, -room, room, room))


def _roomy(target: QWidget, room: int) -> QWidget:
    """The nearest ancestor that does not cut a ring of *room* px off; never beyond a scroll area's viewport."""
    at, above = target, target.parentWidget()
    while above is not None:
        at, above = above, above.parentWidget()
        place = QRect(target.mapTo(at, QPoint(0, 0)), target.size()).adjusted(-room, -room, room, room)
        if at.isWindow() or at.rect().contains(place) or isinstance(above, QAbstractScrollArea):
            break
    return at


class FocusRing(QObject):
    """Puts the ring around whatever ringed widget has the focus, unless a mouse button put it there."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.ring: Ring | None = None
        self._app = app
        app.focusChanged.connect(self._follow)
        app.focusWindowChanged.connect(self._listen)
        self._listen(app.focusWindow())
        self._follow(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Note whether the last thing pressed was a key or a mouse button."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress):
            by_mouse = kind == QEvent.Type.MouseButtonPress
            if by_mouse == by_key():
                self._app.setProperty(BY_MOUSE, by_mouse)
                now = self._app.focusWidget()
                self._follow(None, now)
                if now is not None:
                    now.update()
        return super().eventFilter(watched, event)

    def _listen(self, window: QWindow | None) -> None:
        """Hear what is pressed in a window: its own events, one for each press, not those of every widget."""
        if window is not None:
            window.installEventFilter(self)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        ring, self.ring = self.ring, None
        if ring is not None and isValid(ring):
            ring.hide()
            ring.deleteLater()
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if (
            now is not None
            and now.property(RINGED)
            and by_key()
            and not by_mouse
            and now.parentWidget() is not None
        ):
            self.ring = Ring(now)
