"""Heads of a slide's table: columns wide enough that none breaks inside a word or leaves one character behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cs_workbench.reports.slide_canvas import CELL_SIDE
from cs_workbench.reports.slide_text import HEAD, Bits, cuts

_WIDEST = 130.0  # points: no head is worth more
_LEFT = 200.0  # points the widest keeps where it gives way
_STEP = 2.0


def headed(widths: Sequence[float], heads: Sequence[Bits], asked: Sequence[float]) -> tuple[float, ...]:
    """*widths*, those of badly broken heads widened; what they need comes from columns wider than their rows have
    *asked* for, else from the widest.
    """
    short = [max(_least(words, width) - width, 0.0) for words, width in zip(heads, widths, strict=True)]
    widest = [width if width < max(widths) else _LEFT for width in widths]
    for kept in (asked, widest):
        spare = [
            0.0 if more else max(width - own, 0.0)
            for width, own, more in zip(widths, kept, short, strict=True)
        ]
        if 0.0 < sum(short) <= sum(spare):
            taken = sum(short) / sum(spare)
            return tuple(
                width + more - less * taken for width, more, less in zip(widths, short, spare, strict=True)
            )
    return tuple(widths)


def _least(words: Bits, width: float) -> float:
    """The width a head needs to break well: its own where it does already, or where no width helps."""
    wanted = width
    while wanted <= _WIDEST:
        if _well(words, wanted):
            return wanted
        wanted += _STEP
    return width


def _well(words: Bits, width: float) -> bool:
    """Whether a head breaks between words, and no line of it is a single character."""
    text = "".join(bit.text for bit in words)
    ends = (0, *cuts(words, HEAD, width - 2 * CELL_SIDE))
    lines = [text[start:end].strip() for start, end in pairwise(ends)]
    inside = any(
        text[end - 1].isascii() and text[end - 1].isalnum() and text[end].isascii() and text[end].isalnum()
        for end in ends[1:-1]
    )
    return not inside and (len(lines) < 2 or all(len(line) != 1 for line in lines))
