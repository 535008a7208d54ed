"""Journey (d): a success plan written by keyboard alone, with undo, autosave, a reading and a dated review."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cs_workbench.services import drafts, plan_reading, plan_versions
from cs_workbench.services.plan_reading import PlanView
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.account.plan import PlanTab
from tests.ui.conftest import (  # noqa: F401 - fixtures of the window
    NOW,
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

KEY, MOD = Qt.Key, Qt.KeyboardModifier


def view(at: Desk) -> PlanView:
    found = plan_reading.first_view(at.workbench.reads, 2, NOW.date())
    assert found is not None
    return found


def outline(at: Desk) -> list[str]:
    return ["  " * node.level + node.row.title for node in view(at).nodes]


def test_a_plan_by_keyboard(
    qtbot: QtBot,
    desk: Desk,  # noqa: F811
    window: MainWindow,  # noqa: F811
    settle: Callable[[Desk], None],  # noqa: F811
) -> None:
    window.go("account", account_id=2, tab="plan")
    settle(desk)
    tab = window.findChild(PlanTab)
    assert isinstance(tab, PlanTab)

    def focus() -> QLineEdit:
        found = tab.focusWidget()
        assert isinstance(found, QLineEdit)
        return found

    tab.chooser.empty.setFocus()
    qtbot.keyClick(tab.chooser.empty, KEY.Key_Space)
    settle(desk)
    tab.tree.setFocus()
    qtbot.keyClick(tab.tree, KEY.Key_Return)
    for words in ("Time for one report", "Rework on line 1"):
        qtbot.keyClicks(focus(), words)
        qtbot.keyClick(focus(), KEY.Key_Return)
    for words in ("Templates for lines 1-3", "Collect ten"):
        qtbot.keyClicks(focus(), words)
        if words == "Collect ten":
            tab.draft.flush()
            settle(desk)
            assert "Collect ten" in drafts.draft(desk.workbench.reads, "plan:2")
            qtbot.keyClicks(focus(), " reports")
        qtbot.keyClick(focus(), KEY.Key_Return)
    qtbot.keyClick(focus(), KEY.Key_Escape)
    settle(desk)
    for title, times in (("Templates for lines 1-3", 1), ("Collect ten reports", 2)):
        for _time in range(times):
            tab.tree.choose(next(node.ref for node in view(desk).nodes if node.row.title == title))
            qtbot.keyClick(tab.tree, KEY.Key_Tab)
            settle(desk)
    written = [
        "Time for one report",
        "Rework on line 1",
        "  Templates for lines 1-3",
        "    Collect ten reports",
    ]
    assert outline(desk) == written
    assert drafts.draft(desk.workbench.reads, "plan:2") == ""

    qtbot.keyClick(tab.tree, KEY.Key_Home)
    tab.tree.choose(view(desk).nodes[1].ref)
    qtbot.keyClick(tab.tree, KEY.Key_Up, MOD.AltModifier)
    settle(desk)
    assert outline(desk)[0] == "Rework on line 1"
    desk.tasks.write(desk.workbench.undo)
    settle(desk)
    assert outline(desk) == written

    qtbot.waitUntil(lambda: tab.model.nodes[0].row.title == "Time for one report")
    tab.tree.choose(view(desk).nodes[0].ref)
    qtbot.keyClick(tab.tree, KEY.Key_Right)
    fields = tab.pane.sentence.fields
    for name, words in (("baseline", "40"), ("target", "20"), ("unit", "min")):
        fields[name].setFocus()
        fields[name].selectAll()
        qtbot.keyClicks(fields[name], words)
        qtbot.keyClick(fields[name], KEY.Key_Return)
        settle(desk)
    qtbot.keyClicks(tab.pane.value, "35")
    qtbot.keyClick(tab.pane.value, KEY.Key_Return)
    settle(desk)
    assert view(desk).objectives[0].progress == 0.25
    tab.head.review.setFocus()
    qtbot.keyClick(tab.head.review, KEY.Key_Space)
    settle(desk)
    (version,) = view(desk).versions
    assert version.made_on == NOW.date()
    qtbot.keyClicks(tab.pane.value, "45")
    qtbot.keyClick(tab.pane.value, KEY.Key_Return)
    settle(desk)
    assert view(desk).objectives[0].progress == -0.25
    assert [one.part for one in plan_versions.changes(desk.workbench.reads, version.id)] == ["reading"]
