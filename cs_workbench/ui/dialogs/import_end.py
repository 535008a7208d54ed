"""The end of an import that is being written: told and scored whether or not its dialog is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.ui.dialogs.import_words import what_words
from cs_workbench.ui.dialogs.import_work import ImportWork

if TYPE_CHECKING:
    from cs_workbench.services.intake.result import ImportResult
    from cs_workbench.ui.desk import Desk


class ImportEnd(QObject):
    """Belongs to the work, which belongs to the desk: closing the dialog or making the window anew ends neither."""

    def __init__(self, work: ImportWork) -> None:
        super().__init__(work)
        self._work = work
        work.written.connect(self._on_written)
        work.refused.connect(self._on_refused)

    @Slot(object)
    def _on_written(self, result: ImportResult | None) -> None:
        desk = self._work.desk
        if result is None:
            desk.tell(_("The import was stopped."), _("Nothing was changed."), tone="warn")
            return
        told = (
            _("Imported {what}").format(what=what_words(result)) if result.step_id else _("Nothing was new")
        )
        left = result.rejected
        second = ngettext("{count} row left out", "{count} rows left out", left).format(count=f"{left:,}")
        desk.tell(told, second if left else "", undo=bool(result.step_id))
        if result.step_id:
            _score(desk)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        """Where no dialog shows it, a toast does."""
        if self._work.behind:
            self._work.desk.tell(error.message, error.remedy, tone="bad")


def new_work(desk: Desk) -> ImportWork:
    """An import that has not begun, with its end provided for."""
    work = ImportWork(desk, desk)
    ImportEnd(work)
    return work


def _score(desk: Desk) -> None:
    from cs_workbench.services import health

    workbench, today, now = desk.workbench, desk.today(), desk.now()
    desk.tasks.write(lambda: health.score_all(workbench, today, now=now))
