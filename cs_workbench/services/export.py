"""Export: every table of the portfolio as CSV files a spreadsheet opens safely, with a description."""

from __future__ import annotations

import contextlib
import csv
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO, cast

from cs_workbench.domain.csv_guard import guard
from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _, mark
from cs_workbench.store.files import clear_abandoned
from cs_workbench.store.queries import export as queries

if TYPE_CHECKING:
    from cs_workbench.store.queries.export import TableInfo
    from cs_workbench.store.reads import Reads

Progress = Callable[[int, int, str], None]
README = "README.md"
_OURS = re.compile(r"[a-z_]+\.csv|" + re.escape(README))

_KINDS = {
    "text": mark("text"),
    "whole number": mark("whole number"),
    "number": mark("number"),
    "money": mark("amount, exact; its currency stands beside it"),
    "date": mark("date, YYYY-MM-DD"),
    "instant": mark("instant in UTC, YYYY-MM-DDTHH:MM:SSZ"),
    "yes/no": mark("yes or no"),
}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One written file; ``rows`` without the header."""

    path: str
    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    folder: str
    files: tuple[ExportedFile, ...]


def table_names() -> dict[str, str]:
    """The tables there are to export and what each is about."""
    return {table.name: table.about for table in queries.tables()}


def export_list(rows: Sequence[Sequence[str]], path: str, *, guarded: bool = False) -> ExportedFile:
    """Write a list as shown, its header first, to *path* as CSV like the tables'; whole or not at all.

    *guarded* says that no cell can run as a formula already. Raises FileProblem where it cannot be written.
    """
    path = os.path.abspath(path)
    partial = f"{path}.part"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(partial)
        with private_file(partial, "utf-8-sig", "") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerows(rows if guarded else [[guard(cell) for cell in row] for row in rows])
        os.replace(partial, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise not_written(path, error) from error
    return ExportedFile(path, os.path.splitext(os.path.basename(path))[0], max(0, len(rows) - 1))


def export(
    reads: Reads, folder: str, *, progress: Progress | None = None, tables: Collection[str] | None = None
) -> Exported:
    """Write every table (or those named) to *folder* (new or empty) as CSV: UTF-8 with mark, CRLF, one header row,
    one moment.

    Text that a spreadsheet would run as a formula gets an apostrophe before it. The folder appears whole or not at
    all; it and its files are readable by their owner only. Raises FileProblem where it exists with something in it
    or cannot be written.
    """
    steps = export_steps(reads, folder, tables=tables)
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return cast("Exported", end.value)
        if progress:
            progress(*step)


def export_steps(
    reads: Reads, folder: str, *, tables: Collection[str] | None = None
) -> Generator[tuple[int, int, str], None, Exported]:
    """``export`` as steps (tables done, tables, name): closed before its end, it leaves nothing."""
    folder = os.path.abspath(folder)
    refuse_filled(folder)
    parent = os.path.dirname(folder)
    try:
        os.makedirs(parent, exist_ok=True)
        partial = tempfile.mkdtemp(prefix=".export-", dir=parent)
        clear_abandoned(partial, _OURS)
    except OSError as error:
        raise not_written(folder, error) from error
    try:
        files = yield from _write_all(reads, partial, tables)
        if os.path.isdir(folder):
            os.rmdir(folder)
        os.rename(partial, folder)
    except OSError as error:
        raise not_written(folder, error) from error
    finally:
        if os.path.isdir(partial):
            shutil.rmtree(partial, ignore_errors=True)
    placed = tuple(ExportedFile(os.path.join(folder, one.path), one.table, one.rows) for one in files)
    return Exported(folder, placed)


def refuse_filled(folder: str) -> None:
    """Raise FileProblem where *folder* is something else, or has something in it."""
    if os.path.islink(folder) or (os.path.exists(folder) and not os.path.isdir(folder)):
        raise FileProblem(
            _("“{path}” is not a folder.").format(path=folder), _("Name a new folder."), path=folder
        )
    try:
        filled = os.path.isdir(folder) and bool(os.listdir(folder))
    except OSError as error:
        raise not_written(folder, error) from error
    if filled:
        raise FileProblem(
            _("The folder “{path}” is not empty; nothing was written.").format(path=folder),
            _("Name a new or empty folder."),
            code="not_empty",
            path=folder,
        )


def _write_all(
    reads: Reads, folder: str, tables: Collection[str] | None
) -> Generator[tuple[int, int, str], None, list[ExportedFile]]:
    described = [table for table in queries.tables() if tables is None or table.name in tables]
    files: list[ExportedFile] = []
    with queries.one_moment(reads):
        for done, table in enumerate(described):
            yield done, len(described), table.name
            files.append(_write_table(reads, folder, table))
    _write_readme(folder, described, files)
    yield len(described), len(described), README
    return files


def _write_table(reads: Reads, folder: str, table: TableInfo) -> ExportedFile:
    name = f"{table.name}.csv"
    count = 0
    with private_file(os.path.join(folder, name), "utf-8-sig", "") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        texts = [at for at, column in enumerate(table.columns) if column.kind == "text"]
        for row in queries.rows(reads, table):
            for at in texts:
                value = row[at]
                if isinstance(value, str):
                    row[at] = guard(value)
            writer.writerow(row)
            count += 1
    return ExportedFile(name, table.name, count)


def _write_readme(folder: str, described: list[TableInfo], files: list[ExportedFile]) -> None:
    rows = {one.table: one.rows for one in files}
    lines = [
        "# " + _("Portfolio export"),
        "",
        _("One CSV file a table: UTF-8 with byte order mark, comma, CRLF, first row names the columns."),
        _("An empty cell means: not known. Columns ending in _id refer to the id of another table."),
        _("An apostrophe before = + - @ | % keeps a spreadsheet from running text as a formula."),
        "",
    ]
    for table in described:
        lines += [f"## {table.name}.csv", "", table.about, ""]
        lines.append(_("{count} rows").format(count=rows[table.name]))
        heads = (_("Column"), _("Holds"), _("Refers to"))
        lines += ["", "| " + " | ".join(heads) + " |", "|---|---|---|"]
        lines += [f"| {one.name} | {_(_KINDS[one.kind])} | {one.refers_to} |" for one in table.columns]
        lines.append("")
    with private_file(os.path.join(folder, README), "utf-8", "\n") as file:
        file.write("\n".join(lines))


@contextmanager
def private_file(path: str, encoding: str, newline: str) -> Iterator[TextIO]:
    """A new text file that only its owner reads, on the disk when the block ends."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o600), "w", encoding=encoding, newline=newline) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def not_written(folder: str, error: OSError) -> FileProblem:
    """What is told where the system refused to write: a full disk, or its own reason."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    reason = _("the disk is full") if full else error.strerror or type(error).__name__
    return FileProblem(
        _("The export to “{path}” could not be written: {reason}. Nothing was left there.").format(
            path=folder, reason=reason
        ),
        _("Make room, then export again.") if full else _("Choose a folder you may write to."),
        code="disk_full" if full else "not_writable",
        path=folder,
    )
