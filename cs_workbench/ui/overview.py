"""What the frame around the pages shows: counts and views in the rail, the newest backup, what Undo would undo."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.ui.loading import found
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.rail import View

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow

COUNT_THEMSELVES = frozenset(("today",))
"""Pages that tell their count whenever they are filled: while one is shown, its board is not read a second time."""
PATIENCE = 1_500
"""ms the frame waits for pages to finish their reading before it reads beside them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Counts by page, accounts in all, views, instants of the last save and verified backup, names of the steps."""

    counts: dict[str, int]
    accounts: int
    views: tuple[View, ...]
    saved: dt.datetime | None
    backup: dt.datetime | None
    undo: str
    redo: str


class Lookout(QObject):
    """Keeps the frame of one window current: once the first page is filled, after each change, on a new day.

    Pages read first; the frame looks when no work is left, or after ``PATIENCE``.
    """

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._due = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._look)
        desk.tasks.idle.connect(self._on_idle)
        desk.bus.changed.connect(self.look)
        desk.views_changed.connect(self.look)
        desk.day_changed.connect(self.look)
        self.look()

    @Slot()
    def look(self, _why: object = None) -> None:
        """Look as soon as nobody else is reading."""
        self._due = True
        self._patience.start()
        if not self._desk.tasks.busy:
            QTimer.singleShot(0, self, self._on_idle)

    def close(self) -> None:
        """Look no more: another portfolio or another window follows."""
        self._due = False
        self._patience.stop()
        self._desk.tasks.idle.disconnect(self._on_idle)
        for signal in (self._desk.bus.changed, self._desk.views_changed, self._desk.day_changed):
            signal.disconnect(self.look)
        self.deleteLater()

    @Slot()
    def _on_idle(self) -> None:
        if self._due and not self._desk.tasks.busy:
            self._look()

    @Slot()
    def _look(self) -> None:
        self._due = False
        self._patience.stop()
        workbench, today, here = self._desk.workbench, self._desk.today(), self._window.navigation.page_id
        self._desk.tasks.run(lambda: read(workbench, today, here), done=self._on_seen, latest=id(self))

    @Slot(object)
    def _on_seen(self, seen: Seen) -> None:
        show(seen, self._window, self._desk.today())


def read(workbench: Workbench, today: dt.date, here: str = "") -> Seen:
    """Read it all, on a pool thread. The page shown, *here*, counts itself where it reads all of that anyway."""
    from cs_workbench.services import account_list, account_views, backups

    accounts = account_list.count(workbench.reads, today)
    counts = {"accounts": accounts} | _counts(workbench, today, here)
    views = tuple(View(*one) for one in account_views.rail(workbench.reads, today)) if accounts else ()
    steps = workbench.history()
    newest = max((one.at for one in backups.list_backups(workbench.path)), default=None)
    undo = next((step.name for step in steps if step.side == "undo"), "")
    redo = next((step.name for step in steps if step.side == "redo"), "")
    return Seen(counts, accounts, views, last_saved(workbench.path), newest, undo, redo)


def last_saved(path: str) -> dt.datetime | None:
    """When the file (or its log) was written last; None where it cannot be seen."""
    times = [os.path.getmtime(file) for file in (path, path + "-wal") if os.path.exists(file)]
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None


def show(seen: Seen, window: MainWindow, today: dt.date) -> None:
    """Put it where it belongs."""
    for page, number in seen.counts.items():
        window.rail.set_count(page, number)
    window.rail.set_views(seen.views)
    if seen.saved is not None and not window.says_unsaved:
        window.status.set_saved(seen.saved.astimezone())
    window.status.set_accounts(seen.accounts)
    window.status.set_backup(None if seen.backup is None else seen.backup.astimezone(), today)
    window.commands.name("undo", _("Undo {step}").format(step=seen.undo) if seen.undo else "")
    window.commands.name("redo", _("Redo {step}").format(step=seen.redo) if seen.redo else "")


def _counts(workbench: Workbench, today: dt.date, here: str) -> dict[str, int]:
    """What each page counts; one that cannot (its own rules are at fault and it says so itself) shows none."""
    numbers = {}
    for page in PAGES:
        counting = found(page.count) if page.count and page.id not in COUNT_THEMSELVES & {here} else None
        if counting is None:
            continue
        try:
            numbers[page.id] = int(counting(workbench.reads, today))
        except UserError:
            continue
    return numbers
