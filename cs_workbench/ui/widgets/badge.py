"""Health as a shape, a word and a colour: the badge of lists and headers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.tips import plain

Band = Literal["green", "yellow", "red", "none"]
BAND_NAMES: dict[Band, str] = {
    "green": mark("green"),
    "yellow": mark("yellow"),
    "red": mark("red"),
    "none": mark("not measured"),
}
HEIGHT = 22


def band_of(word: str | None) -> Band:
    """A band as services name it; what is unknown is not measured."""
    known: dict[str, Band] = {"green": "green", "yellow": "yellow", "red": "red"}
    return known.get(word or "", "none")


def paint_shape(painter: QPainter, band: Band, rect: QRectF, *, colour: str = "") -> None:
    """The shape that goes with a band: circle, triangle, diamond, dashed ring."""
    theme = themes.current()
    ink = theme.colour(colour or f"health.{band}.graphic")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    centre, half = rect.center(), rect.width() / 2
    if band == "green":
        painter.drawEllipse(centre, half, half)
    elif band == "yellow":
        bottom = centre.y() + half * 0.9
        points = [QPointF(centre.x(), centre.y() - half * 0.9), QPointF(centre.x() + half, bottom)]
        painter.drawPolygon(QPolygonF([*points, QPointF(centre.x() - half, bottom)]))
    elif band == "red":
        x, y = centre.x(), centre.y()
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
            )
        )
    else:
        pen = QPen(ink, max(1.4, 1.4 * theme.scale))
        pen.setDashPattern([1.6, 1.4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, half - 0.7, half - 0.7)
    painter.restore()


def badge_text(score: float | None) -> str:
    """The figure on a badge: a whole number, or – where nothing was measured."""
    return "–" if score is None else f"{score:.0f}"


def badge_size(score: float | None, *, override: bool = False, stale: bool = False) -> QSize:
    """Room a badge needs."""
    theme = themes.current()
    metrics = QFontMetrics(theme.font("small_strong"))
    width = theme.px(8 + 10 + 6 + 8) + metrics.horizontalAdvance(badge_text(score))
    width += theme.px(6 + 14) * (override + stale)
    return QSize(width, max(theme.px(HEIGHT), metrics.height() + 2))


def paint_badge(
    painter: QPainter,
    left: float,
    middle: float,
    band: Band,
    score: float | None,
    *,
    override: bool = False,
    stale: bool = False,
) -> QRectF:
    """A badge whose left edge is at *left*, centred on the height *middle*; returns where it stands."""
    theme = themes.current()
    size = badge_size(score, override=override, stale=stale)
    box = QRectF(left, round(middle - size.height() / 2), size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"health.{band}.soft"))
    radius = size.height() / 2
    painter.drawRoundedRect(box, radius, radius)
    shape = theme.px(10)
    place = QRectF(box.left() + theme.px(8), box.center().y() - shape / 2, shape, shape)
    paint_shape(painter, band, place)
    painter.setFont(theme.font("small_strong"))
    painter.setPen(theme.colour(f"health.{band}.text"))
    text = badge_text(score)
    width = QFontMetrics(painter.font()).horizontalAdvance(text)
    x = place.right() + theme.px(6)
    painter.drawText(QRectF(x, box.top(), width + 1, box.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
    x += width
    for shown, name in ((override, "hand"), (stale, "clock-alert")):
        if shown:
            x += theme.px(6)
            picture = icons.pixmap(name, f"health.{band}.text", 14)
            painter.drawPixmap(QPointF(x, round(box.center().y() - theme.px(14) / 2)), picture)
            x += theme.px(14)
    painter.restore()
    return box


def badge_name(band: Band, score: float | None, *, override: bool = False, stale: bool = False) -> str:
    """What a badge says to those who cannot see it: "Health 61, red, your call"."""
    words = [_("Health {score}").format(score=badge_text(score)), _(BAND_NAMES[band])]
    if score is None:
        words = [_("Health not measured")]
    if override:
        words.append(_("your call"))
    if stale:
        words.append(_("out of date"))
    return _(", ").join(words)


class Badge(QWidget):
    """A badge on its own, in headers and cards."""

    def __init__(
        self,
        band: Band = "none",
        score: float | None = None,
        *,
        override: bool = False,
        stale: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_health(band, score, override=override, stale=stale)

    def show_health(
        self, band: Band, score: float | None, *, override: bool = False, stale: bool = False
    ) -> None:
        """Show another score."""
        self._shown = (band, score, override, stale)
        self.setAccessibleName(badge_name(band, score, override=override, stale=stale))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """Show *text* as typed."""
        super().setToolTip(plain(text))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its figure."""
        _band, score, override, stale = self._shown
        return badge_size(score, override=override, stale=stale)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The badge."""
        band, score, override, stale = self._shown
        paint_badge(QPainter(self), 0, self.height() / 2, band, score, override=override, stale=stale)
