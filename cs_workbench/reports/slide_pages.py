"""What stands on which slide: a message's parts on as few slides as can be read, none with two orphaned lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from cs_workbench.reports import blocks as b
from cs_workbench.reports.sections import plain
from cs_workbench.reports.slide_blocks import GUTTER, Maker
from cs_workbench.reports.slide_flow import Piece, Side, Stack, pages

_SPLITS = ((1.0, 1.0), (2.0, 3.0), (3.0, 2.0))
_FIGURES = ((1.0, 3.0), (1.0, 4.0), (2.0, 5.0))  # key figures in a column beside their chart or table
# How two or three parts stand in two columns.
_COLUMNS = {2: (((0,), (1,)),), 3: (((0, 1), (2,)), ((0,), (1, 2)), ((0, 2), (1,)))}
_NARROW_COLUMNS = 4
_WORTH_IT = 24.0  # points two parts beside one another have to save
_SLIDE, _EMPTY, _PRESSED, _BESIDE, _UNNAMED = 1000.0, 10.0, 3.0, 0.6, 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a heading of their own; ``fresh`` begins a slide."""

    heading: b.Heading | None
    blocks: tuple[b.Block, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slide: its own title where it isn't the section's message, whether that goes on, and what stands on it."""

    title: b.Runs
    subtitle: b.Runs
    continued: bool
    stack: Stack


Beside = tuple[int, int]
"""Parts that stand beside one another: the first of them, and how many."""
Room = Callable[[b.Runs, b.Runs], float]
"""Height left under a title and its subtitle; an empty title is the section's message."""


def parts(blocks: Sequence[b.Block]) -> tuple[Part, ...]:
    """The blocks cut before each heading, and before charts and columns that open a part of their own."""
    found: list[Part] = []
    fresh = False
    before: b.Block | None = None
    for block in blocks:
        if isinstance(block, b.PageBreak):
            fresh = True
        elif isinstance(block, b.Heading) and block.level <= 2:
            found.append(Part(block, (), fresh))
            fresh = False
        elif fresh or not found or (_opens(block) and not isinstance(before, b.Heading)):
            found.append(Part(None, (block,), fresh))
            fresh = False
        else:
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, block))
        before = block
    return tuple(found)


