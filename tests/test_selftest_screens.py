"""Pictures of every screen: all of them there, nothing at fault; and every kind of fault is heard."""

from __future__ import annotations

import datetime as dt
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from cs_workbench import i18n
from cs_workbench.errors import FileProblem
from cs_workbench.selftest import screens, shots, trial
from cs_workbench.selftest.shots import NOT_PICTURED, Shot
from cs_workbench.selftest.stage import Stage
from cs_workbench.services import portfolios
from cs_workbench.ui import theme as themes
from cs_workbench.ui.actions import action
from cs_workbench.ui.dialogs import DIALOGS
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.pages.account.page import TABS
from cs_workbench.ui.pages.settings.contents import SECTIONS
from cs_workbench.ui.pages.success.views import VIEWS

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
VARIANT = "dark-en-1"
STATES = ("accounts-chosen", "not-saved", "smallest", "all-done")


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """Every screen once, and what was told of each."""
    folder = tmp_path_factory.mktemp("screens") / "new" / "pictures"
    return folder, screens.picture_all(str(folder), today=TODAY, variants=(VARIANT,))


@pytest.fixture(scope="module")
def empty_portfolio(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A portfolio without accounts, quickly made."""
    path = str(tmp_path_factory.mktemp("empty") / "Empty.csw")
    portfolios.create(path, now=NOW, language="en").close()
    return path


Play = Callable[..., dict[str, list[str]]]
"""Takes what brings a screen up, or a whole shot."""


@pytest.fixture
def play(empty_portfolio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Show the given screens only; what was heard of each."""

    def played(
        *wanted: Callable[[Stage], object] | Shot, variant: str = "light-en-1"
    ) -> dict[str, list[str]]:
        made = [
            show if isinstance(show, Shot) else Shot(f"shot-{number}", show)
            for number, show in enumerate(wanted)
        ]

        def chosen(portfolio: str, _folder: str) -> Iterator[Shot]:
            yield Shot("start", lambda stage: stage.open(portfolio))
            yield from made

        monkeypatch.setattr(shots, "shots", chosen)
        told = screens._played(empty_portfolio, str(tmp_path / "home"), variant, TODAY)
        return {name: heard for name, _seen, heard in told}

    return played


def names(folder: Path) -> list[str]:
    return [file.removesuffix(f"-{VARIANT}.png") for file in sorted(os.listdir(folder))]


def test_no_screen_is_at_fault(pictured: tuple[Path, list[tuple[str, str]]]) -> None:
    assert [(name, fault) for name, fault in pictured[1] if fault] == []
    assert pictured[1][-1][0] == f"closing {VARIANT}"


def test_every_page_tab_section_and_dialog_is_pictured(pictured: tuple[Path, list[tuple[str, str]]]) -> None:
    seen = {name.partition("-")[2] for name in names(pictured[0])}
    wanted = {page.id.replace("_", "-") for page in PAGES} - {"account", "settings"}
    wanted |= {f"account-{tab}" for tab in TABS} | {f"settings-{section.id}" for section in SECTIONS}
    wanted |= {verb.replace("_", "-") for verb in DIALOGS if verb not in NOT_PICTURED}
    wanted |= {f"account-people-{view}" for view in ("map", "tree", "move")}
    wanted |= {f"value-{screen}" for screen in ("ledger", "tests", "guide", "working")}
    wanted |= {f"success-{view.id}" for view in VIEWS[1:]} | {"success-edit-map", "success-edit-personas"}
    wanted |= {"voice-loops", "voice-themes"}
    wanted |= {"import-sample", *STATES}
    assert wanted - seen == set()
    assert seen - wanted == {"accounts-filter", "palette", "toast", "opening-problem"}


def test_every_dialog_says_what_its_picture_is_of() -> None:
    assert set(shots.DIALOG_OF) == set(DIALOGS) - set(NOT_PICTURED)
    made = {shot.name: shot for shot in shots.shots("one.csw", "folder")}
    named = {verb.replace("_", "-") for verb in shots.DIALOG_OF} | set(STATES) | {"import-sample", "palette"}
    assert {name for name in named if made[name].shows is None} == set()


def test_what_is_not_pictured_is_a_known_verb() -> None:
    assert set(NOT_PICTURED) < set(DIALOGS)
    assert all(action(verb).verb == verb for verb in NOT_PICTURED)


def test_pictures_are_numbered_and_only_the_owner_s(pictured: tuple[Path, list[tuple[str, str]]]) -> None:
    folder = pictured[0]
    files = sorted(os.listdir(folder))
    assert [file for file, _fault in pictured[1][:-1]] == files
    assert [int(file[:2]) for file in files] == list(range(1, len(files) + 1))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / file).stat().st_mode) for file in files} == {0o600}


