"""Putting a backup in the portfolio's place: what it would change is said first; the present file is kept aside."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import backups
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.services.backups import BackupInfo, Restored
    from cs_workbench.ui.desk import Desk


def backup_words(at: dt.datetime, today: dt.date) -> str:
    """When a backup was made: "today 8:02", "24 Nov 2026 8:02"."""
    here = at.astimezone()
    day = _("today") if here.date() == today else wording.date(here.date())
    return f"{day} {here.hour}:{here:%M}"


class RestoreSheet(Sheet):
    """One question, and a second one where many accounts or people would be missing afterwards."""

    def __init__(self, window: QWidget, desk: Desk, info: BackupInfo) -> None:
        super().__init__(window, _("Restore a backup"), size=(560, 300))
        self._desk, self._info = desk, info
        self._path = desk.workbench.path
        self._yes = False
        when = backup_words(info.at, desk.today())
        accounts, people = info.rows.get("account", 0), info.rows.get("person", 0)
        self.sentence = Label(
            _("The backup of {when} holds {accounts} and {people}.").format(
                when=when,
                accounts=ngettext("{count} account", "{count} accounts", accounts).format(count=accounts),
                people=ngettext("{count} person", "{count} people", people).format(count=people),
            ),
            "reading",
            wrap=True,
        )
        self.second = Label(
            _("It takes the portfolio’s place. The present file is backed up and kept aside first."),
            "reading",
            "text.secondary",
            wrap=True,
        )
        self.problem = Label("", "reading", "health.red.text", wrap=True)
        self.key = LineEdit(name=_("Passphrase"), placeholder=_("Passphrase"))
        self.cancel = Button(_("Cancel"), keys="Esc")
        self.main = Button(_("Restore backup"), "filled", icon="history")
        self._fill_body()
        self.cancel.clicked.connect(self.reject)
        self.main.clicked.connect(self.restore)

    def _fill_body(self) -> None:
        theme = themes.current()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        for part in (self.sentence, self.second, self.problem, self.key):
            column.addWidget(part)
        column.addStretch(1)
        self.problem.hide()
        self.key.setVisible(self._info.keyed)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        if self.main is not None:
            self.foot.addWidget(self.main)
        (self.key if self._info.keyed else self.cancel).setFocus()

    def restore(self) -> None:
        """Close the portfolio, put the backup in its place, open it again."""
        if self.main is None:
            return
        self.main.setEnabled(False)
        self.main.set_busy(True, _("Restoring"))
        workbench, info, now = self._desk.workbench, self._info, self._desk.now()
        key, yes = self.key.text() or None, self._yes

        def work() -> Restored:
            workbench.close()
            return backups.restore(info.path, workbench.path, now=now, key=key, yes=yes)

        self._desk.tasks.run(work, done=self._on_restored, failed=self._on_failed)

    def _on_restored(self, restored: Restored) -> None:
        desk, path = self._desk, restored.path
        self.accept()
        desk.tell(
            _("Backup restored"), _("The file before lies in {path}").format(path=restored.aside or "–")
        )
        desk.open_portfolio(path)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._desk.tasks.failed.emit(error)
            self.reject()
            return
        self.problem.setText(f"{error.message} {error.remedy}")
        self.problem.show()
        if self.main is not None:
            self.main.set_busy(False, _("Restore anyway") if error.code == "would_remove" else _("Try again"))
            self.main.setEnabled(True)
        self._yes = self._yes or error.code == "would_remove"
        self._closed = True

    _closed = False

    def _on_closing(self) -> None:
        """The window or the portfolio goes: nothing is opened again."""
        self._closed = False
        super()._on_closing()

    def done(self, result: int) -> None:
        """Where a restore failed the portfolio was closed for it: open it again."""
        super().done(result)
        if self._closed and result == 0:
            self._desk.open_portfolio(self._path)
