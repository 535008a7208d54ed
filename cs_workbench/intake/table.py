"""What every file reader hands on: tables of cells with their header, their sample and what was noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

Cell = str | int | float | bool | date | datetime | None
Row = tuple[int, Sequence[Cell]]

MAX_ROWS = 1_500_000
MAX_COLUMNS = 500
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a file: a stable code and a translated sentence.

    ``count`` says how many cells, rows or columns it is about, ``examples`` names some of them.
    """

    code: str
    message: str
    count: int = 1
    examples: tuple[str, ...] = ()


class RowSource(Protocol):
    """Where a table's rows come from; may be read again and again."""

    def rows(self) -> Iterator[Row]:
        """The data rows, each with its 1-based number in the file; footers and blank rows left out."""

    def notes(self) -> tuple[Note, ...]:
        """What only reading every row can show; complete once :meth:`rows` has been exhausted."""


@dataclass(frozen=True, slots=True)
class MemoryRows:
    """Rows that are already in memory: a worksheet, a pasted table, a test."""

    numbered: Sequence[Row]

    def rows(self) -> Iterator[Row]:
        """The rows as they were given."""
        return iter(self.numbered)

    def notes(self) -> tuple[Note, ...]:
        """Nothing: what was noticed about rows in memory is told in the table's own notes."""
        return ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: a CSV, or one sheet of a workbook.

    ``header`` names are distinct and never empty; ``header_row`` is 1-based (0: the file has no header);
    ``sample`` holds at most 200 data rows. Text files give strings only (an empty cell is ""), workbooks give
    typed cells (an empty cell is None).
    """

    path: str
    name: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    header: tuple[str, ...]
    header_row: int
    preamble: tuple[str, ...]
    sample: tuple[tuple[Cell, ...], ...]
    notes: tuple[Note, ...]
    source: RowSource = field(repr=False, compare=False)

    def rows(self) -> Iterator[Row]:
        """The data rows with the row number a person sees in the file. Raises FileProblem naming the row."""
        return self.source.rows()

    def late_notes(self) -> tuple[Note, ...]:
        """What only reading every row shows (long rows, footer lines); complete once rows() is exhausted."""
        return self.source.notes()

    @classmethod
    def of(
        cls,
        header: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        *,
        name: str = "pasted",
        sheet: str | None = None,
    ) -> Table:
        """A table from rows in memory (clipboard, tests); the header counts as row 1."""
        numbered = [(number, tuple(row)) for number, row in enumerate(rows, 2)]
        sample = tuple(cells for _number, cells in numbered[:SAMPLE_ROWS])
        return cls(name, name, sheet, None, None, tuple(header), 1, (), sample, (), MemoryRows(numbered))


def open_tables(path: str, *, encoding: str | None = None, delimiter: str | None = None) -> list[Table]:
    """Every table of the file at *path*; the content decides what it is, not the suffix.

    *encoding* and *delimiter* override the guesses for text files. Raises FileProblem: missing, unreadable, empty, of
    the wrong type, protected, a zip bomb, too wide or undecodable.
    """
    from cs_workbench.intake import delimited, filetype

    kind = filetype.recognise(path)
    if kind == "text":
        return [delimited.open_delimited(path, encoding=encoding, delimiter=delimiter)]
    from cs_workbench.intake import workbook

    tables = workbook.open_workbook(path, kind)
    if not tables:
        raise FileProblem(
            _("“{name}” has no data on any sheet.").format(name=Path(path).name),
            _("Choose a file with a header row and at least one row below it."),
            code="file_empty",
            path=path,
        )
    return tables
