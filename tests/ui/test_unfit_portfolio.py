"""A file whose marks are a portfolio's and whose tables are not gets the choices: at the door and while it is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.ui.crash import CrashPage
from cs_workbench.ui.opening_problem import OpeningProblem
from tests.builders_unfit import UNFIT, Spoil, altered
from tests.ui.reception_fixtures import opened, shell
from tests.ui.test_opening import back_up, problem, sha, shown

__all__ = ["shell"]

AT_THE_DOOR = (
    "nothing in it",
    "accounts gone",
    "a column more",
    "a journal that does not fit",
    "a table more",
)


@pytest.fixture(autouse=True)
def no_crash_page(shell: composition.Shell) -> Iterator[None]:
    """Whatever happens in a test of this module, nobody was shown a traceback."""
    yield
    assert not shell.window.findChildren(CrashPage)


@pytest.mark.parametrize(
    ("spoil", "code", "word"), [UNFIT[name] for name in AT_THE_DOOR], ids=list(AT_THE_DOOR)
)
def test_it_gets_the_choices(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, spoil: Spoil, code: str, word: str
) -> None:
    back_up(portfolio)
    spoil(portfolio)
    before = sha(portfolio)
    view = problem(shell, qtbot, portfolio)
    assert view._code == code
    assert word in view.sentence.text()
    assert shown(view) == {"again", "restore", "export", "other", "leave"}
    assert (shell.workbench, sha(portfolio)) == (None, before)


def test_its_backup_is_restored_from_there(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    back_up(portfolio)
    altered("drop table draft")(portfolio)
    view = problem(shell, qtbot, portfolio)
    view.restore.click()
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert shell.workbench is not None
    assert shell.workbench.reads.scalar("select count(*) from account") == 30
    assert shell.workbench.reads.scalar("select count(*) from draft") is not None


@pytest.mark.parametrize("statement", ["drop table account", "alter table account drop column country"])
def test_tables_taken_away_while_it_is_open_get_them_too(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, statement: str
) -> None:
    opened(shell, qtbot, portfolio)
    altered(statement)(portfolio)
    for page in ("accounts", "portfolio"):
        if shell.workbench is not None:
            shell.window.go(page)
            qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=60_000)
    qtbot.waitUntil(
        lambda: isinstance(shell.window.navigation.currentWidget(), OpeningProblem), timeout=60_000
    )
    view = shell.window.navigation.currentWidget()
    assert isinstance(view, OpeningProblem)
    assert view._code == "damaged"
    assert "account" in view.sentence.text()
    assert shell.workbench is None
