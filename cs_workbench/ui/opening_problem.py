"""What is shown where a portfolio cannot be opened: what is wrong, what is safe, and the ways on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.file_dialog import ask_folder, ask_open
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from cs_workbench.services.backups import BackupInfo
    from cs_workbench.services.salvage import Salvaged
    from cs_workbench.ui.desk import Clock
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.tasks import Task, Tasks

KINDS = "CS Workbench (*.csw)"
_WANTS_KEY = frozenset(("encrypted", "wrong_key", "wrong_key_or_damaged"))
_READABLE = frozenset(("damaged", "truncated", "newer", "foreign_schema"))
"""Problems that may leave something to read."""


@dataclass(frozen=True, slots=True)
class WaysOn:
    """What the choices do. ``open_again(path, key)`` opens; ``leave`` goes back to what was open, or ends."""

    open_again: Callable[..., None]
    leave: Callable[[], object]
    start_new: Callable[[], object]
    open_behind: bool = False
    """Whether a portfolio is open behind this page."""


class OpeningProblem(QWidget):
    """Covers the window's pages. The broken file is only ever read."""

    def __init__(
        self,
        path: str,
        error: UserError,
        ways: WaysOn,
        *,
        tasks: Tasks,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._code = error.code
        self._ways = ways
        self._tasks = tasks
        self._clock = clock
        self._task: Task | None = None
        self._backups: list[BackupInfo] = []
        self._sure = False
        self._came_from: QWidget | None = None
        wants_key = error.code in _WANTS_KEY
        self.mark = Label()
        self.title = Label(_title(path, error.code), "page", wrap=True)
        self.sentence = Label(error.message, "reading", wrap=True)
        self.remedy = Label(_remedy(error), "reading", "text.secondary", wrap=True)
        self.key = LineEdit(name=_("Passphrase"), placeholder=_("Passphrase"), icon="lock")
        self.again = Button(_("Open") if wants_key else _("Try again"), icon="rotate-ccw")
        self.backup_words = Label("", "strong")
        self.choice = Choice(name=_("Backup"))
        self.restore = Button(_("Restore this backup"), "filled", icon="history")
        self.export = Button(_("Export what can be read"), icon="upload")
        self.other = Button(_("Open another portfolio"), icon="folder-open")
        self.fresh = Button(_("Start a new one"), icon="file-plus")
        self.leave = Button(_("Back") if ways.open_behind else _("Quit"), "quiet", icon="log-out")
        self.told = Label("", "body", "health.red.text", wrap=True)
        self.progress = ProgressLine()
        self._lay_out(wants_key)
        self._connect()
        tasks.run(self._read_backups, done=self._on_backups)

    def _lay_out(self, wants_key: bool) -> None:
        theme = themes.current()
        self.mark.setPixmap(icons.pixmap("lock" if wants_key else "octagon-alert", "text.tertiary", 32))
        self.key.setEchoMode(LineEdit.EchoMode.Password)
        self.key.setMaximumWidth(theme.px(360))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(*[theme.px(48)] * 4)
        column.setSpacing(theme.px(8))
        column.addStretch(1)
        for part in (self.mark, self.title, self.sentence, self.remedy, self.key):
            part.setMaximumWidth(theme.px(360 if part is self.key else 720))
            column.addWidget(part)
        column.addSpacing(theme.px(16))
        self.backup_block = _row(column, self.backup_words, self.choice, self.restore)
        for buttons in ((self.again, self.export), (self.other, self.fresh, self.leave)):
            _row(column, *buttons)
        self.told.setMaximumWidth(theme.px(720))
        self.progress.setMaximumWidth(theme.px(560))
        column.addWidget(self.told)
        column.addWidget(self.progress)
        column.addStretch(2)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        body.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.key.setVisible(wants_key)
        self.export.setVisible(self._code in _READABLE)
        self.fresh.setVisible(self._code == "missing")
        for hidden in (self.backup_block, self.told, self.progress):
            hidden.hide()

    def _connect(self) -> None:
        self.again.clicked.connect(self._try_again)
        self.key.returnPressed.connect(self._try_again)
        self.restore.clicked.connect(self._restore)
        self.choice.currentIndexChanged.connect(self._on_other_backup)
        self.export.clicked.connect(self._choose_folder)
        self.other.clicked.connect(self._choose)
        self.fresh.clicked.connect(self._create)
        self.leave.clicked.connect(self._go)
        self.progress.cancelled.connect(self._cancel)

    def first_focus(self) -> QWidget:
        """Where typing or Enter helps most."""
        if not self.key.isHidden():
            return self.key
        return self.again if self.backup_block.isHidden() else self.restore

    def salvage_into(self, folder: str) -> None:
        """Write what can be read of the broken file to *folder* (new or empty)."""
        from cs_workbench.services import salvage

        self._begin(may_stop=True)
        key = self.key.text() or None
        self._task = self._tasks.run(
            lambda: salvage.salvage(self._path, folder, key=key),
            done=self._on_salvaged,
            failed=self._on_failed,
            progress=self.progress.show_progress,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus; Esc goes back where something is open behind."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button):
            focused.click()
        elif event.key() == Qt.Key.Key_Escape and self._ways.open_behind:
            self._go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The page's surface."""
        QPainter(self).fillRect(event.rect(), themes.current().colour("bg.surface"))

    def _read_backups(self) -> list[BackupInfo]:
        from cs_workbench.services import backups

        return backups.list_backups(self._path)

    def _on_backups(self, found: list[BackupInfo]) -> None:
        self._backups = found
        self.choice.clear()
        for info in found:
            self.choice.addItem(_words(info))
        self.backup_words.setText(ngettext("{n} verified backup", "{n} verified backups", len(found)).format(
            n=len(found)
        ))  # fmt: skip
        self.backup_block.setVisible(bool(found))
        if found and self.again.hasFocus():
            self.restore.setFocus()

    def _on_other_backup(self, _index: int) -> None:
        self._sure = False
        self.restore.setText(_("Restore this backup"))

    def _restore(self) -> None:
        from cs_workbench.services import backups

        chosen = self._backups[self.choice.currentIndex()]
        now, sure = self._clock(), self._sure
        key = (self.key.text() or None) if chosen.keyed else None
        if chosen.keyed and key is None:
            self.key.show()
            self.key.setFocus()
            self._say(_("This backup is encrypted. Type its passphrase, then restore it."))
            return
        self._begin(may_stop=False)
        self._task = self._tasks.run(
            lambda: backups.restore(chosen.path, self._path, now=now, key=key, yes=sure),
            done=lambda _restored: self._open(self._path, key),
            failed=self._on_failed,
            owner=self,
        )

    def _try_again(self) -> None:
        self._open(self._path, self.key.text() or None)

    def _choose_folder(self) -> None:
        chosen = ask_folder(self, _("Folder for what can be read"), os.path.dirname(self._path))
        if chosen:
            stem = os.path.splitext(os.path.basename(self._path))[0]
            self.salvage_into(_free(os.path.join(chosen, f"{stem} {_('salvaged')}")))

    def _choose(self) -> None:
        chosen = ask_open(self, _("Open portfolio"), os.path.dirname(self._path), KINDS)
        if chosen:
            self._open(chosen)

    def _create(self) -> None:
        self._vanish()
        self._ways.start_new()

    def _go(self) -> None:
        self._vanish()
        self._ways.leave()

    def _open(self, path: str, key: str | None = None) -> None:
        self._vanish()
        self._ways.open_again(path, key)

    def _on_salvaged(self, made: Salvaged) -> None:
        self._end()
        rows = ngettext("{n} row", "{n} rows", made.rows).format(n=f"{made.rows:,}")
        if made.failed:
            failed = _(", ").join(one.table for one in made.failed)
            words = _("{rows} written to {folder}. Incomplete: {tables}.").format(
                rows=rows, folder=made.folder, tables=failed
            )
        else:
            words = _("{rows} written to {folder}; every table is whole.").format(
                rows=rows, folder=made.folder
            )
        self._say(words, "text.primary")

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, UserError):
            self._tasks.failed.emit(error)
            return
        if error.code == "would_remove":
            self._sure = True
            self.restore.setText(_("Restore it anyway"))
        self._say(f"{error.message} {error.remedy}".strip())

    def _say(self, words: str, colour: str = "health.red.text") -> None:
        self.told.set_colour(colour)
        self.told.setText(words)
        self.told.show()

    def _begin(self, *, may_stop: bool) -> None:
        self._came_from = self.focusWidget()
        self.told.hide()
        self.progress.cancel.setVisible(may_stop)
        self.progress.show()
        self.progress.show_progress(0, 0)
        self._enable(False)

    def _end(self) -> None:
        self._task = None
        self.progress.hide()
        self._enable(True)
        if self._came_from is not None:
            self._came_from.setFocus()

    def _enable(self, able: bool) -> None:
        for button in (self.again, self.restore, self.export, self.other, self.fresh):
            button.setEnabled(able)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _vanish(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.hide()
        self.deleteLater()


def show_problem(
    window: MainWindow, path: str, error: UserError, ways: WaysOn, *, tasks: Tasks, clock: Clock
) -> OpeningProblem:
    """Put the choices where the pages would be."""
    for before in window.navigation.findChildren(OpeningProblem):
        before.hide()
        before.deleteLater()
    view = OpeningProblem(path, error, ways, tasks=tasks, clock=clock, parent=window.navigation)
    window.navigation.addWidget(view)
    window.navigation.setCurrentWidget(view)
    view.first_focus().setFocus()
    return view


def _title(path: str, code: str) -> str:
    name = os.path.basename(path)
    if code == "missing":
        return _("{name} is not where it was").format(name=name)
    if code in _WANTS_KEY:
        return _("{name} is locked").format(name=name)
    return _("{name} could not be opened").format(name=name)


def _remedy(error: UserError) -> str:
    if error.code == "missing":
        return _(
            "Look where it was moved to, restore a backup, or start a new one. Nothing was made in its place."
        )
    return error.remedy


def _row(column: QVBoxLayout, *parts: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(themes.current().px(8))
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    column.addWidget(holder)
    return holder


def _free(folder: str) -> str:
    """That folder, with a number behind where the name is taken."""
    number, free = 1, folder
    while os.path.lexists(free):
        number += 1
        free = f"{folder} {number}"
    return free


def _words(info: BackupInfo) -> str:
    at = info.at.astimezone()
    accounts = info.rows.get("account", 0)
    counted = ngettext("{n} account", "{n} accounts", accounts).format(n=f"{accounts:,}")
    return _("{date} {time}, {accounts}").format(
        date=wording.date(at.date()), time=at.strftime("%H:%M"), accounts=counted
    )
