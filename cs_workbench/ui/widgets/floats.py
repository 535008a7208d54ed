"""Things that float: the scrim behind them and the popover they stand in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.shadow import composed, margin_of_window, paint_popup


class Scrim(QWidget):
    """Darkens *host* behind what floats; follows its size; ``pressed`` when clicked."""

    pressed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.hide()
        host.installEventFilter(self)

    def cover(self) -> None:
        """Cover the host, on top of what is there."""
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the host."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A click beside the float."""
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The veil."""
        theme = themes.current()
        QPainter(self).fillRect(self.rect(), theme.colour("bg.scrim", theme.scrim_alpha))


class Popover(QWidget):
    """A frameless pop-up window with shadow. Fill it through ``column``; ``closed`` when it goes."""

    closed = Signal()

    def __init__(self, width: int = 576, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, composed())
        theme = themes.current()
        edge = margin_of_window()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(0)
        self.setFixedWidth(theme.px(width) + 2 * edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:  # noqa: N802
        """Tell that it went."""
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Shadow and box."""
        paint_popup(QPainter(self), QRectF(self.rect()))
