"""The readings of an objective as a line, with the pace that was needed and the target."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import ObjectiveView
from cs_workbench.services.signal_words import short
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.rows import paint_text


class ReadingsChart(QWidget):
    """Drawn as soon as baseline and target are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: ObjectiveView | None = None
        self.starts: dt.date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_objective(self, view: ObjectiveView | None, starts: dt.date | None) -> None:
        """Another objective, of a plan that starts then."""
        self.view, self.starts = view, starts
        rows = view.readings[-12:] if view is not None else ()
        unit = view.row.unit if view is not None else ""
        said = _(", ").join(f"{short(one.on)} {plan_words.number(one.value, unit)}" for one in rows)
        self.setAccessibleName(_("Readings: {list}").format(list=said or "–"))
        self.setVisible(view is not None and view.row.baseline is not None and view.row.target is not None)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """150 high."""
        return QSize(themes.current().px(280), themes.current().px(150))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Target, pace, readings, the last one labelled."""
        view = self.view
        if view is None or view.row.baseline is None or view.row.target is None:
            return
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = theme.px(40), theme.px(56)
        plot = QRectF(left, theme.px(8), self.width() - left - right, self.height() - theme.px(36))
        base, target = view.row.baseline, view.row.target
        first, last = self._span(view)
        values = [base, target, *(one.value for one in view.readings)]
        low, high = min(values), max(values)
        spread = (high - low) or 1.0
        days = max((last - first).days, 1)

        def point(on: dt.date, value: float) -> QPointF:
            x = plot.left() + (on - first).days / days * plot.width()
            return QPointF(x, plot.bottom() - (value - low) / spread * plot.height())

        self._paint_bounds(painter, plot, point(last, target).y(), point(first, base).y())
        painter.setPen(QPen(theme.colour("text.tertiary"), theme.scale))
        painter.drawLine(point(first, base), point(view.due or last, target))
        for on, side in ((first, Qt.AlignmentFlag.AlignLeft), (last, Qt.AlignmentFlag.AlignRight)):
            paint_text(painter, QRectF(plot.left(), plot.bottom() + theme.px(8), plot.width(), theme.px(18)), short(on),
                       "small", "text.secondary", side)  # fmt: skip
        points = [point(one.on, one.value) for one in view.readings if one.on >= first]
        self._paint_readings(painter, points, view, point(last, target).y())

    def _span(self, view: ObjectiveView) -> tuple[dt.date, dt.date]:
        days = [one.on for one in view.readings]
        first = self.starts or min(days, default=view.due or dt.date(2000, 1, 1))
        last = max([*days, *([view.due] if view.due else [])], default=first)
        return first, max(last, first + dt.timedelta(days=1))

    def _paint_bounds(self, painter: QPainter, plot: QRectF, target: float, base: float) -> None:
        theme = themes.current()
        assert self.view is not None
        row = self.view.row
        painter.setPen(QPen(theme.colour("line.subtle"), 1))
        painter.drawLine(QPointF(plot.left(), base), QPointF(plot.right(), base))
        painter.setPen(QPen(theme.colour("text.primary"), theme.px(2), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(plot.left(), target), QPointF(plot.right(), target))
        for y, value in ((base, row.baseline), (target, row.target)):
            room = QRectF(0, y - theme.px(9), plot.left() - theme.px(8), theme.px(18))
            paint_text(
                painter,
                room,
                plan_words.number(value),
                "small",
                "text.secondary",
                Qt.AlignmentFlag.AlignRight,
            )
        room = QRectF(plot.right() + theme.px(6), target - theme.px(9), theme.px(50), theme.px(18))
        paint_text(painter, room, _("target"), "small", "text.primary")

    def _paint_readings(
        self, painter: QPainter, points: list[QPointF], view: ObjectiveView, target: float
    ) -> None:
        if not points:
            return
        theme = themes.current()
        path = QPainterPath(points[0])
        for one in points[1:]:
            path.lineTo(one)
        painter.setPen(QPen(theme.colour("chart.series.0"), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("chart.series.0"))
        dot = theme.px(4)
        painter.drawEllipse(points[-1], dot, dot)
        words = plan_words.number(view.readings[-1].value, view.row.unit)
        x = min(points[-1].x() + theme.px(8), self.width() - theme.px(64))
        room = QRectF(x, label_top(points[-1].y(), target, theme.px(9)), theme.px(64), theme.px(18))
        paint_text(painter, room, words, "small_strong", "text.primary")


def label_top(y: float, target: float, half: float) -> float:
    """Where the last reading's label begins, px: on the reading's side of the target line, and clear of the target's
    own label, which stands *half* above and below that line.
    """
    if y <= target:
        return min(y, target - half) - 2 * half
    return max(y - half, target + half)
