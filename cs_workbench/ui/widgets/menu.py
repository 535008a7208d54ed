"""A menu as the rest of the window looks: rounded, an icon before each act that has one, its keys at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QMenu, QStyleOptionMenuItem

from cs_workbench.i18n import _
from cs_workbench.ui import actions, icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.rows import paint_text

_RADIUS, _SIDE = 8, 16


def keys_of(action: QAction) -> str:
    """The keys of a line as a key cap reads."""
    return actions.shown_keys(action.shortcut().toString())


class Menu(QMenu):
    """Qt draws the lines; the keys, which Qt would write left-aligned in the text's own ink, are drawn here."""

    def verb(self, name: str, do: Callable[[], object], text: str = "") -> QAction:
        """A line for what the actions table knows as the verb *name*: its words (or *text*), its icon, its keys."""
        one = next((each for each in actions.ACTIONS if each.verb == name), None)
        words = (text or _(one.text if one is not None else name)).replace("&", "&&")
        made = self.addAction(words, do)
        if one is None:
            return made
        if one.icon:
            made.setIcon(icons.icon(one.icon))
        made.setShortcut(QKeySequence(one.shortcut))
        made.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut
        )  # shown only: the window's own action hears it
        made.setShortcutVisibleInContextMenu(True)
        return made

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:  # noqa: N802
        """A line without its keys."""
        super().initStyleOption(option, action)
        option.text = option.text.partition("\t")[0]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The lines, then the keys of each against the right edge."""
        super().paintEvent(event)
        painter, edge = QPainter(self), themes.current().px(_SIDE)
        for action in self.actions():
            keys = keys_of(action)
            if keys and action.isVisible():
                ink = "text.secondary" if action.isEnabled() else "text.disabled"
                room = QRectF(self.actionGeometry(action)).adjusted(0, 0, -edge, 0)
                paint_text(painter, room, keys, "small", ink, Qt.AlignmentFlag.AlignRight)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Round corners also where the screen has no transparency."""
        super().resizeEvent(event)
        path = QPainterPath()
        radius = themes.current().px(_RADIUS)
        path.addRoundedRect(QRectF(self.rect()), radius, radius)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))
