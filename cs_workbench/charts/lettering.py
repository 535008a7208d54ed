"""How wide words are, in the bundled font: what label rules are computed from."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cs_workbench import paths

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

REGULAR = "NotoSansJP-Regular.ttf"
BOLD = "NotoSansJP-Bold.ttf"
_UNIT = 200  # measured large, scaled down: hinting leaves no trace


def font_file(bold: bool) -> str:
    """Path of the bundled font of that weight."""
    return paths.resources("fonts", BOLD if bold else REGULAR)


@cache
def _font(bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(font_file(bold), _UNIT, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def width(words: str, size: float, bold: bool = False) -> float:
    """Width of one line of *words* at *size*, in the unit of *size*."""
    return float(_font(bold).getlength(words)) * size / _UNIT


def shorten(words: str, size: float, room: float, bold: bool = False) -> str:
    """*words*, or their beginning and "…" where they would not fit into *room*."""
    if width(words, size, bold) <= room:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width(words[:middle].rstrip() + "…", size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + "…"


def wrap(words: str, size: float, room: float, lines: int = 2) -> tuple[str, ...]:
    """*words* on at most *lines* lines of *room*: broken at spaces, else anywhere; the last one shortened."""
    broken: list[str] = []
    rest = words
    while len(broken) < lines - 1 and width(rest, size) > room:
        cut = len(shorten(rest, size, room)) - 1
        space = rest.rfind(" ", 0, cut + 1)
        cut = space if space > cut // 3 else max(cut, 1)
        broken.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*broken, shorten(rest, size, room))
