"""Where a value lies between bad and good: the threshold bar of the glass box, and bullet and progress bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.ui import theme as themes


def paint_threshold(
    painter: QPainter, rect: QRectF, value: float, *, green: float, yellow: float, worst: float, best: float
) -> None:
    """Red, yellow and green stretches from *worst* to *best* (either may be the larger) and a mark at *value*."""
    theme = themes.current()
    span = best - worst
    if span == 0:
        return

    def place(number: float) -> float:
        return rect.left() + min(max((number - worst) / span, 0.0), 1.0) * rect.width()

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ends = sorted((place(yellow), place(green)))
    edges = [rect.left(), *ends, rect.right()]
    for n, band in enumerate(("red", "yellow", "green")):
        box = QRectF(edges[n], rect.top(), edges[n + 1] - edges[n], rect.height())
        if box.width() > 1:
            painter.setPen(QPen(theme.colour(f"health.{band}.graphic", 0.35), 1))
            painter.setBrush(theme.colour(f"health.{band}.soft"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text.primary"))
    mark = theme.px(2)
    x = min(max(place(value) - mark / 2, rect.left()), rect.right() - mark)
    painter.drawRect(QRectF(round(x), rect.top() - theme.px(3), mark, rect.height() + theme.px(6)))
    painter.restore()


def paint_bullet(
    painter: QPainter,
    rect: QRectF,
    share: float,
    target: float | None = None,
    start: float | None = None,
    *,
    colour: str = "accent.base",
) -> None:
    """A bar filled to *share* (0 to 1), with a tick at *start* and a heavier one at *target*."""
    theme = themes.current()
    bar = QRectF(rect.left(), rect.center().y() - theme.px(3), rect.width(), theme.px(6))
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(bar, theme.colour("bg.pressed"))
    filled = QRectF(bar.left(), bar.top(), min(max(share, 0.0), 1.0) * bar.width(), bar.height())
    painter.fillRect(filled, theme.colour(colour))
    for at, width, ink in ((start, 1, "text.tertiary"), (target, 2, "text.primary")):
        if at is not None:
            x = round(rect.left() + min(max(at, 0.0), 1.0) * (rect.width() - width))
            painter.fillRect(
                QRectF(x, bar.top() - theme.px(4), theme.px(width), bar.height() + theme.px(8)),
                theme.colour(ink),
            )
    painter.restore()


class ThresholdBar(QWidget):
    """A threshold bar on its own, 100 × 6 with its mark. ``name`` says value and bounds in words."""

    def __init__(
        self,
        value: float,
        *,
        green: float,
        yellow: float,
        worst: float,
        best: float,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._bounds = {"green": green, "yellow": yellow, "worst": worst, "best": best}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Bar and mark."""
        theme = themes.current()
        return QSize(theme.px(100), theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The bar."""
        edge = themes.current().px(3)
        paint_threshold(
            QPainter(self), QRectF(self.rect()).adjusted(0, edge, 0, -edge), self._value, **self._bounds
        )


class ProgressBar(QWidget):
    """A thin line filled to what is done; ``total`` 0 shows an empty one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done, self.total = 0, 0
        self.setMinimumHeight(themes.current().px(4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, total: int) -> None:
        """Show *done* of *total*."""
        self.done, self.total = done, total
        self.setAccessibleName(f"{done:,} / {total:,}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """4 px high."""
        return QSize(themes.current().px(160), themes.current().px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Track and filled part."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(theme.colour("bg.pressed"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        share = self.done / self.total if self.total else 0.0
        if share > 0:
            painter.setBrush(theme.colour("accent.base"))
            painter.drawRoundedRect(
                QRectF(0, 0, min(share, 1.0) * self.width(), self.height()), radius, radius
            )
