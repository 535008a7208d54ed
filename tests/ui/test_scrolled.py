"""The scroll bar lies over the margin: what scrolls keeps the right edge of what does not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QListView, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets.scrolled import OverlayBar, scrolled


def _tall(height: int) -> QWidget:
    inner = QWidget()
    inner.setMinimumHeight(height)
    QVBoxLayout(inner)
    return inner


def _shown(qtbot: QtBot, height: int) -> tuple[QScrollArea, OverlayBar]:
    area = scrolled(_tall(height))
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    bar = area.findChild(OverlayBar)
    assert bar is not None
    return area, bar


@pytest.mark.parametrize("height", [100, 1_000])
def test_content_is_as_wide_as_its_place_whether_it_scrolls_or_not(qtbot: QtBot, height: int) -> None:
    area, bar = _shown(qtbot, height)
    assert area.widget().width() == area.width() == 300
    assert bar.isVisible() is (height > 200)


def test_bar_and_content_move_one_another(qtbot: QtBot) -> None:
    area, bar = _shown(qtbot, 1_000)
    bar.setValue(120)
    assert area.widget().y() == -120
    area.verticalScrollBar().setValue(300)
    assert bar.value() == 300
    assert bar.maximum() == area.verticalScrollBar().maximum() == 800
    assert bar.pageStep() == 200


def test_bar_keeps_to_the_right_edge_and_goes_when_all_fits(qtbot: QtBot) -> None:
    area, bar = _shown(qtbot, 1_000)
    area.resize(400, 260)
    qtbot.waitUntil(lambda: bar.geometry().right() == area.viewport().geometry().right())
    assert bar.height() == area.viewport().height() == 260
    area.widget().setMinimumHeight(50)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_rows_of_a_list_reach_the_edge(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel([f"row {n}" for n in range(200)], view))
    view.setFrameShape(view.Shape.NoFrame)
    bar = OverlayBar(view)
    view.resize(300, 200)
    view.show()
    qtbot.waitUntil(bar.isVisible)
    assert view.viewport().width() == 300
    view.setCurrentIndex(view.model().index(199, 0))
    view.scrollTo(view.currentIndex())
    assert bar.value() == bar.maximum()
    assert bar.focusPolicy() == Qt.FocusPolicy.NoFocus
