"""How wide a column must be for what is never cut: its title, the figures and dates in it; a snug one is no wider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column

MEASURED = 6
"""Cells measured of a column, those with most letters: widths of figures follow their number of digits."""
MOST = 240
"""px at scale 1 a column grows to: what is longer is no figure."""


class ColumnFit:
    """Least widths by column, kept as long as rows, language and size of type stay the same."""

    def __init__(self) -> None:
        self._kept: dict[str, int] = {}
        self._for: tuple[object, ...] = ()
        self._rows: Sequence[Any] = ()

    def width(self, column: Column, rows: Sequence[Any], inset: int) -> int:
        """px at the scale of now: as given, more where its title or a figure needs it, less where it is snug."""
        theme = themes.current()
        title = _(column.title) if column.title else ""
        self._forget(rows, (theme.scale, inset, i18n.language()))
        if column.key not in self._kept:
            needed = QFontMetrics(theme.font("small")).horizontalAdvance(title) if title else 0
            if column.right or column.snug:
                needed = max(needed, _widest(column, rows))
            needed = min(needed + 2 * inset, theme.px(MOST)) if needed else 0
            given = theme.px(column.width)
            self._kept[column.key] = min(given, needed) if column.snug else max(given, needed)
        return self._kept[column.key]

    def _forget(self, rows: Sequence[Any], key: tuple[object, ...]) -> None:
        if rows is not self._rows or key != self._for:
            self._kept.clear()
            self._rows, self._for = rows, key


def _widest(column: Column, rows: Sequence[Any]) -> int:
    theme = themes.current()
    longest = sorted(((column.words(row), row) for row in rows), key=lambda one: -len(one[0]))[:MEASURED]
    widest = 0
    for text, row in longest:
        style = column.style(row)[0] if column.style is not None else "body"
        widest = max(widest, QFontMetrics(theme.font(style)).horizontalAdvance(text))
    return widest
