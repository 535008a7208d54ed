"""The line about a running onboarding on an account's Overview: what it says, when it goes, where it leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.onboarding import Verdict
from cs_workbench.services import onboarding, onboarding_reading
from cs_workbench.services.onboarding_reading import Underway
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.onboarding_line import OnboardingLine
from tests.ui.conftest import NOW

TODAY = NOW.date()
LATE, WELL, NONE = 8, 28, 1
Settle = Callable[[Desk], None]
Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


def line_of(page: AccountPage) -> OnboardingLine:
    found = page.tabs["overview"].findChild(OnboardingLine)
    assert isinstance(found, OnboardingLine)
    return found


def run(**values: object) -> Underway:
    verdict = Verdict("on_track", "", 0, 0.5, 0.4)
    usual: dict[str, Any] = {
        "verdict": verdict, "end": dt.date(2026, 12, 21), "extended": False, "next": "Kick-off",
        "due": dt.date(2026, 12, 1), "done": 3, "all": 6,
    }  # fmt: skip
    return Underway(**(usual | values))


@pytest.mark.parametrize(
    ("given", "stands", "after", "count"),
    [
        (
            run(),
            "Onboarding on track: 50% done, 40% expected by today",
            "Next: Kick-off, due 1 Dec",
            "3 of 6",
        ),
        (
            run(verdict=Verdict("decide", "end_passed", 6, 0.5, 1.0)),
            "Onboarding decision due: past its end by 6 days",
            "Next: Kick-off, due 1 Dec",
            "3 of 6",
        ),
        (
            run(verdict=Verdict("late", "milestone_overdue", 1, 0.5, 1.0), extended=True, due=None),
            "Onboarding extended, late: a milestone is 1 day overdue",
            "Next: Kick-off",
            "3 of 6",
        ),
        (
            run(next="", due=None, done=6),
            "Onboarding on track: 50% done, 40% expected by today",
            "Everything on the list is done. Ends 21 Dec.",
            "6 of 6",
        ),
    ],
)
def test_it_says_where_it_stands_and_what_is_next(
    shown: Callable[[QWidget], QWidget], given: Underway, stands: str, after: str, count: str
) -> None:
    line = OnboardingLine()
    shown(line)
    line.show_run(given)
    assert (line.stands.text(), line.next.text(), line.count.text()) == (stands, after, count)
    assert line.accessibleName() == f"{stands}, {after}"
    line.show_run(None)
    assert line.isHidden()


def test_it_agrees_with_the_onboarding_itself(make_page: Make, desk: Desk) -> None:
    for account in (LATE, WELL):
        page = make_page(AccountPage, account_id=account)
        full = onboarding_reading.latest_of(desk.workbench.reads, account, TODAY)
        brief = page.tabs["overview"].overview.onboarding
        assert full is not None
        assert brief is not None
        assert (brief.verdict, brief.end, brief.done) == (full.verdict, full.end, full.done)
        assert brief.next == ("" if full.next is None else full.next.title)
        assert line_of(page).isVisible()


def test_it_is_not_there_without_an_onboarding(make_page: Make) -> None:
    assert line_of(make_page(AccountPage, account_id=NONE)).isHidden()


def test_it_leads_to_the_onboarding(make_page: Make, desk: Desk, qtbot: QtBot) -> None:
    line = line_of(make_page(AccountPage, account_id=LATE))
    line.open.setFocus()
    with qtbot.waitSignal(desk.went) as went:
        qtbot.keyClick(line.open, Qt.Key.Key_Space)
    assert went.args == ["success", {"view": "onboarding", "account_id": LATE}]


def test_a_line_ticked_elsewhere_moves_it_and_undo_brings_it_back(
    make_page: Make, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = make_page(AccountPage, account_id=LATE)
    before = line_of(page).next.text()
    full = onboarding_reading.latest_of(desk.workbench.reads, LATE, TODAY)
    assert full is not None
    assert full.next is not None
    onboarding.tick(desk.workbench, full.next.id, on=TODAY)
    qtbot.waitUntil(lambda: line_of(page).next.text() != before, timeout=10_000)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: line_of(page).next.text() == before, timeout=10_000)
    settle(desk)


@pytest.mark.parametrize("name", ["<img src=x>", "\u202eevil\u202c", "長" * 10_000])
def test_odd_titles_stay_plain_and_do_not_widen_it(
    shown: Callable[[QWidget], QWidget], qapp: QApplication, name: str
) -> None:
    line = OnboardingLine()
    line.resize(500, 60)
    shown(line)
    line.show_run(run(next=name))
    qapp.processEvents()
    assert line.next.textFormat() == Qt.TextFormat.PlainText
    assert line.minimumSizeHint().width() < 500


def test_it_speaks_japanese(shown: Callable[[QWidget], QWidget]) -> None:
    i18n.set_language("ja")
    try:
        line = OnboardingLine()
        shown(line)
        line.show_run(run())
        assert line.stands.text() == "導入 順調：完了50%（今日までの予定40%）"
        assert line.next.text() == "次：Kick-off（期限 12/1）"
    finally:
        i18n.set_language("en")
