"""Widgets one after the other, on as many lines as the width makes necessary."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes


class FlowLayout(QLayout):
    """Left to right, then the next line. Hidden widgets take no room."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._entries: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(themes.current().px(spacing))

    def addItem(self, entry: QLayoutItem) -> None:  # noqa: N802
        """At the end."""
        self._entries.append(entry)

    def count(self) -> int:
        """How many there are."""
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The one at *index*, None beyond the ends."""
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Take one out."""
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Neither."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Height of the lines at that width."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place everything."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """All on one line."""
        hints = [entry.sizeHint() for entry in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest of them."""
        hints = [entry.sizeHint() for entry in self._shown()]
        return QSize(
            max((hint.width() for hint in hints), default=0), max((h.height() for h in hints), default=0)
        )

    def _shown(self) -> list[QLayoutItem]:
        return [
            entry for entry in self._entries if (widget := entry.widget()) is None or not widget.isHidden()
        ]

    def _place(self, rect: QRect, *, really: bool) -> int:
        x, y, high = rect.left(), rect.top(), 0
        for entry in self._shown():
            hint = entry.sizeHint()
            if x > rect.left() and x + hint.width() > rect.left() + rect.width():
                x, y, high = rect.left(), y + high + self.spacing(), 0
            if really:
                entry.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self.spacing()
            high = max(high, hint.height())
        return y + high - rect.top()


class Flow(QWidget):
    """A widget that is as high as its lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """One more."""
        self.flow.addWidget(widget)
