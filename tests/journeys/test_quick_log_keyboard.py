"""Journey (b) by keyboard alone: the hot key, one line, Enter; stored, scored, told; Ctrl Z takes it back."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench import i18n
from cs_workbench.services import contacts, health, portfolios, sample, tasks
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.quick_log import QuickLog

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
LOG = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> QApplication:
    """The application as the program makes it."""
    return composition.application(qapp_args)


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample portfolio, scored."""
    i18n.set_language("en")
    path = str(tmp_path_factory.mktemp("sample") / "sample.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench:
        sample.create(workbench, today=NOW.date(), language="en")
        health.score_all(workbench, NOW.date(), now=NOW)
    return path


@pytest.fixture
def shell(
    qtbot: QtBot, qapp: QApplication, sample_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[composition.Shell]:
    """The running program on a copy of it, showing Today."""
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    session.keep({"theme": "light", "page": "today"})
    made = composition.Shell(qapp, clock=lambda: NOW)
    qtbot.addWidget(made.window)
    made.show()
    made.open(shutil.copy(sample_path, tmp_path / "p.csw"))
    qtbot.waitUntil(
        lambda: made.desk is not None and made.window.is_complete and not made.tasks.busy, timeout=30_000
    )
    made.window.activateWindow()
    yield made
    made.close()
    themes.wear(qapp, themes.load("light"))


def focus() -> object:
    return QApplication.focusWidget()


def press(
    qtbot: QtBot, shell: composition.Shell, key: Qt.Key, held: Qt.KeyboardModifier | None = None
) -> None:
    """One key to whatever has the keyboard, then wait for what it starts."""
    qtbot.keyClick(focus() or shell.window, key, held or Qt.KeyboardModifier.NoModifier)
    settle(qtbot, shell)


def settle(qtbot: QtBot, shell: composition.Shell) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)


def test_one_line_from_hot_key_to_undo(shell: composition.Shell, qtbot: QtBot) -> None:
    desk = shell.desk
    assert desk is not None
    reads = desk.workbench.reads
    number, name = reads.one("select id, name from account where name = 'Pellmoor Insurance Group'")
    before = reads.scalar("select count(*) from interaction")
    scored = health.latest(reads, number, desk.today())
    press(qtbot, shell, *LOG)
    log = shell.window.ground.findChild(QuickLog)
    assert log is not None
    assert focus() is log.text
    qtbot.keyClicks(log.text, "@pell")
    settle(qtbot, shell)
    press(qtbot, shell, Qt.Key.Key_Return)
    qtbot.keyClicks(log.text, "call 20m talked about renewal #risk !2026-12-01")
    settle(qtbot, shell)
    assert log.chips.texts()[:4] == [name, "Call", "20 min", "risk"]
    press(qtbot, shell, Qt.Key.Key_Return)
    assert not log.isVisible()
    made = contacts.contact(reads, reads.scalar("select max(id) from interaction"))
    assert (made.account_id, made.body, made.tags) == (number, "talked about renewal", ("risk",))
    (task,) = [one for one in tasks.open_tasks(reads, number) if one.interaction_id == made.id]
    assert task.due_on == dt.date(2026, 12, 1)
    qtbot.waitUntil(
        lambda: health.latest(reads, number, desk.today()) == health.score_of(reads, number, desk.today())
    )
    assert health.latest(reads, number, desk.today()) != scored
    assert shell.window.toasts.toast is not None
    assert log.text is not focus()
    press(qtbot, shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: reads.scalar("select count(*) from interaction") == before)
    assert [one for one in tasks.open_tasks(reads, number) if one.interaction_id == made.id] == []
    qtbot.waitUntil(
        lambda: health.latest(reads, number, desk.today()) == health.score_of(reads, number, desk.today())
    )


def test_the_same_in_japanese_through_an_input_method(shell: composition.Shell, qtbot: QtBot) -> None:
    desk = shell.desk
    assert desk is not None
    shell.speak("ja")
    reads = desk.workbench.reads
    before = reads.scalar("select count(*) from interaction")
    press(qtbot, shell, *LOG)
    log = shell.window.ground.findChild(QuickLog)
    assert log is not None

    def compose(preedit: str, commit: str) -> None:
        QApplication.sendEvent(log.text, QInputMethodEvent(preedit, []))
        qtbot.keyClick(log.text, Qt.Key.Key_Return)  # the key that commits, where a system passes it on
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(log.text, event)
        settle(qtbot, shell)
        assert log.isVisible()

    compose("なぎはら", "@凪原 ")
    compose("でんわ", "電話 20分 ")
    compose("こうしんのそうだん", "更新の相談 ")
    qtbot.keyClicks(log.text, "#")
    compose("りすく", "リスク ")
    qtbot.keyClicks(log.text, "!")
    compose("らいしゅうかよう", "来週火曜")
    assert log.chips.texts() == [
        "株式会社凪原精機",
        "電話",
        "20分",
        "リスク",
        "フォロー 12/1",
        log.chips.texts()[-1],
    ]
    assert reads.scalar("select count(*) from interaction") == before
    press(qtbot, shell, Qt.Key.Key_Return)
    made = contacts.contact(reads, reads.scalar("select max(id) from interaction"))
    assert (made.body, made.channel, made.tags) == ("更新の相談", "call", ("リスク",))
    shell.speak("en")


def test_the_single_letter_opens_it_about_the_row_chosen(shell: composition.Shell, qtbot: QtBot) -> None:
    page = shell.window.page
    assert page is not None
    item = page.chosen()  # type: ignore[attr-defined]
    press(qtbot, shell, Qt.Key.Key_L)
    log = shell.window.ground.findChild(QuickLog)
    assert log is not None
    assert log.account is not None
    assert log.account.name == item.account
    qtbot.keyClicks(log.text, "call lll")  # single letters are text here
    settle(qtbot, shell)
    assert log.text.toPlainText() == "call lll"
    press(qtbot, shell, Qt.Key.Key_Escape)
    assert not log.isVisible()
    assert focus() is not log.text
