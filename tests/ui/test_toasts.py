"""Toasts: one at a time, gone after its time, kept while looked at, Undo in reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.desk import Told
from cs_workbench.ui.toasts import Toasts


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


@pytest.fixture
def toasts(host: QWidget) -> Toasts:
    return Toasts(host)


def test_a_new_toast_takes_the_place_of_the_one_before(toasts: Toasts, host: QWidget) -> None:
    first = toasts.show(Told("Imported 209 accounts", undo=True))
    second = toasts.show(Told("Logged a contact"))
    assert not first.isVisible()
    assert second.isVisible()
    assert toasts.toast is second
    assert host.rect().contains(second.geometry().adjusted(24, 24, -24, -24))


def test_it_goes_by_itself(toasts: Toasts, qtbot: QtBot) -> None:
    toast = toasts.show(Told("Saved", stays=1))
    with qtbot.waitSignal(toast.closed, timeout=5_000):
        pass
    assert toasts.toast is None


def test_it_stays_while_the_pointer_is_on_it(toasts: Toasts) -> None:
    toast = toasts.show(Told("Saved"))
    assert toast.waiting
    at = QPointF(5, 5)
    toast.enterEvent(QEnterEvent(at, at, at))
    assert not toast.waiting
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast.waiting or toast.underMouse()


def test_it_stays_while_it_has_the_focus(toasts: Toasts, qtbot: QtBot, host: QWidget) -> None:
    host.activateWindow()
    toast = toasts.show(Told("Saved", undo=True))
    toast.undo.setFocus()
    qtbot.waitUntil(toast.undo.hasFocus)
    assert not toast.waiting


def test_undo_is_told_and_the_toast_goes(toasts: Toasts, qtbot: QtBot) -> None:
    toast = toasts.show(Told("Imported 209 accounts", "3 rows kept aside.", undo=True))
    assert toast.undo.keys == "Ctrl Z"
    with qtbot.waitSignal(toasts.undone):
        qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert toasts.toast is None


def test_its_link_is_followed(toasts: Toasts, qtbot: QtBot) -> None:
    followed: list[bool] = []
    told = Told("Imported", "3 rows kept aside.", link="Show", on_link=lambda: followed.append(True))
    toast = toasts.show(told)
    assert toast.link.isVisible()
    assert not toast.undo.isVisible()
    qtbot.mouseClick(toast.link, Qt.MouseButton.LeftButton)
    assert followed == [True]


def test_escape_closes_it(toasts: Toasts, qtbot: QtBot) -> None:
    toast = toasts.show(Told("Saved"))
    qtbot.keyClick(toast, Qt.Key.Key_Escape)
    assert toasts.toast is None


def test_what_it_says_is_plain_text(toasts: Toasts) -> None:
    toast = toasts.show(Told("<b>Acme</b> <img src=x>", "<i>second</i>"))
    for label in toast.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    assert toast.accessibleName() == "<b>Acme</b> <img src=x> <i>second</i>"


def test_it_follows_the_window(toasts: Toasts, host: QWidget) -> None:
    toast = toasts.show(Told("Saved"))
    before = toast.geometry()
    host.resize(900, 600)
    assert toast.geometry().right() == before.right() - 300
    assert toast.geometry().bottom() == before.bottom() - 200
