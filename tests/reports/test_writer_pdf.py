"""PDF writer: accessible, deterministic, self-contained, nothing runs out of the page, editions kept apart."""

from __future__ import annotations

import io
import json
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from pypdf import PdfReader

from cs_workbench.errors import FileProblem
from cs_workbench.reports.blocks import (
    Card,
    Chart,
    Columns,
    Cover,
    Document,
    Heading,
    Look,
    Paragraph,
    Run,
    Src,
    Table,
)
from cs_workbench.reports.press import press_data
from cs_workbench.reports.writers import pdf
from tests.reports import sample_document as sample

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")


def read(document: Document, look: Look | None = None) -> PdfReader:
    """The document as a parsed PDF."""
    return PdfReader(io.BytesIO(pdf.render(document, look or Look())))


def page_texts(reader: PdfReader) -> list[str]:
    """The words of every page, spaces and soft breaks taken out."""
    return [re.sub(r"[\s\u200b\u202f]", "", page.extract_text()) for page in reader.pages]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", ["customer", "internal"])
def test_the_same_document_gives_the_same_bytes(language: Language, edition: Any) -> None:
    document = sample.briefing(language, edition)
    first = pdf.render(document, Look())
    pdf._compiler.cache_clear()
    assert pdf.render(document, Look()) == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_titled_dateless_and_in_its_language(language: Language) -> None:
    document = sample.briefing(language, "customer")
    reader = read(document)
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower().startswith(language)
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert reader.metadata.author == document.sender
    assert reader.metadata.creation_date is None
    assert b"pdfuaid" in pdf.render(document, Look())


@pytest.mark.parametrize("make", [sample.briefing, sample.all_missing, sample.bursting])
def test_a4_pages_with_only_our_embedded_fonts(make: Any) -> None:
    document = make("ja", "internal") if make is sample.briefing else make("ja")
    for page in read(document).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            (595.28, 841.89), abs=0.1
        )
        fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[union-attr]
        for font in fonts.values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "NotoSansJP" in descendant["/BaseFont"]
            assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


@pytest.mark.parametrize("make", [sample.briefing, sample.bursting])
def test_nothing_active_nothing_linked_nothing_attached(make: Any) -> None:
    document = make("en", "internal") if make is sample.briefing else make("en")
    content = pdf.render(document, Look())
    reader = PdfReader(io.BytesIO(content))
    for mark in ("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia", "/SubmitForm"):
        assert not any(mark in str(page) for page in reader.pages)
        assert mark.encode() not in content
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert not [link for link in links if "/URI" in str(link.get("/A", ""))]


