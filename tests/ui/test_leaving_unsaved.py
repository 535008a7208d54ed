"""Leaving while a contact waits for room on the disk: it is logged once, nothing is dropped while the question stands,
and no draft of it comes after it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.errors import FileProblem
from cs_workbench.services import contacts, drafts
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.quick_log import QuickLog, open_quick_log
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.account.note import NoteBox
from tests.ui.reception_fixtures import opened, settled, shell
from tests.ui.test_opening_unsaved import Disk, leaving

__all__ = ["shell"]

Settle = Callable[[Desk], None]
LINE = "call 20m talked about renewal"


class FullDisk:
    """While it is full no contact and no draft can be written."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.full = True
        for module, name in ((contacts, "log"), (drafts, "keep")):
            patch.setattr(module, name, self._through(getattr(module, name)))

    def _through(self, work: Callable[..., object]) -> Callable[..., object]:
        def write(*args: object, **more: object) -> object:
            if self.full:
                raise FileProblem("The disk is full.", "Free some space.", code="disk_full")
            return work(*args, **more)

        return write


@pytest.fixture
def running(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> composition.Shell:
    opened(shell, qtbot, portfolio)
    return shell


@pytest.fixture
def disk(running: composition.Shell, monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    """Full."""
    return FullDisk(monkeypatch)


@pytest.fixture
def log(running: composition.Shell, disk: FullDisk, qtbot: QtBot) -> QuickLog:
    """A line that could not be logged, its draft that could not be kept either, and the question on closing."""
    assert running.desk is not None
    made = open_quick_log(running.desk, running.window, account_id=1)
    settled(running, qtbot)
    made.text.setPlainText(LINE)
    settled(running, qtbot)
    made.save()
    settled(running, qtbot)
    made.keeper.keep()
    settled(running, qtbot)
    assert [task.draft for task in running.reception.unsaved.waiting] == [False, True]
    running.window.close()
    assert leaving(running).title.text() == "1 change is not saved"
    return made


def found(path: str) -> tuple[int, list[str]]:
    """How many contacts have the line's words, and what would be offered again."""
    with Workbench.open(path, read_only=True) as wb:
        logged = wb.reads.scalar(
            "select count(*) from interaction where subject || body like '%talked about renewal%'"
        )
        return int(logged), [one.text for one in drafts.unsaved(wb.reads)]


def closed(running: composition.Shell, qtbot: QtBot) -> None:
    """Wait until the window is closed, and end the program as in life."""
    qtbot.waitUntil(lambda: not running.window.isVisible(), timeout=20_000)
    running.leave_portfolio()


def test_pressed_at_once_it_is_logged_and_not_offered_again(
    running: composition.Shell, disk: FullDisk, log: QuickLog, qtbot: QtBot, portfolio: str
) -> None:
    before = found(portfolio)[0]
    disk.full = False
    leaving(running).again.click()
    closed(running, qtbot)
    assert found(portfolio) == (before + 1, [])


def test_a_draft_kept_meanwhile_takes_the_line_along(
    running: composition.Shell, disk: FullDisk, log: QuickLog, qtbot: QtBot, portfolio: str
) -> None:
    before = found(portfolio)[0]
    disk.full = False
    log.keeper.keep()
    qtbot.waitUntil(lambda: found(portfolio) == (before + 1, []), timeout=20_000)
    settled(running, qtbot)
    sheet = leaving(running)
    assert (sheet.title.text(), sheet.again.words()) == ("Everything is saved", "Close the window")
    assert sheet.accessibleName() == "Everything is saved"
    assert sheet.words.text() == "The portfolio can be written again; nothing waits any more."
    assert [one.isVisible() for one in (sheet.drop, sheet.copy)] == [False] * 2
    sheet.again.click()
    assert not running.window.isVisible(), "nothing waits: at once"
    closed(running, qtbot)
    assert found(portfolio) == (before + 1, [])


def test_pressed_while_it_is_written_it_waits_for_the_end(
    running: composition.Shell, disk: FullDisk, log: QuickLog, qtbot: QtBot, portfolio: str
) -> None:
    before = found(portfolio)[0]
    disk.full = False
    running.reception.unsaved.try_again()
    assert running.reception.unsaved.waiting == []
    leaving(running).again.click()
    assert running.window.isVisible()
    closed(running, qtbot)
    assert found(portfolio) == (before + 1, [])


def test_still_full_the_question_stays_and_says_so(
    running: composition.Shell, log: QuickLog, qtbot: QtBot
) -> None:
    sheet = leaving(running)
    sheet.again.click()
    settled(running, qtbot)
    assert sheet.words.text().startswith("Still not saved.")
    assert sheet.again.words() == "Try again"
    assert sheet.again.isEnabled()
    assert [task.draft for task in running.reception.unsaved.waiting] == [True, False]


def test_the_title_follows_what_waits_and_comes_back(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    for what in ("one", "two"):
        running.tasks.write(disk.write(what))
    settled(running, qtbot)
    running.window.close()
    sheet = leaving(running)
    assert sheet.title.text() == "2 changes are not saved"
    disk.full = False
    running.reception.unsaved.try_again()
    settled(running, qtbot)
    assert sheet.title.text() == "Everything is saved"
    assert not running.window.says_unsaved
    assert running.window.status.saved.words.text().startswith("Saved ")
    running.tasks.write(Disk().write("three"))
    settled(running, qtbot)
    assert (sheet.title.text(), sheet.drop.isVisible()) == ("1 change is not saved", True)
    assert sheet.words.text().startswith("It waits here")
    assert sheet.again.words() == "Try again"
    sheet.drop.click()
    closed(running, qtbot)


def test_without_anything_that_waits_nothing_says_saving(running: composition.Shell, qtbot: QtBot) -> None:
    words = running.window.status.saved.words.text()
    running.reception.unsaved.try_again()
    assert running.window.status.saved.words.text() == words


def test_drafts_go_before_what_takes_them_away(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    running.tasks.write(disk.write("line"), key=("line", 1))
    running.tasks.write(disk.write("draft"), key=("draft", 1), draft=True)
    running.tasks.write(disk.write("more"))
    settled(running, qtbot)
    disk.full = False
    running.reception.unsaved.try_again()
    settled(running, qtbot)
    assert disk.written == ["draft", "line", "more"]


def test_once_the_question_is_answered_what_a_page_keeps_is_dropped_again(
    running: composition.Shell, qtbot: QtBot
) -> None:
    disk = Disk()
    told: list[BaseException] = []
    running.tasks.write(disk.write("note"), failed=told.append)
    settled(running, qtbot)
    running.window.close()
    leaving(running).reject()
    disk.full = False
    running.tasks.write(disk.write("other"))
    settled(running, qtbot)
    assert disk.written == ["other"]
    assert running.reception.unsaved.waiting == []


@pytest.fixture
def line(window: MainWindow, desk: Desk, settle: Settle) -> QuickLog:
    """The quick log about account 1, a line typed and read."""
    made = open_quick_log(desk, window, account_id=1)
    settle(desk)
    made.text.setPlainText(LINE)
    settle(desk)
    return made


def test_a_draft_on_its_way_behind_the_line_goes_too(line: QuickLog, desk: Desk, settle: Settle) -> None:
    line.save()
    desk.keep_draft(line.keeper.key, LINE)
    settle(desk)
    assert drafts.unsaved(desk.workbench.reads) == []


def test_a_draft_beside_the_portfolio_goes_too(line: QuickLog, desk: Desk, settle: Settle) -> None:
    desk.spare.keep(desk.workbench, line.keeper.key, LINE, 0, now=desk.now())
    assert desk.spare.holds(line.keeper.key)
    line.save()
    settle(desk)
    assert not desk.spare.holds(line.keeper.key)
    assert drafts.unsaved(desk.workbench.reads) == []


def test_what_was_corrected_meanwhile_is_kept_anew(line: QuickLog, desk: Desk, settle: Settle) -> None:
    """The line's draft went with it, also where it was a newer one."""
    line.save()
    line.text.setPlainText(f"{LINE} in May")
    line.keeper.keep()
    settle(desk)
    line.keeper.keep()
    settle(desk)
    assert line.isVisible()
    assert [one.text for one in drafts.unsaved(desk.workbench.reads)] == [f"{LINE} in May"]


@pytest.mark.parametrize("corrected", [False, True])
def test_a_note_leaves_no_draft_but_of_its_correction(
    window: MainWindow, desk: Desk, settle: Settle, corrected: bool
) -> None:
    window.go("account", account_id=1, tab="timeline")
    settle(desk)
    assert window.page is not None
    note = window.page.findChild(NoteBox)
    assert note is not None
    note.text.setPlainText("call about seats")
    note.keep_draft()
    settle(desk)
    note.keep()
    if corrected:
        note.text.setPlainText("call about seats in May")
    else:
        desk.keep_draft(note.draft_key, "call about seats")
    settle(desk)
    wanted = ["call about seats in May"] if corrected else []
    assert [one.text for one in drafts.unsaved(desk.workbench.reads)] == wanted
