"""Taking lists into the sample is asked first; the answer leads to a portfolio of one's own, or into the sample."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.services import portfolios
from cs_workbench.ui.dialogs.import_files import ImportDialog
from cs_workbench.ui.opening_sample import SampleImportSheet
from tests.ui.reception_fixtures import opened, settled, shell

__all__ = ["shell"]


@pytest.fixture
def inside(
    shell: composition.Shell, qtbot: QtBot, sample_portfolio: str, tmp_path: Path
) -> composition.Shell:
    """The sample is open; nothing of one's own exists yet."""
    path = str(shutil.copy(sample_portfolio, tmp_path / "sample.csw"))
    opened(shell, qtbot, path)
    assert shell.reception is not None
    shell.reception.own_path = str(tmp_path / "mine.csw")
    return shell


def asked(shell: composition.Shell) -> list[SampleImportSheet]:
    return [one for one in shell.window.ground.findChildren(SampleImportSheet) if one.isVisible()]


def importing(shell: composition.Shell) -> list[ImportDialog]:
    return [one for one in shell.window.findChildren(ImportDialog) if one.isVisible()]


def test_own_lists_lead_to_a_portfolio_of_ones_own(
    inside: composition.Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    lists = tmp_path / "customers.csv"
    lists.write_text("Account name,ARR\nKitahoshi,1800000\n", encoding="utf-8")
    inside.window.open_dialog("import_files", paths=[str(lists)])
    inside.window.open_dialog("import_files", paths=[str(lists)])
    (sheet,) = asked(inside)
    assert importing(inside) == []
    sheet.own.click()
    qtbot.waitUntil(lambda: bool(importing(inside)), timeout=60_000)
    settled(inside, qtbot)
    assert inside.workbench is not None
    assert Path(inside.workbench.path).name == "mine.csw"
    assert asked(inside) == []
    importing(inside)[0].reject()


def test_the_sample_may_be_meant_and_cancelling_does_nothing(inside: composition.Shell, qtbot: QtBot) -> None:
    inside.window.open_dialog("import_files")
    (sheet,) = asked(inside)
    sheet.stay.click()
    assert not asked(inside)
    assert not importing(inside)
    inside.window.open_dialog("import_files")
    (sheet,) = asked(inside)
    sheet.here.click()
    settled(inside, qtbot)
    (dialog,) = importing(inside)
    dialog.reject()
    settled(inside, qtbot)
    inside.window.open_dialog("import_files")
    assert asked(inside) == []  # asked once
    (dialog,) = importing(inside)
    dialog.reject()
    settled(inside, qtbot)


def test_the_sample_opens_from_a_portfolio_of_ones_own(
    shell: composition.Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The portfolio menu and the palette have it; it is made where it is not there, one's own file stays."""
    mine = str(tmp_path / "mine.csw")
    with portfolios.create(mine, now=shell.clock(), language="en"):
        pass
    before = Path(mine).read_bytes()
    opened(shell, qtbot, mine)
    made: list[str] = []

    def quickly(
        path: str, *, now: dt.datetime, language: str, **_more: object
    ) -> Generator[tuple[int, int, str], None, str]:
        made.append(path)
        yield 0, 1, ""
        with portfolios.create(path, now=now, language=language):
            pass
        return path

    monkeypatch.setattr("cs_workbench.services.portfolio_files.make_sample", quickly)
    monkeypatch.setattr(
        "cs_workbench.services.portfolio_files.sample_path", lambda _language: str(tmp_path / "sample.csw")
    )
    assert shell.window.commands.actions["portfolio_sample"] in shell.window.rail.menu.actions()
    shell.window.act("portfolio_sample")
    shell.window.act("portfolio_sample")  # once is enough
    assert shell.window.toasts.toast is not None
    qtbot.waitUntil(lambda: Path(shell.workbench.path).name == "sample.csw", timeout=60_000)  # type: ignore[union-attr]
    settled(shell, qtbot)
    assert made == [str(tmp_path / "sample.csw")]
    assert shell.window.toasts.toast is None  # it is no longer being made
    assert Path(mine).read_bytes()[:100] == before[:100]
    shell.window.act("portfolio_sample")  # there already: Today is shown, nothing is made
    settled(shell, qtbot)
    assert len(made) == 1
