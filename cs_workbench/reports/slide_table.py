"""Tables on slides: native, ruled, continued on the next slide with their head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cs_workbench.reports import blocks as b
from cs_workbench.reports.sections import column_widths
from cs_workbench.reports.slide_canvas import CELL_SIDE, HEAD_PAD, Box, Canvas, Cell
from cs_workbench.reports.slide_flow import Piece
from cs_workbench.reports.slide_heads import headed
from cs_workbench.reports.slide_text import (
    CLOSE,
    HEAD,
    TABLE,
    Bit,
    Bits,
    Face,
    Para,
    bits,
    clipped,
    cuts,
    divided,
    long,
)

PADS = (7.0, 5.0, 3.5)
"""Points above and below a row's words, from airy to tight."""
_DENSE = 300.0  # leaves room for the small print under it
_WHOLE_ROWS = 7  # a table of so few stays whole where a slide can take it
_TIGHTEST = 2.0  # points above and below a row's words on a dense page
_LOOSER = 5.0  # points more above and below a row's words where the slide has room
_TALL = 170.0  # a row higher than this may be cut between its lines


@dataclass(frozen=True, slots=True)
class Row:
    """A row being laid out: its cells' words, and whether it is the total or the decisive one."""

    cells: tuple[Bits, ...]
    total: bool = False
    decisive: bool = False


