"""What window tests share: the application dressed as in life, a portfolio to show, and an ear for Qt's warnings."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench import i18n
from cs_workbench.ui import theme as themes
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.page import Page
from cs_workbench.ui.tasks import Tasks

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
OF_THE_PLATFORM = ("This plugin does not support",)
"""Sentences of the offscreen platform itself; everything else Qt says is a fault of ours."""


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> QApplication:
    """The application with our style, fonts and light theme."""
    app = composition.application(qapp_args)
    composition.show_focus(app)
    themes.wear(app, themes.load("light"))
    return app


@pytest.fixture(autouse=True)
def no_qt_warnings() -> Iterator[list[str]]:
    """Fail a test during which Qt complained."""
    said: list[str] = []

    def hear(_kind: object, _context: object, text: str) -> None:
        if not text.startswith(OF_THE_PLATFORM):
            said.append(text)

    qInstallMessageHandler(hear)
    yield said
    qInstallMessageHandler(None)
    assert said == []


@pytest.fixture(autouse=True)
def no_stray_windows(qapp: QApplication) -> Iterator[None]:
    """Fail a test that left a widget without a parent on the screen (shown before it was laid out)."""
    before = {id(widget) for widget in qapp.topLevelWidgets() if widget.isVisible()}
    yield
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible() and id(widget) not in before]
    left = [
        widget for widget in left if widget.objectName() != "qtooltip_label"
    ]  # the platform's own, for seconds
    assert [widget for widget in left if not isinstance(widget, Page | MainWindow)] == []


@pytest.fixture
def wardrobe(qapp: QApplication) -> Iterator[themes.Wardrobe]:
    """Light at scale 1, and light again afterwards."""
    made = themes.Wardrobe(qapp, "light")
    yield made
    made.deleteLater()
    themes.wear(qapp, themes.load("light"))


@pytest.fixture(scope="session")
def sample_portfolio(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample portfolio, scored, made once."""
    from cs_workbench.services import health, portfolios, sample

    i18n.set_language("en")
    path = str(tmp_path_factory.mktemp("sample") / "sample.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench:
        sample.create(workbench, today=NOW.date(), language="en")
        health.score_all(workbench, NOW.date(), now=NOW)
    return path


@pytest.fixture
def portfolio(sample_portfolio: str, tmp_path: Path) -> str:
    """A copy of the sample portfolio for one test."""
    return str(shutil.copy(sample_portfolio, tmp_path / "Takahashi 2026.csw"))


@pytest.fixture
def desk(qtbot: QtBot, portfolio: str, wardrobe: themes.Wardrobe) -> Iterator[Desk]:
    """A desk over the sample portfolio, its clock standing at NOW."""
    from cs_workbench.services.workbench import Workbench

    workbench = Workbench.open(portfolio)
    bus, tasks = Bus(), Tasks()
    bus.attach(workbench)
    tasks.attach(workbench)
    made = Desk(workbench, bus, tasks, wardrobe, lambda: NOW)
    yield made
    tasks.close()
    bus.detach()
    workbench.close()
    made.deleteLater()
    gc.collect()


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Desk], None]:
    """Wait until the work a screen started is done and shown."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)

    return wait


@pytest.fixture
def make_page(qtbot: QtBot, desk: Desk, settle: Callable[[Desk], None]) -> Callable[..., Page]:
    """Make a page class (with ``open`` arguments), show it at 1200 × 800 and wait until it is filled."""

    def make(factory: Callable[[Desk], Page], **arguments: object) -> Page:
        page = factory(desk)
        qtbot.addWidget(page)
        page.open(**arguments)
        page.resize(1200, 800)
        page.show()
        qtbot.waitExposed(page)
        settle(desk)
        return page

    return make


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, settle: Callable[[Desk], None]) -> MainWindow:
    """The main window on the sample portfolio, showing the keyboard page (which needs no data)."""
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.attach(desk)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.go("keyboard")
    settle(desk)
    return made


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Callable[[QWidget], QWidget]:
    """Show one widget and keep it until the test ends."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show
