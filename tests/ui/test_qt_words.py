"""What Qt says itself is in the window's language, and Enter presses the button with the ring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from cs_workbench.ui.qt_words import QtWords
from cs_workbench.ui.widgets.button import Button


@pytest.fixture
def japanese(qapp: QApplication) -> Iterator[None]:
    """Qt speaks Japanese for one test."""
    words = QtWords("ja", qapp)
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)


def english(text: str) -> bool:
    """Whether it is a word of Latin letters beyond a mnemonic."""
    return any(part.isascii() and part.isalpha() and len(part) > 1 for part in text.replace("(", " ").split())


def test_a_file_dialog_is_japanese_throughout(japanese: None, qtbot: QtBot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    labels = [one.text() for one in dialog.findChildren(QLabel) if one.text()]
    (box,) = dialog.findChildren(QDialogButtonBox)
    assert labels
    assert [text for text in (*labels, *(one.text() for one in box.buttons())) if english(text)] == []
    assert QCoreApplication.translate("QFileDialog", "Folder") in ("フォルダ", "フォルダー")


def test_english_is_left_as_qt_says_it(qapp: QApplication) -> None:
    assert QtWords("en", qapp).translate("QFileDialog", "Look in:") == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_as_space_does(qtbot: QtBot, key: Qt.Key) -> None:
    button = Button("Choose files…", "filled")
    qtbot.addWidget(button)
    heard: list[bool] = []
    button.clicked.connect(lambda: heard.append(True))
    qtbot.keyClick(button, key)
    assert len(heard) == 1


def test_ctrl_enter_stays_the_dialog_s(qtbot: QtBot) -> None:
    button = Button("Cancel")
    qtbot.addWidget(button)
    heard: list[bool] = []
    button.clicked.connect(lambda: heard.append(True))
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == []
