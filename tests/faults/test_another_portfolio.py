"""Another portfolio is opened: nothing of the one before reads any more, and nothing begun in it is cut off."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import portfolios
from cs_workbench.ui import crash
from tests.builders_store import NOW, add_account
from tests.ui.reception_fixtures import opened, settled, shell

__all__ = ["shell"]
PAGES = ("today", "accounts", "renewals", "success", "value", "portfolio", "voice", "today")


def made(tmp_path: Path, name: str) -> str:
    path = str(tmp_path / name)
    with portfolios.create(path, now=NOW, language="en") as wb, wb.change("Add") as db:
        add_account(db)
    return os.path.realpath(path)


@pytest.fixture
def crashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The details of every crash page."""
    shown: list[str] = []
    monkeypatch.setattr(crash, "show", lambda _window, details: shown.append(details))
    return shown


def test_pages_gone_stale_do_not_read_what_was_closed(
    shell: composition.Shell, qtbot: QtBot, tmp_path: Path, crashes: list[str]
) -> None:
    first, second = made(tmp_path, "a.csw"), made(tmp_path, "b.csw")
    opened(shell, qtbot, first)
    for page in PAGES:
        shell.window.go(page)
        settled(shell, qtbot)
    pages = shell.window.navigation.pages()
    read: list[str] = []
    for page in pages:
        page.look_again()
    settled(shell, qtbot)
    assert sum(page.stale for page in pages) > 1
    for page in pages:
        page.refresh = lambda page=page: read.append(page.id)  # type: ignore[method-assign,misc]
    opened(shell, qtbot, second)
    settled(shell, qtbot)
    assert read == []
    assert crashes == []
    assert shell.workbench is not None
    assert shell.workbench.path == second


def test_what_was_begun_while_the_other_was_opening_is_asked_about(
    shell: composition.Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = made(tmp_path, "a.csw"), made(tmp_path, "b.csw")
    opened(shell, qtbot, first)
    before = shell.workbench
    answers, asked = [True, False], []

    def may_leave(then: object) -> bool:
        if answers.pop(0):
            return True
        asked.append(then)
        return False

    monkeypatch.setattr(shell.reception, "may_leave", may_leave)
    shell.open(second)
    qtbot.waitUntil(lambda: bool(asked), timeout=60_000)
    assert shell.workbench is before
    assert before is not None
    before.reads.scalar("select 1 from account")
    assert not Path(second + "-wal").exists()  # closed again
    answers.extend([True, True])
    asked[0]()  # type: ignore[operator]
    qtbot.waitUntil(lambda: shell.workbench is not None and shell.workbench.path == second, timeout=60_000)


def test_what_is_begun_in_the_sample_is_asked_about_before_it_is_removed(
    shell: composition.Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, "a.csw")
    opened(shell, qtbot, path)
    before = shell.workbench
    monkeypatch.setattr(shell.reception, "may_leave", lambda _then: False)
    shell.reception.begin(path, "remove")
    settled(shell, qtbot)
    assert shell.workbench is before
    assert Path(path).exists()
