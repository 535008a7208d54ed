"""The workbook of a ledger: asked for, written in the background, told with its folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from cs_workbench.i18n import _
from cs_workbench.services import value_exports
from cs_workbench.ui.desk import Told
from cs_workbench.ui.pages.value.questions import ExportQuestion
from cs_workbench.ui.widgets.outward import open_path

if TYPE_CHECKING:
    from cs_workbench.ui.pages.value.page import ValuePage


class Exporting(QObject):
    """Writes what the page shows."""

    def __init__(self, page: ValuePage) -> None:
        super().__init__(page)
        self._page = page

    def ask(self) -> None:
        """Edition, language and folder of the workbook."""
        page = self._page
        if page.data is None or page.view is None:
            return
        question = ExportQuestion(page.data.folder, page)
        question.answered.connect(self.write)
        corner = page.export.mapToGlobal(page.export.rect().bottomRight())
        question.ask(corner, page.window())
        question.save.setFocus(Qt.FocusReason.TabFocusReason)

    def write(self, edition: str, language: str, folder: str) -> None:
        """Write the workbook in the background; the toast shows its folder."""
        desk, view = self._page.desk, self._page.view
        if view is None:
            return
        self._page.export.set_busy(True, _("Exporting"))
        wb, today, ledger = desk.workbench, desk.today(), view.head.id

        def work() -> str:
            return value_exports.workbook(
                wb,
                ledger,
                as_of=today,
                language="ja" if language == "ja" else "en",
                edition="internal" if edition == "internal" else "customer",
                out_dir=folder,
            )

        desk.tasks.run(work, done=self._on_written, failed=self._on_failed)

    def _on_written(self, path: str) -> None:
        self._page.export.set_busy(False)
        folder = os.path.dirname(path)

        def show() -> None:
            open_path(folder)

        told = Told(_("Workbook written"), os.path.basename(path), link=_("Show in folder"), on_link=show)
        self._page.desk.told.emit(told)

    def _on_failed(self, error: BaseException) -> None:
        self._page.export.set_busy(False)
        self._page.desk.tasks.failed.emit(error)
