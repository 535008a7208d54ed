"""A portfolio only read keeps nothing typed: that is said, and when it goes the words come along or it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import backups, drafts, typed_left
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import unkept
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.quick_log import QuickLog, open_quick_log
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.account.note import NoteBox
from cs_workbench.ui.pages.settings.restoring import RestoreSheet
from cs_workbench.ui.widgets import file_dialog
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.sheet import Sheet
from tests.ui.reception_fixtures import opened, settled, shell

__all__ = ["shell"]

NOT_KEPT = "Not kept: open for reading only"
LINE = "call 20m typed while only reading"


@pytest.fixture
def first(portfolio: str) -> Iterator[Workbench]:
    """Another window that writes in the portfolio."""
    with Workbench.open(portfolio) as made:
        made.claim()
        yield made


@pytest.fixture
def reading(first: Workbench, shell: composition.Shell, qtbot: QtBot, portfolio: str) -> composition.Shell:
    """The portfolio open for reading only."""
    opened(shell, qtbot, portfolio)
    assert shell.workbench is not None
    assert shell.workbench.database.read_only
    return shell


def typed(shell: composition.Shell, qtbot: QtBot, text: str = LINE) -> QuickLog:
    """The quick log about account 1, with *text* typed and looked after."""
    assert shell.desk is not None
    log = open_quick_log(shell.desk, shell.window, account_id=1)
    settled(shell, qtbot)
    qtbot.keyClicks(log.text, text)
    log.keeper._timer.timeout.emit()
    settled(shell, qtbot)
    return log


def again(shell: composition.Shell, qtbot: QtBot, path: str) -> None:
    """Open *path* from here, and wait until it stands."""
    before = shell.workbench
    shell.open(path)
    qtbot.waitUntil(lambda: shell.workbench is not None and shell.workbench is not before, timeout=60_000)
    qtbot.wait(1)
    settled(shell, qtbot)


def logs(shell: composition.Shell) -> list[QuickLog]:
    """The quick logs over the window."""
    return shell.window.ground.findChildren(QuickLog)


def kept(shell: composition.Shell) -> list[str]:
    """The lines that are kept."""
    assert shell.workbench is not None
    return [one.text for one in drafts.unsaved(shell.workbench.reads) if one.is_quick_log]


def test_the_quick_log_says_at_once_that_nothing_is_kept(reading: composition.Shell, qtbot: QtBot) -> None:
    assert reading.desk is not None
    log = open_quick_log(reading.desk, reading.window, account_id=1)
    assert log.state.text().strip() == NOT_KEPT
    assert "What is typed here is not kept." in reading.window.bands.notices["reading"].second.text()
    settled(reading, qtbot)
    assert typed(reading, qtbot) is log
    assert log.state.text().strip() == NOT_KEPT
    assert not log.footer.save.isEnabled()
    assert log.footer.save.toolTip() == NOT_KEPT
    qtbot.keyClick(log.text, Qt.Key.Key_Return)
    settled(reading, qtbot)
    assert "opened for reading only" in log.problem.first.text()
    assert log.text.toPlainText() == LINE
    assert kept(reading) == []
    assert not reading.window.status.saved.words.text().startswith("Not saved since")
    qtbot.keyClick(log.text, Qt.Key.Key_Escape)
    assert open_quick_log(reading.desk, reading.window, account_id=1).text.toPlainText() == LINE


def test_the_line_comes_along_once_it_can_be_written(
    reading: composition.Shell, first: Workbench, qtbot: QtBot, portfolio: str
) -> None:
    before = typed(reading, qtbot)
    first.close()
    again(reading, qtbot, portfolio)
    (log,) = logs(reading)
    assert log is not before
    assert log.isVisible()
    assert log.text.toPlainText() == LINE
    assert log.account is not None
    assert log.account.id == 1
    log.keeper._timer.timeout.emit()
    settled(reading, qtbot)
    assert kept(reading) == [LINE]
    assert log.state.text() == "Draft saved"
    assert reading.workbench is not None
    count = reading.workbench.reads.scalar("select count(*) from interaction")
    log.save()
    settled(reading, qtbot)
    assert reading.workbench.reads.scalar("select count(*) from interaction") == count + 1
    assert kept(reading) == []


def test_typed_a_moment_before_and_still_taken_it_comes_along_as_well(
    reading: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    assert reading.desk is not None
    log = open_quick_log(reading.desk, reading.window, account_id=1)
    settled(reading, qtbot)
    qtbot.keyClicks(log.text, LINE)
    again(reading, qtbot, portfolio)
    (log,) = logs(reading)
    assert (log.text.toPlainText(), log.state.text().strip()) == (LINE, NOT_KEPT)


def test_it_goes_on_from_what_the_other_window_had_kept(
    reading: composition.Shell, first: Workbench, qtbot: QtBot, portfolio: str
) -> None:
    assert reading.desk is not None
    drafts.keep(first, drafts.quick_log_key(1), "call about", now=reading.desk.now())
    log = open_quick_log(reading.desk, reading.window, account_id=1)
    settled(reading, qtbot)
    log.text.moveCursor(log.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(log.text, " seats")
    first.close()
    again(reading, qtbot, portfolio)
    (log,) = logs(reading)
    assert log.text.toPlainText() == "call about seats"


def test_another_portfolio_gets_nothing_of_it_but_the_text_can_be_copied(
    reading: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path
) -> None:
    typed(reading, qtbot)
    other = str(shutil.copy(portfolio, tmp_path / "Other.csw"))
    again(reading, qtbot, other)
    assert logs(reading) == []
    toast = reading.window.toasts.toast
    assert toast is not None
    assert (toast.told.text, toast.told.tone) == ("What was typed is not kept", "warn")
    assert "Takahashi 2026" in toast.told.second
    toast.link.click()
    assert QGuiApplication.clipboard().text() == LINE
    assert kept(reading) == []


def test_a_line_that_is_kept_closes_with_its_portfolio(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path
) -> None:
    opened(shell, qtbot, portfolio)
    assert shell.desk is not None
    log = open_quick_log(shell.desk, shell.window, account_id=1)
    settled(shell, qtbot)
    qtbot.keyClicks(log.text, LINE)
    again(shell, qtbot, str(shutil.copy(portfolio, tmp_path / "Other.csw")))
    assert logs(shell) == []
    assert shell.window.toasts.toast is None
    assert kept(shell) == []
    with Workbench.open(portfolio) as before:
        assert [one.text for one in drafts.unsaved(before.reads)] == [LINE]


class Form(Sheet):
    """A sheet with one field."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Form")
        self.edit = LineEdit(name="Words")
        QVBoxLayout(self.body).addWidget(self.edit)


