"""What can be wrong with a portfolio file, in words, each with its next step."""

from __future__ import annotations

import errno
import os

from cs_workbench import paths
from cs_workbench.errors import FileProblem, PortfolioProblem, UserError

_SHARED_FILE = 64 * 1024
_NAMED = 3
_NAMELESS = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "database is locked": "SQLITE_BUSY",
}
"""Errors the driver raises without their name (its backup function does)."""
_HOLLOW = "vtable constructor failed"
"""What the driver says of a search index whose inner tables are gone."""


def _(message: str) -> str:
    """Translate when something is wrong, and only then import what translating needs (4 ms of every start)."""
    from cs_workbench.i18n import _ as translate

    return translate(message)


def _backups(path: str) -> str:
    folder = paths.backups_dir(path)
    if os.path.isdir(folder):
        return _("The file was left as it is. Your backups are in {folder}: restore the newest.").format(
            folder=folder
        )
    return _("The file was left as it is. If you have a backup, restore it.")


def missing(path: str) -> UserError:
    """No file at *path*."""
    if os.path.isdir(paths.backups_dir(path)):
        remedy = _(
            "Its backups are still in {folder}: restore the newest, or look where the file was moved to."
        )
        remedy = remedy.format(folder=paths.backups_dir(path))
    else:
        remedy = _("Check the name, or make a new portfolio with 'cs-workbench init'.")
    return FileProblem(
        _("There is no portfolio at {path}.").format(path=path), remedy, code="missing", path=path
    )


def exists(path: str) -> UserError:
    """A new portfolio was asked for where a file lies already."""
    return FileProblem(
        _("A file already exists at {path}.").format(path=path),
        _("It was left as it is. Choose another name, or open it."),
        code="exists",
        path=path,
    )


def empty(path: str) -> UserError:
    """A file of no bytes."""
    message = _("{path} is empty (0 bytes): it holds no portfolio.").format(path=path)
    return PortfolioProblem(message, _backups(path), code="empty", path=path)


def truncated(path: str, expected: int, size: int) -> UserError:
    """A file that ends before its own page count."""
    message = _("{path} is cut off: {size} of {expected} bytes are there.")
    message = message.format(path=path, size=f"{size:,}", expected=f"{expected:,}")
    return PortfolioProblem(message, _backups(path), code="truncated", path=path)


def foreign_file(path: str, kind: str) -> UserError:
    """A file of another format."""
    if kind == "folder":
        message = _("{path} is a folder, not a portfolio.").format(path=path)
    elif kind:
        message = _("{path} is not a portfolio: it is a {kind} file.").format(path=path, kind=kind)
    else:
        message = _("{path} is not a portfolio, or it is damaged from its first bytes on.").format(path=path)
    return PortfolioProblem(message, _backups(path), code="not_a_portfolio", path=path)


def other_program(path: str) -> UserError:
    """An SQLite database that another program made."""
    message = _("{path} is a database of another program, not a portfolio.").format(path=path)
    return PortfolioProblem(message, _backups(path), code="other_program", path=path)


def foreign_schema(path: str) -> UserError:
    """A portfolio that carries triggers, views or tables which this program never writes."""
    message = _("{path} contains parts that CS Workbench never writes; it was not opened.").format(path=path)
    return PortfolioProblem(message, _backups(path), code="foreign_schema", path=path)


def newer(path: str, version: int) -> UserError:
    """A portfolio written by a newer version."""
    return PortfolioProblem(
        _("{path} was written by a newer version of CS Workbench (format {version}).").format(
            path=path, version=version
        ),
        _("The file was left as it is. Update CS Workbench, or restore a backup made by this version."),
        code="newer",
        path=path,
        version=version,
    )


def older(path: str) -> UserError:
    """A portfolio of an older format, opened for reading only."""
    return PortfolioProblem(
        _("{path} has an older format and was opened for reading only.").format(path=path),
        _("Open it once for writing: it is backed up and brought up to date."),
        code="older",
        path=path,
    )


def encrypted(path: str) -> UserError:
    """An encrypted portfolio, and no passphrase."""
    return PortfolioProblem(
        _("{path} is encrypted, or damaged from its first bytes on.").format(path=path),
        _("The file was left as it is. Open it with its passphrase."),
        code="encrypted",
        path=path,
    )


def not_encrypted(path: str) -> UserError:
    """A passphrase was given for a plain portfolio."""
    return PortfolioProblem(
        _("{path} is not encrypted, but a passphrase was given.").format(path=path),
        _("Open it without a passphrase."),
        code="not_encrypted",
        path=path,
    )


def wrong_key(path: str) -> UserError:
    """The passphrase does not fit."""
    return PortfolioProblem(
        _("The passphrase does not open {path}.").format(path=path),
        _("The file was left as it is. Try again: capitals and the keyboard layout matter."),
        code="wrong_key",
        path=path,
    )


