"""The cells of a file as they were read, kept small and in memory, so that a preview shows any row at once."""

from __future__ import annotations

import datetime as dt
import marshal
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from cs_workbench.intake.table import Cell, Note, Row, RowSource

PAGE = 256
"""Rows packed together: about 3 KB each page of an ordinary export."""
LONGEST = 1_000
"""Characters of a cell that are kept to be shown; nobody reads more in a table."""

Edits = Mapping[int, Mapping[int, str]]
"""Cells the person corrected: row number → column (0-based) → text."""


class Kept:
    """The rows of a file with the person's corrections, remembered as they pass for the first time."""

    def __init__(self, source: RowSource, edits: Edits | None = None) -> None:
        self.numbers = array("l")
        self._source = source
        self._edits = edits or {}
        self._pages: list[bytes] = []
        self._whole = False

    def rows(self) -> Iterator[Row]:
        """The rows; remembered once all of them have passed."""
        source = self._corrected() if self._edits else self._source.rows()
        return source if self._whole else self._remembered(source)

    def notes(self) -> tuple[Note, ...]:
        """What reading every row showed."""
        return self._source.notes()

    def cells(self, number: int) -> tuple[str, ...]:
        """The cells of row *number* as text. Raises KeyError for a row that is not in the file."""
        at = bisect_left(self.numbers, number)
        if at >= len(self.numbers) or self.numbers[at] != number:
            raise KeyError(number)
        packed = zlib.decompress(self._pages[at // PAGE])
        page: list[list[Cell]] = marshal.loads(packed)  # noqa: S302 - packed a moment ago, by this class
        return tuple(map(cell_text, page[at % PAGE]))

    def _corrected(self) -> Iterator[Row]:
        for number, cells in self._source.rows():
            told = self._edits.get(number)
            if told is None:
                yield number, cells
                continue
            corrected = list(cells) + [""] * (max(told) + 1 - len(cells))
            for place, text in told.items():
                corrected[place] = text
            yield number, corrected

    def _remembered(self, rows: Iterator[Row]) -> Iterator[Row]:
        numbers, pages = array("l"), list[bytes]()
        while piece := list(islice(rows, PAGE)):
            numbers.extend(number for number, _cells in piece)
            pages.append(_packed([cells for _number, cells in piece]))
            yield from piece
        self.numbers, self._pages, self._whole = numbers, pages, True


def cell_text(cell: Cell) -> str:
    """A cell as it is shown: whole numbers without a point, dates as ISO, blanks as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def _packed(rows: Sequence[Sequence[Cell]]) -> bytes:
    try:
        data = marshal.dumps([list(row) for row in rows], 2)
        long = len(data) > len(rows) * LONGEST
    except ValueError:  # dates of a workbook
        long = True
    if long:
        data = marshal.dumps([list(map(_plain, row)) for row in rows], 2)
    return zlib.compress(data, 1)


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return cell[:LONGEST] if isinstance(cell, str) else cell
