"""A line is logged once, whatever happens between Enter and the disk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.services import contacts, drafts
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.quick_log import QuickLog, open_quick_log
from cs_workbench.ui.main_window import MainWindow

Settle = Callable[[Desk], None]


@pytest.fixture
def log(window: MainWindow, desk: Desk, settle: Settle) -> QuickLog:
    """The quick log about account 1, a line typed and read."""
    opened = open_quick_log(desk, window, account_id=1)
    settle(desk)
    opened.text.setPlainText("call 20m talked about renewal")
    settle(desk)
    return opened


def stored(desk: Desk) -> int:
    return int(desk.workbench.reads.scalar("select count(*) from interaction"))


def test_enter_twice_logs_once(log: QuickLog, desk: Desk, settle: Settle) -> None:
    before = stored(desk)
    log.save()
    log.save()
    settle(desk)
    assert stored(desk) == before + 1


def test_a_draft_that_stays_makes_no_second_contact(
    log: QuickLog, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not saved means not saved: the line stands there, and Enter again logs it once."""
    before = stored(desk)

    def full(*_: object) -> None:
        raise FileProblem("The disk is full.", "Free some room.", code="disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(contacts.drafts, "put_draft", full)
        log.keeper.pause()
        log.save()
        settle(desk)
        assert stored(desk) == before
        assert log.isVisible()
        assert log.text.toPlainText() == "call 20m talked about renewal"
    log.save()
    settle(desk)
    assert stored(desk) == before + 1


def test_the_draft_is_not_written_again_after_the_contact(log: QuickLog, desk: Desk, settle: Settle) -> None:
    """The keeper stands still while the line is being saved: it is not offered as never saved the next day."""
    log.keeper.typed("call 20m talked about renewal")
    assert log.keeper.waiting
    log.save()
    assert not log.keeper.waiting
    settle(desk)
    assert drafts.unsaved(desk.workbench.reads) == []
