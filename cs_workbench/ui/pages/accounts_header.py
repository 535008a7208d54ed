"""The header of the account list, painted from tokens."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel
from cs_workbench.ui.models.account_words import COLUMNS
from cs_workbench.ui.widgets.account_row import AccountRowDelegate
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.scrolled import own_ground


class AccountHeader(QHeaderView):
    """32 px on the sunken surface; the sorted column in primary with an arrow."""

    def __init__(self, model: AccountModel, delegate: AccountRowDelegate, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        own_ground(self)
        self.viewport().setMouseTracking(True)
        self._model = model
        self._delegate = delegate
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setFixedHeight(themes.current().row(32, "small"))

    def sizeHint(self) -> QSize:  # noqa: N802
        """32 px high. Qt's own answer asks a hundred sections for their titles, each time the list is laid out."""
        return QSize(self.length(), themes.current().row(32, "small"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The ground also beyond the last column, a line below."""
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("bg.sunken"))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line.strong"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """Title, and the arrow beside the one sorted by."""
        theme = themes.current()
        painter.fillRect(rect, theme.colour("bg.sunken"))
        column = COLUMNS[logicalIndex]
        room = self._delegate.room(QRectF(rect), logicalIndex, title=True)
        here = self._model.sort_column == column.id
        ink = "text.primary" if here else "text.secondary"
        style = "small"
        side = theme.px(14) if here else 0
        title = str(self._model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        width = min(QFontMetrics(theme.font(style)).horizontalAdvance(title), room.width() - side)
        left = room.right() - width - side if column.right else room.left()
        paint_text(painter, QRectF(left, room.top(), width + 1, room.height()), title, style, ink)
        if here:
            arrow = icons.pixmap("arrow-down" if self._model.descending else "arrow-up", ink, 12)
            painter.drawPixmap(
                round(left + width + theme.px(2)), round(room.center().y() - theme.px(6)), arrow
            )
