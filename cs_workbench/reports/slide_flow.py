"""How blocks become slides: pieces with a height, stacked, set side by side, framed, and cut at their borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cs_workbench.charts.drawing import Drawing
from cs_workbench.reports.slide_canvas import Box, Canvas
from cs_workbench.reports.slide_text import (
    BODY,
    NOTE,
    Face,
    Para,
    clipped,
    cuts,
    divided,
    long,
    plain,
    text_height,
)

_BALANCED = 8  # slides: a longer run is full anyway
_RULED, _FEW_LINES = 26.0, 2  # points between lines to write on; lines there are at least
_HELD = 150.0  # points: what is taller is no heading that waits for what follows


class Piece:
    """Something with a height on a slide. ``least`` and ``most`` bound it where it can give way or grow; ``before``
    is the space above it unless it comes first; ``holds`` keeps it with the next piece."""

    height: float = 0.0
    before: float = 0.0
    holds: bool = False

    @property
    def least(self) -> float:
        """The height it can be pressed to."""
        return self.height

    @property
    def most(self) -> float:
        """The height it may be drawn to."""
        return self.height

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Put it on the slide at (x, y), *height* points high."""

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """What fits into *room*, and the rest; None where it can't be cut there."""
        return None


class Words(Piece):
    """Paragraphs in one text box."""

    def __init__(
        self, paras: Sequence[Para], width: float, *, before: float = 10.0, holds: bool = False
    ) -> None:
        self.paras = tuple(paras)
        self.width = width
        self.before = before
        self.holds = holds
        self.height = text_height(self.paras, width) - (self.paras[-1].after if self.paras else 0.0)

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """One text box."""
        canvas.text(Box(x, y, self.width, self.height), self.paras)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Cut between paragraphs, else between lines, two at least."""
        used = 0.0
        for index, one in enumerate(self.paras):
            ends = cuts(one.bits, one.face, self.width - one.indent)
            needed = len(ends) * one.face.line
            if used + needed > room:
                return self._cut(index, ends, int((room - used) / one.face.line))
            used += needed + one.after
        return None

    def _cut(self, index: int, ends: Sequence[int], lines: int) -> tuple[Piece, Piece] | None:
        one, head, tail = self.paras[index], self.paras[:index], self.paras[index + 1 :]
        if 2 <= lines < len(ends):
            first, second = divided(one.bits, ends[lines - 1])
            head = (*head, replace(one, bits=first))
            tail = (replace(one, bits=second, mark=""), *tail)
        else:
            tail = (one, *tail)
        if not head:
            return None
        return (
            Words(head, self.width, before=self.before),
            Words(tail, self.width, before=self.before, holds=self.holds),
        )


class Stack(Piece):
    """Pieces under one another."""

    def __init__(self, pieces: Sequence[Piece], *, before: float = 0.0) -> None:
        self.pieces = tuple(pieces)
        self.before = before
        self.height = self._gaps() + sum(one.height for one in self.pieces)

    def _gaps(self) -> float:
        return sum(one.before for one in self.pieces[1:])

    @property
    def least(self) -> float:
        """All pieces pressed."""
        return self._gaps() + sum(one.least for one in self.pieces)

    @property
    def most(self) -> float:
        """All pieces grown."""
        return self._gaps() + sum(one.most for one in self.pieces)

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Top down; what is missing or left over is shared by those that can give way or grow."""
        slack, spare = self.height - self.least, self.most - self.height
        shrink = min(max(self.height - height, 0.0) / slack, 1.0) if slack > 0.01 else 0.0
        grow = min(max(height - self.height, 0.0) / spare, 1.0) if spare > 0.01 else 0.0
        for index, one in enumerate(self.pieces):
            y += one.before if index else 0.0
            own = one.height - shrink * (one.height - one.least) + grow * (one.most - one.height)
            one.draw(canvas, x, y, own)
            y += own

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Cut between pieces, or inside the first that doesn't fit; a heading goes with what follows."""
        taken: list[Piece] = []
        pressed = full = 0.0
        rest = list(self.pieces)
        while rest:
            gap = rest[0].before if taken else 0.0
            if pressed + gap + rest[0].least > room:
                break
            taken.append(rest.pop(0))
            pressed += gap + taken[-1].least
            full += gap + taken[-1].height
        if rest:
            parts = rest[0].split(room - full - (rest[0].before if taken else 0.0))
            if parts:
                return Stack((*taken, parts[0]), before=self.before), Stack(
                    (parts[1], *rest[1:]), before=self.before
                )
        held = len(taken)
        while held and taken[held - 1].holds and rest:
            held -= 1
        if not held and sum(one.height for one in taken) < _HELD:
            return None
        held = held or len(taken)
        return Stack(taken[:held], before=self.before), Stack((*taken[held:], *rest), before=self.before)


