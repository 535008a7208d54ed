"""How a line of a success plan looks: arrow, shape or box, words, the way from baseline to target, its state."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import ItemRow, Node
from cs_workbench.services.plans import Ref
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.plan_model import DUE, LINE, TITLE, WAY, Index, Line, Pending
from cs_workbench.ui.widgets.badge import band_of, paint_shape
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.threshold import paint_bullet

_MARGIN, _INDENT, GAP = 24, 28, 8
_INKS = {
    "reached": "health.green.text", "on_track": "health.green.text", "behind": "health.yellow.text",
    "missed": "health.red.text", "overdue": "health.red.text", "off_track": "health.red.text",
    "not_reached": "text.secondary", "not_measured": "text.tertiary", "dropped": "text.tertiary",
}  # fmt: skip


class PlanHeader(QHeaderView):
    """32 px, small, secondary, on the sunken surface."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(1)
        self.setFixedHeight(themes.current().row(32, "small"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, titles, a line below."""
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("bg.sunken"))
        for section in range(self.count()):
            if self.isSectionHidden(section):
                continue
            left = theme.px(_MARGIN if section == TITLE else GAP)
            room = QRectF(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())
            side = Qt.AlignmentFlag.AlignRight if section == DUE else Qt.AlignmentFlag.AlignLeft
            words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
            paint_text(
                painter, room.adjusted(left, 0, -theme.px(GAP), 0), words, "small", "text.secondary", side
            )
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line.strong"))


def turn_left(line: Line) -> float:
    """Where the arrow of a line begins, from the left of its cell."""
    return float(themes.current().px(_MARGIN + _INDENT * line.level))


def title_left(line: Line) -> float:
    """Where the words of a line begin."""
    theme = themes.current()
    return turn_left(line) + theme.px(20 + 20)


def turn_rect(line: Line, box: QRect) -> QRectF:
    """The arrow that folds."""
    side = themes.current().px(16)
    return QRectF(box.left() + turn_left(line), box.center().y() - side / 2, side, side)


def tick_rect(line: Line, box: QRect) -> QRectF:
    """The shape, sign or box before the words."""
    theme = themes.current()
    side = theme.px(16)
    return QRectF(box.left() + turn_left(line) + theme.px(18), box.center().y() - side / 2, side, side)


def paint_cell(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, folded: Container[Ref], *, ring: bool
) -> None:
    """One cell of a line; the ring goes round its title."""
    line: Line = index.data(LINE)
    column = index.column()
    paint_row(painter, option, ring=ring and column == TITLE)
    if isinstance(line, Pending):
        if line.title and column == TITLE:
            room = QRectF(option.rect).adjusted(title_left(line), 0, 0, 0)
            paint_text(painter, room, line.title, "body", "text.secondary")
        return
    if column == TITLE:
        _paint_title(painter, QRectF(option.rect), option.rect, line, str(index.data() or ""), folded)
    elif column == WAY:
        if line.view is not None:
            _paint_way(painter, QRectF(option.rect), line)
    else:
        _paint_words(painter, QRectF(option.rect), index, line)


def _paint_title(  # noqa: PLR0917 - one cell
    painter: QPainter, box: QRectF, rect: QRect, node: Node, words: str, folded: Container[Ref]
) -> None:
    if node.children:
        sign = "chevron-right" if node.ref in folded else "chevron-down"
        icons.paint(painter, sign, "text.secondary", turn_rect(node, rect))
    tick = tick_rect(node, rect)
    if node.view is not None:
        inner = tick.adjusted(3, 3, -3, -3)
        paint_shape(painter, band_of(plan_words.BANDS[plan_words.shown(node.view)]), inner)
    else:
        _paint_sign(painter, tick, node)
    done = node.row.status in {"done", "dropped"}
    style = "strong" if node.view is not None else "body"
    room = box.adjusted(title_left(node), 0, -themes.current().px(GAP), 0)
    paint_text(painter, room, words, style, "text.secondary" if done else "text.primary")


def _paint_sign(painter: QPainter, tick: QRectF, node: Node) -> None:
    row = node.row
    if isinstance(row, ItemRow) and row.kind == "milestone":
        icons.paint(painter, "circle-check" if row.status == "done" else "milestone", "text.secondary", tick)
        return
    theme = themes.current()
    on = row.status == "done"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if on else QPen(theme.colour("line.control"), 1))
    painter.setBrush(theme.colour("accent.base" if on else "bg.surface"))
    painter.drawRoundedRect(tick if on else tick.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.restore()
    if on:
        icons.paint(painter, "check", "text.on_accent", tick.adjusted(2, 2, -2, -2))


def _paint_way(painter: QPainter, box: QRectF, node: Node) -> None:
    assert node.view is not None
    theme = themes.current()
    share = node.view.progress
    figure = theme.px(60)
    bar = box.adjusted(theme.px(GAP), 0, -figure - theme.px(12), 0)
    paint_way(painter, bar, share)
    words = plan_words.percent(share) or "–"
    room = QRectF(box.right() - figure - theme.px(GAP), box.top(), figure, box.height())
    ink = "text.primary" if share is not None else "text.tertiary"
    paint_text(painter, room, words, "strong", ink, Qt.AlignmentFlag.AlignRight)


def paint_way(painter: QPainter, bar: QRectF, share: float | None) -> None:
    """The bullet bar of an objective: from baseline (thin tick) to target (heavy tick); backwards is red."""
    theme = themes.current()
    lead = 0.12
    at = lead + min(max(share or 0.0, -1.0), 1.0) * (0.94 - lead)
    if share is not None and share > 1:
        at = 1.0
    if share is None:
        _paint_unknown(painter, bar)
        return
    paint_bullet(painter, bar, 0.0, 0.94, lead)
    zero = bar.left() + lead * bar.width()
    end = bar.left() + max(at, 0.0) * bar.width()
    red = share < 0
    high = theme.px(6)
    band = QRectF(min(zero, end), bar.center().y() - high / 2, abs(end - zero), high)
    painter.fillRect(band, theme.colour("health.red.graphic" if red else "accent.base"))
    painter.fillRect(
        QRectF(zero, band.top() - theme.px(4), 1, high + theme.px(8)), theme.colour("text.tertiary")
    )
    mark = QRectF(
        bar.left() + 0.94 * (bar.width() - 2), band.top() - theme.px(4), theme.px(2), high + theme.px(8)
    )
    painter.fillRect(mark, theme.colour("text.primary"))


def _paint_unknown(painter: QPainter, bar: QRectF) -> None:
    """A dashed, empty bar: how far it is cannot be told."""
    theme = themes.current()
    high = theme.px(6)
    painter.save()
    painter.setPen(QPen(theme.colour("text.tertiary"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(
        QRectF(bar.left(), bar.center().y() - high / 2, bar.width(), high).adjusted(0.5, 0.5, -0.5, -0.5)
    )
    painter.restore()


def _paint_words(painter: QPainter, box: QRectF, index: Index, node: Node) -> None:
    theme = themes.current()
    room = box.adjusted(theme.px(GAP), 0, -theme.px(GAP), 0)
    words: Any = str(index.data() or "")
    style, ink = "body", "text.secondary"
    side = Qt.AlignmentFlag.AlignLeft
    if index.column() == DUE:
        side = Qt.AlignmentFlag.AlignRight
        if node.late:
            style, ink = "strong", "health.red.text"
    elif index.column() > WAY:
        if node.view is not None:
            style, ink = "strong", _INKS[plan_words.shown(node.view)]
        elif node.late:
            style, ink = "strong", "health.red.text"
    paint_text(painter, room, words, style, ink, side)
