"""An old XLS file's cells, counted record by record before the parser makes room for them (MS-CFB, MS-XLS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from cs_workbench.intake import archive_guard
from cs_workbench.intake.parts import Parts

_FREE = 0xFFFFFFFA
_CELLS = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0002, 0x0003, 0x0004, 0x0005))
_BOF = frozenset((0x0009, 0x0209, 0x0409, 0x0809))
_FILEPASS = 0x002F
_MULRK = 0x00BD
_STREAMS = ("Workbook", "Book")


def parts_of(path: str) -> Parts:
    """The reach of the sheets in the XLS file at *path*. Raises FileProblem: damaged or protected."""
    data = Path(path).read_bytes()
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError, ValueError) as error:
        raise archive_guard.damaged(path) from error
    if stream is None:
        raise archive_guard.damaged(path)
    columns = cells = rows = width = 0
    for kind, body in _records(stream):
        if kind == _FILEPASS:
            raise archive_guard.protected(path)
        if kind in _BOF:
            cells, rows, width = cells + rows * width, 0, 0
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            if kind == _MULRK:
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            rows, width = max(rows, row + 1), max(width, column + 1)
            columns = max(columns, width)
    return Parts(columns=columns, cells=cells + rows * width)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


def _workbook_stream(data: bytes) -> bytes | None:
    """The bytes of the workbook stream in a compound file."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        raise ValueError("sector size")
    fat = _fat(data, sector)
    first_directory, cutoff, first_mini = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    directory = _chain(data, sector, fat, first_directory)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    for entry in entries:
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name in _STREAMS:
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= cutoff:
                return _chain(data, sector, fat, start)[:size]
            mini = _chain(data, sector, fat, struct.unpack_from("<I", entries[0], 116)[0])
            table = _chain(data, sector, fat, first_mini)
            links = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
            return _chain(mini, 64, links, start, header=0)[:size]
    return None


def _fat(data: bytes, sector: int) -> tuple[int, ...]:
    sectors = [at for at in struct.unpack_from("<109I", data, 76) if at < _FREE]
    following = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while following < _FREE and following not in seen:
        seen.add(following)
        block = struct.unpack_from(f"<{sector // 4}I", data, (following + 1) * sector)
        sectors += [at for at in block[:-1] if at < _FREE]
        following = block[-1]
    table: list[int] = []
    for at in sectors:
        block_bytes = data[(at + 1) * sector : (at + 2) * sector]
        table += struct.unpack(f"<{len(block_bytes) // 4}I", block_bytes[: len(block_bytes) // 4 * 4])
    return tuple(table)


def _chain(data: bytes, sector: int, links: tuple[int, ...], start: int, header: int = 1) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while start < _FREE and start not in seen:
        seen.add(start)
        parts.append(data[(start + header) * sector : (start + header + 1) * sector])
        start = links[start]
    return b"".join(parts)
