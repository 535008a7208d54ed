"""First run: nothing is made before the person chose; the sample, the import and the empty start each work."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench import app as composition
from cs_workbench import i18n, paths, settings
from cs_workbench.services import accounts, portfolio_files, portfolios
from cs_workbench.services.sample.history import scored_days
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.first_run import FirstRunPage
from cs_workbench.ui.widgets import file_dialog
from cs_workbench.ui.widgets.button import Button
from tests.ui.reception_fixtures import NOW, opened, settled, shell

__all__ = ["shell"]


@pytest.fixture
def welcome(shell: composition.Shell, qtbot: QtBot) -> FirstRunPage:
    """The first-run page on a machine that has no portfolio."""
    shell.open(composition.last_portfolio())
    page = the_page(shell)
    qtbot.waitUntil(lambda: page.isVisible() and not page.stale, timeout=60_000)
    settled(shell, qtbot)
    return page


@pytest.fixture
def sample_there(sample_portfolio: str) -> str:
    """The sample made earlier lies where the first-run page looks for it."""
    path = portfolio_files.sample_path("en")
    shutil.copy(sample_portfolio, path)
    return path


def the_page(shell: composition.Shell) -> FirstRunPage:
    page = shell.window.navigation.page
    assert isinstance(page, FirstRunPage)
    return page


def home_files(*endings: str) -> list[str]:
    return sorted(name for name in os.listdir(paths.data_dir()) if name.endswith(endings or (".csw",)))


def drop(page: FirstRunPage, *files: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name) for name in files])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_nothing_is_made_and_nothing_is_in_the_way(
    welcome: FirstRunPage, shell: composition.Shell, qapp: QApplication
) -> None:
    assert home_files() == []
    assert qapp.activeModalWidget() is None
    assert shell.desk is None
    assert shell.window.rail.portfolio.text() == "No portfolio"
    assert shell.window.status.saved.words.text() == "Offline by design"
    assert welcome.sample.button.hasFocus()
    titles = [card.title.text() for card in (welcome.sample, welcome.list, welcome.empty)]
    assert titles == ["Try the sample", "Import my list", "Start empty"]
    assert not welcome.remove.isVisible()


def test_pages_that_need_a_portfolio_stay_closed_and_the_manual_opens(
    welcome: FirstRunPage, shell: composition.Shell
) -> None:
    for page in ("today", "accounts", "settings"):
        shell.window.act(f"go_{page}")
        shell.window.rail.went.emit(page)
        assert the_page(shell) is welcome
    shell.window.act("palette")
    shell.window.act("keyboard")
    assert shell.window.navigation.page_id == "keyboard"
    shell.window.act("back")
    assert the_page(shell) is welcome


def test_one_key_leads_to_today_of_the_sample(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    qtbot.keyClick(welcome.sample.button, Qt.Key.Key_Return)
    assert welcome.progress.isVisible()
    assert not welcome.list.button.isEnabled()
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=120_000)
    assert shell.window.navigation.page_id == "today"
    assert home_files() == ["Sample.csw"]
    assert shell.window.windowTitle() == "Sample – CS Workbench"
    band = shell.window.bands.notices["sample"]
    assert band.isVisible()
    assert band.first.text() == "This is the sample portfolio"
    assert shell.workbench is not None
    scored = shell.workbench.reads.all("select distinct as_of from snapshot order by as_of")
    assert [day for (day,) in scored] == [day.isoformat() for day in scored_days(shell.desk.today())]  # type: ignore[union-attr]


def test_a_cancelled_sample_leaves_nothing(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    welcome.try_sample()
    qtbot.waitUntil(lambda: welcome.progress.words.text() not in {"", "0"}, timeout=60_000)
    assert welcome.progress.cancel.hasFocus()
    qtbot.keyClick(welcome.progress.cancel, Qt.Key.Key_Space)
    settled(shell, qtbot)
    assert os.listdir(paths.data_dir()) == ["config"]
    assert welcome.sample.button.isEnabled()
    assert not welcome.progress.isVisible()
    assert shell.workbench is None


def test_where_the_sample_cannot_be_made_the_page_says_why(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    with open(portfolio_files.sample_path("en"), "wb") as file:
        file.write(b"in the way")
    welcome.try_sample()
    settled(shell, qtbot)
    assert "already exists" in welcome.problem.text()
    assert welcome.problem.isVisible()
    assert home_files() == ["Sample.csw"]


def test_a_sample_made_before_is_opened_not_made_again(
    sample_there: str, welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    assert welcome.sample.note.text() == "Already on this computer"
    before = os.stat(sample_there).st_ino
    welcome.sample.button.click()
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert os.stat(sample_there).st_ino == before


def test_starting_empty_makes_the_portfolio_and_goes_to_accounts(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    welcome.empty.button.click()
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert shell.window.navigation.page_id == "accounts"
    assert home_files() == ["portfolio.csw"]
    assert session.known() == [paths.default_portfolio()]
    assert not shell.window.bands.isVisible()


def test_a_dropped_list_goes_to_the_import_in_the_persons_own_portfolio(
    welcome: FirstRunPage,
    shell: composition.Shell,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(
        type(shell.window), "open_dialog", lambda _window, verb, **given: asked.append((verb, given))
    )
    name = str(tmp_path / "顧客 <b>一覧</b>.CSV")
    drop(welcome, name, str(tmp_path / "picture.png"))
    qtbot.waitUntil(lambda: bool(asked), timeout=60_000)
    assert asked == [("import_files", {"paths": [name]})]
    assert home_files() == ["portfolio.csw"]


def test_a_picked_list_goes_the_same_way(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(type(shell.window), "open_dialog", lambda _w, verb, **_given: asked.append(verb))
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: ["/x/list.xlsx"])
    welcome.list.button.click()
    qtbot.waitUntil(lambda: bool(asked), timeout=60_000)
    assert asked == ["import_files"]


def test_picking_nothing_changes_nothing(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialog, "asked", lambda *_a: [])
    welcome.list.button.click()
    welcome.existing.click()
    shell.window.act("portfolio_open")
    settled(shell, qtbot)
    assert home_files() == []
    assert the_page(shell) is welcome


def test_a_dropped_portfolio_is_opened(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    drop(welcome, portfolio)
    qtbot.waitUntil(lambda: shell.workbench is not None and not shell.tasks.busy, timeout=60_000)
    assert shell.window.rail.portfolio.text() == "Takahashi 2026"


def test_the_language_is_chosen_on_the_page_itself(
    welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    assert welcome.language.words() == "日本語で使う"
    welcome.language.click()
    settled(shell, qtbot)
    try:
        assert i18n.language() == "ja"
        assert settings.load()["language"] == "ja"
        assert welcome.language.words() == "Use in English"
        assert welcome.title.text() == "どこから始めますか"
        assert shell.window.rail.portfolio.text() != "No portfolio"
    finally:
        welcome.language.click()
        settled(shell, qtbot)
        qtbot.waitUntil(lambda: welcome.language.words() == "日本語で使う")
    assert welcome.title.text() == "Where shall we start?"


def test_arrows_walk_the_cards_and_enter_presses(
    welcome: FirstRunPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(FirstRunPage, "start_empty", lambda _self: pressed.append("empty"))
    welcome.empty.button.clicked.disconnect()
    welcome.empty.button.clicked.connect(lambda: pressed.append("empty"))
    qtbot.keyClick(welcome.sample.button, Qt.Key.Key_Right)
    assert welcome.list.button.hasFocus()
    qtbot.keyClick(welcome.list.button, Qt.Key.Key_Right)
    assert welcome.empty.button.hasFocus()
    qtbot.keyClick(welcome.empty.button, Qt.Key.Key_Return)
    assert pressed == ["empty"]


def test_tab_order_is_reading_order_and_everything_has_a_name(welcome: FirstRunPage) -> None:
    wanted = [welcome.sample.button, welcome.list.button, welcome.empty.button, welcome.existing,
              welcome.language, welcome.manual]  # fmt: skip
    walked = [wanted[0]]
    while len(walked) < len(wanted):
        following = walked[-1].nextInFocusChain()
        while not (isinstance(following, Button) and following.isVisible()):
            following = following.nextInFocusChain()
        walked.append(following)
    assert walked == wanted
    assert all(button.words() or button.accessibleName() for button in welcome.findChildren(Button))
    formats = {label.textFormat() for label in welcome.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize(("width", "columns"), [(1400, 3), (1100, 3), (800, 1)])
def test_cards_stand_in_a_row_where_there_is_room(welcome: FirstRunPage, width: int, columns: int) -> None:
    welcome.resize(width, 700)
    places = {card.pos().x() for card in (welcome.sample, welcome.list, welcome.empty)}
    welcome.block.layout().activate()
    places = {card.pos().x() for card in (welcome.sample, welcome.list, welcome.empty)}
    assert len(places) == columns
    assert len({card.width() for card in (welcome.sample, welcome.list, welcome.empty)}) == 1


@pytest.mark.parametrize("width", [1400, 1100, 800])
def test_the_words_of_the_links_begin_where_the_cards_do(welcome: FirstRunPage, width: int) -> None:
    welcome.resize(width, 700)
    welcome.block.layout().activate()
    link, card = welcome.existing, welcome.sample
    assert link.x() + themes.current().px(12) == card.x()
    assert card.x() + card.width() <= welcome.block.width()
    holder = welcome.block.parentWidget()
    assert holder is not None
    assert holder.minimumSizeHint().width() <= width, "nothing scrolls sideways"


def test_use_my_own_data_keeps_the_sample_open_and_esc_goes_back(
    sample_there: str, shell: composition.Shell, qtbot: QtBot
) -> None:
    opened(shell, qtbot, sample_there)
    shell.window.go("keyboard")
    shell.window.bands.notices["sample"].buttons[0].click()
    settled(shell, qtbot)
    page = the_page(shell)
    assert page.remove.isVisible()
    assert shell.workbench is not None
    qtbot.keyClick(shell.window, Qt.Key.Key_Escape)
    assert shell.window.navigation.page_id == "keyboard"
    assert os.path.exists(sample_there)


@pytest.mark.parametrize("own", [False, True])
def test_use_my_own_data_puts_enter_under_ones_own(
    own: bool, sample_there: str, shell: composition.Shell, qtbot: QtBot
) -> None:
    """Not under "Open the sample", which is where the person comes from."""
    if own:
        with portfolios.create(paths.default_portfolio(), now=NOW, language="en"):
            pass
    opened(shell, qtbot, sample_there)
    shell.window.bands.notices["sample"].buttons[0].click()
    settled(shell, qtbot)
    page = the_page(shell)
    card = page.empty if own else page.list
    assert page.chosen is card
    assert [one.button.kind for one in (page.sample, card)] == ["plain", "filled"]
    assert [one.button.keys for one in (page.sample, card)] == ["", "Enter"]
    assert not page.sample.button.hasFocus()
    shell.window.go("today")
    shell.window.go("first_run")
    settled(shell, qtbot)
    assert the_page(shell).chosen is the_page(shell).sample


def test_own_data_beside_the_sample_go_into_their_own_file(
    sample_there: str, shell: composition.Shell, qtbot: QtBot
) -> None:
    opened(shell, qtbot, sample_there)
    shell.window.bands.notices["sample"].buttons[0].click()
    settled(shell, qtbot)
    the_page(shell).empty.button.click()
    own = paths.default_portfolio()
    qtbot.waitUntil(lambda: shell.workbench is not None and shell.workbench.path == own, timeout=60_000)
    settled(shell, qtbot)
    assert not shell.window.bands.isVisible()
    assert home_files() == ["Sample.csw", "portfolio.csw"]


def test_the_sample_goes_in_one_action_and_can_be_brought_back(
    sample_there: str, shell: composition.Shell, qtbot: QtBot
) -> None:
    opened(shell, qtbot, sample_there)
    shell.window.go("first_run")
    settled(shell, qtbot)
    the_page(shell).remove.click()
    qtbot.waitUntil(lambda: shell.window.toasts.toast is not None, timeout=60_000)
    settled(shell, qtbot)
    assert shell.workbench is None
    assert not os.path.exists(sample_there)
    assert session.known() == []
    toast = shell.window.toasts.toast
    assert toast is not None
    assert (toast.first.text(), toast.second.text()) == (
        "Sample removed",
        "It is deleted when the window closes.",
    )
    toast.link.click()
    settled(shell, qtbot)
    assert os.path.exists(sample_there)
    the_page(shell).remove.click()
    settled(shell, qtbot)
    shell.reception.close()
    assert [name for name in os.listdir(paths.data_dir()) if name != "config"] == []


def test_an_unused_portfolio_is_welcomed_once(shell: composition.Shell, qtbot: QtBot) -> None:
    path = paths.default_portfolio()
    portfolios.create(path, now=NOW, language="en").close()
    opened(shell, qtbot, path)
    assert the_page(shell)._path == path
    assert shell.workbench is not None
    opened(shell, qtbot, path)
    assert shell.window.navigation.page_id == "today"


def test_accounts_that_come_into_the_portfolio_welcomed_to_lead_to_today(
    shell: composition.Shell, qtbot: QtBot
) -> None:
    path = paths.default_portfolio()
    portfolios.create(path, now=NOW, language="en").close()
    opened(shell, qtbot, path)
    assert shell.window.navigation.page_id == "first_run"
    assert shell.workbench is not None
    wb = shell.workbench
    shell.tasks.write(lambda: accounts.create(wb, "Quarry Lane", now=NOW))
    qtbot.waitUntil(lambda: shell.window.navigation.page_id == "today", timeout=20_000)


def test_a_portfolio_with_accounts_is_not_welcomed(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    assert shell.window.navigation.page_id == "today"


def test_a_new_scale_keeps_the_welcome(shell: composition.Shell, qtbot: QtBot) -> None:
    shell.open(composition.last_portfolio())
    settled(shell, qtbot)
    windows = [shell.window]
    shell.window.act("larger")
    qtbot.waitUntil(lambda: not isValid(windows[0]), timeout=20_000)
    settled(shell, qtbot)
    assert the_page(shell).sample.title.text() == "Try the sample"
    assert shell.window.rail.portfolio.text() == "No portfolio"

    windows.clear()
    gc.collect()  # the old window's wrapper must not outlive it: pytest-qt would close it once more


def test_the_sample_opens_in_another_language_as_another_file(
    sample_there: str, welcome: FirstRunPage, shell: composition.Shell, qtbot: QtBot
) -> None:
    welcome.language.click()
    settled(shell, qtbot)
    assert not welcome._there.sample
    welcome.language.click()
    settled(shell, qtbot)
    assert welcome._there.sample
    with Workbench.open(sample_there, read_only=True) as wb:
        assert portfolio_files.is_sample(wb.reads)


def test_the_key_cap_of_enter_goes_along_with_the_ring(welcome: FirstRunPage, qtbot: QtBot) -> None:
    cards = (welcome.sample, welcome.list, welcome.empty)
    assert [card.button.keys for card in cards] == ["Enter", "", ""]
    qtbot.keyClick(welcome.sample.button, Qt.Key.Key_Tab)
    assert welcome.list.button.hasFocus()
    assert [card.button.keys for card in cards] == ["", "Enter", ""]
    welcome.existing.setFocus()
    assert [card.button.keys for card in cards] == ["", "", ""]
    welcome.sample.button.setFocus()
    assert [card.button.keys for card in cards] == ["Enter", "", ""]


def test_a_portfolio_nobody_named_is_called_in_words(tmp_path: Path) -> None:
    assert session.portfolio_name(paths.default_portfolio()) == "My portfolio"
    assert session.portfolio_name(str(tmp_path / "East 2027.csw")) == "East 2027"
