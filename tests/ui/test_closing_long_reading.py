"""The window closes while a backup or a check of a large file runs: nobody waits for it to end by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.errors import Cancelled
from cs_workbench.services import backups
from cs_workbench.ui.crash import CrashPage
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages.settings import SettingsPage
from cs_workbench.ui.pages.settings.data import DataSection
from cs_workbench.ui.tasks import Tasks
from tests.ui.reception_fixtures import opened, shell

__all__ = ["shell"]


class Endless:
    """Work that only ends because it was told to; after 20 s it gives up hope."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.stopped = False

    def __call__(self, *_given: object, stop: backups.Stop, **_named: object) -> object:
        self.began.set()
        end = time.monotonic() + 20
        while not stop() and time.monotonic() < end:
            time.sleep(0.002)
        self.stopped = stop()
        raise Cancelled("", "")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of this machine go to a folder of the test."""
    monkeypatch.setenv("CS_WORKBENCH_HOME", str(tmp_path / "home"))


@pytest.fixture
def section(
    make_page: Callable[..., Page], desk: Desk, settle: Callable[[Desk], None]
) -> Iterator[DataSection]:
    page = make_page(SettingsPage, section="data")
    settle(desk)
    assert isinstance(page, SettingsPage)
    found = page.sections["data"]
    assert isinstance(found, DataSection)
    yield found
    del page


@pytest.mark.parametrize(("service", "button"), [("backup", "now"), ("check", "check")])
def test_from_the_settings(
    section: DataSection, desk: Desk, monkeypatch: pytest.MonkeyPatch, service: str, button: str
) -> None:
    work = Endless()
    monkeypatch.setattr(backups, service, work)
    getattr(section, button).click()
    assert work.began.wait(20)
    desk.tasks.close()
    assert work.stopped


def test_a_backup_asked_for_from_the_menu(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shell, qtbot, portfolio)
    work = Endless()
    monkeypatch.setattr(backups, "backup", work)
    assert shell.desk is not None
    shell.desk.act("backup")
    assert work.began.wait(20)
    shell.close()
    assert work.stopped
    assert backups.list_backups(portfolio) == []
    assert not shell.window.findChildren(CrashPage)


def test_the_cancel_button_stops_it_and_another_can_be_made(
    section: DataSection, desk: Desk, settle: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Endless()
    with monkeypatch.context() as patched:
        patched.setattr(backups, "backup", work)
        section.now.click()
        assert work.began.wait(20)
        section.progress.cancelled.emit()
        settle(desk)
    assert work.stopped
    assert not section.backup_row.wrong
    section.now.click()
    settle(desk)
    assert len(section.model.rows) == 1


def test_work_may_look_at_its_own_stop_from_its_first_step(qtbot: QtBot) -> None:
    """The task is not known yet while its work begins: what it looks at is made before."""
    tasks, stop = Tasks(), threading.Event()
    task = tasks.run(lambda: stop.wait(20), stop=stop)
    assert not task.cancelled
    task.cancel()
    assert stop.is_set()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    tasks.close()