def _opens(block: b.Block) -> bool:
    if isinstance(block, b.Chart):
        return bool(block.title)
    return isinstance(block, b.Columns) and any(
        isinstance(body[0], b.Chart) or (isinstance(body[0], b.Heading) and body[0].level <= 2)
        for body in block.bodies
        if body
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part, or a slide's worth of a part that is too long for one."""

    part: Part
    stack: Stack | None = None
    number: int = 0
    fresh: bool = False


class Planner:
    """Lays out one section with one maker, in a width; ``before`` and ``after`` stand over and under its parts."""

    def __init__(
        self, maker: Maker, width: float, room: Room, before: Sequence[Piece] = (), after: Sequence[Piece] = ()
    ) -> None:  # fmt: skip
        self._maker, self._width, self._room = maker, width, room
        self._before, self._after = tuple(before), tuple(after)
        self._stacks: dict[tuple[int, float, bool], Stack] = {}
        self._units: tuple[_Unit, ...] = ()

    def sheets(self, given: Sequence[Part]) -> tuple[Sheet, ...]:
        """The slides with the least cost: few, evenly filled, each under words of its own."""
        if not given:
            given = (Part(None, ()),)
        self._units = tuple(self._expanded(given))
        count = len(self._units)
        best: list[tuple[float, tuple[Sheet, ...]]] = [(0.0, ())] * (count + 1)
        for start in range(count - 1, -1, -1):
            tries = [
                (cost + best[end][0], (sheet, *best[end][1])) for end, cost, sheet in self._slides(start)
            ]
            best[start] = min(tries, key=lambda one: one[0])
        return best[0][1]

    def _expanded(self, given: Sequence[Part]) -> Iterator[_Unit]:
        for index, part in enumerate(given):
            title, subtitle, rest = _titled(part) if index else ((), (), part)
            room = self._room(title, subtitle)
            whole = (
                self._pieces(rest, self._width)
                if index
                else (*self._before, *self._pieces(rest, self._width))
            )
            if index == len(given) - 1:
                whole += self._after
            if Stack(whole).least <= room:
                yield _Unit(part, fresh=part.fresh)
                continue
            for number, stack in enumerate(pages(whole, room)):
                yield _Unit(part, stack, number, fresh=bool(index or number))

    def _slides(self, start: int) -> Iterator[tuple[int, float, Sheet]]:
        """Every slide that can begin with the unit *start*: where it ends, its cost, itself."""
        count = len(self._units)
        for end in range(start + 1, count + 1):
            if end > start + 1 and self._units[end - 1].fresh:
                return
            found = [one for pairs in _pairings(end - start) if (one := self._slide(start, end, pairs))]
            if found:
                cost, sheet = min(found, key=lambda one: one[0])
                yield end, cost, sheet
            elif end == start + 1:
                cost, sheet = self._made(start, end, ())
                yield end, cost, sheet
            else:
                return

    def _slide(self, start: int, end: int, pairs: tuple[Beside, ...]) -> tuple[float, Sheet] | None:
        if any(not self._beside(start + at, size) for at, size in pairs):
            return None
        cost, sheet = self._made(start, end, pairs)
        room = self._room(sheet.title, sheet.subtitle)
        return (cost, sheet) if sheet.stack.least <= room else None

    def _made(self, start: int, end: int, pairs: tuple[Beside, ...]) -> tuple[float, Sheet]:
        sizes = dict(pairs)
        title, subtitle, continued, bare = self._title(start, sizes.get(0, 1))
        rows: list[Piece] = list(self._before) if not start and self._units[0].stack is None else []
        at = start
        while at < end:
            size = sizes.get(at - start, 1)
            alone = self._body(at, bare=bare and at == start).pieces
            rows += alone if size == 1 else (self._row(at, size),)
            at += size
        if end == len(self._units) and self._units[-1].stack is None:
            rows += self._after
        sheet = Sheet(title, subtitle, continued, Stack(rows))
        room = self._room(title, subtitle)
        empty = max(1.0 - sheet.stack.height / room, 0.0)
        pressed = max(sheet.stack.height / room - 1.0, 0.0)
        unnamed = _UNNAMED if continued and not title else 0.0
        return (
            _SLIDE + _EMPTY * empty**2 + _PRESSED * pressed + _BESIDE * len(pairs) + unnamed,
            sheet,
        )

    def _title(self, start: int, beside: int) -> tuple[b.Runs, b.Runs, bool, bool]:
        """The slide's own title and subtitle, whether it goes on, and whether the body does without its heading."""
        unit = self._units[start]
        if start == 0:
            return (), (), False, False
        if beside > 1:
            heads = [_titled(one.part)[0] for one in self._units[start : start + beside]]
            joined = b.Run("・" if self._maker.japanese else " · ")
            title = tuple(run for head in heads for run in (joined, *head))[1:] if all(heads) else ()
            return title, (), not title, False
        title, subtitle, _rest = _titled(unit.part)
        if unit.number and unit.part is self._units[0].part:
            return (), (), True, False
        return title, subtitle, not title or unit.number > 0, bool(title)

    def _body(self, at: int, *, bare: bool) -> Stack:
        unit = self._units[at]
        if unit.stack is not None:
            return unit.stack
        return self._stack(at, self._width, bare=bare)

    def _stack(self, at: int, width: float, *, bare: bool = False) -> Stack:
        key = (at, round(width, 1), bare)
        if key not in self._stacks:
            part = self._units[at].part
            self._stacks[key] = Stack(self._pieces(_titled(part)[2] if bare else part, width))
        return self._stacks[key]

    def _pieces(self, part: Part, width: float) -> tuple[Piece, ...]:
        blocks = (part.heading, *part.blocks) if part.heading else part.blocks
        return tuple(self._maker.pieces(blocks, width))

    def _beside(self, at: int, size: int) -> bool:
        """Whether these units may stand beside one another, and save room that way."""
        found = self._units[at : at + size]
        if len(found) < size or any(unit.fresh for unit in found[1:]) or any(unit.stack for unit in found):
            return False
        if not (all(_narrow(unit.part) for unit in found) or _figures(found)):
            return False
        full = sum(self._stack(at + one, self._width).height for one in range(size))
        return self._row(at, size).height + _WORTH_IT < full

    def _row(self, at: int, size: int) -> Side:
        if _figures(self._units[at : at + size]):
            return self._beside_figures(at, size)
        rows = []
        for columns in _COLUMNS[size]:
            for shares in _SPLITS:
                widths = self._widths(shares)
                stacks = [self._under(at, *pair) for pair in zip(columns, widths, strict=True)]
                rows.append(Side(stacks, widths, gutter=GUTTER, before=18.0))
        return min(rows, key=lambda row: row.height)

    def _widths(self, shares: Sequence[float]) -> list[float]:
        return [(self._width - GUTTER) * share / sum(shares) for share in shares]

    def _under(self, at: int, column: Sequence[int], width: float) -> Stack:
        """The units of one column under one another."""
        return Stack([piece for one in column for piece in self._stack(at + one, width).pieces])

    def _beside_figures(self, at: int, size: int) -> Side:
        """Key figures, and what is said of their table, in a column; the chart or the table at their right."""
        last = self._units[at + size - 1].part
        under: tuple[b.Block, ...] = ()
        if last.heading and last.heading.subtitle:
            under = (b.Paragraph(last.heading.subtitle, small=True),)
            last = replace(last, heading=replace(last.heading, subtitle=()))
        rows = []
        for shares in _FIGURES if last.heading else _FIGURES[:1]:
            left, right = widths = self._widths(shares)
            figures = (*self._under(at, range(size - 1), left).pieces, *self._maker.pieces(under, left))
            stacks = [Stack(figures), Stack(self._pieces(last, right))]
            rows.append(Side(stacks, widths, gutter=GUTTER, before=18.0))
        return min(rows, key=lambda row: row.height)


def _titled(part: Part) -> tuple[b.Runs, b.Runs, Part]:
    """Words that can stand as a slide's title, their subtitle, and the part without them."""
    if part.heading:
        return part.heading.runs, part.heading.subtitle, replace(part, heading=None)
    first = part.blocks[0] if part.blocks else None
    if isinstance(first, b.Chart) and first.title:
        rest = replace(first, title="", alt=first.alt or first.title)
        return (b.Run(first.title),), (), replace(part, blocks=(rest, *part.blocks[1:]))
    return (), (), part


def _figures(found: Sequence[_Unit]) -> bool:
    """Whether a row of key figures, and at most one more narrow part, is followed by its chart or its table."""
    first, *between, last = (unit.part for unit in found)
    few = (
        len(first.blocks) == 1 and isinstance(first.blocks[0], b.Metrics) and len(first.blocks[0].items) <= 3
    )
    if not few or first.heading or not all(map(_narrow, between)):
        return False
    shown = (*last.blocks, None)[0]
    return (isinstance(shown, b.Chart) and not between) or (bool(last.heading) and isinstance(shown, b.Table))


def _narrow(part: Part) -> bool:
    """Whether a part can be read on half a slide."""
    return bool(part.heading) and all(map(_narrow_block, part.blocks))


def _narrow_block(block: b.Block) -> bool:
    match block:
        case b.Table(columns=columns, rows=rows):
            words = max((sum(len(plain(cell)) for cell in row) for row in rows), default=0)
            return len(columns) <= _NARROW_COLUMNS and block.decisive is None and words < 90
        case b.Paragraph() | b.BulletList() | b.Quote() | b.Missing():
            return True
        case b.Fill(labels=labels):
            return len(labels) == 1
        case _:
            return False


def _pairings(count: int) -> Iterator[tuple[Beside, ...]]:
    """Every choice of two or three neighbours to stand beside one another."""

    def onward(at: int) -> Iterator[tuple[Beside, ...]]:
        if at >= count:
            yield ()
            return
        for size in (1, 2, 3):
            if at + size <= count:
                for rest in onward(at + size):
                    yield rest if size == 1 else ((at, size), *rest)

    yield from onward(0)
