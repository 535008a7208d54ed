"""Text cells that a spreadsheet would run as a formula, made harmless and brought back (CWE-1236, ASVS 1.2.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

MARK = "'"


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(r"[\s'\"\u3000]*[=+\-@|%＝＋－＠\t\r\n]")


def guard(text: str) -> str:
    """*text* with an apostrophe before it where a spreadsheet could take it for a formula, else unchanged."""
    return MARK + text if _runs().match(text) else text


def table_text(rows: Iterable[Iterable[str]]) -> str:
    """*rows* as tab-separated text for the clipboard: no cell can run as a formula or begin a row of its own."""
    return "\n".join("\t".join(guard(" ".join(cell.split())) for cell in row) for row in rows)


def unguard(text: str) -> str:
    """What :func:`guard` was given: only its own apostrophe is taken off, never one that somebody typed."""
    return text[1:] if text.startswith(MARK) and _runs().match(text, 1) else text
