"""Every shortcut on one page, read from the actions table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.actions import ACTIONS, GROUPS, Action, shown_keys
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.keycap import KeyCap
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled


class KeyboardPage(Page):
    """A card for each menu, two beside one another; only actions that have a key."""

    id = "keyboard"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.header = PageHeader()
        self.body = QWidget()
        self.grid = QGridLayout(self.body)
        theme = themes.current()
        self.grid.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        self.grid.setSpacing(theme.px(16))
        self.area = scrolled(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.area, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Build the cards anew."""
        self.header.title.setText(_("Keyboard"))
        self.header.fact.setText(_("Single letters act outside text fields only."))
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        columns: tuple[QVBoxLayout, QVBoxLayout] = (QVBoxLayout(), QVBoxLayout())
        halves = (QWidget(), QWidget())
        for n, half in enumerate(halves):
            columns[n].setContentsMargins(0, 0, 0, 0)
            columns[n].setSpacing(themes.current().px(16))
            half.setLayout(columns[n])
            self.grid.addWidget(half, 0, n, Qt.AlignmentFlag.AlignTop)
        heights = [0, 0]
        for group, title in GROUPS.items():
            entries = [one for one in ACTIONS if one.group == group and one.shortcut]
            if entries:
                at = heights.index(min(heights))
                columns[at].addWidget(self._card(_(title), entries))
                heights[at] += len(entries) + 2

    def _card(self, title: str, entries: list[Action]) -> Card:
        card = Card(title)
        card.column.setSpacing(themes.current().px(4))
        for one in entries:
            row = QHBoxLayout()
            row.addWidget(Label(_(one.text).removesuffix("…")), 1)
            for keys in one.shortcuts[:2]:
                row.addWidget(KeyCap(shown_keys(keys)))
            card.column.addLayout(row)
        return card
