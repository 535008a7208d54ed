"""Words on slides: their faces, where their lines break at a width, and their DrawingML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from cs_workbench import charts
from cs_workbench.charts.lettering import width
from cs_workbench.reports.blocks import Align, Look, Run, Runs
from cs_workbench.reports.linebreaks import held

FONT = "Noto Sans JP"
_TYPEFACE = f'typeface="{FONT}" panose="020B0200000000000000" pitchFamily="34" charset="-128"'
"""The family traits let a computer without the font take its own Japanese sans serif."""
_SAFETY = 1.035  # another renderer's words may be this much wider than ours
_BETWEEN = 0.2  # ems some programs keep between Japanese and Latin, which a slide cannot forbid
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー」』）】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ々ゝゞ…％%!?:;,.)]}”’"
)
_NEVER_LAST = frozenset("「『（【〔〈《([{“‘")
_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
_LINKS = ("https://", "http://", "mailto:")
_FOREIGN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
Link = Callable[[str], str]
"""Gives the relationship id of an address on the slide."""


@dataclass(frozen=True, slots=True)
class Face:
    """Size and line height in points, colour by its name in the paper theme, "accent", "white" or as hex."""

    size: float
    line: float
    colour: str = "ink"
    bold: bool = False


COVER = Face(40, 56, bold=True)
MESSAGE = Face(26, 37, bold=True)
SUBTITLE = Face(12, 18, "ink_3")
HEADING = Face(14, 21, bold=True)
BODY = Face(14, 22)
REMARK = Face(11, 16, "ink_3")
TABLE = Face(12, 18)
CLOSE = Face(10, 14)  # tables of a dense page
HEAD = Face(10.5, 16, "ink_3")
NOTE = Face(9, 13, "ink_3")
RECORD = Face(9, 13, "internal")
FIGURE = Face(36, 46, bold=True)
LABEL = Face(14, 21)
CELL_LABEL = Face(11, 17, "accent", bold=True)
QUOTE = Face(18, 27, bold=True)


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of text in one dress; ``raised`` is the mark of a record, ``size`` in points where it differs."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    missing: bool = False
    raised: bool = False
    colour: str = ""
    size: float = 0.0


Bits = tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: ``mark`` hangs before it, ``indent`` points from the left; ``after`` is the space below."""

    bits: Bits
    face: Face = BODY
    align: Align = "left"
    mark: str = ""
    indent: float = 0.0
    after: float = 0.0


def printable(text: str) -> str:
    """*text* without what XML cannot hold."""
    return _FOREIGN.sub("", text)


def bits(runs: Runs, *, bold: bool = False, colour: str = "", internal: bool = False) -> Bits:
    """Runs as bits; the marks of records stand in the internal edition only."""
    made: list[Bit] = []
    for run in runs:
        text = held(printable(run.text))
        if text:
            href = run.href if run.href.startswith(_LINKS) else ""
            shown = f"\u00a0{text}\u00a0" if run.missing else text
            strong = (bold or run.bold) and not run.missing
            made.append(Bit(shown, strong, run.italic, href, run.missing, colour=colour))
        if run.note and internal:
            made.append(Bit(f"\u00a0{run.note}", raised=True, colour="internal"))
    return tuple(made)


def plain(text: str, *, bold: bool = False, colour: str = "") -> Bits:
    """Words as one bit."""
    return bits((Run(text),), bold=bold, colour=colour)


@lru_cache(maxsize=16384)
def _advance(mark: str, bold: bool) -> float:
    return width(mark, 100.0, bold) / 100.0 * _SAFETY


def long(some: Bits, face: Face) -> float:
    """Width in points of *some* on one line."""
    return sum(advance for _mark, advance in _flat(some, face, _BETWEEN))


def _flat(some: Bits, face: Face, between: float) -> list[tuple[str, float]]:
    """Every character with its width; *between* is what a script may keep from the next, in ems."""
    found: list[tuple[str, float]] = []
    before = ""
    for bit in some:
        size, bold = _size(bit, face), face.bold or bit.bold
        for mark in bit.text:
            gap = (
                between * size
                if (before < "\u2e80") != (mark < "\u2e80") and _scripts_meet(before, mark)
                else 0.0
            )
            found.append((mark, _advance(mark, bold) * size + gap))
            before = mark
    return found


def _scripts_meet(before: str, mark: str) -> bool:
    return (before < "\u0300" and before.isalnum() and _wide(mark)) or (
        mark < "\u0300" and mark.isalnum() and _wide(before)
    )


def _size(bit: Bit, face: Face) -> float:
    return (bit.size or face.size) * (0.66 if bit.raised else 1.0)


@lru_cache(maxsize=4096)
def cuts(some: Bits, face: Face, room: float, *, between: float = _BETWEEN) -> tuple[int, ...]:
    """Where lines end, counted in characters, when set *room* points wide; at least one line."""
    flat = _flat(some, face, between)
    ends: list[int] = []
    used, start, chance = 0.0, 0, 0
    for at, (mark, advance) in enumerate(flat):
        if mark == "\n":
            ends.append(at + 1)
            used, start, chance = 0.0, at + 1, at + 1
            continue
        if at > start and _may_break(flat[at - 1][0], mark):
            chance = at
        if used + advance > room and mark != " " and at > start:
            cut = chance if chance > start else at
            ends.append(cut)
            used = sum(wide for _mark, wide in flat[cut:at])
            start = chance = cut
        used += advance
    if not ends or start < len(flat) or flat[-1][0] == "\n":
        ends.append(len(flat))
    return tuple(ends)


