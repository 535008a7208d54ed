"""Opening a portfolio at the start, and what is shown where that fails: the choices, never a traceback."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cs_workbench.errors import PortfolioProblem, UserError
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.main_window import MainWindow

Open = Callable[..., None]


def opened(path: str, key: str | None, now: dt.datetime, language: str) -> Workbench:
    """The portfolio at *path*, made with the default lists where there is none; for a pool thread.

    Where another window writes it, it is opened for reading. Raises FileProblem and PortfolioProblem.
    """
    from cs_workbench.services.workbench import Workbench

    if not os.path.exists(path):
        from cs_workbench import paths
        from cs_workbench.services import portfolios

        paths.make_private_dir(os.path.dirname(path))
        return portfolios.create(path, now=now, language=language)
    workbench = Workbench.open(path, key=key)
    try:
        workbench.claim()
    except PortfolioProblem:
        workbench.close()
        return Workbench.open(path, key=key, read_only=True)
    return workbench


class OpeningProblem(QWidget):
    """Covers the window's pages: what is wrong with the file, what is safe, and ways on."""

    def __init__(self, path: str, error: UserError, open_again: Open, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self._open = open_again
        self.title = Label(_("This portfolio could not be opened"), "page")
        self.sentence = Label(error.message, "reading", wrap=True)
        self.remedy = Label(error.remedy, "reading", "text.secondary", wrap=True)
        self.file = Label(path, "small", "text.tertiary", wrap=True)
        self.key = QLineEdit()
        self.again = Button(_("Try again"), "filled", icon="rotate-ccw")
        self.other = Button(_("Open another portfolio"), icon="folder-open")
        self.fresh = Button(_("Start a new one"), icon="file-plus")
        self._lay_out(error.code in ("encrypted", "wrong_key", "wrong_key_or_damaged"))
        self.again.clicked.connect(self._try_again)
        self.other.clicked.connect(self._choose)
        self.fresh.clicked.connect(self._create)
        self.key.returnPressed.connect(self._try_again)

    def _lay_out(self, wants_key: bool) -> None:
        theme = themes.current()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText(_("Passphrase"))
        self.key.setAccessibleName(_("Passphrase"))
        self.key.setMaximumWidth(theme.px(360))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(48), theme.px(48), theme.px(48), theme.px(48))
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        for part in (self.title, self.sentence, self.remedy, self.file, self.key):
            part.setMaximumWidth(theme.px(720))
            column.addWidget(part)
        self.key.setVisible(wants_key)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.again, self.other, self.fresh):
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(theme.px(8))
        column.addLayout(row)
        column.addStretch(2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The page's surface."""
        QPainter(self).fillRect(event.rect(), themes.current().colour("bg.surface"))

    def _try_again(self) -> None:
        self._leave()
        self._open(self._path, self.key.text() or None)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Open portfolio"), os.path.dirname(self._path), "CS Workbench (*.csw)"
        )
        if chosen:
            self._leave()
            self._open(chosen)

    def _create(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("New portfolio"), os.path.dirname(self._path), "CS Workbench (*.csw)"
        )
        if chosen and not os.path.exists(chosen):
            self._leave()
            self._open(chosen if chosen.endswith(".csw") else chosen + ".csw")

    def _leave(self) -> None:
        self.hide()
        self.deleteLater()


def show_problem(window: MainWindow, path: str, error: UserError, open_again: Open) -> OpeningProblem:
    """Put the choices where the pages would be."""
    view = OpeningProblem(path, error, open_again, window.navigation)
    view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.navigation.addWidget(view)
    window.navigation.setCurrentWidget(view)
    (view.key if view.key.isVisible() else view.again).setFocus()
    return view
