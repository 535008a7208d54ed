"""New, open, save as, duplicate, recent: by keyboard, with refusals at the field, and nothing ever written over."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import session
from cs_workbench.ui.dialogs.portfolio_new import NewPortfolio
from cs_workbench.ui.opening_recent import shown_name
from cs_workbench.ui.widgets import file_dialog
from tests.ui.reception_fixtures import NOW, opened, settled, shell

__all__ = ["shell"]


@pytest.fixture
def running(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> composition.Shell:
    opened(shell, qtbot, portfolio)
    shell.window.go("keyboard")
    settled(shell, qtbot)
    return shell


def new_dialog(running: composition.Shell, qtbot: QtBot) -> NewPortfolio:
    running.window.act("portfolio_new")
    dialog = running.window.findChild(NewPortfolio)
    assert dialog is not None
    assert dialog.isVisible()
    assert not dialog.isWindow()
    return dialog


def says(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person answers every question for a file with *path*."""
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [path] if path else [])


def test_a_new_portfolio_by_keyboard(running: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    dialog = new_dialog(running, qtbot)
    qtbot.keyClicks(dialog.name.edit, "East 2027")
    dialog.language.choose("ja")
    assert dialog.currency.currentData() == "JPY"
    dialog.currency.setCurrentIndex(dialog.currency.findData("EUR"))
    dialog.zone.setCurrentIndex(dialog.zone.findData("Asia/Tokyo"))
    qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = os.path.join(os.path.dirname(portfolio), "East 2027.csw")
    qtbot.waitUntil(lambda: running.workbench is not None and running.workbench.path == made, timeout=60_000)
    settled(running, qtbot)
    wb = running.workbench
    assert wb is not None
    assert [wb.setting(key) for key in ("language", "currency", "time_zone")] == ["ja", "EUR", "Asia/Tokyo"]
    assert stat.S_IMODE(os.stat(made).st_mode) == 0o600
    assert running.window.rail.portfolio.text() == "East 2027"


def test_a_new_portfolio_with_a_passphrase(running: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    dialog = new_dialog(running, qtbot)
    assert not dialog.passphrase.isVisible()
    dialog.name.edit.setText("Secret")
    qtbot.keyClick(dialog.encrypt, Qt.Key.Key_Space)
    assert dialog.focusWidget() is dialog.passphrase.edit
    assert dialog.passphrase.edit.echoMode() == QLineEdit.EchoMode.Password
    dialog.make.click()
    assert dialog.passphrase.problem.text() == "A passphrase is missing."
    qtbot.keyClicks(dialog.passphrase.edit, "abc")
    assert dialog.strength.text().startswith("Weak")
    dialog.passphrase.edit.setText("four unrelated words")
    assert dialog.strength.text().startswith(("Fair", "Strong"))
    dialog.again.edit.setText("four unrelated word")
    dialog.make.click()
    assert dialog.again.problem.text() == "The two do not agree."
    assert dialog.focusWidget() is dialog.again.edit
    dialog.again.edit.setText("four unrelated words")
    dialog.make.click()
    made = os.path.join(os.path.dirname(portfolio), "Secret.csw")
    qtbot.waitUntil(lambda: running.workbench is not None and running.workbench.path == made, timeout=60_000)
    settled(running, qtbot)
    assert not Path(made).read_bytes().startswith(b"SQLite")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "A name is missing."),
        ("   ", "A name is missing."),
        ("../outside", "A file name cannot contain"),
        ("a:b", "A file name cannot contain"),
        (".hidden", "A file name cannot contain"),
        ("あ" * 100, "This name is too long for a file."),
        ("Takahashi 2026", "A portfolio of this name is there already."),
        ("Takahashi 2026.csw", "A portfolio of this name is there already."),
    ],
)
def test_a_name_is_refused_at_its_field(
    running: composition.Shell, qtbot: QtBot, portfolio: str, name: str, said: str
) -> None:
    before = sorted(os.listdir(os.path.dirname(portfolio)))
    dialog = new_dialog(running, qtbot)
    dialog.name.edit.setText(name)
    dialog.make.click()
    assert dialog.name.problem.text().startswith(said)
    assert dialog.focusWidget() is dialog.name.edit
    settled(running, qtbot)
    assert sorted(os.listdir(os.path.dirname(portfolio))) == before
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert running.workbench is not None
    assert running.workbench.path == portfolio


def test_where_it_cannot_be_made_the_dialog_stays(
    running: composition.Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_bytes(b"")
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [str(tmp_path / "a file")])
    dialog = new_dialog(running, qtbot)
    dialog.elsewhere.click()
    dialog.name.edit.setText("East")
    dialog.make.click()
    settled(running, qtbot)
    assert dialog.isVisible()
    assert dialog.name.problem.text()
    assert dialog.make.isEnabled()
    dialog.reject()


