"""Keys of the import dialog against those of the window behind it; names proposed for files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import i18n, paths
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.import_files import ImportDialog
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.widgets import file_dialog
from tests.ui.test_import_dialog import GOOD, file_of, opened, ready

__all__ = ["opened", "ready"]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("where", ["dialog", "rows", "button"])
def test_ctrl_i_is_the_dialogs_alone(
    where: str, qtbot: QtBot, opened: Callable[..., ImportDialog], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Whatever in the dialog has the keyboard claims the key before a shortcut of the window can."""
    dialog = opened(file_of(tmp_path, *GOOD))
    asked: list[object] = []
    monkeypatch.setattr(dialog, "ask_for_files", asked.append)
    target = {"dialog": dialog, "rows": dialog.rows, "button": dialog.main}[where]
    claim = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_I, CTRL)
    claim.ignore()
    QApplication.sendEvent(dialog, claim)
    assert claim.isAccepted()
    qtbot.keyClick(target, Qt.Key.Key_I, CTRL)
    assert len(asked) == 1


def test_left_out_rows_are_named_in_the_language_of_the_window(
    opened: Callable[..., ImportDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(file_of(tmp_path, *GOOD, "Z3,Zeta Three,12O000,2027-03-31,2", name="担当先一覧.csv"))
    names: list[str] = []
    monkeypatch.setattr(dialog, "ask_where_to_save", lambda name, _take: names.append(name))
    dialog.save.click()
    i18n.set_language("ja")
    dialog.save.click()
    i18n.set_language("en")
    assert names == ["担当先一覧 - left-out rows.csv", "担当先一覧 - 対象外の行.csv"]


def test_copies_and_exports_of_the_unnamed_portfolio_bear_its_name_in_words(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.ui.dialogs import portfolio
    from cs_workbench.ui.dialogs.export import ExportDialog

    proposed: list[str] = []
    monkeypatch.setattr(file_dialog, "asked", lambda _w, _t, path, *_more: proposed.append(path) or [])
    monkeypatch.setattr(paths, "default_portfolio", lambda: desk.workbench.path)
    portfolio.duplicate(desk, window)
    i18n.set_language("ja")
    portfolio.duplicate(desk, window)
    dialog = ExportDialog(desk, window, None)
    target = os.path.basename(dialog.target())
    i18n.set_language("en")
    assert [os.path.basename(path) for path in proposed] == [
        "My portfolio copy.csw",
        "マイポートフォリオのコピー.csw",
    ]
    assert {os.path.dirname(path) for path in proposed} == {os.path.dirname(desk.workbench.path)}
    assert target.startswith("マイポートフォリオ")
