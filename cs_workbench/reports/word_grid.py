"""A Word table without any built-in look: fixed widths, own edges, fills and padding, rows that hold together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_workbench.reports.word_styles import element


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a cell: "top", "left", "bottom" or "right", *size* points thick."""

    side: str
    size: float
    colour: str


class Grid:
    """A table of *widths* points in a document or cell; ``pad`` is left, top, right, bottom of every cell."""

    def __init__(
        self,
        docx: Any,
        into: Any,
        widths: Sequence[float],
        rows: int,
        *,
        pad: tuple[float, float, float, float],
    ) -> None:
        from docx.shared import Pt

        self._docx = docx
        self._into = into
        used = into is not docx and len(into._element.findall("{*}p")) == 1 and not into.tables
        blank = into.paragraphs[0]._p if used and not into.paragraphs[0]._p.findall("{*}r") else None
        table = into.add_table(rows, len(widths))
        _part_from_table_above(table)
        if blank is not None:
            into._element.remove(blank)
        if into is not docx:  # python-docx closes a cell with a paragraph: Page.close_cell decides on that
            last = into._element[-1]
            if last.tag.endswith("}p"):
                into._element.remove(last)
        self._table = table
        table.autofit = False
        self._bare(pad)
        for column, width in enumerate(widths):
            table.columns[column].width = Pt(width)
        self._cells = [list(row.cells) for row in table.rows]
        for row in self._cells:
            for cell, width in zip(row, widths, strict=True):
                cell.width = Pt(width)

    def cell(self, row: int, column: int) -> Any:
        """The cell in that place."""
        return self._cells[row][column]

    def repeat_head(self) -> None:
        """Repeat the first row on every page."""
        properties = self._table.rows[0]._tr.get_or_add_trPr()
        properties.append(element("cantSplit"))
        properties.append(element("tblHeader"))

    def keep_row(self, row: int, *, with_next: bool = False) -> None:
        """Never break *row* across pages, nor, if asked, part it from the next."""
        self._table.rows[row]._tr.get_or_add_trPr().append(element("cantSplit"))
        if with_next:
            for cell in self._cells[row]:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def row_height(self, row: int, height: float) -> None:
        """Give *row* at least *height* points."""
        from docx.shared import Pt

        self._table.rows[row].height = Pt(height)

    def edge(self, cell: Any, *edges: Edge) -> None:
        """Draw some sides of *cell*."""
        borders = element("tcBorders")
        order = ("top", "left", "bottom", "right")
        for one in sorted(edges, key=lambda each: order.index(each.side)):
            size = str(round(one.size * 8))
            borders.append(element(one.side, val="single", sz=size, space="0", color=one.colour.lstrip("#")))
        _put(cell, borders)

    def fill(self, cell: Any, colour: str) -> None:
        """Tint *cell*."""
        _put(cell, element("shd", val="clear", color="auto", fill=colour.lstrip("#")))

    def pad(self, cell: Any, **sides: float) -> None:
        """Keep other distances than the table's in *cell*, in points: left, right."""
        margins = element("tcMar")
        for side in sorted(sides):
            margins.append(element(side, w=str(round(sides[side] * 20)), type="dxa"))
        _put(cell, margins)

    def flush_sides(self, *, inset: float) -> None:
        """Let the first and last columns begin and end *inset* points from the table's sides."""
        for row in self._cells:
            if row[0] is row[-1]:
                self.pad(row[0], left=inset, right=inset)
            else:
                self.pad(row[0], left=inset)
                self.pad(row[-1], right=inset)

    def _bare(self, pad: tuple[float, float, float, float]) -> None:
        properties = self._table._tbl.tblPr
        for name, value in zip(("left", "top", "right", "bottom"), pad, strict=True):
            margins = properties.find("{*}tblCellMar")
            if margins is None:
                margins = element("tblCellMar")
                properties.append(margins)
            margins.append(element(name, w=str(round(value * 20)), type="dxa"))
        order = ("top", "left", "bottom", "right")
        margins[:] = sorted(margins, key=lambda one: order.index(one.tag.split("}")[1]))
        indent = element("tblInd", w="0", type="dxa")
        properties.insert(list(properties).index(properties.find("{*}tblCellMar")), indent)


def flatten(paragraph: Any) -> None:
    """Make a paragraph the format demands take next to no height."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def _part_from_table_above(table: Any) -> None:
    """Two tables that touch would become one in Word: a paragraph without height stands between them."""
    above = table._tbl.getprevious()
    if above is not None and above.tag.endswith("}tbl"):
        from docx.text.paragraph import Paragraph

        paragraph = Paragraph(element("p"), table._parent)
        table._tbl.addprevious(paragraph._p)
        flatten(paragraph)
        paragraph.paragraph_format.space_after = 10 * _EMU


_EMU = 12700  # to the point
_ORDER = (
    "tcW",
    "gridSpan",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
)


def _put(cell: Any, child: Any) -> None:
    """Add a property to a cell where the schema wants it, in place of an older one."""
    properties = cell._element.get_or_add_tcPr()
    name = child.tag.split("}")[1]
    for old in properties.findall(f"{{*}}{name}"):
        properties.remove(old)
    rank = _ORDER.index(name)
    before = [one for one in properties if _ORDER.index(one.tag.split("}")[1]) < rank]
    properties.insert(len(before), child)
