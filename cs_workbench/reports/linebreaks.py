"""Where a line may not break: figures and their units, honorifics, short last lines, words without a space."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_KEPT = re.compile(
    r"(?:−[¥$€£]|[D¥$€£+−-])?\d[\d,.:/]*(?:万|億|兆|百万|千)?(?:円|％|%|名|件|席|日|月|年|週|回|分|社|人|か月|時間|営業日|ページ|版)?"
    r"|[一-鿿々〆ヶァ-ヺー]{1,5}[ \u00a0][一-鿿々〆ヶぁ-ゖァ-ヺー]{1,5}(?:様|御中)"
    r"|[一-鿿々〆ヶ]{1,4}(?:様|御中)"
)
_KEPT_LATIN = re.compile(r"(?:NPS )?−[¥$€£]?\d[\d,.]*[KMB%]?")
_HELD_SPACE = re.compile(
    r"(?<=[一-鿿々〆ヶァ-ヺー])[ ](?=[一-鿿々〆ヶぁ-ゖァ-ヺー]{1,5}(?:様|御中))|(?<=\bNPS) (?=[−\d])"
)
_LONG_WORD = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]{25,}")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f'’]")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー」』）】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ々ゝゞ…％%!?:;,.)]}”’"
)
_NEVER_LAST = frozenset("「『（【〔〈《([{“‘")
# Brackets and stops hold to a kept piece by themselves; these would not, and are drawn into it.
_DRAWN_IN = frozenset("・：；ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々ゝゞ…")
_LAST_LINE = 4  # characters a Japanese last line has at least
SOFT_BREAK = "\u200b"


def held(text: str) -> str:
    """*text* with a space no program breaks at between a person's two names, and before a figure's own name."""
    return _HELD_SPACE.sub("\u00a0", text)


class Piece(NamedTuple):
    """Part of a text; a ``kept`` one stays on one line."""

    text: str
    kept: bool


def soften(text: str) -> str:
    """*text* with invisible break chances in words too long for a column."""
    return _LONG_WORD.sub(lambda word: SOFT_BREAK.join(re.findall(".{1,12}", word[0])), text)


@lru_cache(maxsize=4096)
def pieces(text: str, language: str, *, last: bool = False) -> tuple[Piece, ...]:
    """*text* cut at what must stay together; ``last`` says a paragraph ends with it."""
    text = soften(text)
    if language != "ja" and last and _is_japanese(text):  # a customer's words on an English page
        end = _tail(text)
        return tuple(Piece(part, kept) for part, kept in ((text[:end], False), (text[end:], True)) if part)
    if language != "ja" or not _JAPANESE.search(text):
        return _latin(text)
    end = _tail(text) if last else len(text)
    found: list[Piece] = []
    place = 0
    for match in _KEPT.finditer(text):
        if match.end() > end:
            end = min(end, match.start()) if match.start() < end and match.end() > end else end
            break
        if len(match[0]) > 1:
            found += [Piece(text[place : match.start()], False), Piece(match[0], True)]
            place = match.end()
    found += [Piece(text[place:end], False), Piece(text[end:], True)]
    return tuple(_glued([piece for piece in found if piece.text]))


def _is_japanese(text: str) -> bool:
    """Whether most of it is, so that the typesetter breaks between any two letters."""
    return 2 * len(_JAPANESE.findall(text)) > len(text)


def _latin(text: str) -> tuple[Piece, ...]:
    """A minus stays with its figure; everything else is the typesetter's."""
    found: list[Piece] = []
    place = 0
    for match in _KEPT_LATIN.finditer(text):
        found += [Piece(text[place : match.start()], False), Piece(match[0], True)]
        place = match.end()
    found.append(Piece(text[place:], False))
    return tuple(piece for piece in found if piece.text)


def _tail(text: str) -> int:
    """Where the last few characters begin that move to the next line together."""
    start = max(len(text) - _LAST_LINE - (text[-1] in _NEVER_FIRST), 0)
    while start > 0 and (
        text[start] in _NEVER_FIRST | _NEVER_LAST or text[start - 1] in _NEVER_LAST or _in_word(text, start)
    ):
        start -= 1
    return start


def _in_word(text: str, at: int) -> bool:
    """Whether a Latin word or a figure goes on over that place."""
    return bool(_WORD.match(text[at]) and _WORD.match(text[at - 1]))


def _glued(found: list[Piece]) -> list[Piece]:
    """Draw marks that may not begin a line into the kept piece before them."""
    glued: list[Piece] = []
    for piece in found:
        text = piece.text
        if glued and glued[-1].kept and text[0] in _DRAWN_IN:
            count = next((at for at, mark in enumerate(text) if mark not in _DRAWN_IN), len(text))
            glued[-1] = Piece(glued[-1].text + text[:count], True)
            text = text[count:]
        glued += [Piece(text, piece.kept)] if text else []
    return glued
