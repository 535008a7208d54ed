"""A button of three dots: verbs that would stand alone on a line of their own, as a menu below it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.menu import Menu


class More(Button):
    """``asked`` carries the key of the verb taken."""

    asked = Signal(str)

    def __init__(self, pictures: Mapping[str, str]) -> None:
        super().__init__(kind="quiet", icon="ellipsis")
        self._pictures = dict(pictures)
        self.verbs: dict[str, str] = {}
        self.clicked.connect(self.unfold)

    def rename(self, words: Mapping[str, str]) -> None:
        """The verbs by key, in the language of now."""
        self.verbs = dict(words)
        self.setAccessibleName(_("More"))
        self.setToolTip(_("More"))

    def unfold(self) -> Menu:
        """Show the menu below the button."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, text in self.verbs.items():
            action = menu.addAction(icons.icon(self._pictures[key]), text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, key=key: self.asked.emit(key))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        return menu


def beside(title: QWidget, more: More) -> QHBoxLayout:
    """A title with the dots at its right, on its first line."""
    row = QHBoxLayout()
    row.addWidget(title, 1)
    row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
    return row
