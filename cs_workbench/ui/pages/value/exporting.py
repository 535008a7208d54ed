"""The documents of a ledger: asked for, written in the background, told with their folder."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import value_documents
from cs_workbench.ui.desk import Told
from cs_workbench.ui.pages.value.questions import ExportQuestion
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.outward import open_path

if TYPE_CHECKING:
    from cs_workbench.services.pack_results import PackResult
    from cs_workbench.ui.pages.value.page import ValuePage

_FORMATS = {
    "xlsx": mark("Excel with live formulas"),
    "pdf": mark("PDF, one page"),
    "pptx": mark("PowerPoint"),
    "docx": mark("Word"),
    "html": mark("Web page"),
    "md": mark("Markdown"),
}


_LIBRARIES = ("xlsx", "pdf", "docx", "pptx")
"""Formats whose libraries take a while to load: it is done while the person chooses."""


class DocumentsQuestion(ExportQuestion):
    """The export question with its formats; ``wanted`` are those ticked."""

    def __init__(self, folder: str, parent: QWidget) -> None:
        super().__init__(folder, parent)
        self.title.setText(_("Export the ledger"))
        self.setAccessibleName(_("Export the ledger"))
        self.formats = {key: CheckBox(_(text)) for key, text in _FORMATS.items()}
        self.formats["xlsx"].setChecked(True)
        grid = QGridLayout()
        for place, box in enumerate(self.formats.values()):
            grid.addWidget(box, place // 2, place % 2)
        self.problem = Label("", "small", "health.red.text", wrap=True)
        self.problem.hide()
        self.fields.insertLayout(2, grid)
        self.fields.insertWidget(3, self.problem)
        order = [
            self.edition,
            self.language,
            *self.formats.values(),
            self.folder.edit,
            self.choose,
            self.save,
        ]
        for one, following in itertools.pairwise(order):
            QWidget.setTabOrder(one, following)

    def wanted(self) -> tuple[str, ...]:
        """The formats ticked, in the order they stand."""
        return tuple(key for key, box in self.formats.items() if box.isChecked())

    def answer(self) -> None:
        """It needs a format and a folder."""
        self.problem.setVisible(not self.wanted())
        if not self.wanted():
            self.problem.setText(_("Choose a format first"))
            self.formats["xlsx"].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().answer()


class Exporting(QObject):
    """Writes what the page shows."""

    def __init__(self, page: ValuePage) -> None:
        super().__init__(page)
        self._page = page

    def ask(self) -> None:
        """Edition, language, formats and folder of the documents."""
        page = self._page
        if page.data is None or page.view is None:
            return
        question = DocumentsQuestion(page.data.folder, page)

        def answered(edition: str, language: str, folder: str) -> None:
            self.write(edition, language, folder, question.wanted())

        question.answered.connect(answered)
        corner = page.export.mapToGlobal(page.export.rect().bottomRight())
        question.ask(corner, page.window())
        question.save.setFocus(Qt.FocusReason.TabFocusReason)
        page.desk.tasks.run(lambda: value_documents.warm(tuple(_LIBRARIES)))

    def write(self, edition: str, language: str, folder: str, formats: tuple[str, ...] = ("xlsx",)) -> None:
        """Write the documents in the background, all or none; the toast shows their folder."""
        desk, view = self._page.desk, self._page.view
        if view is None:
            return
        self._page.export.set_busy(True, _("Exporting"))
        wb, today, now, head = desk.workbench, desk.today(), desk.now(), view.head

        def work() -> PackResult:
            return value_documents.export(
                wb,
                head.account_id,
                ledger_id=head.id,
                formats=formats,
                edition=edition,
                language="ja" if language == "ja" else "en",
                as_of=today,
                out_dir=folder,
                now=now,
            )

        desk.tasks.run(work, done=self._on_written, failed=self._on_failed)

    def _on_written(self, result: PackResult) -> None:
        self._page.export.set_busy(False)
        folder, count = os.path.dirname(result.files[0]), len(result.files)

        def show() -> None:
            open_path(folder)

        text = _("Workbook written") if result.files[0].endswith(".xlsx") and count == 1 else ngettext(
            "{n} document written", "{n} documents written", count
        ).format(n=count)  # fmt: skip
        names = _(", ").join(os.path.basename(path) for path in result.files)
        told = Told(text, names, link=_("Show in folder"), on_link=show)
        self._page.desk.told.emit(told)

    def _on_failed(self, error: BaseException) -> None:
        self._page.export.set_busy(False)
        self._page.desk.tasks.failed.emit(error)
