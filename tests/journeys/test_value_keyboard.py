"""A value ledger by keyboard alone: from none to a proven line, its working read, and the summary written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cs_workbench.services import value_reading
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.value import ValuePage
from cs_workbench.ui.pages.value.questions import ExportQuestion
from cs_workbench.ui.widgets.fields import LineEdit
from tests.ui.conftest import (  # noqa: F401 - fixtures of the window
    NOW,
    desk,
    no_qt_warnings,
    no_stray_windows,
    portfolio,
    qapp,
    sample_portfolio,
    settle,
    wardrobe,
    window,
)

KEY, MOD = Qt.Key, Qt.KeyboardModifier
FIGURES = {"users": "58", "hours": "1.5", "hourly_cost": "3400"}


def read(at: Desk) -> LedgerView:
    return value_reading.account_views(at.workbench.reads, 1, NOW.date())[0]


def test_from_no_ledger_to_the_exported_summary(
    qtbot: QtBot,
    desk: Desk,  # noqa: F811
    window: MainWindow,  # noqa: F811
    settle: Callable[[Desk], None],  # noqa: F811
    tmp_path: Path,
) -> None:
    window.go("value", account_id=1)
    settle(desk)
    page = window.findChild(ValuePage)
    assert isinstance(page, ValuePage)

    _find_the_figure(page, desk, settle, qtbot)
    _fill_the_inputs(page, desk, settle, qtbot)
    assert read(desk).troubles == {}
    assert read(desk).outcome.proven == ()
    _pass_both_tests(page, desk, settle, qtbot)
    assert len(read(desk).outcome.proven) == 1

    qtbot.keyClick(page.workshop, KEY.Key_Escape)
    assert page.shows == "ledger"
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, KEY.Key_W)
    shown = page.split.steps.shown()
    assert shown is not None
    assert "58 people × 1.5 h × 46 wk × ¥3,400 × 50%" in [step.numbers for step in shown.steps]
    qtbot.keyClick(page.split.steps.area, KEY.Key_Escape)
    _export(page, desk, settle, qtbot, tmp_path)


def _find_the_figure(page: ValuePage, at: Desk, wait: Callable[[Desk], None], qtbot: QtBot) -> None:
    """No ledger: the guide, the first figure, Ctrl Enter."""
    page.begin.guide.setFocus()
    qtbot.keyClick(page.begin.guide, KEY.Key_Space)
    qtbot.keyClick(page.guide.words.edit, KEY.Key_Return)
    qtbot.keyClick(page.guide.table, KEY.Key_Return)
    qtbot.keyClick(page.guide.mechanism.edit, KEY.Key_Return)
    qtbot.keyClick(page.guide.ask.edit, KEY.Key_Return, MOD.ControlModifier)
    wait(at)
    qtbot.waitUntil(lambda: page.view is not None and page.shows == "tests")
    assert page.workshop.claim() is not None


def _fill_the_inputs(page: ValuePage, at: Desk, wait: Callable[[Desk], None], qtbot: QtBot) -> None:
    """Back to the ledger, into the line, figures typed into their cells."""
    qtbot.keyClick(page.workshop, KEY.Key_Escape)
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, KEY.Key_Return)
    table = page.body.editor.inputs
    for name, text in FIGURES.items():
        table.setFocus()
        row = next(n for n, one in enumerate(table.facts.rows) if one.name == name)
        table.setCurrentIndex(table.facts.index(row, table.facts.place("value")))
        qtbot.keyClick(table, KEY.Key_Return)
        field = table.findChildren(LineEdit)[-1]
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, KEY.Key_Return)
        wait(at)
        qtbot.waitUntil(lambda row=row: table.facts.rows[row].value is not None)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not table.findChildren(LineEdit))


def _pass_both_tests(page: ValuePage, at: Desk, wait: Callable[[Desk], None], qtbot: QtBot) -> None:
    """V on the ledger, Space for the logic, Space for the fact."""
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, KEY.Key_V)
    for _test in range(2):
        page.workshop.table.setFocus()
        qtbot.keyClick(page.workshop.table, KEY.Key_Space)
        wait(at)


def _export(page: ValuePage, at: Desk, wait: Callable[[Desk], None], qtbot: QtBot, folder: Path) -> None:
    """The export question by its key: folder, Enter."""
    page.body.benefits.setFocus()
    qtbot.keyClick(page.body.benefits, KEY.Key_E, MOD.ControlModifier)
    question = page.findChild(ExportQuestion)
    assert question is not None
    question.folder.edit.setText(str(folder))
    qtbot.keyClick(question.folder.edit, KEY.Key_Return)
    wait(at)
    assert [path for path in folder.iterdir() if path.suffix in {".xlsx", ".pdf"}]
