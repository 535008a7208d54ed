"""An import goes on behind a window that closes or is made anew: it never ends without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench import app as composition
from cs_workbench.errors import UserError
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Told
from cs_workbench.ui.dialogs.import_files import ImportDialog, open_import
from cs_workbench.ui.dialogs.import_leaving import ImportLeavingSheet
from tests.ui.reception_fixtures import NOW, opened

Writing = Callable[[], ImportDialog]


@pytest.fixture
def shell(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, portfolio: str
) -> Iterator[composition.Shell]:
    """As in life, on the sample portfolio."""
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    session.keep({"theme": "light", "page": "keyboard"})
    made = composition.Shell(qapp, clock=lambda: NOW)
    made.show()
    opened(made, qtbot, portfolio)
    yield made
    made.close()
    themes.wear(qapp, themes.load("light"))


@pytest.fixture
def told(shell: composition.Shell) -> list[Told]:
    """The toasts."""
    heard: list[Told] = []
    assert shell.desk is not None
    shell.desk.told.connect(heard.append)
    return heard


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Writing waits here."""
    made = threading.Event()
    yield made
    made.set()


@pytest.fixture
def writing(
    shell: composition.Shell,
    qtbot: QtBot,
    tmp_path: Path,
    gate: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> Writing:
    """Open the dialog on a file of two accounts and begin to write them behind the window."""

    def begin() -> ImportDialog:
        assert shell.desk is not None
        path = tmp_path / "new.csv"
        path.write_text("Account ID,Account name\nZ1,Zeta One\nZ2,Zeta Two\n", encoding="utf-8")
        dialog = open_import(shell.desk, shell.window, [str(path)])
        qtbot.waitUntil(lambda: dialog.main.isEnabled() and not shell.tasks.busy, timeout=20_000)
        preview = dialog.work.preview
        assert preview is not None
        real = preview.apply
        monkeypatch.setattr(preview, "apply", lambda **asked: (gate.wait(10), real(**asked))[1])
        dialog.main.click()
        dialog.go_on.click()
        assert shell.desk.importing is dialog.work
        return dialog

    return begin


def zetas(shell: composition.Shell) -> int:
    """How many of the file's accounts are there."""
    assert shell.workbench is not None
    return int(shell.workbench.reads.scalar("select count(*) from account where name like 'Zeta%'"))


def question(shell: composition.Shell) -> ImportLeavingSheet:
    """The one open over the window."""
    (sheet,) = [one for one in shell.window.ground.findChildren(ImportLeavingSheet) if one.isVisible()]
    return sheet


def idle(shell: composition.Shell, qtbot: QtBot) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=20_000)


def test_closing_asks_and_finishes_first(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event
) -> None:
    """The window stays until the rows are in, then goes by itself."""
    writing()
    assert not shell.window.close()
    assert not shell.window.close(), "a second try asks no second time"
    sheet = question(shell)
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shell.window.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not shell.window.isVisible(), timeout=20_000)
    assert zetas(shell) == 2


def test_stopping_leaves_nothing_behind_and_closes(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event
) -> None:
    """The other answer."""
    writing()
    shell.window.close()
    question(shell).drop.click()
    gate.set()
    qtbot.waitUntil(lambda: not shell.window.isVisible(), timeout=20_000)
    assert zetas(shell) == 0


@pytest.mark.parametrize("closes", [True, False])
def test_the_question_outlives_the_import(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event, closes: bool
) -> None:
    """Nobody answered while it was written: the wish to close is neither forgotten nor done unasked."""
    writing()
    shell.window.close()
    sheet = question(shell)
    gate.set()
    idle(shell, qtbot)
    assert question(shell) is sheet
    assert sheet.title.text() == sheet.windowTitle() == sheet.accessibleName() == "The import has ended"
    assert sheet.words.text() == "Its rows are in the portfolio."
    assert not sheet.drop.isVisible()
    assert not sheet.progress.isVisible()
    assert sheet.finish.words() == "Close the window"
    (sheet.finish if closes else sheet.stay).click()
    if closes:
        qtbot.waitUntil(lambda: not shell.window.isVisible(), timeout=20_000)
    else:
        qtbot.waitUntil(lambda: not isValid(sheet), timeout=20_000)
        assert shell.window.isVisible()
    assert zetas(shell) == 2


