"""A survey's figure month by month, with the count under each; months without an answer stay empty."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.domain import surveys
from cs_workbench.services.voice import Voice
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.widgets.rows import paint_text

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_ENDS: dict[str, tuple[float, float]] = {"nps": (-100.0, 100.0), "csat": (0.0, 1.0)}
_STEPS: dict[str, float] = {"nps": 10.0, "csat": 0.1, "ces": 0.5, "success": 0.5}


class Trend(QWidget):
    """Months with fewer than five answers are hollow points off the line; over months without any it is dotted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Voice | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_voice(self, found: Voice) -> None:
        """Another survey or period."""
        self.found = found
        self.setAccessibleName(words.message(found))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """170 high."""
        return QSize(themes.current().px(600), themes.current().px(170))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Grid, months, line, points."""
        found = self.found
        if found is None or not found.months:
            return
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = QRectF(theme.px(44), theme.px(20), self.width() - theme.px(68), self.height() - theme.px(64))
        low, high = bounds(found)
        self._paint_grid(painter, plot, low, high)
        wide = plot.width() / len(found.months)
        points: list[QPointF | None] = []
        for number, month in enumerate(found.months):
            value = month.result.value
            if value is None:
                points.append(None)
                continue
            share = (min(max(value, low), high) - low) / (high - low)
            points.append(QPointF(plot.left() + (number + 0.5) * wide, plot.bottom() - share * plot.height()))
        self._paint_months(painter, plot, wide)
        self._paint_line(painter, points)
        self._paint_labels(painter, points, low, high)

    def _paint_months(self, painter: QPainter, plot: QRectF, wide: float) -> None:
        """The months, and under those with answers how many."""
        theme, months = themes.current(), self.found.months if self.found is not None else ()
        every = max(1, round(theme.px(44) / wide))
        for number, month in enumerate(months):
            if number % every and number != len(months) - 1:
                continue
            x = plot.left() + (number + 0.5) * wide
            box = QRectF(x - theme.px(30), plot.bottom() + theme.px(4), theme.px(60), theme.px(18))
            paint_text(painter, box, f"{month.first:%y/%m}", "caption", "text.secondary", _CENTRE)
            if month.result.answers:
                below = box.translated(0, theme.px(16))
                paint_text(painter, below, f"n {month.result.answers}", "caption", "text.tertiary", _CENTRE)

    def _paint_grid(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        theme = themes.current()
        assert self.found is not None
        marks = {low, (low + high) / 2, high}
        if low < 0 < high:
            marks = {low, 0.0, high}
        for value in sorted(marks):
            y = plot.bottom() - (value - low) / (high - low) * plot.height()
            painter.setPen(QPen(theme.colour("line.strong" if value == 0 else "chart.grid"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            text = f"{value:.0%}" if self.found.kind == "csat" else f"{value:g}".replace("-", wording.MINUS)
            box = QRectF(0, y - theme.px(9), plot.left() - theme.px(6), theme.px(18))
            paint_text(painter, box, text, "caption", "text.tertiary", Qt.AlignmentFlag.AlignRight)

    def _paint_line(self, painter: QPainter, points: list[QPointF | None]) -> None:
        """A line through months with answers enough; the others stand alone, hollow."""
        theme, found = themes.current(), self.found
        assert found is not None
        ink = theme.colour("chart.series.0")
        sure = [number for number, month in enumerate(found.months) if words.is_sure(month.result)]
        for one, two in pairwise(sure):
            start, end = points[one], points[two]
            if start is not None and end is not None:
                style = Qt.PenStyle.SolidLine if two == one + 1 else Qt.PenStyle.DotLine
                painter.setPen(QPen(ink, 2 * theme.scale, style))
                painter.drawLine(start, end)
        painter.setPen(QPen(ink, 2 * theme.scale))
        for number, point in enumerate(points):
            if point is not None:
                painter.setBrush(ink if number in sure else theme.colour("bg.surface"))
                painter.drawEllipse(point, theme.px(3.5), theme.px(3.5))

    def _paint_labels(self, painter: QPainter, points: list[QPointF | None], low: float, high: float) -> None:
        """The last and the extreme months; a hollow point is only named where it lies off the scale."""
        theme, found = themes.current(), self.found
        assert found is not None
        bold = labelled(found)
        for number, point in enumerate(points):
            value = found.months[number].result.value
            if point is None or value is None or not (number in bold or not low <= value <= high):
                continue
            style, ink = ("strong", "text.primary") if number in bold else ("caption", "text.tertiary")
            box = QRectF(point.x() - theme.px(30), point.y() - theme.px(23), theme.px(60), theme.px(18))
            box.moveTop(max(box.top(), 0))
            paint_text(painter, box, words.figure(found.months[number].result), style, ink, _CENTRE)


def labelled(found: Voice) -> set[int]:
    """Places of the months that carry a figure: the last, the highest and the lowest with answers enough."""
    sure = [
        (one.result.value, number)
        for number, one in enumerate(found.months)
        if words.is_sure(one.result) and one.result.value is not None
    ]
    return {sure[-1][1], max(sure)[1], min(sure)[1]} if sure else set()


def bounds(found: Voice) -> tuple[float, float]:
    """The scale: round figures about the months with answers enough (all months where there are none)."""
    given = [one.result for one in found.months if one.result.value is not None]
    sure = [one for one in given if words.is_sure(one)] or given
    least, most = _ENDS.get(found.kind) or surveys.RANGE[found.kind]
    step = _STEPS[found.kind]
    values = [one.value for one in sure if one.value is not None]
    if not values:
        return least, most
    low = max(floor(min(values) / step - 0.5) * step, least)
    high = min(ceil(max(values) / step + 0.5) * step, most)
    return low, max(high, low + step)
