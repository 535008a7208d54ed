"""HTML writer: one file that loads nothing, escapes everything, and says in tables what its charts show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

import pytest

from cs_workbench.reports.blocks import Look, Paragraph, Run
from cs_workbench.reports.writers import html
from tests.reports import sample_document as sample

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")
GOLDEN = Path(__file__).parent / "golden"
VOID = {"meta", "br", "img", "wbr", "link", "input", "hr"}


class Outline(HTMLParser):
    """Elements with their attributes, the words, and whether every element was closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def outline(text: str) -> Outline:
    """The parsed page; fails on an element closed out of turn."""
    parser = Outline()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


def every_sample() -> Iterator[Any]:
    """All samples in both languages."""
    for language in LANGUAGES:
        yield sample.briefing(language, "customer")
        yield sample.briefing(language, "internal")
        yield sample.all_missing(language)
        yield sample.bursting(language)


@pytest.mark.parametrize(
    "document", list(every_sample()), ids=lambda one: f"{one.language}-{one.edition}-{one.title[:9]}"
)
def test_it_is_well_nested_and_loads_nothing(document: Any) -> None:
    page = outline(html.render(document, Look()))
    tags = {tag for tag, _attributes in page.elements}
    assert not tags & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "image",
        "use",
        "foreignobject",
    }
    for _tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert "src" not in attributes
        assert "href" not in attributes
    text = html.render(document, Look())
    assert "@import" not in text
    assert "url(" not in text
    assert "@font-face" not in text


def test_the_policy_forbids_scripts_and_loads() -> None:
    page = outline(html.render(sample.all_missing("en"), Look()))
    (policy,) = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_and_title_are_set(language: Language) -> None:
    text = html.render(sample.briefing(language, "customer"), Look())
    assert f'<html lang="{language}">' in text
    assert f"<title>{sample.briefing(language, 'customer').title}</title>" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_in_data_stays_words(language: Language) -> None:
    text = html.render(sample.bursting(language), Look())
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text.replace("<wbr>", "").replace(
        '<span class="keep">', ""
    )


def test_every_chart_has_words_and_its_figures_as_a_table() -> None:
    text = html.render(sample.briefing("en", "customer"), Look())
    figures = re.findall(r"<figure.*?</figure>", text, re.S)
    charts = [figure for figure in figures if "<figcaption>" in figure]
    assert len(charts) == 7
    for figure in charts:
        assert "<title>" in figure
        assert "<desc>" in figure
        assert "<details>" in figure
    assert '<th scope="row" class="left">Apr</th><td>61</td><td>120</td><td>+20 seats</td>' in text


def test_a_gap_in_the_table_is_said_in_words() -> None:
    text = html.render(sample.briefing("ja", "customer"), Look())
    assert '<th scope="row" class="left">API連携</th><td>未測定</td>' in text


def test_only_web_and_mail_links_are_kept() -> None:
    targets = (
        "https://a.example/?q=1&r=2",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//srv/share",
        "mailto:a@b.example",
    )
    runs = tuple(Run(target, href=target) for target in targets)
    document = replace(sample.all_missing("en"), blocks=(Paragraph(runs),))
    page = outline(html.render(document, Look()))
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == ["https://a.example/?q=1&r=2", "mailto:a@b.example"]


def test_the_customer_edition_bears_no_mark_note_or_speaker_words() -> None:
    document = replace(sample.briefing("ja", "internal"), edition="customer", internal_mark="", notes=())
    text = html.render(document, Look())
    for secret in ("社内限", "#2214", "石井様から話していただく", 'class="note"'):
        assert secret not in text


def test_the_internal_edition_is_marked_on_every_page() -> None:
    text = html.render(sample.briefing("ja", "internal"), Look())
    pages = text.count('class="page')
    assert text.count('<p class="mark">社内限・送付禁止</p>') == pages == 6
    assert '<sup class="note">1</sup>' in text


def test_the_logo_is_inside_the_file(logo_png: bytes) -> None:
    text = html.render(sample.briefing("en", "customer"), Look("#006644", "#E6F0EC", logo_png))
    page = outline(text)
    (source,) = [attributes["src"] for tag, attributes in page.elements if tag == "img"]
    assert source is not None
    assert source.startswith("data:image/png;base64,")
    assert "#006644" in text
    assert "#23458F" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", ["customer", "internal"])
def test_it_is_what_was_looked_at(language: Language, edition: Any) -> None:
    kept = GOLDEN / f"briefing-{language}-{edition}.html"
    assert html.render(sample.briefing(language, edition), Look()) == kept.read_text(encoding="utf-8")


def test_write_puts_the_file_in_place(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    html.write(sample.all_missing("ja"), Look(), str(target))
    assert target.read_text(encoding="utf-8") == html.render(sample.all_missing("ja"), Look())
