"""Qt's binding must not use None and True up: the fault of PySide6 6.12 on Python 3.11, and our guard."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cs_workbench.ui.immortal import PLENTY, SINGLETONS, keep_singletons

OLD = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="the singletons are immortal from Python 3.12 on"
)


class Bell(QObject):
    """Something that emits."""

    rung = Signal()


@OLD
def test_none_and_true_outlive_every_call_of_qt(qtbot: QtBot) -> None:
    label, bell = QLabel("x"), Bell()
    qtbot.addWidget(label)
    for _n in range(20_000):
        label.update()
        bell.rung.emit()
    assert all(sys.getrefcount(one) > PLENTY // 2 for one in SINGLETONS)


@OLD
def test_guarding_twice_adds_nothing(qtbot: QtBot) -> None:
    keep_singletons()
    before = [sys.getrefcount(one) for one in SINGLETONS]
    keep_singletons()
    after = [sys.getrefcount(one) for one in SINGLETONS]
    assert all(abs(b - a) < PLENTY // 2 for a, b in zip(before, after, strict=True))
