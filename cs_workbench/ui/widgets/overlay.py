"""A dialog that lies inside its window, over a veil: no window of its own, so no frame where nothing composes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.floats import Scrim
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float

BESIDE = 48
"""px of the window that stay free around the box, both sides together."""


class Overlay(QDialog):
    """Lies over the middle of *window*, leaving ``MARGIN`` for the shadow: lay out inside ``edge``.

    While it is open the keyboard stays in it: Tab goes round inside, the keys of the window keep still, a page that
    takes the focus gives it back. ``appear`` shows it; done, reject and accept take it away as with any dialog.
    """

    def __init__(self, window: QWidget) -> None:
        ground = getattr(window, "ground", None)
        self._ground: QWidget = ground if isinstance(ground, QWidget) else window
        super().__init__(self._ground)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setProperty("overlay", True)
        self.hide()
        self._host = window
        self._scrim: Scrim | None = None
        self._before: QWidget | None = None
        self._ground.installEventFilter(self)
        closing = getattr(window, "closing", None)
        if closing is not None:
            closing.connect(self._on_closing)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def edge(self) -> int:
        """Room for the shadow on each side, px."""
        return themes.current().px(MARGIN)

    def measure(self, room: QSize) -> tuple[int, int]:
        """Width and height of the box in a window of that size; never more than there is room for."""
        hint = self.sizeHint()
        return hint.width() - 2 * self.edge, hint.height() - 2 * self.edge

    def appear(self) -> None:
        """Show it over the middle of the window and take the keyboard."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        if self._scrim is None:
            self._scrim = Scrim(self._ground)
        self._scrim.cover()
        self.centre()
        self.show()
        self.raise_()
        wanted = self.focusWidget()
        self._take(wanted if wanted is not None and wanted.isVisible() else self._next(self, forward=True))

    def put_away(self) -> None:
        """What it stands over goes: close as when the window does, and for good."""
        self._on_closing()
        self.hide()  # what runs in it may have kept it open
        self.deleteLater()

    def centre(self) -> None:
        """Take the measure again and stand in the middle."""
        room, theme = self._ground.size(), themes.current()
        width, height = self.measure(room)
        width = min(width, room.width() - theme.px(BESIDE)) + 2 * self.edge
        height = min(height, room.height() - theme.px(BESIDE)) + 2 * self.edge
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Take the veil away with it, and give the keyboard back to who had it."""
        super().hideEvent(event)
        if self.isVisibleTo(self._ground):
            return  # the window went, not the dialog
        self._uncover()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """The same when it is closed."""
        self._uncover()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the window's size."""
        if watched is self._ground and event.type() == QEvent.Type.Resize and self.isVisible():
            self.centre()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keys that are shortcuts of the window are no shortcuts here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if not any(one.key() == pressed for one in self.findChildren(QShortcut)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes; no key goes on to the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes round inside."""
        at = self._next(self.focusWidget() or self, forward=forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        if at is not None:
            at.setFocus(reason)
        return at is not None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Shadow and box."""
        edge = self.edge
        paint_float(QPainter(self), QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))

    def _next(self, at: QWidget, *, forward: bool) -> QWidget | None:
        """The next widget inside that Tab stops at."""
        inside = self._inside()
        place = inside.index(at) if at in inside else -1 if forward else 0
        after = [*inside[place + 1 :], *inside[: max(place, 0)]] if forward else _backward(inside, place)
        return next((one for one in after if _stops(one)), None)

    def _inside(self) -> list[QWidget]:
        """What lies in the dialog, in the order of Tab."""
        found: list[QWidget] = []
        one = _after(self)
        while one is not None and self.isAncestorOf(one):
            found.append(one)
            one = _after(one)
        known = set(found)
        return found + [late for late in self.findChildren(QWidget) if late not in known]

    def _take(self, wanted: QWidget | None) -> None:
        (wanted or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_closing(self) -> None:
        if self.isVisible():
            self.reject()

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """A page behind that took the keyboard gives it back; a dialog above may have it."""
        if now is None or before is None or not self.isVisible() or not self.isAncestorOf(before):
            return
        foreign = now.window() is self.window() and now is not self and not self.isAncestorOf(now)
        if foreign and not _in_overlay(now) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncover(self) -> None:
        scrim, self._scrim = self._scrim, None
        if scrim is not None:
            scrim.hide()
            scrim.deleteLater()
        before, self._before = self._before, None
        if before is not None and _alive(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)


def _backward(inside: list[QWidget], place: int) -> list[QWidget]:
    return [*reversed(inside[:place]), *reversed(inside[place + 1 :])]


def _after(widget: QWidget) -> QWidget | None:
    """The next in the chain of Tab. The binding takes what it hands out for the asked one's child, and would forget
    the next (a window with its menus, even) once the asked one is deleted: it is told again whose child it is.
    """
    after = widget.nextInFocusChain()
    if after is not None:
        after.setParent(after.parentWidget())
    return after


def _stops(widget: QWidget) -> bool:
    reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return reached and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def _in_overlay(widget: QWidget) -> bool:
    at: QWidget | None = widget
    while at is not None:
        if isinstance(at, Overlay):
            return True
        at = at.parentWidget()
    return False


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget)
