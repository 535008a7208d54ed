"""Markdown writer: readable as plain text, the same structure when parsed, data that stays words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cs_workbench.reports.blocks import BulletList, Look, Paragraph, Run
from cs_workbench.reports.writers import md
from tests.reports import sample_document as sample

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")
GOLDEN = Path(__file__).parent / "golden"


def tokens(text: str) -> list[Token]:
    """Block and inline tokens of a GFM-like reading."""
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        found += [token, *(token.children or [])]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", ["customer", "internal"])
def test_it_is_what_was_looked_at(language: Language, edition: Any) -> None:
    kept = GOLDEN / f"briefing-{language}-{edition}.md"
    assert md.render(sample.briefing(language, edition), Look()) == kept.read_text(encoding="utf-8")


def test_headings_follow_the_document() -> None:
    headings = [
        token.tag
        for token in tokens(md.render(sample.briefing("en", "customer"), Look()))
        if token.type == "heading_open"
    ]
    assert headings.count("h1") == 1
    assert headings.count("h2") == 5


def test_tables_keep_their_rows_and_alignment() -> None:
    text = md.render(sample.briefing("en", "customer"), Look())
    assert "| Outcome | Now | Target | By |\n| :-- | --: | --: | --: |" in text
    assert "| **Value** |  | **10,651,200** |  | **9,989,040** |  |" in text


def test_charts_are_given_as_words_and_figures() -> None:
    text = md.render(sample.briefing("ja", "customer"), Look())
    assert "38名から7月の72名へ増え、58名に減少。" in text
    assert "| 4月 | 61 | 120 | 20席追加 |" in text
    assert "| API連携 | 未測定 |" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_data_stays_words(language: Language) -> None:
    found = tokens(md.render(sample.bursting(language), Look()))
    kinds = {token.type for token in found}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "fence", "code_inline"}
    assert any("<script>" in token.content for token in found if token.type == "text")


def test_a_table_of_hostile_cells_keeps_its_columns() -> None:
    found = tokens(md.render(sample.bursting("en"), Look()))
    rows = sum(token.type == "tr_open" for token in found)
    cells = sum(token.type in ("td_open", "th_open") for token in found)
    assert rows == 41 + 21
    assert cells == 41 * 4 + 21 * 2


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_reads_back_as_itself(text: str) -> None:
    document = replace(sample.all_missing("en"), cover=None, blocks=(Paragraph((Run(f"x{text}x"),)),))
    inline = [token for token in tokens(md.render(document, Look())) if token.type == "inline"]
    read = "".join(
        child.content for child in (inline[0].children or []) if child.type in ("text", "text_special")
    )
    assert read.replace("\u00a0", " ") == f"x{text}x".replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text", ["- no list", "1. no list", "+ no list", "1) no list", "= no rule", "# no heading", "> no quote"]
)
def test_a_paragraph_that_begins_like_something_else_stays_one(text: str) -> None:
    document = replace(sample.all_missing("en"), cover=None, blocks=(Paragraph((Run(text),)),))
    kinds = [token.type for token in tokens(md.render(document, Look()))]
    assert kinds[0] == "paragraph_open"
    assert not {"bullet_list_open", "ordered_list_open", "heading_open", "blockquote_open"} & set(kinds)


def test_check_boxes_and_nested_lists() -> None:
    item = (Paragraph(sample.runs("outer")), BulletList(((Paragraph(sample.runs("inner")),),)))
    blocks = (BulletList((item,), ordered=True), BulletList(((Paragraph(sample.runs("tick")),),), check=True))
    text = md.render(replace(sample.all_missing("en"), cover=None, blocks=blocks), Look())
    assert text == "1. outer\n   \n   - inner\n\n- [ ] tick\n"


def test_the_customer_edition_bears_no_mark_note_or_speaker_words() -> None:
    document = replace(sample.briefing("ja", "internal"), edition="customer", internal_mark="", notes=())
    text = md.render(document, Look())
    for secret in ("社内限", "2214", "石井様から話していただく", "\\[1\\]"):
        assert secret not in text


def test_the_internal_edition_begins_with_its_mark() -> None:
    assert md.render(sample.briefing("en", "internal"), Look()).startswith("**INTERNAL · DO NOT SEND**")


def test_write_puts_the_file_in_place(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    md.write(sample.all_missing("ja"), Look(), str(target))
    assert target.read_text(encoding="utf-8") == md.render(sample.all_missing("ja"), Look())
