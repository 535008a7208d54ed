"""How a sheet is printed: as wide as the paper, and no page ends in the middle of a chart or of a block of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

ROW = 15.0  # points of a row nobody made higher
DEFAULT = 8.43  # characters of a column nobody made wider
_PIXEL = 0.75  # points
_ACROSS, _DOWN = 842.0 - 2 * 0.6 * 72, 595.0 - 1.5 * 72  # A4 lying, less the margins of both workbooks
_SPARE = 0.86  # of the paper's width: other programs set columns up to a seventh wider
_HIGH = 0.96  # of its height: rows are as high everywhere
_LEAST = 0.58  # the scale down to which one page is made to hold all of a sheet


def column_points(characters: float) -> float:
    """Points a column of so many characters takes in the workbook's default font."""
    return (round(characters * 7) + 5) * _PIXEL


def set_pages(
    grid: Any,
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    repeated: int = 0,
    whole: Sequence[tuple[int, int]] = (),
    breaks: Sequence[int] = (),
) -> None:
    """Set how the pages of *grid* fall: *widths* in characters, *heights* in points, *repeated* head rows.

    What fits on one page at a scale that can be read is made to; else a page ends before what it cannot hold whole
    (first and last row each).
    """
    scale = min(1.0, _ACROSS * _SPARE / max(sum(map(column_points, widths)), 1.0))
    room = _DOWN * _HIGH / scale
    if not breaks and min(scale, _DOWN / max(sum(heights), 1.0)) >= _LEAST:
        grid.fit_to_pages(1, 1)
        return
    grid.fit_to_pages(1, 0)
    if whole or breaks:
        found = page_breaks(heights, room, repeated=repeated, whole=whole, breaks=breaks)
        grid.set_h_pagebreaks(found[:1000])


def page_breaks(
    heights: Sequence[float],
    room: float,
    *,
    repeated: int = 0,
    whole: Sequence[tuple[int, int]] = (),
    breaks: Sequence[int] = (),
) -> list[int]:
    """The rows that begin a page of *room* points; what is higher than a page is cut after all."""
    ends = dict(whole)
    head = sum(heights[:repeated])
    found: list[int] = []
    filled = 0.0
    for row, height in enumerate(heights):
        needed = sum(heights[row : ends.get(row, row) + 1])
        over = filled + (needed if needed + head <= room else height) > room
        if row > repeated and (row in breaks or over) and filled > head:
            found.append(row)
            filled = head
        filled += height
    return found
