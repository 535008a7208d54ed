"""The parts around the account list: widths, sums, the floating bar, what is asked, the menus."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain.money import Amount, Total
from cs_workbench.services.account_table import Sums
from cs_workbench.services.account_views import SavedView
from cs_workbench.ui.models.account_words import COLUMNS
from cs_workbench.ui.pages.accounts_bulk import Ask
from cs_workbench.ui.pages.accounts_columns import shares
from cs_workbench.ui.pages.accounts_totals import TotalsBar
from cs_workbench.ui.pages.accounts_views import FIXED, columns_menu, group_menu, recalled, remember

LEAST = {column.id: 60 + 10 * len(column.id) for column in COLUMNS}
EVERY = [column.id for column in COLUMNS]
Show = Callable[[QWidget], QWidget]


def sums(**values: object) -> Sums:
    """Sums of nothing but *values*."""
    usual: dict[str, object] = {
        "count": 2,
        "arr": Total(Decimal(1_500_000), "JPY", ()),
        "without_arr": 0,
        "mean": 60.4,
        "measured": 2,
        "bands": {"red": 1, "yellow": 0, "green": 1, "none": 0},
    }
    return Sums(**{**usual, **values})  # type: ignore[arg-type]


@given(room=st.integers(200, 3000), wanted=st.sets(st.sampled_from(EVERY)))
def test_widths_fill_the_room_and_nothing_needed_is_cut(room: int, wanted: set[str]) -> None:
    asked = [name for name in EVERY if name in wanted | FIXED]
    widths = shares(room, asked, LEAST)
    assert list(widths) == [name for name in asked if name in widths]
    assert set(widths) >= FIXED
    for name, width in widths.items():
        assert width >= (LEAST[name] if name != "name" else 80)
    if sum(LEAST[name] for name in FIXED) + 32 <= room:
        assert sum(widths.values()) == room


def test_columns_that_were_not_asked_for_never_come() -> None:
    assert set(shares(2000, ["name", "health", "left", "tags"], LEAST)) == {"name", "health", "left", "tags"}


def test_the_sums_are_told_in_words_and_shapes(shown: Show) -> None:
    bar = TotalsBar()
    bar.resize(1200, 40)
    shown(bar)
    bar.show_sums(sums())
    assert (bar.count.text(), bar.arr.text(), bar.mean.text(), bar.mean_of.text()) == (
        "2 accounts",
        "¥1.5M",
        "60",
        "of 2 measured",
    )
    assert bar.bands["red"].accessibleName() == "1 account red"
    assert bar.bands["green"].text() == "1"
    bar.show_sums(sums(left=1))
    assert bar.mean_of.text() == "of 2 measured, 1 has left"
    bar.show_sums(sums(mean=None, measured=0, arr=Total(None, "JPY", ())))
    assert (bar.mean.text(), bar.arr.text()) == ("–", "–")


def test_money_without_a_rate_is_told_by_currency(shown: Show) -> None:
    bar = TotalsBar()
    shown(bar)
    parts = (Amount(Decimal(5_000), "EUR"), Amount(Decimal(70_000), "JPY"))
    bar.show_sums(sums(arr=Total(None, "USD", parts, missing=("EUR",)), without_arr=1))
    assert bar.arr.text() == "€5k + ¥70k"
    assert bar.arr.accessibleDescription() == "1 without an amount"


def test_the_sum_is_the_last_thing_to_be_cut(qtbot: QtBot, shown: Show) -> None:
    bar = TotalsBar()
    shown(bar)
    bar.show_sums(sums())
    gone = []
    for width in (1000, 640, 420):
        bar.resize(width, 40)
        qtbot.wait(1)
        gone.append([part.text() for part in (bar.mean_of, bar.mean) if part.isHidden()])
        assert not bar.arr.isHidden()
        assert not bar.count.isHidden()
    assert gone[0] == []
    assert len(gone[-1]) == 2


def test_a_count_tells_its_band(qtbot: QtBot, shown: Show) -> None:
    bar = TotalsBar()
    shown(bar)
    bar.show_sums(sums())
    wanted: list[str] = []
    bar.band_wanted.connect(wanted.append)
    for button in bar.bands.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == ["red", "yellow", "green", "none"]


@pytest.mark.parametrize(("typed", "kept"), [("  two  words ", ["two words"]), ("   ", [])])
def test_an_answer_is_tidied_and_an_empty_one_refused(
    qtbot: QtBot, shown: Show, typed: str, kept: list[str]
) -> None:
    host = QWidget()
    host.resize(600, 400)
    shown(host)
    answers: list[str] = []
    ask = Ask("Owner", "Set", answers.append, parent=host)
    ask.ask_at(host.mapToGlobal(QPoint(590, 390)))
    assert ask.frameGeometry().right() <= host.mapToGlobal(host.rect().bottomRight()).x() + 30
    ask.field.edit.setText(typed)
    ask.button.click()
    assert answers == kept
    if not kept:
        assert ask.field.problem.text() == "Write something first."
        qtbot.keyClick(ask, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not host.findChildren(Ask))


def menu_of(host: QWidget) -> QMenu:
    (menu,) = [one for one in host.findChildren(QMenu) if one.isVisible()]
    return menu


def test_the_column_chooser_ticks_what_is_shown(qtbot: QtBot, shown: Show) -> None:
    host = QWidget()
    shown(host)
    chosen: list[tuple[str, ...]] = []
    sorted_by: list[str] = []
    columns_menu(host, QPoint(0, 0), ("name", "health", "left", "arr"), chosen.append, sorted_by.append)
    actions = {action.text(): action for action in menu_of(host).actions() if action.text()}
    assert "Own field" not in actions
    assert len(actions) == len({action.text() for action in menu_of(host).actions()} - {""})
    assert actions["ARR"].isChecked()
    assert not actions["Tags"].isChecked()
    assert not actions["Account"].isEnabled()
    actions["ARR"].trigger()
    actions["Tags"].trigger()
    actions["Usual columns"].trigger()
    assert chosen[0] == ("name", "health", "left")
    assert chosen[1] == ("name", "health", "left", "arr", "tags")
    assert len(chosen[2]) == 10
    order = actions["Sort by"].menu()
    assert isinstance(order, QMenu)
    order.actions()[2].trigger()
    assert sorted_by == ["arr"]
    menu_of(host).close()


def test_the_group_menu_ticks_where_it_is(qtbot: QtBot, shown: Show) -> None:
    host = QWidget()
    shown(host)
    chosen: list[str] = []
    group_menu(host, QPoint(0, 0), "tier", chosen.append)
    actions = {action.text(): action for action in menu_of(host).actions()}
    assert list(actions) == ["No groups", "Health", "Stage", "Tier", "Owner"]
    assert [name for name, action in actions.items() if action.isChecked()] == ["Tier"]
    actions["No groups"].trigger()
    assert chosen == [""]
    menu_of(host).close()


@pytest.mark.parametrize(
    "view",
    [
        SavedView("", "", sort="arr", descending=True, group="band", columns=("name", "tags")),
        SavedView("", "", sort="left"),
        SavedView("", ""),
    ],
)
def test_the_look_of_the_list_is_remembered(view: SavedView) -> None:
    remember(view)
    assert recalled() == view


def test_a_filter_is_not_remembered() -> None:
    remember(SavedView("", "", "health<60", "left"))
    assert recalled().filter == ""
