"""Names under a field: Down shows all of them, a pasted part finds its own, Enter takes one and answers nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets.offered_names import OfferedNames

NAMES = ["佐伯 恒一", "北星 真由", "Hexley", "北星 直樹"]


class Asked(QWidget):
    """A form with one field: counts how often Enter came through to it."""

    def __init__(self) -> None:
        super().__init__()
        self.names = list(NAMES)
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)
        self.offered = OfferedNames(self.edit, lambda: self.names)
        self.entered = 0
        self.edit.returnPressed.connect(self._count)

    def _count(self) -> None:
        self.entered += 1


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    form = Asked()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.edit.setFocus()
    return form


def listed(form: Asked) -> list[str]:
    """The names the open list shows."""
    found = form.offered.completer.completionModel()
    return [str(found.index(row, 0).data()) for row in range(found.rowCount())]


def test_down_in_an_empty_field_offers_everybody_and_enter_takes_the_first(asked: Asked) -> None:
    QTest.keyClick(asked.edit, Qt.Key.Key_Down)
    assert asked.offered.is_open
    assert listed(asked) == NAMES
    QTest.keyClick(asked.edit, Qt.Key.Key_Return)
    assert (asked.edit.text(), asked.offered.is_open, asked.entered) == (NAMES[0], False, 0)
    QTest.keyClick(asked.edit, Qt.Key.Key_Return)
    assert asked.entered == 1, "the list is closed: Enter is the form's again"


@pytest.mark.parametrize(
    ("typed", "shown"), [("北星", ["北星 真由", "北星 直樹"]), ("hex", ["Hexley"]), ("nobody", NAMES)]
)
def test_down_offers_what_fits_and_everybody_where_nothing_does(
    asked: Asked, typed: str, shown: list[str]
) -> None:
    asked.edit.setText(typed)
    QTest.keyClick(asked.edit, Qt.Key.Key_Down)
    assert listed(asked) == shown


def test_a_pasted_part_opens_the_list(asked: Asked) -> None:
    QGuiApplication.clipboard().setText("北星")
    asked.edit.paste()
    asked.edit.textEdited.emit(asked.edit.text())  # as Ctrl V does
    if asked.edit.hasFocus():
        assert asked.offered.is_open
    assert listed(asked) == ["北星 真由", "北星 直樹"]


def test_the_list_follows_what_is_known_now(asked: Asked) -> None:
    asked.names = ["Moonpenny"]
    QTest.keyClick(asked.edit, Qt.Key.Key_Down)
    assert listed(asked) == ["Moonpenny"]
    asked.offered.completer.popup().hide()
    asked.names = []
    QTest.keyClick(asked.edit, Qt.Key.Key_Down)
    assert not asked.offered.is_open
