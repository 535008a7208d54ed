"""A short list put in order by hand: names with a second line; Alt with the arrows moves, Delete takes out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.rows import paint_row, paint_text

_SECOND = int(Qt.ItemDataRole.UserRole) + 1
_QUIET = _SECOND + 1


class OrderDelegate(QStyledItemDelegate):
    """Two lines a row, from tokens."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Name over second line."""
        theme = themes.current()
        paint_row(painter, option)
        box = QRectF(option.rect).adjusted(theme.px(12), theme.px(7), -theme.px(12), -theme.px(7))
        half = box.height() / 2
        ink = "text.tertiary" if index.data(_QUIET) else "text.primary"
        paint_text(
            painter, QRectF(box.left(), box.top(), box.width(), half), str(index.data() or ""), "strong", ink
        )
        second = QRectF(box.left(), box.top() + half, box.width(), half)
        paint_text(painter, second, str(index.data(_SECOND) or ""), "small", "text.secondary")

    def sizeHint(  # noqa: N802
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines with room around them."""
        theme = themes.current()
        tall = QFontMetrics(theme.font("strong")).height() + QFontMetrics(theme.font("small")).height()
        return QSize(0, tall + theme.px(18))


class OrderList(QListWidget):
    """``chosen`` carries the row, ``pushed`` how far the row is to move, ``removed`` that it is to go."""

    chosen = Signal(int)
    pushed = Signal(int)
    removed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(OrderDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.currentRowChanged.connect(self.chosen)

    def show_rows(self, rows: Sequence[tuple[str, str, bool]], current: int) -> None:
        """Show (name, second line, quiet) and stand on the row *current*, without telling."""
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for place, (name, second, quiet) in enumerate(rows):
            item = self.item(place) if place < self.count() else QListWidgetItem(self)
            item.setText(name)
            item.setData(_SECOND, second)
            item.setData(_QUIET, quiet)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {second}" if second else name)
        self.setCurrentRow(min(current, len(rows) - 1))
        self.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Alt with the arrows moves, Delete takes out."""
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.pushed.emit(way)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
