"""A portfolio that cannot be opened gets its choices, never a traceback, and never a changed byte."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench import paths
from cs_workbench.services import backups, portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import session
from cs_workbench.ui.opening import is_known
from cs_workbench.ui.opening_problem import OpeningProblem
from cs_workbench.ui.widgets import file_dialog
from tests.ui.reception_fixtures import NOW, opened, settled, shell

__all__ = ["shell"]

KEY = "four unrelated words"


def sha(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def problem(shell: composition.Shell, qtbot: QtBot, path: str) -> OpeningProblem:
    """Open *path* and wait for the choices."""
    shell.open(path)
    found: list[OpeningProblem] = []

    def there() -> bool:
        shown = shell.window.navigation.currentWidget() if shell.window.is_complete else None
        found[:] = [shown] if isinstance(shown, OpeningProblem) else []
        return bool(found) and not shell.tasks.busy

    qtbot.waitUntil(there, timeout=60_000)
    return found[0]


def shown(view: OpeningProblem) -> set[str]:
    """What can be pressed on it."""
    buttons = {"again": view.again, "restore": view.restore, "export": view.export, "other": view.other,
               "fresh": view.fresh, "leave": view.leave, "key": view.key}  # fmt: skip
    return {name for name, button in buttons.items() if button.isVisible()}


def back_up(path: str) -> None:
    with Workbench.open(path) as wb:
        backups.backup(wb, now=NOW)


def cut(path: str) -> None:
    os.truncate(path, os.path.getsize(path) // 2)


def jpeg(path: str) -> None:
    Path(path).write_bytes(b"\xff\xd8\xff\xe0JFIF" * 3000)


def nothing(path: str) -> None:
    os.truncate(path, 0)


def other_program(path: str) -> None:
    os.unlink(path)
    with sqlite3.connect(path) as connection:
        connection.execute("create table bookmarks (url text)")
    connection.close()


def newer(path: str) -> None:
    with open(path, "r+b") as file:
        file.seek(60)
        file.write((999).to_bytes(4, "big"))


def scribbled(path: str) -> None:
    with open(path, "r+b") as file:
        file.seek(100)
        file.write(b"\xee" * 3900)


SPOILT = [
    (cut, "truncated", {"again", "export", "other", "leave"}),
    (jpeg, "not_a_portfolio", {"again", "other", "leave"}),
    (nothing, "empty", {"again", "other", "leave"}),
    (other_program, "other_program", {"again", "other", "leave"}),
    (newer, "newer", {"again", "export", "other", "leave"}),
    (scribbled, "damaged", {"again", "export", "other", "leave"}),
]


@pytest.mark.parametrize("with_backup", [False, True])
@pytest.mark.parametrize(("spoil", "code", "ways"), SPOILT, ids=[one[1] for one in SPOILT])
def test_choices_and_not_one_byte_changed(
    shell: composition.Shell,
    qtbot: QtBot,
    portfolio: str,
    spoil: object,
    code: str,
    ways: set[str],
    *,
    with_backup: bool,
) -> None:
    if with_backup:
        back_up(portfolio)
    assert callable(spoil)
    spoil(portfolio)
    before = sha(portfolio)
    view = problem(shell, qtbot, portfolio)
    assert view._code == code
    assert shown(view) == (ways | {"restore"} if with_backup else ways)
    assert view.sentence.text()
    assert view.remedy.text()
    assert sha(portfolio) == before
    assert shell.workbench is None


def test_the_newest_backup_is_restored_in_one_press_and_the_broken_file_kept(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    back_up(portfolio)
    cut(portfolio)
    before = sha(portfolio)
    view = problem(shell, qtbot, portfolio)
    assert view.backup_words.text() == "1 verified backup"
    assert "30 accounts" in view.choice.currentText()
    assert view.restore.hasFocus()
    qtbot.keyClick(view.restore, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert shell.window.status.count.text() == "30 accounts"
    kept = [name for name in os.listdir(paths.backups_dir(portfolio)) if name.startswith("replaced-")]
    assert [sha(os.path.join(paths.backups_dir(portfolio), name)) for name in kept] == [before]


def test_a_damaged_backup_is_refused_and_the_choices_stay(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    back_up(portfolio)
    (backup,) = backups.list_backups(portfolio)
    cut(backup.path)
    cut(portfolio)
    before = sha(portfolio)
    view = problem(shell, qtbot, portfolio)
    view.restore.click()
    qtbot.waitUntil(lambda: bool(view.told.text()) and not shell.tasks.busy, timeout=60_000)
    assert view.told.isVisible()
    assert sha(portfolio) == before
    assert view.restore.isEnabled()


def test_what_can_be_read_is_written_to_a_folder(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(portfolio)
    before = sha(portfolio)
    view = problem(shell, qtbot, portfolio)
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [str(tmp_path)])
    view.export.setFocus()
    view.export.click()
    settled(shell, qtbot)
    folder = tmp_path / "Takahashi 2026 salvaged"
    assert (folder / "account.csv").exists()
    assert "Incomplete: " in view.told.text()
    assert sha(portfolio) == before
    assert view.export.hasFocus()
    view.export.click()
    settled(shell, qtbot)
    assert (tmp_path / "Takahashi 2026 salvaged 2" / "account.csv").exists()


def test_a_vanished_portfolio_is_asked_about_never_made_anew(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    shell.leave_portfolio()
    os.unlink(portfolio)
    assert composition.last_portfolio() == os.path.realpath(portfolio)
    view = problem(shell, qtbot, composition.last_portfolio())
    assert shown(view) == {"again", "other", "fresh", "leave"}
    assert view.title.text() == "Takahashi 2026.csw is not where it was"
    assert not os.path.exists(portfolio)
    view.fresh.click()
    qtbot.waitUntil(lambda: shell.window.navigation.page_id == "first_run", timeout=20_000)
    assert not os.path.exists(portfolio)
    assert shell.reception.own_path == os.path.realpath(portfolio)


def test_a_vanished_portfolio_comes_back_from_its_backup(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    back_up(portfolio)
    os.unlink(portfolio)
    assert is_known(portfolio), "its backups say that it was there"
    view = problem(shell, qtbot, portfolio)
    assert "restore" in shown(view)
    view.restore.click()
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert shell.window.status.count.text() == "30 accounts"


def test_another_portfolio_from_there(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = str(tmp_path / "broken.csw")
    jpeg(broken)
    view = problem(shell, qtbot, broken)
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [portfolio])
    view.other.click()
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert shell.window.rail.portfolio.text() == "Takahashi 2026"


def test_what_was_open_stays_open_behind_the_choices(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path
) -> None:
    opened(shell, qtbot, portfolio)
    shell.window.go("keyboard")
    broken = str(tmp_path / "broken.csw")
    jpeg(broken)
    view = problem(shell, qtbot, broken)
    assert view.leave.words() == "Back"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert shell.window.navigation.page_id == "keyboard"
    assert shell.window.navigation.currentWidget() is shell.window.navigation.page
    assert shell.workbench is not None


def test_leaving_where_nothing_is_open_closes_the_window(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    jpeg(portfolio)
    view = problem(shell, qtbot, portfolio)
    assert view.leave.words() == "Quit"
    with qtbot.waitSignal(shell.window.closing, timeout=20_000):
        view.leave.click()


def test_an_encrypted_portfolio_asks_for_its_passphrase(
    shell: composition.Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    path = str(tmp_path / "secret.csw")
    portfolios.create(path, now=NOW, language="en", key=KEY).close()
    before = sha(path)
    view = problem(shell, qtbot, path)
    assert "key" in shown(view)
    assert view.key.hasFocus()
    qtbot.keyClicks(view.key, "wrong")
    qtbot.keyClick(view.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window.navigation.currentWidget() is not view, timeout=60_000)
    settled(shell, qtbot)
    second = shell.window.navigation.currentWidget()
    assert isinstance(second, OpeningProblem)
    assert "does not open" in second.sentence.text()
    assert sha(path) == before
    qtbot.keyClicks(second.key, KEY)
    qtbot.keyClick(second.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert session.known() == [os.path.realpath(path)]


def test_damage_found_while_reading_closes_the_portfolio_and_shows_the_choices(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    back_up(portfolio)
    size = os.path.getsize(portfolio)
    with open(portfolio, "r+b") as file:
        for page in range(4, size // 4096, 3):
            file.seek(page * 4096)
            file.write(b"\xee" * 4096)
    before = sha(portfolio)
    view = problem(shell, qtbot, portfolio)
    assert view._code == "damaged"
    assert shell.workbench is None
    assert {"restore", "export"} <= shown(view)
    assert sha(portfolio) == before


def test_a_second_writer_reads_only_and_says_so(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workbench.open(portfolio) as first:
        first.claim()
        opened(shell, qtbot, portfolio)
        band = shell.window.bands.notices["reading"]
        assert band.isVisible()
        assert band.first.text() == "Open for reading only"
        assert [button.words() for button in band.buttons] == ["Try again", "Work in a copy"]
        assert shell.workbench is not None
        assert shell.workbench.database.read_only
        copy = str(tmp_path / "Copy.csw")
        monkeypatch.setattr(file_dialog, "asked", lambda *_a: [copy])
        band.buttons[1].click()
        settled(shell, qtbot)
    assert shell.workbench.path == copy
    assert not shell.workbench.database.read_only
    assert not band.isVisible()
    assert shell.window.rail.portfolio.text() == "Copy"


def test_once_the_other_is_gone_try_again_writes(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    with Workbench.open(portfolio) as first:
        first.claim()
        opened(shell, qtbot, portfolio)
    shell.window.bands.notices["reading"].buttons[0].click()
    qtbot.waitUntil(
        lambda: shell.workbench is not None and not shell.workbench.database.read_only, timeout=60_000
    )
    settled(shell, qtbot)
    assert not shell.window.bands.notices["reading"].isVisible()


def test_a_folder_that_may_not_be_written_opens_for_reading(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("root and Windows write everywhere: permissions say nothing")
    folder = os.path.dirname(portfolio)
    os.chmod(folder, 0o500)
    try:
        opened(shell, qtbot, portfolio)
        assert shell.window.bands.notices["reading"].isVisible()
        assert os.listdir(folder) == [os.path.basename(portfolio)]
    finally:
        os.chmod(folder, 0o700)


def test_no_permission_is_read_only_whoever_asks(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same without depending on who runs the test: the place refuses the lock."""
    from cs_workbench.errors import FileProblem

    def refuse(_workbench: Workbench) -> None:
        raise FileProblem("It may not be written here.", "", code="no_permission")

    monkeypatch.setattr(Workbench, "claim", refuse)
    opened(shell, qtbot, portfolio)
    band = shell.window.bands.notices["reading"]
    assert band.second.text() == "It may not be written here. What is typed here is not kept."


def test_a_synced_folder_is_warned_of_before_anything_is_written(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = str(folder / "Takahashi 2026.csw")
    os.rename(portfolio, path)
    opened(shell, qtbot, path)
    band = shell.window.bands.notices["place"]
    assert band.isVisible()
    assert band.first.text() == "This portfolio lies on Dropbox"
    band.buttons[1].click()
    assert not band.isVisible()
    copy = str(tmp_path / "Here.csw")
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [copy])
    band.buttons[0].click()
    settled(shell, qtbot)
    assert shell.workbench is not None
    assert shell.workbench.path == copy
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o600


def test_hostile_names_are_shown_as_they_are(shell: composition.Shell, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("<img src=x> & co.csw", "\u202egnp.csw", "あ" * 60 + ".csw"):
        path = str(tmp_path / name)
        jpeg(path)
        view = problem(shell, qtbot, path)
        assert name in view.title.text()
        assert path in view.sentence.text()
