"""Menus look like the rest: icons and keys from the actions table, keys at the right edge, corners round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QStyleOptionMenuItem
from pytestqt.qtbot import QtBot

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.menu import Menu, keys_of


@pytest.fixture
def menu(qapp: QApplication, qtbot: QtBot) -> Iterator[Menu]:
    made = Menu()
    qtbot.addWidget(made)
    yield made
    made.close()


def ink_columns(image: QImage, top: int, bottom: int) -> list[int]:
    """Columns in which something darker than the ground stands."""
    ground = QColor(image.pixelColor(image.width() // 2, 2))
    return [
        x
        for x in range(2, image.width() - 2)
        if any(
            abs(QColor(image.pixelColor(x, y)).lightness() - ground.lightness()) > 60
            for y in range(top, bottom)
        )
    ]


def test_a_verb_has_its_words_icon_and_keys(menu: Menu) -> None:
    asked: list[str] = []
    delete = menu.verb("delete", lambda: asked.append("delete"))
    plain = menu.verb("not_in_the_table", lambda: None, "A & B")
    assert (delete.text(), keys_of(delete), delete.icon().isNull()) == ("Delete", "Del", False)
    assert (plain.text(), keys_of(plain), plain.icon().isNull()) == ("A && B", "", True)
    delete.trigger()
    assert asked == ["delete"]


def test_keys_stand_at_the_right_edge_and_not_after_the_words(menu: Menu) -> None:
    short = menu.addAction("A")
    short.setShortcut(QKeySequence("Ctrl+K"))
    long = menu.addAction("A line with many more words in it")
    long.setShortcut(QKeySequence("Ctrl+Shift+P"))
    option = QStyleOptionMenuItem()
    menu.initStyleOption(option, long)
    assert option.text == "A line with many more words in it"
    assert keys_of(long) == "Ctrl Shift P"
    menu.popup(QPoint(10, 10))
    image = menu.grab().toImage()
    ends = []
    for action in (short, long):
        box = menu.actionGeometry(action)
        ends.append(max(ink_columns(image, box.top() + 4, box.bottom() - 4)))
    assert abs(ends[0] - ends[1]) <= 2
    assert image.width() - ends[0] <= themes.current().px(28)


def test_corners_are_round_without_transparency(menu: Menu) -> None:
    menu.addAction("One")
    menu.popup(QPoint(10, 10))
    mask = menu.mask()
    assert not mask.contains(QPoint(0, 0))
    assert mask.contains(menu.rect().center())


def test_an_empty_state_shows_its_way_on_as_the_main_button(qapp: QApplication, qtbot: QtBot) -> None:
    first = EmptyState("coins", "Nothing yet.", "Begin", lambda: None, act_icon="plus")
    second = EmptyState("filter", "Nothing fits.", "Show all", lambda: None)
    for one in (first, second):
        qtbot.addWidget(one)
    assert (first.button.kind, first.button.icon_name) == ("filled", "plus")
    assert (second.button.kind, second.button.icon_name) == ("plain", "")
