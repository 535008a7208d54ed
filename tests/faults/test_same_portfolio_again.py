"""The portfolio that is open already is opened once more: nothing is taken from it, neither its place nor its locks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench
from tests.builders_store import NOW, add_account
from tests.faults.test_file_dialog_locks import locks
from tests.ui.reception_fixtures import opened, settled, shell

__all__ = ["shell"]
LINUX = sys.platform.startswith("linux")


@pytest.fixture
def portfolio(tmp_path: Path) -> str:
    path = str(tmp_path / "p.csw")
    with portfolios.create(path, now=NOW, language="en") as wb, wb.change("Add") as db:
        add_account(db)
    return os.path.realpath(path)


def is_whole(shell: composition.Shell, portfolio: str) -> bool:
    """Whether the window may write there, and SQLite's locks say that somebody has it open."""
    assert shell.workbench is not None
    shell.workbench.reads.scalar("select count(*) from account")
    locked = not LINUX or locks(portfolio) == {"", "-shm"}
    return locked and not shell.workbench.database.read_only


def test_the_open_one_is_asked_for_again(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    opened(shell, qtbot, portfolio)
    assert is_whole(shell, portfolio)
    before = shell.workbench
    shell.open(portfolio)
    settled(shell, qtbot)
    assert shell.workbench is before
    assert is_whole(shell, portfolio)
    assert not shell.window.has("bands") or not shell.window.bands.isVisible()


def test_after_the_welcome_it_comes_back_writable(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    shell.open(os.path.join(os.path.dirname(portfolio), "never there.csw"))
    settled(shell, qtbot)
    assert shell.window.navigation.page_id == "first_run"
    shell.open(portfolio)
    qtbot.waitUntil(lambda: shell.workbench is not None and shell.window.navigation.page_id != "first_run")
    settled(shell, qtbot)
    assert is_whole(shell, portfolio)


def test_try_again_takes_the_locks_as_well(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    with Workbench.open(portfolio) as first:
        first.claim()
        opened(shell, qtbot, portfolio)
    shell.window.bands.notices["reading"].buttons[0].click()
    qtbot.waitUntil(
        lambda: shell.workbench is not None and not shell.workbench.database.read_only, timeout=60_000
    )
    settled(shell, qtbot)
    assert is_whole(shell, portfolio)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
def test_a_file_put_in_its_place_is_opened(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    opened(shell, qtbot, portfolio)
    before = shell.workbench
    with open(portfolio, "rb") as file:
        content = file.read()
    os.unlink(portfolio)
    with open(portfolio, "wb") as file:
        file.write(content)
    shell.open(portfolio)
    qtbot.waitUntil(lambda: shell.workbench is not None and shell.workbench is not before, timeout=60_000)
    settled(shell, qtbot)
