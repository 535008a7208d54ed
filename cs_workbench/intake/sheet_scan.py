"""A first look into the parts of a workbook: how far its cells really reach, and which of them are errors."""

from __future__ import annotations

import re
import struct

_ROWS = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d{1,10})[\"']")
_CELLS = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]{1,4}\d")
_NAMED_CELLS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,10})[\"'][^>]*(?<!/)>")
_ERROR_TYPE = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_ERRORS = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\st\s*=\s*[\"']e[\"'])[^>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d+)[\"']")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\b")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s>/]")
_REPEATED = re.compile(rb"number-(?:columns|rows)-repeated=[\"'](\d+)[\"']")
_ODS_TAG = re.compile(rb"<table:(covered-table-cell|table-cell|table-row|table(?=[\s>]))([^>]*)>")
_ODS_VALUE = re.compile(rb"value-type=")
_LONGEST_TAG = 1 << 20
_KEPT_ERRORS = 1_000


class XmlSheetScan:
    """The reach and the error cells of an XLSX worksheet, found without parsing it.

    Only cells with content count: formatting may run to the last column and row without harm.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.errors: list[str] = []
        self._tail = b""
        self._row_tags = 0
        self._cells_in_row = 0

    @property
    def cells(self) -> int:
        """The area up to the last cell with content."""
        return self.rows * self.columns

    def __call__(self, piece: bytes) -> None:
        """Take the next inflated piece of the part."""
        data = self._tail + piece
        end = data.rfind(b">") + 1
        self._tail, data = _begun_tag(data[end:]), data[:end]
        named = _NAMED_CELLS.findall(data)
        if named:
            self.columns = max([self.columns, *map(_column_number, {letters for letters, _row in named})])
            self.rows = max([self.rows, *map(int, {row for _letters, row in named})])
        rows = len(_ROW_TAG.findall(data)) if b":row" in data else data.count(b"<row")
        self._row_tags += rows
        perhaps = data.count(b"<c") + data.count(b":c") > len(named)
        unnamed = perhaps and len(_CELL_TAG.findall(data)) > len(_CELLS.findall(data))
        if unnamed or (rows and self._cells_in_row):
            self._count_unnamed(data)
        if _ERROR_TYPE.search(data) and len(self.errors) < _KEPT_ERRORS:
            self.errors += [name.decode() for name in _ERRORS.findall(data)]

    def _count_unnamed(self, data: bytes) -> None:
        """Cells may leave out their references; then they count one after the other."""
        first, *others = _ROW_TAG.split(data)
        self._cells_in_row += len(_CELL_TAG.findall(first))
        widest = self._cells_in_row
        for part in others:
            self._cells_in_row = len(_CELL_TAG.findall(part))
            widest = max(widest, self._cells_in_row)
        self.columns = max(self.columns, widest)
        self.rows = max([self.rows, self._row_tags, *map(int, _ROWS.findall(data))])


class BinarySheetScan:
    """The reach and the error cells of an XLSB worksheet, record by record (MS-XLSB 2.1.4)."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.errors: list[str] = []
        self._data = b""
        self._row = 0

    @property
    def cells(self) -> int:
        """The area up to the last cell."""
        return self.rows * self.columns

    def __call__(self, piece: bytes) -> None:
        """Take the next inflated piece of the part."""
        data = self._data + piece
        position = 0
        while (record := _record(data, position)) is not None:
            kind, start, size = record
            if start + size > len(data):
                break
            self._see(kind, data, start, size)
            position = start + size
        self._data = data[position:]

    def _see(self, kind: int, data: bytes, start: int, size: int) -> None:
        if size < 4 or kind > 11:
            return
        (number,) = struct.unpack_from("<I", data, start)
        if kind == 0:
            self._row = number
            return
        self.rows = max(self.rows, self._row + 1)
        self.columns = max(self.columns, number + 1)
        if kind in (3, 11) and len(self.errors) < _KEPT_ERRORS:
            self.errors.append(f"{_letters(number)}{self._row + 1}")


class OdsScan:
    """The widest reach of repeated cells that hold a value in an ODS document."""

    def __init__(self) -> None:
        self.cells = 0
        self.columns = 0
        self.errors: list[str] = []
        self._tail = b""
        self._rows = 0
        self._repeat = 0
        self._reach = 0
        self._widest = 0

    def __call__(self, piece: bytes) -> None:
        """Take the next inflated piece of content.xml."""
        data = self._tail + piece
        end = data.rfind(b">") + 1
        self._tail, data = _begun_tag(data[end:]), data[:end]
        for tag in _ODS_TAG.finditer(data):
            found = _REPEATED.search(tag[2])
            repeat = min(int(found[1][:12]), 10**9) if found else 1
            if tag[1] == b"table":
                self._rows = self._repeat = self._widest = 0
            elif tag[1] == b"table-row":
                self._rows += self._repeat
                self._repeat, self._reach = repeat, 0
            else:
                self._reach += repeat
                if _ODS_VALUE.search(tag[2]):
                    self._widest = max(self._widest, self._reach)
                    self.cells = max(self.cells, (self._rows + self._repeat) * self._widest)
                    self.columns = max(self.columns, self._widest)


def _begun_tag(rest: bytes) -> bytes:
    """The tag a piece ends inside of, to be completed by the next piece."""
    start = rest.find(b"<")
    return rest[start:][-_LONGEST_TAG:] if start >= 0 else b""


def _record(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Kind, start and size of the record at *position*; None when its head is not all there."""
    if position + 6 > len(data):
        return None
    kind = data[position]
    position += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | (data[position] & 0x7F) << 7
        position += 1
    size = 0
    for shift in (0, 7, 14, 21):
        byte = data[position]
        position += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return kind, position, size
        if position >= len(data):
            return None
    return kind, position, size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _letters(index: int) -> str:
    from cs_workbench.intake.layout import column_letters

    return column_letters(index)
