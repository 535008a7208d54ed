"""Menus of the People tab: ticks for roles, the same verbs as keys and buttons for the pointer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from cs_workbench.i18n import _
from cs_workbench.services.stakeholders import StakeholderRow
from cs_workbench.ui import icons
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from cs_workbench.ui.pages.account.people import PeopleTab
    from cs_workbench.ui.widgets.people_map import PeopleMap
    from cs_workbench.ui.widgets.reporting_tree import ReportingTree


class PeopleMenus(QObject):
    """The menus of one tab."""

    def __init__(self, tab: PeopleTab) -> None:
        super().__init__(tab)
        self.tab = tab

    def roles(self, person: StakeholderRow, at: QPoint) -> QMenu:
        """Which roles somebody has."""
        acts = self.tab.acts
        return self._ticks(person.roles, at, lambda role, on: acts.role(person.id, person.roles, role, on))

    def required(self) -> QMenu | None:
        """Which roles accounts of this tier need."""
        shown = self.tab.shown
        if shown is None or shown.tier is None:
            return None
        rule = self.tab.strip.rule
        return self._ticks(shown.required, rule.mapToGlobal(rule.rect().bottomLeft()), self.tab.acts.require)

    def board(self, board: PeopleMap | ReportingTree, at: QPoint) -> QMenu:
        """The verbs of somebody on the map or the tree."""
        menu = Menu(self.tab)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.verb("details", partial(self.tab.open_person, self.tab.chosen))
        menu.addAction(_("Reports to…"), partial(self.tab.ask_boss, self.tab.chosen))
        self.add_verbs(menu)
        menu.popup(board.mapToGlobal(at))
        return menu

    def add_verbs(self, menu: QMenu) -> None:
        """What the pane's buttons do."""
        if self.tab.person is None:
            return
        menu.addSeparator()
        for button in self.tab.pane.buttons.values():
            if not button.isHidden():
                line = menu.addAction(button.words().replace("&", "&&"), partial(self._press, button))
                if button.icon_name:
                    line.setIcon(icons.icon(button.icon_name))

    def _press(self, button: Button) -> None:
        self.tab.split.open_pane()
        button.click()

    def _ticks(self, taken: tuple[str, ...], at: QPoint, tick: Callable[[str, bool], None]) -> QMenu:
        menu = Menu(self.tab)
        menu.aboutToHide.connect(menu.deleteLater)
        choices = self.tab.shown.labels.choices("role") if self.tab.shown is not None else []
        for role, words in choices:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(role in taken)
            action.triggered.connect(lambda on, role=role: tick(role, on))
        menu.popup(at)
        return menu