def test_the_question_goes_on_to_another_portfolio_too(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event, tmp_path: Path
) -> None:
    """What was wanted is not to close; an import refused is said as such."""
    dialog = writing()
    shell.open(str(tmp_path / "other.csw"))
    sheet = question(shell)
    dialog.work.refused.emit(UserError("It cannot be", "Try it differently.", code="any"))
    assert sheet.words.text() == "No row of it is in the portfolio."
    assert sheet.finish.words() == "Go on"
    gate.set()
    idle(shell, qtbot)
    sheet.finish.click()
    qtbot.waitUntil(
        lambda: shell.window.page is not None and shell.window.page.id == "first_run", timeout=20_000
    )


def test_staying_keeps_both(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event, told: list[Told]
) -> None:
    """Esc: the window stays, and so it does once the import has ended."""
    writing()
    shell.window.close()
    qtbot.keyClick(question(shell), Qt.Key.Key_Escape)
    gate.set()
    idle(shell, qtbot)
    assert shell.window.isVisible()
    assert told[-1].text == "Imported 2 accounts"


def test_another_portfolio_waits_as_well(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event, tmp_path: Path
) -> None:
    """Opening another file would cut the writing off just so."""
    writing()
    before = shell.workbench
    shell.open(str(tmp_path / "other.csw"))
    assert shell.workbench is before
    assert question(shell).isVisible()
    question(shell).stay.click()
    gate.set()
    idle(shell, qtbot)
    assert zetas(shell) == 2


def test_a_new_scale_ends_no_import(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event, told: list[Told]
) -> None:
    """The window and its dialog are new; the end is told with Undo, and the accounts have scores."""
    before = writing()
    shell.wardrobe.resize(1.25)
    assert shell.desk is not None
    again = open_import(shell.desk, shell.window)
    assert again is not before
    assert again.work is shell.desk.importing
    assert again.progress.isVisible()
    again.go_on.click()
    gate.set()
    idle(shell, qtbot)
    assert [(one.text, one.undo) for one in told if one.undo] == [("Imported 2 accounts", True)]
    assert zetas(shell) == 2
    scored = "select count(*) from snapshot s join account a on a.id = s.account_id where a.name like 'Zeta%'"
    assert shell.workbench is not None
    assert shell.workbench.reads.scalar(scored) == 2
    assert shell.desk.importing is None


def test_a_refusal_nobody_watches_is_a_toast(
    shell: composition.Shell, writing: Writing, told: list[Told]
) -> None:
    """The dialog is out of sight: its band cannot say it."""
    dialog = writing()
    dialog.work.refused.emit(UserError("It cannot be", "Try it differently.", code="any"))
    assert [one.text for one in told if one.tone == "bad"] == ["It cannot be"]
    dialog.work.behind = False
    dialog.work.refused.emit(UserError("Seen in the dialog", "", code="any"))
    assert [one.text for one in told if one.tone == "bad"] == ["It cannot be"]


def test_the_keyboard_stands_on_the_answer_that_loses_nothing(
    shell: composition.Shell, qtbot: QtBot, writing: Writing, gate: threading.Event
) -> None:
    """Enter presses what has the ring: not the stopping."""
    writing()
    shell.window.activateWindow()
    shell.window.close()
    sheet = question(shell)
    assert sheet.focusWidget() is sheet.finish
    sheet.stay.click()


def test_the_band_above_the_pages_speaks_the_new_language(shell: composition.Shell, qtbot: QtBot) -> None:
    """What is said about the portfolio changes with everything else."""

    def said() -> str:
        return " ".join(one.text() for one in shell.window.bands.findChildren(QLabel) if one.isVisible())

    assert "sample" in said()
    shell.speak("ja")
    assert "サンプル" in said()
    assert "sample" not in said()
    shell.speak("en")
    assert "sample" in said()
