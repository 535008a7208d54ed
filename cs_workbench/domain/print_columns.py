"""How the columns of a printed list share the page: what must stay on one line has its room first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

PAGE, WIDE_PAGE = 58.0, 87.0
"""Ems of a list's type across A4 within its margins (499 pt at 8.5 pt), and across A4 on its side."""
MANY = 8
"""From so many columns on, a list whose texts have no room lies on its side."""
GAP = 1.3
"""Ems between two columns."""
SHORT = 8.0
"""A column whose longest text has at most so many ems stays on one line: a tier, a stage, a score with its word."""
NAME = 0.3
"""Part of the page up to which the first column with words keeps its longest Japanese text on one line."""
_LONGEST = 12
_NO_SPACES = 0.8  # ems a letter from which on a text is Japanese: it breaks between any two letters
_STRIP = 14.0  # ems a text that breaks asks for, so that its lines hold some words
_WIDE = frozenset("WFA")
_UNBROKEN = re.compile(r"[!-~\u00a0-\u024f]+")


def lies(columns: Sequence[tuple[str, bool, float]], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a list of many columns is printed on its side: upright, names or sentences would stand in strips."""
    if len(columns) < MANY:
        return False
    wanted = 0.0
    for n, (title, right, _wish) in enumerate(columns):
        texts = [row[n] for row in rows]
        whole = _whole(texts)
        wanted += max(_least(title, right, texts, whole), min(whole, _STRIP) + GAP)
    return wanted > PAGE


def shares(
    columns: Sequence[tuple[str, bool, float]], rows: Sequence[Sequence[str]], page: float = PAGE
) -> tuple[float, ...]:
    """Widths in ems of the columns (title, whether it holds figures, wished share) that fill the *page*.

    A column is at least as wide as its title, its figures and its longest word, the first one with words as its longest
    Japanese text (up to ``NAME`` of the page). What is left goes to the columns whose texts break, in proportion to
    what they wished, until no text breaks; then to all. Where all that is too much for the page, everything shrinks
    alike.
    """
    texts = [[row[n] for row in rows] for n in range(len(columns))]
    whole = [_whole(found) for found in texts]
    least = [
        _least(title, right, found, wide)
        for (title, right, _wish), found, wide in zip(columns, texts, whole, strict=True)
    ]
    name = next((n for n, (_title, right, _wish) in enumerate(columns) if not right), None)
    if name is not None:
        written = _whole([text for text in texts[name] if ems(text) > _NO_SPACES * len(text)])
        wanted = max(least[name], min(written, NAME * page) + GAP)
        least[name] = min(wanted, max(least[name], page - sum(least) + least[name]))
    if sum(least) > page:
        return tuple(least)
    wish = [share for _title, _right, share in columns]
    most = [max(wide + GAP, low) for wide, low in zip(whole, least, strict=True)]
    found = _poured(least, wish, most, page)
    return _poured(found, wish, [page] * len(found), page) if sum(found) < page else found


def _poured(
    least: Sequence[float], wish: Sequence[float], most: Sequence[float], page: float
) -> tuple[float, ...]:
    """*page* shared out as wished, nobody below its *least* or above its *most*."""
    given = {n: least[n] for n in range(len(least)) if most[n] <= least[n]}
    while True:
        free = [n for n in range(len(least)) if n not in given]
        rest = page - sum(given.values())
        whole = sum(wish[n] for n in free) or 1.0
        fair = {n: wish[n] / whole * rest for n in free}
        tight = {n: least[n] for n in free if fair[n] < least[n]}
        full = {n: most[n] for n in free if fair[n] > most[n]}
        if not tight and not full:
            return tuple(fair.get(n, given.get(n, 0.0)) for n in range(len(least)))
        given |= tight or full


def ems(text: str) -> float:
    """About how wide *text* is: a kana or kanji one em, a Latin letter a good half."""
    return sum(1.0 if unicodedata.east_asian_width(one) in _WIDE else 0.57 for one in text)


def _whole(texts: Sequence[str]) -> float:
    """What the longest of *texts* takes on one line."""
    return max(map(ems, sorted(set(texts), key=len)[-_LONGEST:]), default=0.0)


def _least(title: str, right: bool, texts: Sequence[str], whole: float) -> float:
    if not right and whole > SHORT:
        longest = sorted(set(texts), key=len)[-_LONGEST:]
        words = (word for text in longest for word in _UNBROKEN.findall(text))
        whole = min(max(map(ems, words), default=0.0), 2 * SHORT)
    return max(min(whole, 2 * SHORT), min(ems(title), SHORT)) + GAP
