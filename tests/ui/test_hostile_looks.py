"""Words no line can hold, and what had the keyboard going away: nothing grows too wide, nothing falls over."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import delete

from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.palette import Palette
from cs_workbench.ui.widgets.label import Label


@pytest.mark.parametrize(
    "word", ["W" * 300, "Donaudampfschifffahrtsgesellschaft" * 7, "https://x/" + "y" * 290]
)
def test_a_label_that_wraps_is_never_as_wide_as_such_a_word(word: str, qapp: QApplication) -> None:
    label = Label(f"before {word} after", wrap=True)
    assert label.minimumSizeHint().width() < 200
    assert label.text() == f"before {word} after"
    label.setText("")
    assert label.text() == ""


@pytest.mark.parametrize(
    "text",
    [
        "a sentence of words that all fit a line, however long it is as a whole",
        "👩‍👩‍👧‍👦" * 30,
        "あ" * 300,
    ],
)
def test_other_words_are_left_as_they_are(text: str, qapp: QApplication) -> None:
    label = Label(text, wrap=True)
    assert "\u200b" not in super(Label, label).text()
    assert label.text() == text


def test_a_label_of_one_line_is_cut_not_broken(qapp: QApplication) -> None:
    label = Label("W" * 300, elide=True)
    assert super(Label, label).text() == "W" * 300


def test_the_palette_closes_where_the_field_before_is_gone(window: MainWindow) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    window.act("palette")
    palette = window.findChild(Palette)
    assert palette is not None
    delete(field)
    palette.leave()
    assert not palette.isVisible()
