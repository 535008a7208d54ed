"""Import: files and results left, rows right, one button that says what will happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services.intake import offers as offering
from cs_workbench.services.pack_files import file_stem
from cs_workbench.ui import pasting
from cs_workbench.ui.dialogs.import_columns import column_menu
from cs_workbench.ui.dialogs.import_end import new_work
from cs_workbench.ui.dialogs.import_view import ImportView
from cs_workbench.ui.dialogs.import_work import ImportWork, Settle
from cs_workbench.ui.models.import_model import LEAD

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from cs_workbench.services.intake.result import ImportResult
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow


def open_import(desk: Desk, window: MainWindow, paths: Sequence[str] | None = None) -> ImportDialog:
    """Open the import over *window*, with *paths* added; one that is still writing comes back to the front."""
    found = window.findChild(ImportDialog)
    dialog = found if found is not None and not found.gone else None
    if dialog is None:
        dialog = ImportDialog(desk, window, desk.importing or new_work(desk))
    dialog.work.behind = False
    dialog.present()
    if paths:
        dialog.work.add([str(path) for path in paths])
    return dialog


class ImportDialog(ImportView):
    """Ties the work to what is shown. ``gone`` once it was closed."""

    def __init__(self, desk: Desk, window: QWidget, work: ImportWork) -> None:
        super().__init__(desk, window, work)
        self.gone = False
        work.hold()
        self.destroyed.connect(work.let_go)
        self._connect()
        self._on_offered()
        self._on_state(work.state)

    def _connect(self) -> None:
        work, side, rows = self.work, self.side, self.rows
        work.offered.connect(self._on_offered)
        work.planned.connect(self._on_planned)
        work.progressed.connect(self.progress.show_progress)
        work.written.connect(self._on_written)
        work.refused.connect(self.show_problem)
        work.changed_state.connect(self._on_state)
        side.files.chosen.connect(self._choose)
        side.files.removed.connect(work.remove)
        side.added.connect(self.pick_files)
        side.corrected.connect(self._on_corrected)
        rows.header.asked.connect(self._ask_column)
        rows.selectionModel().currentChanged.connect(lambda _now, _before: self._show_settle())
        self.model.wanted.connect(self._fetch)
        self.model.edited.connect(self._on_edited)
        self.model.dataChanged.connect(lambda *_where: self._show_settle())
        self.settle.settled.connect(lambda name, told: work.settle(name, cast("Settle | None", told)))
        self.settle.edited.connect(self._edit_at_fault)
        self.settle.picking.connect(self._pick_account)
        for key, chip in self.filters.items():
            chip.clicked.connect(lambda _on=False, key=key: self.filter_rows(key))
        self.empty_choose.clicked.connect(self.pick_files)
        self.close_button.clicked.connect(self.reject)
        self.cancel.clicked.connect(self.reject)
        self.progress.cancelled.connect(work.stop)
        self.go_on.clicked.connect(self._go_on)
        self.save.clicked.connect(self._save_left_out)
        self.main.clicked.connect(self._import)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    # -- corrections

    def _on_corrected(self, what: str, value: object) -> None:
        offer, told = self.offer, str(value)
        if offer is None:
            return
        if what == "encoding":
            self.work.reread(offer, encoding=told)
        elif what == "delimiter":
            self.work.reread(offer, delimiter=told)
        elif what == "take":
            self.work.take(offer, taken=bool(value))
        elif what == "kind" and told:
            self.work.correct(offer, offering.as_recognised(offer, kind=told))
        elif what == "columns":
            again = offering.as_saved(offer) if told == "saved" else offering.as_recognised(offer)
            self.work.correct(offer, again)

    def _on_edited(self, row: int, column: int, text: str) -> None:
        if self.offer is not None:
            self.work.correct(self.offer, offering.with_cell(self.offer, row, column, text))

    def _ask_column(self, place: int, where: QPoint) -> None:
        offer = self.offer
        if offer is None or offer.mapping is None or self.work.state == "writing":
            return
        menu = column_menu(offer, place, lambda changed: self.work.correct(offer, changed), self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(where)

    def _edit_at_fault(self) -> None:
        row, index = self.rows.chosen(), self.rows.currentIndex()
        if row is not None and row.bad >= 0:
            self.rows.setFocus()
            self.rows.setCurrentIndex(index.siblingAtColumn(LEAD + row.bad))
            self.rows.edit_here()

    def _pick_account(self) -> None:
        from cs_workbench.services import accounts

        reads = self.desk.workbench.reads
        self.desk.tasks.run(lambda: accounts.names(reads), done=self._on_accounts)

    def _on_accounts(self, accounts: Mapping[int, str]) -> None:
        self.settle.open_picker(accounts)

    # -- files

    def pick_files(self) -> None:
        """Choose files; several at once."""
        self.ask_for_files(self.work.add)

    def paste(self) -> None:
        """Take a table from the clipboard, as Excel and Sheets put it there."""
        path = pasting.table_file()
        if path is not None:
            self.work.pasted.append(path)
            self.work.add([path])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files can be dropped here as well."""
        from cs_workbench.ui.drop import dropped

        if dropped(event.mimeData()).tables:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Add what was dropped."""
        from cs_workbench.ui.drop import dropped

        self.work.add(dropped(event.mimeData()).tables)
        event.acceptProposedAction()

    def _save_left_out(self) -> None:
        preview, place = self.work.preview, self._place()
        if preview is None or place < 0:
            return
        shown = preview.tables[place]
        whole = shown.offer.name
        name = file_stem(whole.rpartition(".")[0] or whole, _("left-out rows")) + ".csv"

        def save(path: str) -> None:
            told = _("Left-out rows saved")
            self.desk.tasks.run(
                lambda: preview.save_left_out(place, path), done=lambda _nothing: self.desk.tell(told, path),
                failed=self._on_not_saved,
            )  # fmt: skip

        self.ask_where_to_save(name, save)

    def _on_not_saved(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.show_problem(error)
        else:
            self.desk.tasks.failed.emit(error)

    # -- writing

    def _import(self) -> None:
        """Write; a cell being typed in is taken first, and then looked at again."""
        self.main.setFocus()
        self.work.apply()

    def _on_state(self, state: str) -> None:
        self.show_busy(state)
        self._show_footer()

    def _on_written(self, result: ImportResult | None) -> None:
        """The work tells its end itself; what was stopped can be looked at again while the dialog is there."""
        if result is not None or self.isHidden():
            self.leave()

    def _go_on(self) -> None:
        """Let the writing go on behind the window; a toast tells its end."""
        self.work.behind = True
        self.withdraw()
        self.desk.tell(_("The import goes on"), _("Ctrl I shows it again."), tone="good")

    def reject(self) -> None:
        """Esc and Cancel: stop the writing where there is one, else close."""
        if self.work.state == "writing":
            self.work.stop()
            return
        self.leave()

    def leave(self) -> None:
        """Close for good."""
        if self.gone:
            return
        self.gone = True
        self.destroyed.disconnect(self.work.let_go)
        self.work.let_go()
        self.withdraw()
        QTimer.singleShot(0, self, self.deleteLater)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """As Esc."""
        event.ignore()
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter imports, Enter alone never; Ctrl+I chooses files: no shortcut, as the window has one of that key
        and Qt runs neither of two.
        """
        if event.key() == Qt.Key.Key_I and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.pick_files()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.main.click()
            event.accept()
            return
        super().keyPressEvent(event)
