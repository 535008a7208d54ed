"""PPTX: one message per slide, native charts and tables, what doesn't fit flows onto further slides."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cs_workbench.reports import blocks as b
from cs_workbench.reports.logo import clean_logo
from cs_workbench.reports.office_package import undated
from cs_workbench.reports.sections import Section, plain, sections, word
from cs_workbench.reports.slide_base import HEIGHT, LEFT, ROOM, TOP, WIDTH, blank_presentation
from cs_workbench.reports.slide_blocks import Maker, dense_order, is_value, unprinted
from cs_workbench.reports.slide_canvas import Box, Canvas
from cs_workbench.reports.slide_chart import put_cover
from cs_workbench.reports.slide_flow import Piece, Stack, Words
from cs_workbench.reports.slide_pages import Planner, Sheet, parts
from cs_workbench.reports.slide_text import (
    BODY,
    COVER,
    MESSAGE,
    NOTE,
    RECORD,
    REMARK,
    SUBTITLE,
    Bits,
    Face,
    Para,
    bits,
    clipped,
    cuts,
    long,
    printable,
    text_height,
)
from cs_workbench.reports.slide_text import plain as words
from cs_workbench.reports.whole_file import write_whole

_MESSAGES = (MESSAGE, Face(24, 34, bold=True), Face(22, 32, bold=True), Face(20, 29, bold=True))
_SMALLEST = Face(18, 26, bold=True)
_COVERS = (COVER, Face(32, 45, bold=True), Face(26, 37, bold=True))
_FOOT = 498.0  # where the rule above one line of sources stands
_FOOT_LINES = 3
_SPARE = 16.0  # above the foot: another program's lines may break once more than ours
_SENDER = 190.0
_CHART = Box(534.0, 196.0, 370.0, 178.0)
_COVER_ROOM = 452.0


def write(document: b.Document, look: b.Look, path: str) -> None:
    """Write *document* to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(document, look))


def render(document: b.Document, look: b.Look) -> bytes:
    """*document* as the bytes of a PPTX file, the same for the same document."""
    return _Writer(document, look).save()


@dataclass(frozen=True, slots=True)
class _Head:
    """The words over a slide."""

    face: Face
    shown: Bits
    subtitle: Bits

    @property
    def bottom(self) -> float:
        """Where what stands under them begins."""
        high = text_height((Para(self.shown, self.face),), ROOM)
        if self.subtitle:
            high += text_height((Para(self.subtitle, SUBTITLE),), ROOM)
        return TOP + high + 18.0


_Heads = Callable[[b.Runs, b.Runs], _Head]


