"""Data and backup: where the portfolio lies, its backups, its soundness, whether it is encrypted."""

from __future__ import annotations

import datetime as dt
import os
import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from cs_workbench import paths
from cs_workbench.errors import UserError
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import backups
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.setting_values import BACKUPS_KEPT
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.settings.restoring import RestoreSheet, backup_words
from cs_workbench.ui.pages.settings.section import Section, Work
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from cs_workbench.services.backups import BackupInfo, CheckReport
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.ui.tasks import Task

_TALLEST = 6
_REASONS = {
    "asked": mark("asked for"),
    "before restore": mark("before a restore"),
    "before migration": mark("before an update"),
}


class DataSection(Section):
    """The file, its backups, a check, the passphrase."""

    id = "data"
    title = mark("Data and backup")
    icon = "database"
    words = "でーたとばっくあっぷ"
    copied = Signal(int, int)

    def build(self) -> None:
        """File, backups, list, check, passphrase."""
        self._task: Task | None = None
        about = _("One file holds everything; copy it to move.")
        row = self.row("portfolio", _("Portfolio file"), about, kana="ほぞんさき", plain="path file")
        self.path = Label(self.desk.workbench.path, elide=True)
        self.show_file = Button(_("Show in folder"), icon="folder-open", name=_("Show portfolio in folder"))
        row.put(self.path)
        row.put(self.show_file)
        self.show_file.clicked.connect(lambda: self._show(os.path.dirname(self.desk.workbench.path)))
        self._backup_row()
        self._kept_row()
        self._list_row()
        self._check_row()
        row = self.row("trash", _("Trash"), _("What was deleted stays there for 30 days."), kana="ごみばこ")
        self.trash = Button(_("Show trash"), icon="trash-2")
        row.put(self.trash)
        self.trash.clicked.connect(lambda: self.desk.go("trash"))
        self.key_row = self.row(
            "passphrase", _("Passphrase"), "", kana="ぱすふれーず あんごうか", plain="encryption password"
        )
        self.key_words = Label("")
        self.key_row.put(self.key_words)

    def _backup_row(self) -> None:
        self.backup_row = self.row(
            "backup",
            _("Backups"),
            _("Beside the portfolio, so that both move together. Each is read back before it counts."),
            kana="ばっくあっぷ",
        )
        self.folder = Label(paths.backups_dir(self.desk.workbench.path), elide=True)
        self.show_folder = Button(_("Show in folder"), icon="folder-open", name=_("Show backups in folder"))
        self.now = Button(_("Back up now"), icon="database-backup")
        self.verified = Label("", "small", "health.green.text")
        self.progress = ProgressLine()
        self.backup_row.put(self.folder)
        self.backup_row.put(self.show_folder, self.now)
        self.backup_row.put(self.progress)
        self.backup_row.put(self.verified)
        self.progress.hide()
        self.verified.hide()
        self.show_folder.clicked.connect(lambda: self._show(paths.backups_dir(self.desk.workbench.path)))
        self.now.clicked.connect(self.back_up)
        self.progress.cancelled.connect(self._cancel)
        self.copied.connect(self.progress.show_progress)

    def _kept_row(self) -> None:
        row = self.row(
            "backups_kept",
            _("Kept"),
            _(
                "The newest ones; beside them one a day for 14 days, one a week for 8 weeks, one a month for a year."
            ),
            kana="せだい",
            plain="rotation count",
        )
        self.kept = self.number(
            row, _("Newest backups kept"), (3, 200), self._keeps, unit=_("newest backups")
        )
        row.put(self.kept)

    def _list_row(self) -> None:
        hint = _("Restoring keeps the present file aside; nothing is overwritten.")
        self.list_row = self.row(
            "restore", _("List of backups"), hint, kana="ふくげん もどす", plain="backup list"
        )
        self.model = FactModel(_columns(), self)
        self.table = FactTable(self.model)
        self.table.setAccessibleName(_("Backups"))
        self.restore = Button(_("Restore…"), icon="history")
        self.none = Label(_("No backup yet."), "body", "text.secondary")
        self.list_row.put(self.none)
        self.list_row.put(self.table)
        self.none.hide()  # until it is read how many there are
        self.table.hide()
        self.table.setMinimumWidth(themes.current().px(240))
        self.list_row.put(self.restore)
        self.restore.clicked.connect(lambda: self.ask_restore(self.table.chosen()))
        self.table.opened.connect(self.ask_restore)

    def _check_row(self) -> None:
        self.check_row = self.row(
            "check",
            _("Check the file"),
            _("Structure, references, undo history and search index. Takes a moment for a large file."),
            kana="けんさ",
            plain="integrity",
        )
        self.check = Button(_("Check now"), icon="shield-check")
        self.check_words = Label("", "small", "health.green.text", wrap=True)
        self.check_row.put(self.check)
        self.check_row.put(self.check_words)
        self.check_words.hide()
        self.check.clicked.connect(self.look_over)

    def fill(self, view: SettingsView) -> None:
        """Backups and state as they are now."""
        usual = backups.Policy().newest
        self.kept.show_value(view.value(BACKUPS_KEPT, usual))
        self.model.fill(view.backups)
        self.table.setVisible(bool(view.backups))
        self.restore.setEnabled(bool(view.backups))
        self.none.setVisible(not view.backups)
        rows = min(len(view.backups), _TALLEST)
        self.table.setFixedHeight(
            self.table.horizontalHeader().height() + rows * themes.current().row(40) + 2
        )
        if view.backups and not self.table.currentIndex().isValid():
            self.table.choose(0)
        self._show_newest(view.backups[0] if view.backups else None, len(view.backups))
        if view.encrypted:
            self.key_words.setText(_("Encrypted"))
            self.key_row.set_hint(
                _("Without the passphrase nobody can open the file or its backups, not even us.")
            )
        else:
            self.key_words.setText(_("Not encrypted"))
            self.key_row.set_hint(
                _("Choose a passphrase when you make a portfolio, or copy this one with one.")
            )

    def back_up(self) -> None:
        """Make a verified backup, with progress."""
        if self._task is not None:
            return
        workbench, now, stop = self.desk.workbench, self.desk.now(), threading.Event()
        known = list(self.model.rows)
        self.backup_row.clear_problem()
        self.now.set_busy(True)
        self.progress.show_progress(0, 0)
        self.progress.show()

        def copy() -> list[BackupInfo]:
            made = backups.backup(workbench, now=now, progress=self.copied.emit, stop=stop.is_set)
            return [made, *(one for one in known if one.path != made.path and os.path.exists(one.path))]

        self._task = self.desk.tasks.run(
            copy, done=self._on_backed_up, failed=self._on_backup_failed, stop=stop
        )

    def look_over(self) -> None:
        """Check the whole file."""
        self.check.set_busy(True)
        stop = threading.Event()
        work = partial(backups.check, self.desk.workbench, stop=stop.is_set)
        self.desk.tasks.run(work, done=self._on_checked, failed=self._on_check_failed, stop=stop)

    def mend_search(self) -> None:
        """Make the search index afresh, and check again."""
        self.check.set_busy(True)
        work = partial(backups.mend_search, self.desk.workbench)
        self.desk.tasks.write(work, done=self._on_checked, failed=self._on_check_failed)

    def ask_restore(self, info: object) -> None:
        """Ask whether a backup shall take the portfolio's place."""
        if isinstance(info, backups.BackupInfo):
            RestoreSheet(self.window(), self.desk, info).unfold()

    def _keeps(self, value: float) -> Work:
        wanted = {BACKUPS_KEPT: int(value)}
        return lambda wb: set_settings(wb, wanted, name=_("Change backups kept"))

    def _show_newest(self, newest: BackupInfo | None, count: int) -> None:
        self.verified.setVisible(newest is not None)
        if newest is not None:
            kept = ngettext("{count} backup kept", "{count} backups kept", count).format(count=count)
            self.verified.setText(
                _("✓ Verified {when} · {kept}").format(
                    when=backup_words(newest.at, self.desk.today()), kept=kept
                )
            )

    def _end_backup(self) -> None:
        self._task = None
        self.now.set_busy(False)
        self.progress.hide()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end_backup()

    def _on_backed_up(self, still: list[BackupInfo]) -> None:
        self._end_backup()
        made = still[0]
        self.model.fill(still)
        self.none.hide()
        self.table.show()
        self.restore.setEnabled(True)
        rows = min(len(still), _TALLEST)
        self.table.setFixedHeight(
            self.table.horizontalHeader().height() + rows * themes.current().row(40) + 2
        )
        self._show_newest(made, len(still))
        self.desk.tell(_("Backed up and verified"), made.path)

    def _on_backup_failed(self, error: BaseException) -> None:
        self._end_backup()
        if isinstance(error, UserError):
            self.backup_row.refuse(f"{error.message} {error.remedy}".strip(), _("Try again"), self.back_up)
        else:
            self.desk.tasks.failed.emit(error)

    def _on_checked(self, report: CheckReport) -> None:
        self.check.set_busy(False)
        self.check_words.show()
        if report.ok:
            rows = sum(found.rows for found in report.tables.values())
            words = _("✓ Sound: {tables} tables with {rows} rows, nothing amiss.")
            self.check_words.setText(words.format(tables=len(report.tables), rows=f"{rows:,}"))
            self.check_words.set_colour("health.green.text")
            self.check_row.clear_problem()
            return
        self.check_words.hide()
        first = _("; ").join(f"{one.code}: {one.detail[:80]}" for one in report.findings[:3])
        words = ngettext("{count} problem was found: {first}", "{count} problems were found: {first}",
                         len(report.findings))  # fmt: skip
        sentence = words.format(count=len(report.findings), first=first)
        if report.only_search:
            whole = _("Your records are whole; only the search index is not.")
            self.check_row.refuse(f"{sentence} {whole}", _("Make it afresh"), self.mend_search)
            return
        self.check_row.refuse(
            f"{sentence} " + _("Nothing was changed. Restore the newest backup from before it.")
        )

    def _on_check_failed(self, error: BaseException) -> None:
        self.check.set_busy(False)
        if isinstance(error, UserError):
            self.check_row.refuse(f"{error.message} {error.remedy}".strip())
        else:
            self.desk.tasks.failed.emit(error)

    def _show(self, folder: str) -> None:
        there = folder if os.path.isdir(folder) else os.path.dirname(folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(there))


def _columns() -> tuple[Column, ...]:
    return (
        Column("at", mark("Made"), lambda one: _when(one.at), 160),
        Column("reason", mark("Why"), lambda one: _(_REASONS.get(one.reason, one.reason)), 0),
        Column("accounts", mark("Accounts"), lambda one: f"{one.rows.get('account', 0):,}", 88, right=True, drop=2),
        Column("size", mark("Size"), lambda one: _size(one.size), 96, right=True, drop=1),
    )  # fmt: skip


def _when(at: dt.datetime) -> str:
    here = at.astimezone()
    return f"{wording.date(here.date())} {here:%H:%M}"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1_000:.0f} kB"
