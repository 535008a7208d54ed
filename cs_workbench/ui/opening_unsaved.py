"""Writing that fails while the window is open: said above the page, kept, tried again, or saved elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from cs_workbench.i18n import _, ngettext

if TYPE_CHECKING:
    from cs_workbench.errors import UserError
    from cs_workbench.ui.desk import Clock
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.opening_leaving import LeavingSheet
    from cs_workbench.ui.tasks import Task, Tasks


class Unsaved(QObject):
    """Keeps the writes that could not be written, in order, until they are, or a page took its own back.

    A page that asked to be told keeps its text itself and offers to save again: once anything can be written, its
    write is dropped here, unless it insists, or the person is being asked what is to become of it. What nobody waits
    for is written again by itself. Of writes with one key only the newest waits. Drafts wait as well, and are no
    changes.
    """

    def __init__(
        self,
        tasks: Tasks,
        window: Callable[[], MainWindow],
        clock: Clock,
        copy_elsewhere: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.waiting: list[Task] = []
        self._code = ""
        self._sheet: LeavingSheet | None = None
        self._trying = False
        self._tasks = tasks
        self._window = window
        self._clock = clock
        self._copy_elsewhere = copy_elsewhere
        tasks.keeps_unsaved = True
        tasks.unsaved.connect(self._on_unsaved)
        tasks.saved.connect(self._on_saved)
        tasks.voided.connect(self._on_voided)

    @property
    def changes(self) -> int:
        """How many changes wait that somebody asked to be saved."""
        return sum(not task.draft for task in self.waiting)

    @property
    def asked(self) -> bool:
        """Whether the person is being asked just now what is to become of what waits."""
        return self._sheet is not None and isValid(self._sheet) and self._sheet.isVisible()

    def try_again(self) -> None:
        """Write everything that waits, in the order it was asked for; drafts first, as what is saved takes its own
        away.
        """
        waiting, self.waiting = sorted(self.waiting, key=lambda task: not task.draft), []
        if waiting:
            self._trying = True
            self._window().status.set_saving()
        for task in waiting:
            self._tasks.again(task)

    def forget(self) -> None:
        """Another portfolio was opened: nothing waits any more."""
        self.waiting = []
        self._hide()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing waits; where something does, the person is asked, and *then* happens once all is written
        or they let it go.
        """
        if not self.waiting:
            return True
        from cs_workbench.ui.opening_leaving import ask

        self._sheet = ask(self, self._window(), self._tasks, self._copy_elsewhere, then)
        return False

    @Slot(object, object)
    def _on_unsaved(self, task: Task, error: UserError) -> None:
        self._on_voided(task.key)
        self.waiting.append(task)
        self._code = error.code
        self.show()

    def show(self) -> None:
        """Say above the page what waits; again after the window was rebuilt."""
        if not self.waiting:
            return
        window = self._window()
        window.status.set_unsaved(self._clock().astimezone())
        count = self.changes
        kept = ngettext(
            "{n} change waits here and nothing typed is lost.",
            "{n} changes wait here and nothing typed is lost.",
            count,
        ).format(n=count)
        window.notice.say(
            _title(self._code),
            f"{kept if count else _('Nothing typed is lost.')} {_remedy(self._code)}",
            (_("Save a copy elsewhere"), "folder-open", self._copy_elsewhere),
            (_("Try again"), "rotate-ccw", self.try_again),
        )

    @Slot(object)
    def _on_voided(self, key: object) -> None:
        if key is not None:
            self.waiting = [task for task in self.waiting if task.key != key]

    @Slot(object)
    def _on_saved(self, _task: Task) -> None:
        if not self.waiting:
            if self._trying and not self._tasks.writing:  # where nothing moved, nobody else says so
                self._trying = False
                self._window().status.set_saved(self._clock().astimezone())
            self._hide()
            return
        if not self.asked:
            self.waiting = [task for task in self.waiting if task.failed is None or task.insists]
        if self.waiting:
            self.try_again()
        else:
            self._hide()

    def _hide(self) -> None:
        window = self._window()
        if window.has("notice"):
            window.notice.hide()


def _title(code: str) -> str:
    return {
        "disk_full": _("Not saved: the disk is full"),
        "moved": _("Not saved: the portfolio file is not there any more"),
        "device": _("Not saved: the drive does not answer"),
    }.get(code, _("Not saved: the folder cannot be written"))


def _remedy(code: str) -> str:
    return {
        "disk_full": _("Free some space, or choose another folder."),
        "moved": _("Put the file back, or save a copy in another folder."),
        "device": _("Check the drive, or choose another folder."),
    }.get(code, _("Allow writing there, or choose another folder."))
