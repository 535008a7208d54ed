"""How the columns of a printed list share the page: what must stay on one line has its room first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

PAGE = 58.0
"""Ems of a list's type across A4 within its margins (499 pt at 8.5 pt)."""
GAP = 1.3
"""Ems between two columns."""
SHORT = 8.0
"""A column whose longest text has at most so many ems stays on one line: a tier, a stage, a score with its word."""
_LONGEST = 12
_WIDE = frozenset("WFA")
_UNBROKEN = re.compile(r"[!-~\u00a0-\u024f]+")


def shares(columns: Sequence[tuple[str, bool, float]], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Widths in ems of the columns (title, whether it holds figures, wished share) that fill the page.

    A column is at least as wide as its title, its figures and its longest word; the others give way in proportion to
    what they wished. Where all that is too much for the page, everything shrinks alike.
    """
    least = [
        _least(title, right, [row[n] for row in rows]) for n, (title, right, _wish) in enumerate(columns)
    ]
    if sum(least) >= PAGE:
        return tuple(least)
    wish = [share for _title, _right, share in columns]
    free = set(range(len(columns)))
    while True:
        rest = PAGE - sum(least[n] for n in range(len(columns)) if n not in free)
        whole = sum(wish[n] for n in free) or 1.0
        tight = {n for n in free if wish[n] / whole * rest < least[n]}
        if not tight:
            return tuple(wish[n] / whole * rest if n in free else least[n] for n in range(len(columns)))
        free -= tight


def ems(text: str) -> float:
    """About how wide *text* is: a kana or kanji one em, a Latin letter a good half."""
    return sum(1.0 if unicodedata.east_asian_width(one) in _WIDE else 0.57 for one in text)


def _least(title: str, right: bool, texts: Sequence[str]) -> float:
    longest = sorted(set(texts), key=len)[-_LONGEST:]
    whole = max(map(ems, longest), default=0.0)
    if not right and whole > SHORT:
        words = (word for text in longest for word in _UNBROKEN.findall(text))
        whole = min(max(map(ems, words), default=0.0), 2 * SHORT)
    return max(min(whole, 2 * SHORT), min(ems(title), SHORT)) + GAP
