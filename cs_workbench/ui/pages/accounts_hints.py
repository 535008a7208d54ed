"""What could come next in the filter of the accounts page, below the line that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float

if TYPE_CHECKING:
    from cs_workbench.domain.account_filter_hints import Hint


class HintList(QWidget):
    """What could come next, below the line. It never takes the focus: the field keeps the keys."""

    taken = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[Hint, ...] = ()
        self.at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def offer(self, entries: tuple[Hint, ...], below: QPoint) -> None:
        """Show *entries* with the first letter at *below*; none hides the list."""
        self.entries, self.at = entries, 0 if entries else -1
        if not entries:
            self.hide()
            return
        theme = themes.current()
        metrics = QFontMetrics(theme.font("body"))
        width = max(metrics.horizontalAdvance(one.text) for one in entries) + theme.px(64)
        edge = theme.px(MARGIN)
        size = QSize(width + 2 * edge, len(entries) * self._row() + theme.px(8) + 2 * edge)
        self.setGeometry(below.x() - edge - theme.px(8), below.y() - edge, size.width(), size.height())
        self.setAccessibleName(entries[0].text)
        self.show()
        self.raise_()
        self.update()

    def move_by(self, step: int) -> None:
        """Another entry."""
        self.at = (self.at + step) % len(self.entries)
        self.setAccessibleName(self.entries[self.at].text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A float with one line an entry."""
        theme = themes.current()
        edge = theme.px(MARGIN)
        painter = QPainter(self)
        paint_float(painter, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
        for n, entry in enumerate(self.entries):
            top = edge + theme.px(4) + n * self._row()
            row = QRectF(edge + 1, top, self.width() - 2 * edge - 2, self._row())
            if n == self.at:
                painter.fillRect(row.adjusted(theme.px(4), 0, -theme.px(4), 0), theme.colour("bg.selected"))
            room = row.adjusted(theme.px(12), 0, -theme.px(40), 0)
            paint_text(painter, room, entry.text)
            if n == self.at:
                right = row.adjusted(0, 0, -theme.px(12), 0)
                paint_text(painter, right, "Tab", "caption", "text.tertiary", Qt.AlignmentFlag.AlignRight)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Light the entry under the pointer."""
        self.at = self._at(event.position().y())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take it."""
        self.taken.emit(self._at(event.position().y()))

    def _at(self, y: float) -> int:
        theme = themes.current()
        row = int((y - theme.px(MARGIN) - theme.px(4)) // self._row())
        return min(max(row, 0), len(self.entries) - 1)

    def _row(self) -> int:
        return themes.current().row(28)
