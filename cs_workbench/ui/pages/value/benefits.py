"""The table of benefits: headings span it, and the keys step over them."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import ROW, Index
from cs_workbench.ui.models.value_model import BenefitLine, BenefitModel, Group
from cs_workbench.ui.widgets.fact_table import FactDelegate, FactTable
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

_ROW, _HEADING = 40, 32


class BenefitDelegate(FactDelegate):
    """Paints headings on the sunken ground: bold, with a quiet fact beside."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As facts, but for headings."""
        row = index.data(ROW)
        if not isinstance(row, Group):
            super().paint(painter, option, index)
            return
        theme = themes.current()
        box = QRectF(option.rect)
        painter.fillRect(box, theme.colour("bg.sunken"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), theme.colour("line.subtle"))
        room = box.adjusted(theme.px(24), 0, -theme.px(24), 0)
        width = paint_text(painter, room, row.title, "strong")
        paint_text(painter, room.adjusted(width + theme.px(8), 0, 0, 0), row.about, "small", "text.secondary")

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What a shape and a letter mean; else as facts."""
        words = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        if not words:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain(words), view)
        return True


class BenefitTable(FactTable):
    """Stands in a scrolled column, as high as its rows. ``closed`` on Esc."""

    least: ClassVar[int] = 216
    closed = Signal()

    def __init__(self, model: BenefitModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent=parent)
        self._delegate = BenefitDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setMinimumSectionSize(themes.current().row(_HEADING))

    def fit(self) -> None:
        """Take the height of the rows; headings span every column."""
        self.clearSpans()
        for n, row in enumerate(self.facts.rows):
            if isinstance(row, Group):
                self.setSpan(n, 0, 1, len(self.facts.columns))
        for n, row in enumerate(self.facts.rows):
            self.setRowHeight(n, themes.current().row(_HEADING if isinstance(row, Group) else _ROW))
        self.setFixedHeight(self.content_height())

    def content_height(self) -> int:
        """Header, rows and headings."""
        rows = sum(self.rowHeight(n) for n in range(self.facts.rowCount()))
        return self.horizontalHeader().height() + rows + 2

    def benefit(self) -> BenefitLine | None:
        """The benefit the keys are on."""
        row = self.chosen()
        return row if isinstance(row, BenefitLine) else None

    def choose_benefit(self, line_id: int | None) -> None:
        """Put the keys on a benefit, on the first one where it is not there."""
        lines = [(n, row) for n, row in enumerate(self.facts.rows) if isinstance(row, BenefitLine)]
        at = next((n for n, row in lines if row.id == line_id), lines[0][0] if lines else -1)
        if at >= 0:
            self.choose(at)

    def step(self, by: int) -> None:
        """Go on to the next benefit in a direction, over headings."""
        rows = self.facts.rows
        at = self.currentIndex().row() + by
        while 0 <= at < len(rows) and not isinstance(rows[at], BenefitLine):
            at += by
        if 0 <= at < len(rows):
            self.choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes what is open below."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
