"""Printing one of several documents made: the pages of that account, once they are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs import pack
from cs_workbench.ui.dialogs.pack import PackDialog
from cs_workbench.ui.main_window import MainWindow

Settle = Callable[[Desk], None]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what went to the printer."""
    heard: list[str] = []
    monkeypatch.setattr(pack, "print_pages", lambda _parent, _pages, name, _failed: heard.append(name))
    return heard


@pytest.fixture
def dialog(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> Iterator[PackDialog]:
    """The pack dialog on two accounts, the pages of the first shown."""
    made = pack.open_pack(desk, window, account_ids=[1, 2])
    settle(desk)
    qtbot.waitUntil(lambda: made.proof is not None and not desk.tasks.busy, timeout=60_000)
    yield made
    if isValid(made):  # the window that goes takes it along
        made.done(0)
    settle(desk)


def shown(dialog: PackDialog) -> int:
    """Whose pages are shown."""
    return 0 if dialog.proof is None else dialog.proof.account_id


def test_print_prints_the_account_that_was_asked_for(
    dialog: PackDialog, desk: Desk, qtbot: QtBot, printed: list[str]
) -> None:
    """Also where the pages of another one are shown; once, and not again with the next pages."""
    dialog.print_account(1)
    assert len(printed) == 1
    dialog.print_account(2)
    qtbot.waitUntil(lambda: len(printed) == 2, timeout=60_000)
    assert dialog.proof is not None
    assert (shown(dialog), printed[1]) == (2, dialog.proof.name)
    assert printed[0] != printed[1]
    dialog.choices.previewed.setCurrentIndex(dialog.choices.previewed.findData(1))
    dialog.look()
    qtbot.waitUntil(lambda: shown(dialog) == 1 and not desk.tasks.busy, timeout=60_000)
    assert len(printed) == 2
