"""The piece at the cursor, the dates it may begin, and how an account is written so that it is read again."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain import quicklog
from cs_workbench.domain.quicklog_offers import date_offers, handle, token_at
from cs_workbench.domain.spoken_dates import spoken_date

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "mark", "word", "start", "end"),
    [
        ("@acme|", "@", "acme", 0, 5),
        ("@ac|me call", "@", "acme", 0, 5),
        ("＠アオバ|", "@", "アオバ", 0, 4),
        ('x @"two wor|', "@", "two wor", 2, 11),
        ("@「二 語|", "@", "二 語", 0, 5),
        ("call #ri|sk x", "#", "risk", 5, 10),
        ("call ＃リス|", "#", "リス", 5, 8),
        ("x !来週|", "!", "来週", 2, 5),
        ("x +石|", "+", "石", 2, 4),
        ("a@b|", "", "b", 2, 3),
        ("call|", "", "call", 0, 4),
        ("call |", "", "", 5, 5),
        ("|", "", "", 0, 0),
        ("済、@ac|", "@", "ac", 2, 5),
    ],
)
def test_the_piece_at_the_cursor(text: str, mark: str, word: str, start: int, end: int) -> None:
    cursor = text.index("|")
    found = token_at(text.replace("|", ""), cursor)
    assert (found.mark, found.word, found.start, found.end) == (mark, word, start, end)


@pytest.mark.parametrize(
    ("word", "language", "marked", "first"),
    [
        ("", "en", True, ("today", TODAY)),
        ("", "ja", True, ("今日", TODAY)),
        ("fri", "en", True, ("fri", dt.date(2026, 11, 27))),
        ("fr", "en", True, ("fri", dt.date(2026, 11, 27))),
        ("next t", "en", True, ("thu", dt.date(2026, 11, 26))),
        ("らいしゅう", "ja", False, ("来週火曜", dt.date(2026, 12, 1))),
        ("raishuu", "ja", False, ("来週火曜", dt.date(2026, 12, 1))),
        ("来週", "ja", True, ("来週", dt.date(2026, 12, 1))),
        ("ら", "ja", False, None),
        ("hello", "en", False, None),
    ],
)
def test_dates_that_may_be_meant(
    word: str, language: str, marked: bool, first: tuple[str, dt.date] | None
) -> None:
    found = list(date_offers(word, TODAY, language, marked=marked))
    assert (found[0] if found else None) == first
    assert all(spoken_date(typed.lower(), TODAY) == due for typed, due in found)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Acme", "@Acme"),
        ("Acme Inc.", '@"Acme Inc."'),
        ("株式会社アオバ", "@株式会社アオバ"),
        ("A#1", '@"A#1"'),
        ('He said "no"', "@7"),
        ("「x」", "@7"),
        ("12", "@7"),
        ("", "@7"),
        ("x" * 61, "@7"),
        ("a\nb", "@7"),
        ("\u202eevil", "@7"),
        ("<b>x</b>", "@<b>x</b>"),
    ],
)
def test_an_account_is_written_so_that_it_is_read_again(name: str, written: str) -> None:
    named, number = handle(name, 7)
    assert (named, number) == (written, "@7")
    assert quicklog.parse(f"{named} call", TODAY).account in (name, "7")
