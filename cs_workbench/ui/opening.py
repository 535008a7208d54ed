"""Opening a portfolio on a pool thread: what was opened, whether it can be written, and what to say about it."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, NamedTuple

from cs_workbench.errors import UserError
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

_READ_ONLY = frozenset(("locked", "linked", "no_permission", "write_protected", "disk_full", "unreadable"))
"""Why the writer's place may be out of reach while everything can be read."""


class Opened(NamedTuple):
    """A portfolio that was opened. ``reading`` says why only for reading (None: it can be written).

    ``place`` is what copies its folder elsewhere ("" for nothing, see services.places); ``unused`` that nothing was
    ever entered.
    """

    workbench: Workbench
    reading: UserError | None = None
    sample: bool = False
    unused: bool = False
    place: str = ""


def is_known(path: str) -> bool:
    """Whether a portfolio lay at *path* once: it was opened here, or its backups or key are still there."""
    from cs_workbench import paths
    from cs_workbench.ui import session

    path = os.path.realpath(path)
    beside = (paths.backups_dir(path), path + ".key")
    return path in session.known() or any(os.path.exists(one) for one in beside)


def opened(path: str, key: str | None, now: dt.datetime, language: str) -> Opened:
    """The portfolio at *path*, made with the default lists where there was never one; for a pool thread.

    Where it cannot be written it is opened for reading. Raises FileProblem and PortfolioProblem.
    """
    from cs_workbench.services import spare_drafts
    from cs_workbench.services.workbench import Workbench

    if not os.path.exists(path) and not is_known(path):
        made(path, now, language)
    workbench = Workbench.open(path, key=key)
    reading: UserError | None = None
    try:
        workbench.claim()
        spare_drafts.take_in(workbench)
    except UserError as problem:
        workbench.close()
        if problem.code not in _READ_ONLY:
            raise
        reading = problem
        workbench = Workbench.open(path, key=key, read_only=True)
    _clear_left_over(workbench.path, now)
    return _looked_at(workbench, reading)


def _clear_left_over(path: str, now: dt.datetime) -> None:
    from cs_workbench.services import portfolio_files

    portfolio_files.clear_left_over(path, now=now)


def made(path: str, now: dt.datetime, language: str) -> str:
    """Make an empty portfolio at *path* in *language* and the machine's time zone; returns the path."""
    from cs_workbench import paths
    from cs_workbench.errors import FileProblem
    from cs_workbench.services import portfolios

    try:
        paths.make_private_dir(os.path.dirname(os.path.abspath(path)))
    except OSError as error:
        raise FileProblem(
            _("{path} cannot be made: {reason}.").format(path=path, reason=error.strerror or str(error)),
            _("Nothing was changed. Choose a folder you may write to."),
            code="no_permission",
            path=path,
        ) from error
    portfolios.create(path, now=now, language=language, time_zone=portfolios.local_zone()).close()
    return path


def _looked_at(workbench: Workbench, reading: UserError | None) -> Opened:
    from cs_workbench.services import places, portfolio_files

    ready = False
    try:
        found = Opened(
            workbench,
            reading,
            sample=portfolio_files.is_sample(workbench.reads),
            unused=portfolio_files.is_unused(workbench.reads),
            place=places.shared_place(workbench.path),
        )
        ready = True
    finally:
        if not ready:
            workbench.close()
    return found
