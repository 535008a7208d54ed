"""A waterfall: whole sums standing on the line, what is added or taken off hanging between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.figure_view import FigureView, Mark
from cs_workbench.ui.widgets.rows import paint_text

HEIGHT, LABEL = 260, 24
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar. ``amount`` is a whole sum, or signed what changes (``change``); ``words`` stand above, ``name`` below.

    ``ink`` names the token it is painted with.
    """

    name: str
    amount: float
    words: str
    change: bool = False
    ink: str = "chart.series.0"


class Waterfall(FigureView):
    """``show_falls`` gives it other bars, from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.falls: tuple[Fall, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_falls(self, falls: Sequence[Fall]) -> None:
        """Show other bars."""
        self.falls = tuple(falls)
        self.refill()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for five bars with their words."""
        theme = themes.current()
        return QSize(theme.px(420), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No lower than that."""
        return QSize(themes.current().px(280), themes.current().px(HEIGHT))

    def spans(self) -> list[tuple[float, float]]:
        """From where to where each bar reaches, in amounts."""
        found, level = [], 0.0
        for fall in self.falls:
            start = level if fall.change else 0.0
            level = level + fall.amount if fall.change else fall.amount
            found.append((start, level))
        return found

    def arrange(self) -> list[Mark]:
        """One mark a bar."""
        if not self.falls:
            return []
        spans = self.spans()
        slot = self.width() / len(self.falls)
        wide = min(slot * 0.64, themes.current().px(_WIDEST))
        marks = []
        for n, (fall, (start, end)) in enumerate(zip(self.falls, spans, strict=True)):
            top, bottom = sorted((self._y(start), self._y(end)))
            left = n * slot + (slot - wide) / 2
            box = QRectF(left, top, wide, max(bottom - top, 1))
            marks.append(Mark(box, f"{fall.name} {fall.words}", None, 0, n))
        return marks

    def draw(self, painter: QPainter) -> None:
        """Bars, dotted levels between them, words above and below, the line of nothing."""
        theme = themes.current()
        slot = self.width() / max(len(self.falls), 1)
        spans = self.spans()
        label = theme.row(LABEL, "small")
        for n, (fall, place) in enumerate(zip(self.falls, self.marks, strict=True)):
            painter.fillRect(place.box, theme.colour(fall.ink))
            above = QRectF(n * slot, place.box.top() - label, slot, label)
            paint_text(painter, above, fall.words, "strong", "text.primary", Qt.AlignmentFlag.AlignHCenter)
            below = QRectF(n * slot + 2, self.height() - label, slot - 4, label)
            paint_text(painter, below, fall.name, "small", "text.secondary", Qt.AlignmentFlag.AlignHCenter)
            if n:
                pen = QPen(theme.colour("text.secondary"), 1)
                pen.setDashPattern([2, 2])
                painter.setPen(pen)
                level = self._y(spans[n - 1][1])
                painter.drawLine(QLineF(self.marks[n - 1].box.right(), level, place.box.left(), level))
        painter.fillRect(QRectF(0, self._y(0), self.width(), 1), theme.colour("text.secondary"))

    def _y(self, amount: float) -> float:
        label = themes.current().row(LABEL, "small")
        ends = [edge for span in self.spans() for edge in span]
        most, least = max([0.0, *ends]), min([0.0, *ends])
        top, bottom = label, self.height() - label - themes.current().px(4)
        return bottom - (amount - least) / ((most - least) or 1.0) * (bottom - top)
