"""The forecast as one bar from nothing to all: the range, the middle, what is expected."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.domain.forecast import Forecast
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.rows import paint_text

_BAR, _MARK = 14, 3


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
        self._tick(painter, one.p50, bar.adjusted(0, 0, 0, theme.px(4)), 1, "text.primary")
        self._tick(
            painter,
            one.expected,
            bar.adjusted(0, -theme.px(4), 0, theme.px(4)),
            theme.px(_MARK),
            "accent.base",
        )
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
        """0, P10, P50, P90 under their places, pushed apart to the left where they would touch."""
        theme = themes.current()
        metrics = QFontMetrics(theme.font("small"))
        edge = float(self.width())
        for name, at in (("P90", one.p90), ("P50", one.p50), ("P10", one.p10), ("", Decimal(0))):
            words = f"{name} {self._money(at)}" if name else "0"
            width = metrics.horizontalAdvance(words) + 2
            left = min(max(self._place(at) - width / 2, 0), edge - width)
            if left < 0 or (not name and width > edge):
                break
            box = QRectF(left, top, width, theme.line("small"))
            paint_text(painter, box, words, "small", "text.secondary", Qt.AlignmentFlag.AlignLeft)
            edge = left - theme.px(8)

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
