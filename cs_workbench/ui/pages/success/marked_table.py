"""A table of facts in which a cell may wear a state's shape before its words, or a bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import COLUMN, ROW, STYLE, FactModel, Index
from cs_workbench.ui.widgets.badge import band_of, paint_shape
from cs_workbench.ui.widgets.fact_table import FactDelegate, FactTable, Refuse, insets
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.threshold import paint_bullet
from cs_workbench.ui.widgets.two_lines import paint_two

BAR = 56
HIGH = 52
"""px of a row with sentences on two lines."""


@dataclass(frozen=True, slots=True)
class Marks:
    """By column key: ``shapes`` give the band a cell wears ("" none), ``bars`` (share, share expected by now);
    ``twice`` are columns of sentences, on two lines where one would cut them: all rows are higher then.
    """

    shapes: Mapping[str, Callable[[Any], str]]
    bars: Mapping[str, Callable[[Any], tuple[float | None, float | None]]]
    twice: frozenset[str] = frozenset()


class MarkedDelegate(FactDelegate):
    """Paints shape or bar, then the words."""

    def __init__(self, table: FactTable, marks: Marks) -> None:
        super().__init__(table)
        self._marks = marks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As facts, but for the marked cells."""
        key = index.data(COLUMN).key
        if key in self._marks.twice:
            self._paint_twice(painter, option, index)
            return
        if key not in self._marks.shapes and key not in self._marks.bars:
            super().paint(painter, option, index)
            return
        theme, row = themes.current(), index.data(ROW)
        option.state &= ~QStyle.StateFlag.State_MouseOver
        paint_row(painter, option, ring=self._table.by_keyboard)
        left, right = insets(self._table, index.column())
        box = QRectF(option.rect).adjusted(left, 0, -right, 0)
        if key in self._marks.shapes:
            band = self._marks.shapes[key](row)
            if band:
                side = theme.px(10)
                paint_shape(
                    painter, band_of(band), QRectF(box.left(), box.center().y() - side / 2, side, side)
                )
            box.setLeft(box.left() + theme.px(18))
        else:
            share, expected = self._marks.bars[key](row)
            if share is not None:
                room = QRectF(box.left(), box.top(), theme.px(BAR), box.height())
                paint_bullet(painter, room, share, expected)
            box.setLeft(box.left() + theme.px(BAR + 8))
        style, ink = index.data(STYLE)
        right_side = index.data(COLUMN).right and key in self._marks.shapes
        side = Qt.AlignmentFlag.AlignRight if right_side else Qt.AlignmentFlag.AlignLeft
        paint_text(painter, box, str(index.data() or ""), style, ink, side)

    def _paint_twice(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_cell(painter, option, index)
        left, right = insets(self._table, index.column())
        _style, ink = index.data(STYLE)
        room = QRectF(option.rect).adjusted(left, 0, -right, 0)
        paint_two(painter, room, str(index.data() or ""), "small", ink)


class MarkedTable(FactTable):
    """``inspected`` on →, where the pane is."""

    inspected = Signal()

    def __init__(
        self, model: FactModel, marks: Marks, *, refuse: Refuse | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, refuse=refuse, parent=parent)
        self._marked = MarkedDelegate(self, marks)
        self.setItemDelegate(self._marked)
        if marks.twice:
            high = max(
                themes.current().row(HIGH), 2 * themes.current().line("small") + themes.current().px(12)
            )
            self.verticalHeader().setDefaultSectionSize(high)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """→ goes on into the pane, where no cell is edited."""
        edits = any(column.changes for column in self.facts.columns)
        if event.key() == Qt.Key.Key_Right and self.chosen() is not None and not edits:
            self.inspected.emit()
        else:
            super().keyPressEvent(event)
