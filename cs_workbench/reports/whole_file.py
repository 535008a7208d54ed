"""Writing a file whole or not at all: beside its place, to the disk, then renamed; readable by its owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_whole(path: str, content: bytes) -> None:
    """Put *content* into *path*, replacing what was there only once all of it is on the disk.

    Raises FileProblem where the folder is missing or locked, the disk is full, or the file is in use.
    """
    folder = os.path.dirname(os.path.abspath(path))
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
        _keep_name(folder)
    except (OSError, UnicodeEncodeError) as error:
        if beside:
            with contextlib.suppress(OSError):
                os.unlink(beside)
        raise _problem(error, path, folder) from error


def _keep_name(folder: str) -> None:
    """Flush the folder's entry too, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _problem(error: OSError | UnicodeEncodeError, path: str, folder: str) -> FileProblem:
    name = os.path.basename(path)
    unharmed = _("Nothing was written; an earlier file of that name is unchanged.")
    if isinstance(error, UnicodeEncodeError):  # a system whose file names are EUC or ASCII
        message, code = (
            _("This system's file names cannot hold the name {name}.").format(name=name),
            "bad_name",
        )
        remedy = _("Set the system to UTF-8 (for example LANG=ja_JP.UTF-8), then try again.")
    elif error.errno in _FULL:
        message, code = _("The disk is full: {name} could not be written.").format(name=name), "disk_full"
        remedy = _("Free some space or choose another folder, then try again.")
    elif error.errno in _CLOSED:
        message, code = (
            _("{name} could not be written: the folder or file is locked.").format(name=name),
            "locked",
        )
        remedy = _("Choose a folder you may write to, or close the file in the other program.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        message, code = _("The folder for {name} does not exist.").format(name=name), "no_folder"
        remedy = _("Create the folder or choose another one, then try again.")
    else:
        message, code = _("{name} could not be written.").format(name=name), "unwritable"
        remedy = _("Choose another folder, then try again.")
    return FileProblem(message, f"{unharmed} {remedy}", code=code, path=path, folder=folder)
