"""The glass box: how a score comes about, axis by axis, measure by measure, down to the sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.badge import BAND_NAMES, Band, paint_shape
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.threshold import paint_threshold

_RIGHT = Qt.AlignmentFlag.AlignRight
ADDS, WEIGHT, POINTS, BAR, BOUNDS, AS_OF, VALUE = 16, 66, 132, 284, 382, 398, 460
"""Distances of the columns' edges from the right side, px at scale 1."""
_BAR_WIDTH = 100
_NO_DATE, _NO_BAR = 660, 560
"""Below these widths (px at scale 1) the dates, then the bars go."""


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One printed line. ``kind``: head, axis, measure, missing, sum; ``bar``: (value, green, yellow, worst, best)."""

    kind: str
    name: str
    key: str = ""
    band: Band = "none"
    value: str = ""
    as_of: str = ""
    bounds: str = ""
    points: str = ""
    weight: str = ""
    adds: str = ""
    bar: tuple[float, float, float, float, float] | None = None
    stale: bool = False

    @property
    def spoken(self) -> str:
        """The line for those who cannot see it."""
        points = _("{points} points").format(points=self.points) if self.points not in {"", "–"} else ""
        band = _(BAND_NAMES[self.band]) if self.kind in {"axis", "measure"} else ""
        parts = (self.name, self.value, self.as_of, self.bounds, points, band, self.weight, self.adds)
        return _(", ").join(part for part in parts if part)


class GlassLine(QAbstractButton):
    """One line of the box; measures can be pressed to go to what they are made of."""

    def __init__(self, row: BoxRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.setAccessibleName(row.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if row.key else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """32 for heads, axes and the sum, 27 for measures."""
        theme = themes.current()
        height = theme.row(
            27 if self.row.kind in {"measure", "missing"} else 36 if self.row.kind == "sum" else 32
        )
        return QSize(theme.px(400), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space presses; arrows and Enter are the box's."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, then the columns from left to right."""
        theme = themes.current()
        painter = QPainter(self)
        row, width = self.row, self.width()
        if row.key and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), theme.colour("bg.hover"))
        if row.kind == "sum":
            painter.fillRect(QRectF(0, 0, width, max(1, theme.px(1))), theme.colour("text.primary"))
        self._paint_columns(painter, width / theme.scale)
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 4)

    def _paint_columns(self, painter: QPainter, logical: float) -> None:
        theme = themes.current()
        row, strong = self.row, self.row.kind in {"axis", "sum"}
        ink = "text.secondary" if row.kind in {"head", "missing"} else "text.primary"
        value_at = VALUE if logical >= _NO_DATE else AS_OF
        self._paint_name(painter, "strong" if strong or row.kind == "head" else "body", value_at)
        self._right(painter, value_at, row.value, "body", ink, 190)
        if logical >= _NO_DATE:
            self._right(painter, AS_OF, row.as_of, "small", "text.secondary", 60)
        room = BOUNDS - BAR - 4 if row.bar is not None or row.kind == "measure" else BOUNDS - POINTS - 30
        bounds = QRectF(self.width() - theme.px(BOUNDS), 0, theme.px(room), self.height())
        paint_text(painter, bounds, row.bounds, "small", "text.secondary")
        if row.bar is not None and logical >= _NO_BAR:
            value, green, yellow, worst, best = row.bar
            bar = QRectF(
                self.width() - theme.px(BAR),
                self.height() / 2 - theme.px(3),
                theme.px(_BAR_WIDTH),
                theme.px(6),
            )
            paint_threshold(painter, bar, value, green=green, yellow=yellow, worst=worst, best=best)
        self._right(painter, POINTS, row.points, "strong" if strong else "body", ink, 50)
        self._right(painter, WEIGHT, row.weight, "body", "text.secondary", 62)
        self._right(painter, ADDS, row.adds, "strong" if strong else "body", ink, 48)

    def _paint_name(self, painter: QPainter, style: str, value_at: int) -> None:
        theme = themes.current()
        row = self.row
        left = theme.px(16 if row.kind in {"head", "sum"} else 34)
        if row.kind == "axis":
            side = theme.px(10)
            paint_shape(painter, row.band, QRectF(theme.px(16), (self.height() - side) / 2, side, side))
        end = self.width() - theme.px(value_at)
        ends = end - (painter_width(row.value) if row.value else 0) - theme.px(12)
        if row.stale:
            mark = icons.pixmap("clock-alert", "text.tertiary", 14)
            painter.drawPixmap(QPointF(ends - theme.px(14), (self.height() - theme.px(14)) // 2), mark)
            ends -= theme.px(20)
        paint_text(painter, QRectF(left, 0, max(0.0, ends - left), self.height()), row.name, style)

    def _right(self, painter: QPainter, edge: int, text: str, style: str, ink: str, room: int) -> None:  # noqa: PLR0917
        if text:
            theme = themes.current()
            box = QRectF(self.width() - theme.px(edge + room), 0, theme.px(room), self.height())
            paint_text(painter, box, text, style, ink, _RIGHT)


def painter_width(text: str) -> int:
    """How wide *text* is in the type of values."""
    from PySide6.QtGui import QFontMetrics

    return QFontMetrics(themes.current().font("body")).horizontalAdvance(text)


class GlassBox(QWidget):
    """A card of lines. ``pressed`` carries the key of a measure; ↑ ↓ move between measures."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[GlassLine] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[BoxRow]) -> None:
        """Show these lines; where only figures changed the widgets stay, and the focus with them."""
        if [line.row.kind for line in self.lines] == [row.kind for row in rows]:
            for line, row in zip(self.lines, rows, strict=True):
                line.row = row
                line.setAccessibleName(row.spoken)
                line.update()
            return
        for line in self.lines:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [GlassLine(row) for row in rows]
        for line in self.lines:
            self.column.addWidget(line)
            if line.row.key:
                line.clicked.connect(lambda _checked=False, line=line: self.pressed.emit(line.row.key))
        if first := self._measures():
            first[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """↑ and ↓ go from measure to measure, Enter presses."""
        measures = self._measures()
        here = next((n for n, line in enumerate(measures) if line.hasFocus()), -1)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if here >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            measures[here].click()
        elif here >= 0 and step is not None and 0 <= here + step < len(measures):
            measures[here + step].setFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Surface, sunken head, lines above the axes, frame."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, theme.px(8), theme.px(8))
        painter.fillPath(path, theme.colour("bg.surface"))
        if self.lines:
            painter.save()
            painter.setClipPath(path)
            painter.fillRect(
                QRectF(self.lines[0].geometry()).adjusted(-1, -1, 1, 0), theme.colour("bg.sunken")
            )
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for line in self.lines:
            if line.row.kind == "axis":
                painter.fillRect(QRectF(1, line.y() - 1, self.width() - 2, 1), theme.colour("line.strong"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _measures(self) -> list[GlassLine]:
        return [line for line in self.lines if line.row.key]
