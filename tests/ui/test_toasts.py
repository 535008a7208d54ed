"""Toasts: one at a time, gone after its time, kept while looked at, Undo in reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.desk import Told
from cs_workbench.ui.toasts import Toasts
from cs_workbench.ui.widgets.sheet import Sheet


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


@pytest.mark.parametrize(
    "text", ["Saved", "Notice deadline in 10 days – 株式会社燕沢電装, " * 6, "あ" * 10_000]
)
def test_it_is_a_card_of_one_width_with_lines_inside(toasts: Toasts, host: QWidget, text: str) -> None:
    toast = toasts.show(Told(text, text, link="Open", on_link=lambda: None))
    assert toast.width() == 440 + 2 * 24
    assert toast.height() <= 240
    for label in (toast.first, toast.second):
        assert label.width() <= 440 - 80
        assert label.height() >= label.heightForWidth(label.width())
        assert bool(label.toolTip()) is (text not in label.text())
        assert (
            toast.rect()
            .adjusted(24, 24, -24, -24)
            .contains(QRect(label.mapTo(toast, QPoint()), label.size()))
        )
    host.resize(400, 600)
    assert toast.width() <= 400 + 2 * 24


def test_it_follows_the_window(toasts: Toasts, host: QWidget) -> None:
    toast = toasts.show(Told("Saved"))
    before = toast.geometry()
    host.resize(900, 600)
    assert toast.geometry().right() == before.right() - 300
    assert toast.geometry().bottom() == before.bottom() - 200


@pytest.fixture
def sheet(host: QWidget) -> Sheet:
    """A dialog over the host, open."""
    made = Sheet(host, "Prepare pack")
    made.unfold()
    return made


def test_a_dialog_is_not_covered_and_nothing_is_lost(toasts: Toasts, sheet: Sheet, qtbot: QtBot) -> None:
    """Good news wait until it is gone, with their Undo; their time begins then."""
    toast = toasts.show(Told("Imported 209 accounts", undo=True))
    assert not toast.isVisible()
    assert not toast.waiting
    assert toasts.show(Told("Saved as PDF")) is toast, "what can be pressed is not lost to what cannot"
    assert not toast.isVisible()
    sheet.reject()
    qtbot.waitUntil(lambda: toast.isVisible() and toast.waiting)
    toast.leave()
    assert toasts.toast is not None
    assert toasts.toast.told.text == "Saved as PDF"
    assert toasts.toast.isVisible()


def test_bad_news_do_not_take_the_undo_with_them(toasts: Toasts, sheet: Sheet, qtbot: QtBot) -> None:
    """They are seen at once; what waited goes on waiting, as does a reminder that has its way there."""
    toasts.show(Told("2 renewals", tone="warn", link="Open", on_link=lambda: None))
    assert toasts.toast is not None
    assert not toasts.toast.isVisible()
    bad = toasts.show(Told("The disk is full", tone="bad"))
    assert bad.isVisible()
    assert toasts.show(Told("Saved as PDF")) is bad
    bad.leave()
    assert toasts.toast.told.text == "2 renewals"
    assert not toasts.toast.isVisible()
    sheet.reject()
    qtbot.waitUntil(lambda: toasts.toast is not None and toasts.toast.isVisible())


def test_a_dialog_that_opens_holds_what_is_there(toasts: Toasts, host: QWidget, qtbot: QtBot) -> None:
    """Under its veil the time does not run."""
    toast = toasts.show(Told("Imported 209 accounts", undo=True))
    sheet = Sheet(host, "Prepare pack")
    sheet.unfold()
    qtbot.waitUntil(lambda: not toast.isVisible())
    assert not toast.waiting
    newer = toasts.show(Told("Logged a contact", undo=True))
    sheet.accept()
    qtbot.waitUntil(lambda: newer.isVisible() and newer.waiting)
    assert toasts.toast is newer


def test_bad_news_are_seen_at_once_beside_the_foot(toasts: Toasts, sheet: Sheet, host: QWidget) -> None:
    """Under the dialog where there is room, else over its title; the buttons stay free."""
    foot = sheet._foot
    for height, under in ((800, False), (1000, True)):
        host.resize(1200, height)
        toast = toasts.show(Told("The disk is full", "Free some space.", "bad"))
        assert toast.isVisible()
        buttons = QRect(foot.mapTo(host, QPoint(0, 0)), foot.size())
        seen = toast.geometry().adjusted(24, 24, -24, -24)
        assert not seen.intersects(buttons)
        assert (seen.top() > buttons.bottom()) is under
        assert host.rect().contains(seen)
    sheet.reject()


def test_bad_news_go_to_their_corner_once_the_dialog_is_gone(
    toasts: Toasts, sheet: Sheet, host: QWidget, qtbot: QtBot
) -> None:
    """Where toasts are looked for."""
    usual = Toasts(host)
    toast = toasts.show(Told("The disk is full", tone="bad"))
    sheet.reject()
    qtbot.waitUntil(lambda: not sheet.isVisible())
    again = usual.show(Told("The disk is full", tone="bad"))
    host.resize(host.width() + 1, host.height())
    assert toast.geometry() == again.geometry()


def test_it_stays_above_a_foot_that_comes_later(host: QWidget, qtbot: QtBot) -> None:
    foot = [0]
    toasts = Toasts(host, lambda: foot[0])
    toast = toasts.show(Told("Undone", undo=True))
    before = toast.y()
    foot[0] = 60  # another page, with sums at its lower edge
    qtbot.waitUntil(lambda: toast.y() == before - 60, timeout=5_000)
    toasts.clear()
    assert not toasts._following.isActive()
