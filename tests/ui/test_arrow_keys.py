"""Arrows in bars of tabs and in segments: Qt's buttons must not keep them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.tabs import TabBar, TabEntry

LEFT, RIGHT, SPACE = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space


class Place(QWidget):
    """A bar of tabs above a group of segments."""

    def __init__(self) -> None:
        super().__init__()
        icons = ("heart-pulse", "activity", "users")
        self.bar = TabBar(
            tuple(TabEntry(key, key.upper(), icon) for key, icon in zip("abc", icons, strict=True)),
            name="Tabs",
        )
        self.group = Segmented([("x", "X"), ("y", "Y"), ("z", "Z")], name="Segments", taken="y")
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addWidget(self.group)
        self.heard: list[str] = []
        self.bar.chosen.connect(self.heard.append)
        self.group.chosen.connect(self.heard.append)


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    made = Place()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


@pytest.mark.parametrize(
    ("keys", "told"),
    [([RIGHT], "b"), ([LEFT], "c"), ([RIGHT, RIGHT], "bc"), ([RIGHT, LEFT], "ba"), ([RIGHT] * 3, "bca")],
)
def test_arrows_go_through_the_tabs(place: Place, keys: list[Qt.Key], told: str) -> None:
    place.bar.tabs["a"].setFocus()
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    assert "".join(place.heard) == told
    assert QApplication.focusWidget() is place.bar.tabs[told[-1]]


@pytest.mark.parametrize(("keys", "told"), [([RIGHT], "z"), ([LEFT], "x"), ([LEFT, LEFT], "xz")])
def test_arrows_go_through_the_segments(place: Place, keys: list[Qt.Key], told: str) -> None:
    place.group._segments["y"].setFocus()
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    assert "".join(place.heard) == told
    assert QApplication.focusWidget() is place.group._segments[told[-1]]


def test_up_and_down_stay_where_they_are(place: Place) -> None:
    for start in (place.bar.tabs["a"], place.group._segments["y"]):
        start.setFocus()
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            QTest.keyClick(start, key)
            assert QApplication.focusWidget() is start
    assert place.heard == []


def test_space_still_presses(place: Place) -> None:
    place.bar.tabs["b"].setFocus()
    QTest.keyClick(place.bar.tabs["b"], SPACE)
    place.group._segments["z"].setFocus()
    QTest.keyClick(place.group._segments["z"], SPACE)
    assert place.heard == ["b", "z"]
