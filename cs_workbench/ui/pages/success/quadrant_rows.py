"""An account of a corner in two lines: its name, below it both measures; its ARR at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import COLUMN, ROW, FactModel, Index
from cs_workbench.ui.pages.success import quadrant_words as words
from cs_workbench.ui.widgets.fact_table import FactDelegate, FactTable, insets
from cs_workbench.ui.widgets.rows import paint_row, paint_text

HIGH = 52


class TwoLineDelegate(FactDelegate):
    """Paints the first column as two lines; the others as facts."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """A row of 52."""
        return QSize(0, themes.current().row(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name whole, the measures below it."""
        if index.data(COLUMN).key != "account":
            super().paint(painter, option, index)
            return
        option.state &= ~QStyle.StateFlag.State_MouseOver
        paint_row(painter, option, ring=self._table.by_keyboard)
        left, right = insets(self._table, index.column())
        box, one = QRectF(option.rect).adjusted(left, 0, -right, 0), index.data(ROW)
        half, gap = box.height() / 2, themes.current().px(4)
        first = QRectF(box.left(), box.top() + gap, box.width(), half - gap)
        paint_text(painter, first, one.name[:200], "strong", "text.primary", Qt.AlignmentFlag.AlignLeft)
        second = first.translated(0, half - gap)
        paint_text(
            painter, second, words.both(one.now), "small", "text.secondary", Qt.AlignmentFlag.AlignLeft
        )


class PaneTable(FactTable):
    """A table that stands on its pane's ground."""

    def __init__(self, model: FactModel, *, two_lines: bool = False) -> None:
        super().__init__(model)
        self.high = HIGH if two_lines else 40
        if two_lines:
            self._delegate = TwoLineDelegate(self)
            self.setItemDelegate(self._delegate)
            self.verticalHeader().setDefaultSectionSize(themes.current().row(HIGH))
        self.horizontalHeader().hide()
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QTableView { background: transparent; }")

    def fit(self) -> None:
        """No higher than its rows."""
        self.setMaximumHeight(max(self.facts.rowCount() * themes.current().row(self.high), 1))
