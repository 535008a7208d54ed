"""DOCX writer: a real Word document with our look, in East Asian fonts too, and nothing that points outside."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import docx as python_docx
import pytest

from cs_workbench.reports.blocks import Document, Look, Paragraph, Run
from cs_workbench.reports.writers import docx
from tests.reports import sample_document as sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Language = Literal["en", "ja"]


@pytest.fixture(scope="module")
def internal_ja() -> bytes:
    """The internal Japanese briefing."""
    return docx.render(sample.briefing("ja", "internal"), Look())


def opened(content: bytes) -> Any:
    """The document as python-docx reads it."""
    return python_docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    """Every XML part by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def all_text(content: bytes) -> str:
    """The words of body, tables, header and footer, in file order."""
    texts = parts(content)
    wanted = [name for name in texts if re.match(r"word/(document|header\d*|footer\d*)\.xml", name)]
    return "".join(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", texts[name])) for name in wanted)


def test_the_same_document_gives_the_same_bytes(internal_ja: bytes) -> None:
    assert docx.render(sample.briefing("ja", "internal"), Look()) == internal_ja


def test_a4_with_our_margins(internal_ja: bytes) -> None:
    section = opened(internal_ja).sections[0]
    assert (round(section.page_width.pt), round(section.page_height.pt)) == (595, 842)
    assert (section.left_margin.pt, section.top_margin.pt, section.bottom_margin.pt) == (48, 64, 56)


def test_every_style_names_its_east_asian_font_and_forbids_extra_space(internal_ja: bytes) -> None:
    used = {paragraph.style.name for paragraph in opened(internal_ja).paragraphs}
    for style in opened(internal_ja).styles:
        if style.name in used:
            fonts = style.element.rPr.find(f"{W}rFonts")
            assert fonts.get(f"{W}eastAsia") == "Noto Sans JP", style.name
            assert style.element.pPr.find(f"{W}autoSpaceDE").get(f"{W}val") == "0", style.name
            assert style.element.pPr.find(f"{W}kinsoku") is not None, style.name


def test_latin_words_of_a_japanese_text_are_not_japanese(internal_ja: bytes) -> None:
    """As Japanese they would be cut anywhere at the end of a line (seen in LibreOffice)."""
    styles = parts(internal_ja)["word/styles.xml"]
    ours = set(re.findall(r"<w:lang w:val=\"([^\"]+)\" w:eastAsia=\"ja-JP\"", styles))
    assert ours == {"en-GB"}


def test_head_and_foot_carry_title_mark_and_page_fields(internal_ja: bytes) -> None:
    section = opened(internal_ja).sections[0]
    head = section.header.paragraphs[0].text
    assert "ご契約更新のご提案" in head
    assert "社内限・送付禁止" in head
    assert "社内限・送付禁止" in section.first_page_header.paragraphs[0].text
    codes = re.findall(r"<w:instrText[^>]*>(\w+)<", section.footer._element.xml)
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_customer_edition_bears_no_mark_note_or_speaker_words() -> None:
    document = replace(sample.briefing("ja", "internal"), edition="customer", internal_mark="", notes=())
    content = docx.render(document, Look())
    text = "".join(parts(content).values())
    for secret in ("社内限", "#2214", "石井様から話していただく"):
        assert secret not in text


def test_properties_hold_no_person_and_no_moment(internal_ja: bytes) -> None:
    core = opened(internal_ja).core_properties
    assert core.title == "アオバ精密工業株式会社 御中　ご契約更新のご提案"
    assert core.author == "株式会社つむぎワークス"
    assert core.last_modified_by == ""
    assert core.created.year == core.modified.year == 2000
    with zipfile.ZipFile(io.BytesIO(internal_ja)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_points_outside_and_nothing_runs(internal_ja: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(internal_ja)) as package:
        names = package.namelist()
    assert not [name for name in names if "vba" in name.lower() or "activeX" in name or "embeddings" in name]
    text = "".join(parts(internal_ja).values())
    assert 'TargetMode="External"' not in text
    assert "attachedTemplate" not in text
    assert "altChunk" not in text


def test_table_heads_repeat_rows_hold_and_the_total_keeps_its_last_row() -> None:
    content = docx.render(sample.bursting("en"), Look())
    table = next(table for table in opened(content).tables if len(table.rows) == 41)
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
    assert table.rows[-2].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert all(run.bold for run in table.rows[-1].cells[1].paragraphs[0].runs)


def test_column_widths_fill_the_page() -> None:
    content = docx.render(sample.briefing("en", "customer"), Look())
    for table in opened(content).tables:
        total = sum(column.width.pt for column in table.columns)
        assert total <= 500


def test_pictures_have_words_for_those_who_cannot_see_them(internal_ja: bytes) -> None:
    body = parts(internal_ja)["word/document.xml"]
    descriptions = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)
    assert len(descriptions) == body.count("<pic:pic") == 9
    assert all(descriptions)
    ids = re.findall(r'<wp:docPr id="(\d+)"', body)
    assert len(set(ids)) == len(ids)


def test_headings_are_headings(internal_ja: bytes) -> None:
    styles = Counter(paragraph.style.name for paragraph in opened(internal_ja).paragraphs)
    assert styles["Heading 1"] == 5
    assert styles["Heading 2"] >= 5


def test_no_empty_paragraph_makes_space(internal_ja: bytes) -> None:
    for paragraph in opened(internal_ja).paragraphs:
        empty = not paragraph.text and "w:drawing" not in paragraph._p.xml
        if empty:
            assert paragraph.paragraph_format.line_spacing.pt == 1, "only the flat parting of two tables"


def test_two_tables_never_touch(internal_ja: bytes) -> None:
    children = [child.tag for child in opened(internal_ja).element.body]
    assert not [pair for pair in pairwise(children) if pair[0] == pair[1] == f"{W}tbl"]


def test_cells_end_in_a_paragraph(internal_ja: bytes) -> None:
    for cell in opened(internal_ja).element.body.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_hostile_and_long_data_stay_words(language: Language) -> None:
    content = docx.render(sample.bursting(language), Look())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in all_text(content)


def test_control_characters_are_left_out() -> None:
    document = replace(sample.all_missing("en"), blocks=(Paragraph((Run("a\x00b\x0bc\x1fd"),)),))
    assert "abcd" in all_text(docx.render(document, Look()))


def test_missing_figures_stand_in_a_dashed_box() -> None:
    body = parts(docx.render(sample.all_missing("ja"), Look()))["word/document.xml"]
    assert "未測定" in body
    assert 'w:val="dashed"' in body


def test_accent_and_logo_come_from_the_look(logo_png: bytes) -> None:
    content = docx.render(sample.briefing("en", "customer"), Look("#006644", "#E6F0EC", logo_png))
    texts = parts(content)
    assert "006644" in texts["word/document.xml"]
    assert "006644" in texts["word/styles.xml"]
    assert "23458F" not in texts["word/document.xml"] + texts["word/styles.xml"]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not any(b"secret" in package.read(name) for name in package.namelist())


def test_write_puts_the_file_in_place(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    docx.write(sample.all_missing("en"), Look(), str(target))
    assert target.read_bytes()[:2] == b"PK"


def test_an_empty_document_opens() -> None:
    bare: Document = replace(sample.all_missing("en"), blocks=(), cover=None)
    assert opened(docx.render(bare, Look())).paragraphs == []
