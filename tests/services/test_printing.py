"""Lists on paper: every row, the filter, the day; long lists in pieces; nothing of it runs as markup."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from cs_workbench import i18n
from cs_workbench.errors import FileProblem
from cs_workbench.reports import blocks as b
from cs_workbench.reports.leaks import words
from cs_workbench.services import portfolios, printing
from cs_workbench.services.printing import Printable, PrintColumn
from cs_workbench.services.workbench import Workbench
from tests.services.test_packs import NOW

HOSTILE = [
    "<img src=x>",
    "#set text(red)",
    "\u202etxt",
    "*bold* _it_ $x$ @ref",
    "長" * 400,
    "=cmd|' /C calc'!A0",
]


def listing(rows: int = 3, **changed: object) -> Printable:
    columns = (PrintColumn("Account", False, 3.0), PrintColumn("Renewal", True))
    cells = tuple((f"Account {n}", "31 Dec 2026") for n in range(rows))
    return Printable(
        "Accounts", "health<60 · 3 of 30", columns, cells, "Takahashi 2026, as of 24 Nov 2026", **changed
    )  # type: ignore[arg-type]


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        yield made


def test_a_list_becomes_one_table_under_its_title() -> None:
    document = printing.sheet(listing(), "Sorane Inc.")
    heading, table, sources = document.blocks
    assert isinstance(heading, b.Heading)
    assert isinstance(table, b.Table)
    assert isinstance(sources, b.Sources)
    assert (document.title, document.sender, document.edition) == ("Accounts", "Sorane Inc.", "customer")
    assert [column.align for column in table.columns] == ["left", "right"]
    assert table.rows[0][1][0].text == "31\u00a0Dec\u00a02026"


def test_a_long_list_is_cut_into_pieces_that_hold_every_row() -> None:
    document = printing.sheet(listing(1234, total=True))
    tables = [block for block in document.blocks if isinstance(block, b.Table)]
    assert sum(len(table.rows) for table in tables) == 1234
    assert [table.total for table in tables] == [False] * (len(tables) - 1) + [True]


def test_rows_left_out_are_said() -> None:
    text = "\n".join(words(printing.sheet(listing(printing.MOST_ROWS + 1))))
    assert "The first 5,000 of 5,001 rows" in text


def test_an_empty_list_says_so(wb: Workbench) -> None:
    assert len(printing.pages(wb.reads, listing(0), ppi=40)) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_pdf_holds_the_words_and_counts_its_pages(wb: Workbench, tmp_path: Path, language: str) -> None:
    i18n.set_language(language)
    path = printing.save_pdf(wb.reads, listing(60, language=language), str(tmp_path / "list.pdf"))
    pages = PdfReader(path).pages
    text = pages[0].extract_text()
    assert "health<60" in text
    assert "Account 0" in text
    assert f"1 / {len(pages)}" in text
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_what_customers_typed_is_text(wb: Workbench, tmp_path: Path) -> None:
    rows = tuple((text, "") for text in HOSTILE)
    shown = Printable("<b>Title</b>", "", (PrintColumn("Account"), PrintColumn("#")), rows)
    path = printing.save_pdf(wb.reads, shown, str(tmp_path / "list.pdf"))
    text = "".join(PdfReader(path).pages[0].extract_text().split())
    assert "<imgsrc=x>" in text
    assert "#settext(red)" in text
    assert "*bold*_it_$x$@ref" in text


def test_a_place_that_cannot_be_written_is_told_and_left_as_it_was(wb: Workbench, tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        printing.save_pdf(wb.reads, listing(), str(tmp_path / "none" / "list.pdf"))
    assert not (tmp_path / "none").exists()


def test_the_source_names_portfolio_and_day() -> None:
    assert printing.source_line("/x/Takahashi 2026.csw", "24 Nov 2026") == "Takahashi 2026, as of 24 Nov 2026"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_many_columns_lie_on_their_side_and_names_stay_whole(
    wb: Workbench, tmp_path: Path, language: str
) -> None:
    names = ("株式会社カゼクサ設計", "合同会社ひなた学習舎", "Ostermill Energy Cooperative")
    heads = (("Account", False, 3.0), ("Tier", False, 1.0), ("ARR", True, 1.0), ("Health", False, 1.0),
             ("Stage", False, 1.2), ("Notice by", True, 1.0), ("Days left", True, 1.0), ("Last contact", True, 1.0),
             ("Next step", False, 2.6))  # fmt: skip
    line = (
        "A",
        "$97.5k",
        "64 yellow",
        "Onboarding",
        "12 Dec 2026",
        "D−131",
        "107 d ago",
        "保護者連絡の不達について原因を回答する",
    )
    made = Printable("Accounts", "", tuple(PrintColumn(*one) for one in heads), tuple((name, *line) for name in names),
                     "p", language)  # fmt: skip
    path = printing.save_pdf(wb.reads, made, str(tmp_path / "wide.pdf"))
    (page,) = PdfReader(path).pages
    assert page.mediabox.width > page.mediabox.height
    lines = page.extract_text().splitlines()
    for name in names:
        assert any(name in found for found in lines), "on one line"
    upright = printing.save_pdf(wb.reads, listing(), str(tmp_path / "upright.pdf"))
    assert PdfReader(upright).pages[0].mediabox.width < PdfReader(upright).pages[0].mediabox.height
