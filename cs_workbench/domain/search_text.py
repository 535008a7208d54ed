"""What was typed into a search box, and where it stands in a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from cs_workbench.domain.text import fold

Span = tuple[int, int]
"""Start and end offsets in a text, end exclusive."""

MAX_QUERY = 400
MAX_WORDS = 8
_QUOTES = "\"'“”‘’„«»「」『』｢｣〝〟"
_CLUSTER = re.compile(  # what folds as one: (株), or a character with its combining or half-width voice marks
    r"[(（](?:[株有合資名財社学医]|特非)[)）]|.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL
)

_CLUSTERED = re.compile(r"[(（][株有合資名財社学医特]|[\u0300-\u036f\u3099\u309a\uff9e\uff9f]")


def query_words(text: str) -> tuple[str, ...]:
    """The folded words of a query, longest first, without doubles; empty when nothing can be searched.

    At most 8 words of the first 400 characters count. Quotation marks around a word are taken off.
    """
    words: dict[str, None] = {}
    for word in fold(text[:MAX_QUERY]).split(" "):
        bare = word.strip(_QUOTES) or word
        if bare:
            words[bare] = None
    kept = list(words)[:MAX_WORDS]
    return tuple(sorted(kept, key=lambda word: (-len(word), word)))


def matches(text: str, words: Sequence[str]) -> bool:
    """Whether every folded word stands in *text*, a short one: subjects repeat, so their folding is kept."""
    folded = _fold_short(text)
    return all(word in folded for word in words)


def spans(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Where the folded *words* stand in *text* as it was written, joined and in order."""
    clusters = _CLUSTER.findall(text) if _CLUSTERED.search(text) else text
    pieces = list(map(_fold_cluster, clusters))
    found = _found("".join(pieces), words)
    if not found:
        return ()
    folded_ends = list(accumulate(map(len, pieces)))
    ends = list(accumulate(map(len, clusters)))
    return _joined(
        [
            (ends[first] - len(clusters[first]), ends[last])
            for start, end in found
            for first, last in [(bisect_right(folded_ends, start), bisect_right(folded_ends, end - 1))]
        ]
    )


def _found(folded: str, words: Sequence[str]) -> list[Span]:
    found: list[Span] = []
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            found.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return found


def snippet(text: str, words: Sequence[str], width: int = 120) -> tuple[str, tuple[Span, ...]]:
    """About *width* characters of *text* around its first match, on one line, and the spans of the matches.

    Cut ends carry an ellipsis. Without a match the beginning is given and no span.
    """
    flat = " ".join(text.split())
    first = _first(flat, words, width)
    start = max(0, min(first - width // 3, len(flat) - width))
    start = 0 if start < 8 else start
    end = min(len(flat), start + width)
    lead, tail = "…" if start else "", "…" if end < len(flat) else ""
    cut = flat[start:end]
    return lead + cut + tail, tuple((a + len(lead), b + len(lead)) for a, b in spans(cut, words))


def _first(flat: str, words: Sequence[str], width: int) -> int:
    """Where the first match begins: as written if it can be, else by folding piece by piece."""
    lower = flat.lower()
    plain = [at for word in words if word and (at := lower.find(word)) >= 0]
    if plain and len(lower) == len(flat):
        return min(plain)
    step, overlap = 4 * width, max((len(word) for word in words), default=0) * 2 + 8
    for base in range(0, len(flat), step):
        found = spans(flat[base : base + step + overlap], words)
        if found:
            return base + found[0][0]
    return 0


@lru_cache(maxsize=16_384)
def _fold_short(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=16_384)
def _fold_cluster(cluster: str) -> str:
    return " " if cluster.isspace() else fold(cluster)


def _joined(found: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def kana_of(romaji: str) -> str | None:
    """The hiragana of a folded Latin word in Hepburn or Kunrei spelling, or None when it is not one.

    ``kana_of("tanaka") == "たなか"``; long vowels are read as written (``ou`` → ``おう``).
    """
    word = "".join(c for c in unicodedata.normalize("NFD", romaji) if not unicodedata.combining(c))
    if not word.isascii() or not word.isalpha():
        return None
    out: list[str] = []
    at = 0
    while at < len(word):
        if word[at : at + 1] == word[at + 1 : at + 2] and word[at] in "kstpcgdbjz":
            out.append("っ")
            at += 1
            continue
        if word.startswith("tch", at):
            out.append("っ")
            at += 1
            continue
        for size in (3, 2, 1):
            kana = _KANA.get(word[at : at + size])
            if kana:
                out.append(kana)
                at += size
                break
        else:
            return None
    return "".join(out)


def _kana_table() -> dict[str, str]:
    rows = {
        "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
        "t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
        "p": "ぱぴぷぺぽ", "m": "まみむめも", "r": "らりるれろ",
    }  # fmt: skip
    table = {
        lead + vowel: kana for lead, row in rows.items() for vowel, kana in zip("aiueo", row, strict=True)
    }
    table |= {"ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wo": "を", "n": "ん", "shi": "し", "chi": "ち",
              "tsu": "つ", "fu": "ふ", "ji": "じ"}  # fmt: skip
    small = {"a": "ゃ", "u": "ゅ", "o": "ょ"}
    for lead in ("k", "g", "s", "z", "t", "d", "n", "h", "b", "p", "m", "r"):
        table |= {f"{lead}y{vowel}": table[lead + "i"] + kana for vowel, kana in small.items()}
    for lead, kana in {"sh": "し", "ch": "ち", "j": "じ"}.items():
        table |= {lead + vowel: kana + tail for vowel, tail in small.items()}
    return table


_KANA = _kana_table()
