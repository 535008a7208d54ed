"""The lines of the rail: a page or view with its count, the portfolio, the search field that opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QWidget,
)

from cs_workbench.i18n import _, mark
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.keycap import cap_size, paint_cap
from cs_workbench.ui.widgets.tips import plain

NOTHING_OPEN = mark("Open or create a portfolio first.")


class RailItem(QAbstractButton):
    """A line of the rail: icon, word, count. Collapsed it is the icon, with the word as tool tip."""

    def __init__(self, icon: str, text: str = "", *, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.keys = keys
        self.number: int | None = None
        self.collapsed = False
        self.setCheckable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._here = False
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """The word of the line."""
        super().setText(text.replace("&", "&&"))
        self._words = text
        self._name()

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """Show *text* as typed."""
        super().setToolTip(plain(text))

    def set_number(self, number: int | None) -> None:
        """The count at the right."""
        self.number = number
        self._name()
        self.update()

    def set_here(self, here: bool) -> None:
        """Whether this is where the person is."""
        self._here = here
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Icon only."""
        self.collapsed = collapsed
        self._name()
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """32 px high."""
        theme = themes.current()
        width = 40 if self.collapsed else 192
        return QSize(theme.px(width), theme.row(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Fill by state, icon, word, number, and the focus ring inside."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = self._fill()
        if fill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(fill))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        side = theme.px(18)
        left = (self.width() - side) // 2 if self.collapsed else theme.px(10)
        tint = "text.accent" if self._here else "text.secondary" if self.isEnabled() else "text.disabled"
        painter.drawPixmap(left, (self.height() - side) // 2, icons.pixmap(self.icon_name, tint, 18))
        if not self.collapsed:
            self._paint_words(painter, left + side + theme.px(8))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        theme = themes.current()
        right = self.width() - theme.px(8)
        painter.setFont(theme.font("strong" if self._here else "body"))
        metrics = QFontMetrics(painter.font())
        if self.number is not None:
            text = f"{self.number:,}"
            width = metrics.horizontalAdvance(text)
            painter.setPen(theme.colour("text.primary" if self._here else "text.secondary"))
            painter.drawText(
                QRectF(right - width, 0, width + 1, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text
            )
            right -= width + theme.px(8)
        ink = "text.primary" if self._here else "text.secondary" if self.isEnabled() else "text.disabled"
        painter.setPen(theme.colour(ink))
        room = QRectF(left, 0, right - left, self.height())
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, words)

    def _fill(self) -> str:
        if self._here:
            return "bg.selected"
        if self.isDown():
            return "bg.pressed"
        return "bg.pressed" if self.underMouse() and self.isEnabled() else ""

    def _name(self) -> None:
        words = self._words
        self.setAccessibleName(words if self.number is None else f"{words}, {self.number:,}")
        told = f"{words}  {self.keys}".rstrip() if self.collapsed else ""
        self.setToolTip(told if self.isEnabled() else _(NOTHING_OPEN))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Say why it does nothing."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._name()


class PortfolioItem(RailItem):
    """The top of the rail: the portfolio's name; opens a menu."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The mark, the name in bold, the arrows."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.pressed"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        side = theme.px(20)
        left = (self.width() - side) // 2 if self.collapsed else theme.px(8)
        tile = QRectF(left, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent.base"))
        painter.drawRoundedRect(tile, theme.px(5), theme.px(5))
        inner = theme.px(14)
        place = tile.center() - QPoint(inner, inner).toPointF() / 2
        painter.drawPixmap(place, icons.pixmap("layers", "text.on_accent", 14))
        if not self.collapsed:
            room = QRectF(
                tile.right() + theme.px(8), 0, self.width() - tile.right() - theme.px(36), self.height()
            )
            painter.setFont(theme.font("strong"))
            painter.setPen(theme.colour("text.primary"))
            words = QFontMetrics(painter.font()).elidedText(
                self._words, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
            arrows = icons.pixmap("chevrons-up-down", "text.secondary", 14)
            painter.drawPixmap(self.width() - theme.px(22), (self.height() - inner) // 2, arrows)
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)


class SearchItem(RailItem):
    """Looks like a search field; opens the palette."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """As a field."""
        return QSize(themes.current().px(120), themes.current().row(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A field's box, the lens, the word and the key cap."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(
            theme.colour("bg.control_hover" if self.underMouse() and self.isEnabled() else "bg.control")
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        side = theme.px(16)
        ink = "text.secondary" if self.isEnabled() else "text.disabled"
        lens = icons.pixmap("search", ink, 16)
        painter.drawPixmap(theme.px(9), (self.height() - side) // 2, lens)
        size = cap_size(self.keys)
        right = self.width() - theme.px(8) - size.width()
        top = (self.height() - size.height()) / 2
        paint_cap(
            painter, QRectF(right, top, size.width(), size.height()), self.keys, off=not self.isEnabled()
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour(ink))
        left = theme.px(33)
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, right - left - theme.px(4)
        )
        painter.drawText(
            QRectF(left, 0, right - left, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words
        )
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)
