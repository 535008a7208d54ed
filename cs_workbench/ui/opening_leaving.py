"""Leaving while something is not saved: asked once, with every way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from cs_workbench.i18n import _, ngettext
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.opening_unsaved import Unsaved
    from cs_workbench.ui.tasks import Tasks


class LeavingSheet(Sheet):
    """Save a copy elsewhere, try again, or close without what waits. ``then`` is what the person was about to do.

    Where all of it is written before there was an answer, the question stays, and asks no more than whether to go on.
    """

    def __init__(
        self,
        unsaved: Unsaved,
        window: MainWindow,
        tasks: Tasks,
        copy_elsewhere: Callable[[], object],
        then: Callable[[], object],
    ) -> None:
        super().__init__(window, _title(unsaved.changes), size=(560, 0))
        self._unsaved, self._tasks, self._then = unsaved, tasks, then
        self._go_on = _("Close the window") if then == window.close else _("Go on")
        self._pressed = False
        self.words = Label(_waits(), wrap=True)
        column = QVBoxLayout(self.body)
        edge = themes.current().px(24)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.words)
        self.drop = Button(_("Close without it"), "quiet")
        self.copy = Button(_("Save a copy elsewhere"), icon="folder-open")
        self.main = self.again = Button(_("Try again"), "filled", icon="rotate-ccw")
        self.foot.addWidget(self.drop)
        self.foot.addStretch(1)
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.again)
        self.drop.clicked.connect(self._on_drop)
        self.copy.clicked.connect(lambda: self._on_copy(copy_elsewhere))
        self.again.clicked.connect(self._on_again)
        tasks.idle.connect(self._on_idle)

    def _on_drop(self) -> None:
        self._unsaved.forget()
        self.accept()
        self._then()

    def _on_copy(self, copy_elsewhere: Callable[[], object]) -> None:
        self.accept()
        copy_elsewhere()

    def _on_again(self) -> None:
        self._pressed = True
        self.again.set_busy(True)
        self._unsaved.try_again()
        if not self._tasks.busy:  # nothing waited any more
            self._on_idle()

    @Slot()
    def _on_idle(self) -> None:
        """What could be written is; the question follows, also where it was written before anybody pressed."""
        if not self.isVisible():
            return
        pressed, self._pressed = self._pressed, False
        self.again.set_busy(False)
        waits = bool(self._unsaved.waiting)
        if pressed and not waits:
            self.accept()
            self._then()
            return
        self._say(waits=waits)
        if pressed:
            self.words.setText(_("Still not saved. Free some space, or save a copy elsewhere."))
            self.centre()

    def _say(self, *, waits: bool) -> None:
        title = _title(self._unsaved.changes) if waits else _("Everything is saved")
        if title == self.title.text() and waits == self.drop.isVisible():
            return
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.words.setText(
            _waits() if waits else _("The portfolio can be written again; nothing waits any more.")
        )
        for button in (self.drop, self.copy):
            button.setVisible(waits)
        self.again.icon_name = "rotate-ccw" if waits else ""
        self.again.setText(_("Try again") if waits else self._go_on)
        self.centre()


def ask(
    unsaved: Unsaved,
    window: MainWindow,
    tasks: Tasks,
    copy_elsewhere: Callable[[], object],
    then: Callable[[], object],
) -> LeavingSheet:
    """Ask over *window* what is to become of what waits; a question that is open already stays."""
    for sheet in window.ground.findChildren(LeavingSheet):
        if sheet.isVisible():
            return sheet
    sheet = LeavingSheet(unsaved, window, tasks, copy_elsewhere, then)
    sheet.unfold()
    return sheet


def _waits() -> str:
    return _("It waits here until the portfolio can be written. Closing now would lose it.")


def _title(changes: int) -> str:
    if not changes:
        return _("What you were typing is not saved")
    return ngettext("{n} change is not saved", "{n} changes are not saved", changes).format(n=changes)
