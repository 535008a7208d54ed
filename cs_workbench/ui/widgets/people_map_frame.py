"""The ground of the people map: heads, cells of influence and mood, what the discs mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from cs_workbench.i18n import _, mark
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.people_marks import FRESH, MET, paint_disc
from cs_workbench.ui.widgets.rows import paint_text

MOODS: tuple[str | None, ...] = (None, "negative", "neutral", "positive")
RANKS: tuple[int | None, ...] = (5, 4, 3, 2, 1, None)
_MOOD_WORDS = {"negative": mark("negative"), "neutral": mark("neutral"), "positive": mark("positive")}
_POWERFUL = (4, 5)
Place = tuple[int | None, str | None]
"""Influence and mood of a cell."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Width of the map, where the cells begin, how wide one is, and top and end of each row."""

    width: float
    left: float
    cell: float
    rows: tuple[tuple[float, float], ...]

    def box(self, row: int, column: int) -> QRectF:
        """A cell."""
        top, end = self.rows[row]
        return QRectF(self.left + column * self.cell, top, self.cell, end - top)


def paint_frame(painter: QPainter, frame: Frame, over: Place | None) -> None:
    """Everything but the people; *over* is the cell somebody is being dragged over."""
    theme = themes.current()
    head = theme.row(32, "small")
    painter.fillRect(QRectF(0, 0, frame.width, head), theme.colour("bg.sunken"))
    corner = QRectF(theme.px(24), 0, frame.left - theme.px(28), head)
    paint_text(painter, corner, _("Influence"), "small", "text.secondary")
    for column, mood in enumerate(MOODS):
        words = _(_MOOD_WORDS[mood]) if mood else _("not known")
        room = QRectF(frame.left + column * frame.cell, 0, frame.cell, head)
        paint_text(painter, room.adjusted(theme.px(8), 0, -theme.px(4), 0), words, "small", "text.secondary")
    for row, rank in enumerate(RANKS):
        _paint_row(painter, frame, row, rank, over)
    painter.fillRect(QRectF(0, head - 1, frame.width, 1), theme.colour("line.strong"))
    _paint_legend(painter, frame)


def _paint_row(painter: QPainter, frame: Frame, row: int, rank: int | None, over: Place | None) -> None:
    theme = themes.current()
    top, end = frame.rows[row]
    room = QRectF(theme.px(24), top, frame.left - theme.px(28), min(end - top, theme.row(40)))
    style = "small_strong" if rank else "small"
    paint_text(painter, room, str(rank) if rank else _("not known"), style, "text.secondary")
    for column, mood in enumerate(MOODS):
        box = frame.box(row, column)
        if over == (rank, mood):
            painter.fillRect(box, theme.colour("accent.soft"))
        elif rank in _POWERFUL and mood == "negative":
            painter.fillRect(box, theme.colour("chart.band_red"))
        painter.fillRect(QRectF(box.left(), top, 1, end - top), theme.colour("line.subtle"))
    painter.fillRect(QRectF(0, top, frame.width, 1), theme.colour("line.subtle"))


def _paint_legend(painter: QPainter, frame: Frame) -> None:
    theme = themes.current()
    top, high, side = frame.rows[-1][1], theme.row(32, "small"), theme.px(16)
    painter.fillRect(QRectF(0, top, frame.width, 1), theme.colour("line.strong"))
    x = frame.left + theme.px(8)
    for how, words in (
        ("fresh", _("spoken within {days} days").format(days=FRESH)),
        ("met", _("within {days} days").format(days=MET)), ("none", _("longer ago or never")),
    ):  # fmt: skip
        paint_disc(painter, QRectF(x, top + (high - side) / 2, side, side), how, "user")
        room = QRectF(x + side + theme.px(6), top, frame.width - x - side, high)
        x = room.left() + paint_text(painter, room, words, "small", "text.secondary") + theme.px(20)
