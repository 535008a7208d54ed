"""Still grey lines where rows will be, shown only when reading takes longer than 300 ms."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.ui import theme as themes

WAIT = 300


class Skeleton(QWidget):
    """``begin`` waits 300 ms before anything shows; ``end`` takes it away."""

    def __init__(self, row: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self.show)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def begin(self) -> None:
        """Show it unless ``end`` comes soon."""
        self._timer.start()

    def end(self) -> None:
        """The rows are there."""
        self._timer.stop()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The ground, and the lines on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), themes.current().colour("bg.surface"))
        paint_lines(painter, QRectF(self.rect()), self._row)


def paint_lines(painter: QPainter, room: QRectF, row: int = 40) -> None:
    """Lines of differing length in *room*, one each *row* px at scale 1."""
    theme = themes.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("bg.hover"))
    height = theme.row(row)
    for n in range(max(1, int(room.height() // height))):
        share = (0.34, 0.26, 0.4, 0.3)[n % 4]
        top = room.top() + n * height + (height - theme.px(10)) / 2
        for left, width in ((0.02, share), (0.55, 0.12), (0.8, 0.1)):
            box = QRectF(room.left() + room.width() * left, top, room.width() * width, theme.px(10))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
