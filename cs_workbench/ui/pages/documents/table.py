"""The table of documents: the internal edition stands in a red box."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from cs_workbench.services.pack_archive import ArchiveLine
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import COLUMN, ROW, FactModel, Index
from cs_workbench.ui.widgets.fact_table import FactDelegate, FactTable, insets
from cs_workbench.ui.widgets.rows import paint_row, paint_text


class DocumentDelegate(FactDelegate):
    """Paints the mark of the internal edition as it is on paper: words in a box."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As facts, but for that cell."""
        line, column = index.data(ROW), index.data(COLUMN)
        if column.key != "edition" or not isinstance(line, ArchiveLine) or line.edition != "internal":
            super().paint(painter, option, index)
            return
        theme = themes.current()
        option.state &= ~QStyle.StateFlag.State_MouseOver
        paint_row(painter, option, ring=self._table.by_keyboard)
        words = str(index.data() or "")
        left, _right = insets(self._table, index.column())
        metrics = QFontMetrics(theme.font("small_strong"))
        high = metrics.height() + theme.px(4)
        box = QRectF(option.rect.left() + left, 0, metrics.horizontalAdvance(words) + theme.px(12), high)
        box.moveTop(round(option.rect.center().y() - high / 2) + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("health.red.graphic"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        paint_text(painter, box, words, "small_strong", "health.red.text", Qt.AlignmentFlag.AlignHCenter)


class DocumentTable(FactTable):
    """A table of facts with that delegate; ``inspected`` on →."""

    inspected = Signal()

    def __init__(self, model: FactModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent=parent)
        self._delegate = DocumentDelegate(self)
        self.setItemDelegate(self._delegate)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """→ goes on into the pane."""
        if event.key() == Qt.Key.Key_Right and self.chosen() is not None:
            self.inspected.emit()
        else:
            super().keyPressEvent(event)
