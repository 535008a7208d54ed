"""What stands on a page in Word: words, pictures, and everything that is a table underneath."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from cs_workbench import charts
from cs_workbench.charts.lettering import width
from cs_workbench.reports import blocks as b
from cs_workbench.reports.linebreaks import held
from cs_workbench.reports.slide_text import printable
from cs_workbench.reports.word_fit import NEAR, nearer
from cs_workbench.reports.word_grid import Edge, Grid, flatten
from cs_workbench.reports.word_styles import STYLES, Style, border, colour_named, element, rgb

_PADS = ((5.0, 3.25, 5.0, 3.25), (5.0, 1.25, 5.0, 1.25))  # of a table's cells: usual, dense
_AFTER_TABLE = 8 * 12700  # 8 points
_FIGURES = (24.0, 20.0, 16.0, 13.0)  # points of a key figure, from the largest
_ALIGN = {"left": 0, "center": 1, "right": 2}


class Page:
    """Puts blocks into a python-docx document, its cells included."""

    def __init__(self, docx: Any, document: b.Document, look: b.Look) -> None:
        self.docx = docx
        self._document = document
        self._look = look
        self._depth = 0
        self._break = False
        self._styles = _style_ids(docx)
        self._near, self._nearer = 1.0, dict[str, Style]()

    def nearer(self, step: float) -> None:
        """Set what follows closer, *step* of its type and lines; 1 as its styles say."""
        ids, self._near = self._styles, step
        found = [one for one in STYLES if step < 1.0 and one.name in ids]
        self._nearer = {ids[one.name][0] or "": nearer(one, step) for one in found}

    def paragraph(self, into: Any, style: str) -> Any:
        """A new paragraph of *style* at the end of a document or cell; a cell's own empty first one is used up."""
        fresh = (
            into is not self.docx and len(into._element.findall("{*}p")) == 1 and len(into.paragraphs) == 1
        )
        unused = fresh and not into.paragraphs[0]._p.findall("{*}r") and not into.tables
        made = into.paragraphs[0] if unused else into.add_paragraph()
        made._p.style, before = self._styles[style]
        above = made._p.getprevious()
        if above is not None and above.tag.endswith("}tbl"):
            made.paragraph_format.space_before = max(before, _AFTER_TABLE)
        if near := self._nearer.get(made._p.style or ""):
            _draw_near(made, near)
        if style == "List item":
            _hang(made, self._depth)
        if style in ("Quote", "Quoted by"):
            _quoted(made, self._look.accent)
        if self._break and into is self.docx:
            made.paragraph_format.page_break_before, self._break = True, False
        return made

    def break_before_next(self) -> None:
        """Let the next paragraph on the page begin a new one."""
        self._break = True

    def space_after(self, paragraph: Any, points: float) -> None:
        """Leave *points* below one paragraph."""
        from docx.shared import Pt

        paragraph.paragraph_format.space_after = Pt(points)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Lists inside are indented one step further."""
        self._depth += 1
        yield
        self._depth -= 1

    def words(self, paragraph: Any, runs: b.Runs, *, tone: b.Tone = "none", bold: bool | None = None) -> None:
        """Append *runs*; figures nobody measured get the dashed box, notes a red figure above the line."""
        from docx.shared import Pt

        style = self._nearer.get(paragraph._p.style or "")
        for run in runs:
            for row, text in enumerate(held(printable(run.text)).split("\n")):
                if row:
                    paragraph.add_run().add_break()
                if text:
                    made = paragraph.add_run(f"\u00a0{text}\u00a0" if run.missing else text)
                    made.bold = True if run.bold or bold else None
                    if style is not None:
                        made.font.size = Pt(style.size)
                    if tone in ("green", "yellow", "red"):
                        made.font.color.rgb = rgb(charts.tokens("paper")["health"][tone]["text"])
                    if run.missing:
                        self._missing(made)
            if run.note and self._document.edition == "internal":
                note = paragraph.add_run(f" {run.note}")
                note.font.superscript, note.font.size = True, Pt(8)
                note.font.color.rgb = rgb(colour_named("internal", self._look))

    def picture(
        self, paragraph: Any, png: bytes, *, alt: str, width: float = 0.0, height: float = 0.0
    ) -> None:
        """An inline picture *width* or *height* points large, with its words for those who cannot see it."""
        from docx.shared import Pt

        size = {"width": Pt(width)} if width else {"height": Pt(height)}
        shape = paragraph.add_run().add_picture(io.BytesIO(png), **size)
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")
        properties = shape._inline.docPr
        properties.set("descr", printable(alt))
        properties.set("name", f"Picture {properties.get('id')}")

    def fact_strip(self, into: Any, facts: Sequence[tuple[str, str]]) -> None:
        """The cover's facts side by side under an ink rule."""
        columns = max(len(facts[:3]), 1)
        rows = [facts[start : start + columns] for start in range(0, len(facts), columns)]
        grid = Grid(self.docx, into, [166.4] * columns, len(rows), pad=(0, 6, 8, 0))
        for at, row in enumerate(rows):
            for column, (label, fact) in enumerate(row):
                cell = grid.cell(at, column)
                if at == 0:
                    grid.edge(cell, Edge("top", 1, colour_named("ink", self._look)))
                self.words(self.paragraph(cell, "Furniture"), (b.Run(label),))
                self.words(self.paragraph(cell, "Normal"), (b.Run(fact),))

    def table(self, into: Any, table: b.Table, widths: Sequence[float], empty: str) -> None:
        """A ruled table whose head repeats, whose rows don't break, and whose last rows stay together."""
        count = len(table.columns)
        headed = any(table.head)
        rows = [tuple(row[:count]) + ((),) * (count - len(row)) for row in table.rows]
        rows = rows or [((b.Run(empty),), *([()] * (count - 1)))]
        grid = Grid(
            self.docx, into, widths, len(rows) + headed, pad=_PADS[self._document.dense or self._near <= NEAR]
        )
        grid.flush_sides(inset=6.0 if table.decisive is not None else 0.0)
        ink, light = colour_named("ink", self._look), colour_named("rule_light", self._look)
        if headed:
            grid.repeat_head()
            for column in range(count):
                cell = grid.cell(0, column)
                grid.edge(cell, Edge("bottom", 0.75, ink))
                head = table.head[column] if column < len(table.head) else ()
                self._cell(cell, head, table.columns[column].align, "Table head")
        for index, row in enumerate(rows):
            total = table.total and bool(table.rows) and index == len(rows) - 1
            grid.keep_row(index + headed, with_next=index in (0, len(rows) - 2) and len(rows) > 1)
            for column, runs in enumerate(row):
                cell = grid.cell(index + headed, column)
                grid.edge(cell, Edge("bottom", 1 if total else 0.5, ink if total else light))
                if index == table.decisive:
                    grid.fill(cell, self._look.accent_soft)
                self._cell(cell, runs, table.columns[column].align, "Table text", bold=total)
        if table.caption:
            self.words(self.paragraph(into, "Remark"), (b.Run(table.caption),))

    def _cell(self, cell: Any, runs: b.Runs, align: str, style: str, *, bold: bool = False) -> None:
        paragraph = self.paragraph(cell, style)
        paragraph.alignment = _ALIGN[align]
        self.words(paragraph, runs, bold=bold)

    def metrics(
        self, into: Any, items: Sequence[b.Metric], per_row: int, room: float, shapes: dict[str, str]
    ) -> None:
        """Key figures side by side: label, before → after with its unit, status with its shape, source."""
        rows = -(-len(items) // per_row)
        grid = Grid(self.docx, into, [room / per_row] * per_row, rows, pad=(0, 2, 8, 2))
        own = self.docx.styles["Figure"].font.size.pt / _FIGURES[0]
        size = min((_figure_size(item, room / per_row) for item in items), default=_FIGURES[0]) * own
        for index, item in enumerate(items):
            cell = grid.cell(index // per_row, index % per_row)
            grid.keep_row(index // per_row)
            self.words(self.paragraph(cell, "Metric text"), (b.Run(item.label),))
            self._metric_figure(self.paragraph(cell, "Figure"), item, size)
            if item.status:
                status = self.paragraph(cell, "Metric text")
                if item.tone in shapes:
                    mark = status.add_run(f"{shapes[item.tone]} ")
                    mark.font.color.rgb = rgb(
                        charts.paper(self._look.accent).graphic_of(item.tone, "#000000")
                    )
                self.words(status, item.status)
            if item.note:
                self.words(self.paragraph(cell, "Metric note"), item.note)

    def _metric_figure(self, paragraph: Any, item: b.Metric, size: float) -> None:
        from docx.shared import Pt

        if item.before:
            for run in item.before:
                made = paragraph.add_run(run.text)
                made.bold, made.font.size = False, Pt(size)
                made.font.color.rgb = rgb(colour_named("ink_3", self._look))
            arrow = paragraph.add_run(" → ")
            arrow.bold, arrow.font.size = False, Pt(size * 0.8)
            arrow.font.color.rgb = rgb(colour_named("ink_3", self._look))
        start = len(paragraph.runs)
        self.words(paragraph, item.value)
        for made, run in zip(paragraph.runs[start:], item.value, strict=False):
            made.font.size = Pt(10.5 if run.missing else size)
        if item.unit:
            unit = paragraph.add_run(f" {item.unit}")
            unit.bold, unit.font.size = False, Pt(9.5)

    def cells(self, into: Any, cells: Sequence[tuple[str, b.Runs]], room: float) -> None:
        """The strip: data, what it means, what we do."""
        grid = Grid(self.docx, into, [room / len(cells)] * len(cells), 1, pad=(8, 5, 8, 5))
        rule, light = colour_named("rule", self._look), colour_named("rule_light", self._look)
        grid.keep_row(0)
        for column, (label, runs) in enumerate(cells):
            cell = grid.cell(0, column)
            edges = [Edge("top", 0.75, rule), Edge("bottom", 0.75, rule)]
            grid.edge(cell, *edges, *([Edge("left", 0.75, light)] if column else []))
            self.words(self.paragraph(cell, "Cell label"), (b.Run(label),))
            self.words(self.paragraph(cell, "Normal"), runs)

    def decision(self, into: Any, block: b.Decision, room: float) -> None:
        """The one decision on the accent's fill."""
        grid = Grid(self.docx, into, [room / 2] * 2, 1, pad=(16, 12, 16, 12))
        grid.keep_row(0)
        left, right = grid.cell(0, 0), grid.cell(0, 1)
        for cell in (left, right):
            grid.fill(cell, self._look.accent)
        self.words(self.paragraph(left, "White label"), (b.Run(block.label),))
        self.words(self.paragraph(left, "White strong"), block.what)
        for runs, style in ((block.by, "White date"), (block.note, "White label")):
            if runs:
                paragraph = self.paragraph(right, style)
                paragraph.alignment = _ALIGN["right"]
                self.words(paragraph, runs)

    def card(self, into: Any, tone: b.Tone, room: float) -> Any:
        """The inside of a framed group; a toned one has its soft fill and edge."""
        grid = Grid(self.docx, into, [room], 1, pad=(12, 8, 12, 8))
        cell = grid.cell(0, 0)
        if tone == "none":
            rule = colour_named("rule", self._look)
            grid.edge(cell, *(Edge(side, 0.5, rule) for side in ("top", "left", "bottom", "right")))
        else:
            health = charts.tokens("paper")["health"]
            grid.fill(cell, health[tone]["soft"] if tone in health else self._look.accent_soft)
            graphic = charts.paper(self._look.accent).graphic_of(tone, self._look.accent)
            grid.edge(cell, Edge("left", 2, graphic))
        return cell

    def side_by_side(self, into: Any, rooms: Sequence[float], gutter: float) -> list[Any]:
        """Cells for blocks beside each other."""
        grid = Grid(
            self.docx, into, [*(room + gutter for room in rooms[:-1]), rooms[-1]], 1, pad=(0, 0, 0, 0)
        )
        cells = [grid.cell(0, column) for column in range(len(rooms))]
        for cell in cells[:-1]:
            grid.pad(cell, right=gutter)
        return cells

    def close_cell(self, cell: Any) -> None:
        """A cell has to end in a paragraph; after a table in it a flat one is needed."""
        if cell._element[-1].tag.endswith("}tbl"):
            cell.add_paragraph()
        last = cell.paragraphs[-1]
        if not last._p.findall("{*}r"):
            flatten(last)

    def _missing(self, run: Any) -> None:
        edge = element(
            "bdr", val="dashed", sz="6", space="0", color=colour_named("ink_3", self._look).lstrip("#")
        )
        run._r.get_or_add_rPr().append(edge)
        run.bold = False
        run.font.color.rgb = rgb(colour_named("ink_2", self._look))


def _hang(paragraph: Any, depth: int) -> None:
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Pt(14 * depth), Pt(-14)
    form.tab_stops.add_tab_stop(Pt(14 * depth))


def _quoted(paragraph: Any, accent: str) -> None:
    from docx.shared import Pt

    border(paragraph._p.get_or_add_pPr(), edge="left", size=2, colour=accent, space=12)
    paragraph.paragraph_format.left_indent = Pt(16)


def _draw_near(paragraph: Any, style: Style) -> None:
    """Lines and room of a paragraph in a section that is set closer."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.line_spacing = Pt(style.line)
    form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST  # a picture stands in a line too
    form.space_after = Pt(style.after)
    form.space_before = min(form.space_before or Pt(style.before), Pt(max(style.before, 8.0)))


def _figure_size(item: b.Metric, room: float) -> float:
    """The largest size at which a key figure and its unit stand on one line."""
    arrow = " → " if item.before else ""
    text = "".join(run.text for run in item.before) + arrow + "".join(run.text for run in item.value)
    left = room - 12.0 - (width(f" {item.unit}", 9.5) if item.unit else 0.0)
    return next((one for one in _FIGURES if width(text, one, True) * 1.03 <= left), 11.0)


def _style_ids(docx: Any) -> dict[str, tuple[str | None, int]]:
    """By name what a paragraph of a style says of it (nothing, of the usual one), and the space above it in EMU.

    python-docx walks all of Word's styles for each paragraph that is given one.
    """
    from docx.enum.style import WD_STYLE_TYPE

    usual = docx.styles.element.default_for(WD_STYLE_TYPE.PARAGRAPH)
    return {
        one.name: (None if one.element is usual else one.style_id, one.paragraph_format.space_before or 0)
        for one in docx.styles
        if one.type == WD_STYLE_TYPE.PARAGRAPH
    }


def fill(page: Page, look: b.Look, into: Any, labels: Sequence[str], lines: int) -> None:
    """Ruled lines to write on, or signature fields side by side."""
    from docx.shared import Pt

    ink, rule = colour_named("ink", look), colour_named("rule", look)
    if len(labels) == 1:
        grid = Grid(page.docx, into, [499.2 if into is page.docx else 200], lines + 1, pad=(0, 2, 0, 2))
        page.words(page.paragraph(grid.cell(0, 0), "Fill label"), (b.Run(labels[0]),))
        for row in range(1, lines + 1):
            grid.row_height(row, 22)
            grid.edge(grid.cell(row, 0), Edge("bottom", 0.5, rule))
            flatten(grid.cell(row, 0).paragraphs[0])
        return
    room = 499.2 / len(labels)
    grid = Grid(page.docx, into, [room] * len(labels), 1, pad=(0, 4, 18, 4))
    for column, label in enumerate(labels):
        cell = grid.cell(0, column)
        paragraph = page.paragraph(cell, "Fill label")
        paragraph.paragraph_format.space_before = Pt(34)
        border(paragraph._p.get_or_add_pPr(), edge="top", size=1, colour=ink, space=5)
        page.words(paragraph, (b.Run(label),))
