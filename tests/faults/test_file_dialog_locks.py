"""Asking for a file beside the open portfolio leaves its locks alone: POSIX takes them at any close of the file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.application import application
from cs_workbench.ui.widgets import file_dialog
from tests.builders_store import NOW, add_account

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/locks")


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = str(tmp_path / "p.csw")
    with portfolios.create(made, now=NOW, language="en") as wb, wb.change("Add") as db:
        add_account(db)
    (tmp_path / "notes").write_text("no suffix", encoding="utf-8")
    (tmp_path / "list.csv").write_text("a,b\n", encoding="utf-8")
    return made


def locks(path: str) -> set[str]:
    """Which of the portfolio's files this process holds a POSIX lock on."""
    files = {os.stat(path + suffix).st_ino: suffix for suffix in ("", "-shm")}
    held = [line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines()]
    ours = [one for one in held if one[1] == "POSIX" and one[4] == str(os.getpid())]
    return {files[number] for one in ours if (number := int(one[5].split(":")[2])) in files}


def listed(dialog: QFileDialog) -> list[str]:
    """What the dialog shows with everything it shows of it."""
    found = []
    for view in dialog.findChildren(QWidget, "treeView"):
        model, root = view.model(), view.rootIndex()  # type: ignore[attr-defined]
        for row in range(model.rowCount(root)):
            found.append(" ".join(str(model.index(row, at, root).data()) for at in range(3)))
            model.index(row, 0, root).data(1)  # its icon
    return found


@pytest.mark.parametrize("fits", [file_dialog._one, file_dialog._many, file_dialog._new])
def test_the_portfolio_stays_locked(
    path: str, qtbot: QtBot, fits: Callable[[file_dialog.FileDialog], None]
) -> None:
    application([])
    with Workbench.open(path) as wb:
        wb.claim()
        wb.reads.scalar("select count(*) from account")
        if "-shm" not in locks(path):
            pytest.skip("the locks of a process are not told here")
        before = locks(path)
        dialog = file_dialog.FileDialog(None, "Open portfolio", os.path.dirname(path))
        qtbot.addWidget(dialog)
        fits(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: sum("p.csw" in line for line in listed(dialog)) >= 2)
        assert any("CSV" in line for line in listed(dialog))
        qtbot.wait(100)
        assert locks(path) == before
        dialog.reject()


def test_the_place_and_name_to_begin_with(path: str, qtbot: QtBot) -> None:
    application([])
    folder = os.path.dirname(path)
    for start, names in ((folder, []), (os.path.join(folder, "new.pdf"), ["new.pdf"])):
        dialog = file_dialog.FileDialog(None, "Save", start)
        qtbot.addWidget(dialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        assert dialog.directory().path() == folder
        assert [os.path.basename(one) for one in dialog.selectedFiles() if one != folder] == names


@pytest.mark.parametrize("takes", [True, False])
def test_what_is_chosen_comes_back(path: str, qtbot: QtBot, *, takes: bool) -> None:
    app = application([])
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def answer() -> None:
        dialog = app.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.accept() if takes else dialog.reject()

    start = os.path.join(os.path.dirname(path), "list.csv")
    for ask in (file_dialog.ask_open, file_dialog.ask_save):
        QTimer.singleShot(200, answer)
        assert ask(parent, "Which", start) == (start if takes else "")
    QTimer.singleShot(200, answer)
    assert file_dialog.ask_open_many(parent, "Which", start) == ([start] if takes else [])
    QTimer.singleShot(200, answer)
    folder = os.path.dirname(start)
    assert file_dialog.ask_folder(parent, "Which", folder) == (folder if takes else "")
