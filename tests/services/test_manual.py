"""The bundled manual: both languages say the same chapters, links lead somewhere, search finds what is meant."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from cs_workbench import paths
from cs_workbench.domain.account_filter_parser import Vocabulary, parse
from cs_workbench.errors import NotFound
from cs_workbench.services import manual
from cs_workbench.ui.actions import ACTIONS
from cs_workbench.ui.pages import PAGES

LANGUAGES = ("en", "ja")
TODAY = dt.date(2026, 11, 24)
WORDS = Vocabulary(
    stages={"adoption": "adoption", "定着": "adoption"}, tiers={"A": "a"}, tags=("risk", "注意")
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_has_a_title_and_text(language: str) -> None:
    read = manual.chapters(language)
    assert len(read) >= 16
    assert all(chapter.title and len(chapter.text) > 100 for chapter in read)
    assert all("#" not in chapter.title for chapter in read)


def test_both_languages_have_the_same_chapters_and_headings() -> None:
    english, japanese = (manual.chapters(language) for language in LANGUAGES)
    assert [one.id for one in english] == [one.id for one in japanese]
    for one, other in zip(english, japanese, strict=True):
        assert one.text.count("\n## ") == other.text.count("\n## "), one.id
        assert one.text.count("\n|") == other.text.count("\n|"), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_actions_and_chapters(language: str) -> None:
    read = manual.chapters(language)
    targets = {
        "page": {page.id for page in PAGES},
        "do": {action.id for action in ACTIONS},
        "help": {chapter.id for chapter in read},
    }
    links = [link for chapter in read for link in re.findall(r"\]\((\w+):(\w+)\)", chapter.text)]
    assert len(links) >= 8
    assert [link for link in links if link[1] not in targets[link[0]]] == []
    assert "http" not in "".join(chapter.text for chapter in read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filters_it_teaches_are_understood(language: str) -> None:
    text = next(one.text for one in manual.chapters(language) if one.id == "accounts")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    taught = [piece for row in rows for piece in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert len(taught) >= 8
    for words in taught:
        assert parse(words, WORDS, TODAY).problems == (), words


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("en", "notice deadline", "renewals"),
        ("en", "COVERAGE", "health"),
        ("en", "trash", "safety"),
        ("ja", "通知期限", "renewals"),
        ("ja", "ごみ箱", "safety"),
        ("ja", "ﾊﾞｯｸｱｯﾌﾟ", "safety"),
    ],
)
def test_search_puts_the_chapter_about_it_first(language: str, words: str, first: str) -> None:
    found = manual.find(manual.chapters(language), words)
    assert first in [one.chapter.id for one in found[:3]]
    assert all(one.snippet for one in found)


def test_all_words_must_be_there() -> None:
    read = manual.chapters("en")
    assert manual.find(read, "backup zebra") == ()
    assert manual.find(read, "  ") == ()


def test_the_place_found_is_marked_and_short() -> None:
    one = manual.find(manual.chapters("en"), "convolution ibus")
    assert one == ()
    found = manual.find(manual.chapters("en"), "fcitx5")[0]
    start, end = found.spans[0]
    assert found.snippet[start:end] == "fcitx5"
    assert found.heading == "Japanese input on Linux"
    assert len(found.snippet) <= manual.SNIPPET + 2


def test_marks_of_markdown_are_not_searched() -> None:
    assert manual.plain("## A `key` and [a link](page:today)") == "A key and a link"


def test_a_copy_without_the_manual_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(paths, "resources", lambda *parts: f"{tmp_path}/nothing")
    with pytest.raises(NotFound, match="manual"):
        manual.chapters("en")
