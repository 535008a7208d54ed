"""A few choices side by side, one taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring


class Segment(QAbstractButton):
    """One of them."""

    def __init__(self, text: str, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Its words, with room for them in bold."""
        theme = themes.current()
        return QSize(
            QFontMetrics(theme.font("strong")).horizontalAdvance(self.text()) + theme.px(24), theme.row(32)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space presses; the arrows are the group's, which Qt's buttons would keep for themselves."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Outer corners round only; the taken one filled, its words bold."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        far = theme.px(10)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = box.adjusted(
            0 if "first" in self._place else -far, 0, 0.5 if "last" not in self._place else 0, 0
        )
        if "last" not in self._place:
            shape.adjust(0, 0, far, 0)
        painter.setClipRect(self.rect())
        taken = self.isChecked()
        painter.setPen(QPen(theme.colour("line.control"), 1))
        fill = "accent.base" if taken else "bg.control_hover" if self.underMouse() else "bg.control"
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(shape, theme.px(6), theme.px(6))
        if "last" not in self._place:
            painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.setFont(theme.font("strong" if taken else "body"))
        painter.setPen(theme.colour("text.on_accent" if taken else "text.primary"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)


class Segmented(QWidget):
    """``chosen`` carries the key of the segment taken; arrows move between them."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, name: str, taken: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._segments: dict[str, Segment] = {}
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        last = len(choices) - 1
        for n, (key, text) in enumerate(choices):
            place = f"{'first' if n == 0 else ''} {'last' if n == last else ''}"
            segment = Segment(text, place)
            segment.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            row.addWidget(segment)
            self._segments[key] = segment
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.taken = ""
        self._mark(taken or (choices[0][0] if choices else ""))

    def choose(self, key: str) -> None:
        """Take *key* and tell it."""
        changed = key != self.taken
        self._mark(key)
        if changed:
            self.chosen.emit(key)

    def set_taken(self, key: str) -> None:
        """Take *key* without telling."""
        self._mark(key)

    def retitle(self, texts: dict[str, str]) -> None:
        """Other words for the same keys."""
        for key, text in texts.items():
            self._segments[key].setText(text)
            self._segments[key].setAccessibleName(text)
            self._segments[key].updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right."""
        keys = list(self._segments)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self.taken not in keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(self.taken) + step) % len(keys)]
        self.choose(key)
        self._segments[key].setFocus()

    def _mark(self, key: str) -> None:
        self.taken = key
        for name, segment in self._segments.items():
            segment.setChecked(name == key)
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)
