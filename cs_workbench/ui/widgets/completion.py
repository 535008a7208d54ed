"""What may be typed next, below a line being written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.rows import paint_text

SUGGESTION = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Suggestion(NamedTuple):
    """One line: icon, words (``spans``: the part that was typed), a fact at the right, and what it stands for."""

    text: str
    second: str
    icon: str
    spans: tuple[tuple[int, int], ...] = ()
    what: object = None


class SuggestionsModel(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: list[Suggestion] = []

    def fill(self, found: Sequence[Suggestion]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.shown = list(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line itself for the delegate; its words for everybody else."""
        if not index.isValid():
            return None
        line = self.shown[index.row()]
        if role == SUGGESTION:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(", ").join(part for part in (line.text, line.second) if part)
        return None


class SuggestionDelegate(QStyledItemDelegate):
    """Paints a line of 32 px: icon, words with the typed part underlined, the fact at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as a compact row."""
        return QSize(0, themes.current().row(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        theme = themes.current()
        line: Suggestion = index.data(SUGGESTION)
        box = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected" if chosen else "bg.hover"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        tint = "text.accent" if chosen else "text.secondary"
        top = round(box.center().y() - theme.px(16) / 2)
        painter.drawPixmap(QPointF(box.left() + theme.px(8), top), icons.pixmap(line.icon, tint, 16))
        right = box.right() - theme.px(8)
        metrics = QFontMetrics(theme.font("small"))
        width = min(metrics.horizontalAdvance(line.second), int(box.width() / 2))
        fact = QRectF(right - width, box.top(), width + 1, box.height())
        paint_text(painter, fact, line.second, "small", "text.secondary")
        left = box.left() + theme.px(32)
        room = QRectF(left, box.top(), max(0.0, right - width - theme.px(12) - left), box.height())
        paint_text(painter, room, line.text, "body", "text.primary")
        self._underline(painter, room, line)

    def _underline(self, painter: QPainter, room: QRectF, line: Suggestion) -> None:
        theme = themes.current()
        metrics = QFontMetrics(theme.font("body"))
        shown = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, int(room.width()))
        base = round(room.center().y() + metrics.ascent() / 2 + theme.px(1))
        for start, end in line.spans:
            if end <= len(shown):
                x = room.left() + metrics.horizontalAdvance(shown[:start])
                width = metrics.horizontalAdvance(shown[start:end])
                painter.fillRect(QRectF(x, base, width, max(1, theme.px(1))), theme.colour("text.primary"))


class SuggestionList(QListView):
    """As high as its lines; the keyboard stays in the field above, which moves the choice with ``step``."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = SuggestionsModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(SuggestionDelegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)

    def offer(self, found: Sequence[Suggestion], *, first: bool) -> None:
        """Show *found*; ``first``: the first one is chosen at once."""
        self.lines.fill(found)
        self.setFixedHeight(len(found) * themes.current().row(32))
        self.setCurrentIndex(self.lines.index(0) if first and found else QModelIndex())

    def step(self, by: int) -> None:
        """Choose the next or the one before, round and round."""
        count = self.lines.rowCount()
        if count:
            here = self.currentIndex().row()
            at = (here + by) % count if here >= 0 else (0 if by > 0 else count - 1)
            self.setCurrentIndex(self.lines.index(at))

    def chosen(self) -> Suggestion | None:
        """The line chosen, if any."""
        row = self.currentIndex().row()
        return self.lines.shown[row] if 0 <= row < len(self.lines.shown) else None

    def what(self, *, first: bool = False) -> Any:
        """What the line chosen stands for (``first``: else the first line); None where there is none."""
        line = self.chosen() or (self.lines.shown[0] if first and self.lines.shown else None)
        return None if line is None else line.what
