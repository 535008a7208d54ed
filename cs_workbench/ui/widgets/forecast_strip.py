"""The forecast as one bar from nothing to all: the range, the middle, what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.domain.forecast import Forecast
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.rows import paint_text

_BAR, _MARK = 14, 3


def spread(places: Sequence[float], widths: Sequence[float], room: float, gap: float) -> list[float] | None:
    """Left edges of texts centred under *places*, moved apart as little and as evenly as it takes; None if too many."""
    whole = sum(widths) + gap * (len(widths) - 1)
    if whole > room:
        return None
    groups: list[tuple[list[int], float]] = []
    for n, (place, width) in enumerate(zip(places, widths, strict=True)):
        members, left = [n], place - width / 2
        while groups:
            before, edge = groups[-1]
            if edge + _length(before, widths, gap) + gap <= left:
                break
            groups.pop()
            members = before + members
            left = _centred(members, places, widths, gap)
        groups.append((members, left))
    found = [0.0] * len(places)
    limit = room
    for members, left in reversed(groups):
        at = max(min(left, limit - _length(members, widths, gap)), 0.0)
        limit = at - gap
        for n in members:
            found[n], at = at, at + widths[n] + gap
    return (
        found
        if found[0] >= 0 and all(a + w <= b + 0.5 for a, w, b in zip(found, widths, found[1:], strict=False))
        else None
    )


def ends(
    widths: tuple[float, float], taken: tuple[float, float], room: float, gap: float
) -> list[float | None]:
    """Left edges of the texts at both ends of the bar; None where what is *taken* (from, to) leaves no room for one."""
    last = room - widths[1]
    return [0.0 if widths[0] + gap <= taken[0] else None, last if taken[1] + gap <= last else None]


def _length(members: Sequence[int], widths: Sequence[float], gap: float) -> float:
    return sum(widths[n] for n in members) + gap * (len(members) - 1)


def _centred(members: Sequence[int], places: Sequence[float], widths: Sequence[float], gap: float) -> float:
    """Where a row of texts begins so that on the mean each stands under its place."""
    offset, total = 0.0, 0.0
    for n in members:
        total += places[n] - (offset + widths[n] / 2)
        offset += widths[n] + gap
    return total / len(members)


class ForecastStrip(QWidget):
    """10 to 90 percent tinted, a tick at 50, a mark at what is expected; the figures beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forecast: Forecast | None = None
        self._currency = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_forecast(self, forecast: Forecast | None, currency: str) -> None:
        """Show another forecast; None or nothing to renew leaves the place empty."""
        self.forecast = forecast if forecast is not None and forecast.total else None
        self._currency = currency
        self.setVisible(self.forecast is not None)
        self.setAccessibleName(self._spoken())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A line of figures above, the bar, a line below."""
        theme = themes.current()
        return QSize(theme.px(320), 2 * theme.line("small") + theme.px(_BAR + 12))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower, never lower."""
        return QSize(themes.current().px(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Bar, range, ticks, figures."""
        one = self.forecast
        if one is None:
            return
        theme, painter = themes.current(), QPainter(self)
        bar = QRectF(0, theme.line("small_strong") + theme.px(4), self.width(), theme.px(_BAR))
        painter.fillRect(bar, theme.colour("bg.pressed"))
        low, high = self._place(one.p10), self._place(one.p90)
        span = QRectF(round(low), bar.top(), max(round(high - low), theme.px(2)), bar.height())
        painter.setPen(QPen(theme.colour("accent.base"), 1))
        painter.setBrush(theme.colour("accent.soft"))
        painter.drawRect(span.adjusted(0.5, 0.5, -0.5, -0.5))
        mark = bar.adjusted(0, -theme.px(4), 0, theme.px(4))
        self._tick(painter, one.expected, mark, theme.px(_MARK), "accent.base")
        self._tick(
            painter, one.p50, bar.adjusted(0, 0, 0, theme.px(4)), 1, "text.primary"
        )  # over the thick one
        self._label_expected(painter, one)
        self._label_range(painter, one, bar.bottom() + theme.px(6))

    def _tick(self, painter: QPainter, at: Decimal, rect: QRectF, width: int, ink: str) -> None:
        x = min(max(self._place(at) - width / 2, 0), self.width() - width)
        painter.fillRect(QRectF(round(x), rect.top(), width, rect.height()), themes.current().colour(ink))

    def _label_expected(self, painter: QPainter, one: Forecast) -> None:
        theme = themes.current()
        words = _("expected {amount}").format(amount=self._money(one.expected))
        width = QFontMetrics(theme.font("small_strong")).horizontalAdvance(words) + 2
        left = min(max(self._place(one.expected) - width / 2, 0), self.width() - width)
        paint_text(painter, QRectF(left, 0, width, theme.line("small_strong")), words, "small_strong")

    def _label_range(self, painter: QPainter, one: Forecast, top: float) -> None:
        """Low, middle, high under their ticks; pushed apart evenly where they would touch, a leader then joins them.
        Nothing and all at the ends, where there is room.
        """
        theme = themes.current()
        metrics = QFontMetrics(theme.font("small"))
        named = [(_("low"), one.p10), (_("middle"), one.p50), (_("high"), one.p90)]
        texts = [f"{name} {self._money(at)}" for name, at in named]
        widths = [float(metrics.horizontalAdvance(text) + 2) for text in texts]
        places = [self._place(at) for _name, at in named]
        lefts = spread(places, widths, float(self.width()), float(theme.px(12)))
        if lefts is None:
            return
        for text, width, place, left in zip(texts, widths, places, lefts, strict=True):
            box = QRectF(left, top, width, theme.line("small"))
            paint_text(painter, box, text, "small", "text.secondary", Qt.AlignmentFlag.AlignLeft)
            nearest = min(max(place, left), left + width)
            painter.setPen(QPen(theme.colour("line.strong"), 1))
            painter.drawLine(QPointF(round(place) + 0.5, top - theme.px(5)), QPointF(nearest, top + 1))
        self._label_ends(painter, one, top, (lefts[0], lefts[-1] + widths[-1]))

    def _label_ends(self, painter: QPainter, one: Forecast, top: float, taken: tuple[float, float]) -> None:
        theme = themes.current()
        texts, metrics = ("0", self._money(one.total)), QFontMetrics(theme.font("small"))
        widths = (
            float(metrics.horizontalAdvance(texts[0]) + 2),
            float(metrics.horizontalAdvance(texts[1]) + 2),
        )
        for text, left in zip(texts, ends(widths, taken, float(self.width()), theme.px(12)), strict=True):
            if left is not None:
                box = QRectF(left, top, self.width() - left, theme.line("small"))
                paint_text(painter, box, text, "small", "text.secondary", Qt.AlignmentFlag.AlignLeft)

    def _place(self, amount: Decimal) -> float:
        one = self.forecast
        return float(amount / one.total) * self.width() if one is not None and one.total else 0.0

    def _money(self, amount: Decimal) -> str:
        return wording.money(amount, self._currency)

    def _spoken(self) -> str:
        one = self.forecast
        if one is None:
            return ""
        return _("Expected {expected} of {total}; 10 % {low}, 50 % {middle}, 90 % {high}").format(
            expected=self._money(one.expected),
            total=self._money(one.total),
            low=self._money(one.p10),
            middle=self._money(one.p50),
            high=self._money(one.p90),
        )
