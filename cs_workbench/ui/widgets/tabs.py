"""Tabs: icon, word, count; the current one in accent with a line below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.header import Bar

SIDE = 8
"""px at scale 1 left and right of a tab's content, for the ring."""


@dataclass(frozen=True, slots=True)
class TabEntry:
    """One tab: key, word, icon."""

    key: str
    text: str
    icon: str


class Tab(QAbstractButton):
    """One tab."""

    def __init__(self, entry: TabEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.number: int | None = None
        self.with_icon = True
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(entry.text)
        self._name()

    def set_number(self, number: int | None) -> None:
        """The count after the word."""
        self.number = number
        self._name()
        self.updateGeometry()

    def show_icon(self, shown: bool) -> None:
        """With its icon, or without where there is little room."""
        if shown != self.with_icon:
            self.with_icon = shown
            self.updateGeometry()
            self.update()

    def wanted(self, *, icon: bool) -> int:
        """The width for everything there is to say."""
        theme = themes.current()
        width = theme.px(2 * SIDE + (24 if icon else 0))
        width += QFontMetrics(theme.font("strong")).horizontalAdvance(self.text())
        if self.number is not None:
            width += theme.px(6) + QFontMetrics(theme.font("body")).horizontalAdvance(f"{self.number:,}")
        return width

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, word in bold, count."""
        return QSize(self.wanted(icon=self.with_icon), themes.current().row(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space presses; the arrows are the bar's, which Qt's buttons would keep for themselves."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Icon, word, count, underline."""
        theme = themes.current()
        painter = QPainter(self)
        here, hovered = self.isChecked(), self.underMouse()
        ink = "text.accent" if here else "text.primary" if hovered else "text.secondary"
        side = theme.px(16)
        if self.with_icon:
            picture = icons.pixmap(self.entry.icon, ink, 16)
            painter.drawPixmap(QPointF(theme.px(SIDE), (self.height() - side) // 2), picture)
        painter.setFont(theme.font("strong" if here else "body"))
        painter.setPen(theme.colour(ink))
        width = QFontMetrics(painter.font()).horizontalAdvance(self.text())
        left = theme.px(SIDE + (24 if self.with_icon else 0))
        painter.drawText(
            QRectF(left, 0, width + 1, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text()
        )
        if self.number is not None:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text.tertiary"))
            rest = QRectF(left + width + theme.px(6), 0, self.width(), self.height())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), f"{self.number:,}")
        if here:
            side = theme.px(SIDE)
            line = (side, self.height() - theme.px(2), self.width() - 2 * side, theme.px(2))
            painter.fillRect(QRectF(*line), theme.colour("text.accent"))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()).adjusted(0, 2, 0, -3), 4)

    def _name(self) -> None:
        words = self.text()
        self.setAccessibleName(words if self.number is None else f"{words}, {self.number:,}")


class TabBar(Bar):
    """40 px below the header. ``chosen`` carries the key; arrows move, Ctrl Tab goes round (a page's business).

    Where the words have no room beside the icons, the icons go, unless a bar has its own way (``gives_icons``).
    """

    gives_icons: ClassVar[bool] = True

    chosen = Signal(str)

    def __init__(self, entries: tuple[TabEntry, ...], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(40, line="line.strong", margin=24 - SIDE, spacing=24 - 2 * SIDE, parent=parent)
        self.setAccessibleName(name)
        self.tabs = {entry.key: Tab(entry) for entry in entries}
        for key, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.row.addWidget(tab)
        self.row.addStretch(1)
        self.current = ""
        if entries:
            self.set_current(entries[0].key)

    def choose(self, key: str) -> None:
        """Go to *key* and tell it."""
        changed = key != self.current
        self.set_current(key)
        if changed:
            self.chosen.emit(key)

    def set_current(self, key: str) -> None:
        """Go to *key* without telling."""
        self.current = key
        for name, tab in self.tabs.items():
            tab.setChecked(name == key)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)

    def retitle(self, texts: dict[str, str]) -> None:
        """Other words for the same keys."""
        for key, text in texts.items():
            self.tabs[key].setText(text)
            self.tabs[key].set_number(self.tabs[key].number)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less room, no icons."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A count came or went: the room is another."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        if not self.gives_icons:
            return
        edges, gap = self.row.contentsMargins(), self.row.spacing()
        room = self.width() - edges.left() - edges.right() - gap * (len(self.tabs) - 1)
        whole = sum(tab.wanted(icon=True) for tab in self.tabs.values()) <= room
        for tab in self.tabs.values():
            tab.show_icon(whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = list(self.tabs)
        if step is None or self.current not in keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(self.current) + step) % len(keys)]
        self.choose(key)
        self.tabs[key].setFocus()