@pytest.mark.parametrize("only_read", [False, True])
def test_a_sheet_closes_with_its_portfolio_and_its_words_stay(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, only_read: bool
) -> None:
    with Workbench.open(portfolio) as other:
        if only_read:
            other.claim()
        opened(shell, qtbot, portfolio)
        typing = shell.window.typed
        assert typing is not None
        if not only_read:
            qtbot.waitUntil(lambda: typing._kept is not None, timeout=20_000)
        sheet = Form(shell.window)
        sheet.unfold()
        sheet.edit.setFocus()
        QTest.keyClicks(sheet.edit, "half a thought")
    assert shell.workbench is not None
    if only_read:
        again(shell, qtbot, portfolio)
    else:
        shell.leave_portfolio()
        again(shell, qtbot, portfolio)
    assert not shell.window.ground.findChildren(Form)
    after = shell.window.typed
    assert after is not None
    qtbot.waitUntil(lambda: [one.text for one in after.left] == ["half a thought"], timeout=20_000)
    settled(shell, qtbot)
    assert shell.workbench is not None
    assert [one.text for one in typed_left.read(shell.workbench.reads)] == ["half a thought"]
    assert shell.window.bands.notices["kept"].second.text().startswith("Kept: “half a thought”")


def test_words_of_a_field_are_told_while_it_is_still_only_read(
    reading: composition.Shell, first: Workbench, qtbot: QtBot, portfolio: str
) -> None:
    page = reading.window.page
    assert page is not None
    edit = LineEdit(name="Remark")
    edit.setParent(page)
    edit.show()
    edit.setFocus()
    QTest.keyClicks(edit, "ask in May")
    for _twice in range(2):
        again(reading, qtbot, portfolio)
        assert reading.window.bands.notices["kept"].second.text().startswith("Not kept: “ask in May”")
    assert typed_left.read(first.reads) == ()


def test_going_on_in_a_copy_it_is_kept_there(
    reading: composition.Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = typed(reading, qtbot)
    qtbot.keyClick(log.text, Qt.Key.Key_Escape)
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [str(tmp_path / "Copy.csw")])
    reading.window.bands.notices["reading"].buttons[1].click()
    settled(reading, qtbot)
    qtbot.waitUntil(lambda: kept(reading) == [LINE], timeout=20_000)
    assert reading.desk is not None
    assert open_quick_log(reading.desk, reading.window).state.text() == ""
    settled(reading, qtbot)


def test_another_window_takes_it_along(reading: composition.Shell, qtbot: QtBot) -> None:
    """As after another size, which wants a new window."""
    typed(reading, qtbot)
    window = MainWindow()
    qtbot.addWidget(window)
    window.complete()
    desk = reading.desk
    assert desk is not None
    reading.window.leave_page()
    window.attach(desk)
    qtbot.waitUntil(lambda: bool(window.ground.findChildren(QuickLog)), timeout=20_000)
    settled(reading, qtbot)
    (log,) = window.ground.findChildren(QuickLog)
    assert (log.text.toPlainText(), log.isHidden()) == (LINE, False)
    assert desk.unkept is None


def test_a_restore_that_failed_opens_nothing_over_what_comes(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    info = backups.backup(desk.workbench, now=desk.now())
    Path(info.path).write_bytes(b"spoilt")
    sheet = RestoreSheet(window, desk, info)
    sheet.unfold()
    reopened: list[str] = []
    desk.opened.connect(reopened.append)
    sheet.restore()
    settle(desk)
    assert sheet.problem.text()
    assert unkept.put_away(window) == ("", None)
    assert not sheet.isVisible()
    assert reopened == []


def test_a_note_says_so_too(reading: composition.Shell, qtbot: QtBot) -> None:
    reading.window.go("account", account_id=1, tab="timeline")
    settled(reading, qtbot)
    assert reading.window.page is not None
    note = reading.window.page.findChild(NoteBox)
    assert note is not None
    note.text.setFocus()
    qtbot.keyClicks(note.text, "call about seats")
    note._timer.timeout.emit()
    settled(reading, qtbot)
    assert note.state.text() == NOT_KEPT
    assert reading.window.typed is not None
    assert [one.text for one in reading.window.typed.standing()] == ["call about seats"]
