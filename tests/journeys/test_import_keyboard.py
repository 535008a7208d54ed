"""From a file on the disk to the day's work, without a mouse: Ctrl+I, one column corrected, Ctrl+Enter, Today, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cs_workbench.services import portfolios
from cs_workbench.ui import theme as themes
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.import_files import ImportDialog
from cs_workbench.ui.dialogs.import_frame import ImportFrame
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.tasks import Tasks
from tests.ui.conftest import no_qt_warnings, no_stray_windows, qapp, wardrobe

__all__ = ["no_qt_warnings", "no_stray_windows", "qapp", "wardrobe"]

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
LINES = (
    "Account ID,Account name,ARR,Renewal date,Heads",
    "A1,Northwind Traders,1200000,2027-01-15,24",
    "A2,Contoso,4000000,2026-12-31,60",
    "A3,Fabrikam,2640000,2027-02-28,40",
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, wardrobe: themes.Wardrobe) -> Iterator[Desk]:
    """A desk over a new, empty portfolio."""
    workbench = portfolios.create(str(tmp_path / "mine.csw"), now=NOW, language="en")
    bus, tasks = Bus(), Tasks()
    bus.attach(workbench)
    tasks.attach(workbench)
    made = Desk(workbench, bus, tasks, wardrobe, lambda: NOW)
    yield made
    tasks.close()
    bus.detach()
    workbench.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    """The window on Today."""
    made = MainWindow()
    qtbot.addWidget(made)
    made.attach(desk)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.go("today")
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)
    return made


def counts(desk: Desk) -> dict[str, int]:
    """How much the portfolio holds."""
    tables = ("account", "contract", "reading", "person")
    return {table: desk.workbench.reads.scalar(f"select count(*) from {table}") for table in tables}


def imported(qtbot: QtBot, window: MainWindow, desk: Desk, correct: Callable[[ImportDialog], None]) -> str:
    """Ctrl+I, the file, *correct*, Ctrl+Enter; what the button said. Esc where there is nothing to import."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog.empty_choose, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.work.state == "ready" and not desk.tasks.busy, timeout=20_000)
    correct(dialog)
    qtbot.waitUntil(lambda: dialog.work.state == "ready" and not desk.tasks.busy, timeout=20_000)
    said = dialog.main.words()
    if dialog.main.isEnabled():
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.gone, timeout=5_000)
    qtbot.wait(20)
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)
    return said


def seats(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Say by keyboard that "Heads" are seats."""
    header = dialog.rows.header
    header.setFocus()
    qtbot.keyClick(header, Qt.Key.Key_End)
    assert dialog.model.header_words(header.current) == "Heads"
    qtbot.keyClick(header, Qt.Key.Key_Return)
    menu = dialog.menu
    qtbot.waitUntil(menu.isVisible)
    words = [action.text() for action in menu.actions()]
    assert "Seats" in words
    for _n in range(len(words) + 2):
        active = menu.activeAction()
        if active is not None and active.text() == "Seats":
            break
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert dialog.model.field_words(header.current) == "Seats"


def test_from_a_file_to_todays_work(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Imported, seen on Today, imported again without a change, undone to nothing."""
    path = tmp_path / "accounts.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    monkeypatch.setattr(ImportFrame, "ask_for_files", lambda _self, take: take([str(path)]))
    empty = counts(desk)
    assert set(empty.values()) == {0}

    assert imported(qtbot, window, desk, lambda dialog: seats(qtbot, dialog)) == "Import 3 accounts"
    filled = counts(desk)
    assert (filled["account"], filled["contract"]) == (3, 3)
    assert desk.workbench.reads.all("select seats from contract order by seats") == [(24,), (40,), (60,)]

    page = window.page
    assert page is not None
    assert page.id == "today"
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)
    shown = {
        page.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(page.model.rowCount())
    }  # type: ignore[attr-defined]
    assert any("Contoso" in str(line) for line in shown), shown

    assert imported(qtbot, window, desk, lambda _dialog: None) == "Nothing to import"
    assert counts(desk) == filled
    assert len(desk.workbench.history()) == 1

    desk.workbench.undo()
    assert counts(desk) == empty
