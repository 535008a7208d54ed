"""A sheet of a document's workbook: cells from top to bottom, figures as numbers, words as words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from cs_workbench import charts
from cs_workbench.reports import blocks as b
from cs_workbench.reports.sections import plain
from cs_workbench.reports.sheet_figures import figure_format, figure_of
from cs_workbench.reports.sheet_sums import sums
from cs_workbench.reports.slide_text import Bit, Face, cuts, long, printable

LEAST_COLUMNS = 8
_LONGEST = 32_000  # characters a cell takes
_TEXT = Face(10, 15)
_POINTS = 5.6  # points a character of a column's width takes at ten points
_NARROW, _WIDE = 11.0, 44.0
Style = dict[str, object]


class Looks:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Any, look: b.Look, language: str) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        paper = charts.tokens("paper")
        self.base: Style = {
            "font_name": "Yu Gothic" if language == "ja" else "Calibri",
            "font_size": 10,
            "font_color": paper["ink"],
            "valign": "top",
        }
        self.parts: dict[str, Style] = {
            "title": {"font_size": 16, "bold": True, "text_wrap": True},
            "cover": {"font_size": 22, "bold": True, "text_wrap": True},
            "section": {"font_size": 11, "bold": True, "top": 1, "top_color": paper["ink"], "text_wrap": True},
            "strong": {"bold": True},
            "text": {"text_wrap": True},
            "note": {"font_size": 9, "font_color": paper["ink_3"], "text_wrap": True},
            "head": {"font_color": paper["ink_3"], "bottom": 1, "bottom_color": paper["ink"], "text_wrap": True},
            "row": {"valign": "vcenter", "bottom": 1, "bottom_color": paper["rule_light"], "text_wrap": True},
            "total": {"bold": True, "bottom": 1, "bottom_color": paper["ink"]},
            "decisive": {"bg_color": look.accent_soft},
            "figure": {"font_size": 14, "bold": True, "align": "left"},
            "quiet": {"font_color": paper["ink_3"], "align": "left"},
            "accent": {"font_color": look.accent, "bold": True},
            "decision": {"bg_color": look.accent, "font_color": "#FFFFFF", "bold": True, "text_wrap": True},
            "missing": {"font_color": paper["ink_2"], "border": 3, "border_color": paper["ink_3"], "align": "left"},
            "internal": {"font_color": paper["internal"], "bold": True, "border": 1, "border_color": paper["internal"]},
            "record": {"font_color": paper["internal"], "font_size": 9, "text_wrap": True},
            "rule": {"bottom": 1, "bottom_color": paper["rule"]},
            "left": {"align": "left"}, "right": {"align": "right"}, "center": {"align": "center"},
        }  # fmt: skip
        for tone, colours in paper["health"].items():
            self.parts[f"tone_{tone}"] = {"font_color": colours["text"], "bold": True}

    def __call__(self, *names: str, form: str = "", indent: int = 0) -> Any:
        """The format these words add up to, with a number format and an indent if any."""
        key = f"{'.'.join(names)}|{form}|{indent}"
        if key not in self._made:
            style = dict(self.base)
            for name in names:
                style |= self.parts[name]
            if form:
                style["num_format"] = form
            if indent:
                style["indent"] = min(indent, 15)
            self._made[key] = self._book.add_format(style)
        return self._made[key]


class Sheet:
    """One sheet being written; ``row`` is the next free row."""

    def __init__(self, sheet: Any, looks: Looks, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.looks = looks
        self.widths = tuple(widths)
        self.row = 0
        self.breaks: list[int] = []
        self.reach = self.last  # the last column that is printed
        self.heights: dict[int, float] = {}  # points, of rows that are not as high as an empty one
        self.whole: list[tuple[int, int]] = []  # first and last row of what one page has to hold
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)

    @property
    def last(self) -> int:
        """The last column words run to."""
        return len(self.widths) - 1

    def skip(self, rows: int = 1) -> None:
        """Leave rows free."""
        self.row += rows

    def words(self, runs: b.Runs | str, *look: str, first: int = 0, indent: int = 0) -> None:
        """A line of words over the columns from *first* on, as high as they need."""
        text = printable(runs if isinstance(runs, str) else plain(runs))[:_LONGEST]
        look = look or ("text",)
        shown = self.looks(*look, indent=indent)
        if first < self.last:
            self.sheet.merge_range(self.row, first, self.row, self.last, "", shown)
        if text:
            self.sheet.write_string(self.row, first, text, shown)
        else:
            self.sheet.write_blank(self.row, first, None, shown)
        self.high(self.row, _needed(text, sum(self.widths[first:]) - indent * 1.5, shown))
        self.row += 1

    def high(self, row: int, points: float) -> None:
        """Make a row as high as *points*; what it already needs stays."""
        self.heights[row] = min(max(points, self.heights.get(row, 0.0)), 409.0)
        self.sheet.set_row(row, self.heights[row])

    def cell(self, column: int, runs: b.Runs, *look: str, first: int | None = None) -> None:
        """One cell: a figure as a number in its format, everything else as text; from row *first* on, a live sum."""
        indent = 1 if column and look[-1:] == ("left",) else 0
        said = [run for run in runs if run.text.strip()]
        figure = figure_of(runs)
        if figure is not None and figure.value is not None:
            shown, value = self._figure_look(figure, look, indent), float(figure.value)
            if first is None:
                self.sheet.write_number(self.row, column, value, shown)
            else:
                self.sheet.write_formula(
                    self.row, column, f"=SUM({_span(first, self.row - 1, column)})", shown, value
                )
            self.high(self.row, float(shown.font_size) * 1.45 + 2.0)
            return
        if figure is not None and figure.missing:
            look = (*look, "missing")
        elif said and all(run.bold for run in said):
            look = (*look, "strong")
        text = printable(plain(runs))[:_LONGEST]
        if text:
            self.sheet.write_string(self.row, column, text, self.looks(*look, indent=indent))
        else:
            self.sheet.write_blank(self.row, column, None, self.looks(*look))

    def _figure_look(self, figure: b.Run, look: Sequence[str], indent: int) -> Any:
        strong = ("strong",) if figure.bold else ()
        return self.looks(*look, *strong, form=figure_format(figure), indent=indent)

    def table(self, table: b.Table, empty: str) -> None:
        """Head and rows as cells; the total and the decisive row look as they do on paper."""
        count = len(table.columns)
        if any(table.head):
            for at, column in enumerate(table.columns):
                self.cell(at, table.head[at] if at < len(table.head) else (), "head", column.align)
            self._row_height([table.head[at] if at < len(table.head) else () for at in range(count)])
            self.row += 1
        rows = table.rows or (((b.Run(empty),),),)
        top, added = self.row, sums(table)
        for index, row in enumerate(rows):
            look = ["row"]
            if table.total and table.rows and index == len(rows) - 1:
                look.append("total")
            if index == table.decisive:
                look.append("decisive")
            cells = [row[at] if at < len(row) else () for at in range(count)]
            for at, (runs, column) in enumerate(zip(cells, table.columns, strict=True)):
                first = added.get((index, at))
                self.cell(at, runs, *look, column.align, first=None if first is None else top + first)
            self._row_height(cells)
            self.row += 1
        if table.caption:
            self.words(table.caption, "note")

    def _row_height(self, cells: Sequence[b.Runs]) -> None:
        lines = 1
        for at, runs in enumerate(cells):
            text = printable(plain(runs))[:_LONGEST]
            if text:
                lines = max(lines, len(cuts((Bit(text),), _TEXT, (self.widths[at] - 1) * _POINTS)))
        self.high(self.row, lines * _TEXT.line + 3.0)


def _needed(text: str, width: float, look: Any) -> float:
    """Points *text* needs in a cell *width* characters wide."""
    size = float(look.font_size)
    line = size * 1.45
    lines = len(cuts((Bit(text),), Face(size, line), max(width, 4.0) * _POINTS)) if text else 1
    return lines * line + 2.0


def _span(first: int, last: int, column: int) -> str:
    from xlsxwriter.utility import xl_range

    return str(xl_range(first, column, last, column))


def widths(blocks: Sequence[b.Block]) -> tuple[float, ...]:
    """Widths of a sheet's columns in characters: what its tables and charts need, within bounds."""
    found = [_NARROW] * LEAST_COLUMNS
    for rows in _grids(blocks):
        for row in rows:
            for at, text in enumerate(row):
                if at >= len(found):
                    found.append(_NARROW)
                needed = math.ceil(long((Bit(printable(text)[:200]),), _TEXT) / _POINTS) + 2.0
                found[at] = min(max(found[at], needed), _WIDE)
    return tuple(found)


def _grids(blocks: Sequence[b.Block]) -> list[list[list[str]]]:
    grids: list[list[list[str]]] = []
    for block in blocks:
        match block:
            case b.Table(head=head, rows=rows):
                grids.append([[plain(cell) for cell in row] for row in (head, *rows)])
            case b.Metrics(items=items):
                grids.append([[one.label, plain(one.before), plain(one.value), one.unit] for one in items])
            case b.Cells(cells=cells):
                grids.append([[label] for label, _runs in cells])
            case b.Chart(data=data):
                grids.append([[name] for name in data.categories])
                grids.append([["", *(series.name for series in data.series)]])
            case b.Card(body=body) | b.SpeakerNote(body=body):
                grids += _grids(body)
            case b.Columns(bodies=bodies) | b.BulletList(items=bodies):
                for body in bodies:
                    grids += _grids(body)
    return grids