def test_every_field_has_a_name_and_no_label_is_rich(running: composition.Shell, qtbot: QtBot) -> None:
    dialog = new_dialog(running, qtbot)
    dialog.encrypt.setChecked(True)
    fields = [dialog.name.edit, dialog.language, dialog.currency, dialog.zone, dialog.encrypt,
              dialog.passphrase.edit, dialog.again.edit]  # fmt: skip
    assert all(field.accessibleName() for field in fields)
    assert {label.textFormat() for label in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    dialog.reject()


def test_save_as_goes_on_in_the_copy_on_the_same_page(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(str(tmp_path / "Copy"), monkeypatch)
    page = running.window.navigation.page
    running.window.act("portfolio_save_as")
    settled(running, qtbot)
    copy = str(tmp_path / "Copy.csw")
    assert running.workbench is not None
    assert running.workbench.path == copy
    assert running.window.navigation.page is page
    assert running.window.windowTitle() == "Copy – CS Workbench"
    assert session.known() == [copy, portfolio]
    toast = running.window.toasts.toast
    assert toast is not None
    assert toast.first.text() == "You now work in Copy.csw"


def test_a_duplicate_stays_closed_and_is_one_press_away(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = str(tmp_path / "Copy.csw")
    says(copy, monkeypatch)
    running.window.act("portfolio_duplicate")
    settled(running, qtbot)
    assert running.workbench is not None
    assert running.workbench.path == portfolio
    toast = running.window.toasts.toast
    assert toast is not None
    assert toast.link.words() == "Open it"
    toast.link.click()
    qtbot.waitUntil(lambda: running.workbench is not None and running.workbench.path == copy, timeout=60_000)
    settled(running, qtbot)


@pytest.mark.parametrize("verb", ["portfolio_save_as", "portfolio_duplicate"])
def test_a_file_that_is_there_is_never_written_over(
    running: composition.Shell,
    qtbot: QtBot,
    portfolio: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
) -> None:
    taken = tmp_path / "Thesis.csw"
    taken.write_bytes(b"years of work")
    says(str(taken), monkeypatch)
    running.window.act(verb)
    settled(running, qtbot)
    assert taken.read_bytes() == b"years of work"
    toast = running.window.toasts.toast
    assert toast is not None
    assert toast.told.tone == "bad"
    assert running.workbench is not None
    assert running.workbench.path == portfolio


@pytest.mark.parametrize("verb", ["portfolio_open", "portfolio_save_as", "portfolio_duplicate"])
def test_no_answer_changes_nothing(
    running: composition.Shell, qtbot: QtBot, portfolio: str, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    says("", monkeypatch)
    running.window.act(verb)
    settled(running, qtbot)
    assert running.workbench is not None
    assert running.workbench.path == portfolio


def test_another_portfolio_is_opened_and_the_first_let_go(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(tmp_path / "West.csw")
    portfolios.create(other, now=NOW, language="en").close()
    says(other, monkeypatch)
    running.window.act("portfolio_open")
    qtbot.waitUntil(lambda: running.workbench is not None and running.workbench.path == other, timeout=60_000)
    settled(running, qtbot)
    with Workbench.open(portfolio) as first:
        first.claim()


def recent_lines(running: composition.Shell, qtbot: QtBot) -> list[str]:
    running.reception.recent.fill()
    settled(running, qtbot)
    return [line.text() for line in running.reception.recent.lines()]


def test_recent_portfolios_are_in_both_menus(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path
) -> None:
    other = str(tmp_path / "West & East.csw")
    portfolios.create(other, now=NOW, language="en").close()
    session.remember(other)
    session.remember(portfolio)
    menu = running.reception.recent.menu
    file_menu = running.window.menuBar().actions()[0].menu()
    assert menu.menuAction() in running.window.rail.menu.actions()
    assert menu.menuAction() in file_menu.actions()  # type: ignore[union-attr]
    assert recent_lines(running, qtbot) == [shown_name(other)]
    assert "West && East" in shown_name(other)
    running.reception.recent.lines()[0].trigger()
    qtbot.waitUntil(lambda: running.workbench is not None and running.workbench.path == other, timeout=60_000)
    settled(running, qtbot)
    assert recent_lines(running, qtbot) == [shown_name(portfolio)]


def test_a_recent_portfolio_that_is_gone_says_why_and_can_go(
    running: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path
) -> None:
    gone = str(tmp_path / "gone <b>.csw")
    session.remember(gone)
    session.remember(portfolio)
    assert recent_lines(running, qtbot) == [shown_name(gone)]
    below = running.reception.recent.lines()[0].menu()
    reason, look, remove = below.actions()  # type: ignore[union-attr]
    assert (reason.text(), reason.isEnabled()) == ("The file is not there any more", False)
    assert look.isEnabled()
    remove.trigger()
    assert session.known() == [portfolio]
    assert recent_lines(running, qtbot) == []
    assert not running.reception.recent.menu.isEnabled()


def test_the_list_keeps_eight_and_each_once() -> None:
    for number in range(12):
        session.remember(f"/x/{number}.csw")
    session.remember("/x/9.csw")
    assert session.known() == [f"/x/{n}.csw" for n in (9, 11, 10, 8, 7, 6, 5, 4)]
    assert session.recent() == []
    session.forget("/x/11.csw")
    assert "/x/11.csw" not in session.known()
