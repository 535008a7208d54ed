"""What a portfolio file looks like from outside, read before SQLite may touch it."""

from __future__ import annotations

import os
import stat

from cs_workbench.store.late import Late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cs_workbench.store import problems
else:
    problems = Late("cs_workbench.store.problems")


APPLICATION_ID = 0x43535742  # "CSWB"
SCHEMA_VERSION = 3
PAGE_SIZE = 4096
HEADER_SIZE = 100
MAGIC = b"SQLite format 3\x00"

_KNOWN_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP/XLSX/DOCX"),
    (b"\xd0\xcf\x11\xe0", "XLS/MSG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"\xef\xbb\xbf", "text"),
)


def inspect(path: str, *, has_key: bool, keyed: bool) -> None:
    """Look at the first bytes of *path* and refuse whatever is not a whole portfolio this program can read.

    ``has_key`` says that a passphrase was given, ``keyed`` that a key file lies beside the portfolio. The file is
    only read. Raises FileProblem (missing, unreadable) and PortfolioProblem (everything else).
    """
    header, size = _read(path)
    if size == 0:
        raise problems.empty(path)
    if not header.startswith(MAGIC):
        _inspect_keyed(path, header, size, has_key=has_key, keyed=keyed)
        return
    if has_key:
        raise problems.not_encrypted(path)
    if size < HEADER_SIZE:
        raise problems.truncated(path, PAGE_SIZE, size)
    check_marks(path, _number(header, 68), _number(header, 60))
    _inspect_length(path, header, size)


def check_marks(path: str, application_id: int, user_version: int) -> None:
    """Refuse a database of another program, or of a newer version of this one (PortfolioProblem)."""
    if application_id != APPLICATION_ID:
        raise problems.other_program(path)
    if user_version > SCHEMA_VERSION:
        raise problems.newer(path, user_version)


def file_version(path: str) -> int:
    """The schema version a plain (not encrypted) portfolio file claims in its header."""
    return _number(_read(path)[0], 60)


def is_plain(path: str) -> bool:
    """Whether *path* starts like an SQLite file that is not encrypted."""
    return _read(path)[0].startswith(MAGIC)


def has_log(path: str) -> bool:
    """Whether a write-ahead log with content lies beside *path*: its newest pages are there."""
    try:
        return os.stat(path + "-wal").st_size > 0
    except OSError:
        return False


def has_other_names(path: str) -> bool:
    """Whether the file has a second name (hard link): lock and log go by the name, so that two could write at once."""
    try:
        return os.stat(path).st_nlink > 1
    except OSError:
        return False


def _read(path: str) -> tuple[bytes, int]:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):
            raise problems.foreign_file(path, "")  # opening a pipe would wait for ever
        with open(path, "rb") as file:
            return file.read(HEADER_SIZE), os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise problems.missing(path) from None
    except IsADirectoryError:
        raise problems.foreign_file(path, "folder") from None
    except OSError as error:
        raise problems.unreadable(path, error) from error


def _inspect_keyed(path: str, header: bytes, size: int, *, has_key: bool, keyed: bool) -> None:
    for start, kind in _KNOWN_STARTS:
        if header.startswith(start):
            raise problems.foreign_file(path, kind)
    if not keyed and not has_key:
        looks_encrypted = size % PAGE_SIZE == 0 and len(set(header)) > HEADER_SIZE // 2
        raise problems.encrypted(path) if looks_encrypted else problems.foreign_file(path, "")
    if size % PAGE_SIZE:
        raise problems.truncated(path, size - size % PAGE_SIZE + PAGE_SIZE, size)
    if not has_key:
        raise problems.encrypted(path)


def _inspect_length(path: str, header: bytes, size: int) -> None:
    """A file shorter than its own page count is cut off, unless its log still holds the missing pages."""
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    counted = header[24:28] == header[92:96]
    expected = page * _number(header, 28)
    if counted and size < expected and not has_log(path):
        raise problems.truncated(path, expected, size)


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")
