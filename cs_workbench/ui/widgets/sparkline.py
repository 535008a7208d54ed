"""Twelve months in 64 × 20 px."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.badge import Band
from cs_workbench.ui.widgets.rows import paint_text

LEAST_RANGE = 20.0
"""The line's own range is at least this many points: small wobbles must not look like falls."""
LEAST_POINTS = 4
"""Fewer months than these make no line; a dash says that there is none yet."""


def spark_points(values: Sequence[float | None], rect: QRectF) -> list[list[QPointF]]:
    """The values as runs of points in *rect*; a missing value parts two runs."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    spread = max(high - low, LEAST_RANGE)
    base = (low + high) / 2 - spread / 2
    step = rect.width() / max(len(values) - 1, 1)
    runs: list[list[QPointF]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(
                QPointF(rect.left() + n * step, rect.bottom() - (value - base) / spread * rect.height())
            )
    return [run for run in runs if run]


def paint_sparkline(painter: QPainter, rect: QRectF, values: Sequence[float | None], band: Band) -> None:
    """The line, oldest first, and its end dot in the band's colour; a dash while there are too few points for one."""
    theme = themes.current()
    dot = 2.5 * theme.scale
    if sum(value is not None for value in values) < LEAST_POINTS:
        if any(value is not None for value in values):
            paint_text(painter, rect, "–", "small", "text.tertiary")
        return
    runs = spark_points(values, rect.adjusted(1, dot, -dot, -dot))
    if not runs:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("text.tertiary"), 1.25 * theme.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for run in runs:
        path = QPainterPath(run[0])
        for point in run[1:]:
            path.lineTo(point)
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"health.{band}.graphic"))
    painter.drawEllipse(runs[-1][-1], dot, dot)
    painter.restore()


class Sparkline(QWidget):
    """A sparkline on its own. ``name`` says in words what the line does."""

    def __init__(
        self,
        values: Sequence[float | None] = (),
        band: Band = "none",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.values = tuple(values)
        self.band: Band = band
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """64 × 20."""
        theme = themes.current()
        return QSize(theme.px(64), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line."""
        paint_sparkline(QPainter(self), QRectF(self.rect()), self.values, self.band)
