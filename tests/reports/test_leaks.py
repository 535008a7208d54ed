"""The leak scan: planted canaries are found wherever they hide; the customer's own words pass."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports.leaks import INTERNAL_WORDS, Scan, Secret, words

OWN = ("アオバ精密工業株式会社", "Aoba Precision")
SECRETS = (
    Secret("other_customer", "株式会社ミドリ食品", "account/2"),
    Secret("other_customer", "Aoba", "account/3"),
    Secret("other_customer", "Company_1", "account/4"),
    Secret("other_customer", "IT", "account/5"),
    Secret("internal_text", "値引きの打診が先週あった。部長には内緒とのことでした。", "interaction/9"),
    Secret("internal_text", "no", "task/1"),
    *(Secret("internal_word", word) for word in INTERNAL_WORDS),
)


def scan(allowed: tuple[str, ...] = ()) -> Scan:
    """The scan these tests share."""
    return Scan(SECRETS, OWN, allowed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ミドリ食品様の事例", 0),
        ("株式会社ミドリ食品の事例", 1),
        ("㈱ミドリ食品の事例", 1),
        ("（株）ﾐﾄﾞﾘ食品", 1),
        ("みどり食品", 0),
        ("Aoba Precision grew", 0),
        ("As Aoba does", 1),
        ("aoba", 1),
        ("Aobaland", 0),
        ("アオバ精密工業株式会社 御中", 0),
        ("Company_1", 1),
        ("Company_12", 0),
        ("Company_1, Company_12", 1),
        ("IT department", 0),
        ("no", 0),
        ("値引きの打診が先週あった。", 1),
        ("部長には内緒とのことでした", 1),
        ("値引きの", 0),
        ("ヘルススコア 61", 1),
        ("ﾍﾙｽｽｺｱ", 1),
        ("Health Score", 1),
        ("解約リスクは高い", 1),
        ("社内限・送付禁止", 2),
        ("all is well", 0),
        ("", 0),
    ],
)
def test_texts(text: str, found: int) -> None:
    assert len(scan().text(text, "here")) == found


def test_a_word_let_through_passes() -> None:
    assert scan(("Company_1",)).text("Company_1", "here") == []


def document(**changes: object) -> b.Document:
    """A small document with a canary where *changes* puts it."""
    plain = b.Document("T", "S", "en", "customer", None, (b.Paragraph((b.Run("fine"),)),))
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


BAD = "Company_1"
RUNS = (b.Run("Comp"), b.Run("any_1", bold=True))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": BAD},
        {"sender": BAD},
        {"labels": {"x": BAD}},
        {"notes": (b.Footnote("1", RUNS),)},
        {"cover": b.Cover("k", ("t", BAD), "c")},
        {"cover": b.Cover("k", ("t",), "c", facts=(("l", BAD),))},
        {"cover": b.Cover("k", ("t",), "c", chart_alt=BAD)},
        *(
            {"blocks": (block,)}
            for block in (
                b.Heading(1, RUNS),
                b.Heading(2, (), RUNS),
                b.Paragraph(RUNS),
                b.BulletList(((b.Paragraph(RUNS),),)),
                b.Table((b.Column(),), (RUNS,), ()),
                b.Table((b.Column(),), ((),), ((RUNS,),)),
                b.Table((b.Column(),), ((),), (), caption=BAD),
                b.Metrics((b.Metric(BAD, ()),)),
                b.Metrics((b.Metric("", RUNS),)),
                b.Metrics((b.Metric("", (), note=RUNS),)),
                b.Quote(RUNS),
                b.Quote((), RUNS),
                b.Card((b.Paragraph(RUNS),)),
                b.Card((), BAD),
                b.Columns((1.0,), ((b.Paragraph(RUNS),),)),
                b.Cells(((BAD, ()),)),
                b.Cells((("", RUNS),)),
                b.Decision("", RUNS, ()),
                b.Missing(BAD, ""),
                b.Missing("", BAD),
                b.Sources(RUNS),
                b.Fill((BAD,)),
                b.SpeakerNote((b.Paragraph(RUNS),)),
                b.Timeline((b.Milestone(0.1, BAD),), (), ""),
                b.Timeline((), (), BAD),
                b.Chart(b.ChartData("bar", (BAD,), ()), "", "", ""),
                b.Chart(b.ChartData("bar", (), (b.Series(BAD, ()),)), "", "", ""),
                b.Chart(b.ChartData("bar", (), ()), BAD, "", ""),
                b.Chart(b.ChartData("bar", (), ()), "", BAD, ""),
                b.Chart(b.ChartData("bar", (), ()), "", "", BAD),
                b.Chart(b.ChartData("bar", (), (), events=(b.Event(0, BAD),)), "", "", ""),
                b.Paragraph((b.Run("x", href="https://Company_1.example"),)),
            )
        ),
    ],
)
def test_a_canary_is_found_in_every_place_of_a_document(changes: dict[str, object]) -> None:
    assert scan().document(document()) == []
    leaks = scan().document(document(**changes))
    assert [leak.ref for leak in leaks] == ["account/4"]


def test_runs_of_a_line_are_read_as_one() -> None:
    assert "Company_1" in list(words(document(blocks=(b.Paragraph(RUNS),))))


def test_files_are_read_as_a_reader_finds_them(tmp_path: Path) -> None:
    office = tmp_path / "a.docx"
    with zipfile.ZipFile(office, "w") as archive:
        archive.writestr("word/document.xml", "<w:p><w:t>Comp</w:t><w:t>any_1</w:t></w:p>")
        archive.writestr("docProps/core.xml", "<dc:title>株式会社ミドリ食品</dc:title>")
        archive.writestr("word/media/image.png", b"Company_1")
    places = {(leak.place, leak.ref) for leak in scan().file(str(office), "fine.docx")}
    assert places == {("word/document.xml", "account/4"), ("docProps/core.xml", "account/2")}
    page = tmp_path / "a.html"
    page.write_text("<p>Comp<b>any_1</b></p>", encoding="utf-8")
    assert [leak.place for leak in scan().file(str(page), "Company_1.html")] == ["file name", "file"]
    printed = tmp_path / "a.pdf"
    printed.write_bytes(
        b"%PDF-1.7\n<< /Title (Company_1) /Author "
        + b"(\xfe\xff"
        + "ミドリ食品株式会社ミドリ食品".encode("utf-16-be")
        + b") >>"
    )
    assert {leak.ref for leak in scan().file(str(printed), "fine.pdf")} == {"account/4", "account/2"}


def packed(**parts: bytes | str) -> bytes:
    """An office package with these parts, dots in their names written as two underlines."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        {"slide__xml": "<a:p><a:r><a:t>Company</a:t></a:r><a:r><a:t>_1</a:t></a:r></a:p>"},
        {"notesSlide__xml": "<a:t>Company_1</a:t>"},
        {"chart__xml": '<p:cNvPr id="1" descr="Sales of Company_1"/>'},
        {"workbook__xml": '<sheet name="Company_1" sheetId="1"/>'},
        {"core__xml": "<dc:title>Company_1</dc:title>"},
        {"styles__xml": '<numFmt formatCode="0 &quot;Company_1&quot;"/>'},
        {"slide__xml__rels": '<Relationship Target="mailto:x@company_1"/>'},
        {"book__xlsx": packed(sharedStrings__xml="<si><t>Company_1</t></si>")},
    ],
)
def test_every_part_of_an_office_file_is_read(parts: dict[str, bytes | str], tmp_path: Path) -> None:
    office = tmp_path / "a.pptx"
    office.write_bytes(packed(**parts))
    assert [leak.ref for leak in scan().file(str(office), "a.pptx")][:1] == ["account/4"]


def test_neighbouring_texts_of_an_office_file_stay_apart(tmp_path: Path) -> None:
    office = tmp_path / "a.xlsx"
    office.write_bytes(packed(sheet__xml="<si><t>Company</t></si><si><t>_1</t></si>", data__bin=b"Company_1"))
    assert scan().file(str(office), "a.xlsx") == []


def test_a_name_with_a_sign_of_the_mark_up_is_found(tmp_path: Path) -> None:
    office = tmp_path / "a.docx"
    office.write_bytes(packed(document__xml="<w:t>Foo &amp; Bar Ltd</w:t>"))
    looking = Scan([Secret("other_customer", "Foo & Bar Ltd", "account/9")], ())
    assert [leak.ref for leak in looking.file(str(office), "a.docx")] == ["account/9"]