def test_screens_differ_from_each_other(pictured: tuple[Path, list[tuple[str, str]]]) -> None:
    folder = pictured[0]
    images = {file: QImage(str(folder / file)) for file in os.listdir(folder)}
    sizes = {file: (image.width(), image.height()) for file, image in images.items()}
    smallest = next(file for file in sizes if "-smallest-" in file)
    assert sizes.pop(smallest) == (1100, 700)
    assert set(sizes.values()) == {(1440, 900)}
    assert len({(folder / file).read_bytes() for file in images}) == len(images)
    ground = QImage(str(folder / f"02-today-{VARIANT}.png")).pixelColor(700, 20)
    assert ground.lightness() < 80, "dark"


@pytest.mark.parametrize(
    ("variant", "size", "dark"), [("light-ja-2", 2880, False), ("dark-ja-1", 1440, True)]
)
def test_a_variant_is_theme_language_and_scale(play: Play, variant: str, size: int, dark: bool) -> None:
    seen: list[tuple[int, bool, str]] = []

    def look(stage: Stage) -> None:
        worn = themes.current()
        seen.append((stage.picture().width(), worn.name == "dark", i18n.language()))

    assert play(look, variant=variant) == {"start": [], "shot-0": [], "closing": []}
    assert seen == [(size, dark, "ja")]
    assert i18n.language() == "en"
    assert themes.current() is themes.load("light")


def _raise(_stage: Stage) -> None:
    raise ZeroDivisionError("in the shot")


def _raise_later(stage: Stage) -> None:
    QTimer.singleShot(0, stage.shell.window, lambda: _raise(stage))


def _warn(_stage: Stage) -> None:
    qWarning("a widget complains")


def _tell(stage: Stage) -> None:
    stage.desk.tell("Cannot be saved", "The disk is full.", tone="bad")


def _stay(stage: Stage) -> None:
    class Stubborn(QDialog):
        def reject(self) -> None:
            """It stays the first time."""

    dialog = Stubborn(stage.shell.window)
    dialog.open()
    QTimer.singleShot(2_000, dialog, dialog.hide)


@pytest.mark.parametrize(
    ("show", "heard"),
    [
        (_raise, ["ZeroDivisionError: in the shot"]),
        (_warn, ["Qt: a widget complains"]),
        (_tell, ["told an error: Cannot be saved The disk is full."]),
        (lambda stage: stage.shell.window.go("nowhere"), ["KeyError: 'nowhere'"]),
    ],
)
def test_a_fault_is_heard_and_the_next_screen_is_shown(
    play: Play, show: Callable[[Stage], object], heard: list[str]
) -> None:
    after: list[str] = []

    def about(stage: Stage) -> None:
        stage.shell.window.go("about")
        after.append(stage.shell.window.navigation.page_id)

    assert play(show, about) == {"start": [], "shot-0": heard, "shot-1": [], "closing": []}
    assert after == ["about"]


