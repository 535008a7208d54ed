"""Cells that say "the same as above": ditto marks, and groups whose name stands in their first row only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cs_workbench.intake.headers import Header
from cs_workbench.intake.layout import is_blank
from cs_workbench.intake.mapping import Mapping
from cs_workbench.intake.table import Cell, Row, Table

ABOVE = "above"
DITTO = frozenset(["〃", "″", "仝", "々", "同上", "同じ", "ditto", '"', "''"])
GROUPED_KINDS = frozenset(["contracts", "people", "opportunities", "interactions", "churn", "readings"])
OWNERS = ("account_ref", "account_name")
_COUNTER_NAMES = frozenset(
    ["no", "nr", "番号", "項番", "連番", "通番", "行番号", "行no", "行", "seq", "row", "#"]
)
_UNNAMED = re.compile(r"Column [A-Z]+")


def rows(table: Table, mapping: Mapping) -> Iterator[Row]:
    """The rows of *table* with ditto marks, and blank cells of columns mapped "|above", filled from the row above.

    Raises FileProblem as ``Table.rows`` does.
    """
    above = [column.index for column in mapping.used() if column.option == ABOVE]
    before: Sequence[Cell] = ()
    for number, cells in table.rows():
        filled = cells
        if before and (above or not DITTO.isdisjoint(cells)):
            filled = [
                before[at] if _says_above(cell, blank_too=at in above) and at < len(before) else cell
                for at, cell in enumerate(cells)
            ]
        before = filled
        yield number, filled


def has_marks(table: Table, mapping: Mapping) -> bool:
    """Whether *table* needs ``rows``: judged by the mapping and the sample, so that a million rows stay fast."""
    if any(column.option == ABOVE for column in mapping.used()):
        return True
    return any(not DITTO.isdisjoint(row) for row in table.sample)


def counters(table: Table, headers: Sequence[Header]) -> frozenset[int]:
    """Columns that only number the rows (1, 2, 3 … under "No." or nothing): no id of anything."""
    named = [
        index
        for index, header in enumerate(headers)
        if header.compact in _COUNTER_NAMES or _UNNAMED.fullmatch(table.header[index])
    ]
    return frozenset(index for index in named if _counts(table, index))


def _counts(table: Table, index: int) -> bool:
    shown = [str(row[index]).strip() for row in table.sample if index < len(row) and not is_blank(row[index])]
    return len(shown) >= 2 and shown == [str(number) for number in range(1, len(shown) + 1)]


def grouped(table: Table, owners: Sequence[int], skip: frozenset[int]) -> tuple[int, ...]:
    """Which of the columns *owners* name a group in its first row only: they stand leftmost, begin filled, have blanks,
    and no name comes twice.
    """
    filled = [
        index
        for index in range(len(table.header))
        if index not in skip and any(index < len(row) and not is_blank(row[index]) for row in table.sample)
    ]
    if not owners or filled[: len(owners)] != sorted(owners):
        return ()
    blanks: set[tuple[int, ...]] = set()
    for index in owners:
        cells = [row[index] if index < len(row) else None for row in table.sample]
        names = [str(cell).strip() for cell in cells if not _says_above(cell, blank_too=True)]
        empty = tuple(at for at, cell in enumerate(cells) if _says_above(cell, blank_too=True))
        if not empty or empty[0] == 0 or len(names) < 2 or len(set(names)) != len(names):
            return ()
        blanks.add(empty)
    return tuple(owners) if len(blanks) == 1 else ()


def _says_above(cell: Cell, *, blank_too: bool) -> bool:
    if blank_too and is_blank(cell):
        return True
    return isinstance(cell, str) and cell.strip() in DITTO
