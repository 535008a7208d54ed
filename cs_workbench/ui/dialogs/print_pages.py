"""The print dialog: the pages of a list or of an archived document, to a printer or into a PDF."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import pack_archive, printing
from cs_workbench.services.pack_files import file_stem
from cs_workbench.services.pack_proof import Made, Proofs
from cs_workbench.services.printing import Printable
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.file_dialog import FileDialog
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.outward import print_pages
from cs_workbench.ui.widgets.page_preview import PagePreview, decoded, pictures
from cs_workbench.ui.widgets.sheet import Sheet

Steps = Generator[tuple[int, int, str], None, Any]
PRINT_PPI = 200.0


def open_print(
    desk: Desk, window: QWidget, record_id: int | None = None, **_more: object
) -> PrintDialog | None:
    """Print the list of the page shown, or an archived document; a page without a list says so."""
    if record_id is not None:
        dialog: PrintDialog = ReprintDialog(desk, window, record_id)
    else:
        page = getattr(window, "page", None)
        offer: Callable[[], Printable | None] | None = getattr(page, "printable", None)
        printable = offer() if offer is not None else None
        if printable is None:
            desk.tell(
                _("There is no list to print here"),
                _("Accounts, Today and Documents print their lists; packs print from their dialog."),
                tone="warn",
            )
            return None
        dialog = ListDialog(desk, window, printable)
    dialog.unfold()
    return dialog


class PrintDialog(Sheet):
    """Pages to look at, then Print or Save. Subclasses say how pages are made (``work``) and what saving does."""

    def __init__(self, desk: Desk, window: QWidget, title: str, fact: str) -> None:
        super().__init__(window, title, fact, size=(880, 760))
        self.desk = desk
        self.preview = PagePreview()
        self.problem = Notice("left")
        self.told = Label("", "small", "text.secondary", elide=True)
        self.away = Button(_("Close"))
        self.save = Button(_("Save as PDF…"), icon="save")
        self.main = Button(_("Print…"), "filled", icon="printer", keys="Ctrl ↵")
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.problem)
        column.addWidget(self.preview, 1)
        self.foot.setSpacing(themes.current().px(8))
        self.foot.addWidget(self.told, 1)
        for button in (self.away, self.save, self.main):
            self.foot.addWidget(button)
            button.setEnabled(button is self.away)
        self.away.clicked.connect(self.reject)
        self.main.clicked.connect(self.print)
        self.save.clicked.connect(self.save_pages)
        self.look()

    def work(self) -> Steps:
        """Make the pages, on a pool thread; returns their pictures."""
        yield 0, 0, ""
        return []

    def save_pages(self) -> None:
        """Keep the pages as a file."""

    def look(self) -> None:
        """Make the pages."""
        self.preview.wait()
        self.told.setText(_("Setting the pages…"))
        self.desk.tasks.run(self.work, done=self._on_pages, failed=self.refuse, latest=(id(self), "pages"))

    def print(self) -> None:
        """The system's print dialog."""
        if self.preview.images:
            print_pages(self, self.preview.images, self.fact.text() or self.title.text(), self._on_unprinted)

    def refuse(self, error: BaseException) -> None:
        """Say in place what went wrong; a fault of ours goes to the crash page."""
        self.preview.skeleton.end()
        self.told.setText("")
        if isinstance(error, UserError):
            self.problem.say(error.message, error.remedy)
        else:
            self.desk.tasks.failed.emit(error)

    def _on_pages(self, pages: Any) -> None:
        images = pictures(pages)
        self.preview.show_pages(images)
        count = len(images)
        self.told.setText(ngettext("{n} page", "{n} pages", count).format(n=f"{count:,}"))
        for button in (self.save, self.main):
            if button is not None:
                button.setEnabled(bool(images))
        self.preview.sheet.setFocus()

    def _on_unprinted(self, message: str) -> None:
        self.problem.say(message, _("Choose another printer, or save the document as PDF."))


class ListDialog(PrintDialog):
    """A page's list on paper."""

    def __init__(self, desk: Desk, window: QWidget, printable: Printable) -> None:
        self._printable = printable
        super().__init__(desk, window, _("Print"), printable.title)

    def work(self) -> Steps:
        """Set the table."""
        yield 0, 1, ""
        return decoded(printing.pages(self.desk.workbench.reads, self._printable, ppi=PRINT_PPI))

    def save_pages(self) -> None:
        """Ask where to, then write the PDF."""
        reads = self.desk.workbench.reads

        def begin() -> str:
            folder = pack_archive.documents_folder(reads)
            return folder if os.path.isdir(folder) else os.path.expanduser("~")

        self.desk.tasks.run(begin, done=self._choose_place, latest=(id(self), "folder"))

    def _choose_place(self, folder: str) -> None:
        name = f"{file_stem(self._printable.title, self.desk.today().isoformat())}.pdf"
        start = os.path.join(folder, name)
        chooser = FileDialog(self, _("Save as PDF"), start, "PDF (*.pdf)")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("pdf")
        chooser.selectFile(start)
        chooser.fileSelected.connect(self.save_to)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def save_to(self, path: str) -> None:
        """Write the PDF to *path*."""
        reads, printable = self.desk.workbench.reads, self._printable
        self.desk.tasks.run(
            lambda: printing.save_pdf(reads, printable, path), done=self._on_saved, failed=self.refuse
        )

    def _on_saved(self, path: str) -> None:
        self.problem.hide()
        self.told.setText(_("Saved: {path}").format(path=path))
        self.desk.tell(_("Saved as PDF"), path)


class ReprintDialog(PrintDialog):
    """An archived document from the figures of its day; its files can be written again."""

    def __init__(self, desk: Desk, window: QWidget, record_id: int) -> None:
        self._record = record_id
        self._proofs = Proofs(desk.workbench)
        super().__init__(desk, window, _("Print the same figures again"), "")
        self.save.setText(_("Write the files again"))

    def work(self) -> Steps:
        """The pages from the archived facts."""
        proof, order = yield from self._proofs.again(self._record, now=self.desk.now(), ppi=PRINT_PPI)
        return proof, order, decoded(proof.pages)

    def save_pages(self) -> None:
        """Write the files where they were."""
        write = partial(self._proofs.make_again, self._record, now=self.desk.now())
        self.save.setEnabled(False)
        self.desk.tasks.run(write, done=self._on_written, failed=self.refuse)

    def done(self, result: int) -> None:
        """End the press with the dialog."""
        super().done(result)
        self._proofs.stop()
        self.desk.tasks.run(self._proofs.close, latest=(id(self), "pages"))

    def _on_pages(self, found: Any) -> None:
        proof, order, pages = found
        super()._on_pages(pages)
        self.fact.setText(proof.name)
        day = order.as_of.isoformat()
        self.told.setText(_("{files}, figures as of {day}").format(files=_(", ").join(proof.files), day=day))
        if proof.leaks:
            self.save.setEnabled(False)
            self.problem.say(
                _("The leak scan stops this document: it holds what must not leave the house by now."),
                _("It can be looked at here, but is not written again."),
            )
            if self.main is not None:
                self.main.setEnabled(False)

    def _on_written(self, made: Made) -> None:
        self.save.setEnabled(True)
        self.told.setText(_("Written again: {files}").format(files=_(", ").join(made.files)))
        self.desk.tell(_("Files written again"), self.fact.text())
