"""XLSX: a sheet for every message, tables and figures as real cells, native charts beside their figures."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from cs_workbench.reports import blocks as b
from cs_workbench.reports.office_package import made_on
from cs_workbench.reports.sections import Section, plain, sections, unbroken, word
from cs_workbench.reports.sheet_cells import LEAST_COLUMNS, Looks, Sheet, widths
from cs_workbench.reports.sheet_chart import put_chart
from cs_workbench.reports.sheet_pages import DEFAULT, ROW, set_pages
from cs_workbench.reports.slide_text import printable
from cs_workbench.reports.whole_file import write_whole

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_UNSAFE = re.compile(r"[\[\]:*?/\\'&\x00-\x1f]+")
_NAME = 31  # characters a sheet's name takes
_PAUSES = " ,;:.、。，；：・"
_FIGURE_BEGUN = re.compile(r"[−–$¥€£]?\d[\d,.]*$")
_IN_WORD = re.compile(r"[A-Za-zÀ-ÿ'’]{2}")
_IN_FIGURE = re.compile(r"[\d,.]*\d|[万億%％KMB]")
_SHAPES = {"green": "● ", "yellow": "▲ ", "red": "◆ ", "info": "○ "}


def write(document: b.Document, look: b.Look, path: str) -> None:
    """Write *document* to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(document, look))


