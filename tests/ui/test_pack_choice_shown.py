"""The pack dialog tells nothing of the choice before, makes only what is chosen, and never outlives its window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench import paths
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.pack import PackDialog, open_pack
from cs_workbench.ui.main_window import MainWindow

Settle = Callable[[Desk], None]
Open = Callable[[], PackDialog]
LOOP = "{% set f = facts.use.line.months %}" + "{% for a in f %}" * 12 + "{% endfor %}" * 12


def own_template(name: str, text: str) -> None:
    """A template of the person's own."""
    folder = Path(paths.user_templates_dir()) / name
    shutil.copytree(Path(paths.templates_root()) / "renewal_briefing", folder)
    (folder / "briefing.en.md.j2").write_text(text, encoding="utf-8")


@pytest.fixture
def dialog(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> Iterator[PackDialog]:
    """Open on the first account, its pages shown; two own templates: one fails, one has no end."""
    own_template("fails", "# Hello\n\n{{ facts.no_such_thing }}\n")
    own_template("loops", LOOP)
    made = open_pack(desk, window, account_id=1)
    qtbot.waitExposed(made)
    settle(desk)
    made.choices.folder.setText(str(tmp_path / "out"))
    made.choices.folder.editingFinished.emit()
    settled(qtbot, made, desk, settle)
    yield made
    if isValid(made):
        made.done(0)
    settle(desk)


def settled(qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle) -> None:
    """The choices settled and the pages came."""
    qtbot.waitUntil(lambda: not dialog.choices.settling)
    settle(desk)


def choose(dialog: PackDialog, template: str) -> None:
    """As a person chooses it."""
    at = dialog.choices.template.findData(template)
    assert at >= 0
    dialog.choices.template.setCurrentIndex(at)
    dialog.choices.template.activated.emit(at)


CHANGES: dict[str, Callable[[PackDialog], object]] = {
    "template": lambda dialog: choose(dialog, "success_plan"),
    "edition": lambda dialog: dialog.choices.edition.choose("internal"),
    "language": lambda dialog: dialog.choices.language.choose("ja"),
    "format": lambda dialog: dialog.choices.formats["docx"].setChecked(True),
    "option": lambda dialog: dialog.choices.fit.setChecked(True),
    "account": lambda dialog: (dialog.choices.accounts.choose({2: "Another"}), dialog.choices._on_accounts()),
}


def test_nothing_of_before_is_told_of_another_choice(
    qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle
) -> None:
    """From each change on, until its own pages stand; a field left as it was asks for nothing."""
    assert "nothing internal found" in dialog.sheets.leaks.words.text()
    for what, change in CHANGES.items():
        dialog.choices.place.editingFinished.emit()
        dialog.choices.folder.editingFinished.emit()
        assert (what, dialog.stale) == (what, False)
        assert dialog.files.text(), what
        assert dialog.printing.isEnabled(), what
        change(dialog)
        assert dialog.stale, what
        assert dialog.files.text() == "", what
        assert dialog.sheets.leaks.words.text() == "Setting the pages…", what
        assert dialog.preview.canvas.pale, what
        assert dialog.preview.miniatures.pale, what
        assert not dialog.printing.isEnabled(), what
        settled(qtbot, dialog, desk, settle)
        assert not dialog.preview.canvas.pale, what
        assert dialog.sheets.leaks.words.text() != "Setting the pages…", what
    assert dialog.proof is not None
    assert dialog.proof.account_id == 2


def test_pale_pages_look_pale(dialog: PackDialog, qtbot: QtBot) -> None:
    """The picture itself says that it is of before."""

    def darkest(image: QImage) -> int:
        return min(
            image.pixelColor(x, y).lightness()
            for x in range(2, image.width() - 2, 3)
            for y in range(2, 200, 2)
        )

    canvas = dialog.preview.canvas
    before = darkest(canvas.grab().toImage())
    dialog.preview.set_pale(True)
    assert darkest(canvas.grab().toImage()) > before + 60


def test_a_failed_template_has_no_scan_beside_it(
    qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle
) -> None:
    """Nothing was made, nothing was scanned."""
    choose(dialog, "fails")
    settled(qtbot, dialog, desk, settle)
    assert not dialog.sheets.problem.isHidden()
    assert dialog.sheets.leaks.words.text() == ""
    assert dialog.sheets.leaks.shield.pixmap().isNull()
    assert dialog.files.text() == ""
    assert dialog.sheets.hints.isHidden()
    assert not dialog.stale


def test_a_template_that_cannot_be_used_shows_no_pages(
    qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle
) -> None:
    """Its own problem is said at the left; the pages of before are gone."""
    choice = dialog.choices.chosen_template()
    assert choice is not None
    dialog.choices._templates[dialog.choices._templates.index(choice)] = replace(
        choice, problem="It is broken", remedy="Mend it", file="x"
    )
    dialog.choices._on_template()
    settled(qtbot, dialog, desk, settle)
    assert dialog.preview.images == []
    assert dialog.sheets.leaks.words.text() == ""
    assert dialog.main is not None
    assert not dialog.main.isEnabled()


def test_make_waits_for_the_pages_of_what_is_chosen(
    qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    """Ctrl Enter right after a change makes that choice, not the one shown before, and not nothing; another choice
    takes the wish back; what is typed but not left yet is waited for as well.
    """
    dialog.choices.language.choose("ja")
    dialog.make()
    dialog.choices.edition.choose("internal")
    settled(qtbot, dialog, desk, settle)
    assert dialog.made is None
    dialog.choices.edition.choose("customer")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not os.path.exists(tmp_path / "out")
    settled(qtbot, dialog, desk, settle)
    qtbot.waitUntil(lambda: dialog.sheets.shows_outcome, timeout=20_000)
    (name,) = os.listdir(tmp_path / "out")
    assert name.startswith("更新資料")
    dialog.sheets.outcome.again.click()
    settled(qtbot, dialog, desk, settle)
    dialog.choices.place.setText("Kanda")
    dialog.make()
    assert dialog.stale
    assert dialog.made is None
    settled(qtbot, dialog, desk, settle)
    assert dialog.made is not None


def test_what_fails_makes_nothing(
    qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    """The wish ends with the pages."""
    choose(dialog, "fails")
    dialog.make()
    settled(qtbot, dialog, desk, settle)
    assert dialog.made is None
    assert not dialog.sheets.problem.isHidden()
    assert not os.path.exists(tmp_path / "out")


def looping(qtbot: QtBot, dialog: PackDialog) -> int:
    """Choose the template without an end; the process that is at it."""
    choose(dialog, "loops")
    qtbot.waitUntil(dialog._proofs._turn.locked, timeout=20_000)
    found = dialog._proofs._worker.process_id
    assert found is not None
    return found


def alive(process: int) -> bool:
    """Whether it still runs: a dead one nobody asked about yet counts as gone."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="the system has no /proc")
@pytest.mark.parametrize("way", ["window", "dialog"])
def test_a_template_without_an_end_ends_with_the_window(
    qtbot: QtBot, dialog: PackDialog, desk: Desk, window: MainWindow, way: str
) -> None:
    """Its process is killed, not waited for; who waits for its answer is let go."""
    process = looping(qtbot, dialog)
    assert alive(process)
    window.close() if way == "window" else dialog.reject()
    assert dialog._proofs._worker._over.is_set()
    qtbot.waitUntil(lambda: not alive(process), timeout=5_000)
    desk.tasks.close()  # would wait for the template's own end
    assert not dialog._proofs._turn.locked()
