"""A ledger keeps its place after a save, and its questions stay inside the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets import shadow
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.kept_place import KeptPlace
from cs_workbench.ui.widgets.question import AskPopover
from cs_workbench.ui.widgets.scrolled import scrolled

Show = Callable[[QWidget], QWidget]


class Column(QWidget):
    """A notice over the part somebody works in, and room below; 300 px of it are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = QWidget()
        self.notice, self.part, self.below = QWidget(), QWidget(), QWidget()
        column = QVBoxLayout(self.inner)
        for one, height in ((self.notice, 90), (self.part, 200), (self.below, 600)):
            one.setFixedHeight(height)
            column.addWidget(one)
        self.area = scrolled(self.inner)
        self.place = KeptPlace(self.area)
        outer = QVBoxLayout(self)
        outer.addWidget(self.area)
        self.resize(400, 300)

    def seen_at(self) -> int:
        return self.part.mapTo(self.area.viewport(), QPoint(0, 0)).y()


@pytest.fixture
def column(shown: Show, qtbot: QtBot) -> Column:
    made = Column()
    shown(made)
    made.area.verticalScrollBar().setValue(150)
    return made


def test_what_is_held_stays_where_it_is_seen(column: Column, qtbot: QtBot) -> None:
    before, top = column.seen_at(), column.part.y()
    for visible in (False, True):
        column.place.hold(column.part)
        column.notice.setVisible(visible)
        qtbot.waitUntil(lambda visible=visible: (column.part.y() == top) is visible)  # type: ignore[misc]
        qtbot.waitUntil(lambda: column.seen_at() == before)


def test_what_is_not_held_moves_with_the_page(column: Column, qtbot: QtBot) -> None:
    before = column.seen_at()
    column.place.hold(column.part)
    column.place.let_go()
    column.notice.hide()
    qtbot.waitUntil(lambda: column.seen_at() < before)


def test_it_is_let_go_once_the_layout_is_through(column: Column, qtbot: QtBot) -> None:
    column.place.hold(column.part)
    qtbot.waitUntil(lambda: column.place._part is None)
    column.part.hide()
    column.place.hold(column.part)
    assert column.place._part is None, "a part that is not on the screen is not held"


@pytest.mark.parametrize("glass", [True, False], ids=["shadow", "no shadow"])
def test_a_question_stands_inside_the_window(
    shown: Show, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, glass: bool
) -> None:
    """Without a compositor its box fills it, and nothing of it may be cut at the left."""
    monkeypatch.setattr(shadow, "composed", lambda: glass)
    window = QWidget()
    window.resize(900, 600)
    button = Button("Add evidence", parent=window)
    button.move(240, 200)
    shown(window)
    edge = shadow.margin_of_window()
    for under in (False, True):
        question = AskPopover("Add evidence", "Add", "plus", window)
        if under:
            question.ask_under(button, window)
            assert question.x() + edge == button.mapToGlobal(QPoint(0, 0)).x()
        else:
            question.ask(window.mapToGlobal(QPoint(40, 200)), window)
            assert question.x() + edge == window.mapToGlobal(QPoint(0, 0)).x()
        question.close()
