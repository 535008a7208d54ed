"""Backups, restoring, and checking a portfolio."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import closing
from typing import TYPE_CHECKING

from cs_workbench.services.setting_values import BACKUPS_KEPT
from cs_workbench.store import backup as stored
from cs_workbench.store.backup import BackupInfo, Progress
from cs_workbench.store.check import CheckReport, Finding
from cs_workbench.store.restore import Restored
from cs_workbench.store.rotation import Policy
from cs_workbench.store.stopping import Stop, until

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.writer import Writer

__all__ = [
    "BackupInfo",
    "CheckReport",
    "Finding",
    "Policy",
    "Restored",
    "Stop",
    "backup",
    "check",
    "kept_policy",
    "list_backups",
    "mend_search",
    "restore",
]


def backup(
    wb: Workbench,
    *,
    now: dt.datetime,
    reason: str = "asked",
    policy: Policy | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> BackupInfo:
    """Make a verified backup beside the portfolio, then rotate the older ones. Reads only; writers go on.

    ``policy`` None keeps what the portfolio's settings say. ``progress`` hears (pages copied, pages in all). Soon after
    ``stop`` says so it ends with Cancelled, and no backup was added.
    Raises FileProblem on a full or protected disk, PortfolioProblem where the copy does not equal its source or the
    portfolio was moved, deleted or replaced since it was opened.
    """
    wb.database.check_place()
    return stored.make(
        wb.path,
        wb.database.raw_key,
        at=now,
        reason=reason,
        policy=policy or kept_policy(wb.setting(BACKUPS_KEPT)),
        progress=progress,
        stop=stop,
    )


def kept_policy(newest: object) -> Policy:
    """How many backups to keep where *newest* is the portfolio's setting; the usual number where it is none."""
    usual = Policy()
    return Policy(newest=newest) if isinstance(newest, int) and newest >= usual.minimum else usual


def list_backups(portfolio_path: str) -> list[BackupInfo]:
    """The verified backups of a portfolio, newest first; the portfolio itself need not exist any more."""
    return stored.listed(os.path.realpath(portfolio_path))


def restore(
    backup_path: str, portfolio_path: str, *, now: dt.datetime, key: str | None = None, yes: bool = False
) -> Restored:
    """Put a backup in the portfolio's place; the current file is backed up and kept aside. Close it first.

    Raises PortfolioProblem where the backup is no whole backup, another window writes the portfolio, or (code
    ``would_remove``) more than a tenth of the accounts or people would vanish and ``yes`` was not said.
    """
    from cs_workbench.store.restore import restore as put_back

    return put_back(backup_path, os.path.realpath(portfolio_path), at=now, passphrase=key, yes=yes)


def check(wb: Workbench, *, stop: Stop | None = None) -> CheckReport:
    """Look the portfolio over: structure, references, content; open for writing also journal and search.

    Soon after ``stop`` says so it ends with Cancelled. Raises PortfolioProblem where another window holds the writer's
    place and the portfolio was opened for writing.
    """
    from cs_workbench.store.check import check_reader, check_writer

    wb.database.check_place()

    def look(writer: Writer) -> list[Finding]:
        with until(writer.connection, stop):
            return check_writer(writer)

    with closing(wb.database.fresh_reader()) as connection, until(connection, stop):
        report = check_reader(connection, keyed=wb.database.raw_key is not None)
    if wb.database.read_only or not report.tables:
        return report
    return CheckReport((*report.findings, *wb.on_writer(look)), report.tables)


def mend_search(wb: Workbench) -> CheckReport:
    """Make the search index afresh from its tables, and check the portfolio again; no record is touched.

    Raises PortfolioProblem where another window holds the writer's place or the tables cannot be read, FileProblem
    on a full disk; then nothing has changed.
    """
    from cs_workbench.store import problems, search
    from cs_workbench.store.connection import DriverError

    try:
        wb.on_writer(lambda writer: search.mend(writer.connection))
    except DriverError as error:
        raise problems.from_driver(error, wb.path) or problems.damaged(wb.path, str(error)) from error
    return check(wb)
