"""A text in a cell on two lines: what one line would cut goes on in the second, broken between phrases."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.phrases import JOIN, held
from cs_workbench.ui.widgets.rows import paint_text

LONGEST = 400
"""Characters looked at: no two lines of a cell hold more."""


def paint_two(painter: QPainter, room: QRectF, text: str, style: str, ink: str) -> None:
    """*text* in the middle of *room*, on one line where it fits, else on two; the second is cut with …."""
    theme = themes.current()
    lines, high = broken(text, style, int(room.width())), theme.line(style)
    top = room.center().y() - high * len(lines) / 2
    for place, line in enumerate(lines):
        box = QRectF(room.left(), top + place * high, room.width(), high)
        paint_text(painter, box, line, style, ink, Qt.AlignmentFlag.AlignLeft)


def broken(text: str, style: str, width: int) -> tuple[str, ...]:
    """*text* as at most two lines of a *width* in px; what is left over stays in the second."""
    text = " ".join(text[:LONGEST].split())
    font = themes.current().font(style)
    if QFontMetrics(font).horizontalAdvance(text) <= width:
        return (text,)
    joined = held(text)
    layout, option = QTextLayout(joined, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    end = line.textLength()
    layout.endLayout()
    first, rest = (part.replace(JOIN, "").strip() for part in (joined[:end], joined[end:]))
    return (first, rest) if rest else (first,)