class Grid(Piece):
    """A table, or a part of it."""

    def __init__(
        self,
        table: b.Table,
        head: Sequence[Bits],
        rows: Sequence[Row],
        *,
        widths: Sequence[float],
        pad: float,
        continued: str,
        face: Face = TABLE,
    ) -> None:
        self.table, self.head, self.rows = table, tuple(head), tuple(rows)
        self.widths, self.pad, self.continued = tuple(widths), pad, continued
        self.face = face
        self.before = 10.0
        self._heights = [self._height(row.cells, face.line, body=True) for row in self.rows]
        self._top = self._height(self.head, HEAD.line, body=False) if any(self.head) else 0.0
        self.height = self._top + sum(self._heights)

    @property
    def least(self) -> float:
        """The rows of a dense page pressed together; a line is kept for another program's breaks."""
        return self.height - self._spare

    @property
    def most(self) -> float:
        """The rows further apart: what is left of a slide is not all white under its table."""
        return self.height + self._reserve + 2 * _LOOSER * len(self.rows)

    @property
    def _reserve(self) -> float:
        """A line left free under rows of several lines where there is room: another program may break once more."""
        broken = any(high >= 2 * (self.face.line + self.pad) for high in self._heights)
        return self.face.line if broken else 0.0

    @property
    def _spare(self) -> float:
        close = max(self.pad - _TIGHTEST, 0.0) if self.face is CLOSE else 0.0
        return max(2 * close * len(self.rows) - self.face.line, 0.0)

    def _height(self, cells: Sequence[Bits], line: float, *, body: bool) -> float:
        face = self.face if body else HEAD
        lines = max(
            (
                len(cuts(words, face, width - 2 * CELL_SIDE))
                for words, width in zip(cells, self.widths, strict=True)
            ),
            default=1,
        )
        return lines * line + 2 * (self.pad if body else HEAD_PAD)

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """One native table, its rows as close or as far apart as *height* asks."""
        grown = max(height - self.height - self._reserve, 0.0)
        spare = (
            min(self.height - height, self._spare)
            if height < self.height
            else -min(grown, 2 * _LOOSER * len(self.rows))
        )
        less = spare / (2 * max(len(self.rows), 1))
        rows: list[tuple[float, list[Cell]]] = []
        if any(self.head):
            heads = [
                Cell(Para(words, HEAD, column.align), "ink", 0.75)
                for words, column in zip(self.head, self.table.columns, strict=True)
            ]
            rows.append((self._top, heads))
        for row, high in zip(self.rows, self._heights, strict=True):
            rule, thick = ("ink", 1.0) if row.total else ("rule_light", 0.5)
            fill = "accent_soft" if row.decisive else ""
            cells = [
                Cell(Para(words, self.face, column.align), rule, thick, fill)
                for words, column in zip(row.cells, self.table.columns, strict=True)
            ]
            rows.append((high - 2 * less, cells))
        box = Box(x, y, sum(self.widths), self.height - 2 * less * len(self.rows))
        canvas.table(box, self.widths, rows, head=any(self.head), pad=self.pad - less)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Cut between rows, two at least on either side; the total keeps the row above it."""
        if len(self.rows) <= _WHOLE_ROWS and self.height <= _DENSE:
            return None
        used, count = self._top, 0
        while count < len(self.rows) and used + self._heights[count] <= room:
            used += self._heights[count]
            count += 1
        last = len(self.rows)
        if count and count == last - 1 and last > 2 and self._heights[-1] + self._heights[-2] < _TALL:
            count -= 1
        if count >= min(2, last - 1) and count:
            return self._parts(self.rows[:count], self.rows[count:])
        if self._heights[0] > _TALL:
            return self._cut_row(room - self._top)
        return self._parts(self.rows[:count], self.rows[count:]) if count and room > 300 else None

    def _parts(self, first: Sequence[Row], second: Sequence[Row]) -> tuple[Piece, Piece]:
        head = list(self.head)
        for at, words in enumerate(head):
            more = (*words, Bit(self.continued))
            if any(bit.text == self.continued for bit in words):
                break
            if words and len(cuts(more, HEAD, self.widths[at] - 2 * CELL_SIDE)) == 1:
                head[at] = more
                break
        kept: Any = {"widths": self.widths, "pad": self.pad, "continued": self.continued, "face": self.face}
        return (
            Grid(self.table, self.head, first, **kept),
            Grid(self.table, head, second, **kept),
        )

    def _cut_row(self, room: float) -> tuple[Piece, Piece] | None:
        lines = int((room - 2 * self.pad) / self.face.line)
        if lines < 3:
            return None
        upper: list[Bits] = []
        lower: list[Bits] = []
        for words, width in zip(self.rows[0].cells, self.widths, strict=True):
            ends = cuts(words, self.face, width - 2 * CELL_SIDE)
            first, second = divided(words, ends[min(lines, len(ends)) - 1])
            upper.append(first)
            lower.append(second)
        row = self.rows[0]
        return self._parts(
            (replace(row, cells=tuple(upper)),), (replace(row, cells=tuple(lower)), *self.rows[1:])
        )


def grid(
    table: b.Table, room: float, *, empty: str, continued: str, internal: bool, face: Face = TABLE,
    pads: Sequence[float] = PADS,
) -> Grid:  # fmt: skip
    """A table *room* points wide; rows stand closer, and columns as wide as their words ask, where that keeps it on
    one slide."""
    rows = _rows(table, empty, internal=internal)
    widths = column_widths(table, room, face.size * 1.04, 2 * CELL_SIDE + 1, breaking=True)
    asked = _asked(rows, len(widths), face)
    said = [bits(one, internal=internal) for one in (*table.head, *([()] * len(widths)))][: len(widths)]
    tried = [headed(some, said, asked) for some in (widths, _fitted(asked, widths, room))]
    chosen = min(tried, key=lambda some: _Sized(rows, some, face).lines)
    head = [
        clipped(words, HEAD, width - 2 * CELL_SIDE, 4)[0] for words, width in zip(said, chosen, strict=True)
    ]
    close = face is CLOSE
    for pad in (*pads, _TIGHTEST) if close else pads:
        made = Grid(table, head, rows, widths=chosen, pad=pad, continued=continued, face=face)
        if made.height <= (_DENSE if close else 330.0):
            break
    return made


def _rows(table: b.Table, empty: str, *, internal: bool) -> list[Row]:
    count = len(table.columns)
    given = [tuple(row[:count]) + ((),) * (count - len(row)) for row in table.rows]
    given = given or [((b.Run(empty),), *([()] * (count - 1)))]
    last = len(given) - 1
    rows = []
    for index, row in enumerate(given):
        total = table.total and bool(table.rows) and index == last
        cells = tuple(bits(cell, bold=total, internal=internal) for cell in row)
        rows.append(Row(cells, total, index == table.decisive))
    return rows


@dataclass(frozen=True, slots=True)
class _Sized:
    """Rows at some widths."""

    rows: Sequence[Row]
    widths: Sequence[float]
    face: Face

    @property
    def lines(self) -> int:
        """Lines of all rows together."""
        return sum(
            max(
                len(cuts(words, self.face, max(width - 2 * CELL_SIDE, 8.0)))
                for words, width in zip(row.cells, self.widths, strict=True)
            )
            for row in self.rows
        )


def _asked(rows: Sequence[Row], count: int, face: Face) -> list[float]:
    """How wide each column is asked to be by the longest line in it."""
    asked = []
    for at in range(count):
        lines = (part for row in rows for part in _lines(row.cells[at]))
        asked.append(max([long(line, face) for line in lines] or [0.0]) + 2 * CELL_SIDE + 2.0)
    return asked


def _fitted(asked: Sequence[float], widths: Sequence[float], room: float) -> tuple[float, ...]:
    """Every column as wide as it is *asked* to be; where that is too much, the widest give way."""
    if sum(asked) <= room:
        spare = (room - sum(asked)) / sum(widths)
        return tuple(need + width * spare for need, width in zip(asked, widths, strict=True))
    low, high = 0.0, max(asked)
    while high - low > 0.5:
        most = (low + high) / 2
        low, high = (most, high) if sum(min(need, most) for need in asked) <= room else (low, most)
    return tuple(min(need, low) for need in asked)


def _lines(words: Bits) -> list[Bits]:
    """Words cut at their own line breaks."""
    found: list[Bits] = []
    text = "".join(bit.text for bit in words)
    while "\n" in text:
        first, words = divided(words, text.index("\n") + 1)
        found.append(tuple(replace(bit, text=bit.text.rstrip("\n")) for bit in first))
        text = "".join(bit.text for bit in words)
    return [*found, words]
