"""The window before its parts: the grounds of rail and foot in the theme's colours, until those are there.

Nothing here names anything of Qt's own namespace: asking for one of its enumerations has the binding make all hundred
of them, which takes longer than everything else until the first paint.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QWidget

from cs_workbench.ui import theme as themes

RAIL, RAIL_COLLAPSED, FOOT = 208, 56, 28
"""Width of the rail and height of the foot, in px at scale 1, each with its line."""


class Front(QWidget):
    """The grounds of rail and foot and the lines at their edges; the page's is the window's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rail, beside = _ground("bg.window"), _ground("line.strong")
        foot, above = _ground("bg.window"), _ground("line.strong")
        foot.setFixedHeight(themes.current().px(FOOT) - 1)
        beside.setFixedWidth(1)
        above.setFixedHeight(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._rail, 0, 0)
        grid.addWidget(beside, 0, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(above, 1, 0, 1, 3)
        grid.addWidget(foot, 2, 0, 1, 3)
        self.set_collapsed(False)

    def set_collapsed(self, collapsed: bool) -> None:
        """As wide as the rail is going to be."""
        self._rail.setFixedWidth(themes.current().px(RAIL_COLLAPSED if collapsed else RAIL) - 1)


def _ground(token: str) -> QWidget:
    ground = QWidget()
    palette = ground.palette()
    palette.setColor(QPalette.ColorRole.Window, themes.current().colour(token))
    ground.setPalette(palette)
    ground.setAutoFillBackground(True)
    return ground
