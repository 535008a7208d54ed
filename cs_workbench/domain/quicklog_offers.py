"""What stands at the cursor of a quick-log line, and the dates that may be meant by its beginning."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cs_workbench.domain.quicklog_words import NARROW
from cs_workbench.domain.search_text import kana_of
from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.domain.text import fold

Mark = Literal["@", "#", "+", "!", ""]
_BEFORE = re.compile(
    r'(?<![^\s、。])(?:@(?:"[^"\n]*|「[^」\n]*|[^\s@#!+]*)|#[^\s#!@,、。]*|\+[^\s#!@+,、。]*|![^\s#!@、。]*)$'
)
_WORD = re.compile(r"[^\s、。@#!+]+$")
_REST = re.compile(r"[^\s@#!+、。,]*")
_LEAST = 2

DATE_WORDS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (
        ("today", ()), ("tomorrow", ()), ("mon", ("monday", "nextmonday")), ("tue", ("tuesday", "nexttuesday")),
        ("wed", ("wednesday", "nextwednesday")), ("thu", ("thursday", "nextthursday")),
        ("fri", ("friday", "nextfriday")), ("+7d", ("week", "nextweek")), ("+1m", ("month", "nextmonth")),
        ("eom", ("endofmonth", "monthend")),
    ),
    "ja": (
        ("今日", ("きょう",)), ("明日", ("あした", "あす")), ("明後日", ("あさって",)),
        ("来週火曜", ("らいしゅうかよう",)), ("来週金曜", ("らいしゅうきんよう",)),
        ("再来週", ("さらいしゅう",)), ("月末", ("げつまつ",)),
        ("来月末", ("らいげつまつ",)),
    ),
}  # fmt: skip
"""Dates that are offered, as they are typed, with what else may be typed for them (folded)."""


@dataclass(frozen=True, slots=True)
class Token:
    """The piece of a line the cursor stands in: its mark, the word without it, and its place in the text."""

    mark: Mark
    word: str
    start: int
    end: int


def token_at(text: str, cursor: int) -> Token:
    """The piece that ends at *cursor* (with what follows it up to the next gap, where it has a mark).

    A bare word has the mark ""; between words it is empty.
    """
    plain = text.translate(NARROW)
    before = plain[:cursor]
    if found := _BEFORE.search(before):
        start = found.start()
        opened = plain[start + 1 : start + 2] in ('"', "「")
        rest = _REST.match(plain, cursor)
        end = cursor if opened or rest is None else rest.end()
        mark: Mark = (
            "@"
            if plain[start] == "@"
            else "#"
            if plain[start] == "#"
            else "+"
            if plain[start] == "+"
            else "!"
        )
        return Token(mark, text[start + 1 : end].strip('"「」＂'), start, end)
    if found := _WORD.search(before):
        return Token("", text[found.start() : cursor], found.start(), cursor)
    return Token("", "", cursor, cursor)


def date_offers(word: str, today: dt.date, language: str, *, marked: bool) -> Iterator[tuple[str, dt.date]]:
    """Dates that *word* may be the beginning of, as they are typed, soonest first; all of them for an empty marked one.

    Without a mark two letters are needed and what is no word of a date offers nothing.
    """
    wanted = fold(word).replace(" ", "")
    kana = kana_of(wanted) or wanted
    if not marked and len(wanted) < _LEAST:
        return
    exact = spoken_date(word.translate(NARROW).lower(), today) if marked and wanted else None
    if exact is not None:
        yield word, exact
    found = {
        typed: due
        for words in (DATE_WORDS.get(language, ()), DATE_WORDS["en"])
        for typed, also in words
        if any(name.startswith((wanted, kana)) for name in (fold(typed).replace(" ", ""), *also))
        and (due := spoken_date(typed, today)) is not None
        and typed != word
    }
    shown = {
        typed: due for typed, due in found.items() if wanted or typed in dict(DATE_WORDS.get(language, ()))
    }
    yield from sorted(shown.items(), key=lambda one: one[1])


def handle(name: str, account_id: int) -> tuple[str, str]:
    """How an account is named in a line: by name (in quotation marks where it has gaps), and by number where the
    name will not do.
    """
    number = f"@{account_id}"
    if not name or len(name) > 60 or not name.isprintable() or name.isdecimal():
        return number, number
    if re.fullmatch(r"[^\s@#!+＠＃！＋、。\"「」＂]+", name):
        return f"@{name}", number
    if not re.search(r'["＂\n]', name) and name.strip("「」") == name:
        return f'@"{name}"', number
    return number, number
