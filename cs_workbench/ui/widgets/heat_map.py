"""The heat map: accounts × months with every score printed, red ones underlined. Only what is seen is painted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from cs_workbench.domain.portfolio import Cell
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.heat_model import ACCOUNT, CELL, HeatModel, Index, printed
from cs_workbench.ui.style import paint_ring
from cs_workbench.ui.widgets.badge import band_of
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

ROW, CELL_LEAST, CELL_MOST, NAME_LEAST = 24, 30, 52, 110


class HeatHeader(QHeaderView):
    """The months, small, above their column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(themes.current().px(CELL_LEAST))
        self.setFixedHeight(themes.current().row(22, "caption"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Words only."""
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("bg.surface"))
        for section in range(1, self.count()):
            room = QRectF(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())
            words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
            paint_text(painter, room, words, "caption", "text.secondary", Qt.AlignmentFlag.AlignHCenter)


class HeatDelegate(QStyledItemDelegate):
    """Paints a cell from tokens."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name, or the score on the soft colour of its band."""
        theme = themes.current()
        box = QRectF(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        view = self.parent()
        if index.column() == 0:
            painter.fillRect(box, theme.colour("bg.hover" if hovered else "bg.surface"))
            words = str(index.data() or "")
            paint_text(painter, box.adjusted(theme.px(2), 0, -theme.px(8), 0), words, "small")
        else:
            self._paint_cell(painter, box.adjusted(0, 0, -2, -2), index.data(CELL), hovered=hovered)
        ringed = isinstance(view, HeatMap) and view.by_keyboard and view.hasFocus()
        if ringed and isinstance(view, HeatMap) and view.currentIndex() == index:
            paint_ring(painter, box.adjusted(0, 0, -1, -1), 3)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Cell | None, *, hovered: bool) -> None:
        theme = themes.current()
        if cell is None or cell.score is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(theme.colour("line.strong"), 1)
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            paint_text(painter, box, printed(cell), "small", "text.tertiary", Qt.AlignmentFlag.AlignHCenter)
            return
        band = band_of(cell.band)
        painter.fillRect(box, theme.colour(f"health.{band}.soft"))
        style, ink = ("small_strong" if band == "red" else "small"), f"health.{band}.text"
        width = paint_text(painter, box, printed(cell), style, ink, Qt.AlignmentFlag.AlignHCenter)
        if band == "red":
            metrics = QFontMetrics(theme.font(style))
            y = round(box.center().y() + metrics.ascent() / 2 + 1) + 0.5
            left = round(box.center().x() - width / 2)
            painter.setPen(QPen(theme.colour(ink), 1))
            painter.drawLine(left, int(y), round(left + width), int(y))
        if hovered:
            painter.setPen(QPen(theme.colour(ink), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """A row of 24."""
        return QSize(0, themes.current().row(ROW, "small"))

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What the cell says aloud."""
        words = index.data(Qt.ItemDataRole.AccessibleTextRole)
        QToolTip.showText(event.globalPos(), plain(str(words or "")), view)
        return True


class HeatMap(QTableView):
    """``opened`` carries the account of the cell or name clicked, or entered with the keys."""

    opened = Signal(object)

    def __init__(self, rows_shown: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat = HeatModel(self)
        self.by_keyboard = False
        self._rows_shown = rows_shown
        height = themes.current().row(ROW, "small")
        self.setModel(self.heat)
        self.setItemDelegate(HeatDelegate(self))
        self.setHorizontalHeader(HeatHeader(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.heat.modelReset.connect(self._share)
        self.heat.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As many rows as there are, up to those shown at once."""
        rows = min(max(self.heat.rowCount(), 3), self._rows_shown)
        height = self.horizontalHeader().height() + rows * themes.current().row(ROW, "small") + 2
        return QSize(themes.current().px(420), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No cell is cut."""
        return QSize(themes.current().px(NAME_LEAST + 12 * CELL_LEAST), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move from cell to cell, Enter opens the account; letters are the page's."""
        self.by_keyboard = True
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
                 Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ACCOUNT))
        elif event.key() in moves:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:  # noqa: N802
        """The first cell, so that there is something to see."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.heat.rowCount():
            self.setCurrentIndex(self.heat.index(0, 0))
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The ring goes when the mouse takes over."""
        self.by_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(index.data(ACCOUNT))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room out again."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Cells of equal width; the names take the rest."""
        theme = themes.current()
        room, months = self.viewport().width(), self.heat.columnCount() - 1
        if months < 1:
            return
        fits = (room - theme.px(180)) // months
        width = min(max(fits, theme.px(CELL_LEAST)), theme.px(CELL_MOST))
        for column in range(1, months + 1):
            self.setColumnWidth(column, width)
        self.setColumnWidth(0, max(room - width * months, theme.px(NAME_LEAST)))