class _Writer:
    """Walks the sections of one document."""

    def __init__(self, document: b.Document, look: b.Look) -> None:
        self._document = document
        self._look = look
        self._deck: Any = blank_presentation(document, look)
        self._maker = Maker(document, look)
        self._closer = tuple(Maker(document, look, density) for density in (1, 2))
        self._internal = document.edition == "internal"

    def save(self) -> bytes:
        """The bytes of the finished deck."""
        if self._document.cover:
            self._cover(self._document.cover)
        for section in sections(self._document):
            self._section(section)
        out = io.BytesIO()
        self._deck.save(out)
        return undated(out.getvalue())

    def _canvas(self) -> Canvas:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[0])
        canvas = Canvas(slide, self._document, self._look)
        if self._internal:
            canvas.rectangle(Box(0.0, 0.0, WIDTH, 5.0), fill="internal")
        return canvas

    def _section(self, section: Section) -> None:
        heading = section.heading
        face, shown, cut = self._message(bits(heading.runs, internal=self._internal) if heading else ())
        before: list[Piece] = [Words((Para(self._said(heading), BODY),), ROOM)] if heading and cut else []
        whole = bits(heading.subtitle, internal=self._internal) if heading else ()
        subtitle, cut = clipped(whole, SUBTITLE, ROOM, 2)
        if cut:
            before.append(Words((Para(whole, REMARK),), ROOM))
        after = self._records(section)
        foot, rest = self._sources(section.sources)
        if rest:
            after.append(Words((Para(rest, REMARK),), ROOM, before=14.0))
        self._slides(section, _Head(face, shown, subtitle), foot, (before, after))

    def _said(self, heading: b.Heading) -> Bits:
        return bits(heading.runs, internal=self._internal)

    def _slides(
        self, section: Section, main: _Head, foot: Bits, around: tuple[list[Piece], list[Piece]]
    ) -> None:
        """The section's slides under its message or words of their own; what is said stands under the first."""
        lines = len(cuts(foot, NOTE, ROOM - _SENDER)) if foot else 1
        low = _FOOT - (lines - 1) * NOTE.line - _SPARE
        spoken = [block for block in section.blocks if isinstance(block, b.SpeakerNote)]
        shown = [block for block in section.blocks if not isinstance(block, b.SpeakerNote)]
        for number, (own, sheet) in enumerate(self._sheets(shown, main, low, around)):
            canvas = self._canvas()
            self._head(canvas, own, continued=sheet.continued)
            sheet.stack.draw(canvas, LEFT, own.bottom, _grown(sheet.stack, low - own.bottom))
            self._foot(canvas, foot, lines)
            if number == 0 and spoken and self._internal:
                self._speaker(canvas, spoken)

    def _sheets(
        self, shown: Sequence[b.Block], main: _Head, low: float, around: tuple[list[Piece], list[Piece]]
    ) -> list[tuple[_Head, Sheet]]:
        """The slides of a section with their heads, set closer, and without what only paper needs, where that
        spares one."""
        if not (self._document.dense or is_value(shown)):
            return min(self._tries(shown, main, low, around, (self._maker, *self._closer)), key=len)
        joint = "・" if self._document.language == "ja" else " · "
        tried: list[list[tuple[_Head, Sheet]]] = []
        for kept in (shown, unprinted(shown)):
            ordered = dense_order(kept, word(self._document, "made_of"), joint)
            tried += self._tries(ordered, main, low, around, self._closer[1:])
        return min(tried, key=len)

    def _tries(
        self, shown: Sequence[b.Block], main: _Head, low: float, around: tuple[list[Piece], list[Piece]],
        makers: Sequence[Maker],
    ) -> Iterator[list[tuple[_Head, Sheet]]]:  # fmt: skip
        for maker in makers:
            top = main if maker is self._maker else self._flat(main)

            def head(sheet: b.Runs, under: b.Runs, top: _Head = top) -> _Head:
                return self._own_head(sheet, under) if sheet else top

            def room(title: b.Runs, under: b.Runs, head: _Heads = head) -> float:
                return low - head(title, under).bottom

            made = Planner(maker, ROOM, room, *around).sheets(parts(shown))
            yield [(head(sheet.title, sheet.subtitle), sheet) for sheet in made]

    def _flat(self, main: _Head) -> _Head:
        """The message on one line where that can be read."""
        flat = _unbroken(main.shown)
        room = ROOM - long(words(self._maker.continued), SUBTITLE)
        for face in (*_MESSAGES[1:], _SMALLEST):
            if len(cuts(flat, face, room)) == 1:
                return replace(main, face=face, shown=flat)
        return main

    def _own_head(self, title: b.Runs, under: b.Runs) -> _Head:
        face, shown, _cut = self._message(bits(title, internal=self._internal), _MESSAGES[1:])
        subtitle, _cut = clipped(bits(under, internal=self._internal), SUBTITLE, ROOM, 2)
        return _Head(face, shown, subtitle)

    def _message(self, message: Bits, faces: Sequence[Face] = _MESSAGES) -> tuple[Face, Bits, bool]:
        """The message on two lines at most: in smaller type where it must be, else cut short and repeated whole."""
        room = ROOM - long(words(self._maker.continued), SUBTITLE)
        if self._document.dense:  # its slides need the room: one line, where it can be read
            flat = _unbroken(message)
            for face in faces[-3:]:
                if len(cuts(flat, face, room)) == 1:
                    return face, flat, False
            faces = faces[-1:]
        for face in faces:
            lines = len(cuts(message, face, room))
            if lines == len(cuts(message, face, ROOM, between=0.0)) and lines <= 2:
                return face, message, False
        if len(cuts(message, _MESSAGES[-1], room)) <= 2:
            return _MESSAGES[-1], message, False
        shown, cut = clipped(message, _MESSAGES[-1], room, 2)
        return _MESSAGES[-1], shown, cut

    def _sources(self, runs: b.Runs) -> tuple[Bits, Bits]:
        """The sources for the foot of the slide, and whole where they don't fit there."""
        if not runs:
            return (), ()
        colon = "：" if self._document.language == "ja" else ": "
        whole = bits((b.Run(word(self._document, "sources") + colon), *runs), internal=self._internal)
        shown, cut = clipped(whole, NOTE, ROOM - _SENDER, _FOOT_LINES)
        return shown, whole if cut else ()

    def _records(self, section: Section) -> list[Piece]:
        if not section.notes:
            return []
        said = [run for note in section.notes for run in (b.Run(f"{note.id} "), *note.runs, b.Run("\u2003"))]
        return [Words((Para(bits(tuple(said[:-1])), RECORD),), ROOM, before=14.0)]

    def _head(self, canvas: Canvas, own: _Head, *, continued: bool) -> None:
        more = words(self._maker.continued, colour="ink_3") if continued else ()
        small = tuple(replace(one, size=SUBTITLE.size) for one in more)
        para = Para((*own.shown, *small), own.face)
        high = text_height((Para(own.shown, own.face),), ROOM)
        canvas.title(Box(LEFT, TOP, ROOM, high), para)
        if own.subtitle:
            under = (Para(own.subtitle, SUBTITLE),)
            canvas.text(Box(LEFT, TOP + high, ROOM, text_height(under, ROOM)), under, name="Subtitle")

    def _foot(self, canvas: Canvas, left: Bits, lines: int) -> None:
        """The rule, sources, sender and the number of the slide; the internal edition's mark."""
        y = _FOOT - (lines - 1) * NOTE.line
        canvas.rule(LEFT, y, ROOM, "rule", 0.5)
        if left:
            box = Box(LEFT, y + 8.0, ROOM - _SENDER, lines * NOTE.line)
            canvas.text(box, (Para(left, NOTE),), name="Sources")
        sender, _cut = clipped(words(self._document.sender), NOTE, _SENDER - 46.0, 1)
        canvas.text(
            Box(LEFT + ROOM - _SENDER + 16.0, y + 8.0, _SENDER - 46.0, NOTE.line), (Para(sender, NOTE, "right"),),
            name="Sender",
        )  # fmt: skip
        canvas.number(Box(LEFT + ROOM - 26.0, y + 8.0, 26.0, NOTE.line))
        self._mark(canvas)

    def _mark(self, canvas: Canvas) -> None:
        if not self._internal or not self._document.internal_mark:
            return
        face = Face(10.0, 14.0, "internal", bold=True)
        shown, _cut = clipped(words(self._document.internal_mark), face, 300.0, 1)
        wide = long(shown, face) + 14.0
        box = Box(LEFT + ROOM - wide, 13.0, wide, 18.0)
        canvas.rectangle(box, edge="internal", thick=1.0)
        inner = Box(box.x + 2.0, box.y + 2.0, wide - 4.0, 14.0)
        canvas.text(inner, (Para(shown, face, "center"),), name="Internal")

    def _speaker(self, canvas: Canvas, spoken: Sequence[b.SpeakerNote]) -> None:
        """What the one who presents says, under the slide."""
        frame = canvas.slide.notes_slide.notes_text_frame
        text = "\n".join(line for note in spoken for line in _spoken(note.body))
        frame.text = printable(f"{self._document.internal_mark}\n{text}".strip())

    def _cover(self, cover: b.Cover) -> None:
        canvas = self._canvas()
        top = 5.0 if self._internal else 0.0
        canvas.rectangle(Box(0.0, top, 13.0, HEIGHT - top), fill="accent")
        chart = cover.chart
        drawn = chart is not None and any(v is not None for one in chart.series for v in one.values)
        room = _COVER_ROOM if drawn else ROOM
        title = "\n".join(cover.title)
        face = next(
            (
                one
                for one in _COVERS
                if len(cuts(words(title), one, room)) <= max(min(len(cover.title), 3), 2)
            ),
            _COVERS[-1],
        )
        shown, _cut = clipped(words(title), face, room, 3)
        y = 168.0
        high = text_height((Para(shown, face),), room)
        canvas.title(Box(LEFT, y, room, high), Para(shown, face))
        self._opening(canvas)
        kicker, _cut = clipped(words(cover.kicker), Face(18, 27, "accent", bold=True), room, 1)
        canvas.text(
            Box(LEFT, 129.0, room, 27.0), (Para(kicker, Face(18, 27, "accent", bold=True)),), name="Kicker"
        )
        self._addressee(canvas, cover, y + high + 18.0, room)
        if drawn and chart is not None:
            put_cover(canvas, chart, _CHART, cover.chart_alt)
            note, _cut = clipped(words(cover.chart_note), SUBTITLE, _CHART.width, 2)
            if note:
                canvas.text(Box(_CHART.x, _CHART.y + _CHART.height + 28.0, _CHART.width, 2 * SUBTITLE.line),
                            (Para(note, Face(10.5, 16, "ink_3")),), name="Chart note")  # fmt: skip
        colon = "：" if self._document.language == "ja" else ": "
        facts = "\u2003".join(f"{label}{colon}{fact}" for label, fact in cover.facts)
        foot, _cut = clipped(words(facts), NOTE, ROOM - _SENDER, _FOOT_LINES)
        self._foot(canvas, foot, len(cuts(foot, NOTE, ROOM - _SENDER)) if foot else 1)

    def _opening(self, canvas: Canvas) -> None:
        """Logo and sender."""
        x = LEFT
        if self._look.logo_png:
            box = Box(x, 40.0, 160.0, 22.0)
            x += canvas.picture(clean_logo(self._look.logo_png), box, self._document.sender) + 10.0
        face = Face(14, 22, bold=True)
        shown, _cut = clipped(words(self._document.sender), face, 420.0, 1)
        canvas.text(Box(x, 40.0, 420.0, 22.0), (Para(shown, face),), name="Sender")

    def _addressee(self, canvas: Canvas, cover: b.Cover, y: float, room: float) -> None:
        prefix = word(self._document, "to")
        runs = (b.Run(f"{prefix} " if prefix else ""), b.Run(cover.customer, bold=True),
                b.Run(f" {cover.honorific}" if cover.honorific else ""))  # fmt: skip
        face = Face(18, 28)
        shown, _cut = clipped(bits(runs), face, room, 2)
        line, _cut = clipped(words(cover.line, colour="ink_2"), BODY, room, 2)
        paras = [Para(shown, face), *([Para(line, BODY)] if line else [])]
        canvas.text(Box(LEFT, y, room, text_height(paras, room)), paras, name="Customer")


def _unbroken(message: Bits) -> Bits:
    """A message without its own line breaks: a space in their place after Latin, nothing after Japanese."""
    whole = "".join(one.text for one in message)
    joint = " " if whole.isascii() or not re.search(r"[\u3040-\u9fff]", whole) else ""
    return tuple(replace(one, text=one.text.replace("\n", joint)) for one in message)


def _grown(page: Stack, room: float) -> float:
    return min(max(page.height, min(page.most, page.height + (room - page.height) * 0.8)), room)


def _spoken(body: Sequence[b.Block]) -> list[str]:
    """The words of a note, a line a paragraph."""
    lines: list[str] = []
    for block in body:
        match block:
            case b.Paragraph(runs=runs) | b.Heading(runs=runs) | b.Quote(runs=runs):
                lines.append(plain(runs))
            case b.BulletList(items=items):
                lines += [f"– {line}" for item in items for line in _spoken(item)]
            case b.Card(body=inner):
                lines += _spoken(inner)
            case b.Table(rows=rows):
                lines += ["  ".join(plain(cell) for cell in row) for row in rows]
    return lines
