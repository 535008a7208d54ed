"""The file of rejected rows: the columns of the original with the reason, to be corrected and imported again."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _
from cs_workbench.intake.table import Cell, Table
from cs_workbench.paths import make_private_dir
from cs_workbench.services.intake.result import RejectedRow

FOLDER_SUFFIX = "-imports"
_DANGEROUS = tuple("=+-@\t\r\n|%＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9.,]+")


def folder(portfolio: str) -> str:
    """Where the rejected rows of a portfolio's imports lie: beside the file, so that both move together."""
    return portfolio + FOLDER_SUFFIX


def write_rejected(portfolio: str, table: Table, rejected: Sequence[RejectedRow], stamp: str) -> str:
    """Write the *rejected* rows of *table* and return the path; readable by its owner only, CSV with a BOM.

    *stamp* (the import's instant) keeps files apart. Raises FileProblem where the folder cannot be written.
    """
    name = _file_name(table, stamp)
    try:
        return _write_private(make_private_dir(folder(portfolio)), name, _as_csv(table, rejected))
    except OSError as error:
        raise FileProblem(
            _("The rejected rows could not be written: {reason}.").format(reason=error.strerror or error),
            _("Make room beside the portfolio, or make its folder writable. Nothing was imported."),
            code="rejected_file",
            path=folder(portfolio),
        ) from error


def save_rejected(path: str, table: Table, rejected: Sequence[RejectedRow]) -> None:
    """Write the *rejected* rows of *table* to *path*, where the person wants them, in place of what is there.

    Raises FileProblem where it cannot be written.
    """
    beside = f"{path}.part"
    try:
        Path(beside).unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            file.write(_as_csv(table, rejected))
        os.replace(beside, path)
    except OSError as error:
        raise FileProblem(
            _("The rejected rows could not be written: {reason}.").format(reason=error.strerror or error),
            _("Choose another folder."),
            code="rejected_file",
            path=path,
        ) from error


def file_name(table: Table) -> str:
    """What a file of rejected rows of *table* is called when the person saves it."""
    return f"{_bare_name(table)}-rejected.csv"


def _as_csv(table: Table, rejected: Sequence[RejectedRow]) -> str:
    reasons = {row.row: row.reason for row in rejected}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*(safe_cell(name) for name in table.header), safe_cell(_("Reason"))])
    for number, cells in table.rows():
        if number in reasons:
            padded = [*cells, *[""] * (len(table.header) - len(cells))]
            writer.writerow([*(safe_cell(cell) for cell in padded), safe_cell(reasons[number])])
    return text.getvalue()


def safe_cell(cell: Cell) -> str:
    """A cell as CSV text that no spreadsheet takes for a formula; plain numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return repr(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    bare = cell.lstrip(" '\"\u3000")
    if bare.startswith(_DANGEROUS) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _file_name(table: Table, stamp: str) -> str:
    return f"{_bare_name(table)}-rejected-{re.sub(r'[^0-9T]', '', stamp)}"


def _bare_name(table: Table) -> str:
    sheet = f"-{table.sheet}" if table.sheet else ""
    return re.sub(r"[^\w-]+", "_", f"{Path(table.name).stem}{sheet}")[:80]


def _write_private(directory: str, name: str, text: str) -> str:
    for number in range(1, 1000):
        path = Path(directory) / (f"{name}.csv" if number == 1 else f"{name}-{number}.csv")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            file.write(text)
        return str(path)
    raise FileExistsError(17, "too many files of rejected rows", name)
