"""Sections of two pages: where they break, and what their second page is headed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_workbench.reports import blocks as b
from cs_workbench.reports.sections import word

_HIGH = 160.0  # points of a chart that goes to the next page


def parted(document: b.Document, heading: b.Heading, blocks: Sequence[b.Block]) -> list[b.Block]:
    """A section that takes two pages breaks before the charts near its end; the second page says its message again."""
    last = range(len(blocks) - 1, max(len(blocks) - 4, 0), -1)
    at = next((place for place in last if isinstance(blocks[place], b.Columns | b.Chart)), None)
    if at is None:
        return list(blocks)
    words = word(document, "continued")
    more = b.Run(f"（{words}）" if document.language == "ja" else f" ({words})")
    again = b.Heading(2, (*heading.runs, more))
    return [*blocks[:at], b.PageBreak(), again, *map(_higher, blocks[at:])]


def _higher(block: b.Block) -> b.Block:
    match block:
        case b.Chart(height=height):
            return replace(block, height=max(height, _HIGH))
        case b.Columns(bodies=bodies):
            return replace(block, bodies=tuple(tuple(map(_higher, body)) for body in bodies))
        case _:
            return block
