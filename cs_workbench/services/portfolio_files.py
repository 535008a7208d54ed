"""Portfolio files as wholes: making the sample, copying, going on in a copy, putting the sample away."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import tempfile
from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple

from cs_workbench import paths
from cs_workbench.i18n import _
from cs_workbench.store import files, problems

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

SAMPLE_MARK = "sample"
"""The setting that says: this portfolio is the sample. Here, since every start asks for it and the sample is large."""

_SAMPLE_NAMES = {"en": "Sample", "ja": "サンプル"}
_PUT_AWAY = re.compile(r"\.removed-[a-z0-9_]{8}")
_LEFT_OVER = re.compile(r"(copy|new)\.csw(-wal|-shm|-journal|\.key|\.lock|\.part)?")
_KILLED = 3600.0
_BESIDE = ("", ".key", ".lock", ".typed", ".typed-journal", "-journal", "-wal", "-shm", "-backups")


class PutAway(NamedTuple):
    """A portfolio taken out of its place: where it was, and the folder that holds it until it is deleted."""

    path: str
    folder: str


def sample_path(language: str) -> str:
    """Where the sample portfolio in *language* lies; it need not exist."""
    name = _SAMPLE_NAMES.get(language, _SAMPLE_NAMES["en"])
    return os.path.join(paths.data_dir(), name + paths.PORTFOLIO_SUFFIX)


def is_sample(reads: Reads) -> bool:
    """Whether this portfolio was made as the sample."""
    from cs_workbench.store.queries.settings import setting

    return bool(setting(reads, SAMPLE_MARK, False))


def is_unused(reads: Reads) -> bool:
    """Whether nothing was ever entered: no account, and no step that could be undone or redone."""
    from cs_workbench.store.queries.account_list import has_accounts

    if has_accounts(reads):
        return False
    from cs_workbench.store.history import steps

    return not steps(reads)


def make_sample(
    path: str, *, now: dt.datetime, today: dt.date, language: str, time_zone: str = "UTC"
) -> Generator[tuple[int, int, str], None, str]:
    """Make the sample portfolio at *path*, scored for a year of month ends and today, and return its path.

    Yields (done, total, what). Closed before its end it leaves nothing. Raises FileProblem where something lies at
    *path* or it cannot be written.
    """
    from cs_workbench.services import portfolios, sample

    path = os.path.abspath(path)
    if os.path.lexists(path):
        raise problems.exists(path)
    workshop = ""
    try:
        folder = files.make_private_folder(os.path.dirname(path))
        workshop = tempfile.mkdtemp(prefix=".sample-", dir=folder)
        temporary = os.path.join(workshop, "new.csw")
        with portfolios.create(temporary, now=now, language=language, time_zone=time_zone) as wb:
            scorings, customers = len(sample.scored_days(today)), 0
            for done, customers in sample.steps(wb, today=today, language=language):
                yield done, customers + scorings, _("Inventing customers")
            for done, _days in sample.score_steps(wb, today=today, now=now):
                yield customers + done, customers + scorings, _("Computing health")
        files.sync(temporary)
        files.put_in_place(temporary, path)
    except FileExistsError:
        raise problems.exists(path) from None
    except OSError as error:
        raise problems.unreadable(path, error) from error
    finally:
        if workshop:
            shutil.rmtree(workshop, ignore_errors=True)
    return path


def duplicate(wb: Workbench, path: str) -> str:
    """Copy the open portfolio to *path*, whole and verified, while it stays open; returns the path.

    Raises FileProblem where something lies there already or it cannot be written, PortfolioProblem where the copy
    does not equal its source; then nothing is left there.
    """
    from cs_workbench.store.copy import copy_to

    path = os.path.abspath(path)
    copy_to(wb.database, path)
    return path


def save_as(wb: Workbench, path: str) -> str:
    """As ``duplicate``, and *wb* goes on in the copy: whoever holds it reads and writes there from now on.

    No change can come between the copy and the move.
    """
    with wb.held():
        duplicate(wb, path)
        wb.continue_in(os.path.abspath(path))
    return wb.path


def put_away(path: str) -> PutAway:
    """Take the closed portfolio at *path* with its key and backups out of the way; ``bring_back`` undoes it.

    Raises FileProblem where the folder cannot be changed.
    """
    try:
        folder = tempfile.mkdtemp(prefix=".removed-", dir=os.path.dirname(path))
        for suffix in _BESIDE:
            if os.path.lexists(path + suffix):
                os.rename(path + suffix, os.path.join(folder, os.path.basename(path) + suffix))
    except OSError as error:
        raise problems.unreadable(path, error) from error
    return PutAway(path, folder)


def bring_back(away: PutAway) -> str:
    """Put what ``put_away`` took back in its place. Raises FileProblem where something lies there by now."""
    if os.path.lexists(away.path):
        raise problems.exists(away.path)
    try:
        for name in os.listdir(away.folder):
            os.rename(os.path.join(away.folder, name), os.path.join(os.path.dirname(away.path), name))
        os.rmdir(away.folder)
    except OSError as error:
        raise problems.unreadable(away.path, error) from error
    return away.path


def clear_left_over(path: str, *, now: dt.datetime) -> None:
    """Delete what making a sample or a copy left beside the portfolio at *path* when it was killed an hour ago or
    earlier: a copy holds everything the portfolio holds.
    """
    for folder in {os.path.dirname(os.path.realpath(path)), paths.data_dir()}:
        for prefix in (".sample-", ".copy-"):
            with contextlib.suppress(OSError):
                files.clear_workshops(folder, prefix, _LEFT_OVER, at=now.timestamp(), after=_KILLED)


def delete_put_away() -> None:
    """Delete for good the samples that were put away; what cannot be deleted stays where it is."""
    ours = tuple(name + paths.PORTFOLIO_SUFFIX for name in _SAMPLE_NAMES.values())
    home = paths.data_dir()
    try:
        folders = [os.path.join(home, name) for name in os.listdir(home) if _PUT_AWAY.fullmatch(name)]
        for folder in folders:
            if not os.path.islink(folder) and all(name.startswith(ours) for name in os.listdir(folder)):
                shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return
