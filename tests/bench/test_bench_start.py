"""From the start of the program to the first paint, and to 2,000 accounts on the screen, against bare windows.

Every program ends at its paint without taking itself down, so that only the way there is compared.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.conftest import Note
from tests.bench.portfolio import fill, history

ROUNDS = 9
_BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
"""The floor: an empty window."""

_DOWN = _BARE.replace("os._exit(0)", "app.quit()")
"""The same, its own way down counted with it, as a stopwatch around the process has it."""

_PLAIN = """
import gc; gc.disable()
import os, sys, threading
from PySide6.QtCore import QAbstractTableModel, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Model(QAbstractTableModel):
    rows = ()
    def rowCount(self, parent=None): return len(self.rows)
    def columnCount(self, parent=None): return 6
    def data(self, index, role=0):
        return str(self.rows[index.row()][index.column()]) if role == 0 else None
class Reader(QObject):
    got = Signal(object)
class View(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        if self.model().rows: QTimer.singleShot(0, lambda: os._exit(0))
def fill(rows):
    model.beginResetModel(); model.rows = rows; model.endResetModel()
def read():
    import sqlcipher3
    reader.got.emit(sqlcipher3.connect(sys.argv[1]).execute("select * from account").fetchall())
app = QApplication(sys.argv)
window, view, model, reader = QMainWindow(), View(), Model(), Reader()
view.setModel(model)
window.setCentralWidget(view)
window.resize(1440, 900)
window.show()
reader.got.connect(fill)
threading.Thread(target=read, daemon=True).start()
app.exec()
"""
"""A peer: six columns of one table in the system's font, no rail, no theme, no sums, nothing to sort or filter."""

_SHELL = """
import datetime as dt, gc, os, sys
gc.disable()
from cs_workbench import app as composition
app = composition.application(sys.argv)
shell = composition.Shell(app, clock=lambda: dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))
"""
_PAINTED = _SHELL + "shell.window.painted.connect(lambda: os._exit(0))\nshell.show()\napp.exec()\n"
_FILLED = (
    _SHELL
    + """
shell.show()
from PySide6.QtCore import QTimer
QTimer.singleShot(0, lambda: shell.open(sys.argv[1]))
def look():
    table = getattr(shell.window.page, "table", None)
    if table is not None and (sys.argv[2] == "rows" or table.lines[0].trend):
        app.processEvents()
        os._exit(0 if shell.window.page.model.rowCount() == 2000 else 1)
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
app.exec()
"""
)


def test_the_window_and_its_first_list(note: Note, tmp_path: Path) -> None:
    """Aims: first paint ≤ 1.3 × a bare PySide6 window's, 2,000 rows on the screen ≤ 2 ×, all in the same run."""
    path, home = str(tmp_path / "p.csw"), tmp_path / "home"
    fill(path, 2_000, 1)
    history(path)
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "CS_WORKBENCH_HOME": str(home)}
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    keep = "from cs_workbench.ui import session; session.keep({'page': 'accounts'})"
    subprocess.run([sys.executable, "-c", keep], env=environment, check=True)
    programs = {
        "bare window": [_BARE],
        "  it and its own end": [_DOWN],
        "window, first paint": [_PAINTED],
        "  a plain table of 2,000 rows": [_PLAIN, path],
        "accounts page, 2,000 rows on the screen": [_FILLED, path, "rows"],
        "accounts page, with trends and next steps": [_FILLED, path, "all"],
    }
    walls: dict[str, list[float]] = {name: [] for name in programs}
    spent: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(ROUNDS + 2):
        for name, program in programs.items():
            wall, processor = _ran(program, environment)
            if number >= 2:
                walls[name].append(wall)
                spent[name].append(processor)
    middle = {name: (statistics.median(walls[name]), statistics.median(spent[name])) for name in programs}
    bare, bare_processor = middle.pop("bare window")
    for name, (wall, processor) in middle.items():
        aim = "≤ 1.3 ×" if "first paint" in name else "≤ 2 ×" if "on the screen" in name else "–"
        note(name, wall, "ms", floor=bare, floor_name="bare window", aim=aim, processor=processor)
        note(
            f"  {name.strip()}: processor",
            processor,
            "ms",
            floor=bare_processor,
            floor_name="bare window",
            aim="–",
        )


def _ran(program: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Milliseconds of the wall and of the processor until *program* has painted."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *program], env=environment, check=True, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return wall * 1000, processor * 1000