def test_only_web_and_mail_links_are_kept() -> None:
    runs = tuple(
        Run(target, href=target) for target in ("https://a.example/", "javascript:x()", "file:///etc/passwd")
    )
    document = replace(sample.all_missing("en"), blocks=(Paragraph(runs),), cover=None)
    links = [a.get_object() for page in read(document).pages for a in page.get("/Annots", [])]
    assert [link["/A"]["/URI"] for link in links] == ["https://a.example/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_starts_a_page_and_pages_are_counted(language: Language) -> None:
    document = sample.briefing(language, "customer")
    texts = page_texts(read(document))
    assert len(texts) == 6
    for number, (page, message) in enumerate(zip(texts[1:], ("", "", "", "", ""), strict=True), 2):
        assert f"{number}/6" in page
        assert message in page
    assert "/6" not in texts[0]


def test_sources_stand_on_their_own_page_only() -> None:
    texts = page_texts(read(sample.briefing("en", "customer")))
    holding = [number for number, page in enumerate(texts, 1) if "valueledger,18Nov2026" in page]
    assert holding == [4]


def test_the_customer_edition_bears_no_mark_note_or_speaker_words() -> None:
    internal = sample.briefing("ja", "internal")
    customer = replace(internal, edition="customer", internal_mark="", notes=())
    text = "".join(page_texts(read(customer)))
    assert "社内限" not in text
    assert "#2214" not in text
    assert "石井様から話していただく" not in text


def test_the_internal_edition_is_marked_on_every_page_and_lists_its_records() -> None:
    texts = page_texts(read(sample.briefing("ja", "internal")))
    assert all("社内限・送付禁止" in page for page in texts)
    assert "#2214" in texts[1]
    assert "#0932" in texts[3]
    assert "#0932" not in texts[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_in_data_stays_words(language: Language) -> None:
    text = "".join(page_texts(read(sample.bursting(language))))
    assert "#panic()*b*_i_$x$<script>alert(1)</script>" in text


def test_a_long_table_repeats_its_head_and_keeps_its_last_rows_together() -> None:
    texts = page_texts(read(sample.bursting("en")))
    with_rows = [page for page in texts if "49,382,680" in page]
    assert len(with_rows) == 1
    assert "48,148,113" in with_rows[0]
    assert (
        sum("(continued)" in page for page in texts)
        == len([page for page in texts if "Remark" in page]) - 1
        > 0
    )


def test_nothing_runs_past_the_margins() -> None:
    for language in LANGUAGES:
        for page in read(sample.bursting(language)).pages[1:]:
            edges: list[tuple[float, float]] = []

            def note(text: str, _cm: Any, tm: Any, _font: Any, _size: Any, edges: Any = edges) -> None:
                if text.strip():
                    edges.append((tm[4], tm[5]))

            page.extract_text(visitor_text=note)
            assert edges
            assert all(-1 <= x <= 550 for x, _y in edges)


def test_a_row_too_tall_for_a_page_still_prints() -> None:
    table = Table(
        (sample.table("a", ["b"], "l", (1,)).columns),
        (sample.runs("Head"),),
        ((sample.runs("word " * 3000),),),
    )
    document = replace(
        sample.all_missing("en"), blocks=(table, Card((Paragraph(sample.runs("word " * 3000)),)))
    )
    assert len(read(document).pages) > 4


def test_an_empty_document_is_one_page() -> None:
    document = replace(sample.all_missing("en"), blocks=(), cover=None)
    assert len(read(document).pages) == 1


def test_the_accent_reaches_the_page_and_the_charts() -> None:
    data = json.dumps(press_data(sample.briefing("en", "customer"), Look("#006644", "#E6F0EC")))
    assert "#23458F" not in data
    assert data.count("#006644") > 10


def test_a_logo_is_embedded_without_its_metadata(logo_png: bytes) -> None:
    with_logo = read(sample.briefing("en", "customer"), Look(logo_png=logo_png))
    assert len(with_logo.pages[0].images) == 1
    assert b"secret" not in pdf.render(sample.briefing("en", "customer"), Look(logo_png=logo_png))


def test_an_unknown_block_names_its_template_line() -> None:
    class Odd:
        src = Src("x.j2", 7)

    document = replace(sample.all_missing("en"), blocks=(Odd(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Odd"):
        pdf.render(document, Look())


def test_depths_never_jump_for_readers_of_the_tags() -> None:
    blocks = (
        Heading(3, sample.runs("deep first")),
        Heading(2, sample.runs("then two")),
        Heading(3, sample.runs("three")),
    )
    data = press_data(replace(sample.all_missing("en"), blocks=blocks), Look())
    depths = [block["depth"] for block in data["sections"][0]["blocks"]]
    assert depths == [1, 2, 3]


def test_charts_that_open_a_section_bring_its_rule_and_others_do_not() -> None:
    data = press_data(sample.briefing("en", "customer"), Look())
    use = data["sections"][1]["blocks"]
    assert [block["rule"] for block in use if block["kind"] == "chart"] == [True]


def test_a_chart_in_columns_under_a_heading_brings_no_second_rule() -> None:
    chart = next(block for block in sample.use("en") if isinstance(block, Chart))
    columns = Columns((1, 1), ((chart,), (Paragraph(sample.runs("beside")),)))
    under = press_data(
        replace(sample.all_missing("en"), blocks=(Heading(2, sample.runs("h")), columns)), Look()
    )
    alone = press_data(
        replace(sample.all_missing("en"), blocks=(Paragraph(sample.runs("p")), columns)), Look()
    )
    assert [data["sections"][0]["blocks"][1]["ruled"] for data in (under, alone)] == [False, True]
    assert [data["sections"][0]["blocks"][1]["bodies"][0][0]["rule"] for data in (under, alone)] == [
        False,
        True,
    ]


def test_long_cover_lines_are_set_smaller_then_cut() -> None:
    cover = Cover("k", ("A title that is rather long for thirty points and one line of A4",), "C" * 200)
    data = press_data(replace(sample.all_missing("en"), cover=cover), Look())["cover"]
    assert data["size"] < 30
    assert data["customer"].endswith("…")


def test_previews_are_the_same_pages() -> None:
    document = sample.briefing("ja", "customer")
    pages = pdf.preview(document, Look(), ppi=36)
    assert len(pages) == len(read(document).pages)
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_written_files_are_whole_and_private(tmp_path: Path) -> None:
    target = tmp_path / "briefing.pdf"
    pdf.write(sample.all_missing("en"), Look(), str(target))
    assert target.read_bytes() == pdf.render(sample.all_missing("en"), Look())
    assert [entry.name for entry in tmp_path.iterdir()] == ["briefing.pdf"]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_missing_folder_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        pdf.write(sample.all_missing("en"), Look(), str(tmp_path / "nowhere" / "briefing.pdf"))
    assert caught.value.code == "no_folder"
    assert caught.value.remedy
