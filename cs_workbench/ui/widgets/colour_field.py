"""A colour: swatches to take, or six digits to type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import RINGED
from cs_workbench.ui.widgets.kept_edit import KeptEdit


class Swatch(QAbstractButton):
    """One colour; the taken one bears a check."""

    def __init__(self, colour: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(f"{name} {colour}")
        self.setToolTip(f"{name}  {colour}")
        self.setProperty(RINGED, True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """28 px square, and room for the frame of the taken one."""
        side = themes.current().px(34)
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows belong to the row of swatches."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The colour, a check and a frame where it is taken."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.px(3)
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setPen(QPen(theme.colour("line.control"), 1) if self.underMouse() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        if self.isChecked():
            side = theme.px(16)
            mark = QRectF(0, 0, side, side)
            mark.moveCenter(box.center())
            icons.paint(painter, "check", "text.on_accent" if theme.name == "light" else "text.primary", mark)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent.base"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))


class ColourField(QWidget):
    """``picked`` carries the colour a person took or typed, ``typed`` each text on the way."""

    picked = Signal(str)
    typed = Signal(str)

    def __init__(
        self, swatches: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.swatches = [Swatch(colour, words) for colour, words in swatches]
        self.edit = KeptEdit(name=name, placeholder="#23458F")
        self.edit.setFixedWidth(themes.current().px(104))
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        for swatch in self.swatches:
            row.addWidget(swatch)
            swatch.clicked.connect(lambda _on=False, colour=swatch.colour: self.picked.emit(colour))
        row.addSpacing(themes.current().px(16))
        row.addWidget(self.edit)
        row.addStretch(1)
        self.edit.kept.connect(self.picked)
        self.edit.textEdited.connect(self.typed)
        self.setFocusProxy(self.swatches[0] if self.swatches else self.edit)
        self.show_value("")

    def show_value(self, colour: str) -> None:
        """Show the colour that is stored."""
        self.edit.show_value(colour)
        taken = next((one for one in self.swatches if one.colour == colour.upper()), None)
        for swatch in self.swatches:
            swatch.setChecked(swatch is taken)
            first = taken is None and swatch is self.swatches[0]
            reached = swatch is taken or first
            swatch.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reached else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(taken or (self.swatches[0] if self.swatches else self.edit))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and Right go from swatch to swatch and take it."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        here = next((n for n, one in enumerate(self.swatches) if one.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        swatch = self.swatches[(here + step) % len(self.swatches)]
        swatch.setFocus(Qt.FocusReason.TabFocusReason)
        self.picked.emit(swatch.colour)
