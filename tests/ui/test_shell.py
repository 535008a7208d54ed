"""The composition root: it opens, remembers, comes to the front, survives faults, and leaves nothing running."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench import i18n, settings
from cs_workbench.errors import FileProblem
from cs_workbench.ui import crash, instance, session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.instance import InstancePlace
from cs_workbench.ui.opening_problem import OpeningProblem

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[composition.Shell]:
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    session.keep({"theme": "light", "page": "keyboard"})
    made = composition.Shell(qapp, clock=lambda: NOW)
    qtbot.addWidget(made.window)
    made.show()
    yield made
    made.close()
    themes.wear(qapp, themes.load("light"))


def opened(shell: composition.Shell, qtbot: QtBot, path: str) -> None:
    shell.open(path)
    qtbot.waitUntil(lambda: shell.desk is not None and shell.window.is_complete, timeout=30_000)
    counted = shell.window.rail.items["accounts"]  # by the frame, which looks last
    qtbot.waitUntil(lambda: counted.number is not None and not shell.tasks.busy, timeout=30_000)


def test_the_shell_is_painted_before_any_portfolio(shell: composition.Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.window.painted, timeout=10_000):
        shell.window.repaint()
    assert shell.desk is None
    assert shell.window.rail.isVisible()


def test_what_is_asked_before_the_window_is_whole_makes_it_whole(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    shell.open(portfolio)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=30_000)
    if not shell.window.is_complete:
        assert not shell.window.has("commands")
        shell.window.rail.acted.emit("toggle_theme")
    assert shell.window.is_complete
    assert shell.window.has("commands")
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    assert shell.window.menuBar().actions()


def test_a_portfolio_opens_on_the_page_left_last(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    assert shell.window.navigation.page_id == "keyboard"
    qtbot.waitUntil(lambda: shell.window.rail.items["accounts"].number == 30, timeout=20_000)
    assert shell.window.status.count.text() == "30 accounts"
    assert shell.window.status.saved.words.text().startswith("Saved ")
    assert shell.window.windowTitle() == "Takahashi 2026 – CS Workbench"
    assert session.recent() == [os.path.realpath(portfolio)]


def test_where_there_was_never_one_the_person_is_asked_how_to_start(
    shell: composition.Shell, qtbot: QtBot, tmp_path: object
) -> None:
    path = os.path.join(str(tmp_path), "deep", "new.csw")
    shell.open(path)
    assert shell.window.navigation.page_id == "first_run"
    assert not os.path.exists(os.path.dirname(path))
    assert shell.desk is None


@pytest.mark.parametrize(
    "content", [b"", b"not a portfolio at all" * 400, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_foreign_file_gets_choices_not_a_traceback(
    shell: composition.Shell, qtbot: QtBot, tmp_path: object, content: bytes
) -> None:
    path = os.path.join(str(tmp_path), "strange.csw")
    with open(path, "wb") as file:
        file.write(content)
    shell.open(path)
    qtbot.waitUntil(lambda: shell.window.findChild(OpeningProblem) is not None, timeout=30_000)
    view = shell.window.findChild(OpeningProblem)
    assert view is not None
    assert view.sentence.text()
    assert view.again.isVisible()
    assert view.other.isVisible()
    assert not view.key.isVisible()
    with open(path, "rb") as file:
        assert file.read() == content


def test_a_bug_shows_details_without_data_and_the_window_goes_on(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(shell, qtbot, portfolio)
    try:
        raise ValueError("アオバ精密工業 owes ¥6,500,000")
    except ValueError as error:
        shell.on_failure(error)
    page = shell.window.findChild(crash.CrashPage)
    assert page is not None
    text = page.text.toPlainText()
    assert "ValueError" in text
    assert "test_shell.py:" in text
    assert "アオバ" not in text
    assert "6,500,000" not in text
    page.copy.click()
    assert QApplication.clipboard().text() == text
    page.go_on.click()
    assert not page.isVisible()
    shell.window.go("about")
    assert shell.window.navigation.page_id == "about"
    assert "ValueError" in capsys.readouterr().err


def test_a_known_error_is_a_toast(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    opened(shell, qtbot, portfolio)
    shell.on_failure(FileProblem("The disk is full.", "Free 20 MB."))
    toast = shell.window.toasts.toast
    assert toast is not None
    assert (toast.first.text(), toast.second.text(), toast.told.tone) == (
        "The disk is full.",
        "Free 20 MB.",
        "bad",
    )


def test_frames_name_modules_not_people() -> None:
    assert crash._place("/srv/takahashi/lib/cs_workbench/ui/page.py") == "cs_workbench/ui/page.py"
    assert crash._place("C:\\Users\\t\\site-packages\\PySide6\\x.py") == "site-packages/PySide6/x.py"
    assert crash._place("/srv/takahashi/secret/run.py") == "run.py"


def test_a_language_chosen_is_kept(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    opened(shell, qtbot, portfolio)
    assert shell.desk is not None
    shell.desk.speak("ja")
    assert settings.load()["language"] == "ja"
    assert composition.preferred_language() == "ja"
    assert i18n.language() == "ja"
    shell.desk.speak("en")


def test_a_new_scale_builds_the_window_anew_on_the_same_page(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    before = shell.window
    shell.window.go("about")
    shell.window.act("larger")
    qtbot.addWidget(shell.window)
    assert shell.window is not before
    assert shell.window.navigation.page_id == "about"
    assert themes.current().scale == 1.1
    assert shell.window.rail.width() == round((56 if shell.window.rail.collapsed else 208) * 1.1)


def test_theme_and_page_come_back(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> None:
    opened(shell, qtbot, portfolio)
    shell.window.act("toggle_theme")
    shell.window.go("about")
    shell.window.resize(1133, 750)
    place = shell.window.saveGeometry()
    shell.window.close()
    kept = session.load()
    assert (kept["theme"], kept["page"]) == ("dark", "about")
    assert kept["geometry"] == place
    assert composition._first_page() == "about"


def test_undo_from_the_window_says_what_it_undid(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    assert shell.workbench is not None
    with shell.workbench.change("Rename account") as db:
        db.execute("update account set name = 'X' where id = (select min(id) from account)")
    shell.window.act("undo")
    qtbot.waitUntil(lambda: shell.window.toasts.toast is not None, timeout=20_000)
    assert shell.window.toasts.toast.first.text() == "Undone: Rename account"  # type: ignore[union-attr]
    assert shell.window.toasts.toast.told.link == "Redo"  # type: ignore[union-attr]


def test_nothing_runs_after_the_end(qtbot: QtBot, qapp: QApplication, portfolio: str) -> None:
    session.keep({"page": "keyboard"})
    before = set(threading.enumerate())
    shell = composition.Shell(qapp, clock=lambda: NOW)
    shell.show()
    opened(shell, qtbot, portfolio)
    shell.window.toasts.clear()
    shell.close()
    assert [one for one in threading.enumerate() if one not in before and one.is_alive()] == []
    assert [timer for timer in shell.window.findChildren(QTimer) if timer.isActive()] == []
    themes.wear(qapp, themes.load("light"))


def test_a_second_start_calls_the_first(qtbot: QtBot, qapp: QApplication) -> None:
    heard: list[str] = []
    first = InstancePlace()
    first.listen(heard.append)
    second = InstancePlace()
    assert (first.first, second.first) == (True, False)
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(second.hand_over, "/tmp/日本/other.csw")
        qtbot.waitUntil(told.done, timeout=10_000)
        assert told.result()
    assert heard == ["/tmp/日本/other.csw"]
    first.close()
    third = InstancePlace()
    assert third.first
    third.close()
    assert not second.hand_over("")
    assert second.first, "the first is gone: this start takes its place"
    second.close()


def test_a_first_window_that_hangs_is_not_taken_for_one_that_heard(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the second wrote lies in the socket; nobody reads it while this thread waits: the first is stopped."""
    monkeypatch.setattr(instance, "_PAUSE", 0.001)
    monkeypatch.setattr(instance, "_OPENING", 0.3)
    heard: list[str] = []
    first = InstancePlace()
    first.listen(heard.append)
    second = InstancePlace()
    assert not second.hand_over("/tmp/other.csw")
    assert not second.first
    first.close()


