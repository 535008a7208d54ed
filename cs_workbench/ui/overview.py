"""What the frame around the pages shows: counts in the rail, the newest backup, what Undo would undo."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.i18n import _
from cs_workbench.ui.loading import found
from cs_workbench.ui.pages import PAGES

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Seen:
    """Counts by page, accounts in all, instants of the last save and verified backup, names of the steps."""

    counts: dict[str, int]
    accounts: int
    saved: dt.datetime | None
    backup: dt.datetime | None
    undo: str
    redo: str


def read(workbench: Workbench, today: dt.date) -> Seen:
    """Read it all, on a pool thread."""
    from cs_workbench.services import account_list, backups

    accounts = len(account_list.rows(workbench.reads, today.isoformat()))
    counts = {"accounts": accounts}
    for page in PAGES:
        counting = found(page.count) if page.count else None
        if counting is not None:
            counts[page.id] = int(counting(workbench.reads, today))
    steps = workbench.history()
    newest = max((one.at for one in backups.list_backups(workbench.path)), default=None)
    undo = next((step.name for step in steps if step.side == "undo"), "")
    redo = next((step.name for step in steps if step.side == "redo"), "")
    return Seen(counts, accounts, last_saved(workbench.path), newest, undo, redo)


def last_saved(path: str) -> dt.datetime | None:
    """When the file (or its log) was written last; None where it cannot be seen."""
    times = [os.path.getmtime(file) for file in (path, path + "-wal") if os.path.exists(file)]
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None


def show(seen: Seen, window: MainWindow, today: dt.date) -> None:
    """Put it where it belongs."""
    for page, number in seen.counts.items():
        window.rail.set_count(page, number)
    if seen.saved is not None:
        window.status.set_saved(seen.saved.astimezone())
    window.status.set_accounts(seen.accounts)
    window.status.set_backup(None if seen.backup is None else seen.backup.astimezone(), today)
    window.commands.name("undo", _("Undo {step}").format(step=seen.undo) if seen.undo else "")
    window.commands.name("redo", _("Redo {step}").format(step=seen.redo) if seen.redo else "")