def _may_break(before: str, mark: str) -> bool:
    if mark in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before in " \u200b-/" or (_wide(mark) and mark != "\u00a0") or (_wide(before) and mark != "\u00a0")


def _wide(mark: str) -> bool:
    return "\u2e80" <= mark <= "\u9fff" or "\uac00" <= mark <= "\ud7a3" or "\uff00" <= mark <= "\uffef"


def divided(some: Bits, at: int) -> tuple[Bits, Bits]:
    """The bits before and after character *at*."""
    first: list[Bit] = []
    second: list[Bit] = []
    for bit in some:
        head, tail = bit.text[: max(at, 0)], bit.text[max(at, 0) :]
        at -= len(bit.text)
        if head:
            first.append(replace(bit, text=head))
        if tail:
            second.append(replace(bit, text=tail))
    if first and second and first[-1].text.endswith("\n"):  # the break is where the cut is
        first[-1] = replace(first[-1], text=first[-1].text[:-1])
    return tuple(first), tuple(second)


def clipped(some: Bits, face: Face, room: float, lines: int) -> tuple[Bits, bool]:
    """*some* on at most *lines* lines, ending in "…" where it had to be cut; and whether it had."""
    ends = cuts(some, face, room)
    if len(ends) <= lines:
        return some, False
    head, _rest = divided(some, max(ends[lines - 1] - 2, 1))
    return (*head, Bit("…", bold=bool(head) and head[-1].bold)), True


def text_height(paragraphs: Sequence[Para], room: float) -> float:
    """Height of paragraphs set *room* points wide."""
    return sum(
        len(cuts(one.bits, one.face, room - one.indent)) * one.face.line + one.after for one in paragraphs
    )


def colour_of(name: str, look: Look) -> str:
    """A colour by name as six hexadecimal digits."""
    if name.startswith("#"):
        return name[1:]
    if name in ("accent", "accent_soft", "white"):
        return {"accent": look.accent, "accent_soft": look.accent_soft, "white": "#FFFFFF"}[name][1:]
    return str(charts.tokens("paper")[name])[1:]


def paragraph_xml(one: Para, look: Look, language: str, link: Link | None = None) -> str:
    """A paragraph as DrawingML; *link* is asked for the relationship of each address in it."""
    mark = f'<a:buFont {_TYPEFACE}/><a:buChar char="{escape(one.mark)}"/>' if one.mark else "<a:buNone/>"
    if one.mark.endswith(".") and one.mark[:-1].isdigit():
        mark = f'<a:buFont {_TYPEFACE}/><a:buAutoNum type="arabicPeriod" startAt="{int(one.mark[:-1])}"/>'
    hang = -min(one.indent, 18.0) if one.mark else 0.0
    properties = (
        f'<a:pPr marL="{_emu(one.indent)}" indent="{_emu(hang)}" algn="{_ALIGN[one.align]}" '
        f'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPts val="{round(one.face.line * 100)}"/>'
        f'</a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(one.after * 100)}"/>'
        f"</a:spcAft>{mark}</a:pPr>"
    )
    runs = "".join(_run_xml(bit, one.face, look, language, link) for bit in one.bits)
    end = "" if one.bits else f'<a:endParaRPr lang="{_lang(language)}" sz="{round(one.face.size * 100)}"/>'
    return f"<a:p>{properties}{runs}{end}</a:p>"


def _run_xml(bit: Bit, face: Face, look: Look, language: str, link: Link | None) -> str:
    colour = colour_of("ink_2" if bit.missing else bit.colour or face.colour, look)
    strong = (face.bold or bit.bold) and not (bit.missing or bit.raised)
    extra = (' b="1"' if strong else ' b="0"') + (' i="1"' if bit.italic else "")
    extra += ' u="dash"' if bit.missing else ""
    extra += ' baseline="30000"' if bit.raised else ""
    target = f'<a:hlinkClick xmlns:r="{_R}" r:id="{link(bit.href)}"/>' if bit.href and link else ""
    size = round((bit.size or face.size) * 100)
    properties = (
        f'lang="{_lang(language)}" altLang="{"en-GB" if language == "ja" else "ja-JP"}" sz="{size}"{extra} dirty="0">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f"<a:latin {_TYPEFACE}/><a:ea {_TYPEFACE}/><a:cs {_TYPEFACE}/>{target}"
    )
    pieces = [
        f"<a:r><a:rPr {properties}</a:rPr><a:t>{escape(text, quote=False)}</a:t></a:r>" if text else ""
        for text in printable(bit.text).replace("\t", " ").split("\n")
    ]
    return f"<a:br><a:rPr {properties}</a:rPr></a:br>".join(pieces)


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _lang(language: str) -> str:
    return "ja-JP" if language == "ja" else "en-GB"


def _emu(points: float) -> int:
    return round(points * 12700)
