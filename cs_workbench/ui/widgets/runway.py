"""The runway: from today to the notice, with the pack, the meeting and the customer's approval on the way."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench import i18n
from cs_workbench.domain.runway import Runway
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.rows import paint_text

_EDGE, _DOT, _BAR = 8, 8, 8
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def near_day(day: dt.date) -> str:
    """A day without its year: "24 Nov", "11/24"."""
    return f"{day.month}/{day.day}" if i18n.language() == "ja" else f"{day.day} {_MONTHS[day.month - 1]}"


class RunwayBar(QWidget):
    """Dots with two lines each: today, meeting and notice above the bar, pack, approval and holidays below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way: Runway | None = None
        self._today = dt.date.min
        self._passed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_way(self, way: Runway | None, today: dt.date, *, passed: bool = False) -> None:
        """Show another runway; ``passed`` says that the notice date went by and the end of the term counts."""
        self.way, self._today, self._passed = way, today, passed
        self.setAccessibleName(self._spoken())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines above, the bar, two below."""
        theme = themes.current()
        return QSize(theme.px(300), 4 * theme.line("caption") + theme.px(_BAR + 16))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower, never lower."""
        return QSize(themes.current().px(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Bar, approval, holidays left blank, dots, words."""
        way = self.way
        if way is None:
            return
        theme, painter = themes.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 2 * theme.line("caption") + theme.px(8)
        middle = top + theme.px(_BAR) / 2
        end = (
            way.closed_from
            if way.closed_from is not None and way.closed_from > way.approval_to
            else way.deadline
        )
        bar = QRectF(self._x(self._today), top, self._x(end) - self._x(self._today), theme.px(_BAR))
        painter.fillRect(bar, theme.colour("bg.pressed"))
        first = max(way.approval_from, self._today)
        if way.approval_to > first:
            span = QRectF(self._x(first), top, self._x(way.approval_to) - self._x(first), theme.px(_BAR))
            painter.setPen(QPen(theme.colour("accent.base"), 1))
            painter.setBrush(theme.colour("accent.soft"))
            painter.drawRect(span.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        for day, ink in self._dots(way):
            painter.setBrush(theme.colour(ink))
            side = theme.px(_DOT)
            painter.drawEllipse(QPointF(self._x(day), middle), side / 2, side / 2)
        self._words(painter, self._above(way), 0)
        self._words(painter, self._below(way), top + theme.px(_BAR) + theme.px(8))

    def _dots(self, way: Runway) -> list[tuple[dt.date, str]]:
        found = [(way.deadline, "health.red.graphic"), (self._today, "text.primary")]
        for day in (way.pack_on, way.meeting, way.approval_from):
            if day > self._today:
                found.append((day, "accent.base"))
        return found

    def _above(self, way: Runway) -> list[tuple[dt.date, str, str]]:
        notice = _("End of term") if self._passed else _("Notice")
        found = [(way.deadline, notice, near_day(way.deadline))]
        if way.deadline > self._today:  # on the last day its own name says more than "today"
            found.append((self._today, _("Today"), near_day(self._today)))
        if self._today < way.meeting <= way.deadline:
            found.append((way.meeting, _("Meeting"), near_day(way.meeting)))
        return found

    def _below(self, way: Runway) -> list[tuple[dt.date, str, str]]:
        words = _("{day}, {n} wd").format(day=near_day(way.approval_from), n=way.approval_days)
        found = [(max(way.approval_from, self._today), _("Approval"), words)]
        if way.pack_on > self._today:
            found.append((way.pack_on, _("Pack"), near_day(way.pack_on)))
        if way.closed_from is not None:
            found.append(
                (way.closed_from, _("holidays"), _("from {day}").format(day=near_day(way.closed_from)))
            )
        return found

    def _words(self, painter: QPainter, labels: list[tuple[dt.date, str, str]], top: float) -> None:
        """Two lines at each day, the weightier first; one that would touch another moves beside it or is left out.

        Whatever moves, words stand in the order of their days.
        """
        theme = themes.current()
        tall = theme.line("caption")
        taken: list[tuple[dt.date, float, float]] = []
        for day, name, words in labels:
            strong, plain = QFontMetrics(theme.font("small_strong")), QFontMetrics(theme.font("caption"))
            width = max(strong.horizontalAdvance(name), plain.horizontalAdvance(words)) + 2
            left = self._free(day, width, taken)
            if left is None:
                continue
            taken.append((day, left, left + width))
            loud = name != _("holidays")
            first = QRectF(left, top, width, tall)
            align = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, first, name, "small_strong" if loud else "caption",
                       "text.primary" if loud else "text.secondary", align)  # fmt: skip
            paint_text(painter, first.translated(0, tall), words, "caption", "text.secondary", align)

    def _free(self, day: dt.date, width: float, taken: list[tuple[dt.date, float, float]]) -> float | None:
        """The place nearest to *day* where nothing stands yet: right of earlier days, left of later ones."""
        gap, most = themes.current().px(6), self.width() - width
        wish = min(max(self._x(day) - width / 2, 0.0), most)
        tries = [wish]
        for _other, begin, end in taken:
            tries += [end + gap, begin - gap - width]
        free = [
            at
            for at in tries
            if 0 <= at <= most
            and all(
                (at >= end + gap and day >= other) or (at + width <= begin - gap and day <= other)
                for other, begin, end in taken
            )
        ]
        return min(free, key=lambda at: abs(at - wish), default=None)

    def _x(self, day: dt.date) -> float:
        way = self.way
        assert way is not None
        whole = max((way.deadline - self._today).days, 1)
        share = min(max((day - self._today).days / whole, 0.0), 1.0)
        edge = themes.current().px(_EDGE)
        return edge + share * (self.width() - 2 * edge)

    def _spoken(self) -> str:
        way = self.way
        if way is None:
            return ""
        return _("Pack by {pack}, meeting {meeting}, approval from {approval}, notice by {notice}").format(
            pack=near_day(way.pack_on),
            meeting=near_day(way.meeting),
            approval=near_day(way.approval_from),
            notice=near_day(way.deadline),
        )
