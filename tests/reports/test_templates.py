"""The renewal briefing against kept pages: rich and empty facts, both languages, both editions.

To keep new pages after a wanted change: CSW_KEEP_GOLDEN=1 python -m pytest tests/reports/test_templates.py
"""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader
from cs_workbench.reports.edition import EDITIONS, Edition
from cs_workbench.reports.inline import said
from cs_workbench.reports.leaks import words
from cs_workbench.reports.meeting_facts import Meeting

from .full_example import EXAMPLES
from .rendering import briefing

GOLDEN = Path(__file__).parent / "golden"
CASES = [(name, language, edition) for name in EXAMPLES for language in ("en", "ja") for edition in EDITIONS]
_BLANK = re.compile(r"\n{3,}")


def document(name: str, language: str, edition: Edition) -> b.Document:
    """The briefing of an example."""
    return briefing(language).document(editions.context(EXAMPLES[name](), edition), edition)


@pytest.mark.parametrize(("name", "language", "edition"), CASES)
def test_pages_are_the_kept_ones(name: str, language: str, edition: Edition) -> None:
    text = _BLANK.sub("\n\n", briefing(language).text(editions.context(EXAMPLES[name](), edition), edition))
    path = GOLDEN / f"briefing-{name}-{language}-{edition}.md"
    if os.environ.get("CSW_KEEP_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "language", "edition"), CASES)
def test_every_page_has_a_message_a_source_and_content(name: str, language: str, edition: Edition) -> None:
    pages: list[list[b.Block]] = []
    for block in document(name, language, edition).blocks:
        if isinstance(block, b.Heading) and block.level == 1:
            pages.append([])
        pages[-1].append(block)
    assert len(pages) >= 3
    for page in pages:
        message = page[0]
        assert isinstance(message, b.Heading)
        assert 0 < len(said(message.runs)) <= (60 if language == "ja" else 120)
        assert sum(run.text == "\n" for run in message.runs) <= 1
        assert sum(isinstance(block, b.Sources) for block in page) == 1
        assert len(page) >= 3, said(message.runs)


@pytest.mark.parametrize(("name", "language", "edition"), CASES)
def test_there_is_one_decision_and_no_empty_table(name: str, language: str, edition: Edition) -> None:
    made = document(name, language, edition)
    assert sum(isinstance(block, b.Decision) for block in made.blocks) == 1
    assert all(block.rows for block in made.blocks if isinstance(block, b.Table))
    assert made.cover is not None
    assert made.cover.customer == EXAMPLES[name]().briefing.customer.name
    assert bool(made.cover.honorific) is (language == "ja")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_cover_of_a_customer_who_left_speaks_of_no_renewal(language: str) -> None:
    found = EXAMPLES["rich"]()
    meeting = Meeting(found.briefing.as_of + dt.timedelta(days=9), "14:00")
    for situation, speaks in (("open", True), ("leaving", False)):
        terms = replace(found.briefing.terms, situation=situation)
        changed = replace(found, briefing=replace(found.briefing, terms=terms, meeting=meeting))
        cover = (
            briefing(language).text(editions.context(changed, "customer"), "customer").partition("\n# ")[0]
        )
        renewal = ("Renewal", "winning them back") if language == "en" else ("更新", "使われる形に")
        assert all((word in cover) is speaks for word in renewal), cover


@pytest.mark.parametrize(("name", "language", "edition"), CASES)
def test_nothing_unworded_is_printed(name: str, language: str, edition: Edition) -> None:
    text = "\n".join(words(document(name, language, edition)))
    for unworded in (
        "None",
        "undefined",
        "{{",
        "}}",
        "{%",
        "\ue000",
        "\ue010",
        "use_up",
        "past_auto",
        "decision_maker",
    ):
        assert unworded not in text
    if language == "ja":
        assert not re.search(r"\b(the|and|is|not measured|Contract)\b", text)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "rich"])
def test_what_is_missing_is_said_with_a_question(name: str, language: str) -> None:
    asked = {
        block.what for block in document(name, language, "customer").blocks if isinstance(block, b.Missing)
    }
    assert len(asked) >= len(set(EXAMPLES[name]().briefing.gaps) - {"contract", "end_date", "notice"})
    assert all(asked)


def test_an_account_without_data_has_few_pages() -> None:
    made = document("name_only", "ja", "customer")
    assert sum(isinstance(block, b.Heading) and block.level == 1 for block in made.blocks) == 3


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_mark_stands_on_the_internal_edition_only(edition: Edition) -> None:
    made = document("rich", "ja", edition)
    assert made.internal_mark == ("社内限・送付禁止" if edition == "internal" else "")
    assert ("社内限" in "\n".join(words(made))) is (edition == "internal")
    assert bool(made.notes) is (edition == "internal")


def test_both_languages_word_the_same_codes() -> None:
    files = loader.load("renewal_briefing").files
    for table in (
        "priorities",
        "channels",
        "surveys",
        "datasets",
        "labels",
        "moves",
        "gaps",
        "questions",
        "steps",
        "roles",
        "axes",
        "bands",
        "measures",
        "reasons",
    ):
        keys = []
        for language in ("en", "ja"):
            line = next(
                line
                for line in files[f"words.{language}.md.j2"].splitlines()
                if line.startswith(f"{{% set {table} = ")
            )
            keys.append(set(re.findall(r'"([^"]*)": ', line)))
        assert keys[0] - {"objectives"} <= keys[1] | {"decision_maker_met"}, table
    codes = [
        set(re.findall(r'm\.code == "(\w+)"', files[f"words.{language}.md.j2"])) for language in ("en", "ja")
    ]
    assert codes[0] == codes[1]


def test_labels_are_the_same_in_both_languages() -> None:
    labels = loader.load("renewal_briefing").manifest.labels
    assert set(labels["en"]) == set(labels["ja"])


def test_no_template_has_a_space_beside_a_forced_break() -> None:
    """A title on one line turns the break into a space: there would be two."""
    folder = Path(__file__).parents[2] / "reports_templates"
    found = [
        path
        for path in folder.glob("*/*.j2")
        if re.search(r" \{\{ br \}\}|\{\{ br \}\} ", path.read_text("utf-8"))
    ]
    assert list(folder.glob("*/*.j2"))
    assert found == []
