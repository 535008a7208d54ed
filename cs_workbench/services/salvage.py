"""Salvage: what can still be read of a damaged portfolio, as CSV files, table by table. The file is not touched."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain.csv_guard import guard
from cs_workbench.i18n import _
from cs_workbench.services.export import README, not_written, private_file, refuse_filled
from cs_workbench.store.queries import export as queries
from cs_workbench.store.salvage import Loss, Wreck

if TYPE_CHECKING:
    from cs_workbench.store.queries.export import TableInfo

__all__ = ["Salvaged", "SalvagedTable", "salvage"]


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """One table: rows written, whether that is all of it, and why not ("" where it is)."""

    table: str
    rows: int
    whole: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a salvage wrote."""

    folder: str
    tables: tuple[SalvagedTable, ...]

    @property
    def rows(self) -> int:
        """Rows in all."""
        return sum(one.rows for one in self.tables)

    @property
    def failed(self) -> tuple[SalvagedTable, ...]:
        """The tables that are not whole."""
        return tuple(one for one in self.tables if not one.whole)


def salvage(
    path: str, folder: str, *, key: str | None = None
) -> Generator[tuple[int, int, str], None, Salvaged]:
    """Write every readable row of the portfolio at *path* to *folder* (new or empty), and a list of what failed.

    Works on a private copy; yields (tables done, all, name). The folder appears when it is finished or not at all.
    Raises PortfolioProblem where nothing can be read, FileProblem where the folder cannot be written.
    """
    folder = os.path.abspath(folder)
    refuse_filled(folder)
    partial = ""
    try:
        partial = tempfile.mkdtemp(prefix=".salvage-", dir=os.path.dirname(folder))
        with Wreck(path, passphrase=key) as wreck:
            described = queries.tables()
            tables: list[SalvagedTable] = []
            for done, table in enumerate(described):
                yield done, len(described), table.name
                tables.append(_write(wreck, partial, table))
        _write_readme(partial, os.path.basename(path), tables)
        if os.path.isdir(folder):
            os.rmdir(folder)
        os.rename(partial, folder)
    except OSError as error:
        raise not_written(folder, error) from error
    finally:
        if partial:
            shutil.rmtree(partial, ignore_errors=True)
    return Salvaged(folder, tuple(tables))


def _write(wreck: Wreck, folder: str, table: TableInfo) -> SalvagedTable:
    columns = wreck.columns(table)
    if not columns:
        return SalvagedTable(
            table.name, 0, whole=False, problem=_("the table is not there or cannot be found")
        )
    kinds = {column.name: column.kind for column in table.columns}
    every = dict(zip((column.name for column in table.columns), queries.value_readers(table), strict=True))
    readers = [(every[name], kinds[name] == "text") for name in columns]
    loss, count = Loss(), 0
    with private_file(os.path.join(folder, f"{table.name}.csv"), "utf-8-sig", "") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        for row in wreck.rows(table.name, columns, loss):
            writer.writerow(
                [_cell(value, reader, text) for value, (reader, text) in zip(row, readers, strict=True)]
            )
            count += 1
    return SalvagedTable(table.name, count, whole=not loss.gaps, problem=loss.reason)


def _cell(value: object, reader: object, text: bool) -> object:
    """The value as a person reads it; a value damage has made impossible is written as it lies there."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    if callable(reader) and value is not None:
        try:
            value = reader(value)
        except (TypeError, ValueError, ArithmeticError):
            return guard(str(value))
    return guard(value) if text and isinstance(value, str) else value


def _write_readme(folder: str, name: str, tables: list[SalvagedTable]) -> None:
    lines = [
        "# " + _("What could be read of {name}").format(name=name),
        "",
        _("The damaged file was left as it is. Tables marked “incomplete” lack rows that could not be read."),
        "",
        f"| {_('Table')} | {_('Rows')} | |",
        "|---|---|---|",
    ]
    for one in tables:
        state = _("whole") if one.whole else _("incomplete: {reason}").format(reason=one.problem)
        lines.append(f"| {one.table} | {one.rows} | {state} |")
    with private_file(os.path.join(folder, README), "utf-8", "\n") as file:
        file.write("\n".join([*lines, ""]))
