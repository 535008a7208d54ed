"""One toast at a time, bottom right: what happened, and Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import actions, icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Told
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float

_MARKS = {
    "good": ("circle-check", "health.green.graphic"),
    "warn": ("triangle-alert", "health.yellow.graphic"),
    "bad": ("octagon-alert", "health.red.graphic"),
}
_ABOVE = 28 + 16
"""The status bar and a gap, px at scale 1."""
_RIGHT = 24
_FOLLOW = 120
"""ms between looks at what the page has at its foot, while a toast stands."""
_WIDTH = 440
_LINES = 3
"""What does not fit into a line takes up to so many; the tool tip has it all."""


class Toast(QWidget):
    """The box. ``undone`` when Undo was pressed, ``closed`` when it went, by itself or not."""

    undone = Signal()
    closed = Signal()

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = told
        self.mark = QLabel()
        self.first = Label("", "strong", wrap=True, phrases=True)
        self.second = Label("", "small", "text.secondary", wrap=True, phrases=True)
        self.link = Button(told.link, "text", small=True)
        self.undo = Button(_("Undo"), keys=actions.keys_of("undo"))
        self.close_button = Button(icon="x", kind="quiet", name=_("Close"))
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=max(1, told.stays))
        self._timer.timeout.connect(self.leave)
        self.undo.clicked.connect(self._undo)
        self.link.clicked.connect(self._follow)
        self.close_button.clicked.connect(self.leave)
        self.setAccessibleName(" ".join(part for part in (told.text, told.second) if part))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._timer.start()

    def _lay_out(self) -> None:
        theme = themes.current()
        margin = theme.px(MARGIN)
        icon, colour = _MARKS[self.told.tone]
        self.mark.setPixmap(icons.pixmap(icon, colour, 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.first)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.second)
        line.addWidget(self.link, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        words.addLayout(line)
        row = QHBoxLayout(self)
        inside = theme.px(16)
        row.setContentsMargins(
            margin + inside, margin + theme.px(6), margin + theme.px(8), margin + theme.px(6)
        )
        row.setSpacing(theme.px(12))
        row.addWidget(self.mark)
        row.addLayout(words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self.second.setVisible(bool(self.told.second))
        self.link.setVisible(bool(self.told.link))
        self.undo.setVisible(self.told.undo)
        self.setMinimumHeight(theme.px(56) + 2 * margin)

    def fit(self, width: int) -> int:
        """Break the words for a box so wide; the height it then has."""
        theme = themes.current()
        shown = [one for one in (self.undo, self.close_button) if not one.isHidden()]
        beside = sum(one.sizeHint().width() + theme.px(12) for one in shown) + self.mark.sizeHint().width()
        room = width - 2 * theme.px(MARGIN) - theme.px(16 + 8 + 12) - beside
        link = 0 if self.link.isHidden() else self.link.sizeHint().width()
        _say(self.first, self.told.text, room)
        _say(self.second, self.told.second, room - link)
        return max(self.sizeHint().height(), self.minimumHeight())

    @property
    def waiting(self) -> bool:
        """Whether it will go by itself."""
        return self._timer.isActive()

    def hold(self) -> None:
        """Out of sight, and not gone: its time begins anew with ``come_back``."""
        self._timer.stop()
        self.hide()

    def come_back(self) -> None:
        """Show it, on top of what is there, for its time."""
        self.show()
        self.raise_()
        self._wait()

    def leave(self) -> None:
        """Go now."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Stay while the pointer is on it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Wait anew when the pointer left."""
        super().leaveEvent(event)
        self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The float."""
        margin = themes.current().px(MARGIN)
        paint_float(QPainter(self), QRectF(self.rect()).adjusted(margin, margin, -margin, -margin))

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._timer.stop()
        elif not self._timer.isActive():
            self._wait()

    def _wait(self) -> None:
        focus = QApplication.focusWidget()
        held = self.underMouse() or (focus is not None and self.isAncestorOf(focus))
        if self.isVisible() and not held:
            self._timer.start()

    def _undo(self) -> None:
        self.leave()
        self.undone.emit()

    def _follow(self) -> None:
        self.leave()
        if self.told.on_link is not None:
            self.told.on_link()


class Toasts(QObject):
    """Shows toasts in the corner of *host*; a new one takes the place of the one before. *below* gives the height (px)
    of what the page has at its foot, which they do not cover.

    While a dialog lies over the host, toasts wait until it is gone; what went wrong stands beside its foot at once.
    """

    undone = Signal()

    def __init__(self, host: QWidget, below: Callable[[], int] = lambda: 0) -> None:
        super().__init__(host)
        self._host = host
        self._below = below
        self._held = False
        self._next: Told | None = None
        self.toast: Toast | None = None
        self._foot = 0
        self._following = QTimer(self, interval=_FOLLOW)
        self._following.timeout.connect(self._follow)
        host.installEventFilter(self)

    def show(self, told: Told) -> Toast:
        """Put a toast up. One that waits with something to press is not lost to one without: they take turns."""
        waiting = None if _acts(told) else self._waiting()
        if self.toast is not None and waiting is not None and not _urgent(told):
            self._next = told if self._held else waiting
            return self.toast
        self.clear()
        self._next = waiting
        toast = Toast(told, self._host)
        toast.undone.connect(self.undone)
        toast.closed.connect(self._on_closed)
        self.toast = toast
        self._stand()
        return toast

    def clear(self) -> None:
        """Take the toast away."""
        toast, self.toast = self.toast, None
        self._held, self._next = False, None
        self._following.stop()
        if toast is not None:
            toast.hide()
            toast.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the window's size, and the dialogs over it: their veil is put up and taken away."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self._host and event.type() in (QEvent.Type.ChildAdded, QEvent.Type.ChildRemoved):
            QTimer.singleShot(0, self, self._look)
        return super().eventFilter(watched, event)

    def _waiting(self) -> Told | None:
        """What nobody saw yet and has something to press."""
        unseen = self.toast.told if self.toast is not None and self._held else self._next
        return unseen if unseen is not None and _acts(unseen) else None

    def _on_closed(self) -> None:
        following = self._next
        self.clear()
        if following is not None:
            self.show(following)

    def _look(self) -> None:
        """A dialog may have come or gone."""
        over = self._dialog()
        if self.toast is not None and (over is not None or self._held):
            self._stand(over)

    def _stand(self, over: QWidget | None = None) -> None:
        toast, over = self.toast, over or self._dialog()
        if toast is None:
            return
        self._place(over)
        self._held = over is not None and not _urgent(toast.told)
        toast.hold() if self._held else toast.come_back()
        self._following.start()

    def _follow(self) -> None:
        """Another page came, or its foot grew: stay above it."""
        if self._below() != self._foot:
            self._place()

    def _dialog(self) -> QWidget | None:
        """The dialog that lies over the host."""
        found = [one for one in self._host.children() if isinstance(one, QWidget) and one.property("overlay")]
        return next((one for one in reversed(found) if one.isVisible()), None)

    def _place(self, over: QWidget | None = None) -> None:
        toast = self.toast
        if toast is None:
            return
        theme = themes.current()
        margin = theme.px(MARGIN)
        room = self._host.width() - 2 * theme.px(16) + 2 * margin
        width = min(theme.px(_WIDTH) + 2 * margin, room)
        height = toast.fit(width)
        self._foot = self._below()
        left = self._host.width() - width - theme.px(_RIGHT) + margin
        top = self._host.height() - height - theme.px(_ABOVE) + margin - self._foot
        over = over or self._dialog()
        if over is not None:
            left, top = over.x(), self._beside(over, height)
        toast.setGeometry(left, top, width, height)

    def _beside(self, over: QWidget, height: int) -> int:
        """Under the dialog where there is room, else over its title; never on its foot."""
        under = over.geometry().bottom() - themes.current().px(MARGIN)
        room = self._host.height() + themes.current().px(MARGIN)
        return under if under + height <= room else over.y()


def _say(label: Label, text: str, room: int) -> None:
    """Put *text* into *room* (px), in as many lines as it takes, up to ``_LINES``."""
    if not text:
        return
    words = label.fontMetrics()
    whole = words.horizontalAdvance(text)
    most = room if whole <= room else int((_LINES - 0.5) * room)  # lines end before words
    label.setText(words.elidedText(text, Qt.TextElideMode.ElideRight, most))
    label.setToolTip(text if whole > most else "")
    label.setFixedWidth(max(1, min(whole + 2, room)))
    label.setFixedHeight(label.heightForWidth(label.width()))


def _acts(told: Told) -> bool:
    """Whether there is something to press in it."""
    return told.undo or bool(told.link)


def _urgent(told: Told) -> bool:
    """Whether it is to be seen at once: something went wrong. A reminder with its way there can wait."""
    return told.tone == "bad" or (told.tone == "warn" and not _acts(told))
