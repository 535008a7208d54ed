"""A new scale makes a new window: the person stands where they stood, with the same way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.accounts import AccountsPage
from tests.ui.reception_fixtures import NOW, opened


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[composition.Shell]:
    """As in life; its windows are its own, for each scale has another."""
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    session.keep({"theme": "light", "page": "keyboard"})
    made = composition.Shell(qapp, clock=lambda: NOW)
    made.show()
    yield made
    made.close()
    themes.wear(qapp, themes.load("light"))


def test_a_new_scale_keeps_the_account_and_its_tab(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    shell.window.go("accounts", filter="tier:A", group="band")
    shell.window.go("account", account_id=3, tab="people")
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    before = shell.window
    shell.wardrobe.resize(1.25)
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    page = shell.window.page
    assert shell.window is not before
    assert isinstance(page, AccountPage)
    assert (page.account_id, page.bar.current) == (3, "people")
    assert page.overview is not None
    assert page.stack.currentWidget() is page.tab
    shell.window.navigation.back()
    accounts = shell.window.page
    assert isinstance(accounts, AccountsPage)
    assert (accounts.line.text(), accounts.model.group) == ("tier:A", "band")


@pytest.mark.parametrize(
    ("page", "arguments"),
    [
        ("settings", {"section": "data"}),
        ("help", {"about": "renewals"}),
        ("renewals", {"within": 365}),
        ("portfolio", {"as_of": dt.date(2026, 10, 31)}),
    ],
)
def test_a_new_scale_keeps_where_the_person_stands(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, page: str, arguments: dict[str, object]
) -> None:
    opened(shell, qtbot, portfolio)
    shell.window.go(page, **arguments)
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    assert shell.window.page is not None
    before = shell.window.page.standing()
    shell.wardrobe.resize(1.25)
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    assert shell.window.page.standing() == before
    assert all(before[name] == value for name, value in arguments.items())
