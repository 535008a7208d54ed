"""The words of the value workbook: units as they are read, days and minus signs of the document's language."""

from __future__ import annotations

import contextvars
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from cs_workbench import i18n
from cs_workbench.reports.blocks import Look
from cs_workbench.reports.roi import book
from cs_workbench.reports.roi.facts import LineWords
from cs_workbench.reports.roi.grid import _PARTS
from cs_workbench.services import portfolios, value_exports
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_person
from tests.builders_value import NOW, LedgerSpec, add_ledger


@pytest.mark.parametrize(("unit", "language", "read"), [
    ("pieces/month", "en", "pieces per month"),
    ("hours/week/person", "en", "hours per week per person"),
    ("people", "en", "people"),
    ("pieces/month", "ja", "件／月"),
    ("hours/week/person", "ja", "時間／週／人"),
    ("people", "ja", "名"),
    ("JPY/hour", "ja", "円／時間"),
    ("USD/hour/person", "ja", "米ドル／時間／人"),
    ("JPY/hour", "en", "JPY per hour"),
    ("CHF/hour", "ja", "スイスフラン／時間"),
    ("ZAR/hour", "ja", "ZAR／時間"),
    ("名/月", "ja", "名/月"),
    ("{0}/{unit}", "ja", "{0}/{unit}"),
    ("%", "ja", "%"),
    ("", "ja", ""),
])  # fmt: skip
def test_a_unit_is_read_in_the_language_of_the_document(unit: str, language: str, read: str) -> None:
    def words() -> str:
        i18n.set_language(language)
        return value_exports.unit_words(unit)

    assert contextvars.copy_context().run(words) == read


def test_no_figure_of_the_workbook_has_an_ascii_minus() -> None:
    for name in ("money", "number", "decimals", "share", "percent", "ratio"):
        assert "−" in str(_PARTS[name]["num_format"]), name


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "月ヶ瀬")
            add_person(db, 1, "渡邊 浩司")
        yield workbench


def _printed(wb: Workbench, language: str) -> tuple[str, LineWords]:
    """Every cell of the customer's workbook in one text, and the words of its first line."""
    view = value_exports.chosen(wb.reads, 1, None, dt.date(2026, 11, 22))
    assert view is not None
    facts = value_exports.roi_facts(view, "月ヶ瀬", "Us", language=language, edition="customer")
    cached = openpyxl.load_workbook(io.BytesIO(book.render(facts, Look())), data_only=True)
    cells = [str(cell.value) for sheet in cached for row in sheet.iter_rows() for cell in row if cell.value]
    return "\n".join(cells), facts.words["1"]


@pytest.mark.parametrize(
    ("language", "proof", "graded", "agreed"),
    [
        (
            "ja",
            "渡邊 浩司様：作業時間の記録",
            "論理は承認済み：渡邊 浩司様、2026/10/14",
            "渡邊 浩司様（2026/10/14）",
        ),
        (
            "en",
            "渡邊 浩司: 作業時間の記録",
            "logic accepted: 渡邊 浩司, 14 Oct 2026",
            "渡邊 浩司, 14 Oct 2026",
        ),
    ],
)
def test_people_of_the_customer_are_named_as_they_are_addressed(
    wb: Workbench, language: str, proof: str, graded: str, agreed: str
) -> None:
    add_ledger(wb, 1, LedgerSpec(person_id=1))
    with wb.change("signed") as db:
        db.execute("update value_line set logic_by_id = 1, logic_on = '2026-10-14' where id = 1")
        db.execute("update value_evidence set person_id = 1, text = '作業時間の記録' where line_id = 1")
    told, words = _printed(wb, language)
    assert (words.agreed, words.evidence[0][1]) == (agreed, proof)
    assert proof in told
    assert graded in told
    if language == "ja":
        assert "渡邊 浩司" not in told.replace("渡邊 浩司様", "")
        assert ": " not in "".join(line for line in told.split("\n") if "渡邊" in line)


def test_the_japanese_workbook_has_one_word_for_one_thing_and_speaks_to_the_customer(wb: Workbench) -> None:
    add_ledger(wb, 1, LedgerSpec(person_id=1))
    told, _words = _printed(wb, "ja")
    for word in ("便益", "実測", "推定", "貴社確認", "可能性"):
        assert word in told
    for word in ("測定済み", "見積もり", "顧客確認", "お客様", "見込み", "正味現在価値", "確からしさ"):
        assert word not in told
    assert "効果" not in told.replace("最大効果時", "").replace("効果の発現率", "").replace("投資対効果", "")
