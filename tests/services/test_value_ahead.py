"""No figure where there is none: nothing spent ahead has no payback, and a cost alone is no return of −100%."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cs_workbench.services import portfolios, value_documents, value_reading
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.pages.value import figures
from tests.builders_store import add_account
from tests.builders_value import NOW, QUOTES, TIME_SAVED, CostSpec, LedgerSpec, add_ledger

TODAY = dt.date(2026, 11, 22)
YEARLY = (CostSpec("Subscription", "subscription", "0 1000000 1000000 1000000"),)
AHEAD = LedgerSpec(lines=(TIME_SAVED,), costs=YEARLY)
NOTHING = LedgerSpec(lines=(replace(QUOTES, fact="open"),), costs=YEARLY)
SAID = {
    "en": "nothing is spent ahead: there is nothing to pay back",
    "ja": "先行する支出がなく、回収期間はありません",
}
BOOK = {"en": ("Payback (months)", "nothing is spent ahead"), "ja": ("回収期間（か月）", "先行する支出なし")}


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Account 1 with a ledger in which every year pays for itself, account 2 with one in which nothing counts."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
            add_account(db, "Birch Works")
        add_ledger(workbench, 1, AHEAD)
        add_ledger(workbench, 2, NOTHING)
        yield workbench


def written(wb: Workbench, account: int, out: Path, form: str, language: str) -> Path:
    made = value_documents.export(
        wb, account, formats=(form,), language="ja" if language == "ja" else "en", as_of=TODAY,
        out_dir=str(out), now=NOW,
    )  # fmt: skip
    return Path(made.files[0])


def view(wb: Workbench, account: int) -> LedgerView:
    return value_reading.account_views(wb.reads, account, TODAY)[0]


def test_the_tile_says_it_in_words(wb: Workbench) -> None:
    tiles = {name: (figure, made) for name, figure, made in figures.key_figures(view(wb, 1))}
    assert tiles["Payback"] == ("–", SAID["en"])
    assert tiles["Return on investment"][0] not in {"–", ""}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_summary_prints_no_payback(wb: Workbench, tmp_path: Path, language: str) -> None:
    text = written(wb, 1, tmp_path / "out", "md", language).read_text(encoding="utf-8")
    assert SAID[language] in text
    assert "0.0か月" not in text
    assert "0.0 months" not in text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_workbook_says_it_too(wb: Workbench, tmp_path: Path, language: str) -> None:
    file = written(wb, 1, tmp_path / "out", "xlsx", language)
    sheet = openpyxl.load_workbook(file, data_only=True).worksheets[0]
    name, said = BOOK[language]
    (row,) = (one for one in sheet.iter_rows() if one[0].value == name)
    assert said in {cell.value for cell in row}
    live = openpyxl.load_workbook(file).worksheets
    assert any(f'"{said}"' in str(cell.value) for page in live for line in page for cell in line)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_cost_alone_is_no_loss(wb: Workbench, tmp_path: Path, language: str) -> None:
    text = written(wb, 2, tmp_path / "out", "md", language).read_text(encoding="utf-8")
    assert "100%" not in text.replace("100%)", "")
    file = written(wb, 2, tmp_path / "out", "xlsx", language)
    sheet = openpyxl.load_workbook(file, data_only=True).worksheets[0]
    assert -1 not in {cell.value for line in sheet for cell in line}
