"""A key figure: its name, the figure, how it is made. The whole card can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.label import Label

_SIZES = ("figure", "page", "title", "strong")


class FigureCard(QAbstractButton):
    """``say`` fills it. A figure that was refused is said in words, smaller, with the reason below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label("", "small", "text.secondary", elide=True)
        self.figure = Label("", "figure", elide=True)
        self.made = Label("", "small", "text.secondary", wrap=True, phrases=True)
        self.note = Label("", "small", "text.tertiary", wrap=True, phrases=True)
        self._size = "figure"
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16), theme.px(12)] * 2)
        column.setSpacing(0)
        for label in (self.name, self.figure, self.made, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, name: str, figure: str, made: str, note: str = "", *, refused: bool = False) -> None:
        """Show a figure; ``made`` is its definition, ``note`` what must be known beside it."""
        self.name.setText(name)
        self._size = "title" if refused else "figure"
        self.figure.set_colour("text.secondary" if refused else "text.primary")
        self.figure.setText(figure)
        self.made.setText(made)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(f"{name} {figure}")
        self.setAccessibleDescription(" ".join(filter(None, (made, note))))
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A figure is never cut: it is written smaller."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As its words need."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never cut below its words."""
        return QSize(themes.current().px(160), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """With every line at this width."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses it, as it opens everything else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Hovered."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Not any more."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card, tinted while hovered, ringed with the keys on it."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(theme.colour("bg.hover" if self.underMouse() else "bg.surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 8)

    def _fit(self) -> None:
        theme = themes.current()
        room = self.width() - 2 * theme.px(16)
        sizes = _SIZES[_SIZES.index(self._size) :]
        words = self.figure.text()
        fits = (one for one in sizes if QFontMetrics(theme.font(one)).horizontalAdvance(words) <= room)
        self.figure.set_style(next(fits, sizes[-1]))
        self.figure.setMinimumHeight(theme.line("figure"))
