"""The list of sections at the left: one taken, arrows move, only icons where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring

WIDE, SMALL = 224, 56


class SectionEntry(QAbstractButton):
    """Icon and name; the taken one tinted and bold."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.collapsed = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """32 high."""
        return QSize(themes.current().px(40), themes.current().row(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows belong to the list."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, icon, name."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        taken = self.isChecked()
        if taken or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected" if taken else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        side = theme.px(16)
        left = (self.width() - side) / 2 if self.collapsed else theme.px(9)
        mark = QRectF(left, (self.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, "text.accent" if taken else "text.secondary", mark)
        if not self.collapsed:
            painter.setFont(theme.font("strong" if taken else "body"))
            painter.setPen(theme.colour("text.primary" if taken else "text.secondary"))
            room = QRectF(theme.px(34), 0, self.width() - theme.px(42), self.height())
            words = QFontMetrics(painter.font()).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)


class SectionList(QWidget):
    """``chosen`` carries the id of the section taken; ``entered`` when the person goes on into it."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: dict[str, SectionEntry] = {}
        self.taken = ""
        theme = themes.current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(8), theme.px(16), theme.px(8), theme.px(16))
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.set_collapsed(False)

    def set_sections(self, sections: Sequence[tuple[str, str, str]]) -> None:
        """Show (id, icon, name) lines in place of those before."""
        self.setAccessibleName(_("Sections"))
        for entry in self.entries.values():
            self._column.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self.entries = {}
        for n, (key, icon, name) in enumerate(sections):
            entry = SectionEntry(icon, name, self)
            entry.clicked.connect(lambda _on=False, key=key: self.choose(key))
            self.entries[key] = entry
            self._column.insertWidget(n, entry)
        self.set_collapsed(self.collapsed)
        self.set_taken(self.taken)

    def set_taken(self, key: str) -> None:
        """Mark a section without telling; "" marks none."""
        self.taken = key
        reached = key if key in self.entries else next(iter(self.entries), "")
        for name, entry in self.entries.items():
            entry.setChecked(name == key)
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == reached else Qt.FocusPolicy.ClickFocus)
        if reached:
            self.setFocusProxy(self.entries[reached])

    def choose(self, key: str) -> None:
        """Take a section and tell it."""
        self.set_taken(key)
        self.chosen.emit(key)

    def set_collapsed(self, collapsed: bool) -> None:
        """Icons only, with names as tool tips."""
        self.collapsed = collapsed
        self.setFixedWidth(themes.current().px(SMALL if collapsed else WIDE))
        for entry in self.entries.values():
            entry.collapsed = collapsed
            entry.setToolTip(entry.text() if collapsed else "")
            entry.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down take the next section, Right goes into it."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = list(self.entries)
        if event.key() == Qt.Key.Key_Right:
            self.entered.emit()
        elif step is None or not keys:
            super().keyPressEvent(event)
        else:
            here = keys.index(self.taken) if self.taken in keys else -step
            key = keys[min(max(here + step, 0), len(keys) - 1)]
            self.choose(key)
            self.entries[key].setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line to its right."""
        line = QRectF(self.width() - 1, 0, 1, self.height())
        QPainter(self).fillRect(line, themes.current().colour("line.subtle"))
