"""Names that try to run, to burst or to break a slide or a sheet: formulas, NUL, 10,000 characters, RTL, emoji."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports.look import company_look
from cs_workbench.reports.writers import pptx, xlsx
from tests.reports import slides

NAMES = {
    "formula": "=cmd|'/C calc'!A0",
    "link": "http://evil.example/" + "x" * 3000,
    "long": "長い名前" * 2500,
    "latin": "unbreakable" * 900,
    "rtl": "\u202eexe.tpircs שלום",
    "emoji": "👩\u200d👩\u200d👧 🎉",
    "nul": "a\x00b\x0bc\ud800d\uffff",
    "markup": '<a:t>&amp;"]]></a:t><script>',
    "code": '&P&D&"Arial"',
    "breaks": "a\n\nb\tc\r\nd",
    "blank": "   ",
    "empty": "",
}


def everywhere(name: str) -> b.Document:
    """A document that says *name* in every place a customer's words can come to."""
    runs = (b.Run(name),)
    data = b.ChartData(
        "line", (name, name, "c"), (b.Series(name, (1.0, None, 3.0)), b.Series(name, (2.0, 2.0, 2.0), "limit")),
        events=(b.Event(1, name),), bounds=(b.Bound(1.5, name, "green"),), labels=(name, name, name),
    )  # fmt: skip
    bars = b.ChartData("hbar", (name, "b"), (b.Series(name, (1.0, 2.0)),), labels=(name, name))
    blocks: tuple[b.Block, ...] = (
        b.Heading(1, runs, runs), b.Sources(runs), b.Heading(2, runs, runs), b.Paragraph(runs), b.Quote(runs, runs),
        b.Table((b.Column(), b.Column("right")), (runs, runs), ((runs, runs),) * 3, name),
        b.Metrics((b.Metric(name, runs, runs, name, runs, runs, "red"),) * 2),
        b.Columns((1, 1), ((b.Paragraph(runs),), (b.Card((b.Paragraph(runs),), name, "info"),))),
        b.Cells(((name, runs), (name, runs))), b.Missing(name, name), b.Fill((name, name)), b.Fill((name,), 2),
        b.BulletList(((b.Paragraph(runs), b.BulletList(((b.Paragraph(runs),),))),)),
        b.Chart(data, name, name, name), b.Chart(bars, name, name, name),
        b.Timeline((b.Milestone(0.2, name), b.Milestone(0.8, name)), ((0.5, name),), name),
        b.Decision(name, runs, runs, runs), b.SpeakerNote((b.Paragraph(runs),)),
    )  # fmt: skip
    if len(name) > 5_000:  # hundreds of slides say no more than dozens
        blocks = (*blocks[:2], *blocks[3:4], blocks[6], *blocks[13:14], blocks[16])
    cover = b.Cover(name, (name, name), name, name, name, data, name, name, ((name, name),) * 3)
    return b.Document(name, name, "ja", "internal", cover, blocks, (b.Footnote("1", runs),), name or "x")


@pytest.fixture(params=list(NAMES), scope="module")
def name(request: pytest.FixtureRequest) -> str:
    return NAMES[str(request.param)]


def test_slides_hold(name: str) -> None:
    content = pptx.render(everywhere(name), company_look(""))
    for number, slide in enumerate(slides.opened(content).slides, 1):
        assert not slides.outside(slide), number
        assert not slides.overlapping(slide), number
    assert min(slides.sizes(content)) >= 9.0
    everything = slides.texts(content)
    assert 'TargetMode="External"' not in "".join(everything.values())
    books = [part for part in slides.parts(content) if part.endswith(".xlsx")]
    assert books
    for part in books:
        no_formula(slides.parts(content)[part])


def test_sheets_hold(name: str) -> None:
    content = xlsx.render(everywhere(name), company_look(""))
    no_formula(content)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert len(workbook.worksheets) == 2
    for sheet in workbook:
        assert len(sheet.oddHeader.left.text or "") < 200


def no_formula(content: bytes) -> None:
    """No cell of a workbook runs or points anywhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            text = package.read(part).decode()
            assert "<f>" not in text or part.startswith("xl/charts/"), part
            assert "hyperlink" not in text.lower().replace("hyperlinkschanged", "").replace(
                "hyperlinkbase", ""
            ), part
            assert not re.search(r'TargetMode="External"', text), part


def test_what_is_one_word_to_a_person_is_kept(tmp_path: Any) -> None:
    content = xlsx.render(everywhere("=cmd|'/C calc'!A0"), company_look(""))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd|'/C calc'!A0"]
    assert cells
    assert all(cell.data_type == "s" or cell.data_type == "f" for cell in cells)
