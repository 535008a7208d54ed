"""Bars that are each cut into the four bands of health, with every part named and counted below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.badge import Band, paint_shape
from cs_workbench.ui.widgets.figure_view import FigureView, Mark
from cs_workbench.ui.widgets.rows import paint_text

BAR, GAP, LEGEND, BETWEEN = 20, 6, 22, 18


@dataclass(frozen=True, slots=True)
class Part:
    """One band's part of a bar: how much, its words below the bar, what it says aloud and what it opens."""

    band: Band
    amount: float
    words: str
    name: str
    opens: object = None


class ShareBars(FigureView):
    """Each bar takes the whole width; a bar whose parts are all nothing is a dashed outline with ``nothing`` in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[tuple[Part, ...], ...] = ()
        self.nothing = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_bars(self, bars: Sequence[Sequence[Part]], nothing: str) -> None:
        """Show other bars, the first on top."""
        self.bars = tuple(tuple(bar) for bar in bars)
        self.nothing = nothing
        self.refill()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Bars and the lines below them."""
        theme = themes.current()
        return QSize(theme.px(320), max(1, len(self.bars)) * self._height() - theme.px(BETWEEN))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No lower than its bars."""
        return QSize(themes.current().px(240), self.sizeHint().height())

    def arrange(self) -> list[Mark]:
        """One mark a part: its words, and its piece of the bar."""
        theme = themes.current()
        marks = []
        equal = all(max(self._needed(bar), default=0) <= self.width() / max(len(bar), 1) for bar in self.bars)
        for row, bar in enumerate(self.bars):
            top = row * self._height()
            x = 0.0
            places = self._legend(bar, top + theme.px(BAR + GAP), equal=equal)
            whole = sum(part.amount for part in bar)
            for column, part in enumerate(bar):
                width = self.width() * part.amount / whole if whole else 0.0
                piece = QRectF(x, top, max(width - 1.5, 0), theme.px(BAR))
                marks.append(Mark(places[column], part.name, part.opens, row, column, piece))
                x += width
        return marks

    def draw(self, painter: QPainter) -> None:
        """Bars, shapes, words."""
        theme = themes.current()
        for n, mark in enumerate(self.marks):
            part = self.bars[mark.row][mark.column]
            ink = "chart.muted" if part.band == "none" else f"health.{part.band}.graphic"
            painter.fillRect(mark.also, theme.colour(ink))
            if n == self.hovered and mark.opens is not None:
                painter.setPen(theme.colour("bg.hover"))
                painter.setBrush(theme.colour("bg.hover"))
                painter.drawRoundedRect(mark.box.adjusted(-3, 0, 3, 0), theme.px(4), theme.px(4))
            side = theme.px(9)
            shape = QRectF(mark.box.left(), mark.box.center().y() - side / 2, side, side)
            paint_shape(painter, part.band, shape)
            room = mark.box.adjusted(theme.px(16), 0, 0, 0)
            paint_text(painter, room, part.words, "small")
        for row, bar in enumerate(self.bars):
            if not any(part.amount for part in bar):
                self._draw_nothing(painter, QRectF(0, row * self._height(), self.width(), theme.px(BAR)))

    def _draw_nothing(self, painter: QPainter, box: QRectF) -> None:
        theme = themes.current()
        painter.setPen(_dashed(theme.colour("health.none.graphic")))
        painter.setBrush(theme.colour("health.none.soft"))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        paint_text(painter, box.adjusted(theme.px(8), 0, -8, 0), self.nothing, "small", "health.none.text")

    def _needed(self, bar: Sequence[Part]) -> list[int]:
        """How wide each part's shape and words are."""
        theme = themes.current()
        metrics = QFontMetrics(theme.font("small"))
        return [metrics.horizontalAdvance(part.words) + theme.px(16 + 10) for part in bar]

    def _legend(self, bar: Sequence[Part], top: float, *, equal: bool) -> list[QRectF]:
        """Where the words stand: in equal parts as in a table, else each as wide as it needs, else cut.

        All bars stand alike: ``equal`` says that the words of each fit into equal parts.
        """
        theme = themes.current()
        needed = self._needed(bar)
        whole = sum(needed)
        widths = [self.width() / max(len(bar), 1)] * len(bar) if equal else list(map(float, needed))
        if not equal and whole > self.width():
            widths = [width * self.width() / whole for width in needed]
        places, x = [], 0.0
        for width in widths:
            places.append(QRectF(x, top, width - theme.px(8), theme.row(LEGEND, "small")))
            x += width
        return places

    def _height(self) -> int:
        theme = themes.current()
        return theme.px(BAR + GAP + BETWEEN) + theme.row(LEGEND, "small")


def _dashed(ink: QColor) -> QPen:
    """The pen around what was not measured."""
    pen = QPen(ink, 1)
    pen.setDashPattern([3, 3])
    return pen
