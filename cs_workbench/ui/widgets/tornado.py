"""A tornado: how far a result moves when one input goes to its least and most, the widest on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.figure_view import FigureView, Mark
from cs_workbench.ui.widgets.rows import paint_text

ROW, BAR, LABELS, FIGURE = 52, 28, 176, 84


@dataclass(frozen=True, slots=True)
class Swing:
    """One input: its name and range, the result at both ends (worse, better), the words for both, what it opens."""

    name: str
    bounds: str
    worse: float
    better: float
    worse_words: str
    better_words: str
    opens: object = None


class Tornado(FigureView):
    """``show_swings`` gives it other inputs, the widest first, around the result of now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.swings: tuple[Swing, ...] = ()
        self.middle = 0.0
        self.middle_words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_swings(self, swings: Sequence[Swing], middle: float, words: str) -> None:
        """Show other inputs around *middle*."""
        self.swings, self.middle, self.middle_words = tuple(swings), middle, words
        self.refill()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A row for each input and the result below."""
        theme = themes.current()
        return QSize(theme.px(420), max(len(self.swings), 1) * theme.row(ROW) + theme.row(24))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No lower than its rows."""
        return QSize(themes.current().px(280), self.sizeHint().height())

    def arrange(self) -> list[Mark]:
        """One mark an input: its bar and its name."""
        theme = themes.current()
        marks = []
        for n, swing in enumerate(self.swings):
            top = n * theme.row(ROW) + (theme.row(ROW) - theme.px(BAR)) / 2
            left, right = self._x(min(swing.worse, self.middle)), self._x(max(swing.better, self.middle))
            box = QRectF(left, top, max(right - left, 1), theme.px(BAR))
            words = f"{swing.name} {swing.bounds}: {swing.worse_words} – {swing.better_words}"
            name = QRectF(0, n * theme.row(ROW), self._labels(), theme.row(ROW))
            marks.append(Mark(box, words, swing.opens, n, 0, name))
        return marks

    def draw(self, painter: QPainter) -> None:
        """Names with ranges, two bars each, the figures beside them, the result of now below."""
        theme = themes.current()
        middle = self._x(self.middle)
        half = theme.row(ROW) / 2
        for swing, place in zip(self.swings, self.marks, strict=True):
            row = place.also.adjusted(0, 0, -theme.px(8), 0)
            paint_text(painter, QRectF(row.left(), row.top(), row.width(), half + 4), swing.name, "small")
            under = QRectF(row.left(), row.top() + half - 4, row.width(), half)
            paint_text(painter, under, swing.bounds, "caption", "text.secondary")
            box = place.box
            painter.fillRect(
                QRectF(box.left(), box.top(), middle - box.left(), box.height()),
                theme.colour("chart.series.1"),
            )
            painter.fillRect(
                QRectF(middle, box.top(), box.right() - middle, box.height()), theme.colour("chart.series.0")
            )
            side = theme.px(FIGURE)
            left = QRectF(box.left() - side - 6, box.top(), side, box.height())
            right = QRectF(box.right() + 6, box.top(), side, box.height())
            paint_text(
                painter, left, swing.worse_words, "small", "text.secondary", Qt.AlignmentFlag.AlignRight
            )
            paint_text(painter, right, swing.better_words, "small", "text.secondary")
        end = len(self.swings) * theme.row(ROW)
        painter.fillRect(QRectF(middle, 0, 1, end), theme.colour("text.primary"))
        foot = QRectF(middle - theme.px(80), end, theme.px(160), theme.row(24))
        paint_text(painter, foot, self.middle_words, "strong", "text.primary", Qt.AlignmentFlag.AlignHCenter)

    def _labels(self) -> float:
        return float(min(themes.current().px(LABELS), self.width() * 0.36))

    def _x(self, amount: float) -> float:
        ends = [self.middle, *(edge for swing in self.swings for edge in (swing.worse, swing.better))]
        least, most = min(ends), max(ends)
        side = themes.current().px(FIGURE) + 8
        left, right = self._labels() + side, self.width() - side
        return left + (amount - least) / ((most - least) or 1.0) * max(right - left, 1)
