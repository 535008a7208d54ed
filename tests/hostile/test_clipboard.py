"""Tables on the clipboard: no cell runs as a formula in the spreadsheet it is pasted into, none begins a row."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QGuiApplication

from cs_workbench.domain.csv_guard import table_text
from cs_workbench.services import renewal_papers
from cs_workbench.services.value_working import Step, Working
from cs_workbench.store.queries.account_page import PersonRow
from cs_workbench.ui.application import application
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.value.working import WorkingPane

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3|cmd",
    "@SUM(1)",
    "\t=1",
    "x\r=1+1",
    "x\n=1+1",
    "x\v=1+1",
    "x\x85=1+1",
    "x\u2028=1+1",
    "＝1+1",
)


def cells(text: str) -> list[list[str]]:
    """As a spreadsheet would take *text* apart: every line end there is begins a row."""
    return [line.split("\t") for line in text.splitlines()]


def is_harmless(text: str) -> bool:
    """Whether no cell of *text* begins as a formula does."""
    return not any(cell.lstrip().startswith(tuple("=+-@|＝＋－＠")) for row in cells(text) for cell in row)


@pytest.mark.parametrize("words", HOSTILE)
def test_rows_stay_rows_and_nothing_runs(words: str) -> None:
    made = table_text([("A", words), (words, "B")])
    assert [len(row) for row in cells(made)] == [2, 2]
    assert is_harmless(made)


@pytest.mark.parametrize("words", HOSTILE)
def test_every_table_of_facts(words: str) -> None:
    application([])
    model = FactModel((Column("name", "Name", str), Column("as", "As", str)))
    model.fill([words, "Acme"])
    made = model.tsv()
    assert [len(row) for row in cells(made)] == [2, 2, 2]
    assert is_harmless(made)


@pytest.mark.parametrize("words", HOSTILE)
def test_the_working_of_a_figure(words: str) -> None:
    application([])
    pane = WorkingPane()
    step = Step(words, words, words, words, None, words)
    pane.show_all([Working("roi", words, words, (step,))])
    pane.copy()
    made = QGuiApplication.clipboard().text()
    assert [len(row) for row in cells(made)] == [1, 5]
    assert is_harmless(made)
    pane.deleteLater()


@pytest.mark.parametrize("words", HOSTILE)
def test_who_is_asked_to_the_meeting(words: str) -> None:
    one = PersonRow(1, words, "", words, words, words, None, None, None, "active", None, None, (words,), None)
    made = renewal_papers.attendee_list([one, one])
    assert [len(row) for row in cells(made)] == [5, 5]
    assert is_harmless(made)
