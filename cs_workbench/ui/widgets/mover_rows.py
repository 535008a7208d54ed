"""Accounts whose score moved: by how much, why, and what they are worth. Falls first, rises last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.figure_view import FigureView, Mark
from cs_workbench.ui.widgets.rows import paint_text


@dataclass(frozen=True, slots=True)
class MoverRow:
    """One account. ``up`` gives icon and colour; ``cause`` stands below the name."""

    up: bool
    delta: str
    name: str
    cause: str
    money: str
    said: str
    opens: object


class MoverRows(FigureView):
    """Rows of two lines; ``sentence`` where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[MoverRow, ...] = ()
        self.sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_rows(self, rows: Sequence[MoverRow], sentence: str) -> None:
        """Show other accounts."""
        self.rows, self.sentence = tuple(rows), sentence
        self.refill()

    def sizeHint(self) -> QSize:  # noqa: N802
        """All rows."""
        return QSize(themes.current().px(280), max(len(self.rows), 1) * self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All rows."""
        return QSize(themes.current().px(200), self.sizeHint().height())

    def arrange(self) -> list[Mark]:
        """One mark a row."""
        high = self._height()
        return [
            Mark(QRectF(0, n * high, self.width(), high - 1), row.said, row.opens, n)
            for n, row in enumerate(self.rows)
        ]

    def draw(self, painter: QPainter) -> None:
        """Arrow, points, name over cause, money."""
        theme = themes.current()
        if not self.rows:
            paint_text(
                painter, QRectF(0, 0, self.width(), self._height()), self.sentence, "body", "text.secondary"
            )
            return
        bold = QFontMetrics(theme.font("strong"))
        points = max(bold.horizontalAdvance(row.delta) for row in self.rows)
        for n, (mark, row) in enumerate(zip(self.marks, self.rows, strict=True)):
            box = mark.box
            if n == self.hovered:
                painter.fillRect(box, theme.colour("bg.hover"))
            ink = "health.green.text" if row.up else "health.red.text"
            first = QRectF(0, box.top() + theme.px(4), self.width(), theme.line("body"))
            side = theme.px(16)
            icon = QRectF(0, round(first.center().y() - side / 2), side, side)
            icons.paint(painter, "trending-up" if row.up else "trending-down", ink, icon)
            left = side + theme.px(8)
            right = Qt.AlignmentFlag.AlignRight
            paint_text(
                painter, QRectF(left, first.top(), points, first.height()), row.delta, "strong", ink, right
            )
            left += points + theme.px(10)
            money = paint_text(painter, first, row.money, "body", "text.secondary", right)
            room = first.adjusted(left, 0, -money - theme.px(12), 0)
            paint_text(painter, room, row.name, "body")
            below = QRectF(left, first.bottom(), self.width() - left, theme.line("small"))
            paint_text(painter, below, row.cause, "small", "text.secondary")
            painter.fillRect(QRectF(0, box.bottom(), self.width(), 1), theme.colour("line.subtle"))

    def _height(self) -> int:
        theme = themes.current()
        return theme.line("body") + theme.line("small") + theme.px(9)
