"""A survey's figure month by month, with the count under each; months without an answer stay empty."""

from __future__ import annotations

from itertools import pairwise

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


class Trend(QWidget):
    """Points are hollow where they rest on fewer than five answers; over months without one the line is dotted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Voice | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_voice(self, found: Voice) -> None:
        """Another survey or period."""
        self.found = found
        self.setAccessibleName(words.headline(found))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """170 high."""
        return QSize(themes.current().px(600), themes.current().px(170))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Grid, line, points, the last one labelled."""
        found = self.found
        if found is None or not found.months:
            return
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = QRectF(theme.px(44), theme.px(12), self.width() - theme.px(68), self.height() - theme.px(56))
        low, high = _bounds(found)
        self._paint_grid(painter, plot, low, high)
        wide = plot.width() / len(found.months)
        points: list[QPointF | None] = []
        every = max(1, round(theme.px(44) / wide))
        for number, month in enumerate(found.months):
            x = plot.left() + (number + 0.5) * wide
            value = month.result.value
            points.append(
                None
                if value is None
                else QPointF(x, plot.bottom() - (value - low) / (high - low) * plot.height())
            )
            if number % every == 0 or number == len(found.months) - 1:
                box = QRectF(x - theme.px(30), plot.bottom() + theme.px(4), theme.px(60), theme.px(18))
                paint_text(painter, box, f"{month.first:%y/%m}", "caption", "text.secondary", _CENTRE)
                count = f"n {month.result.answers}"
                paint_text(
                    painter, box.translated(0, theme.px(16)), count, "caption", "text.tertiary", _CENTRE
                )
        self._paint_line(painter, points, found)

    def _paint_grid(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        theme = themes.current()
        assert self.found is not None
        for value in (low, (low + high) / 2, high):
            y = plot.bottom() - (value - low) / (high - low) * plot.height()
            painter.setPen(QPen(theme.colour("chart.grid"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            text = f"{value:.0%}" if self.found.kind == "csat" else f"{value:g}".replace("-", wording.MINUS)
            box = QRectF(0, y - theme.px(9), plot.left() - theme.px(6), theme.px(18))
            paint_text(painter, box, text, "caption", "text.tertiary", Qt.AlignmentFlag.AlignRight)

    def _paint_line(self, painter: QPainter, points: list[QPointF | None], found: Voice) -> None:
        theme = themes.current()
        ink = theme.colour("chart.series.0")
        known = [(number, point) for number, point in enumerate(points) if point is not None]
        painter.setPen(QPen(ink, 2 * theme.scale))
        for (one, start), (two, end) in pairwise(known):
            near = two == one + 1
            painter.setPen(QPen(ink, 2 * theme.scale, Qt.PenStyle.SolidLine if near else Qt.PenStyle.DotLine))
            painter.drawLine(start, end)
        painter.setPen(QPen(ink, 2 * theme.scale))
        for number, point in known:
            few = found.months[number].result.answers < words.FEW
            painter.setBrush(theme.colour("bg.surface") if few else ink)
            painter.drawEllipse(point, theme.px(3.5), theme.px(3.5))
        if known:
            number, point = known[-1]
            box = QRectF(point.x() - theme.px(30), point.y() - theme.px(24), theme.px(60), theme.px(18))
            box.moveTop(max(box.top(), 0))
            paint_text(
                painter, box, words.figure(found.months[number].result), "strong", "text.primary", _CENTRE
            )


def _bounds(found: Voice) -> tuple[float, float]:
    if found.kind == "nps":
        return -100.0, 100.0
    if found.kind == "csat":
        return 0.0, 1.0
    return surveys.RANGE[found.kind]
