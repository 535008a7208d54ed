"""Recent portfolios in the portfolio menus: one press opens; what is gone says why and can be taken off the list."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cs_workbench.i18n import _
from cs_workbench.ui import icons, session

if TYPE_CHECKING:
    from cs_workbench.ui.tasks import Tasks

_LONGEST = 40


class RecentMenu(QObject):
    """Fills "Recent portfolios" from the kept list; whether the files are there is looked up off the UI thread."""

    def __init__(self, menu: QMenu, open_path: Callable[[str], object], tasks: Callable[[], Tasks]) -> None:
        super().__init__(menu)
        self.menu = menu
        self._open = open_path
        self._tasks = tasks
        self._here = ""
        self._gone: frozenset[str] = frozenset()
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.fill)

    def set_here(self, path: str) -> None:
        """The portfolio open now; it is left out."""
        self._here = path
        self.fill()

    def fill(self) -> None:
        """The list as it is kept, at once; what is gone is marked as soon as it is known."""
        self._show()
        paths = [path for path in session.known() if path != self._here]
        if paths:
            self._tasks().run(
                lambda: frozenset(path for path in paths if not os.path.exists(path)),
                done=self._on_looked,
                latest="recent",
            )

    def _on_looked(self, gone: frozenset[str]) -> None:
        if gone != self._gone:
            self._gone = gone
            self._show()

    def _show(self) -> None:
        self.menu.clear()
        self.menu.setTitle(_("Recent portfolios"))
        self.menu.setIcon(icons.icon("history"))
        paths = [path for path in session.known() if path != self._here]
        self.menu.setEnabled(bool(paths))
        for path in paths:
            if path in self._gone:
                self._add_gone(path)
            else:
                line = self.menu.addAction(shown_name(path), partial(self._open, path))
                line.setToolTip(_plain(path))

    def _add_gone(self, path: str) -> None:
        below = self.menu.addMenu(shown_name(path))
        reason = below.addAction(_("The file is not there any more"))
        reason.setEnabled(False)
        below.addAction(icons.icon("folder-open"), _("Look for it or restore it"), partial(self._open, path))
        below.addAction(icons.icon("x"), _("Remove from the list"), partial(self._forget, path))

    def _forget(self, path: str) -> None:
        session.forget(path)
        self._show()

    def lines(self) -> list[QAction]:
        """The entries, newest first."""
        return self.menu.actions()


def shown_name(path: str) -> str:
    """The portfolio's name and, shortened, the folder it lies in; "&" is a letter."""
    folder = os.path.dirname(path)
    if len(folder) > _LONGEST:
        folder = "…" + folder[-_LONGEST:]
    return f"{session.portfolio_name(path)}  –  {folder}".replace("&", "&&")


def _plain(path: str) -> str:
    """A path for a tool tip, which Qt would otherwise read as rich text."""
    return path.replace("&", "&amp;").replace("<", "&lt;")