class Side(Piece):
    """Stacks beside one another."""

    def __init__(
        self, stacks: Sequence[Piece], widths: Sequence[float], *, gutter: float = 32.0, before: float = 16.0,
        whole: float = 0.0,
    ) -> None:  # fmt: skip
        self.whole = whole  # up to this height they stay together
        self.stacks = tuple(stacks)
        self.widths = tuple(widths)
        self.gutter = gutter
        self.before = before
        self.height = max((one.height for one in self.stacks), default=0.0)

    @property
    def least(self) -> float:
        """The tallest when pressed."""
        return max((one.least for one in self.stacks), default=0.0)

    @property
    def most(self) -> float:
        """The tallest when grown."""
        return max((one.most for one in self.stacks), default=0.0)

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Left to right, each as high as the tallest where it can grow so far."""
        for one, width in zip(self.stacks, self.widths, strict=True):
            one.draw(canvas, x, y, min(one.most, max(height, one.least)))
            x += width + self.gutter

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Every stack is cut for itself."""
        if self.least <= self.whole:
            return None
        first: list[Piece] = []
        second: list[Piece] = []
        for one in self.stacks:
            parts = (one, Stack(())) if one.least <= room else one.split(room) or (Stack(()), one)
            first.append(parts[0])
            second.append(parts[1])
        if any(not _empty(one) and _empty(part) for one, part in zip(self.stacks, first, strict=True)):
            return None
        return tuple(
            Side(part, self.widths, gutter=self.gutter, before=self.before) for part in (first, second)
        )  # type: ignore[return-value]


def _empty(piece: Piece) -> bool:
    return isinstance(piece, Stack) and not piece.pieces


@dataclass(frozen=True, slots=True)
class Frame:
    """The look of a framed piece: fill, outline, a bar at the left; inner space in points."""

    fill: str = ""
    edge: str = ""
    bar: str = ""
    side: float = 16.0
    top: float = 12.0