def render(document: b.Document, look: b.Look) -> bytes:
    """*document* as the bytes of an XLSX file, the same for the same document."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties(
            {
                "title": printable(document.title)[:255],
                "author": printable(document.sender)[:255],
                "created": made_on(document.as_of),
            }
        )
        _Writer(document, look, book).fill()
    return out.getvalue()


class _Writer:
    """Walks the sections of one document."""

    def __init__(self, document: b.Document, look: b.Look, book: Any) -> None:
        self._document = document
        self._look = look
        self._book = book
        self._looks = Looks(book, look, document.language)
        self._colon = "：" if document.language == "ja" else ": "
        self._names: set[str] = set()

    def fill(self) -> None:
        """All sheets: the cover, then one a message."""
        found = sections(self._document)
        if self._document.cover or not found:
            self._cover(self._document.cover, found)
        for number, section in enumerate(found, 1):
            self._section(section, number)

    def _sheet(self, name: str, columns: Sequence[float]) -> Sheet:
        grid = self._book.add_worksheet(self._free(name))
        sheet = Sheet(grid, self._looks, columns)
        grid.hide_gridlines(2)
        grid.set_paper(9)
        grid.set_landscape()
        grid.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
        mark = self._document.internal_mark if self._document.edition == "internal" else ""
        grid.set_header(f"&L&8 {_furniture(self._document.title)}&R&8 {_furniture(mark)}")
        grid.set_footer(f"&L&8 {_furniture(self._document.sender)}&R&8&P / &N")
        if mark:
            grid.set_tab_color("#A3271F")
            sheet.words(mark, "internal")
        return sheet

    def _free(self, name: str) -> str:
        """A name no other sheet has and every program takes."""
        clean = " ".join(_UNSAFE.sub(" ", printable(name)).split()) or "Sheet"
        shown, number = _cut(clean), 1
        while shown.casefold() in self._names or shown.casefold() == "history":
            number += 1
            end = f" {number}"
            shown = clean[: _NAME - len(end)].strip() + end
        self._names.add(shown.casefold())
        return shown

    def _cover(self, cover: b.Cover | None, found: Sequence[Section]) -> None:
        sheet = self._sheet(cover.kicker if cover else self._document.title, [14.0] * LEAST_COLUMNS)
        sheet.words(self._document.sender, "note")
        if cover is None:
            sheet.words(self._document.title, "title")
        else:
            self._cover_facts(sheet, cover, found)
        _pages(sheet, 0)

    def _cover_facts(self, sheet: Sheet, cover: b.Cover, found: Sequence[Section]) -> None:
        sheet.words(cover.kicker, "accent")
        gap = "" if self._document.language == "ja" else " "
        sheet.words(gap.join(cover.title), "cover")
        prefix = word(self._document, "to")
        sheet.words(f"{prefix} {cover.customer} {cover.honorific}".strip(), "strong", "text")
        if cover.line:
            sheet.words(cover.line, "note")
        sheet.skip()
        for label, fact in cover.facts:
            sheet.cell(0, (b.Run(label),), "note")
            sheet.words(fact, first=2)
        if cover.chart is not None:
            sheet.skip()
            chart = b.Chart(cover.chart, cover.chart_note, "", cover.chart_alt)
            put_chart(self._book, sheet, chart, self._look, word(self._document, "not_measured"))
        sheet.skip()
        for number, section in enumerate(found, 1):
            if section.heading:
                sheet.words(f"{number}  {unbroken(section.heading.runs)}")

    def _section(self, section: Section, number: int) -> None:
        message = unbroken(section.heading.runs) if section.heading else self._document.title
        tab = section.heading.tab if section.heading else ""
        sheet = self._sheet(f"{number} {tab or message}", widths(section.blocks))
        sheet.words(message, "title")
        grid = sheet.sheet
        repeated = sheet.row
        grid.repeat_rows(0, repeated - 1)
        grid.freeze_panes(repeated, 0)
        if section.heading and section.heading.subtitle:
            sheet.words(section.heading.subtitle, "note")
        sheet.skip()
        self._blocks(sheet, section.blocks, 0)
        for note in section.notes:
            sheet.words(f"{note.id} {plain(note.runs)}", "record")
        if section.sources:
            sheet.skip()
            sheet.words(f"{word(self._document, 'sources')}{self._colon}{plain(section.sources)}", "note")
        _pages(sheet, repeated)

    def _blocks(self, sheet: Sheet, blocks: Sequence[b.Block], depth: int) -> None:
        for block in blocks:
            if not (self._words(sheet, block, depth) or self._group(sheet, block, depth)):
                self._figures(sheet, block)

    def _words(self, sheet: Sheet, block: b.Block, depth: int) -> bool:
        match block:
            case b.Heading(level=level, runs=runs, subtitle=subtitle):
                sheet.skip(1 if sheet.row > 2 else 0)
                sheet.words(runs, *(("section",) if level <= 2 else ("strong", "text")))
                if subtitle:
                    sheet.words(subtitle, "note")
            case b.Paragraph(runs=runs, small=small):
                sheet.words(runs, "note" if small else "text", indent=depth)
            case b.Quote(runs=runs, by=by):
                sheet.words(runs, "strong", "text", indent=1)
                if by:
                    sheet.words(by, "note", indent=1)
                sheet.skip()
            case b.Missing(what=what, question=question):
                ask = f" {word(self._document, 'question')}{self._colon}{question}" if question else ""
                sheet.cell(0, (b.Run(word(self._document, "not_measured"), missing=True),))
                sheet.words(f"{what}{ask}", first=1)
            case b.Fill(labels=labels, lines=lines):
                for label in labels:
                    sheet.words(label, "note")
                    for _line in range(min(lines, 20)):
                        sheet.words("", "rule")
            case b.PageBreak():
                if sheet.row:
                    sheet.breaks.append(sheet.row)
            case _:
                return False
        return True

    def _group(self, sheet: Sheet, block: b.Block, depth: int) -> bool:
        match block:
            case b.BulletList(items=items, ordered=ordered, check=check):
                for number, item in enumerate(items, 1):
                    self._item(sheet, item, "☐" if check else f"{number}." if ordered else "–", depth)
            case b.Card(body=body, title=title, tone=tone):
                if title:
                    sheet.words(
                        _SHAPES.get(tone, "") + title,
                        f"tone_{tone}" if tone in ("green", "yellow", "red") else "strong",
                    )
                self._blocks(sheet, body, depth + 1)
                sheet.skip()
            case b.Columns(bodies=bodies):
                for body in bodies:
                    self._blocks(sheet, body, depth)
            case b.SpeakerNote(body=body):
                sheet.skip()
                sheet.words(word(self._document, "speaker"), "record", "strong")
                self._blocks(sheet, body, depth)
            case _:
                return False
        return True

    def _item(self, sheet: Sheet, item: Sequence[b.Block], mark: str, depth: int) -> None:
        first = item[0] if item and isinstance(item[0], b.Paragraph) else None
        sheet.words(f"{mark} {plain(first.runs) if first else ''}", indent=depth)
        self._blocks(sheet, item[1:] if first else item, depth + 1)

    def _figures(self, sheet: Sheet, block: b.Block) -> None:
        match block:
            case b.Table():
                sheet.table(block, word(self._document, "contents_empty"))
                sheet.skip()
            case b.Metrics(items=items):
                self._metrics(sheet, items)
            case b.Cells(cells=cells):
                for label, runs in cells:
                    sheet.cell(0, (b.Run(label),), "accent")
                    sheet.words(runs, first=1)
                sheet.skip()
            case b.Decision(label=label, what=what, by=by, note=note):
                for runs in ((b.Run(label),), what, by, note):
                    if runs:
                        sheet.words(runs, "decision", indent=1)
                sheet.skip()
            case b.Chart():
                sheet.skip(1 if sheet.row > 2 else 0)
                put_chart(self._book, sheet, block, self._look, word(self._document, "not_measured"))
            case b.Timeline(points=points, alt=alt):
                for point in points:
                    role = {"accent": "strong", "deadline": "strong"}.get(point.role, "text")
                    sheet.words(point.label, role, "text")
                if alt:
                    sheet.words(alt, "note")
                sheet.skip()
            case _:
                raise TypeError(f"no sheet form for {type(block).__name__}")

    def _metrics(self, sheet: Sheet, items: Sequence[b.Metric]) -> None:
        """A row a figure: label, before, now, unit, status, source."""
        for item in items:
            sheet.cell(0, (b.Run(item.label),), "row")
            sheet.cell(1, item.before, "row", "quiet")
            sheet.cell(2, item.value, "row", "figure")
            sheet.cell(3, (b.Run(item.unit),), "row")
            status = (b.Run(_SHAPES.get(item.tone, "") + plain(item.status)),) if item.status else ()
            note = (b.Run(" — "), *item.note) if item.note and status else item.note
            sheet.words((*status, *note), "row", first=4)
        sheet.skip()


def _pages(sheet: Sheet, repeated: int) -> None:
    """The print area ends with what was written; what only feeds a chart stands right of it."""
    sheet.sheet.print_area(0, 0, max(sheet.row - 1, 0), sheet.reach)
    widths = [sheet.widths[at] if at < len(sheet.widths) else DEFAULT for at in range(sheet.reach + 1)]
    heights = [sheet.heights.get(row, ROW) for row in range(sheet.row)]
    set_pages(sheet.sheet, widths, heights, repeated=repeated, whole=sheet.whole, breaks=sheet.breaks)


def _cut(name: str) -> str:
    """A sheet's name as long as one may be, ending with a whole word and never inside a figure."""
    if len(name) <= _NAME:
        return name
    whole = _FIGURE_BEGUN.sub("", name[:_NAME]) if _IN_FIGURE.match(name[_NAME:]) else name[:_NAME]
    if _IN_WORD.match(name[len(whole) - 1 : len(whole) + 1]) and whole.rfind(" ") > _NAME // 2:
        whole = whole[: whole.rindex(" ")]
    return whole.rstrip(_PAUSES) or name[:_NAME].strip()


def _furniture(text: str) -> str:
    """Text for a header or footer: & begins a code there, and each holds at most 255 characters."""
    return " ".join(printable(text).split())[:80].replace("&", "&&")
