"""Widgets one after the other, on as many lines as the width makes necessary."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes


class FlowLayout(QLayout):
    """Left to right, then the next line. Hidden widgets take no room.

    With *fill* the last of a line takes the room left in it, and nothing is wider than the line.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, fill: bool = False) -> None:
        super().__init__(parent)
        self._entries: list[QLayoutItem] = []
        self._fill = fill
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
        hints = [entry.minimumSize() if self._fill else entry.sizeHint() for entry in self._shown()]
        return QSize(
            max((hint.width() for hint in hints), default=0), max((h.height() for h in hints), default=0)
        )

    def _shown(self) -> list[QLayoutItem]:
        return [
            entry for entry in self._entries if (widget := entry.widget()) is None or not widget.isHidden()
        ]

    def _place(self, rect: QRect, *, really: bool) -> int:
        y = rect.top()
        for line in self._lines(rect.width()):
            x, high = rect.left(), max(hint.height() for _entry, hint in line)
            for entry, hint in line:
                wide = hint
                if self._fill and entry is line[-1][0]:
                    wide = QSize(rect.left() + rect.width() - x, hint.height())
                if really:
                    entry.setGeometry(QRect(QPoint(x, y), wide))
                x += hint.width() + self.spacing()
            y += high + self.spacing()
        return max(y - self.spacing() - rect.top(), 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands on each line, with the size it wants."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        taken = 0
        for entry in self._shown():
            hint = entry.sizeHint()
            if not lines or taken + self.spacing() + hint.width() > width:
                lines.append([])
                taken = -self.spacing()
            lines[-1].append((entry, hint))
            taken += self.spacing() + hint.width()
        return lines


class Flow(QWidget):
    """A widget that is as high as its lines."""

    def __init__(self, parent: QWidget | None = None, *, fill: bool = False) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, fill=fill)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """One more."""
        self.flow.addWidget(widget)
