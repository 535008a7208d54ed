"""A line of chips with a field at its end: typed filters, tags, people."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE
from cs_workbench.ui.widgets.chip import Chip, Tone
from cs_workbench.ui.widgets.keycap import KeyCap


class ChipsEdit(QWidget):
    """Enter makes a chip of what was typed (``entered``); Backspace in the empty field takes the last one back.

    ``changed`` carries the texts of the chips; ``typed`` what stands in the field. Nothing happens while an input
    method composes: Qt keeps its keys.
    """

    changed = Signal(list)
    typed = Signal(str)
    entered = Signal(str)

    def __init__(
        self,
        *,
        name: str,
        placeholder: str = "",
        icon: str = "",
        keys: str = "",
        tone: Tone = "filter",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self._icon = icon
        self.chips: list[Chip] = []
        self.field = QLineEdit()
        self._mark = QLabel()
        theme = themes.current()
        self.field.setProperty("bare", True)
        self.field.setProperty(KEPT_ELSEWHERE, True)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.typed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(9), theme.px(3), theme.px(8), theme.px(3))
        self._row.setSpacing(theme.px(6))
        if icon:
            self._row.addWidget(self._mark)
        self._row.addWidget(self.field, 1)
        self._cap = KeyCap(keys)
        self._row.addWidget(self._cap)
        self._cap.setVisible(bool(keys))
        self.setMinimumHeight(theme.row(32))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.field)
        self._draw()

    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self.chips]

    def set_texts(self, texts: Iterable[str]) -> None:
        """Other chips, without telling."""
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self.chips = []
        for text in texts:
            self._add(text)

    def add(self, text: str) -> None:
        """One chip more, and tell."""
        self._add(text)
        self.changed.emit(self.texts())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter and Backspace in the field; its focus is the whole line's."""
        if watched is self.field and isinstance(event, QFocusEvent):
            self.update()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.text().strip():
                self.entered.emit(self.field.text().strip())
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self.chips:
                self._remove(self.chips[-1])
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icon in a new theme's colour."""
        super().changeEvent(event)
        if restyled(event):
            self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A field's box."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.field.hasFocus()
        width = 2.0 if focused else 1.0
        painter.setPen(QPen(theme.colour("line.focus" if focused else "line.control"), width))
        painter.setBrush(theme.colour("bg.surface"))
        half = width / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))

    def _add(self, text: str) -> None:
        chip = Chip(text, self._tone, removable=True)
        chip.removed.connect(lambda: self._remove(chip))
        self._row.insertWidget(self._row.indexOf(self.field), chip)
        self.chips.append(chip)

    def _remove(self, chip: Chip) -> None:
        if chip in self.chips:
            self.chips.remove(chip)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            self.field.setFocus()
            self.changed.emit(self.texts())

    def _draw(self) -> None:
        if self._icon:
            self._mark.setPixmap(icons.pixmap(self._icon, "text.secondary", 16))
