"""The ground rows are painted on, and the steps of a renewal: for delegates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import by_key, paint_ring
from cs_workbench.ui.widgets.badge import paint_shape

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

Step = Literal["done", "current", "late", "to_come"]


def paint_row(
    painter: QPainter, option: QStyleOptionViewItem, *, ring: bool = True, line: bool = True
) -> None:
    """Fill of a row by state (hover, selected, selected in an inactive window), the line below, the focus ring."""
    from PySide6.QtWidgets import QStyle  # ten milliseconds of enumerations, which the first rows do without

    state = option.state
    fill = ""
    if state & QStyle.StateFlag.State_Selected:
        fill = selected_fill(active=bool(state & QStyle.StateFlag.State_Active))
    elif state & QStyle.StateFlag.State_MouseOver:
        fill = "bg.hover"
    paint_ground(painter, option.rect, fill, line=line)
    if ring and state & QStyle.StateFlag.State_HasFocus and by_key():
        paint_ring(painter, QRectF(option.rect), 4)


def selected_fill(*, active: bool) -> str:
    """The colour behind a selected row of an active window, or of another."""
    return "bg.selected" if active else "bg.selected_inactive"


def paint_ground(painter: QPainter, rect: QRect, fill: str, *, line: bool = True) -> None:
    """A row's *fill* ("" for none) and the line below it."""
    theme = themes.current()
    if fill:
        painter.fillRect(rect, theme.colour(fill))
    if line:
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line.subtle"))


def paint_text(  # noqa: PLR0917 - a call reads like drawText
    painter: QPainter,
    rect: QRectF,
    text: str,
    style: str = "body",
    colour: str = "text.primary",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line of text in *rect*, cut at the right with …; returns its width."""
    theme = themes.current()
    painter.setFont(theme.font(style))
    painter.setPen(theme.colour(colour))
    measure = painter.fontMetrics()
    width = measure.horizontalAdvance(text)
    if width > rect.width():
        text = measure.elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        width = measure.horizontalAdvance(text)
    painter.drawText(rect, _line_flags(align), text)
    return float(width)


@cache
def _line_flags(align: Qt.AlignmentFlag) -> int:
    """One line in the middle; kept, since adding flags takes longer than measuring the text."""
    return int(align | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine


def paint_steps(painter: QPainter, left: float, middle: float, steps: Sequence[Step]) -> float:
    """Squares of 10 px, 4 apart: filled done, outlined current, red diamond late, hollow to come. Returns the width."""
    theme = themes.current()
    side, gap = theme.px(10), theme.px(4)
    painter.save()
    for n, step in enumerate(steps):
        box = QRectF(round(left + n * (side + gap)), round(middle - side / 2), side, side)
        if step == "late":
            paint_shape(painter, "red", box)
            continue
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        if step == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.base"))
            painter.drawRoundedRect(box, 2, 2)
        else:
            current = step == "current"
            ink = theme.colour("accent.base" if current else "line.control")
            painter.setPen(QPen(ink, 2 if current else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 2, 2)
    painter.restore()
    return len(steps) * (side + gap) - gap
