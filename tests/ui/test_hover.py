"""What can be pressed shows that the mouse is on it: the style asks for hover events of every button of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.rail_items import RailItem
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.glass_box import BoxRow, GlassLine
from cs_workbench.ui.widgets.segmented import Segment
from cs_workbench.ui.widgets.tabs import Tab, TabEntry

MADE: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("Import"),
    "quiet button": lambda: Button("Group", "quiet"),
    "rail line": lambda: RailItem("sun", "Today"),
    "tab": lambda: Tab(TabEntry("a", "Overview", "heart-pulse")),
    "segment": lambda: Segment("Light", "first"),
    "measure": lambda: GlassLine(BoxRow("measure", "Seats used", "seats_used")),
}


@pytest.mark.parametrize("name", MADE)
def test_the_mouse_is_seen(name: str, qtbot: QtBot) -> None:
    widget = MADE[name]()
    qtbot.addWidget(widget)
    widget.resize(160, 40)
    widget.show()
    assert widget.testAttribute(Qt.WidgetAttribute.WA_Hover)
    still = widget.grab().toImage()
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    at = QPointF(5, 5)
    QApplication.sendEvent(widget, QEnterEvent(at, at, at))
    assert widget.grab().toImage() != still
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    assert widget.grab().toImage() == still
