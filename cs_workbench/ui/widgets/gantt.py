"""A plan's dates as bars on a line of months, today marked; each bar also says its dates in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cs_workbench import i18n
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import paint_ring
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: from *starts* (None: a point) to *ends*. ``tone``: done, open, late; ``words`` say it all."""

    key: object
    title: str
    level: int
    starts: dt.date | None
    ends: dt.date | None
    tone: str
    words: str


class Gantt(QWidget):
    """Bars by date. ``chosen`` carries the key of the bar clicked or reached by the arrows and Enter."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self.today = dt.date.min
        self.first, self.last = dt.date.min, dt.date.min
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(
        self, bars: Sequence[Bar], today: dt.date, starts: dt.date | None, ends: dt.date | None
    ) -> None:
        """Show these, from the first of their dates to the last, at least over the plan's period."""
        self.bars = tuple(bars)
        self.today = today
        days = [day for one in bars for day in (one.starts, one.ends) if day is not None]
        days += [day for day in (starts, ends, today) if day is not None]
        self.first = min(days).replace(day=1)
        last = max(days)
        self.last = (last.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        self.at = min(self.at, max(len(bars) - 1, 0))
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A head of 32 and 28 a bar."""
        theme = themes.current()
        return QSize(theme.px(480), theme.row(32, "small") + len(self.bars) * theme.row(28) + 1)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as its bars."""
        return QSize(themes.current().px(320), self.sizeHint().height())

    def x_of(self, day: dt.date) -> float:
        """Where a day stands."""
        left = self._names()
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return left + share * (self.width() - left - themes.current().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Months, bars, today."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        head = theme.row(32, "small")
        painter.fillRect(QRectF(0, 0, self.width(), head), theme.colour("bg.sunken"))
        painter.fillRect(QRectF(0, head - 1, self.width(), 1), theme.colour("line.strong"))
        self._paint_months(painter, head)
        for number, bar in enumerate(self.bars):
            self._paint_bar(painter, number, bar, head + number * theme.row(28))
        now = round(self.x_of(self.today))
        painter.fillRect(QRectF(now, head, theme.px(2), self.height() - head), theme.colour("accent.base"))

    def _paint_months(self, painter: QPainter, head: float) -> None:
        theme = themes.current()
        month = self.first
        count = max((self.last.year - self.first.year) * 12 + self.last.month - self.first.month, 1)
        room = (self.width() - self._names()) / count
        every = max(1, round(theme.px(48) / max(room, 1) + 0.49))
        number = 0
        while month < self.last:
            x = self.x_of(month)
            painter.fillRect(QRectF(round(x), head, 1, self.height()), theme.colour("line.subtle"))
            if number % every == 0:
                first = number == 0 or month.month <= every
                room_of = QRectF(x + theme.px(4), 0, room * every - theme.px(4), head)
                paint_text(painter, room_of, _month(month, year=first and room * every > theme.px(56)), "small",
                           "text.secondary")  # fmt: skip
            month = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
            number += 1

    def _paint_bar(self, painter: QPainter, number: int, bar: Bar, top: float) -> None:
        theme = themes.current()
        row = theme.row(28)
        box = QRectF(0, top, self.width(), row)
        if number == self.at and self.hasFocus():
            painter.fillRect(box, theme.colour("bg.selected"))
            paint_ring(painter, box, 4)
        left = theme.px(24 + 16 * bar.level)
        names = QRectF(left, top, self._names() - left - theme.px(12), row)
        paint_text(painter, names, bar.title, "strong" if bar.level == 0 else "body",
                   "text.secondary" if bar.tone == "done" else "text.primary")  # fmt: skip
        if bar.ends is None:
            return
        colour = {"late": "health.red.graphic", "done": "text.tertiary"}.get(bar.tone, "accent.base")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colour))
        end = self.x_of(bar.ends)
        middle = top + row / 2
        high = theme.px(8 if bar.level == 0 else 6)
        if bar.starts is not None and bar.starts < bar.ends:
            begin = self.x_of(bar.starts)
            painter.drawRoundedRect(QRectF(begin, middle - high / 2, max(end - begin, 2), high), 3, 3)
        side = theme.px(5)
        diamond = [QPointF(end, middle - side), QPointF(end + side, middle), QPointF(end, middle + side),
                   QPointF(end - side, middle)]  # fmt: skip
        painter.setPen(QPen(theme.colour("bg.surface"), 1))
        painter.drawPolygon(diamond)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Enter chooses."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.bars:
            self.at = min(max(self.at + (1 if key == Qt.Key.Key_Down else -1), 0), len(self.bars) - 1)
            self._name()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.bars:
            self.chosen.emit(self.bars[self.at].key)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click chooses the bar."""
        number = self._number(event.position().y())
        if number is not None:
            self.at = number
            self.chosen.emit(self.bars[number].key)
            self.update()

    def event(self, event: QEvent) -> bool:
        """A tool tip says a bar in words."""
        if isinstance(event, QHelpEvent):
            number = self._number(event.pos().y())
            if number is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain(self.bars[number].words), self)
            return True
        return bool(super().event(event))

    def _number(self, y: float) -> int | None:
        theme = themes.current()
        number = int((y - theme.row(32, "small")) // theme.row(28))
        return number if 0 <= number < len(self.bars) else None

    def _names(self) -> float:
        return min(themes.current().px(300), self.width() * 0.4)

    def _name(self) -> None:
        self.setAccessibleDescription(self.bars[self.at].words if self.bars else "")


def _month(day: dt.date, *, year: bool) -> str:
    if i18n.language() == "ja":
        return f"{day.year}/{day.month}" if year else f"{day.month}月"
    return f"{_MONTHS[day.month - 1]} {day.year}" if year else _MONTHS[day.month - 1]
