"""Scrolling over a choice never changes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.fields import Choice


@pytest.mark.parametrize("kind", [Choice, CalmChoice])
def test_the_wheel_changes_nothing(kind: type[Choice], qtbot: QtBot) -> None:
    choice = kind(name="Encoding")
    qtbot.addWidget(choice)
    choice.addItems(["cp932", "utf-8", "utf-16"])
    choice.setCurrentIndex(1)
    choice.show()
    choice.setFocus()
    middle = QPointF(choice.rect().center())
    for turn in (-120, 120):
        event = QWheelEvent(
            middle, choice.mapToGlobal(middle), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(choice, event)
        assert choice.currentText() == "utf-8"
