"""A sentence in two lines: it wraps, Enter goes on, Ctrl Enter is the form's, nothing breaks it in lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.services import value_guide
from cs_workbench.services.value_models import stated
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.value import ValuePage
from cs_workbench.ui.widgets.sentence_field import SentenceField

Show = Callable[[QWidget], QWidget]
LONG = "利用者の作業が早く終わり、空いた時間のうち別の業務に使われた分だけを数えます。" * 2


@pytest.fixture
def field(shown: Show) -> SentenceField:
    made = SentenceField(name="How it comes about")
    made.resize(720, 120)
    shown(made)
    return made


@pytest.mark.parametrize("scale", [0.9, 1.0, 2.0])
def test_two_lines_stand_whole(wardrobe: themes.Wardrobe, shown: Show, scale: float) -> None:
    wardrobe.resize(scale)
    made = SentenceField(name="How it comes about")
    made.resize(themes.current().px(720), themes.current().px(160))
    shown(made)
    made.edit.setText(LONG)
    assert made.edit.document().firstBlock().layout().lineCount() == 2
    assert made.edit.verticalScrollBar().maximum() == 0, "both lines are seen"
    assert made.edit.textCursor().position() == 0


def test_enter_goes_on_and_ctrl_enter_is_the_forms(field: SentenceField, qtbot: QtBot) -> None:
    gone, ctrl = [], Qt.KeyboardModifier.ControlModifier
    field.edit.returnPressed.connect(lambda: gone.append(1))
    qtbot.keyClicks(field.edit, "Faster")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return, ctrl)
    assert gone == []
    qtbot.keyClick(field.edit, Qt.Key.Key_Enter)
    assert gone == [1]
    assert field.edit.text() == "Faster"


def test_what_is_pasted_in_lines_is_one_sentence(field: SentenceField) -> None:
    field.edit.insertPlainText("Orders\nare\nright")
    assert field.edit.text() == "Orders are right"


def test_it_is_refused_in_place(field: SentenceField) -> None:
    field.refuse("Write one sentence.")
    assert field.edit.property("error")
    assert field.problem.isVisible()
    assert field.edit.accessibleDescription() == "Write one sentence."
    field.clear_problem()
    assert not field.edit.property("error")
    assert not field.problem.isVisible()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_sentence_the_guide_proposes_is_seen_whole(
    make_page: Callable[..., ValuePage], desk: Desk, language: str
) -> None:
    desk.speak(language)
    guide = make_page(ValuePage, account_id=11, screen="guide").guide
    guide.mechanism.setFixedWidth(themes.current().px(680))
    figures = [one for one in guide.business if one.benefit.mechanism]
    assert figures
    for one in figures:
        guide.mechanism.edit.setText(stated(one.benefit))
        assert guide.mechanism.edit.verticalScrollBar().maximum() == 0, stated(one.benefit)
    assert isinstance(figures[0], value_guide.BusinessFigure)
