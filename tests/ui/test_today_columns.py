"""Columns of Today: as wide as their words, the rest to the text; what was due when; menus and keys beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain import signal_ranking as ranking
from cs_workbench.services import signal_words, today_words
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.today import TodayPage, rows
from cs_workbench.ui.pages.today.model import LINE, Row
from cs_workbench.ui.pages.value import ValuePage
from cs_workbench.ui.widgets.button import Button
from tests.builders_signals import TODAY
from tests.domain.test_signal_reach import of
from tests.ui.conftest import NOW


@pytest.fixture
def page(make_page: Callable[..., Any]) -> TodayPage:
    return cast("TodayPage", make_page(TodayPage))


def shown(page: TodayPage) -> list[Row]:
    lines = (page.model.index(number, 0).data(LINE) for number in range(page.model.rowCount()))
    return [line for line in lines if isinstance(line, Row)]


@pytest.mark.parametrize("width", [720, 872, 1300])
def test_the_columns_beside_the_text_stand_at_one_place_in_every_row(page: TodayPage, width: int) -> None:
    box = QRectF(0, 0, width, 64)
    found = [rows.places(box, line) for line in shown(page)]
    assert len(found) > 3
    assert len({(at.text.right(), at.more, at.badge, at.due.left()) for at in found}) == 1


def test_no_blank_lies_beside_the_days(page: TodayPage) -> None:
    """The column of days is as wide as its longest word, and the text has all the columns leave."""
    measure = QFontMetrics(themes.current().font("strong")).horizontalAdvance
    lines = shown(page)
    at = rows.places(QRectF(0, 0, 872, 64), lines[0])
    assert at.due.width() <= max(measure(line.due) for line in lines) + 2
    assert at.text.width() > 872 * 0.45


def test_a_reason_is_said_with_as_many_others_as_stand_whole(page: TodayPage) -> None:
    line = next(one for one in shown(page) if len(one.item.more) > 1)
    measure = QFontMetrics(themes.current().font("small")).horizontalAdvance
    longest, bare = line.reasons[0], line.reasons[-1]
    assert line.reason == longest == today_words.reason(line.item, NOW.date())
    assert rows.fitting(line, measure(longest)) == longest
    shorter = rows.fitting(line, measure(longest) - 1)
    assert shorter != longest
    assert measure(shorter) < measure(longest)
    assert rows.fitting(line, 0) == bare == signal_words.reason(line.item.signal, NOW.date(), whole=False)


def test_a_proof_that_is_late_says_by_when_it_was_due() -> None:
    late, ahead = of("no_value", 39), of("no_value", 100)
    assert late.due is not None
    lead = (TODAY + dt.timedelta(days=39) - late.due).days
    assert late.due < TODAY
    said = signal_words.reason(late, TODAY)
    assert f"{lead} days before the end of the term; 39 days are left." in said
    assert signal_words.short(late.due) in said
    told = [signal_words.evidence(one, TODAY) for one in late.evidence]
    assert f"Proof was due by {signal_words.short(late.due)}, {lead} days before" in told
    assert signal_words.due_whole(late, TODAY).endswith("d late")
    assert "due" in signal_words.due_whole(late, TODAY)
    assert signal_words.reason(ahead, TODAY) == "No proven value, 100 days to the end of the term."
    assert len(ahead.evidence) == 1
    assert signal_words.due_whole(ahead, TODAY) == signal_words.due(ahead, TODAY)


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_an_arrow_on_a_lone_button_goes_nowhere(qtbot: QtBot, key: Qt.Key) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    column = QVBoxLayout(place)
    lone, other = Button("One"), Button("Another part of the window")
    column.addWidget(lone)
    column.addWidget(other)
    place.show()
    place.activateWindow()
    lone.setFocus()
    qtbot.waitUntil(lone.hasFocus)
    QTest.keyClick(lone, key)
    assert lone.hasFocus()


def test_the_portfolio_of_value_has_its_verbs_for_the_pointer(make_page: Callable[..., Any]) -> None:
    page = make_page(ValuePage)
    menu = page.portfolio.open_menu(QPoint(0, 0))
    words = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert words == ["Open ledger", "Open account", "Copy as table"]
    assert not any(one.icon().isNull() for one in menu.actions() if not one.isSeparator())
    opened: list[int] = []
    page.portfolio.opened.connect(opened.append)
    menu.actions()[0].trigger()
    menu.hide()
    assert opened == [page.portfolio.table.chosen().account_id]


def test_a_late_proof_does_not_count_its_days_among_what_presses() -> None:
    late = of("no_value", 39)
    place = ranking.rank(late, ranking.Stake(Decimal(6_500_000), "JPY", "stated"), None, 30, TODAY)
    assert place.late is not None
    assert place.late > 0
    assert "late" not in signal_words.urgency(late, place, TODAY)
    assert "D−39" in signal_words.urgency(late, place, TODAY)
