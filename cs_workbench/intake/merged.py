"""Merged cells of a worksheet: values filled downwards, and two-line headers joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cs_workbench.intake import layout
from cs_workbench.intake.table import Cell

_MOST = 50_000


@dataclass(slots=True)
class Merges:
    """The merged ranges of one sheet: (top, bottom, left, right), 0-based and inclusive."""

    wide: list[tuple[int, int, int, int]] = field(default_factory=list)
    starts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Any) -> Merges:
        """The merged ranges calamine tells of a sheet (none for XLSB and ODS)."""
        merges = cls()
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:_MOST]:
            if right > left:
                merges.wide.append((top, bottom, left, right))
            elif bottom > top:
                merges.starts.setdefault(left, []).append((top, bottom))
        for ranges in merges.starts.values():
            ranges.sort()
        return merges

    @property
    def filled(self) -> bool:
        """Whether any value is filled into cells below it."""
        return bool(self.starts)

    def filler(self, offset: int) -> Filler:
        """A fresh pass over the sheet's rows, whose first cell is column *offset*."""
        return Filler({column - offset: ranges for column, ranges in self.starts.items() if column >= offset})

    def over(self, header: layout.Header, rows: Sequence[Sequence[Cell]], offset: int) -> layout.Header:
        """The header with the names of wide cells above it joined in, or taken one row further down."""
        if header.index < 0:
            return header
        below = self._groups(header.index, offset, len(header.names))
        if below and header.index + 1 < len(rows) and layout.looks_like_labels(rows[header.index + 1]):
            return self._joined(header.index, rows, below)
        above = self._groups(header.index - 1, offset, len(header.names)) if header.index else {}
        if not above:
            return header
        joined = self._joined(header.index - 1, rows, above)
        return layout.Header(header.index - 1, joined.names, joined.height)

    def _groups(self, row: int, offset: int, width: int) -> dict[int, int]:
        """Column → first column of the wide cell that covers it in *row*; a title over everything is none."""
        return {
            column - offset: left - offset
            for top, bottom, left, right in self.wide
            if top <= row <= bottom and right - left + 1 < 0.6 * width
            for column in range(left, right + 1)
        }

    @staticmethod
    def _joined(top: int, rows: Sequence[Sequence[Cell]], groups: dict[int, int]) -> layout.Header:
        upper, lower = rows[top], rows[top + 1]
        width = max(layout.filled_width(upper), layout.filled_width(lower), max(groups) + 1)
        names: list[Cell] = []
        for column in range(width):
            group = _at(upper, groups.get(column, column))
            name = _at(lower, column)
            both = [str(part).strip() for part in (group, name) if not layout.is_blank(part)]
            names.append(" ".join(dict.fromkeys(both)))
        return layout.Header(top, layout.header_names(names, width), 2)


class Filler:
    """Fills the value of a tall merged cell into the rows it covers, row after row."""

    def __init__(self, ranges: dict[int, list[tuple[int, int]]]) -> None:
        self._ranges = {column: iter(tall) for column, tall in ranges.items()}
        self._next = {column: next(tall, None) for column, tall in self._ranges.items()}
        self._value: dict[int, Cell] = {}

    def fill(self, index: int, row: list[Cell]) -> None:
        """Fill row *index* (0-based, rows come in order)."""
        for column, span in self._next.items():
            while span is not None and span[1] < index:
                span = next(self._ranges[column], None)
            self._next[column] = span
            if span is None or index < span[0] or column >= len(row):
                continue
            if index == span[0]:
                self._value[column] = row[column]
            elif row[column] is None:
                row[column] = self._value.get(column)


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if 0 <= column < len(row) else None