def wrong_key_or_damaged(path: str) -> UserError:
    """The passphrase does not fit or the file is damaged: without its key file nobody can tell."""
    return PortfolioProblem(
        _("{path} cannot be read with this passphrase, and its key file ({key}) is missing.").format(
            path=path, key=os.path.basename(path) + ".key"
        ),
        _(
            "The file was left as it is. Check the passphrase; if it is right, the file is damaged: restore a backup."
        ),
        code="wrong_key_or_damaged",
        path=path,
    )


def damaged(path: str, detail: str) -> UserError:
    """SQLite found the file's insides broken."""
    message = _("{path} is damaged ({detail}).").format(path=path, detail=detail)
    return PortfolioProblem(message, _backups(path), code="damaged", path=path)


def misfit(path: str, tables: list[str]) -> UserError:
    """Marked as a portfolio of this version, but its tables are not those of one."""
    named = _(", ").join(tables[:_NAMED])
    message = _("{path} does not hold what a portfolio holds (missing or different: {tables}).")
    message = message.format(path=path, tables=named + (" …" if len(tables) > _NAMED else ""))
    return PortfolioProblem(message, _backups(path), code="damaged", path=path, tables=tables)


def locked(path: str) -> UserError:
    """Another window or command is writing."""
    return PortfolioProblem(
        _("{path} is being changed by another window or command.").format(path=path),
        _("Nothing was changed here. Reading still works; close the other one to make changes."),
        code="locked",
        path=path,
    )


def linked(path: str) -> UserError:
    """The file has a second name, under which another program could write at the same time."""
    return PortfolioProblem(
        _("{path} has a second name (a hard link), under which it could be changed at the same time.").format(
            path=path
        ),
        _("Nothing was changed. Work in a copy, or delete the other name."),
        code="linked",
        path=path,
    )


def for_reading(path: str) -> UserError:
    """A change was asked of a portfolio that was opened for reading."""
    return PortfolioProblem(
        _("{path} was opened for reading only.").format(path=path),
        _("Nothing was changed. Open it for writing to make changes."),
        code="read_only",
        path=path,
    )


def moved(path: str) -> UserError:
    """The file was deleted, moved or replaced while it was open."""
    return PortfolioProblem(
        _("{path} was moved, deleted or replaced while it was open.").format(path=path),
        _("Nothing was changed. Put the file back, or close the portfolio and open it again."),
        code="moved",
        path=path,
    )


def unreadable(path: str, error: OSError) -> UserError:
    """The system refuses a file; tells a full disk, a locked folder and the rest apart."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return disk_full(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return FileProblem(
            _("{path} may not be opened or written here.").format(path=path),
            _(
                "Nothing was changed. Check the permissions of the file and its folder, or choose another place."
            ),
            code="no_permission",
            path=path,
        )
    message = _("{path} cannot be opened: {reason}.").format(path=path, reason=error.strerror or str(error))
    return FileProblem(message, _("Nothing was changed."), code="unreadable", path=path)


def disk_full(path: str) -> UserError:
    """No space left, or a size limit reached."""
    return FileProblem(
        _("The disk is full: {path} could not be written.").format(path=path),
        _("Nothing was changed and nothing was lost. Free some space and try again."),
        code="disk_full",
        path=path,
    )


def write_protected(path: str) -> UserError:
    """SQLite may not write the file or its folder."""
    return FileProblem(
        _("{path} or its folder is write-protected.").format(path=path),
        _(
            "Nothing was changed. Reading still works; make the folder writable, or copy the portfolio elsewhere."
        ),
        code="write_protected",
        path=path,
    )


def device(path: str, detail: str) -> UserError:
    """The device failed while reading or writing."""
    return FileProblem(
        _("The disk or network drive failed while {path} was used ({detail}).").format(
            path=path, detail=detail
        ),
        _("The change was not saved. Check the drive, then try again."),
        code="device",
        path=path,
    )


def from_driver(error: BaseException, path: str) -> UserError | None:
    """The told form of a driver's error, or None where the error is a bug of ours."""
    detail = str(error)
    name = getattr(error, "sqlite_errorname", None) or _NAMELESS.get(detail, "")
    if name.startswith("SQLITE_FULL"):
        return disk_full(path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return write_protected(path)
    if name.startswith("SQLITE_IOERR"):
        return disk_full(path) if _without_room(path) else device(path, detail)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or detail.startswith(_HOLLOW):
        return damaged(path, detail)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return locked(path)
    return None


def _without_room(path: str) -> bool:
    """Whether SQLite cannot even make the file its readers share: on a full disk it calls that an I/O error."""
    import shutil

    try:
        return shutil.disk_usage(os.path.dirname(path) or ".").free < _SHARED_FILE
    except OSError:
        return False
