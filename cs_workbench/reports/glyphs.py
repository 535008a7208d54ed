"""What the bundled font can print. A character it lacks would stop the whole PDF (PDF/UA-1 asks for every glyph)."""

from __future__ import annotations

import itertools
import re
import struct
import unicodedata
from functools import cache
from typing import Any

from cs_workbench.charts.lettering import font_file

MISSING = "〓"
"""The geta mark: what Japanese printers set where the case lacks a character."""

_KEPT = frozenset("\n\t\u00ad\u200b\u2060") | {chr(code) for code in range(0xE0100, 0xE01F0)}
_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ACCENTED = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]+")
_ALL_PLANES = 12  # the format of the table that maps every character, not only those of the first plane


def printable(text: str) -> str:
    """*text* with a visible stand-in for each letter, and each run of symbols, that the font lacks.

    Marks that combine, controls and marks that turn the direction of writing have none: they are left out, unless
    nothing else would be left (a heading may not be empty).
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _shown()
    if shown.issuperset(text):
        return text
    text = _ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    runs = itertools.groupby(text, shown.__contains__)
    return "".join("".join(run) if known else _stand_in("".join(run)) for known, run in runs) or MISSING


def all_shown(text: str) -> bool:
    """Whether the font has every character of *text*."""
    return _shown().issuperset(text)


def printable_tree(value: Any) -> Any:
    """Plain data (dicts, lists, texts) with every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_tree(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable_tree(one) for one in value]
    return value


def _stand_in(run: str) -> str:
    kinds = [unicodedata.category(character) for character in run]
    letters = sum(kind[0] in "LN" for kind in kinds)
    return MISSING * (letters or any(kind[0] in "SP" or kind == "Co" for kind in kinds))


@cache
def _shown() -> frozenset[str]:
    """The characters with a glyph in the bundled font (both weights have the same), and those that need none."""
    with open(font_file(bold=False), "rb") as file:
        data = file.read()
    (tables,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _sum, offset, _length in entries if tag == b"cmap")
    (maps,) = struct.unpack_from(">H", data, start + 2)
    places = (start + struct.unpack_from(">HHL", data, start + 4 + 8 * one)[2] for one in range(maps))
    place = next(at for at in places if struct.unpack_from(">H", data, at)[0] == _ALL_PLANES)
    (groups,) = struct.unpack_from(">L", data, place + 12)
    found = set(_KEPT)
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">LLL", data, place + 16 + 12 * number)
        found.update(map(chr, range(first, last + 1)))
    return frozenset(found - _STEERING)
