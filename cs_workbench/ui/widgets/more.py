"""A button of three dots: verbs that would stand alone on a line of their own, as a menu below it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui.widgets.button import Button


class More(Button):
    """``asked`` carries the key of the verb taken."""

    asked = Signal(str)

    def __init__(self, pictures: Mapping[str, str]) -> None:
        super().__init__(icon="ellipsis")
        self._pictures = dict(pictures)
        self.words: dict[str, str] = {}
        self.clicked.connect(lambda: self.unfold())

    def rename(self, words: Mapping[str, str]) -> None:
        """The verbs by key, in the language of now."""
        self.words = dict(words)
        self.setAccessibleName(_("More"))
        self.setToolTip(_("More"))

    def unfold(self) -> QMenu:
        """Show the menu below the button."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, text in self.words.items():
            action = menu.addAction(icons.icon(self._pictures[key], "text.secondary", 16), text)
            action.triggered.connect(lambda _checked=False, key=key: self.asked.emit(key))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        return menu
