"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): every sheet with data becomes a table of typed cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _, ngettext
from cs_workbench.intake import archive_guard, layout
from cs_workbench.intake.merged import Merges
from cs_workbench.intake.parts import Parts, parts_of
from cs_workbench.intake.table import MAX_COLUMNS, MAX_ROWS, SAMPLE_ROWS, Cell, Note, Row, Table

MAX_CELLS = 16_000_000
MAX_SIZE = 256 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_workbook(path: str, kind: str) -> list[Table]:
    """The tables of the workbook at *path* (*kind* "zip" or "ole"), in sheet order; empty sheets left out.

    Raises FileProblem: not a workbook, damaged, protected, a bomb, too many rows or columns.
    """
    parts = _guarded_parts(path, kind)
    import python_calamine as calamine

    with _Reading(path):
        book = calamine.CalamineWorkbook.from_path(path)
        tables = []
        for meta in book.sheets_metadata:
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                if sheet.start is not None:
                    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
                    table = _sheet_table(path, sheet, parts, hidden=hidden)
                    tables += [table] if table else []
    return tables


def cell_value(raw: Any) -> Cell:
    """A worksheet value as a cell: whole floats as int, times and durations as text, "" as None."""
    if isinstance(raw, str):
        return raw if raw else None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() and abs(raw) < 2**53 else raw
    if isinstance(raw, (bool, int, date, datetime)) or raw is None:
        return raw
    if isinstance(raw, timedelta):
        seconds = round(raw.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return raw.isoformat() if isinstance(raw, time) else str(raw)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The data rows of one sheet, made from the parsed sheet as they are asked for."""

    path: str
    sheet: Any
    merges: Merges
    first: int
    width: int

    def rows(self) -> Iterator[Row]:
        """Rows with their worksheet number; blank rows and footer lines left out. Raises FileProblem."""
        held: list[Row] = []
        for number, row in numbered_rows(self.path, self.sheet, self.merges):
            if number < self.first:
                continue
            held.append((number, _fitted(row, self.width)))
            if len(held) > layout.FOOTER_WITHIN:
                ready = held.pop(0)
                if _is_data(ready[1]):
                    yield ready
        data, _footer = layout.split_footer(held, self.width)
        yield from (row for row in data if _is_data(row[1]))

    def notes(self) -> tuple[Note, ...]:
        """The rows of sums and the footer lines that rows() leaves out."""
        tail: list[Row] = []
        totals: list[int] = []
        for number, row in numbered_rows(self.path, self.sheet, self.merges):
            if number >= self.first:
                tail = [*tail[-layout.FOOTER_WITHIN + 1 :], (number, _fitted(row, self.width))]
                totals += [number] if layout.is_total(tail[-1][1]) else []
        footer = [row for row in layout.split_footer(tail, self.width)[1] if not layout.is_total(row[1])]
        found = [layout.totals_note(totals, len(totals))] if totals else []
        if footer:
            lines = " / ".join(layout.as_line(row) for _number, row in footer)[:300]
            found.append(
                Note("footer", _("Lines below the table were left out: {lines}").format(lines=lines))
            )
        return tuple(found)


def numbered_rows(path: str, sheet: Any, merges: Merges) -> Iterator[tuple[int, list[Cell]]]:
    """Every row of a calamine sheet with its worksheet number, merged cells filled downwards."""
    offset = sheet.start[1] if sheet.start else 0
    with _Reading(path):
        rows = sheet.iter_rows()
        filler = merges.filler(offset) if merges.filled else None
        for index, raw in enumerate(rows):
            row = list(map(cell_value, raw))
            if filler:
                filler.fill(index, row)
            yield index + 1, row


class _Reading:
    """Turns whatever the workbook parser throws at a file, its panics included, into a FileProblem."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or isinstance(error, FileProblem):
            return
        if kind.__name__ == "PasswordError":
            raise archive_guard.protected(self._path) from error
        foreign = kind.__module__.startswith(("python_calamine", "_python_calamine", "pyo3_runtime"))
        if foreign or isinstance(error, (OSError, ValueError, OverflowError)):
            raise archive_guard.damaged(self._path) from error


def _guarded_parts(path: str, kind: str) -> Parts:
    if Path(path).stat().st_size > MAX_SIZE:
        raise archive_guard.bomb(path)
    if kind == "ole":
        from cs_workbench.intake import ole_guard

        with Path(path).open("rb") as stream:
            if _ENCRYPTED in stream.read():
                raise archive_guard.protected(path)
        parts = ole_guard.parts_of(path)
    else:
        parts = parts_of(path)
    if parts.columns > 16_384 or parts.cells > MAX_CELLS:
        raise _too_large(path)
    return parts


def _sheet_table(path: str, sheet: Any, parts: Parts, *, hidden: bool) -> Table | None:
    merges = Merges.of(sheet)
    offset = sheet.start[1]
    head = [row for _number, row in islice(numbered_rows(path, sheet, merges), sheet.start[0] + SAMPLE_ROWS)]
    if all(map(layout.all_blank, head)) and sheet.total_height <= len(head):
        return None
    header = merges.over(layout.find_header(head), head, offset)
    _refuse(path, sheet, header)
    source = SheetRows(path, sheet, merges, max(header.index, -1) + header.height + 1 if header.index >= 0 else 1,
                       len(header.names))  # fmt: skip
    sample = tuple(tuple(row) for _number, row in islice(source.rows(), SAMPLE_ROWS))
    preamble = tuple(line for row in head[: max(header.index, 0)] if (line := layout.as_line(row)))
    notes = (
        *parts.notes,
        *_sheet_notes(sheet, parts.errors.get(sheet.name, ()), merges, header, hidden=hidden),
    )
    return Table(
        path, Path(path).name, sheet.name, None, None, header.names, header.index + header.height, preamble,
        sample, notes, source,
    )  # fmt: skip


def _is_data(row: Sequence[Cell]) -> bool:
    return not layout.all_blank(row) and not layout.is_total(row)


def _fitted(row: list[Cell], width: int) -> list[Cell]:
    return row[:width] if len(row) >= width else row + [None] * (width - len(row))


def _refuse(path: str, sheet: Any, header: layout.Header) -> None:
    if len(header.names) > MAX_COLUMNS:
        raise FileProblem(
            _("Sheet “{sheet}” has {count} columns; at most {limit} can be read.").format(
                sheet=sheet.name, count=len(header.names), limit=MAX_COLUMNS
            ),
            _("Delete the columns you do not need, or export only those you need."),
            code="file_columns",
            path=path,
        )
    if sheet.total_height > MAX_ROWS:
        raise _too_large(path)


def _too_large(path: str) -> FileProblem:
    return FileProblem(
        _("“{name}” reaches too far: a sheet spans more cells than can be read.").format(
            name=Path(path).name
        ),
        _("Delete stray cells far to the right or below the table, or save the sheet as CSV."),
        code="file_rows",
        path=path,
    )


def _sheet_notes(
    sheet: Any,
    errors: Sequence[str],
    merges: Merges,
    header: layout.Header,
    *,
    hidden: bool,
) -> Iterator[Note]:
    if hidden:
        yield Note("hidden_sheet", _("The sheet “{sheet}” is hidden.").format(sheet=sheet.name))
    if header.index < 0:
        yield Note("no_header", _("The file has no header row; its columns are named by their letters."))
    if merges.filled:
        yield Note("merged_cells", _("Merged cells were read as if each cell held the value."))
    if errors:
        text = ngettext(
            "{count} cell holds an error instead of a value and is read as empty: {cells}.",
            "{count} cells hold an error instead of a value and are read as empty: {cells}.",
            len(errors),
        )
        cells = _(", ").join(errors[:10]) + ("…" if len(errors) > 10 else "")
        yield Note("error_cells", text.format(count=len(errors), cells=cells), len(errors))
    doubled = [name for name in header.names if re.search(r" \(\d+\)$", name)]
    if doubled and header.index >= 0:
        text = _("Columns with the same name were numbered: {names}.")
        yield Note("doubled_header", text.format(names=_(", ").join(doubled)), len(doubled), tuple(doubled))
