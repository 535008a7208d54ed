"""Where a short text may break: between phrases, never inside a figure, an amount, a date or a Japanese word."""

from __future__ import annotations

import re
from itertools import pairwise

JOIN = "\u2060"
"""Word joiner: invisible, and no line ends at it."""
LONGEST = 12
"""Characters a phrase has at most before it may break inside after all."""

SHORTEST = 4
"""Characters the last phrase has at least; a shorter one stays with the one before it."""

_NO_BREAK = "\u00a0"
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_AMOUNT = re.compile(
    r"(?<=\d) (?=[^\W\d_]{1,8}\b)|(?<=\b[A-Z]{3}) (?=\d)|(?<=\b[A-Z]{3}) (?=[=/])|(?<=[=/]) (?=\d)"
)
_SHORT_WORD = re.compile(r"(?<=\b[Aa]) (?=\w)|(?<=\b[Aa]n) (?=\w)")
_OPERATOR = re.compile(r"(?<=[÷×+=\u2212→]) ")
_ENDS = "、。，．；：！？」』）】・／→ "
_OPENS = "「『（【"
_PREFIXES = ("お", "ご", "それ", "これ", "その", "この")


def held(text: str) -> str:
    """*text* with invisible joints wherever a line must not end. What is read aloud or copied is *text* itself."""
    for together in (_AMOUNT, _SHORT_WORD, _OPERATOR):
        text = together.sub(_NO_BREAK, text)
    if not _JAPANESE.search(text):
        return text
    return " ".join(_joined(part) for part in text.split(" "))


def _joined(text: str) -> str:
    """Every two characters joined, but at the ends of phrases."""
    phrases = [""]
    for before, after in pairwise(text):
        phrases[-1] += before
        long = len(phrases[-1]) >= LONGEST and _JAPANESE.match(before) and _JAPANESE.match(after)
        if long or breaks(phrases[-1], after):
            phrases.append("")
    phrases[-1] += text[-1:]
    if len(phrases) > 1 and len(phrases[-1]) < SHORTEST:
        last = phrases.pop()
        phrases[-1] += last
    return "".join(JOIN.join(phrase) for phrase in phrases)


def breaks(phrase: str, after: str) -> bool:
    """Whether *phrase* ends before *after*: at a stop, before a bracket, or where its kana turn into something else."""
    before = phrase[-1]
    if after in _ENDS or before in _OPENS:
        return False
    if before in _ENDS or after in _OPENS:
        return True
    return _kana(before) and not _kana(after) and phrase not in _PREFIXES and before + after != "か月"


def _kana(mark: str) -> bool:
    return "\u3041" <= mark <= "\u3096"
