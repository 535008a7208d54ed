"""Influence as five dots of one size, painted: the letters ● and ○ differ in size and touch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import COLUMN, ROW, Index
from cs_workbench.ui.widgets.fact_table import FactDelegate, insets

OF, WIDE, GAP = 5, 8, 4
"""Dots, the width of one and the room between two in px at scale 1."""


def centres(box: QRectF) -> tuple[QPointF, ...]:
    """Where the dots lie from the left of *box*."""
    theme = themes.current()
    first, step = box.left() + theme.px(WIDE) / 2, theme.px(WIDE) + theme.px(GAP)
    return tuple(QPointF(first + n * step, box.center().y()) for n in range(OF))


def paint_influence(painter: QPainter, box: QRectF, influence: int) -> None:
    """*influence* (1–5) filled dots, the others hollow."""
    theme = themes.current()
    radius = theme.px(WIDE) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, centre in enumerate(centres(box)):
        full = number < influence
        painter.setPen(Qt.PenStyle.NoPen if full else QPen(theme.colour("line.control"), theme.px(1)))
        painter.setBrush(theme.colour("text.primary") if full else Qt.BrushStyle.NoBrush)
        inner = radius if full else radius - theme.px(1) / 2
        painter.drawEllipse(centre, inner, inner)
    painter.restore()


class InfluenceDelegate(FactDelegate):
    """Paints the column "influence" as dots; the others as facts."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Dots where it is known, nothing where it is not."""
        known = index.data(ROW).influence if index.data(COLUMN).key == "influence" else None
        if known is None:
            super().paint(painter, option, index)
            return
        self.paint_cell(painter, option, index)
        left, right = insets(self._table, index.column())
        paint_influence(painter, QRectF(option.rect).adjusted(left, 0, -right, 0), known)
