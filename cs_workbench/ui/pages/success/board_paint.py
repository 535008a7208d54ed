"""How lanes and cards of the board look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from cs_workbench.services.success_board import Board, Card, Lane
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.success import board_words as words
from cs_workbench.ui.style import paint_ring
from cs_workbench.ui.widgets.badge import badge_size, band_of, paint_badge
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.shadow import paint_shadow

_RIGHT = Qt.AlignmentFlag.AlignRight


def paint_ground(painter: QPainter, box: QRectF, *, target: bool) -> None:
    """A lane; the one a card hangs over is lit and framed."""
    theme = themes.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent.base"), 2) if target else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("bg.selected" if target else "bg.window"))
    inner = box.adjusted(1, 1, -1, -1) if target else box
    painter.drawRoundedRect(inner, theme.px(8), theme.px(8))


def paint_head(painter: QPainter, box: QRectF, lane: Lane, currency: str, *, target: bool) -> None:
    """Number, name and count of a lane, what its exit asks, the sum of ARR; on the lane's own ground."""
    theme = themes.current()
    painter.save()
    painter.setClipRect(box)
    paint_ground(painter, box.adjusted(0, 0, 0, theme.px(12)), target=target)
    painter.restore()
    inner = box.adjusted(theme.px(12), theme.px(10), -theme.px(12), 0)
    tall = QFontMetrics(theme.font("strong")).height()
    small = QFontMetrics(theme.font("small")).height()
    count = f"{len(lane.cards):,}"
    width = QFontMetrics(theme.font("body")).horizontalAdvance(count) + theme.px(8)
    line = QRectF(inner.left(), inner.top(), inner.width(), tall)
    paint_text(painter, line.adjusted(0, 0, -width, 0), words.step(lane), "strong")
    paint_text(painter, line, count, "body", "text.secondary", _RIGHT)
    line = QRectF(inner.left(), line.bottom() + theme.px(2), inner.width(), small)
    text = lane.step.exit_text if lane.step is not None else ""
    paint_text(painter, line, text, "small", "text.secondary")
    line = line.translated(0, small + theme.px(14))
    arr = wording.money(lane.arr, currency) if lane.cards else ""
    paint_text(painter, line, arr, "small", "text.secondary")


def paint_card(
    painter: QPainter, box: QRectF, card: Card, board: Board, *, chosen: bool, ring: bool, lifted: bool = False,
    deep: bool = False,
) -> None:  # fmt: skip
    """One account: name; health, ARR, time on the step; what to use next, and where it wants to be. A *deep* card has
    its ARR on a line of its own.
    """
    theme = themes.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if lifted:
        paint_shadow(painter, box)
    painter.setPen(QPen(theme.colour("accent.base" if chosen or lifted else "line.strong"), 1))
    painter.setBrush(theme.colour("bg.surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
    if ring:
        paint_ring(painter, box.adjusted(1, 1, -1, -1), 6)
    inner = box.adjusted(theme.px(12), theme.px(12), -theme.px(12), -theme.px(10))
    tall = QFontMetrics(theme.font("strong")).height()
    body = QFontMetrics(theme.font("body")).height()
    paint_text(painter, QRectF(inner.left(), inner.top(), inner.width(), tall), card.name, "strong")
    row = QRectF(inner.left(), inner.top() + tall + theme.px(4), inner.width(), max(theme.px(22), body))
    amount = wording.money(card.arr, board.currency)
    _paint_figures(painter, row, card, "" if deep else amount)
    if deep:
        small = QFontMetrics(theme.font("small")).height()
        row = QRectF(inner.left(), row.bottom() + theme.px(4), inner.width(), small)
        paint_text(painter, row, amount, "small", "text.secondary")
    y = row.bottom() + theme.px(9)
    painter.fillRect(QRectF(inner.left(), round(y), inner.width(), 1), theme.colour("line.subtle"))
    row = QRectF(inner.left(), y + theme.px(1 + 8), inner.width(), body)
    _paint_next(painter, row, card, board)


def amounts_fit(board: Board, width: float) -> bool:
    """Whether every card so wide has room for its ARR between health and time; all show it in one place."""
    theme = themes.current()
    small, strong = QFontMetrics(theme.font("small")), QFontMetrics(theme.font("small_strong"))
    room = width - 2 * theme.px(12)
    for card in board.cards:
        used = badge_size(card.score, override=card.called, stale=card.stale).width() + 2 * theme.px(8)
        used += (strong if card.stuck else small).horizontalAdvance(words.days(card.days))
        used += theme.px(14 + 4) if card.stuck else 0
        if used + small.horizontalAdvance(wording.money(card.arr, board.currency)) > room:
            return False
    return True


def _paint_figures(painter: QPainter, row: QRectF, card: Card, amount: str) -> None:
    theme = themes.current()
    badge = paint_badge(
        painter, row.left(), row.center().y(), band_of(card.band), card.score, override=card.called, stale=card.stale
    )  # fmt: skip
    style, ink = ("small_strong", "health.red.text") if card.stuck else ("small", "text.secondary")
    width = paint_text(painter, row, words.days(card.days), style, ink, _RIGHT)
    if card.stuck:
        side = theme.px(14)
        left = row.right() - width - theme.px(4) - side
        at = QPointF(round(left), round(row.center().y() - side / 2))
        painter.drawPixmap(at, icons.pixmap("clock-alert", "health.red.text", 14))
        width += side + theme.px(4)
    rest = row.adjusted(badge.width() + theme.px(8), 0, -width - theme.px(8), 0)
    paint_text(painter, rest, amount, "small", "text.secondary")


def _paint_next(painter: QPainter, row: QRectF, card: Card, board: Board) -> None:
    theme = themes.current()
    side = theme.px(14)
    top = round(row.center().y() - side / 2)
    used = 0.0
    if card.wanted is not None:
        number = str(board.lanes[card.wanted].number)
        used = paint_text(painter, row, number, "small", "text.secondary", _RIGHT) + side + theme.px(4)
        at = QPointF(round(row.right() - used), top)
        painter.drawPixmap(at, icons.pixmap("target", "text.secondary", 14))
    text = words.means(card)
    if text:
        painter.drawPixmap(QPointF(round(row.left()), top), icons.pixmap("arrow-right", "text.accent", 14))
        room = row.adjusted(side + theme.px(4), 0, -used - (theme.px(8) if used else 0), 0)
        paint_text(painter, room, text, "small", "text.secondary")


def paint_gap(painter: QPainter, box: QRectF, text: str, *, target: bool = False) -> None:
    """The place a card left, or will take."""
    theme = themes.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("accent.base" if target else "line.control"), 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
    paint_text(painter, box, text, "small", "text.secondary", Qt.AlignmentFlag.AlignHCenter)
