"""The pack dialog: choices at the left, the pages as they will come out at the right, files in a few keys."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import accounts, pack_archive, pack_templates
from cs_workbench.services.pack_proof import Made, Proof, Proofs
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.pack_choices import USUAL, PackChoices
from cs_workbench.ui.dialogs.pack_sheets import PackSheets
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.outward import print_pages
from cs_workbench.ui.widgets.page_preview import Pixels, decoded, pictures
from cs_workbench.ui.widgets.progress import ProgressLine
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.services.packs import Order
    from cs_workbench.services.workbench import Workbench

Shown = tuple[Proof, list[Pixels]]
Read = tuple[Any, str, dict[int, str], dict[str, object]]
"""Templates, folder, names of the accounts wanted, settings of new documents."""


def open_pack(
    desk: Desk,
    window: QWidget,
    account_id: int | None = None,
    account_ids: Sequence[int] = (),
    template: str = "",
    **_more: object,
) -> PackDialog:
    """Prepare documents for one account or many, from *template* to begin with; what is left open the person names."""
    wanted = list(dict.fromkeys([*([account_id] if account_id else []), *account_ids]))
    dialog = PackDialog(desk, window, wanted, template)
    dialog.unfold()
    return dialog


class PackDialog(Sheet):
    """One press is kept open as long as the dialog is; a run that is stopped keeps the documents it finished."""

    def __init__(self, desk: Desk, window: QWidget, wanted: Sequence[int] = (), template: str = "") -> None:
        super().__init__(window, _("Prepare pack"))
        self.desk = desk
        self.proof: Proof | None = None
        self.made: Made | None = None
        self.stale = False  # other pages than those shown are chosen
        self._asked: tuple[Order | None, int | None] = (None, None)
        self._to_make = False
        self._wanted, self._template = tuple(wanted), template
        self._proofs = Proofs(desk.workbench)
        self._stop = threading.Event()
        self._running = False
        self._to_print = 0
        self.choices = PackChoices(desk)
        self.sheets = PackSheets()
        self.preview = self.sheets.preview
        self.files = Label("", "small", "text.secondary", elide=True)
        self.progress = ProgressLine()
        self.printing = Button(_("Print"), icon="printer")
        self.away = Button(_("Cancel"))
        self.main = Button(_("Make pack"), "filled", keys="Ctrl ↵")
        self._build()
        self._connect()
        self.desk.tasks.run(partial(_read, self.desk.workbench, self._wanted), done=self._on_read)

    def _build(self) -> None:
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_scrolled(self.choices))
        row.addWidget(self.sheets, 1)
        self.foot.addWidget(self.files, 1)
        self.foot.addWidget(self.progress, 1)
        for button in (self.printing, self.away, self.main):
            assert button is not None
            self.foot.addWidget(button)
        self.progress.hide()

    def _connect(self) -> None:
        assert self.main is not None
        self.choices.moved.connect(self._on_moved)
        self.choices.changed.connect(self.look)
        self.main.clicked.connect(self.make)
        self.away.clicked.connect(self.reject)
        self.printing.clicked.connect(self.print_shown)
        self.progress.cancelled.connect(self.stop)
        self.sheets.outcome.back.connect(self._show_pages)
        self.sheets.outcome.printed.connect(self.print_account)

    def _on_read(self, read: Read) -> None:
        templates, folder, names, usual = read
        self.choices.begin_with(usual)
        self.choices.fill(templates, folder, names, self._template)
        focus = self.choices.template if names else self.choices.accounts.field
        focus.setFocus()
        self.look()

    def look(self) -> None:
        """Make the pages again for the choices of now; the old ones stay until then, pale."""
        self._on_moved()
        self._asked = order, account = self.choices.wish()
        if order is None or account is None:
            self._forget()
        if account is None:
            self.sheets.show_nobody()
            return
        if not self._running:
            self.sheets.show_pages()
        if order is None:
            return
        self.preview.wait()
        proofs, now = self._proofs, self.desk.now()

        def work() -> Generator[tuple[int, int, str], None, Shown]:
            proof = yield from proofs.proof(order, account, now=now)
            return proof, decoded(proof.pages)

        self.desk.tasks.run(work, done=self._on_proof, failed=self._on_unproved, latest=(id(self), "proof"))

    def make(self) -> None:
        """Write the documents; where the pages of what is chosen do not stand yet, once they do."""
        order, ids = self.choices.order(), self.choices.accounts.ids
        if self._running or order is None or not self._ready():
            return
        if self._asked != self.choices.wish():
            self.look()
        if self.stale:
            self._wait_to_make(True)
            return
        self._stop.clear()
        self._running = True
        self.choices.keep()
        self.sheets.problem.hide()
        proofs, now, stop, workbench = self._proofs, self.desk.now(), self._stop, self.desk.workbench

        def work() -> Generator[tuple[int, int, str], None, Made]:
            made = yield from proofs.make(order, ids, now=now, wanted=lambda: not stop.is_set())
            if made.files:
                pack_archive.keep_folder(workbench, order.out_dir)
            return made

        self.progress.show_progress(0, len(ids))
        self.desk.tasks.run(
            work, done=self._on_made, failed=self._on_unmade, progress=self.progress.show_progress
        )
        self._tell()

    def stop(self) -> None:
        """Stop after the document under way."""
        self._stop.set()
        self.progress.cancel.setEnabled(False)

    def print_shown(self) -> None:
        """Print the pages shown."""
        if self.proof is not None and self.preview.images and not self.stale:
            print_pages(self, self.preview.images, self.proof.name, self._on_unprinted)

    def print_account(self, account_id: int) -> None:
        """Print the document of one of the accounts made; where another one is shown, once its pages are there."""
        if self.proof is not None and self.proof.account_id == account_id:
            self.print_shown()
            return
        at = self.choices.previewed.findData(account_id)
        self.choices.previewed.setCurrentIndex(max(0, at))
        self._show_pages()
        self._to_print = account_id

    def reject(self) -> None:
        """Esc: stop what runs, else close."""
        if self._running:
            self.stop()
            return
        super().reject()

    def done(self, result: int) -> None:
        """End the press with the dialog."""
        super().done(result)
        self._end()

    def _on_closing(self) -> None:
        """The window goes: a template without an end would keep the program alive for as long as it may take."""
        self._end()
        super()._on_closing()

    def _end(self) -> None:
        self._stop.set()
        self._proofs.stop()
        self.desk.tasks.run(self._proofs.close, latest=(id(self), "proof"))

    def _on_moved(self) -> None:
        """Something else was chosen: from now on nothing shown is told as if it were of that."""
        if self._asked == self.choices.wish():
            return
        account = self.choices.account_shown()
        self.stale = account is not None
        self._wait_to_make(False)
        if self.stale:
            self.sheets.wait(same_account=self.proof is not None and self.proof.account_id == account)
        self._tell()

    def _wait_to_make(self, waits: bool) -> None:
        assert self.main is not None
        self._to_make = waits
        self.main.set_busy(waits)

    def _forget(self) -> None:
        self.proof, self.stale = None, False
        self._wait_to_make(False)
        self.sheets.show_none()
        self._tell()

    def _on_proof(self, shown: Shown) -> None:
        if self.choices.settling:
            return
        self.stale = False
        self.proof, pages = shown
        self.sheets.show_proof(self.proof, pictures(pages), self.choices.edition.taken)
        self.choices.meeting.setText(self.sheets.hints.say(self.proof, self.desk, self.reject))
        self._tell()
        if self.proof.account_id == self._to_print:
            self.print_shown()
        self._to_print = 0
        if self._to_make:
            self._wait_to_make(False)
            self.make()

    def _on_unproved(self, error: BaseException) -> None:
        """The pages shown are of another choice: they go."""
        if self.choices.settling:
            return
        self._forget()
        self._on_refused(error)

    def _on_refused(self, error: BaseException) -> None:
        self._to_print = 0
        if isinstance(error, UserError):
            self.sheets.show_problem(error, self.look)
        else:
            self.desk.tasks.failed.emit(error)

    def _on_made(self, made: Made) -> None:
        self.made = made
        self._running = False
        self.sheets.show_made(made, self.choices.folder.text())
        self._tell()
        if made.files and not self.isVisible():  # else the dialog shows them itself
            names = self.choices.accounts.names
            self.desk.tell(_made_words(len(made.files)), _whom(names) if len(names) == 1 else "")

    def _on_unmade(self, error: BaseException) -> None:
        self._running = False
        self._tell()
        self._on_refused(error)

    def _on_unprinted(self, message: str) -> None:
        self.sheets.problem.say(message, _("Choose another printer, or save the document as PDF."))

    def _show_pages(self) -> None:
        self.made = None
        self.sheets.show_pages()
        self.look()
        self.choices.template.setFocus()

    def _ready(self) -> bool:
        chosen = self.choices
        good = bool(chosen.accounts.ids and chosen.wanted_formats() and chosen.folder.text().strip())
        leaks = self.proof is not None and not self.stale and bool(self.proof.leaks)
        alone = len(chosen.accounts.ids) == 1 and leaks
        return good and chosen.order() is not None and not (alone and chosen.edition.taken == "customer")

    def _tell(self) -> None:
        """Title, footer and buttons for what is chosen, running or made."""
        assert self.main is not None
        count = len(self.choices.accounts.names)
        self.fact.setText(_whom(self.choices.accounts.names))
        done = self.made is not None and self.sheets.shows_outcome
        self.main.setText(_("Make again") if done else _make_words(count))
        self.main.setEnabled(self._ready() and not self._running)
        self.main.setToolTip("" if self.main.isEnabled() or self._running else _lacking(self.choices))
        self.away.setText(_("Close") if done else _("Cancel"))
        self.printing.setEnabled(bool(self.preview.images) and not self._running and not self.stale)
        self.choices.setEnabled(not self._running)
        self.progress.cancel.setEnabled(self._running)
        self.progress.setVisible(self._running)
        self.away.setVisible(not self._running)
        self.files.setVisible(not self._running)
        self.files.setText("" if done or self.stale else _file_words(self.proof, self.choices))


def _scrolled(choices: PackChoices) -> QScrollArea:
    """The choices, to be scrolled where the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(choices)
    choices.setAutoFillBackground(False)
    area.setFixedWidth(themes.current().px(344))
    return area


