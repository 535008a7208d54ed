"""The window at its first paint: grounds in the theme's colours, and nothing that takes long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench.ui import theme as themes
from cs_workbench.ui.main_window import MainWindow

_FIRST_PAINT = """
import datetime as dt, enum, os, sys
made = []
new = enum.EnumType.__new__
def counted(meta, name, *others, **more):
    made.append(name)
    return new(meta, name, *others, **more)
enum.EnumType.__new__ = staticmethod(counted)
from cs_workbench import app as composition
app = composition.application(sys.argv)
shell = composition.Shell(app, clock=lambda: dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))
def painted():
    print("made", *made)
    print("modules", *sys.modules)
    sys.stdout.flush()
    os._exit(0)
shell.window.painted.connect(painted)
shell.show()
app.exec()
"""


@pytest.mark.parametrize("width", [1440, 1110])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_first_paint_has_the_colours_of_rail_page_and_foot(
    qtbot: QtBot, qapp: QApplication, look: themes.Name, width: int
) -> None:
    before = themes.current()
    themes.wear(qapp, themes.load(look))
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(width, 900)
    window.show()
    qtbot.waitExposed(window)
    picture, theme = window.grab().toImage(), themes.current()
    assert not window.has("frame")
    seen = [picture.pixelColor(x, y).name() for x, y in ((20, 40), (600, 400), (600, window.height() - 10))]
    assert seen == [QColor(theme.hex(token)).name() for token in ("bg.window", "bg.surface", "bg.window")]
    window.begin()
    edge = window.rail.width()
    assert picture.pixelColor(edge - 1, 40).name() == QColor(theme.hex("line.strong")).name()
    assert window.rail.isVisible()
    themes.wear(qapp, before)


def test_until_the_first_paint_neither_parts_nor_qts_own_enumerations_are_made(tmp_path: Path) -> None:
    """Asking for one of ``Qt``'s has the binding make all hundred: a tenth of a bare window's start."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CS_WORKBENCH_HOME": str(tmp_path)}
    command = [sys.executable, "-c", _FIRST_PAINT]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    made, modules = (set(line.split()[1:]) for line in told.splitlines())
    assert made.isdisjoint({"AlignmentFlag", "Key", "ItemDataRole", "ColorScheme"})
    assert modules.isdisjoint({"cs_workbench.ui.rail", "cs_workbench.ui.icons", "PySide6.QtSvg"})
