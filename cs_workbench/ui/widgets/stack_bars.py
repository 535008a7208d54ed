"""Upright bars, one a month, each stacked of the bands of health, with its total above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.badge import Band, paint_shape
from cs_workbench.ui.widgets.figure_view import FigureView, Mark
from cs_workbench.ui.widgets.rows import paint_text

HEIGHT, FOOT = 150, 32
_SHAPED = 15
"""A part at least so high (px at scale 1) carries its band's shape, so that colour is not all there is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One band's part of a column; pieces are stacked from below in the order given."""

    band: Band
    amount: float
    name: str
    opens: object = None


@dataclass(frozen=True, slots=True)
class StackColumn:
    """One column: the word below, the figure above (bold when ``strong``), what the whole says and opens."""

    label: str
    figure: str
    name: str
    opens: object
    pieces: tuple[Piece, ...]
    strong: bool = False

    @property
    def amount(self) -> float:
        """How high it is."""
        return sum(piece.amount for piece in self.pieces)


class StackBars(FigureView):
    """From zero; the highest column fills the plot. ``legend`` names the bands that are there, below the months."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[StackColumn, ...] = ()
        self.legend: tuple[tuple[Band, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_columns(self, columns: Sequence[StackColumn], legend: Sequence[tuple[Band, str]]) -> None:
        """Show other columns, left to right."""
        self.columns, self.legend = tuple(columns), tuple(legend)
        self.refill()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as the design's plot."""
        theme = themes.current()
        return QSize(theme.px(360), theme.px(HEIGHT) + self._foot())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for twelve figures."""
        return QSize(themes.current().px(280), self.sizeHint().height())

    def arrange(self) -> list[Mark]:
        """A mark for each column's figure, and one for each of its pieces."""
        theme = themes.current()
        highest = max((column.amount for column in self.columns), default=0.0)
        step = self.width() / max(len(self.columns), 1)
        base, above = self._base(), theme.line("caption")
        scale = (base - above) / highest if highest else 0.0
        marks = []
        for n, column in enumerate(self.columns):
            middle, width = (n + 0.5) * step, min(step * 0.68, theme.px(48))
            left, top = round(middle - width / 2), base
            pieces = []
            for m, piece in enumerate(column.pieces):
                height = piece.amount * scale
                top -= height
                if height:
                    box = QRectF(left, top, round(width), max(height - 1, 1.0))
                    pieces.append(Mark(box, piece.name, piece.opens, len(column.pieces) - m, n))
            figure = QRectF(n * step, top - above, step, above)
            label = QRectF(n * step, base + 2, step, theme.line("caption"))
            marks += [Mark(figure, column.name, column.opens, 0, n, label), *reversed(pieces)]
        return marks

    def draw(self, painter: QPainter) -> None:
        """Pieces with their shapes, figures, months, the line they stand on, the bands' names."""
        theme = themes.current()
        for mark in self.marks:
            column = self.columns[mark.column]
            if mark.row == 0:
                style = "small_strong" if column.strong else "caption"
                if QFontMetrics(theme.font(style)).horizontalAdvance(column.figure) > mark.box.width():
                    style = "caption"
                paint_text(painter, mark.box, column.figure, style, align=Qt.AlignmentFlag.AlignHCenter)
                paint_text(painter, mark.also, column.label, "caption", "text.secondary",
                           Qt.AlignmentFlag.AlignHCenter)  # fmt: skip
            else:
                self._draw_piece(painter, mark, column.pieces[len(column.pieces) - mark.row].band)
        painter.fillRect(QRectF(0, self._base(), self.width(), 1), theme.colour("chart.axis"))
        x, y = 0.0, self.height() - self._legend_height() / 2
        for band, words in self.legend:
            side = theme.px(9)
            paint_shape(painter, band, QRectF(x, y - side / 2, side, side))
            room = QRectF(x + theme.px(16), y - theme.line("small") / 2, self.width(), theme.line("small"))
            x += theme.px(32) + paint_text(painter, room, words, "small", "text.secondary")

    def _draw_piece(self, painter: QPainter, mark: Mark, band: Band) -> None:
        theme = themes.current()
        painter.fillRect(
            mark.box, theme.colour("chart.muted" if band == "none" else f"health.{band}.graphic")
        )
        if mark.box.height() >= theme.px(_SHAPED) and band != "none":
            side = theme.px(8)
            centre = mark.box.center()
            shape = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            paint_shape(painter, band, shape, colour="bg.surface")

    def _base(self) -> float:
        return float(self.height() - self._foot())

    def _foot(self) -> int:
        theme = themes.current()
        return theme.line("caption") + theme.px(8) + self._legend_height()

    def _legend_height(self) -> int:
        """As high as a control, which may stand at its right."""
        return themes.current().row(FOOT)
