"""Down and Enter in the filter of a list go into the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets.filter_keys import FilterKeys


@pytest.fixture
def parts(qtbot: QtBot) -> Iterator[tuple[QLineEdit, QTableView]]:
    """A filter above a list of two rows, the keys in the filter."""
    holder = QWidget()
    qtbot.addWidget(holder)
    field, table, model = QLineEdit(), QTableView(), QStandardItemModel(holder)
    for name in ("Acme", "Birch"):
        model.appendRow(QStandardItem(name))
    table.setModel(model)
    column = QVBoxLayout(holder)
    column.addWidget(field)
    column.addWidget(table)
    FilterKeys(field, table)
    holder.show()
    field.setFocus()
    yield field, table
    holder.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keys_go_to_the_first_row_or_to_the_one_chosen(
    parts: tuple[QLineEdit, QTableView], key: Qt.Key, qtbot: QtBot
) -> None:
    field, table = parts
    qtbot.keyClick(field, key)
    assert table.hasFocus()
    assert table.currentIndex().row() == 0
    table.setCurrentIndex(table.model().index(1, 0))
    field.setFocus()
    qtbot.keyClick(field, key)
    assert table.hasFocus()
    assert table.currentIndex().row() == 1


def test_an_empty_list_and_other_keys_leave_them_in_the_field(
    parts: tuple[QLineEdit, QTableView], qtbot: QtBot
) -> None:
    field, table = parts
    qtbot.keyClicks(field, "ab")
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    assert field.text() == "ab"
    table.model().removeRows(0, 2)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.hasFocus()