def test_a_crash_page_is_a_fault(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.excepthook
    heard = play(_raise_later, lambda stage: stage.shell.window.go("keyboard"))
    assert heard["shot-0"][0].startswith("ZeroDivisionError: in the shot at test_selftest_screens.py:")
    assert heard["shot-0"][1:] == ["showed the crash page"]
    assert heard["shot-1"] == []
    assert sys.excepthook is before
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_dialog_that_stays_is_a_fault(play: Play) -> None:
    assert play(_stay)["shot-0"] == ["Stubborn lies over it", "Stubborn stays open"]


def test_a_list_without_rows_and_a_view_under_another_tab_are_faults(play: Play) -> None:
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QTableView

    def bare(stage: Stage) -> None:
        stage.shell.window.go("keyboard")
        table = QTableView(stage.shell.window.page)
        table.setModel(QStandardItemModel(0, 2, table))
        table.show()

    def other(stage: Stage) -> None:
        stage.shell.window.go("success", view="map")
        stage.settle()
        stage.shell.window.page.bar.set_current("quadrant")  # type: ignore[union-attr]

    heard = play(bare, other)
    assert heard["shot-0"] == ["QTableView: a head and no rows"]
    assert heard["shot-1"] == ["success: map under the tab quadrant"]


def test_another_screen_under_the_name_of_a_dialog_is_a_fault(play: Play) -> None:
    from cs_workbench.ui.dialogs.export import ExportDialog
    from cs_workbench.ui.dialogs.import_files import ImportDialog

    def ask(stage: Stage) -> None:
        stage.shell.window.open_dialog("export")

    cleared: list[str] = []
    made = (
        Shot("import-files", ask, ImportDialog),
        Shot("keyboard", ask, back=lambda _stage: cleared.append("back")),
        Shot("export", ask, ExportDialog),
        Shot("nothing", lambda stage: stage.shell.window.go("keyboard"), ImportDialog),
    )
    told = play(*made)
    assert told["import-files"] == ["ExportDialog lies over it", "no ImportDialog in sight"]
    assert told["keyboard"] == ["ExportDialog lies over it"]
    assert cleared == ["back"]
    assert told["export"] == []
    assert told["nothing"] == ["no ImportDialog in sight"]


def test_a_thread_or_timer_left_is_a_fault(play: Play) -> None:
    over = threading.Event()
    timers: list[QTimer] = []

    def leave(stage: Stage) -> None:
        threading.Thread(target=over.wait, name="forgotten", daemon=True).start()
        timer = QTimer(stage.app)
        timer.start(60_000)
        timers.append(timer)

    try:
        heard = play(leave)["closing"]
    finally:
        over.set()
        for timer in timers:
            timer.stop()
            timer.deleteLater()
    assert heard[0] == "thread forgotten runs on"
    assert heard[1].startswith("timer of ")


def test_a_screen_without_end_is_a_fault(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    from cs_workbench.selftest import stage as stages

    monkeypatch.setattr(stages, "LONGEST", 0.2)
    over = threading.Event()

    def work(stage: Stage) -> None:
        stage.desk.tasks.run(over.wait)
        threading.Timer(1.0, over.set).start()

    assert any("still at work after" in one for one in play(work)["shot-0"])


def test_home_and_display_are_as_before(play: Play) -> None:
    before = dict(os.environ)
    inside: list[str] = []
    play(lambda _stage: inside.append(os.environ["CS_WORKBENCH_HOME"]))
    assert dict(os.environ) == before
    assert inside != [before["CS_WORKBENCH_HOME"]]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(FileProblem) as refused:
        screens.picture_all(str(file / "pictures"), today=TODAY, variants=(VARIANT,))
    assert refused.value.code == "screens"
    assert refused.value.remedy


def test_a_picture_replaces_the_one_before_and_follows_no_link(tmp_path: Path, play: Play) -> None:
    target, link = tmp_path / "precious.txt", tmp_path / "01.png"
    target.write_text("precious")
    link.symlink_to(target)
    play(lambda stage: screens._save(QWidget.grab(stage.shell.window), str(link)))
    assert target.read_text() == "precious"
    assert not link.is_symlink()
    assert QImage(str(link)).width() == 1440


def test_the_plain_self_test_shows_the_window_too(
    tmp_path: Path, empty_portfolio: str, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.services.workbench import Workbench

    shown: list[str] = []
    play()  # puts the short list of screens in place

    def chosen(portfolio: str, _folder: str) -> Iterator[Shot]:
        yield Shot("today", lambda stage: stage.open(portfolio))
        yield Shot("broken", _raise if shown else lambda _stage: shown.append("once"))

    monkeypatch.setattr(shots, "shots", chosen)
    with Workbench.open(empty_portfolio) as workbench:
        tried = trial.Trial(workbench, str(tmp_path), TODAY, NOW)
        assert trial.pages(tried) == "2 screens"
        os.unlink(tmp_path / "shown.csw")
        with pytest.raises(trial.Failure, match="broken: ZeroDivisionError"):
            trial.pages(tried)


def test_a_chart_that_is_not_drawn_is_waited_for_and_else_a_fault(play: Play) -> None:
    """Whatever loads between two pieces of work: no picture is taken of a title over an empty frame."""
    from cs_workbench.domain.chart_data import ChartData, Series
    from cs_workbench.selftest.seen import faults, undrawn
    from cs_workbench.ui.widgets.chart_frame import ChartFrame

    seen: list[object] = []

    def late(stage: Stage) -> None:
        window = stage.shell.window
        frame = ChartFrame(120, window)
        frame.setGeometry(200, 100, 600, 240)
        data = ChartData("line", ("1", "2"), (Series("a", (1.0, 2.0)),))
        frame.show_chart(data, "Logins rise", "by month", ("Month", "Logins"), (("1", "1"), ("2", "2")))
        frame._timer.timeout.disconnect()
        QTimer.singleShot(1_500, frame, frame.draw)  # longer than what counts as soon
        frame.show()
        seen.extend((undrawn(window) == [frame], faults(window)))
        stage.settle()
        seen.append(undrawn(window))

    assert play(late)["shot-0"] == []
    assert seen == [True, ["Logins rise: a title and no picture"], []]
