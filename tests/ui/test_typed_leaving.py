"""Another portfolio is opened while something is typed: it is kept in the one left, and nobody hears of it there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import portfolios, typed_left
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.widgets.fields import LineEdit
from tests.ui.reception_fixtures import NOW, opened, settled, shell

__all__ = ["shell"]


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    """Two empty portfolios."""
    paths = (str(tmp_path / "a.csw"), str(tmp_path / "b.csw"))
    for path in paths:
        portfolios.create(path, now=NOW, language="en").close()
    return paths


def type_into(shell: composition.Shell, text: str) -> QWidget:
    page = shell.window.page
    assert page is not None
    edit = LineEdit(name="Remark")
    edit.setParent(page)
    edit.show()
    edit.setFocus()
    QTest.keyClicks(edit, text)
    return edit


@pytest.mark.parametrize("waits", [False, True])
def test_what_stands_stays_with_the_portfolio_left(
    shell: composition.Shell, qtbot: QtBot, two: tuple[str, str], waits: bool
) -> None:
    first, second = two
    opened(shell, qtbot, first)
    qtbot.waitUntil(lambda: shell.window.typed is not None and shell.window.typed._kept == "", timeout=20_000)
    type_into(shell, "ask in May")
    if waits:
        typed = shell.window.typed
        qtbot.waitUntil(lambda: typed is not None and "ask in May" in str(typed._kept), timeout=10_000)
    shell.open(second)
    qtbot.waitUntil(lambda: shell.workbench is not None and shell.workbench.path == second, timeout=20_000)
    settled(shell, qtbot)
    assert shell.workbench is not None
    with shell.workbench.change("Anything"):
        pass
    shell.tasks.idle.emit()
    settled(shell, qtbot)
    assert typed_left.read(shell.workbench.reads) == ()
    with Workbench.open(first) as before:
        assert [one.text for one in typed_left.read(before.reads)] == ["ask in May"]


def test_the_next_portfolio_comes_before_the_first_is_read(
    shell: composition.Shell, qtbot: QtBot, two: tuple[str, str]
) -> None:
    for path in (*two, *two):
        shell.open(path)
        qtbot.waitUntil(
            lambda path=path: shell.workbench is not None and shell.workbench.path == path, timeout=20_000
        )
    settled(shell, qtbot)
    qtbot.waitUntil(lambda: shell.window.is_complete, timeout=20_000)
    settled(shell, qtbot)
    assert shell.workbench is not None
