"""A document as plain data for the typesetter: sizes settled, pictures drawn, text cut where lines may break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cs_workbench import charts
from cs_workbench.charts.lettering import shorten, width
from cs_workbench.reports import blocks as b
from cs_workbench.reports import pictures
from cs_workbench.reports.linebreaks import soften
from cs_workbench.reports.logo import logo_svg
from cs_workbench.reports.parted import parted
from cs_workbench.reports.press_text import PressText
from cs_workbench.reports.sections import Section, column_widths, plain, sections, unbroken, word

Data = dict[str, Any]
_CELL_PADDING = 10.0
_SHORT_TABLE = 8
_MANY_ROWS = 12
_ROWS_BESIDE_CHARTS = 5
# What may move to the next page with the record notes, so that these never stand there alone.
_MOVABLE = frozenset(("paragraph", "cells", "missing", "fill", "list", "timeline", "quote", "card"))
# Blocks that never break, where they are short: what has no "long" may be longer than a page.
_WHOLE = frozenset(("table", "metrics", "chart"))
SMALLER = 0.38  # room between the blocks of a section whose type is smaller too
PULLED = 0.0  # instead of a section's room between blocks: its last blocks go to the next page together
_LONG_TEXT = 1200  # characters that may not fit on one page in one piece


def press_data(
    document: b.Document, look: b.Look, shrink: float = 1.0, tight: Mapping[int, float] | None = None
) -> Data:
    """Everything the look needs to print *document*, as plain lists, strings and numbers.

    *shrink* makes the type and charts of a dense document smaller. *tight* is the room between the blocks of a
    section, by its number: 1 as designed, or PULLED where its last blocks go to the next page together.
    """
    return {**_Press(document, look, shrink, tight or {}).document(), "shrink": shrink}


class _Press:
    """Turns one document's blocks into plain data; numbers tables and heading depths on the way."""

    def __init__(self, document: b.Document, look: b.Look, shrink: float, tight: Mapping[int, float]) -> None:
        self._document = document
        self._tight = tight
        self._room = 1.0
        self._shrink = shrink
        self._look = look
        self._page = pictures.WIDE_WIDTH if document.wide else pictures.PAGE_WIDTH
        self._text = PressText(document, self._page)
        self._runs = self._text.runs
        self._tables = 0
        self._depth = 0
        self._close = False  # rows stand closer on the page that asks for the decision, and in long tables

    def document(self) -> Data:
        document = self._document
        tokens = charts.tokens("paper")
        names = ("ink", "ink_2", "ink_3", "rule", "rule_light", "tint", "internal")
        tones = {band: tokens["health"][band] for band in ("green", "yellow", "red", "none")}
        tones["info"] = dict.fromkeys(("text", "graphic"), self._look.accent) | {
            "soft": self._look.accent_soft
        }
        colours = {name: tokens[name] for name in names}
        colours |= {"accent": self._look.accent, "accent_soft": self._look.accent_soft}
        return {
            "dense": document.dense, "wide": document.wide,
            "title": document.title, "sender": document.sender, "language": document.language,
            "head": shorten(document.title, 7, 195 if document.internal_mark else 240),
            "head_sender": shorten(document.sender, 7, 160),
            "sender_short": shorten(document.sender, 10.5, 400), "mark": shorten(document.internal_mark, 8, 200),
            "colours": colours, "tones": tones, "type": tokens["type"],
            "page": word(document, "page"), "continued": word(document, "continued"),
            "not_measured": word(document, "not_measured"), "speaker": word(document, "speaker"),
            "logo": logo_svg(self._look.logo_png) if self._look.logo_png else "",
            "cover": self._cover(document.cover) if document.cover else None,
            "sections": [self._section(*found) for found in enumerate(sections(document))],
        }  # fmt: skip

    def _cover(self, cover: b.Cover) -> Data:
        room = pictures.PAGE_WIDTH
        drawing = pictures.cover_drawing(self._document, self._look, cover)
        size = next((size for size in (30.0, 26.0, 22.0, 18.0) if all(
            width(line, size, True) <= room for line in cover.title)), 16.0)  # fmt: skip
        prefix = word(self._document, "to")
        taken = width(f"{prefix} {cover.honorific} ", 13)
        return {
            "kicker": shorten(cover.kicker, 13, room, bold=True), "to": prefix,
            "title": [shorten(line, size, room, bold=True) for line in cover.title[:4]],
            "size": size, "customer": shorten(cover.customer, 13, room - taken, bold=True),
            "honorific": cover.honorific, "line": shorten(cover.line, 9.5, room),
            "chart": charts.svg(drawing) if drawing else None, "note": shorten(cover.chart_note, 8.5, room * 1.9),
            "alt": cover.chart_alt or cover.chart_note or self._document.title,
            "facts": [[shorten(label, 7, 150), shorten(fact, 9.5, 155)] for label, fact in cover.facts[:6]],
        }  # fmt: skip

    def _section(self, number: int, section: Section) -> Data:
        self._depth = 0
        tight = self._tight.get(number, 1.0)
        self._room = tight or 1.0
        heading = self._message(section.heading) if section.heading else None
        blocks = list(section.blocks)
        self._close = self._document.dense or _crowded(blocks)
        bottom: list[b.Block] = []
        if blocks and (isinstance(blocks[-1], b.Decision) or _is_signature(blocks[-1])):
            bottom.append(blocks.pop())
        if tight == PULLED and section.heading:
            blocks = parted(self._document, section.heading, blocks)
        data = self._blocks(blocks, self._page)
        if section.notes:
            notes = [{"id": note.id, "runs": self._runs(note.runs)} for note in section.notes]
            _stick(data[-1:])
            data.append({"kind": "notes", "notes": notes})
        if tight == PULLED:
            _stick([block for block in data[-4:-1] if block["kind"] != "table"])
        for block in bottom:
            data += [{**self._block(block, self._page), "bottom": True, "section": number}]
        sources = shorten(self._sources(section), 7, self._page * 2.4)
        return {"heading": heading, "sources": soften(sources), "blocks": data, "tight": self._room}

    def _sources(self, section: Section) -> str:
        text = unbroken(section.sources)
        colon = "：" if self._document.language == "ja" else ": "
        label = word(self._document, "sources")
        return f"{label}{colon}{text}" if text else ""

    def _message(self, heading: b.Heading) -> Data:
        self._depth = 1
        text = plain(heading.runs)
        size = 16.0 if width(text, 16, True) <= self._page * 2.2 else 13.0
        runs = self._text.phrases(heading.runs, size)
        return {"runs": runs, "subtitle": self._runs(heading.subtitle), "size": size}

    def _blocks(self, blocks: Sequence[b.Block], room: float, *, headed: bool = False) -> list[Data]:
        """Blocks in order; a chart that doesn't stand under a heading (``headed``) opens its own section."""
        done: list[Data] = []
        for block in blocks:
            data = self._block(block, room, headed=headed)
            if isinstance(block, b.Chart):
                data["rule"] = not headed
            if isinstance(block, b.Table):
                data["headed"] = headed
            done.append(data)
            headed = isinstance(block, b.Heading)
        return done

    def _block(self, block: b.Block, room: float, *, headed: bool = False) -> Data:
        if isinstance(block, b.Columns):
            data = self._columns(block, room, headed=headed)
        else:
            data = self._words(block) or self._group(block, room) or self._figure(block, room)
        return {**data, "tight": self._room, "src": f"{block.src.template}:{block.src.line}"}

    def _columns(self, columns: b.Columns, room: float, *, headed: bool) -> Data:
        rooms = pictures.shares(columns.widths, len(columns.bodies), room)
        first = [body[0] for body in columns.bodies if body]
        rules = (isinstance(one, b.Chart) or (isinstance(one, b.Heading) and one.level <= 2) for one in first)
        bodies = [self._blocks(*pair, headed=headed) for pair in zip(columns.bodies, rooms, strict=True)]
        return {"kind": "columns", "widths": rooms, "ruled": any(rules) and not headed, "bodies": bodies}

    def _words(self, block: b.Block) -> Data | None:
        match block:
            case b.Heading(level=level, runs=runs, subtitle=subtitle):
                self._depth = min(max(level, 2), self._depth + 1)
                return {"kind": "heading", "level": max(level, 2), "depth": self._depth, "rule": level <= 2,
                        "runs": self._runs(runs), "subtitle": self._runs(subtitle)}  # fmt: skip
            case b.Paragraph(runs=runs, small=small):
                return {"kind": "paragraph", "runs": self._runs(runs), "small": small}
            case b.Quote(runs=runs, by=by):
                long = len(plain(runs)) > _LONG_TEXT
                return {"kind": "quote", "runs": self._runs(runs), "by": self._runs(by), "long": long}
            case b.Missing(what=what, question=question):
                ask = f"{word(self._document, 'question')}{'：' if self._document.language == 'ja' else ': '}"
                stop = "" if what.endswith(("。", ".")) else "。" if self._document.language == "ja" else ". "
                text = f"{what}{stop}{ask}{question}" if question else what
                return {"kind": "missing", "runs": self._runs((b.Run(text),))}
            case b.Decision(label=label, what=what, by=by, note=note):
                return {"kind": "decision", "label": soften(label), "what": self._runs(what), "by": self._runs(by),
                        "note": self._runs(note), "bottom": False}  # fmt: skip
            case b.Cells(cells=cells):
                return {"kind": "cells", "cells": [
                    {"label": label, "runs": self._runs(runs)} for label, runs in cells]}  # fmt: skip
            case b.Fill(labels=labels, lines=lines):
                return {"kind": "fill", "labels": [soften(label) for label in labels], "lines": lines,
                        "bottom": False}  # fmt: skip
            case b.PageBreak():
                return {"kind": "break"}
            case _:
                return None

    def _group(self, block: b.Block, room: float) -> Data | None:
        match block:
            case b.BulletList(items=items, ordered=ordered, check=check):
                return {"kind": "list", "ordered": ordered and not check, "check": check,
                        "items": [self._blocks(item, room - 16) for item in items]}  # fmt: skip
            case b.Card(body=body, title=title, tone=tone):
                inner = self._blocks(body, room - 22)
                long = sum(len(str(part)) for part in inner) > 6000
                return {"kind": "card", "title": self._runs((b.Run(title),)), "tone": tone, "body": inner,
                        "long": long}  # fmt: skip
            case b.SpeakerNote(body=body):
                return {"kind": "speaker", "body": self._blocks(body, room - 12)}
            case _:
                return None

    def _figure(self, block: b.Block, room: float) -> Data:
        match block:
            case b.Table():
                return self._table(block, room)
            case b.Metrics(items=items):
                return self._metrics(items, room)
            case b.Chart(title=title, subtitle=subtitle, alt=alt):
                low = replace(block, height=block.height * self._shrink)
                drawing = pictures.chart_drawing(self._document, self._look, low, room)
                return {"kind": "chart", "title": self._runs((b.Run(title),)), "svg": charts.svg(drawing),
                        "subtitle": self._runs((b.Run(subtitle),)), "alt": alt or title, "width": room,
                        "rule": True}  # fmt: skip
            case b.Timeline(alt=alt):
                drawing = pictures.timeline_drawing(self._look, block, room)
                svg = charts.svg(drawing)
                return {"kind": "timeline", "svg": svg, "alt": alt or self._document.title, "width": room}
            case _:
                raise TypeError(f"no printed form for {type(block).__name__}")

    def _table(self, table: b.Table, room: float) -> Data:
        self._tables += 1
        count = len(table.columns)
        rows = [tuple(row[:count]) + ((),) * (count - len(row)) for row in table.rows]
        total = table.total and bool(rows)
        if not rows:
            rows = [((b.Run(word(self._document, "contents_empty")),), *([()] * (count - 1)))]
        size = sum(len(plain(cell)) for row in rows for cell in row)
        long = len(rows) > 4 and (len(rows) > _SHORT_TABLE or size > _LONG_TEXT)
        widths = column_widths(table, room, 8.5, _CELL_PADDING)
        named = max(range(count), key=lambda column: (bool(plain(table.head[column])) if column < len(table.head)
                                                      else False, widths[column]))  # fmt: skip
        head = [self._runs(cell) for cell in (table.head + ((),) * count)[:count]] if any(table.head) else []
        tall = max(sum(len(plain(cell)) for cell in row) for row in rows) > _LONG_TEXT
        return {
            "kind": "table", "number": self._tables, "align": [column.align for column in table.columns],
            "widths": widths,
            "head": head,
            "rows": [[self._runs(cell) for cell in row] for row in rows],
            "caption": table.caption, "tall": tall, "named": named,
            "total": total, "decisive": table.decisive, "long": long, "headed": False, "close": self._close,
        }  # fmt: skip

    def _metrics(self, items: Sequence[b.Metric], room: float) -> Data:
        columns = min(len(items), 4 if len(items) != 5 else 3)
        columns = max(columns, 3) if room > 300 else columns
        own = (room - 12 * (columns - 1)) / columns
        made = [self._metric(item, own) for item in items]
        for start in range(0, len(made), columns):
            row = made[start : start + columns]
            size = min(item["size"] for item in row)
            for item in row:
                item["size"] = size
        return {"kind": "metrics", "columns": columns, "items": made}

    def _metric(self, metric: b.Metric, room: float) -> Data:
        figure, before = plain(metric.value), plain(metric.before)
        unit = width("  " + metric.unit, 9.5) if metric.unit else 0.0
        size = 24.0
        for size in (24.0, 20.0, 16.0, 13.0, 11.0):
            arrow = size * 1.4 if before else 0.0
            if width(figure, size, True) + width(before, size) + arrow + min(unit, room / 2) <= room:
                break
        return {
            "label": soften(metric.label), "value": self._runs(metric.value), "before": self._runs(metric.before),
            "unit": soften(metric.unit), "status": self._runs(metric.status), "note": self._runs(metric.note),
            "tone": metric.tone, "size": size,
        }  # fmt: skip


def _stick(data: Sequence[Data]) -> None:
    """Keep each of *data* on the page of what follows it, where it is of one piece."""
    for block in data:
        if _is_whole(block):
            block["sticky"] = True


def _is_whole(block: Data) -> bool:
    """Whether *block* is of one piece: short, or columns of nothing but such."""
    if block["kind"] == "columns":
        return all(_is_whole(one) for body in block["bodies"] for one in body)
    return block["kind"] in _MOVABLE or (block["kind"] in _WHOLE and not block.get("long", False))


def _crowded(blocks: Sequence[b.Block]) -> bool:
    """Whether a page's tables stand closer: where a decision is asked, a table is long, or charts share the page."""
    rows = max((len(block.rows) for block in blocks if isinstance(block, b.Table)), default=0)
    beside = any(
        isinstance(block, b.Columns)
        and any(isinstance(one, b.Chart) for body in block.bodies for one in body)
        for block in blocks
    )
    asked = any(isinstance(block, b.Decision) for block in blocks)
    return asked or rows > _MANY_ROWS or (beside and rows > _ROWS_BESIDE_CHARTS)


def _is_signature(block: b.Block) -> bool:
    return isinstance(block, b.Fill) and len(block.labels) > 1
