"""DOCX: an editable twin of the PDF's look, with styles, running head, repeated table heads and pictures of charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cs_workbench.reports import blocks as b
from cs_workbench.reports import pictures
from cs_workbench.reports.chart_png import png
from cs_workbench.reports.logo import clean_logo
from cs_workbench.reports.office_package import undated
from cs_workbench.reports.sections import Section, column_widths, sections, word
from cs_workbench.reports.whole_file import write_whole
from cs_workbench.reports.word_fit import CHART, TABLE_SIZE, closeness, settled
from cs_workbench.reports.word_page import Page, fill
from cs_workbench.reports.word_styles import blank_document
from cs_workbench.reports.xml_text import holdable

_SHAPES = {"green": "●", "yellow": "▲", "red": "◆", "info": "○"}
_INDENT = 12.0


def write(document: b.Document, look: b.Look, path: str) -> None:
    """Write *document* to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(document, look))


def render(document: b.Document, look: b.Look) -> bytes:
    """*document* as the bytes of a DOCX file, the same for the same document."""
    return _Writer(holdable(document), look).save()


class _Writer:
    """Walks the blocks of one document; ``page`` knows how each thing looks in Word."""

    def __init__(self, document: b.Document, look: b.Look) -> None:
        self._document = document
        self._look = look
        self._closeness = closeness(document)
        self._near = 1.0
        self._page = Page(blank_document(document, look, self._closeness), document, look)

    def save(self) -> bytes:
        if self._document.cover:
            self._cover(self._document.cover)
        for index, section in enumerate(sections(self._document)):
            self._section(section, first=index == 0)
        out = io.BytesIO()
        self._page.docx.save(out)
        return undated(out.getvalue())

    def _cover(self, cover: b.Cover) -> None:
        page, body = self._page, self._page.docx
        opening = page.paragraph(body, "Sender")
        if self._look.logo_png:
            page.picture(opening, clean_logo(self._look.logo_png), height=18.0, alt=self._document.sender)
            opening.add_run("  ")
        page.words(opening, (b.Run(self._document.sender),))
        page.words(page.paragraph(body, "Kicker"), (b.Run(cover.kicker),))
        page.words(page.paragraph(body, "Title"), (b.Run("\n".join(cover.title)),))
        prefix = word(self._document, "to")
        runs = (
            b.Run(f"{prefix} " if prefix else ""),
            b.Run(cover.customer, bold=True),
            b.Run(f" {cover.honorific}"),
        )
        page.words(page.paragraph(body, "Customer"), runs)
        line = page.paragraph(body, "Cover line")
        page.words(line, (b.Run(cover.line),))
        page.space_after(line, max(232.0 - 42.0 * len(cover.title), 20.0))
        drawing = pictures.cover_drawing(self._document, self._look, cover)
        if drawing:
            holder = page.paragraph(body, "Cover chart")
            page.picture(holder, png(drawing), width=pictures.PAGE_WIDTH, alt=cover.chart_alt)
            page.words(page.paragraph(body, "Remark"), (b.Run(cover.chart_note),))
        if cover.facts:
            page.fact_strip(body, cover.facts)

    def _section(self, section: Section, *, first: bool) -> None:
        page = self._page
        self._near = 1.0
        if not self._document.dense:
            section, self._near = settled(self._document, section)
        page.nearer(self._near)
        if section.heading:
            paragraph = page.paragraph(page.docx, "Heading 1")
            paragraph.paragraph_format.page_break_before = not first or self._document.cover is not None
            page.words(paragraph, section.heading.runs)
            self._remark(page.docx, section.heading.subtitle)
        self._blocks(page.docx, section.blocks, pictures.PAGE_WIDTH)
        if section.notes:
            gap = b.Run("\u2003")
            said = [run for note in section.notes for run in (b.Run(f"{note.id} "), *note.runs, gap)]
            page.words(page.paragraph(page.docx, "Record note"), tuple(said[:-1]))
        if section.sources:
            colon = "：" if self._document.language == "ja" else ": "
            label = b.Run(word(self._document, "sources") + colon)
            _keep_with_next(page.docx)
            page.words(page.paragraph(page.docx, "Sources"), (label, *section.sources))

    def _remark(self, into: Any, runs: b.Runs) -> None:
        if runs:
            remark = self._page.paragraph(into, "Remark")
            self._page.words(remark, runs)
            self._page.space_after(remark, 3)

    def _blocks(self, into: Any, items: Sequence[b.Block], room: float, *, headed: bool = False) -> None:
        """Blocks in order; a chart that doesn't stand under a heading (``headed``) opens its own section."""
        for block in items:
            if isinstance(block, b.Columns):
                self._columns(into, block, room, headed=headed)
            elif isinstance(block, b.Chart):
                self._chart(into, block, room, headed=headed)
            elif not (self._text(into, block) or self._group(into, block, room)):
                self._figure(into, block, room)
            headed = isinstance(block, b.Heading)

    def _columns(self, into: Any, block: b.Columns, room: float, *, headed: bool) -> None:
        rooms = pictures.shares(block.widths, len(block.bodies), room)
        cells = self._page.side_by_side(into, rooms, pictures.GUTTER)
        for cell, body, own in zip(cells, block.bodies, rooms, strict=True):
            self._blocks(cell, body, own, headed=headed)
            self._page.close_cell(cell)

    def _chart(self, into: Any, block: b.Chart, room: float, *, headed: bool) -> None:
        page = self._page
        style = "Chart title" if headed else "Chart opening"
        page.words(page.paragraph(into, style), (b.Run(block.title),))
        if block.subtitle:
            page.words(page.paragraph(into, "Chart subtitle"), (b.Run(block.subtitle),))
        share = CHART * self._closeness if self._document.dense else self._near
        block = replace(block, height=block.height * share)
        drawing = pictures.chart_drawing(self._document, self._look, block, room)
        holder = page.paragraph(into, "Picture")
        page.picture(holder, png(drawing), width=room, alt=block.alt or block.title)

    def _text(self, into: Any, block: b.Block) -> bool:
        page = self._page
        match block:
            case b.Heading(level=level, runs=runs, subtitle=subtitle):
                page.words(page.paragraph(into, f"Heading {min(max(level, 2), 3)}"), runs)
                self._remark(into, subtitle)
            case b.Paragraph(runs=runs, small=small):
                page.words(page.paragraph(into, "Remark" if small else "Normal"), runs)
            case b.Quote(runs=runs, by=by):
                page.words(page.paragraph(into, "Quote"), runs)
                if by:
                    page.words(page.paragraph(into, "Quoted by"), by)
            case b.Missing(what=what, question=question):
                colon = "：" if self._document.language == "ja" else ": "
                ask = word(self._document, "question") + colon + question if question else ""
                stop = "。" if self._document.language == "ja" else ". "
                box = b.Run(word(self._document, "not_measured"), missing=True)
                page.words(
                    page.paragraph(into, "Remark"), (box, b.Run(f"\u00a0 {what}{stop if ask else ''}{ask}"))
                )
            case b.Fill(labels=labels, lines=lines):
                fill(page, self._look, into, labels, lines)
            case b.PageBreak():
                page.break_before_next()
            case _:
                return False
        return True

    def _group(self, into: Any, block: b.Block, room: float) -> bool:
        page = self._page
        match block:
            case b.BulletList(items=items, ordered=ordered, check=check):
                for number, item in enumerate(items, 1):
                    self._item(into, item, "☐" if check else f"{number}." if ordered else "–", room)
            case b.Card(body=body, title=title, tone=tone):
                cell = page.card(into, tone, room)
                if title:
                    mark = f"{_SHAPES[tone]} " if tone in _SHAPES else ""
                    page.words(page.paragraph(cell, "Card title"), (b.Run(mark + title),), tone=tone)
                self._blocks(cell, body, room - 2 * _INDENT)
                page.close_cell(cell)
            case b.SpeakerNote(body=body):
                page.words(
                    page.paragraph(into, "Record note"), (b.Run(word(self._document, "speaker"), bold=True),)
                )
                self._blocks(into, body, room)
            case _:
                return False
        return True

    def _item(self, into: Any, item: Sequence[b.Block], mark: str, room: float) -> None:
        """The mark stands before the item's first paragraph; what follows is indented with it."""
        page = self._page
        first = item[0] if item and isinstance(item[0], b.Paragraph) else None
        with page.deeper():
            paragraph = page.paragraph(into, "List item")
            page.words(paragraph, (b.Run(f"{mark}\t"), *(first.runs if first else ())))
            self._blocks(into, item[1:] if first else item, room - _INDENT)

    def _figure(self, into: Any, block: b.Block, room: float) -> None:
        page = self._page
        match block:
            case b.Table():
                empty = word(self._document, "contents_empty")
                page.table(into, block, column_widths(block, room, TABLE_SIZE, 10.0, breaking=True), empty)
            case b.Metrics(items=items):
                per_row = min(max(len(items), 3), 4) if room > 300 else min(len(items), 3)
                page.metrics(into, items, per_row, room, _SHAPES)
            case b.Cells(cells=cells):
                page.cells(into, cells, room)
            case b.Decision():
                page.decision(into, block, room)
            case b.Timeline(alt=alt):
                drawing = pictures.timeline_drawing(self._look, block, room)
                page.picture(page.paragraph(into, "Picture"), png(drawing), width=room, alt=alt)
            case _:
                raise TypeError(f"no Word form for {type(block).__name__}")


def _keep_with_next(body: Any) -> None:
    """Let what stands last on the page go with the line that follows: its last row, or its paragraph."""
    last = body.element.body[-1]
    last = last.getprevious() if last.tag.endswith("}sectPr") else last
    if last is None:
        return
    rows = last.findall("{*}tr")
    for found in rows[-1].iter("{*}p") if rows else [last] if last.tag.endswith("}p") else ():
        found.get_or_add_pPr().get_or_add_keepNext()
