"""A table beside the content: it stands on its pane's ground, and a row may have two lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import ROW, FactModel, Index
from cs_workbench.ui.widgets.fact_table import FactDelegate, FactTable, insets
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.table_looks import ROW_PX

Line: TypeAlias = tuple[str, str, str]
"""Words, style, colour."""
Lines: TypeAlias = Callable[[Any], tuple[Line, Line]]
HIGH = 52
"""Height of a row of two lines at scale 1."""


class TwoLineDelegate(FactDelegate):
    """Paints the first column as two lines; the others as facts."""

    def __init__(self, table: FactTable, lines: Lines) -> None:
        super().__init__(table)
        self._lines = lines

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """A row of 52."""
        return QSize(0, themes.current().row(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line above the other, each cut where the room ends."""
        if index.column():
            super().paint(painter, option, index)
            return
        option.state &= ~QStyle.StateFlag.State_MouseOver
        paint_row(painter, option, ring=self._table.by_keyboard)
        left, right = insets(self._table, 0)
        box = QRectF(option.rect).adjusted(left, 0, -right, 0)
        half, gap = box.height() / 2, themes.current().px(4)
        room = QRectF(box.left(), box.top() + gap, box.width(), half - gap)
        for text, style, ink in self._lines(index.data(ROW)):
            paint_text(painter, room, text, style, ink, Qt.AlignmentFlag.AlignLeft)
            room.translate(0, half - gap)


class PaneTable(FactTable):
    """Without heads, on its pane's ground; with *lines* the first column has two."""

    def __init__(self, model: FactModel, lines: Lines | None = None) -> None:
        super().__init__(model)
        self.high = ROW_PX if lines is None else HIGH
        if lines is not None:
            self._delegate = TwoLineDelegate(self, lines)
            self.setItemDelegate(self._delegate)
            self.verticalHeader().setDefaultSectionSize(themes.current().row(HIGH))
        self.horizontalHeader().hide()
        self.stand_on_holder()

    def fit(self) -> None:
        """No higher than its rows."""
        self.setMaximumHeight(max(self.facts.rowCount() * themes.current().row(self.high), 1))
