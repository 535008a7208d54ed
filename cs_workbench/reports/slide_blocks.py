"""Blocks as pieces of slides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cs_workbench import charts
from cs_workbench.reports import blocks as b
from cs_workbench.reports import pictures
from cs_workbench.reports.sections import word
from cs_workbench.reports.slide_chart import chart_pieces, slide_theme
from cs_workbench.reports.slide_flow import (
    Break,
    Dashed,
    Drawn,
    Frame,
    Framed,
    Lines,
    Piece,
    Rule,
    Side,
    Stack,
    Words,
)
from cs_workbench.reports.slide_table import PADS, grid
from cs_workbench.reports.slide_text import (
    BODY,
    CELL_LABEL,
    CLOSE,
    HEADING,
    LABEL,
    NOTE,
    QUOTE,
    REMARK,
    SUBTITLE,
    TABLE,
    Bit,
    Bits,
    Face,
    Para,
    bits,
    cuts,
    long,
    plain,
)

GUTTER = 32.0
_SHAPES = {"green": "●", "yellow": "▲", "red": "◆", "info": "○"}
_INDENT = 18.0
_WHITE_LABEL = Face(12, 18, "white")
_WHITE = Face(20, 29, "white", bold=True)

_BODIES = (BODY, Face(12, 18), Face(11, 16))
_LABELS = (LABEL, Face(12, 18), Face(11, 16))
_TABLES = (TABLE, Face(11, 16), CLOSE)
_SIZES = (36.0, 32.0, 28.0, 24.0, 20.0, 16.0)
_CLOSE_SIZES = (24.0, 20.0, 16.0)
_COLUMN = 260.0  # points: a column of key figures under one another
_LONG_TABLE = 4  # rows
_CELLS_WHOLE = 200.0  # points: up to here the cells under a chart stay on one slide


def dense_order(blocks: Sequence[b.Block], title: str, joint: str) -> list[b.Block]:
    """The blocks of a dense page for slides: first what it comes to, then on a slide of its own what it is made of:
    the long table with its heading or *title*, its cells' lines put together by *joint*, and the small print. A page
    without a long table stays as it is.
    """
    table = next(
        (at for at, one in enumerate(blocks) if isinstance(one, b.Table) and len(one.rows) > _LONG_TABLE),
        None,
    )
    if table is None:
        return list(blocks)
    first: list[b.Block] = []
    second: list[b.Block] = [b.PageBreak()]
    for at, one in enumerate(blocks):
        if isinstance(one, b.Heading) and at + 1 == table:
            second.insert(1, one)
        elif at == table or (isinstance(one, b.Paragraph) and one.small):
            second.append(_short(one, joint))
        else:
            first.append(_quiet(one))
    if first and not isinstance(second[1], b.Heading):
        second.insert(1, b.Heading(2, (b.Run(title),)))
    return [*first, *second] if first else second[1:]


def unprinted(blocks: Sequence[b.Block]) -> list[b.Block]:
    """The blocks of a page without what only paper needs."""
    return [one for one in blocks if not (isinstance(one, b.Paragraph) and one.paper)]


def _short(block: b.Block, joint: str) -> b.Block:
    """A table whose rows take a line each where they can; how a benefit works stands in the document and workbook."""
    if not isinstance(block, b.Table):
        return block
    rows = (
        (*(_first_line(cell) for cell in row[:-1]), _joined(row[-1], joint)) if row else row
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _joined(runs: b.Runs, joint: str) -> b.Runs:
    return tuple(replace(run, text=run.text.replace("\n", joint)) for run in runs)


def _first_line(runs: b.Runs) -> b.Runs:
    kept: list[b.Run] = []
    for run in runs:
        head, _break, _rest = run.text.partition("\n")
        if head or run.note:
            kept.append(replace(run, text=head))
        if head != run.text:
            break
    return tuple(kept)


def is_value(blocks: Sequence[b.Block]) -> bool:
    """Whether a page works out a value: a waterfall of it, and the table it is made of."""
    flat = [
        inner
        for one in blocks
        for inner in ([x for body in one.bodies for x in body] if isinstance(one, b.Columns) else [one])
    ]
    return any(isinstance(one, b.Chart) and one.data.kind == "waterfall" for one in flat)


def _quiet(block: b.Block) -> b.Block:
    return replace(block, small=True) if isinstance(block, b.Paragraph) else block


class Maker:
    """Makes the pieces of one document's blocks; at a higher ``density`` in smaller type, nearer to one another."""

    def __init__(self, document: b.Document, look: b.Look, density: int = 0) -> None:
        self.document = document
        self.look = look
        self.internal = document.edition == "internal"
        self.japanese = document.language == "ja"
        self._colon = "：" if self.japanese else ": "
        self._small = NOTE if document.dense else REMARK
        level = min(density, len(_BODIES) - 1)
        self._body, self._label = _BODIES[level], _LABELS[level]
        self._table = CLOSE if document.dense else _TABLES[level]
        self._sizes = _CLOSE_SIZES if document.dense else _SIZES[2 * level :]
        self._pads = PADS[level:]
        self._near = bool(level) or document.dense

    @property
    def continued(self) -> str:
        """What follows the words of something that goes on on the next slide."""
        words = word(self.document, "continued")
        return f"（{words}）" if self.japanese else f"\u00a0({words})"

    def pieces(self, blocks: Sequence[b.Block], room: float) -> list[Piece]:
        """The blocks in order; notes for the speaker are no part of the slide."""
        made: list[Piece] = []
        for block in blocks:
            found = list(self._words(block, room)) or list(self._groups(block, room))
            made += found or list(self._figures(block, room))
        return made

    def said(self, runs: b.Runs, *, bold: bool = False, colour: str = "") -> Bits:
        """Runs as bits of this edition."""
        return bits(runs, bold=bold, colour=colour, internal=self.internal)

    def _words(self, block: b.Block, room: float) -> Iterator[Piece]:
        match block:
            case b.Heading(level=level, runs=runs, subtitle=subtitle):
                if level <= 2:
                    yield Rule(room, "ink", under=7.0, before=13.0 if self._near else 18.0)
                paras = [Para(self.said(runs), HEADING)]
                if subtitle:
                    paras.append(Para(self.said(subtitle), SUBTITLE))
                yield Words(paras, room, before=0.0 if level <= 2 else 14.0, holds=True)
            case b.Paragraph(runs=runs, small=small):
                yield Words((Para(self.said(runs), self._small if small else self._body),), room, before=8.0)
            case b.Quote(runs=runs, by=by):
                paras = [Para(self.said(runs), QUOTE), *([Para(self.said(by), SUBTITLE)] if by else [])]
                yield Framed(Words(paras, room - 20.0), room, Frame(bar="accent", side=20.0, top=2.0))
            case b.Missing(what=what, question=question):
                yield self._missing(what, question, room)
            case b.Fill(labels=labels, lines=lines):
                yield self._fill(labels, lines, room)
            case b.PageBreak():
                yield Break()

    def _missing(self, what: str, question: str, room: float) -> Piece:
        ask = word(self.document, "question") + self._colon + question if question else ""
        stop = "。" if self.japanese else ". "
        box = Dashed(word(self.document, "not_measured"), room * 0.4, face=TABLE)
        text = Words((Para(plain(f"{what}{stop if ask else ''}{ask}"), TABLE),), room - box.width - 12.0)
        text.before = 0.0
        return Side((box, Framed(text, text.width, Frame(side=0.0, top=2.0))), (box.width, text.width),
                    gutter=12.0, before=10.0)  # fmt: skip

    def _fill(self, labels: Sequence[str], lines: int, room: float) -> Piece:
        if len(labels) == 1:
            return Lines(labels[0], min(lines, 10), room)
        per_row = min(len(labels), 3)
        width = (room - GUTTER * (per_row - 1)) / per_row
        rows: list[Piece] = []
        for start in range(0, len(labels), per_row):
            some = labels[start : start + per_row]
            fields = [
                Stack((Rule(width, "ink", under=5.0), Words((Para(plain(one), NOTE),), width, before=0.0)))
                for one in some
            ]
            rows.append(Side(fields, [width] * len(fields), gutter=GUTTER, before=44.0))
        return Framed(Stack(rows), room, Frame(side=0.0, top=0.0), before=48.0)

    def _groups(self, block: b.Block, room: float) -> Iterator[Piece]:
        match block:
            case b.BulletList():
                yield from self._list(block, room, 1)
            case b.Card(body=body, title=title, tone=tone):
                yield self._card(body, title, tone, room)
            case b.Columns(widths=widths, bodies=bodies) if bodies:
                rooms = pictures.shares(widths, len(bodies), room, GUTTER)
                stacks = [Stack(self.pieces(body, own)) for body, own in zip(bodies, rooms, strict=True)]
                yield Side(stacks, rooms, gutter=GUTTER, before=12.0 if self._near else 18.0)

    def _list(self, block: b.BulletList, room: float, depth: int) -> Iterator[Piece]:
        """Plain items share a text box; what is more than words comes under it, indented."""
        paras: list[Para] = []
        indent = _INDENT * depth
        for number, item in enumerate(block.items, 1):
            mark = "☐" if block.check else f"{number}." if block.ordered else "–"
            first = item[0] if item and isinstance(item[0], b.Paragraph) else None
            paras.append(
                Para(self.said(first.runs) if first else (), self._body, mark=mark, indent=indent, after=3.0)
            )
            for rest in item[1:] if first else item:
                if isinstance(rest, b.Paragraph):
                    paras.append(Para(self.said(rest.runs), self._body, indent=indent, after=3.0))
                    continue
                yield from self._flush(paras, room)
                if isinstance(rest, b.BulletList):
                    yield from self._list(rest, room, min(depth + 1, 8))
                else:
                    inside = Stack(self.pieces((rest,), room - indent))
                    yield Framed(inside, room, Frame(side=indent, top=0.0), before=6.0)
        yield from self._flush(paras, room)

    def _flush(self, paras: list[Para], room: float) -> Iterator[Piece]:
        if paras:
            yield Words(paras, room, before=8.0)
            paras.clear()

    def _card(self, body: Sequence[b.Block], title: str, tone: b.Tone, room: float) -> Piece:
        health = charts.tokens("paper")["health"]
        frame = Frame(edge="rule")
        colour = ""
        if tone != "none":
            fill = health[tone]["soft"] if tone in health else "accent_soft"
            frame = Frame(fill=fill, bar=charts.paper(self.look.accent).graphic_of(tone, self.look.accent))
            colour = health[tone]["text"] if tone in ("green", "yellow", "red") else ""
        inside: list[Piece] = []
        if title:
            mark = f"{_SHAPES[tone]} " if tone in _SHAPES else ""
            inside.append(
                Words((Para(plain(mark + title, colour=colour), HEADING),), room - 32.0, holds=True)
            )
        return Framed(Stack((*inside, *self.pieces(body, room - 32.0))), room, frame)

    def _figures(self, block: b.Block, room: float) -> Iterator[Piece]:
        match block:
            case b.Table(caption=caption):
                empty = word(self.document, "contents_empty")
                yield grid(
                    block, room, empty=empty, continued=self.continued, internal=self.internal,
                    face=self._table, pads=self._pads,
                )  # fmt: skip
                if caption:
                    yield Words((Para(plain(caption), REMARK),), room, before=6.0)
            case b.Metrics(items=items):
                yield from self._metrics(items, room)
            case b.Cells(cells=cells):
                yield self._cells(cells, room, CLOSE if self.document.dense else self._body)
            case b.Decision():
                yield self._decision(block, room)
            case b.Chart(data=data, title=title, subtitle=subtitle, alt=alt, height=height):
                yield from chart_pieces(
                    data, title, subtitle, alt or title, width=room, tall=height,
                    missing=word(self.document, "not_measured"), continued=self.continued,
                )  # fmt: skip
            case b.Timeline(points=points, ticks=ticks, span=span):
                theme = slide_theme(self.look.accent, small=11.0)
                shown = tuple(charts.Point(one.at, one.label, one.role, one.below) for one in points)
                yield Drawn(charts.draw_timeline(shown, ticks, theme, round(room, 2), span), block.alt)

    def _metrics(self, items: Sequence[b.Metric], room: float) -> Iterator[Piece]:
        """Rows of key figures, the labels of a row equally high."""
        per_row = min(len(items), 4 if room > 500 else 2 if room > _COLUMN else 1)
        if per_row > 2 and len(items) != 4:
            per_row = 3
        width = (room - GUTTER * (per_row - 1)) / per_row
        for start in range(0, len(items), per_row):
            some = items[start : start + per_row]
            lines = max(len(cuts(plain(one.label), self._label, width)) for one in some)
            size = min(self._figure_size(one, width) for one in some)
            stacks = [self._metric(one, width, min(lines, 3), size) for one in some]
            yield Side(stacks, [width] * len(stacks), gutter=GUTTER, before=8.0 if self._near else 18.0)

    def _figure_size(self, item: b.Metric, room: float) -> float:
        """The largest size at which "before → now unit" stands on one line."""
        for size in self._sizes:
            if long(self._figure(item, size), Face(size, size)) <= room:
                return size
        return 14.0

    def _figure(self, item: b.Metric, size: float) -> Bits:
        made: list[Bit] = []
        for one in self.said(item.before, colour="ink_3"):
            made.append(Bit(one.text, colour="ink_3", raised=one.raised))
        if made:
            made.append(Bit(" → ", colour="ink_3", size=size * 0.8))
        made += self.said(item.value, bold=True)
        if item.unit:
            made.append(Bit(f" {item.unit}", size=12.0))
        return tuple(replace(one, text=one.text.replace("\n", " ")) for one in made)

    def _metric(self, item: b.Metric, width: float, lines: int, size: float) -> Piece:
        label = Words((Para(plain(item.label), self._label),), width, before=0.0)
        label.height = max(label.height, lines * self._label.line)
        made: list[Piece] = [Rule(width, "ink", under=8.0, before=0.0), label]
        face = Face(size, max(size * 1.28, 20.0))
        if any(run.missing for run in item.value):
            words = "".join(run.text for run in item.value)
            made.append(Dashed(words, width, height=face.line))
        else:
            figure = Words((Para(self._figure(item, size), face),), width, before=2.0)
            made.append(figure)
        if item.status:
            status = self.said(item.status)
            if item.tone in _SHAPES:
                status = (Bit(f"{_SHAPES[item.tone]} ", colour=self._tone(item.tone), size=11.0), *status)
            made.append(Words((Para(status, TABLE if self._near else LABEL),), width, before=4.0))
        if item.note:
            made.append(Words((Para(self.said(item.note), self._small),), width, before=2.0))
        return Stack(made)

    def _tone(self, tone: b.Tone) -> str:
        return charts.paper(self.look.accent).graphic_of(tone, "#000000")

    def _cells(self, cells: Sequence[tuple[str, b.Runs]], room: float, face: Face) -> Piece:
        count = len(cells)
        width = (room - GUTTER * (count - 1)) / count
        stacks = [
            Stack(
                (
                    Rule(width, "accent", under=6.0, before=0.0),
                    Words((Para(plain(label), CELL_LABEL), Para(self.said(runs), face)), width, before=0.0),
                )
            )
            for label, runs in cells
        ]
        before = 12.0 if self._near else 20.0
        return Side(stacks, [width] * count, gutter=GUTTER, before=before, whole=_CELLS_WHOLE)

    def _decision(self, block: b.Decision, room: float) -> Piece:
        """The one decision: white on the accent, what at the left, by when at the right."""
        inner = room - 48.0
        left, right = inner * 0.56 - 12.0, inner * 0.44 - 12.0
        what = [Para(plain(block.label), _WHITE_LABEL), Para(self._white(block.what), _WHITE)]
        when = [Para(self._white(block.by), _WHITE, "right")]
        if block.note:
            when.append(Para(self._white(block.note), _WHITE_LABEL, "right"))
        side = Side((Words(what, left), Words(when, right)), (left, right), gutter=24.0)
        return Framed(side, room, Frame(fill="accent", side=24.0, top=16.0))

    def _white(self, runs: b.Runs) -> Bits:
        return tuple(Bit(one.text, one.bold, one.italic, colour="white") for one in self.said(runs))
