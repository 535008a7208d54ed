"""A disk that is full, a folder that is gone: said at once, kept, written again, or saved elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.errors import FileProblem, UserError
from cs_workbench.services import backups
from cs_workbench.ui.opening_leaving import LeavingSheet
from cs_workbench.ui.tasks import NOT_WRITABLE
from cs_workbench.ui.widgets import file_dialog
from tests.ui.reception_fixtures import opened, settled, shell

__all__ = ["shell"]


class Disk:
    """A disk that can be full: every write through it says so until there is room."""

    def __init__(self, code: str = "disk_full") -> None:
        self.full = True
        self.code = code
        self.written: list[str] = []

    def write(self, what: str) -> Callable[[], str]:
        def work() -> str:
            if self.full:
                raise FileProblem("The disk is full.", "Free some space.", code=self.code)
            self.written.append(what)
            return what

        return work


@pytest.fixture
def running(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> composition.Shell:
    opened(shell, qtbot, portfolio)
    return shell


def test_the_band_says_what_is_safe_and_what_to_do(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    running.tasks.write(disk.write("note"))
    settled(running, qtbot)
    notice = running.window.notice
    assert notice.isVisible()
    assert notice.first.text() == "Not saved: the disk is full"
    assert "1 change waits here and nothing typed is lost." in notice.second.text()
    assert [button.words() for button in notice.buttons] == ["Save a copy elsewhere", "Try again"]
    assert running.window.status.saved.words.text().startswith("Not saved since ")
    assert running.desk is not None
    with qtbot.waitSignal(running.tasks.idle, timeout=60_000):
        running.desk.day_changed.emit()  # the frame looks again when the file was written last
    assert running.window.status.saved.words.text().startswith("Not saved since ")
    assert running.window.toasts.toast is None, "said once, not twice"


@pytest.mark.parametrize("code", sorted(NOT_WRITABLE))
def test_each_reason_has_its_words(running: composition.Shell, qtbot: QtBot, code: str) -> None:
    running.tasks.write(Disk(code).write("note"))
    settled(running, qtbot)
    assert running.window.notice.first.text().startswith("Not saved: ")


def test_try_again_writes_all_in_order(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    heard: list[str] = []
    for what in ("first", "second", "third"):
        running.tasks.write(disk.write(what), done=heard.append)
    settled(running, qtbot)
    assert "3 changes wait" in running.window.notice.second.text()
    running.window.notice.buttons[1].click()
    settled(running, qtbot)
    assert running.window.notice.isVisible(), "still full"
    assert len(running.reception.unsaved.waiting) == 3
    disk.full = False
    running.window.notice.buttons[1].click()
    qtbot.waitUntil(lambda: not running.window.notice.isVisible(), timeout=20_000)
    settled(running, qtbot)
    assert disk.written == ["first", "second", "third"]
    assert heard == ["first", "second", "third"]


def test_what_a_page_keeps_itself_is_not_written_twice(running: composition.Shell, qtbot: QtBot) -> None:
    """The page showed the error and kept the text; the person pressed Save there again, with room."""
    disk = Disk()
    told: list[BaseException] = []
    running.tasks.write(disk.write("note"), failed=told.append)
    settled(running, qtbot)
    assert len(told) == 1
    assert running.window.notice.isVisible()
    disk.full = False
    running.tasks.write(disk.write("note"), failed=told.append)
    settled(running, qtbot)
    assert disk.written == ["note"]
    assert not running.window.notice.isVisible()


def test_what_nobody_waits_for_is_written_once_there_is_room(
    running: composition.Shell, qtbot: QtBot
) -> None:
    disk = Disk()
    running.tasks.write(disk.write("draft"))
    settled(running, qtbot)
    disk.full = False
    running.tasks.write(disk.write("note"))
    qtbot.waitUntil(lambda: disk.written == ["note", "draft"], timeout=20_000)
    settled(running, qtbot)
    assert not running.window.notice.isVisible()


def test_an_error_of_the_change_itself_is_no_matter_of_the_disk(
    running: composition.Shell, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise UserError("The end lies before the start.", "", code="invalid")

    running.tasks.write(refuse)
    settled(running, qtbot)
    assert not running.window.notice.isVisible()
    assert running.window.toasts.toast is not None


def test_a_file_that_vanished_goes_on_in_a_copy_with_what_waits(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.name == "nt":
        pytest.skip("an open file cannot vanish on Windows")
    workbench = running.workbench
    assert workbench is not None
    typing = QLineEdit("half a sente", running.window.navigation.page)

    def rename() -> None:
        with workbench.change("Rename account") as db:
            db.execute("update account set name = 'Written after all' where id = 1")

    os.unlink(portfolio)
    running.tasks.write(rename)
    settled(running, qtbot)
    assert running.window.notice.first.text() == "Not saved: the portfolio file is not there any more"
    rescued = tmp_path / "elsewhere" / "Rescued.csw"
    rescued.parent.mkdir()
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [str(rescued)])
    running.window.notice.buttons[0].click()
    qtbot.waitUntil(
        lambda: workbench.path == str(rescued) and not running.window.notice.isVisible(), timeout=60_000
    )
    settled(running, qtbot)
    assert workbench.reads.scalar("select name from account where id = 1") == "Written after all"
    assert not os.path.exists(portfolio)
    assert not running.window.notice.isVisible()
    assert typing.text() == "half a sente", "pages and what is typed in them stay"
    assert running.window.rail.portfolio.text() == "Rescued"
    assert running.window.status.saved.words.text().startswith("Saved ")


def test_not_choosing_a_place_keeps_everything_waiting(
    running: composition.Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.tasks.write(Disk().write("note"))
    settled(running, qtbot)
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [])
    qtbot.mouseClick(running.window.notice.buttons[0], Qt.MouseButton.LeftButton)
    settled(running, qtbot)
    assert len(running.reception.unsaved.waiting) == 1
    assert running.window.notice.isVisible()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode(errors='replace').strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def test_a_disk_that_is_really_full(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, small_disk: Path
) -> None:
    path = str(shutil.copy(portfolio, small_disk / "Full.csw"))
    opened(shell, qtbot, path)
    workbench = shell.workbench
    assert workbench is not None
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            filler_size = file.tell()
    assert filler_size

    def note() -> None:
        with workbench.change("A long note") as db:
            db.execute("update account set website = :text", {"text": "z" * 400_000})

    shell.tasks.write(note)
    settled(shell, qtbot)
    assert shell.window.notice.first.text() == "Not saved: the disk is full"
    assert workbench.reads.scalar("select max(length(website)) from account") < 1000
    filler.unlink()
    (small_disk / "Full.csw").stat()
    done = subprocess.run(
        ["mount", "-o", "remount,size=64m", str(small_disk)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("the small disk cannot be made larger here")
    shell.window.notice.buttons[1].click()
    qtbot.waitUntil(lambda: not shell.window.notice.isVisible(), timeout=60_000)
    settled(shell, qtbot)
    assert workbench.reads.scalar("select max(length(website)) from account") == 400_000
    shell.leave_portfolio()


def test_of_writes_with_one_key_only_the_newest_waits(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    told: list[BaseException] = []
    for what in ("first text", "first text corrected"):
        running.tasks.write(disk.write(what), failed=told.append, key=("line", 1))
        settled(running, qtbot)
    assert "1 change waits" in running.window.notice.second.text()
    disk.full = False
    running.window.notice.buttons[1].click()
    settled(running, qtbot)
    assert disk.written == ["first text corrected"]
    assert not running.window.notice.isVisible()


def test_drafts_wait_once_and_are_no_changes(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    for letters in ("h", "he", "hel"):
        running.tasks.write(disk.write(letters), key=("draft", "quick_log:0"), draft=True)
    settled(running, qtbot)
    assert running.window.notice.second.text().startswith("Nothing typed is lost.")
    assert len(running.reception.unsaved.waiting) == 1
    disk.full = False
    running.window.notice.buttons[1].click()
    settled(running, qtbot)
    assert disk.written == ["hel"]


def test_a_draft_of_what_was_saved_meanwhile_is_not_written_any_more(
    running: composition.Shell, qtbot: QtBot
) -> None:
    disk = Disk()
    running.tasks.write(disk.write("draft"), key=("draft", "x"), draft=True)
    settled(running, qtbot)
    disk.full = False
    running.tasks.void(("draft", "x"))
    running.tasks.write(disk.write("note"))
    settled(running, qtbot)
    assert disk.written == ["note"]


def test_undo_takes_nothing_back_while_changes_wait(running: composition.Shell, qtbot: QtBot) -> None:
    workbench = running.workbench
    assert workbench is not None
    with workbench.change("Rename account") as db:
        db.execute("update account set name = 'Renamed' where id = 1")
    disk = Disk()
    running.tasks.write(disk.write("done"))
    settled(running, qtbot)
    for _press in range(3):
        running.window.act("undo")
        settled(running, qtbot)
    assert "1 change is not saved yet" in running.window.toasts.toast.told.text  # type: ignore[union-attr]
    assert len(running.reception.unsaved.waiting) == 1
    disk.full = False
    running.window.notice.buttons[1].click()
    settled(running, qtbot)
    assert disk.written == ["done"]
    assert workbench.reads.scalar("select name from account where id = 1") == "Renamed"


def test_an_undo_that_finds_no_room_is_told_and_not_done_later(
    running: composition.Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = running.workbench
    assert workbench is not None
    asked: list[str] = []

    def full() -> str:
        asked.append("undo")
        raise FileProblem("The disk is full.", "Free some space.", code="disk_full")

    monkeypatch.setattr(workbench, "undo", full)
    running.window.act("undo")
    settled(running, qtbot)
    assert running.window.toasts.toast is not None
    assert running.reception.unsaved.waiting == []
    assert asked == ["undo"]


def leaving(running: composition.Shell) -> LeavingSheet:
    """The question that is open."""
    (sheet,) = (one for one in running.window.ground.findChildren(LeavingSheet) if one.isVisible())
    return sheet


def test_closing_asks_and_closes_once_all_is_written(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    running.tasks.write(disk.write("done"))
    settled(running, qtbot)
    for _twice in range(2):
        running.window.close()
        assert running.window.isVisible()
    sheet = leaving(running)
    assert sheet.title.text() == "1 change is not saved"
    sheet.again.click()
    settled(running, qtbot)
    assert running.window.isVisible()
    assert sheet.words.text().startswith("Still not saved.")
    disk.full = False
    sheet.again.click()
    qtbot.waitUntil(lambda: not running.window.isVisible(), timeout=20_000)
    assert disk.written == ["done"]


def test_closing_without_it_is_a_choice(running: composition.Shell, qtbot: QtBot) -> None:
    disk = Disk()
    running.tasks.write(disk.write("done"))
    settled(running, qtbot)
    running.window.close()
    qtbot.keyClick(leaving(running), Qt.Key.Key_Escape)
    assert running.window.isVisible()
    assert len(running.reception.unsaved.waiting) == 1
    running.window.close()
    leaving(running).drop.click()
    qtbot.waitUntil(lambda: not running.window.isVisible(), timeout=20_000)
    assert disk.written == []


def test_opening_another_portfolio_asks_as_well(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path
) -> None:
    other = str(shutil.copy(portfolio, tmp_path / "Other.csw"))
    disk = Disk()
    running.tasks.write(disk.write("done"))
    settled(running, qtbot)
    running.open(other)
    settled(running, qtbot)
    assert running.workbench is not None
    assert running.workbench.path != other
    disk.full = False
    leaving(running).again.click()
    qtbot.waitUntil(lambda: running.workbench is not None and running.workbench.path == other, timeout=20_000)
    assert disk.written == ["done"]
    settled(running, qtbot)


def test_another_size_keeps_what_waits(running: composition.Shell, qtbot: QtBot) -> None:
    running.tasks.write(Disk().write("done"))
    settled(running, qtbot)
    running.window.notice.hide()
    running.reception.dress()  # what a new size does with the new window
    assert running.window.notice.isVisibleTo(running.window)
    assert len(running.reception.unsaved.waiting) == 1


def test_keys_held_down_do_not_undo_or_back_up_again(running: composition.Shell) -> None:
    actions = running.window.commands.actions
    assert not any(actions[one].autoRepeat() for one in ("undo", "redo", "backup", "score"))
    assert actions["larger"].autoRepeat()


def test_one_backup_at_a_time(
    running: composition.Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    go = threading.Event()

    def backup(*_args: object, **_more: object) -> None:
        made.append(1)
        go.wait(20)
        raise FileProblem("No room.", "", code="disk_full")

    monkeypatch.setattr(backups, "backup", backup)
    for _press in range(5):
        running.window.act("backup")
    go.set()
    settled(running, qtbot)
    assert len(made) == 1
    running.window.act("backup")
    settled(running, qtbot)
    assert len(made) == 2
