"""A row of the timeline: day, icon tile, what and who in one line, the words below, chips under them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.chip import Tone, chip_size, paint_chip
from cs_workbench.ui.widgets.rows import paint_row, paint_text

Index: TypeAlias = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
_LEFT, _TEXT, _WIDEST, _MOST = 24, 104, 760, 4


@dataclass(frozen=True, slots=True)
class Month:
    """The line above a month."""

    text: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A record in the words of its row; ``chips`` are (text, tone)."""

    day: str
    icon: str
    title: str
    about: str
    text: str
    chips: tuple[tuple[str, Tone], ...]
    entry: Any = None

    @property
    def spoken(self) -> str:
        """The row for those who cannot see it."""
        parts = (self.day, self.title, self.about, self.text, *(words for words, _tone in self.chips))
        return _(", ").join(part for part in parts if part)


class TimelineDelegate(QStyledItemDelegate):
    """Paints months and rows; rows are as high as their words need, four lines at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """By what the row says."""
        theme = themes.current()
        line = index.data(LINE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractScrollArea) else option.rect.width()
        if isinstance(line, Month):
            return QSize(0, theme.row(36, "small"))
        height = theme.px(8) + theme.line("strong") + theme.px(10)
        if line.text:
            height += len(_lines(line.text, _room(width), theme.font("reading").pixelSize())) * theme.line(
                "reading"
            )
        if line.chips:
            height += theme.row(24, "small") + theme.px(6)
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then everything from left to right."""
        theme = themes.current()
        line = index.data(LINE)
        box = QRectF(option.rect)
        if isinstance(line, Month):
            inner = box.adjusted(theme.px(_LEFT), theme.px(8), -theme.px(_LEFT), 0)
            paint_text(painter, inner, line.text, "small", "text.secondary")
            painter.fillRect(
                QRectF(inner.left(), box.bottom() - 1, inner.width(), 1), theme.colour("line.strong")
            )
            return
        option.state &= ~QStyle.StateFlag.State_MouseOver
        paint_row(painter, option, ring=self.by_keyboard, line=False)
        ends = box.adjusted(theme.px(_LEFT), 0, -theme.px(_LEFT), 0)
        painter.fillRect(QRectF(ends.left(), box.bottom() - 1, ends.width(), 1), theme.colour("line.strong"))
        top = box.top() + theme.px(8)
        day = QRectF(box.left() + theme.px(_LEFT), top, theme.px(28), theme.line("strong"))
        paint_text(painter, day, line.day, "body", "text.secondary", Qt.AlignmentFlag.AlignRight)
        self._paint_tile(painter, QPointF(box.left() + theme.px(64), top - theme.px(1)), line.icon)
        self._paint_words(painter, box, top, line)

    def _paint_tile(self, painter: QPainter, at: QPointF, name: str) -> None:
        theme = themes.current()
        side = theme.px(24)
        tile = QRectF(at.x(), at.y(), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg.hover"))
        painter.drawRoundedRect(tile, theme.px(4), theme.px(4))
        painter.restore()
        inset = (side - theme.px(16)) // 2
        painter.drawPixmap(
            QPointF(tile.left() + inset, tile.top() + inset), icons.pixmap(name, "text.secondary", 16)
        )

    def _paint_words(self, painter: QPainter, box: QRectF, top: float, line: TimelineRow) -> None:
        theme = themes.current()
        left, right = box.left() + theme.px(_TEXT), box.right() - theme.px(_LEFT)
        height = theme.line("strong")
        head = QRectF(left, top, right - left, height)
        used = paint_text(painter, head, line.title, "strong") + theme.px(8)
        paint_text(painter, head.adjusted(used, 0, 0, 0), line.about, "small", "text.secondary")
        top += height
        painter.setFont(theme.font("reading"))
        painter.setPen(theme.colour("text.primary"))
        step = theme.line("reading")
        if line.text:
            for words in _lines(line.text, _room(int(box.width())), theme.font("reading").pixelSize()):
                place = QRectF(left, top, right - left, step)
                painter.drawText(
                    place, int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, words
                )
                top += step
        x, top = left, top + theme.px(4)
        for words, tone in line.chips:
            size = chip_size(words)
            if x + size.width() > right:
                break
            paint_chip(painter, QRectF(x, top, size.width(), size.height()), words, tone)
            x += size.width() + theme.px(8)


def _room(width: int) -> int:
    theme = themes.current()
    return max(theme.px(120), min(width - theme.px(_TEXT + _LEFT), theme.px(_WIDEST)))


@lru_cache(maxsize=2048)
def _lines(text: str, width: int, pixels: int) -> tuple[str, ...]:
    """*text* broken into at most four lines of the reading type, *pixels* high; the last one cut with …"""
    font = QFont(themes.current().font("reading"))
    font.setPixelSize(pixels)
    found: list[str] = []
    paragraphs = [part for part in text.splitlines() if part.strip()]
    for number, paragraph in enumerate(paragraphs):
        layout = QTextLayout(paragraph, font)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            if len(found) == _MOST:
                layout.endLayout()
                return _cut(found, width, font)
            found.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        if len(found) == _MOST and number < len(paragraphs) - 1:
            return _cut(found, width, font)
    return tuple(found)


def _cut(found: list[str], width: int, font: QFont) -> tuple[str, ...]:
    last = found[-1] + " …"
    return (*found[:-1], QFontMetrics(font).elidedText(last, Qt.TextElideMode.ElideRight, width))
