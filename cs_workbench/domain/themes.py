"""Feedback themes suggested by words the user chose: transparent, in both languages, never a black box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cs_workbench.domain.text import fold


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """A theme and the words that suggest it. A word after − must not stand in the text; + joins words that must all."""

    theme: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme suggested and the words that were found: the reason that is shown."""

    theme: int
    found: tuple[str, ...]


def rule(theme: int, lines: str) -> ThemeRule:
    """A rule from its words as typed, one a line; blank lines and doubles are dropped."""
    words = dict.fromkeys(line.strip() for line in lines.splitlines())
    return ThemeRule(theme, tuple(word for word in words if word))


def suggest(text: str, rules: Iterable[ThemeRule]) -> tuple[Suggestion, ...]:
    """Themes whose words stand in *text*, those with most words first. Kana, width and case do not matter."""
    folded = fold(text)
    found = []
    for one in rules:
        if any(_holds(folded, word[1:]) for word in one.words if word[0] in "-−"):
            continue
        hits = tuple(word for word in one.words if word[0] not in "-−" and _holds(folded, word))
        if hits:
            found.append(Suggestion(one.theme, hits))
    return tuple(sorted(found, key=lambda one: (-len(one.found), one.theme)))


def _holds(folded: str, word: str) -> bool:
    """Whether every part of a word joined by + stands in the text; Latin words as whole words or their plural."""
    return all(_stands(folded, fold(part)) for part in word.split("+") if part.strip())


def _stands(folded: str, word: str) -> bool:
    if not word:
        return False
    if not word.isascii():
        return word in folded
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        end += folded[end : end + 1] == "s"  # a plural
        if not (_latin(folded[start - 1 : start]) or _latin(folded[end : end + 1])):
            return True
        start = folded.find(word, start + 1)
    return False


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
