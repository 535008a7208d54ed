"""What a file really is, by its first bytes; a suffix only helps to word the message."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _, mark

_HEAD = 4096
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", mark("a PDF document")),
    (b"\x89PNG", mark("a picture")),
    (b"\xff\xd8\xff", mark("a picture")),
    (b"GIF8", mark("a picture")),
    (b"SQLite format 3\x00", mark("a database")),
    (b"\x1f\x8b", mark("a compressed archive")),
    (b"7z\xbc\xaf\x27\x1c", mark("a compressed archive")),
    (b"Rar!", mark("a compressed archive")),
    (b"{\\rtf", mark("a rich text document")),
    (b"\x7fELF", mark("a program")),
    (b"MZ\x90", mark("a program")),
)
_MARKUP = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", mark("an Excel 2003 XML file")),
    (b"<html", mark("a web page")),
    (b"<!doctype html", mark("a web page")),
    (b"<table", mark("a web page")),
    (b"<?xml", mark("an XML file")),
)


def recognise(path: str) -> str:
    """What the file at *path* is: "text", "zip" (XLSX, XLSM, XLSB, ODS) or "ole" (XLS).

    Raises FileProblem when it is missing, a folder, a pipe or device, locked, empty or plainly something else.
    """
    file = Path(path)
    head = read_whole(path, _HEAD)
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FileProblem(
            _("“{name}” is empty.").format(name=file.name),
            _("Export it again and check that it holds rows."),
            code="file_empty",
            path=path,
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    _refuse_foreign(file, head)
    return "text"


def read_whole(path: str, most: int) -> bytes:
    """The first *most* bytes of a file a person named. Raises FileProblem as ``recognise`` does, and never waits
    for a pipe, even one put in the file's place a moment ago.
    """
    file = Path(path)
    try:
        _refuse_special(file, file.stat().st_mode)  # before it is opened: a pipe would be waited for
        with os.fdopen(os.open(file, _AT_ONCE), "rb") as stream:
            _refuse_special(file, os.fstat(stream.fileno()).st_mode)
            return stream.read(most)
    except FileNotFoundError as error:
        raise FileProblem(
            _("There is no file “{path}”.").format(path=file),
            _("Check the name and the folder."),
            code="file_missing",
            path=str(file),
        ) from error
    except (OSError, ValueError) as error:
        raise FileProblem(
            _("“{name}” cannot be read: {reason}.").format(
                name=file.name, reason=getattr(error, "strerror", None) or error
            ),
            _("Close it in other programs and check that you may read it."),
            code="file_unreadable",
            path=str(file),
        ) from error


def _refuse_special(file: Path, mode: int) -> None:
    """Folders, pipes and devices hold no rows; reading some of them never ends."""
    if stat.S_ISREG(mode):
        return
    folder = stat.S_ISDIR(mode)
    message = (
        _("“{name}” is a folder, not a file.") if folder else _("“{name}” is no file but a pipe or device.")
    )
    remedy = (
        _("Choose the files inside it.") if folder else _("Save what it holds to a file and choose that.")
    )
    raise FileProblem(message.format(name=file.name or file), remedy, code="file_type", path=str(file))


def _refuse_foreign(file: Path, head: bytes) -> None:
    kind = next((kind for magic, kind in _FOREIGN if head.startswith(magic)), "")
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if not kind and start.startswith(b"<"):
        lowered = head.lower()
        kind = next((kind for mark_, kind in _MARKUP if mark_ in lowered), "")
    if not kind:
        return
    raise FileProblem(
        _("“{name}” is {kind}, whatever its name says; it cannot be read as a table.").format(
            name=file.name, kind=_(kind)
        ),
        _("Open it in Excel or LibreOffice and save it as .xlsx or .csv."),
        code="file_type",
        path=str(file),
    )
