"""The base of painted figures: marks that the mouse and the arrow keys reach, and that open what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cs_workbench.ui.style import paint_ring, restyled
from cs_workbench.ui.widgets.tips import plain

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Mark(NamedTuple):
    """A part of a figure: where it stands, what it says, what it opens (None: nothing), its place for the keys.

    ``also`` is a second spot that stands for the same.
    """

    box: QRectF
    name: str
    opens: object
    row: int = 0
    column: int = 0
    also: QRectF = QRectF()

    def holds(self, point: QPointF) -> bool:
        """Whether the point is on it."""
        return self.box.contains(point) or self.also.contains(point)


class FigureView(QWidget):
    """``opened`` carries what the mark clicked, or entered with the keys, opens.

    Subclasses paint in ``draw`` and say in ``arrange`` where their marks stand. The accessible name says the title and
    the mark the keys are on; the table twin beside the figure says all of them.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: list[Mark] = []
        self.current = -1
        self.hovered = -1
        self.by_keyboard = False
        self._title = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def arrange(self) -> list[Mark]:
        """The marks at the size of now."""
        return []

    def draw(self, painter: QPainter) -> None:
        """Paint the figure."""

    def entitle(self, title: str) -> None:
        """What the figure is about, for those who cannot see it."""
        self._title = title
        self._tell()

    def refill(self) -> None:
        """The data is another: arrange again; the keys stay where they were if there is such a place."""
        self.marks = self.arrange()
        self.current = min(self.current, len(self.marks) - 1)
        self.hovered = -1
        self._tell()
        self.updateGeometry()
        self.update()

    def go(self, place: int) -> None:
        """Put the keys on a mark."""
        self.current = place
        self._tell()
        self.update()

    def mark_at(self, point: QPointF) -> int:
        """The number of the mark at a point, −1 for none; of several the last painted."""
        return next((n for n in reversed(range(len(self.marks))) if self.marks[n].holds(point)), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Home and End jump, Enter opens; letters are the page's."""
        key = Qt.Key(event.key())
        self.by_keyboard = True
        if key in _STEPS and self.marks:
            self.go(_next(self.marks, max(self.current, 0), _STEPS[key]) if self.current >= 0 else 0)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.marks:
            self.go(0 if key == Qt.Key.Key_Home else len(self.marks) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self.current < len(self.marks):
            self._open(self.current)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """By Tab the first mark is taken, so that there is something to see."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.by_keyboard = True
        if self.current < 0 and self.marks:
            self.go(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The ring goes when the mouse takes over."""
        self.by_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens."""
        place = self.mark_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.go(place)
            self._open(place)
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A hand over what opens."""
        place = self.mark_at(event.position())
        if place != self.hovered:
            self.hovered = place
            opens = place >= 0 and self.marks[place].opens is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
            self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the mouse."""
        self.hovered = -1
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tool tip of the mark under the mouse."""
        if isinstance(event, QHelpEvent):
            place = self.mark_at(QPointF(event.pos()))
            if place >= 0:
                QToolTip.showText(event.globalPos(), plain(self.marks[place].name), self)
            else:
                QToolTip.hideText()
            return True
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Arrange anew."""
        super().resizeEvent(event)
        self.marks = self.arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another theme may have other measures."""
        super().changeEvent(event)
        if restyled(event):
            self.refill()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The figure, and the ring where the keys are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        if self.hasFocus() and self.by_keyboard and 0 <= self.current < len(self.marks):
            paint_ring(painter, self.marks[self.current].box.adjusted(-3, -3, 3, 3), 4)

    def _open(self, place: int) -> None:
        if self.marks[place].opens is not None:
            self.opened.emit(self.marks[place].opens)

    def _tell(self) -> None:
        here = self.marks[self.current].name if 0 <= self.current < len(self.marks) else ""
        self.setAccessibleName(f"{self._title}: {here}" if here else self._title)


def _next(marks: Sequence[Mark], place: int, step: tuple[int, int]) -> int:
    """The mark nearest in a direction: along the row or the column first, else the one closest to it."""
    here, (down, right) = marks[place], step
    best, least = place, (10**6, 10**6)
    for n, mark in enumerate(marks):
        along, across = mark.row - here.row, mark.column - here.column
        if right:
            along, across = across, along
        ahead = along * (right or down)
        if ahead <= 0 or (down and mark.column != here.column):
            continue
        distance = (ahead, abs(across))
        if distance < least:
            best, least = n, distance
    return best
