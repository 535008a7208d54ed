"""Leaving while an import is being written: finish it first, stop it, or stay; never an end nobody was told of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.import_work import ImportWork
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.progress import ProgressLine
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow


class ImportLeavingSheet(Sheet):
    """``then`` is what the person was about to do; it happens once the import has ended, however it ended.

    Where it ends before there was an answer, the question stays, and asks no more than whether to go on.
    """

    def __init__(self, work: ImportWork, window: MainWindow, then: Callable[[], object]) -> None:
        super().__init__(window, _("An import is being written"), size=(560, 0))
        self._work, self._then = work, then
        self._go_on = _("Close the window") if then == window.close else _("Go on")
        self._leaving = self._ended = False
        self.words = Label(
            _("Stopped, it leaves nothing behind: no row of it is in the portfolio."), wrap=True
        )
        self.progress = ProgressLine()
        self.progress.cancel.hide()
        column = QVBoxLayout(self.body)
        edge = themes.current().px(24)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(themes.current().px(12))
        column.addWidget(self.words)
        column.addWidget(self.progress)
        self.drop = Button(_("Stop the import"), "quiet")
        self.stay = Button(_("Stay here"))
        self.main = self.finish = Button(_("Finish first"), "filled")
        self.foot.addWidget(self.drop)
        self.foot.addStretch(1)
        self.foot.addWidget(self.stay)
        self.foot.addWidget(self.finish)
        self.drop.clicked.connect(self._on_drop)
        self.stay.clicked.connect(self.reject)
        self.finish.clicked.connect(self._on_finish)
        work.progressed.connect(self._on_progress)
        work.written.connect(self._on_written)
        work.refused.connect(self._on_refused)

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, label: str) -> None:
        self.progress.show_progress(done, total, label)

    def _on_finish(self) -> None:
        self._leaving = True
        if self._ended:
            self._leave()
            return
        self.finish.set_busy(True, _("Writing"))

    def _on_drop(self) -> None:
        self._leaving = True
        self.drop.set_busy(True, _("Stopping"))
        self._work.stop()

    @Slot(object)
    def _on_written(self, result: object) -> None:
        there, none = _("Its rows are in the portfolio."), _("No row of it is in the portfolio.")
        self._on_ended(none if result is None else there)

    @Slot(object)
    def _on_refused(self, _error: object) -> None:
        self._on_ended(_("No row of it is in the portfolio."))

    def _on_ended(self, how: str) -> None:
        """Go on to what was wanted; who had not answered yet is neither sent away nor forgotten."""
        if self._leaving:
            self._leave()
            return
        self._ended = True
        ended = _("The import has ended")
        self.title.setText(ended)
        self.setWindowTitle(ended)
        self.setAccessibleName(ended)
        self.words.setText(how)
        self.progress.hide()
        self.drop.hide()
        self.finish.setText(self._go_on)
        self.centre()

    def _leave(self) -> None:
        self.accept()
        QTimer.singleShot(0, self.window(), self._then)  # the sheet itself is gone by then


def ask(work: ImportWork, window: MainWindow, then: Callable[[], object]) -> None:
    """Ask over *window* what is to become of the import; a question that is open already stays."""
    if not any(sheet.isVisible() for sheet in window.ground.findChildren(ImportLeavingSheet)):
        ImportLeavingSheet(work, window, then).unfold()