def test_a_start_waits_for_the_first_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_PAUSE", 0.001)
    first, second = InstancePlace(), InstancePlace()
    answers = iter([False, False, True])
    monkeypatch.setattr(second, "_called", lambda _path, _until: next(answers))
    assert second.hand_over("")
    assert not second.first
    first.close()


def test_a_start_never_opens_a_second_window_beside_a_living_one(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    monkeypatch.setattr(instance, "_PAUSE", 0.001)
    monkeypatch.setattr(instance, "_OPENING", 0.05)
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, words: said.append(words))
    first = InstancePlace()
    monkeypatch.setattr(composition, "application", lambda _words: qapp)
    monkeypatch.setattr(composition, "Shell", None)
    assert composition.run("/tmp/other.csw") == 0
    first.close()
    assert "open already" in said[0]
    assert "open already" in capsys.readouterr().err
    gc.enable()


def test_the_environments_portfolio_is_the_one_to_begin_with(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []
    first = InstancePlace()
    monkeypatch.setattr(composition, "application", lambda _words: qapp)
    monkeypatch.setattr(composition, "_is_ours", lambda _place, path: bool(handed.append(path)))
    monkeypatch.setenv("CS_WORKBENCH_PORTFOLIO", "/tmp/named.csw")
    assert composition.run() == 0
    first.close()
    gc.enable()
    assert handed == ["/tmp/named.csw"]


def test_settings_that_cannot_be_read_are_told_where_a_language_is_chosen(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    os.makedirs(os.path.dirname(settings.settings_file()), exist_ok=True)
    with open(settings.settings_file(), "w", encoding="utf-8") as file:
        file.write("language = [broken")
    shell.speak("en")
    toast = shell.window.toasts.toast
    assert toast is not None
    assert "settings file cannot be read" in toast.told.text
    assert "delete" in toast.told.second


def test_a_known_error_nobody_caught_is_told_and_no_crash_page(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    problem = FileProblem("The file is gone.", "Look for it.")
    shell.on_exception(FileProblem, problem, None)
    assert shell.window.toasts.toast is not None
    assert shell.window.toasts.toast.told.text == "The file is gone."


def test_settings_of_any_shape_are_written_as_they_were() -> None:
    os.makedirs(os.path.dirname(settings.settings_file()), exist_ok=True)
    text = """
"a b" = 1
"" = "x"
day = 2026-11-24

[t."u v"]
w = [{ p = 1 }, { "q r" = "\\u007f" }]

[[list]]
n = 1
"""
    with open(settings.settings_file(), "w", encoding="utf-8") as file:
        file.write(text)
    before = settings.load()
    settings.keep(language="ja")
    assert settings.load() == before | {"language": "ja"}


def test_settings_kept_at_once_are_all_kept() -> None:
    def keep(name: str) -> None:
        for number in range(25):
            settings.keep(**{name: number})

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(keep, name) for name in ("a", "b", "c")]:
            done.result()
    assert settings.load() == {"a": 24, "b": 24, "c": 24}
    folder = os.path.dirname(settings.settings_file())
    assert [name for name in os.listdir(folder) if name.startswith("settings")] == ["settings.toml"]


def test_a_lock_that_a_killed_writer_left_does_not_stop_the_next() -> None:
    settings.keep(a=1)
    lock = settings.settings_file() + ".lock"
    with open(lock, "w", encoding="utf-8"):
        os.utime(lock, (0, 0))
    settings.keep(b=2)
    assert settings.load() == {"a": 1, "b": 2}


def test_window_state_survives_rubbish(tmp_path: object) -> None:
    os.makedirs(os.path.dirname(session.state_file()), exist_ok=True)
    with open(session.state_file(), "wb") as file:
        file.write(b"\x00\xff[[[garbage")
    assert session.scale(session.load()) == 1.0
    assert session.recent() == []


def test_settings_keep_what_they_do_not_know() -> None:
    os.makedirs(os.path.dirname(settings.settings_file()), exist_ok=True)
    with open(settings.settings_file(), "w", encoding="utf-8") as file:
        file.write('portfolio = "高橋 \\"2026\\".csw"\nhours = [9, 18]\n\n[export]\nbom = true\n')
    settings.keep(language="ja", scale=1.25)
    assert settings.load() == {
        "portfolio": '高橋 "2026".csw', "hours": [9, 18], "export": {"bom": True}, "language": "ja", "scale": 1.25,
    }  # fmt: skip


def test_labels_of_the_opening_problem_are_plain(shell: composition.Shell, qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    from cs_workbench.ui.opening_problem import WaysOn, show_problem

    shell._complete()
    ways = WaysOn(shell.open, shell.window.close, shell.window.close)
    problem = FileProblem("<img src=x>", "<i>r</i>")
    view = show_problem(shell.window, "/x/<b>a</b>.csw", problem, ways, tasks=shell.tasks, clock=shell.clock)
    assert {label.textFormat() for label in view.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_the_hook_is_given_back() -> None:
    assert sys.excepthook is not composition.Shell.on_exception


def test_what_comes_next_is_loaded_when_nobody_waits(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.ui import loading

    loaded: list[str] = []
    monkeypatch.setattr(loading, "drawing", lambda: [lambda: loaded.append("ahead")])
    shell._look_ahead()
    assert not shell.tasks.busy
    opened(shell, qtbot, portfolio)
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    shell._look_ahead()
    qtbot.waitUntil(lambda: bool(loaded), timeout=30_000)
    assert loaded == ["ahead"]


def test_threads_take_short_turns_while_the_window_lives(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    shell._on_warm(None)
    assert sys.getswitchinterval() == pytest.approx(composition.TURN)
    shell.close()
    assert sys.getswitchinterval() == pytest.approx(composition.USUAL_TURN)