def _read(workbench: Workbench, wanted: Sequence[int]) -> Read:
    """What there is to choose from, where to, for whom, and how new documents are wanted; for a pool thread."""
    names = accounts.names(workbench.reads)
    chosen = {one: names[one] for one in wanted if one in names}
    usual = {key: workbench.setting(key, None) for key in USUAL}
    return pack_templates.choices(), pack_archive.documents_folder(workbench.reads), chosen, usual


def _whom(names: dict[int, str]) -> str:
    """The account's name, or how many there are."""
    one = next(iter(names.values()), "")
    return _("{n} accounts").format(n=f"{len(names):,}") if len(names) > 1 else one


def _made_words(count: int) -> str:
    return ngettext("{n} file made", "{n} files made", count).format(n=f"{count:,}")


def _make_words(count: int) -> str:
    if count < 2:
        return _("Make pack")
    return ngettext("Make {n} pack", "Make {n} packs", count).format(n=f"{count:,}")


def _file_words(proof: Proof | None, choices: PackChoices) -> str:
    """The files *proof* stands for, and where they go."""
    folder = choices.folder.text()
    if proof is None or not choices.accounts.ids:
        return ""
    if len(choices.accounts.ids) == 1 and choices.wanted_formats():
        told = _("{files}, to {folder}").format(files=_(", ").join(proof.files), folder=folder)
        return _("Replaces what is there: {files}").format(files=told) if proof.replaced else told
    return _("To {folder}").format(folder=folder)


def _lacking(choices: PackChoices) -> str:
    """Why nothing can be made yet."""
    if not choices.accounts.ids:
        return _("Name an account first")
    if not choices.wanted_formats():
        return _("Choose a format first")
    return _("Correct what is marked first")
