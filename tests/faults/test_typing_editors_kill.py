"""Killed while somebody types into the editors of value, voice, settings and personas: two seconds at most go.

One process for all of them: it types into one editor after the other, and at each of its own seconds the file is read
as a kill at that moment would leave it; then it is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from cs_workbench.services import portfolios, sample, typed_left
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import check
from cs_workbench.store import drafts as stored
from tests.builders_store import NOW

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL as here is POSIX")

CHILD = """
import datetime as dt, os, sys
from cs_workbench import app as composition
from cs_workbench.services.workbench import Workbench
from cs_workbench.services import drafts
from cs_workbench.ui import theme as themes
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.tasks import Tasks
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from cs_workbench.ui.pages.success.persona_editor import PersonaEditor

path, account, text = sys.argv[1], int(sys.argv[2]), sys.argv[3]

sys.excepthook = lambda *error: (sys.__excepthook__(*error), os._exit(3))

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

app = composition.application(["typing"])
themes.wear(app, themes.load("light"))
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
workbench, bus, tasks = Workbench.open(path), Bus(), Tasks()
bus.attach(workbench)
tasks.attach(workbench)
workbench.claim()
desk = Desk(workbench, bus, tasks, themes.Wardrobe(app, "light"), lambda: NOW)
workbench.write(lambda: drafts.keep(workbench, 'warm', '', now=desk.now())).result()  # as the window does early
window = MainWindow()
window.resize(1440, 900)
window.attach(desk)
window.show()
window.activateWindow()

def value():
    ledger = window.page.body
    if ledger.view is None:
        return None
    if ledger.editor.isHidden():
        ledger.open_line()
        return None
    return ledger.editor.texts["mechanism"].edit

def persona():
    found = window.ground.findChildren(PersonaEditor)
    if not found:
        PersonaEditor(desk, window, None, lambda _id: None).begin()
        return None
    return found[0].definition if found[0].isVisible() and found[0].persona() is not None else None

def rule():
    pane = window.page.themes.pane
    return pane.rule if pane.line is not None and pane.line.theme is not None else None

def company():
    made = window.page.sections.get("company")
    return next(iter(made.names.values())) if made is not None else None

EDITORS = (
    ("value", "value", {"account_id": account}, value),
    ("rule", "voice", {"tab": "themes"}, rule),
    ("company", "settings", {"section": "company"}, company),
    ("persona", "success", {"view": "map"}, persona),
)
at, place, shown, seconds = 0, 0, None, 0

def type_one():
    global at, shown
    if place >= len(EDITORS) or tasks.busy and not at:
        return
    name, page, arguments, find = EDITORS[place]
    if shown != place:
        shown = place
        window.go(page, **arguments)
        return
    where = find()
    if where is None or not where.isEnabled() or not where.isVisible():
        return
    if not at:
        where.setFocus()
        where.selectAll()
    if not where.hasFocus():
        window.activateWindow()
        return
    letter = (name + text * 20)[at]
    if isinstance(where, QPlainTextEdit):
        where.insertPlainText(letter)
    else:
        QTest.keyClicks(where, letter)
    at += 1
    say("typed", name, at)

def second():
    global at, place
    if not at:
        return
    say("second", EDITORS[place][0], at)
    if sys.stdin.readline() == "next\\n":
        place, at = place + 1, 0

typing = QTimer(interval=23)
typing.timeout.connect(type_one)
typing.start()
ticks = QTimer(interval=1000)
ticks.timeout.connect(second)
ticks.start()
app.exec()
"""

TEXT = "abcdefghij klmnop 12345 qrstuvwxyz "
EDITORS = ("value", "rule", "company", "persona")


def kept_in(path: str, name: str) -> str:
    """The longest beginning of what is typed into the editor *name* that stands in any draft."""
    with Workbench.open(path, read_only=True) as workbench:
        bodies = [body for _key, body, _at in stored.drafts(workbench.reads)]
    whole = name + TEXT * 20
    return max(
        (whole[:n] for n in range(1, len(whole)) if any(whole[:n] in body for body in bodies)),
        key=len,
        default="",
    )


def test_at_most_two_seconds_of_typing_are_lost_in_any_editor(sample_file: str) -> None:
    with Workbench.open(sample_file, read_only=True) as workbench:
        account = workbench.reads.scalar(
            """select account_id from value_ledger l
               where exists (select 1 from value_line where ledger_id = l.id) order by 1 limit 1"""
        )
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, sample_file, str(account), TEXT],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    seen: dict[str, list[int]] = {}
    last = ""
    for line in child.stdout:
        kind, name, number = line.split()
        if kind != "second":
            continue
        marks = seen.setdefault(name, [])
        marks.append(int(number))
        last = name
        enough = len(marks) == 3
        if enough:
            kept = kept_in(sample_file, name)
            assert len(kept) >= marks[0], f"{name}: {marks[-1]} typed, {len(kept)} kept"
            if name == EDITORS[-1]:
                break
        child.stdin.write("next\n" if enough else "on\n")
        child.stdin.flush()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()
    assert (tuple(seen), last) == (EDITORS, "persona")
    with Workbench.open(sample_file) as workbench:
        found = typed_left.read(workbench.reads)
        assert found[-1].name == "Definition of success"
        assert found[-1].text.startswith("persona" + TEXT[:20])
        assert check.check_reader(workbench.database.reader(), keyed=False).findings == ()
        assert workbench.on_writer(check.check_writer) == []


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small sample in English."""
    path = str(tmp_path_factory.mktemp("typing") / "p.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench:
        sample.create(workbench, today=NOW.date(), language="en")
    return path
