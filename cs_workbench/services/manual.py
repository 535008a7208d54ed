"""The manual that comes with the program: its chapters in both languages, and search over them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cs_workbench import paths
from cs_workbench.domain.search_text import Span, matches, query_words, spans
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _

_MARKS = re.compile(r"[*`|]|^\s*(?:#+|-|\d+\.)\s+|\[([^\]]*)\]\([^)]*\)", re.MULTILINE)
_MARKED = re.compile(r"^#+ .*$|\*\*[^*]+\*\*", re.MULTILINE)
SNIPPET = 90


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. ``id`` is the page it explains ("accounts"), ``text`` Markdown without its title."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A chapter that holds every word, the heading nearest above the first place, and some text around it."""

    chapter: Chapter
    heading: str
    snippet: str
    spans: tuple[Span, ...]


def chapters(language: str) -> tuple[Chapter, ...]:
    """The manual in *language* ("en" or "ja"), in reading order. Raises NotFound where the files are missing."""
    folder = paths.resources("help", language)
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".md"))
    except OSError as error:
        raise NotFound(
            _("The manual is not part of this copy."), _("Install CS Workbench again."), code="no_manual"
        ) from error
    return tuple(_read(os.path.join(folder, name)) for name in names)


def find(all_chapters: Sequence[Chapter], words: str) -> tuple[Found, ...]:
    """Chapters that hold every word of *words*: those that are most about them first."""
    asked = query_words(words)
    if not asked:
        return ()
    hits = [chapter for chapter in all_chapters if matches(f"{chapter.title}\n{plain(chapter.text)}", asked)]
    hits.sort(key=lambda chapter: -_weight(chapter, asked))
    return tuple(_found(chapter, asked) for chapter in hits)


def plain(markdown: str) -> str:
    """The text without the marks of Markdown; line for line."""
    return _MARKS.sub(lambda mark: mark.group(1) or "", markdown)


def _read(path: str) -> Chapter:
    with open(path, encoding="utf-8") as file:
        title, _newline, text = file.read().partition("\n")
    name = os.path.splitext(os.path.basename(path))[0]
    return Chapter(name.partition("-")[2], title.removeprefix("# ").strip(), text.strip())


def _weight(chapter: Chapter, words: Sequence[str]) -> int:
    """How much a chapter is about the words: its title counts most, then headings and bold terms, then places."""
    marked = "\n".join(_MARKED.findall(chapter.text))
    return (
        20 * len(spans(chapter.title, words))
        + 5 * len(spans(marked, words))
        + len(spans(plain(chapter.text), words))
    )


def _found(chapter: Chapter, words: Sequence[str]) -> Found:
    heading = ""
    best: tuple[int, str, str] = (0, "", "")
    for line in chapter.text.splitlines():
        if line.startswith("#"):
            heading = plain(line).strip()
        shown = plain(line).strip()
        count = sum(matches(shown, (word,)) for word in words)
        if count > best[0]:
            best = (count, heading, shown)
    text = _around(best[2], words)
    return Found(chapter, best[1], text, spans(text, words))


def _around(line: str, words: Sequence[str]) -> str:
    """At most 90 characters of *line* with the first place in sight."""
    places = spans(line, words)
    start = max(0, places[0][0] - SNIPPET // 3) if places and places[0][1] > SNIPPET else 0
    cut = line[start : start + SNIPPET]
    return ("…" if start else "") + cut + ("…" if start + SNIPPET < len(line) else "")