class Framed(Piece):
    """A piece inside a frame."""

    def __init__(self, inside: Piece, width: float, frame: Frame, *, before: float = 16.0) -> None:
        self.inside = inside
        self.width = width
        self.frame = frame
        self.before = before
        self.height = inside.height + 2 * frame.top

    @property
    def least(self) -> float:
        """The inside pressed."""
        return self.inside.least + 2 * self.frame.top

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """The frame, then what is in it."""
        frame = self.frame
        if frame.fill or frame.edge:
            canvas.rectangle(Box(x, y, self.width, height), fill=frame.fill, edge=frame.edge)
        if frame.bar:
            canvas.rectangle(Box(x, y, 3.0, height), fill=frame.bar)
        self.inside.draw(canvas, x + frame.side, y + frame.top, height - 2 * frame.top)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Two frames with the parts of the inside."""
        parts = self.inside.split(room - 2 * self.frame.top)
        if parts is None:
            return None
        return tuple(Framed(part, self.width, self.frame, before=self.before) for part in parts)  # type: ignore[return-value]


class Rule(Piece):
    """A horizontal line with space under it."""

    def __init__(
        self, width: float, colour: str, *, thick: float = 1.0, under: float = 8.0, before: float = 16.0
    ) -> None:
        self.width, self.colour, self.thick = width, colour, thick
        self.height, self.before, self.holds = under, before, True

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """The line."""
        canvas.rule(x, y, self.width, self.colour, self.thick)


class Dashed(Piece):
    """The box of what isn't measured, with the words inside; as high as ``height`` asks."""

    def __init__(self, words: str, width: float, *, height: float = 0.0, face: Face = BODY) -> None:
        bits, _cut = clipped(plain(words, colour="ink_2"), face, width - 24.0, 1)
        self.bits, self.face = bits, face
        self.width = min(long(bits, face) + 16.0, width)
        self.height = height or face.line + 4.0
        self.before = 4.0

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Outline and words."""
        high = self.face.line + 4.0
        top = y + (height - high) / 2
        canvas.rectangle(Box(x, top, self.width, high), edge="ink_3", dashed="dash")
        canvas.text(
            Box(x + 2, top + 2, self.width - 4, self.face.line), (Para(self.bits, self.face, "center"),)
        )


class Drawn(Piece):
    """A drawing as native shapes, its words for those who can't see it on a frame around them."""

    def __init__(self, drawing: Drawing, alt: str) -> None:
        self.drawing, self.alt = drawing, alt
        self.height = drawing.height
        self.before = 12.0

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """The shapes."""
        canvas.rectangle(Box(x, y, self.drawing.width, self.height), alt=self.alt)
        canvas.drawing(self.drawing.items, x, y)


class Lines(Piece):
    """Ruled lines to write on under a label: as many as there is room for, ``lines`` at most."""

    def __init__(self, label: str, lines: int, width: float) -> None:
        self.label, self.lines, self.width = label, lines, width
        self.height = _lined(min(lines, _FEW_LINES))
        self.before = 14.0

    @property
    def most(self) -> float:
        """All lines asked for."""
        return _lined(self.lines)

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Label, then the lines."""
        canvas.text(
            Box(x, y, self.width, NOTE.line),
            (Para(clipped(plain(self.label), NOTE, self.width, 1)[0], NOTE),),
        )
        count = int((height - NOTE.line - 3.0) / _RULED)
        for line in range(1, min(max(count, 1), self.lines) + 1):
            canvas.rule(x, y + NOTE.line + _RULED * line, self.width, "rule", 0.75)


def _lined(lines: int) -> float:
    return NOTE.line + 4.0 + _RULED * lines


class Break(Piece):
    """A new slide begins here."""


def pages(pieces: Sequence[Piece], room: float) -> Iterator[Stack]:
    """The pieces on as many slides as they need, each *room* points high; one empty slide where there is nothing."""
    group: list[Piece] = []
    found = False
    for piece in (*pieces, Break()):
        if not isinstance(piece, Break):
            group.append(piece)
            continue
        if group:
            found = True
            yield from _balanced(Stack(group), room)
        group = []
    if not found:
        yield Stack(())


def _balanced(stack: Stack, room: float) -> list[Stack]:
    """As few slides as can be, and about equally full: a last slide with one line on it says nothing."""
    best = _cut(stack, room)
    if not 1 < len(best) <= _BALANCED:
        return best
    low, high = room * 0.5, room
    while high - low > 12.0:
        middle = (low + high) / 2
        tried = _cut(stack, middle)
        if len(tried) <= len(best) and all(one.least <= middle for one in tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _cut(stack: Stack, room: float) -> list[Stack]:
    found: list[Stack] = []
    rest = stack
    while rest.least > room:
        parts = rest.split(room)
        if parts is None:
            break
        first, second = parts
        if not (isinstance(first, Stack) and isinstance(second, Stack)):  # pragma: no cover
            raise TypeError("a stack is cut into stacks")
        found.append(first)
        rest = second
    return [*found, rest]
