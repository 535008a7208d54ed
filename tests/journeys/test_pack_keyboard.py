"""Journey (c) by keyboard: from an account → Ctrl Shift P → choices → make → files, archive, nothing internal."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.reports.leaks import file_texts
from cs_workbench.services import account_tabs, pack_archive
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.pack import PackDialog
from cs_workbench.ui.main_window import MainWindow
from tests.ui.conftest import (  # noqa: F401 - fixtures
    desk,
    no_qt_warnings,
    no_stray_windows,
    portfolio,
    qapp,
    sample_portfolio,
    settle,
    wardrobe,
    window,
)

Settle = Callable[[Desk], None]
CANARY = "Canary: the buyer asked for a discount in confidence"


def plant(workbench: Workbench, account: int) -> None:
    """Put the canary into every internal field of the account."""
    with workbench.change("Plant") as db:
        db.execute("update account set note = ? where id = ?", (CANARY, account))
        db.execute("update contract set note = ? where account_id = ?", (CANARY, account))
        db.execute("update person set note = ? where account_id = ?", (CANARY, account))
        db.execute(
            "update interaction set body = ? where account_id = ? and shareable = 0", (CANARY, account)
        )
        db.execute("update task set note = ? where account_id = ?", (CANARY, account))


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(widget.focusWidget() or widget, key, held or Qt.KeyboardModifier.NoModifier)


def go(qtbot: QtBot, window: MainWindow, letter: str) -> None:  # noqa: F811
    """G and a letter, as soon as the window has the keyboard (again)."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    page = window.page
    assert page is not None
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_G)
    qtbot.keyClicks(page, letter)


def tab_to(qtbot: QtBot, dialog: PackDialog, wanted: QWidget) -> None:
    """Go on with Tab until *wanted* has the focus; never more than once round."""
    for _step in range(60):
        now = dialog.focusWidget()
        if now is wanted or (now is not None and wanted.isAncestorOf(now)):
            return
        press(qtbot, dialog, Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not reach {wanted.accessibleName()}")


def text_of(path: Path) -> str:
    """Every word in a file: pages and hidden parts."""
    told = [text for _place, text in file_texts(str(path))]
    if path.suffix == ".pdf":
        told += [page.extract_text() for page in PdfReader(path).pages]
    return "\n".join(told)


@pytest.mark.parametrize("start", ["account", "renewals"])
def test_a_pack_by_keyboard_alone(
    qtbot: QtBot,
    window: MainWindow,  # noqa: F811
    desk: Desk,  # noqa: F811
    settle: Settle,  # noqa: F811
    tmp_path: Path,
    start: str,
) -> None:
    folder = tmp_path / "Documents"
    if start == "account":
        desk.open_account(1)
    else:
        go(qtbot, window, "r")
    settle(desk)
    assert window.page is not None
    assert window.page.id == start
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_P, keys)
    settle(desk)
    (dialog,) = window.findChildren(PackDialog)
    qtbot.waitUntil(lambda: bool(dialog.preview.images), timeout=20_000)
    (account,) = dialog.choices.accounts.ids
    plant(desk.workbench, account)
    choices = dialog.choices

    tab_to(qtbot, dialog, choices.language)
    press(qtbot, dialog, Qt.Key.Key_Left)
    assert choices.language.taken == "ja"
    tab_to(qtbot, dialog, choices.formats["docx"])
    press(qtbot, dialog, Qt.Key.Key_Space)
    tab_to(qtbot, dialog, choices.formats["md"])
    press(qtbot, dialog, Qt.Key.Key_Space)
    tab_to(qtbot, dialog, choices.folder)
    choices.folder.selectAll()
    qtbot.keyClicks(choices.folder, str(folder))
    press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not choices._settled.isActive())
    settle(desk)
    press(qtbot, dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert dialog.sheets.shows_outcome

    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".docx", ".md", ".pdf"]
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert CANARY.casefold() not in text_of(path).casefold()
        assert "更新資料" in path.name

    press(qtbot, dialog, Qt.Key.Key_Escape)
    settle(desk)
    (line,) = account_tabs.documents(desk.workbench.reads, account)
    assert (line.edition, line.language, len(line.paths)) == ("customer", "ja", 3)
    (kept,) = pack_archive.lines(desk.workbench.reads)
    assert sorted(kept.paths) == sorted(str(path) for path in files)

    go(qtbot, window, "d")
    settle(desk)
    assert window.page is not None
    assert window.page.id == "documents"
    assert os.listdir(folder)
    assert QApplication.activeModalWidget() is None
