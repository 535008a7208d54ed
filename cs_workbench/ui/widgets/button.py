"""Buttons: filled, plain, quiet, danger and text verbs, in two sizes, with icon and key cap."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import RINGED
from cs_workbench.ui.widgets.keycap import cap_size, paint_cap
from cs_workbench.ui.widgets.tips import plain

Kind = Literal["filled", "plain", "quiet", "danger", "text"]

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class Button(QPushButton):
    """A button painted from tokens. ``name`` is what it is called where it shows an icon only.

    ``kind``: filled (one a header at most), plain, quiet (no border until hovered), danger, text (an accent verb).
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = "plain",
        *,
        icon: str = "",
        keys: str = "",
        small: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind: Kind = kind
        self.icon_name = icon
        self.keys = keys
        self.small = small
        self._busy = False
        self._turn = 0
        self._timer: QTimer | None = None
        self._idle: str | None = None
        self.setText(text)
        self.set_name(name)
        self.setProperty(RINGED, True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show *text*; & is a character like any other."""
        self._words, self._idle = text, None
        super().setText(text.replace("&", "&&"))
        self.updateGeometry()

    def words(self) -> str:
        """The text shown."""
        return self._words

    def set_name(self, name: str) -> None:
        """What the button is called for those who cannot see its icon, and its tool tip."""
        self.setAccessibleName(name)
        if not self._words:
            self.setToolTip(f"{name}  {self.keys}".rstrip())

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """Show *text* as typed."""
        super().setToolTip(plain(text))

    def set_busy(self, busy: bool, text: str = "") -> None:
        """Show a turning ring instead of the icon (and *text* instead of the label) while something runs; the label
        comes back afterwards, unless it was written anew meanwhile.
        """
        self._busy = busy
        if busy and text:
            idle = self._words if self._idle is None else self._idle
            self.setText(text)
            self._idle = idle
        elif text:
            self.setText(text)
        elif not busy and self._idle is not None:
            self.setText(self._idle)
        if busy and self._timer is None and not themes.less_motion():
            self._timer = QTimer(self, interval=80)
            self._timer.timeout.connect(self._spin)
            self._timer.start()
        elif not busy and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses it as Space does: it is the one with the ring."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        if event.key() in _ARROWS:  # Qt would go to the next widget of the window, out of the page
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, text and key cap with the design's room around them."""
        theme = themes.current()
        height = theme.row(24 if self.small else 32, self._type())
        width = sum(self._widths()) + theme.px(8) * (len(self._widths()) - 1)
        if not self._words and not self.keys:
            return QSize(height, height)
        return QSize(width + 2 * self.inset, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A button is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Box, then icon, text, key cap from left to right, centred."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        widths = self._widths()
        gap = theme.px(8)
        x = (self.width() - sum(widths) - gap * (len(widths) - 1)) / 2
        if self.kind == "text":
            x = self.inset
        side = theme.px(16 if not self.small else 14)
        if self.icon_name or self._busy:
            rect = QRectF(round(x), round((self.height() - side) / 2), side, side)
            self._paint_mark(painter, rect)
            x += side + gap
        if self._words:
            painter.setFont(theme.font(self._type()))
            painter.setPen(theme.colour(self._ink()))
            width = QFontMetrics(painter.font()).horizontalAdvance(self._words)
            painter.drawText(
                QRectF(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self._words
            )
            x += width + gap
        if self.keys:
            size = cap_size(self.keys)
            top = (self.height() - size.height()) / 2
            paint_cap(
                painter,
                QRectF(x, top, size.width(), size.height()),
                self.keys,
                on_accent=self.kind == "filled" and self.isEnabled(),
                off=not self.isEnabled(),
            )

    def _paint_box(self, painter: QPainter) -> None:
        theme = themes.current()
        fill, line = self._fill(), self._line()
        if not fill and not line:
            return
        painter.setPen(QPen(theme.colour(line), 1) if line else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        half = 0.5 if line else 0.0
        radius = theme.px(4 if self.small else 6)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        if not self._busy:
            picture = icons.pixmap(self.icon_name, self._icon_ink(), 14 if self.small else 16)
            painter.drawPixmap(rect.topLeft(), picture)
            return
        painter.save()
        painter.setPen(QPen(themes.current().colour(self._ink()), 2))
        inner = rect.adjusted(2, 2, -2, -2)
        painter.drawArc(inner, -self._turn * 30 * 16, 270 * 16)
        painter.restore()

    def _spin(self) -> None:
        self._turn = (self._turn + 1) % 12
        self.update()

    def _widths(self) -> list[int]:
        theme = themes.current()
        widths = []
        if self.icon_name or self._busy:
            widths.append(theme.px(14 if self.small else 16))
        if self._words:
            widths.append(QFontMetrics(theme.font(self._type())).horizontalAdvance(self._words))
        if self.keys:
            widths.append(cap_size(self.keys).width())
        return widths

    @property
    def inset(self) -> int:
        """px between the edge and icon or words."""
        theme = themes.current()
        return theme.px({"text": 4}.get(self.kind, 8 if self.small else 13))

    def _type(self) -> str:
        if self.kind == "filled":
            return "small_strong" if self.small else "strong"
        return "small" if self.small else "body"

    def _pressed(self) -> bool:
        return self.isDown() or self.isChecked()

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text.disabled"
        inks = {"filled": "text.on_accent", "danger": "health.red.text", "text": "text.accent"}
        return inks.get(self.kind, "text.primary" if self.kind == "plain" else "text.secondary")

    def _icon_ink(self) -> str:
        return "text.secondary" if self.kind == "plain" and self.isEnabled() else self._ink()

    def _fill(self) -> str:
        if not self.isEnabled():
            return {"filled": "bg.hover", "plain": "bg.control", "danger": "bg.control"}.get(self.kind, "")
        if self.kind == "filled":
            if self._pressed():
                return "accent.pressed"
            return "accent.hover" if self.underMouse() else "accent.base"
        if self.kind == "text":
            return "bg.hover" if self.underMouse() else ""
        if self._pressed():
            return "bg.control_pressed"
        if self.underMouse():
            return "bg.control_hover"
        return "" if self.kind == "quiet" else "bg.control"

    def _line(self) -> str:
        return "line.strong" if self.kind in ("plain", "danger") else ""
