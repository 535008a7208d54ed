"""The controls of the settings by themselves: numbers, texts, colours and choices that save and refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.pages.settings.rows import SettingRow
from cs_workbench.ui.pages.settings.section_list import SMALL, WIDE, SectionList
from cs_workbench.ui.widgets.calm_choice import CalmChoice, SearchChoice
from cs_workbench.ui.widgets.colour_field import ColourField
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.number_field import NumberField

Shown = Callable[[QWidget], QWidget]
SWATCHES = [("#23458F", "Indigo"), ("#0F6B63", "Teal")]


def test_a_text_is_told_once_and_trimmed(shown: Shown, qtbot: QtBot) -> None:
    edit = KeptEdit(name="Name")
    shown(edit)
    told: list[str] = []
    edit.kept.connect(told.append)
    edit.show_value("Aoba")
    edit.commit()
    qtbot.keyClicks(edit, "  K.K.  ")
    edit.setText("  Aoba   K.K. ")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert told == ["Aoba K.K."]


def test_escape_on_an_unchanged_text_goes_on(shown: Shown, qtbot: QtBot) -> None:
    edit = KeptEdit(name="Name")
    shown(edit)
    edit.show_value("Aoba")
    edit.set_wrong(True)
    edit.setText("x")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "Aoba"
    assert not edit.property("error")


@pytest.mark.parametrize(("typed", "kept"), [("15", 15.0), ("１５", 15.0), (" 1,0 ", None), ("7.5", 7.5)])
def test_numbers(shown: Shown, typed: str, kept: float | None, qtbot: QtBot) -> None:
    field = NumberField(name="Days", least=1, most=100, unit="days")
    shown(field)
    field.show_value(10)
    told: list[float] = []
    field.kept.connect(told.append)
    field.edit.setText(typed)
    field.edit.commit()
    assert told == ([] if kept is None else [kept])


@pytest.mark.parametrize("typed", ["", "0", "101", "nan", "inf", "-5", "ten", "1e30"])
def test_numbers_refused(shown: Shown, typed: str) -> None:
    field = NumberField(name="Days", least=1, most=100)
    shown(field)
    field.show_value(10)
    said: list[str] = []
    field.refused.connect(said.append)
    field.edit.setText(typed)
    field.edit.commit()
    assert said == ["This is a number from 1 to 100."]
    assert field.edit.property("error")


@pytest.mark.parametrize(("typed", "kept"), [("40", 0.4), ("40%", 0.4), ("12.5", 0.125), ("０", 0.0)])
def test_shares_are_typed_in_per_cent(shown: Shown, typed: str, kept: float) -> None:
    field = NumberField(name="Share", least=0, most=1, share=True)
    shown(field)
    field.show_value(0.5)
    assert field.edit.text() == "50"
    assert field.unit.text() == "%"
    told: list[float] = []
    field.kept.connect(told.append)
    field.edit.setText(typed)
    field.edit.commit()
    assert told == [pytest.approx(kept)]


def test_arrows_count_within_the_bounds(shown: Shown, qtbot: QtBot) -> None:
    field = NumberField(name="Days", least=1, most=3)
    shown(field)
    field.show_value(2)
    for _n in range(4):
        qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.edit.text() == "3"
    for _n in range(9):
        qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.edit.text() == "1"


def test_another_way_to_write_the_same_number_is_no_edit(shown: Shown) -> None:
    field = NumberField(name="Days", least=1, most=99)
    shown(field)
    field.show_value(10)
    told: list[float] = []
    field.kept.connect(told.append)
    field.edit.setText("10.0")
    field.edit.commit()
    assert told == []
    assert field.edit.text() == "10"


def test_scrolling_past_a_choice_changes_nothing(shown: Shown) -> None:
    choice = CalmChoice(name="Size", choices=[(1, "one"), (2, "two")])
    choice.show_value(1)
    shown(choice)
    picked: list[object] = []
    choice.picked.connect(picked.append)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, wheel)
    assert choice.currentData() == 1
    assert picked == []


def test_what_was_chosen_stays_chosen_when_choices_change(shown: Shown) -> None:
    choice = CalmChoice(name="Size", choices=[(1, "one"), (2, "two")])
    shown(choice)
    choice.show_value(2)
    choice.set_choices([(2, "zwei"), (3, "drei")])
    assert (choice.currentData(), choice.currentText()) == (2, "zwei")
    choice.show_value("gone")
    assert choice.currentText() == "gone", "what is stored is shown even where it is not offered"


def test_arrow_keys_pick(shown: Shown, qtbot: QtBot) -> None:
    choice = CalmChoice(name="Size", choices=[(1, "one"), (2, "two")])
    choice.show_value(1)
    shown(choice)
    picked: list[object] = []
    choice.picked.connect(picked.append)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert picked == [2]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("tok", "Asia/Tokyo"), ("ASIA/TOKYO", "Asia/Tokyo"), ("asia", "UTC"), ("nowhere", "UTC"), ("", "UTC")],
)
def test_a_search_finds_the_only_one_it_can_be(shown: Shown, qtbot: QtBot, typed: str, found: str) -> None:
    zones = ["UTC", "Asia/Tokyo", "Asia/Seoul"]
    choice = SearchChoice(name="Zone", choices=[(zone, zone) for zone in zones])
    shown(choice)
    choice.show_value("UTC")
    picked: list[object] = []
    choice.picked.connect(picked.append)
    typing = choice.lineEdit()
    assert typing is not None
    typing.setFocus()
    typing.selectAll()
    qtbot.keyClick(typing, Qt.Key.Key_Delete)
    qtbot.keyClicks(typing, typed)
    choice._settle()
    assert choice.currentData() == found
    assert picked == ([] if found == "UTC" else [found])


def test_swatches_are_one_stop_of_the_keyboard(shown: Shown, qtbot: QtBot) -> None:
    field = ColourField(SWATCHES, name="Colour")
    shown(field)
    field.show_value("#0F6B63")
    stops = [one.focusPolicy() == Qt.FocusPolicy.StrongFocus for one in field.swatches]
    assert stops == [False, True]
    field.show_value("#112233")
    assert [one.isChecked() for one in field.swatches] == [False, False]
    assert field.swatches[0].focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert field.edit.text() == "#112233"
    assert field.swatches[0].accessibleName() == "Indigo #23458F"


def test_swatches_and_digits_tell_the_colour(shown: Shown, qtbot: QtBot) -> None:
    field = ColourField(SWATCHES, name="Colour")
    shown(field)
    field.activateWindow()
    field.show_value("#23458F")
    picked: list[str] = []
    field.picked.connect(picked.append)
    field.swatches[0].setFocus()
    qtbot.waitUntil(field.swatches[0].hasFocus)
    qtbot.keyClick(field.swatches[0], Qt.Key.Key_Left)
    field.edit.setText("#333333")
    field.edit.commit()
    assert picked == ["#0F6B63", "#333333"]
    assert not field.grab().isNull()


def test_a_row_says_what_is_wrong_and_mends_it(shown: Shown, qtbot: QtBot) -> None:
    row = SettingRow("x", "Label", "One line.")
    mended: list[bool] = []
    shown(row)
    row.refuse("It is wrong.", "Mend", lambda: mended.append(True))
    assert row.wrong == "It is wrong."
    row.remedy.click()
    assert mended == [True]
    assert row.wrong == ""
    row.on_refused("Still wrong.")
    assert not row.remedy.isVisible()
    row.on_refused("")
    assert row.wrong == ""


@pytest.mark.parametrize(
    ("words", "fits"),
    [(("label",), True), (("one", "line"), True), (("つうか",), True), (("tsuuka",), True), (("plain",), True),
     (("section",), True), (("label", "zzz"), False)],
)  # fmt: skip
def test_how_a_row_is_found(shown: Shown, words: tuple[str, ...], fits: bool) -> None:
    row = SettingRow("x", "Label", "One line.", words=("つうか", "plain"))
    shown(row)
    assert row.matches(words, "Section") is fits


def test_the_list_of_sections(shown: Shown, qtbot: QtBot) -> None:
    sections = SectionList()
    sections.set_sections([("a", "user", "First"), ("b", "info", "Second")])
    shown(sections)
    chosen: list[str] = []
    sections.chosen.connect(chosen.append)
    sections.entries["b"].click()
    qtbot.keyClick(sections, Qt.Key.Key_Up)
    qtbot.keyClick(sections, Qt.Key.Key_Up)
    assert chosen == ["b", "a", "a"]
    sections.set_collapsed(True)
    assert (sections.width(), sections.entries["a"].toolTip()) == (SMALL, "First")
    sections.set_collapsed(False)
    assert (sections.width(), sections.entries["a"].toolTip()) == (WIDE, "")
    sections.set_taken("")
    assert not any(entry.isChecked() for entry in sections.entries.values())
