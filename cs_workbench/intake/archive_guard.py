"""Zipped workbooks are inflated once, counted, before any parser sees them: bombs and DOCTYPEs stop here."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

MAX_RATIO = 100
MAX_INFLATED = 256 << 20
MAX_ENTRIES = 2_000
_FREE = 1 << 20
_CHUNK = 1 << 18
_LOCAL = struct.Struct("<4s22xHH")
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_OVERLAP = 32

Watch = Callable[[str], Callable[[bytes], None] | None]


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that passed: the names of its parts and how many bytes they really inflate to."""

    names: tuple[str, ...]
    inflated: int


def inspect(path: str, watch: Watch | None = None) -> Archive:
    """Inflate every part of the zip at *path*, counting real bytes, and let *watch* see those it wants.

    Raises FileProblem: damaged, encrypted, more than 2,000 entries, above 256 MB or 100:1 (beyond the first
    MB), overlapping or doubled entries, an unknown compression, or a part with a document type.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error) as error:
        raise damaged(path) from error
    _check_entries(path, entries)
    count = _Count(path)
    with Path(path).open("rb") as stream:
        for entry in entries:
            _inflate(stream, entry, watch(entry.filename) if watch else None, count, path)
    return Archive(tuple(entry.filename for entry in entries), count.total)


def damaged(path: str) -> FileProblem:
    """The problem of a workbook whose bytes do not hold together."""
    return FileProblem(
        _("“{name}” is damaged or cut off; it cannot be opened as a workbook.").format(name=Path(path).name),
        _("Open it in Excel or LibreOffice, save it again, or export it as CSV."),
        code="file_damaged",
        path=path,
    )


def protected(path: str) -> FileProblem:
    """The problem of a workbook that needs a password."""
    return FileProblem(
        _("“{name}” is protected with a password.").format(name=Path(path).name),
        _("Open it with the password, save a copy without one, and import the copy."),
        code="file_password",
        path=path,
    )


def bomb(path: str) -> FileProblem:
    """The problem of a file that would grow out of all proportion."""
    return FileProblem(
        _("“{name}” unpacks to far more than its size allows; it was not opened.").format(
            name=Path(path).name
        ),
        _("If you trust it, open it in Excel and save only the sheet you need as CSV."),
        code="file_bomb",
        path=path,
    )


def _check_entries(path: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise bomb(path)
    if any(entry.flag_bits & 1 for entry in entries):
        raise protected(path)
    if len({entry.filename for entry in entries}) != len(entries):
        raise damaged(path)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise damaged(path)
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    for before, after in pairwise(placed):
        if before.header_offset + _LOCAL.size + before.compress_size > after.header_offset:
            raise bomb(path)


class _Count:
    """The bytes inflated so far, held against what the packed size allows."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._most = min(MAX_INFLATED, max(_FREE, Path(path).stat().st_size * MAX_RATIO))
        self.total = 0

    def add(self, size: int) -> None:
        self.total += size
        if self.total > self._most:
            raise bomb(self._path)


def _inflate(
    stream: IO[bytes], entry: zipfile.ZipInfo, seen: Callable[[bytes], None] | None, count: _Count, path: str
) -> None:
    """Inflate *entry* piece by piece; stops as soon as a limit is passed or a DOCTYPE shows."""
    tail = b""
    markup = entry.filename.lower().endswith((".xml", ".rels", ".vml", ".rdf"))
    try:
        for piece in _pieces(stream, entry):
            count.add(len(piece))
            if markup:
                joined = tail + piece
                if any(mark in joined for mark in _DOCTYPES):
                    raise _doctype(path)
                tail = joined[-_OVERLAP:]
            if seen:
                seen(piece)
    except (zlib.error, struct.error, OSError) as error:
        raise damaged(path) from error


def _pieces(stream: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry really inflates to, whatever its header says."""
    stream.seek(entry.header_offset)
    magic, name_size, extra_size = _LOCAL.unpack(stream.read(_LOCAL.size))
    if magic != b"PK\x03\x04":
        raise zlib.error("no local header")
    stream.seek(name_size + extra_size, 1)
    left = entry.compress_size
    inflater = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        block = stream.read(min(_CHUNK, left))
        if not block:
            raise zlib.error("cut off")
        left -= len(block)
        if inflater is None:
            yield block
            continue
        while block:
            yield inflater.decompress(block, _CHUNK)
            block = inflater.unconsumed_tail
    if inflater is not None and (rest := inflater.flush()):
        yield rest


def _doctype(path: str) -> FileProblem:
    return FileProblem(
        _("“{name}” holds a document type declaration, which no workbook needs; it was not opened.").format(
            name=Path(path).name
        ),
        _("If you trust it, open it in Excel and save it again."),
        code="file_doctype",
        path=path,
    )
