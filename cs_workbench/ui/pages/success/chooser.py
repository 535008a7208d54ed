"""The chooser beside the page's title: the persona in bold, its map's version behind."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import RINGED
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

_MOST = 300


class Chooser(QAbstractButton):
    """A button with a name in bold, a word after it and an arrow; a long name is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._second = ""
        self.setProperty(RINGED, True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, name: str, second: str, spoken: str) -> None:
        """Show *name* and *second*; *spoken* is what it is called before the two."""
        self._second = second
        self.setText(name)
        self.setAccessibleName(f"{spoken}: {name} {second}".strip())
        self.setToolTip(plain(name))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Name, second word, arrow."""
        theme = themes.current()
        name = min(QFontMetrics(theme.font("strong")).horizontalAdvance(self.text()), theme.px(_MOST))
        second = QFontMetrics(theme.font("body")).horizontalAdvance(self._second)
        return QSize(name + second + theme.px(9 + 8 + 12 + 14 + 10), theme.row(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The name may be cut."""
        theme = themes.current()
        return QSize(min(self.sizeHint().width(), theme.px(140)), theme.row(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A plain button's box with the two texts in it."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pressed, hovered = self.isDown(), self.underMouse()
        fill = "bg.control_pressed" if pressed else "bg.control_hover" if hovered else "bg.control"
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        side = theme.px(14)
        right = self.width() - theme.px(10) - side
        arrow = icons.pixmap("chevron-down", "text.secondary", 14)
        painter.drawPixmap(QPointF(right, (self.height() - side) // 2), arrow)
        room = QRectF(theme.px(9), 0, right - theme.px(9 + 12), self.height())
        second = QFontMetrics(theme.font("body")).horizontalAdvance(self._second)
        least = theme.px(80)
        shown = self._second if room.width() - second - theme.px(8) >= least else ""
        name = room.adjusted(0, 0, -(second + theme.px(8)) if shown else 0, 0)
        width = paint_text(painter, name, self.text(), "strong")
        if shown:
            paint_text(painter, room.adjusted(width + theme.px(8), 0, 2, 0), shown, "body", "text.secondary",
                       Qt.AlignmentFlag.AlignLeft)  # fmt: skip
