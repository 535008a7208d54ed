"""The portfolio that is open already, opened once more by the same window; and what to begin with in one opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.opening import Opened
    from cs_workbench.ui.opening_reception import Shell


def is_here(shell: Shell, found: Opened | None, path: str) -> bool:
    """Whether that portfolio is the one open now: a second look would only find it taken, by this very window."""
    here = shell.workbench
    if here is None or here.path != os.path.realpath(path):
        return False
    if found is None:  # the welcome stands before it, which needs no portfolio
        shell.leave_portfolio()
        return False
    return found.workbench is here and here.database.in_place


def attach_again(shell: Shell, workbench: Workbench) -> None:
    """Show *workbench*; where it is the file shown so far, only once that was closed and with locks of its own."""
    before = shell.workbench
    if before is not None and before.path == workbench.path:
        shell.leave_portfolio()
        workbench.database.renew()
    shell.attach(workbench)


def go_on(window: MainWindow, with_: str, files: tuple[str, ...]) -> None:
    """Do what was to be begun in the portfolio that is open now."""
    if with_ == "today" or (not with_ and window.navigation.page_id == "first_run"):
        window.go("today")
    elif with_ in ("accounts", "import"):
        window.go("accounts")
        if with_ == "accounts":
            window.act("new_row")
        else:
            window.open_dialog("import_files", paths=list(files))
