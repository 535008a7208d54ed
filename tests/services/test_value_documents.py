"""Ledgers handed over: all formats or none, archived, named apart, scanned; and the same from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cs_workbench.errors import FileProblem, InvalidValue
from cs_workbench.reports import blocks as b
from cs_workbench.reports.roi import book
from cs_workbench.services import pack_archive, portfolios, value_documents
from cs_workbench.services.pack_results import LeakProblem
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account
from tests.builders_value import NOW, QUOTES, RICH, TIME_SAVED, LedgerSpec, add_ledger

TODAY = dt.date(2026, 11, 22)
ALL = ("xlsx", "pdf", "docx", "pptx", "html", "md")
MODEL = """
currency = "JPY"
[[benefit]]
title = "Time saved"
formula = "gain"
confidence = "measured"
agreed = true
[benefit.inputs.gain]
value = 9000000
unit = "JPY/year"
low = 8000000
high = 9500000
[[cost]]
title = "Subscription"
kind = "subscription"
amounts = [0, 4000000, 4000000, 4000000]
"""


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
            add_account(db, "Birch Works")
        add_ledger(workbench, 1)
        yield workbench


def export(wb: Workbench, out: Path, formats: tuple[str, ...] = ("xlsx", "md"), **more: Any) -> list[Path]:
    result = value_documents.export(
        wb, 1, formats=formats, as_of=TODAY, out_dir=str(out), now=NOW, **more
    )  # fmt: skip
    return sorted(map(Path, result.files))


@pytest.mark.parametrize(("edition", "language"), [("customer", "en"), ("internal", "ja")])
def test_every_format_is_written_privately(
    wb: Workbench, tmp_path: Path, edition: str, language: str
) -> None:
    files = export(wb, tmp_path / "out", ALL, edition=edition, language=language)
    assert {file.suffix[1:] for file in files} == set(ALL)
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert all("Acme" in file.name and "2026-11-22" in file.name for file in files)
    assert [one for one in (tmp_path / "out").iterdir() if one not in files] == []
    text = next(file for file in files if file.suffix == ".md").read_text(encoding="utf-8")
    assert (QUOTES.note in text) is (edition == "internal")


def test_the_workbook_is_the_one_with_live_formulas(wb: Workbench, tmp_path: Path) -> None:
    (file,) = export(wb, tmp_path / "out", ("xlsx",))
    opened = openpyxl.load_workbook(file)
    assert len(opened.sheetnames) == 7
    formulas = [
        cell.value for sheet in opened for row in sheet for cell in row if str(cell.value).startswith("=")
    ]
    assert len(formulas) > 50
    texts = {str(cell.value) for sheet in opened for row in sheet for cell in row}
    assert QUOTES.note not in texts


def test_it_is_archived_like_any_pack(wb: Workbench, tmp_path: Path) -> None:
    export(wb, tmp_path / "out")
    (line,) = pack_archive.documents(wb.reads) if hasattr(pack_archive, "documents") else _archived(wb)
    assert line[0] == "roi_summary"


def _archived(wb: Workbench) -> list[tuple[Any, ...]]:
    return wb.reads.all("select template, edition from pack_record")


def test_an_older_ledger_has_its_own_files(wb: Workbench, tmp_path: Path) -> None:
    old = LedgerSpec(name="FY2025", starts_on=dt.date(2025, 4, 1), lines=RICH[:1])
    older, twin = add_ledger(wb, 1, old), add_ledger(wb, 1, old)
    newest = export(wb, tmp_path / "out", ("md",))
    second = export(wb, tmp_path / "out", ("md",), ledger_id=older)
    third = export(wb, tmp_path / "out", ("md",), ledger_id=twin)
    assert len({*newest, *second, *third}) == 3
    assert "FY2025" in second[0].name
    assert "FY2025" in second[0].read_text(encoding="utf-8")


def test_a_note_that_got_into_a_shown_text_stops_everything(wb: Workbench, tmp_path: Path) -> None:
    line = replace(TIME_SAVED, mechanism="As agreed with Birch Works last spring")
    add_ledger(wb, 1, LedgerSpec(name="2027", lines=(line,), starts_on=dt.date(2027, 4, 1)))
    with pytest.raises(LeakProblem):
        export(wb, tmp_path / "out", ALL)
    assert list((tmp_path / "out").iterdir()) == []
    assert export(wb, tmp_path / "out", ("md",), edition="internal")


def test_all_or_nothing(wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_facts: object, _look: object, _path: str) -> None:
        raise FileProblem("The disk is full.", code="disk_full")

    monkeypatch.setattr(book, "write", broken)
    with pytest.raises(FileProblem):
        export(wb, tmp_path / "out", ALL)
    assert list((tmp_path / "out").iterdir()) == []
    assert _archived(wb) == []


def test_a_format_nobody_writes_is_refused(wb: Workbench, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        export(wb, tmp_path / "out", ("odt",))


@pytest.mark.parametrize(("edition", "language"), [("customer", "ja"), ("internal", "en")])
def test_a_ledger_in_a_file_needs_no_portfolio(tmp_path: Path, edition: str, language: str) -> None:
    path = tmp_path / "acme deal.toml"
    path.write_text(MODEL, encoding="utf-8")
    files = value_documents.export_model(
        str(path), formats=ALL, edition=edition, language=language, as_of=TODAY, out_dir=str(tmp_path / "out")
    )
    assert {Path(file).suffix[1:] for file in files} == set(ALL)
    assert all("acme deal" in Path(file).name for file in files)
    text = next(Path(file) for file in files if file.endswith(".md")).read_text(encoding="utf-8")
    assert "Time saved" in text
    assert "ROI" in text


def test_an_internal_word_in_a_file_s_ledger_stops_the_customer_s_copy(tmp_path: Path) -> None:
    from cs_workbench.reports.leaks import INTERNAL_WORDS

    path = tmp_path / "m.toml"
    path.write_text(MODEL.replace("Time saved", f"Time saved {next(iter(INTERNAL_WORDS))}"), encoding="utf-8")
    with pytest.raises(LeakProblem):
        value_documents.export_model(
            str(path), formats=("md",), as_of=TODAY, out_dir=str(tmp_path / "out"), language="en"
        )
    assert not list((tmp_path / "out").iterdir())


def test_the_look_is_ours_where_no_company_chose_one() -> None:
    assert b.Look().accent == "#23458F"
