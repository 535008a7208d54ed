"""The key figures of a ledger in a row: each can be pressed for its working."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.value.figures import key_figures
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.label import Label

_LEAST = 480

KEYS = ("value", "cost", "npv", "roi", "payback", "break_even")
"""Whose working each figure asks for, in reading order."""
STYLES = ("figure", *["page"] * 5)
"""Their types: the first of a row is its largest."""


class FigureCell(QAbstractButton):
    """A figure with its name above and how it is made below; pressing it asks for its working."""

    def __init__(self, style: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.name = Label("", "small", "text.secondary", elide=True)
        self.figure = Label("", style, elide=True)
        self.made = Label("", "small", "text.secondary", wrap=True, phrases=True)
        self._style = style
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(8), theme.px(4)] * 2)
        column.setSpacing(0)
        for part in (self.name, self.figure, self.made):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
        self.made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # so that the words take their own colours
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def stand_beside(self, style: str) -> None:
        """Share a row with a figure in *style*: as high as it, on its baseline."""
        theme = themes.current()
        below = QFontMetrics(theme.font(style)).descent() - QFontMetrics(theme.font(self._style)).descent()
        self.figure.setFixedHeight(theme.line(style) + theme.px(2))
        self.figure.setContentsMargins(0, 0, 0, below)

    def say(self, name: str, words: str, made: str) -> None:
        """Show a figure."""
        self.name.setText(name)
        self.figure.setText(words)
        self.made.setText(made)
        self.setAccessibleName(f"{name} {words}")
        self.setAccessibleDescription(made)
        self.figure.setAccessibleName(f"{name} {words}")

    def sizeHint(self) -> QSize:  # noqa: N802
        """As its words need."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def wanted(self) -> int:
        """The width at which name and figure stand whole and what it is made of in two lines, px."""
        name, figure = self.name.sizeHint().width(), self.figure.sizeHint().width()
        measure = self.made.fontMetrics().horizontalAdvance
        made = max(map(measure, self.made.text().split(" − ")), default=0)
        return int(max(name, figure, made, measure(self.made.text()) * 0.6)) + themes.current().px(16)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The whole figure, a few letters of the words about it, all lines."""
        theme = themes.current()
        figure = self.figure.sizeHint().width() + theme.px(16)
        return QSize(max(theme.px(64), figure), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tinted while hovered, ringed with the keys on it."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)


class KeyFigures(QWidget):
    """Six figures in a row, or three and three where a name would be cut. ``asked`` carries the key of the one whose
    working is wanted.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.cells = [FigureCell(style) for style in STYLES]
        self.figures = [cell.figure for cell in self.cells]
        self.made = [cell.made for cell in self.cells]
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*[theme.px(16), theme.px(8)] * 2)
        self._grid.setSpacing(theme.px(8))
        for cell, key in zip(self.cells, KEYS, strict=True):
            cell.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
        self._place(6)

    def show_view(self, view: LedgerView) -> None:
        """Say what a ledger comes to; a figure that has no meaning is a dash."""
        for cell, words in zip(self.cells, key_figures(view), strict=True):
            cell.say(*words)
        self._fit()

    def asked_for(self) -> str:
        """The key of the figure the keyboard is on, or ""."""
        return next((key for cell, key in zip(self.cells, KEYS, strict=True) if cell.hasFocus()), "")

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Three in a row have room."""
        theme = themes.current()
        return QSize(theme.px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In one row or in two."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        edges, gap = self._grid.contentsMargins(), self._grid.horizontalSpacing()
        room = self.width() - edges.left() - edges.right() - 5 * gap
        shares = [room * (4 if n == 0 else 3) / 19 for n in range(6)]
        fits = all(cell.wanted() <= share for cell, share in zip(self.cells, shares, strict=True))
        self._place(6 if fits else 3)

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for n, cell in enumerate(self.cells):
            self._grid.addWidget(cell, n // across, n % across)
            cell.stand_beside(STYLES[n // across * across])
        for column in range(6):
            share = 0 if column >= across else 4 if column == 0 and across == 6 else 3
            self._grid.setColumnStretch(column, share)
