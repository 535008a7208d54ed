"""Names and notes a font does not have: every document is made, and what cannot be printed is seen to be missing."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pytest

from cs_workbench.charts.lettering import font_file
from cs_workbench.errors import FileProblem, TemplateProblem
from cs_workbench.reports import blocks as b
from cs_workbench.reports import glyphs
from cs_workbench.reports.look import company_look
from cs_workbench.reports.whole_file import write_whole
from cs_workbench.reports.writers import pdf

LOOK = company_look("")


def document(*blocks: b.Block, title: str = "Title") -> b.Document:
    return b.Document(title, "Sender", "ja", "customer", None, blocks, (), "", {})


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("更新のご提案 ①㈱ 髙﨑 𠮷野家", "更新のご提案 ①㈱ 髙﨑 𠮷野家"),
        ("Launch 🎉👍🏽 today", "Launch 〓 today"),
        ("👩\u200d👩\u200d👧", "〓"),
        ("김민수 様", "〓〓〓 様"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("u\u0308\u0351 🎉", "ü 〓"),
        ("Z\u0351\u036balgo", "Zalgo"),
        ("fdp\u202etxt.exe", "fdptxt.exe"),
        ("a\x1b[2J\x00\x07b", "a[2Jb"),
        ("\ue000", "〓"),
        ("\u202e\x1b", "〓"),
        ("x\ud800y\uffff", "xy"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("two\nlines", "two\nlines"),
        ("", ""),
    ],
)
def test_what_the_font_lacks_has_a_stand_in(text: str, printed: str) -> None:
    assert glyphs.printable(text) == printed


def test_a_tree_keeps_its_shape() -> None:
    assert glyphs.printable_tree({"a": ["🎉", 1, None, {"b": ("x", True)}]}) == {
        "a": ["〓", 1, None, {"b": ["x", True]}]
    }


def test_both_weights_have_the_same_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    regular = glyphs._shown()
    monkeypatch.setattr(glyphs, "font_file", lambda bold: font_file(not bold))
    assert glyphs._shown.__wrapped__() == regular


@pytest.mark.parametrize(
    "words", ["🎉 障害", "김민수", "ไทย", "עברית", "ﷺ", "ä\u0308", "简体", "\x1b", "\U0010ffff", "☑ \ue001"]
)
def test_a_pdf_is_made_whatever_the_words(words: str) -> None:
    blocks = (
        b.Heading(1, (b.Run(words),)),
        b.Paragraph((b.Run(words, bold=True),)),
        b.Table((b.Column(),), ((b.Run(words),),), (((b.Run(words),),),)),
        b.Quote((b.Run(words),), (b.Run(words),)),
    )
    assert pdf.render(document(*blocks, title=words), LOOK).startswith(b"%PDF")


def test_a_document_without_a_title_is_printed_too() -> None:
    assert pdf.render(document(b.Paragraph((b.Run("x"),)), title=""), LOOK).startswith(b"%PDF")


def test_what_cannot_be_set_is_told() -> None:
    deep = reduce(lambda inner, _n: b.BulletList(((inner,),)), range(80), b.Paragraph((b.Run("x"),)))
    with pytest.raises(TemplateProblem) as caught:
        pdf.render(document(deep), LOOK)
    assert caught.value.code == "pdf"
    assert caught.value.remedy


def test_a_name_the_file_system_cannot_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        write_whole(str(tmp_path / "a\ud800.pdf"), b"x")
    assert caught.value.code == "bad_name"
    assert list(tmp_path.iterdir()) == []
